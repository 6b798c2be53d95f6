"""The commission at a glance: who ordered what of whom, and each question with where it stands."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.i18n import Texts
from app.model.commission import Commission
from app.statement.asked import Stand, Standing, standings
from widgets.cases.section import Section
from widgets.look.parts import Card, beside, clear, hairline, label, stacked

ICONS = {
    Stand.ANSWERED: "check",
    Stand.DRAFTED: "statement",
    Stand.CANNOT: "close",
    Stand.BEYOND: "close",
    Stand.OBSERVED: "comparing",
    Stand.TO_CODE: "coding",
    Stand.TO_FILM: "clock",
}


class CommissionCard(Card):
    """Read only but for one tick a question: what observation alone cannot answer."""

    def __init__(self, section: Section) -> None:
        super().__init__(spacing=0, padding=0)
        self._section = section
        self._facts = QGridLayout()
        self._facts.setContentsMargins(20, 14, 20, 14)
        self._facts.setHorizontalSpacing(18)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.column.addLayout(self._facts)
        self.column.addLayout(self._rows)
        self.ticks: dict[int, QCheckBox] = {}
        self.stands: list[QLabel] = []
        self._shown: object = None

    def show_commission(self, commission: Commission) -> None:
        """Anew when something of it changed: a tick that is pressed stays under the hand."""
        section = self._section
        found = standings(section.space.store, section.file)
        facts = self._facts_of(commission)
        shown = (facts, commission.questions, found, commission.beyond, section.file.case.id)
        if shown == self._shown:
            return
        same = isinstance(self._shown, tuple) and (self._shown[1], self._shown[4]) == (shown[1], shown[4])
        self._shown = shown
        self._fill_facts(facts)
        if not same:
            self._make_rows(commission)
        for number, standing in enumerate(found):
            self.stands[number].setText(standing_words(section.texts, standing))
            self._icons[number].setPixmap(section.look.pixmap(ICONS[standing.stand], "text", 16))
            self.ticks[number].setChecked(commission.questions[number] in commission.beyond)

    def _facts_of(self, c: Commission) -> tuple[tuple[str, str], ...]:
        section = self._section
        t, words, case = section.texts, section.words, section.file.case
        pair = [section.space.worker_name(w) for w in (case.lead, case.partner) if w]
        days = [(c.deadline, t.tr("agreed")), (c.law_deadline, t.tr("by law"))]
        rows = (
            (t.tr("Commissioner"), ", ".join(x for x in (c.commissioner, words.said("units", c.unit)) if x)),
            (
                t.tr("Decision of the commissioner"),
                " · ".join(x for x in (c.decision, words.said("assessments", c.assessment)) if x),
            ),
            (t.tr("Asked for"), words.document_kind(c.document).lower()),
            (t.tr("Work partners"), ", ".join(x for x in (*pair, c.county_worker) if x)),
            (t.tr("Deadline"), " · ".join(f"{t.date(day)} ({kind})" for day, kind in days if day is not None)),
        )
        return tuple(row for row in rows if row[1])

    def _fill_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        clear(self._facts)
        for row, (name, value) in enumerate(facts):
            self._facts.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(label(value, wrap=True), row, 1)

    def _make_rows(self, commission: Commission) -> None:
        clear(self._rows)
        self.ticks, self.stands = {}, []
        self._icons: list[QLabel] = []
        for number, question in enumerate(commission.questions):
            self._rows.addWidget(hairline())
            self._rows.addWidget(self._row(number, question))

    def _row(self, number: int, question: str) -> QWidget:
        t = self._section.texts
        figure = label(str(number + 1), "strong")
        figure.setFixedWidth(18)
        icon, stand = QLabel(), label("", "muted", wrap=True)
        tick = QCheckBox(t.tr("Observation alone cannot answer this"))
        tick.setAccessibleName(t.tr("Question {n}: observation alone cannot answer this", n=number + 1))
        tick.clicked.connect(partial(self._on_tick, number))
        self._icons.append(icon)
        self.stands.append(stand)
        self.ticks[number] = tick
        below = beside(icon, stand, spacing=8)
        below.setStretch(1, 1)
        row = beside(
            figure,
            stacked(label(question, wrap=True), below, beside(tick, None), spacing=3),
            spacing=10,
            margins=(20, 10, 20, 10),
        )
        row.setStretch(1, 1)
        row.setAlignment(figure, Qt.AlignmentFlag.AlignTop)
        made = QWidget()
        made.setLayout(row)
        return made

    def _on_tick(self, number: int, _checked: Any = None) -> None:
        commission = self._section.file.commission
        if commission is not None and number < len(commission.questions):
            question = commission.questions[number]
            self._section.editor.mark_beyond(commission, question, beyond=self.ticks[number].isChecked())


def standing_words(t: Texts, standing: Standing) -> str:
    """*vastattu kohdassa 12*, *havainnot valmiina 2 tapaamisesta*, *odottaa kuvausta 24.11.2026*."""
    n, section = standing.meetings, standing.section
    if standing.stand == Stand.TO_FILM and standing.at is not None:
        return t.tr("waits for the filming of {day}", day=t.date(standing.at.astimezone().date()))
    words = {
        Stand.ANSWERED: t.tr("answered in section {n}", n=section),
        Stand.DRAFTED: t.tr("drafted in section {n}", n=section),
        Stand.CANNOT: t.tr("cannot be answered: the reason is in section {n}", n=section),
        Stand.BEYOND: t.tr("cannot be answered by observation alone"),
        Stand.OBSERVED: t.trn("observations of {n} meeting are ready", "observations of {n} meetings are ready", n),
        Stand.TO_CODE: t.trn("{n} meeting waits for its codings", "{n} meetings wait for their codings", n),
        Stand.TO_FILM: t.tr("waits for filming"),
    }
    return words[standing.stand]
