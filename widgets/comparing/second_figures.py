"""What both answered in the second pass: of each question a sentence, a table and how it is computed; what differs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.comparing.second_pass.agreed import Asked
from app.comparing.second_pass.comparison import SecondComparison
from app.comparing.second_pass.words import (
    cautions,
    computed,
    differing_words,
    figure_sentence,
    question_words,
    table_of,
)
from app.model.scheme import SecondQuestion
from app.office.workers import names_of_workers
from app.statistics.second_pass import SecondAgreement
from app.vocabulary import StatementTexts
from widgets.comparing.event_list import EventList
from widgets.look.parts import hairline, label, scrolled, section_label, stacked
from widgets.numbers.sheet_table import SheetTable
from widgets.screen import Screen


class SecondFigures(QWidget):
    """Both answers are kept where they differ; Enter on such a row plays its event."""

    played = Signal()  # the chosen row

    def __init__(self, place: Screen, found: SecondComparison) -> None:
        super().__init__()
        self._texts, self._found = place.texts, found
        t = self._texts
        known = names_of_workers(place.workspace.store)
        a, b = (known.get(coder, "").split(" ")[0] for coder in found.file.meeting.coders)
        self._names = (a or "A", b or "B") if a != b else ("A", "B")
        inside = QWidget()
        column = stacked(spacing=10, margins=(0, 0, 4, 0))
        column.addWidget(section_label(t.tr("Agreement of the second pass")))
        for question, figure in found.figures:
            self._add(column, question, figure)
        if found.left:
            words = t.trn(
                "{n} answer is of an event that is agreed on no more; it is kept and in no figure.",
                "{n} answers are of events that are agreed on no more; they are kept and in no figure.",
                found.left,
            )
            column.addWidget(label(words, wrap=True))
        column.addWidget(label(StatementTexts(t.language).about_workers, "caption", wrap=True))
        column.addWidget(section_label(t.tr("Answered differently")))
        self._rows = [row for row in found.rows if row.differs]
        self.differing = EventList(t.tr("Answered differently"))
        for row in self._rows:
            self.differing.add(differing_words(t, found, row, self._names))
        self.differing.setCurrentRow(0)
        self.differing.itemDoubleClicked.connect(lambda _: self.played.emit())
        both = t.tr("Both answers are kept: of the second pass nothing is decided.")
        column.addWidget(label(both if self._rows else t.tr("Nothing was answered differently."), "muted", wrap=True))
        column.addWidget(self.differing)
        self.differing.setVisible(bool(self._rows))
        column.addStretch(1)
        inside.setLayout(column)
        area = scrolled(inside)
        area.setObjectName("bare")
        inside.setStyleSheet("QWidget#body { background: transparent; }")
        self.setLayout(stacked(area))

    def chosen(self) -> Asked | None:
        """The event of the row that the arrows stand on."""
        row = self.differing.currentRow()
        return self._rows[row].asked if 0 <= row < len(self._rows) else None

    def main_thing(self) -> QWidget:
        """Where the arrows are of use."""
        return self.differing

    def _add(self, column: QVBoxLayout, question: SecondQuestion, figure: SecondAgreement) -> None:
        t = self._texts
        name = question_words(t, question)
        parts = (
            label(name, "strong", wrap=True),
            label(figure_sentence(t, figure), wrap=True),
            *(label(words, "caption", wrap=True) for words in cautions(t, figure)),
            SheetTable(table_of(t, question, figure, self._names), name, tight=True),
            label(t.tr("How this is computed"), "caption"),
            *(label(words, "caption", wrap=True) for words in computed(t, figure)),
            hairline(),
        )
        for part in parts:
            column.addWidget(part)
