"""*Miten tämä on laskettu* of one figure: cautions first, its numbers step by step, its tables, and its moments."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QWidget

from app.comparing.figures.explanation import Explanation, Moment, Step
from app.i18n import Texts
from app.model.meeting import Stretch
from app.settings.preferences import Preferences
from app.tables import Cell, Column, Table
from widgets.comparing.chosen_table import ChosenTable
from widgets.look.look import font
from widgets.look.parts import label, scrolled, section_label, stacked
from widgets.numbers.sheet_table import SheetTable

#: a single moment has no length: so much of the lane is marked, µs
SHORTEST = 200_000


class ExplanationPage(QWidget):
    """A row of the moments is marked on the timeline when it is chosen, and played with Enter."""

    moment_chosen = Signal(object)  # Stretch
    moment_played = Signal(object)
    evidence_chosen = Signal(object)  # tuple: ids of what both rest a rating on

    def __init__(self, texts: Texts, made: Explanation, names: tuple[str, str], preferences: Preferences) -> None:
        super().__init__()
        self._texts, self._made = texts, made
        t = texts
        number = label(made.figure.replace(" / ", "\u00a0/\u00a0"), "title", wrap=True)
        number.setFont(font(22, tabular=True))
        column = stacked(number, spacing=8, margins=(0, 0, 6, 0))
        if made.detail:
            column.addWidget(label(_allowing(t, made.detail), "muted", wrap=True))
        for words in made.cautions:
            column.addWidget(label(words, wrap=True))
        column.addSpacing(6)
        for words in made.counted:
            column.addWidget(label(words, "muted", wrap=True))
        column.addLayout(_steps(made.steps))
        column.addWidget(label(made.formula, "caption", wrap=True))
        for counts in made.counts:
            column.addSpacing(6)
            column.addWidget(label(counts.about, "caption", wrap=True))
            column.addWidget(SheetTable(counts.table, counts.about, tight=True))
        self.moments: ChosenTable | None = None
        if made.moments:
            self.moments = self._moments(names, preferences)
            column.addSpacing(6)
            column.addWidget(section_label(made.moments_called))
            if any(m.linked for m in made.moments):
                column.addWidget(label(t.tr("A chosen row marks on the timeline the moments that it rests on."), "caption", wrap=True))  # fmt: skip  # noqa: E501  one sentence
            if made.moments[0].start is not None:
                column.addWidget(label(t.tr("A chosen row is marked on the timeline; Enter plays it."), "caption", wrap=True))  # fmt: skip  # noqa: E501  one sentence
            column.addWidget(self.moments)
        column.addStretch(1)
        inside = QWidget()
        inside.setLayout(column)
        inside.setStyleSheet("QWidget#body { background: transparent; }")
        area = scrolled(inside)
        area.setObjectName("bare")
        self.setLayout(stacked(area))

    def _moments(self, names: tuple[str, str], preferences: Preferences) -> ChosenTable:
        t = self._texts
        is_rating = self._made.moments[0].start is None
        first, last = (t.tr("Item"), t.tr("Difference")) if is_rating else (t.tr("When"), t.tr("Apart"))
        # what is short keeps its room, what is in words shares the rest
        columns = (
            Column(first, is_figure=not is_rating),
            *(Column(name, is_figure=is_rating) for name in names),
            Column(last, is_figure=True),
        )
        table = Table(columns, tuple(_row(m) for m in self._made.moments))
        made = ChosenTable(table, self._made.moments_called, preferences)
        made.chosen.connect(lambda row: self._tell(self.moment_chosen, row))
        made.opened.connect(lambda row: self._tell(self.moment_played, row))
        return made

    def _tell(self, signal: SignalInstance, row: int) -> None:
        span = span_of(self._made.moments[row])
        if span is not None:
            signal.emit(span)
        else:
            self.evidence_chosen.emit(self._made.moments[row].linked)


def span_of(moment: Moment) -> Stretch | None:
    """The time that a moment is about; None for a rating."""
    if moment.start is None:
        return None
    end = moment.end if moment.end is not None else moment.start
    return Stretch(moment.start, max(end, moment.start + SHORTEST))


def _allowing(t: Texts, detail: str) -> str:
    """A bare number says what it is; words say it already."""
    return t.tr("allowing for chance {kappa}", kappa=detail) if detail.lstrip("−")[:1].isdigit() else detail


def _row(moment: Moment) -> tuple[Cell, ...]:
    words = (Cell(text, text) for text in (moment.when, moment.a, moment.b))
    return (*words, Cell(moment.apart, moment.apart, is_figure=True))


def _steps(steps: tuple[Step, ...]) -> QGridLayout:
    """Names at the left, what they came to at the right; what is long goes on below."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    for n, step in enumerate(steps):
        value = label(step.value, wrap=True)
        value.setFont(font(tabular=True))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(step.name, "muted", wrap=True), n, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, n, 1)
    return grid
