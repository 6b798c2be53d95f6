"""The figures of a comparison: what the two agree in, in plain sentences, before any common view."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from app.comparing.comparison import Comparison
from app.comparing.interruptions import interruption_sentences
from app.comparing.words import FigureLine, dimension_lines, figure_lines, settings_sentence
from app.vocabulary import StatementTexts
from widgets.comparing.definitions_dialog import DefinitionsDialog
from widgets.look.look import font
from widgets.look.parts import beside, button, hairline, label, scrolled, section_label, stacked
from widgets.screen import Screen


class FiguresPanel(QWidget):
    """Headline figures, the sentence whom they are about, and the rest for who wants to look closer."""

    def __init__(self, place: Screen, found: Comparison) -> None:
        super().__init__()
        self._texts, self._found = place.texts, found
        head = section_label(self._texts.tr("Agreement before the common view"))
        self.setLayout(stacked(head, self._area(), spacing=10))
        # the list has the rest
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _area(self) -> QScrollArea:
        t, found = self._texts, self._found
        figures = QWidget()
        area = scrolled(figures)
        column = stacked(spacing=7, margins=(0, 0, 4, 0))
        for words in interruption_sentences(t, found.interrupted):
            column.addWidget(label(words, wrap=True))
            column.addWidget(hairline())
        for line in figure_lines(t, found):
            column.addWidget(_figure(line))
            column.addWidget(hairline())
        about = f"{StatementTexts(t.language).about_workers} {settings_sentence(t, found)}"
        column.addWidget(label(about, "caption", wrap=True))
        more = QWidget()
        more.setLayout(stacked(*(_figure(line) for line in dimension_lines(t, found)), spacing=7))
        more.hide()
        opener = button(t.tr("By dimension"), kind="link")
        opener.clicked.connect(lambda: _unfold(more, area))
        column.addLayout(beside(opener, None, button(t.tr("How this is computed"), self.show_definitions, "link")))
        column.addWidget(more)
        column.addStretch(1)
        figures.setLayout(column)
        area.setMinimumHeight(110)
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        area.setObjectName("bare")
        figures.setStyleSheet("QWidget#body { background: transparent; }")
        return area

    def show_definitions(self) -> None:
        """What each figure counts, and where other programs count differently."""
        DefinitionsDialog(self._texts, self).exec()


def _unfold(more: QWidget, area: QScrollArea) -> None:
    """Show or hide the rest of the figures; their area takes the height that they need, as far as there is any."""
    more.setVisible(more.isHidden())
    area.updateGeometry()


def _figure(line: FigureLine) -> QWidget:
    """Title and number on one line, what allows for chance below; a number in many words takes a second line."""
    made = QWidget()
    number = label(line.figure.replace(" / ", "\u00a0/\u00a0"), wrap=True)  # *16 / 16* stays in one line
    number.setAlignment(Qt.AlignmentFlag.AlignRight)
    number.setFont(font(tabular=True))
    head = beside(label(line.title, "strong"), number)
    head.setStretch(1, 1)
    made.setLayout(stacked(head, label(line.detail, "muted", wrap=True), spacing=1))
    return made
