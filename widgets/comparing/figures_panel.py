"""The figures of a comparison: what the two agree in, in plain sentences, before any common view. Each one opens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid

from app.comparing.comparison import Comparison, closer_of
from app.comparing.figure_key import FigureKey
from app.comparing.figures.cautions import of_meeting
from app.comparing.figures.explained import explained
from app.comparing.figures.tables import views
from app.comparing.interruptions import interruption_sentences
from app.comparing.words import figure_lines, settings_sentence
from app.i18n import Texts
from app.jobs import Job
from app.statistics.closer import Closer
from app.vocabulary import StatementTexts
from widgets.comparing.all_figures import AllFigures
from widgets.comparing.definitions_dialog import DefinitionsDialog
from widgets.comparing.explanation_page import ExplanationPage
from widgets.comparing.figure_row import FigureRow
from widgets.look.parts import (
    AsHighAsItsWords,
    OnePage,
    beside,
    button,
    hairline,
    label,
    scrolled,
    section_label,
    stacked,
)
from widgets.screen import Screen

HEADLINES = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What stands around figures that are no pair's: their head, whom they are about, and sentences code by code."""

    head: str
    about: str
    codes: tuple[str, ...] = ()


class FiguresPanel(QWidget):
    """Headline figures, the sentence whom they are about, and pages for who wants to look closer.

    While such a page is open the panel is `spread`: it asks for the whole side. A moment of a figure that is chosen or
    played comes as the Stretch that it is about.
    """

    spread = Signal(bool)
    moment_chosen = Signal(object)  # Stretch
    moment_played = Signal(object)
    evidence_chosen = Signal(object)  # tuple: ids of observations

    def __init__(self, place: Screen, found: Comparison, told: Told | None = None) -> None:
        super().__init__()
        self._told = told or _of_a_pair(place.texts)
        self._place, self._texts, self._found = place, place.texts, found
        self._closer: Closer | None = None
        self._job: Job | None = None
        self._wanted: FigureKey | None = None
        self._view, self._came_from_all = "", False
        self._head = section_label(self._told.head)
        self._back = button(self._texts.tr("Back"), self.back, "small")
        self._back.hide()
        self._pages = OnePage()
        self._rows: list[FigureRow] = []
        self._pages.addWidget(self._headlines())
        self.setLayout(stacked(beside(self._back, self._head, None), self._pages, spacing=10))
        self._take_room()

    @property
    def is_spread(self) -> bool:
        return self._pages.currentIndex() != HEADLINES

    @property
    def page(self) -> QWidget | None:
        """What is in sight: the headlines, all figures, or the explanation of one."""
        return self._pages.currentWidget()

    def rows(self) -> list[FigureRow]:
        """The headline figures, in their order."""
        return self._rows

    # acts

    def show_all(self) -> None:
        """Every figure in tables."""
        self._wanted = None
        self._counted()

    def explain(self, key: FigureKey) -> None:
        """How one figure was computed, with its moments."""
        self._wanted, self._came_from_all = key, isinstance(self.page, AllFigures)
        self._counted()

    def back(self) -> None:
        """One page back."""
        if isinstance(self.page, ExplanationPage) and self._came_from_all:
            self.show_all()
            return
        self._show(None, self._told.head)
        self._rows[0].setFocus()

    def show_definitions(self) -> None:
        """What each figure counts, and where other programs count differently."""
        DefinitionsDialog(self._texts, self).exec()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_spread:
            self.back()
        else:
            super().keyPressEvent(event)

    # building

    def _headlines(self) -> QWidget:
        t, found = self._texts, self._found
        figures = QWidget()
        area = scrolled(figures, AsHighAsItsWords())
        column = stacked(spacing=4, margins=(0, 0, 4, 0))
        for words in (*interruption_sentences(t, found.interrupted), *of_meeting(t, found)):
            column.addWidget(label(words, wrap=True))
            column.addWidget(hairline())
        opens = t.tr("How this is computed")
        for line in figure_lines(t, found):
            self._rows.append(FigureRow(line, opens, partial(self.explain, line.key)))
            column.addWidget(self._rows[-1])
            column.addWidget(hairline())
        if self._told.codes:
            column.addWidget(section_label(t.tr("Code by code")))
        for words in self._told.codes:
            column.addWidget(label(words, wrap=True))
        column.addWidget(label(f"{self._told.about} {settings_sentence(t, found)}", "caption", wrap=True))
        every = button(t.tr("All figures"), self.show_all, "link")
        column.addLayout(beside(every, None, button(t.tr("Definitions"), self.show_definitions, "link")))
        column.addStretch(1)
        figures.setLayout(column)
        area.setMinimumHeight(110)
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        area.setObjectName("bare")
        figures.setStyleSheet("QWidget#body { background: transparent; }")
        return area

    def _counted(self) -> None:
        """Show what is wanted as soon as it is counted: once, beside the window."""
        if self._closer is not None:
            self._open()
            return
        if self._job is None or self._job.is_done:
            self._job = self._place.workspace.jobs.run(
                self._texts.tr("Counting the figures"),
                lambda job: closer_of(self._found, job.cancelled),
                self._on_counted,
            )
            self.destroyed.connect(self._job.cancel)

    def _on_counted(self, closer: Closer) -> None:
        if isValid(self):  # the room may have been left meanwhile
            self._closer = closer
            self._open()

    def _open(self) -> None:
        assert self._closer is not None, "it is counted"
        t, kept = self._texts, self._place.workspace.preferences
        if self._wanted is None:
            hint = t.tr("Choose a row and press Enter: how it was computed, and its moments on the film.")
            page = AllFigures(hint, views(t, self._found, self._closer), kept, self._view)
            page.opened.connect(self.explain)
            page.turned.connect(self._on_turned)
            self._show(page, t.tr("All figures"))
            (page.first_table() or self._back).setFocus()
            return
        made = explained(t, self._found, self._closer, self._wanted)
        if made is None:
            return
        told = ExplanationPage(t, made, self._found.short_names, kept)
        told.moment_chosen.connect(self.moment_chosen)
        told.moment_played.connect(self.moment_played)
        told.evidence_chosen.connect(self.evidence_chosen)
        self._show(told, made.title)
        self._back.setFocus()  # what is read first stays in sight; Tab leads on to the moments

    def _on_turned(self, view: str) -> None:
        self._view = view

    def _show(self, page: QWidget | None, head: str) -> None:
        """A page over the headlines, None for these; the one before goes."""
        while (old := self._pages.widget(1)) is not None:
            self._pages.removeWidget(old)
            old.deleteLater()
        if page is not None:
            self._pages.addWidget(page)
            self._pages.setCurrentIndex(1)
        self._head.setText(head.upper())
        self._back.setVisible(page is not None)
        self._take_room()
        self.spread.emit(self.is_spread)

    def _take_room(self) -> None:
        """The list below has what the headlines leave; a page takes all that there is."""
        down = QSizePolicy.Policy.Expanding if self.is_spread else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, down)


def _of_a_pair(t: Texts) -> Told:
    return Told(t.tr("Agreement before the common view"), StatementTexts(t.language).about_workers)
