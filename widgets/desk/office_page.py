"""The office's desk: it fills the two columns of the place *Työpöytä* in their stead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from app.i18n import Texts
from app.model.worked import MonthRow
from app.office.office_desk import OfficeDesk
from widgets.desk.hours_rows import office_hours_card
from widgets.desk.office_cards import erasures_card, pairs_table, weeks_card
from widgets.desk.office_rows import TurnRows
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, label, section_label
from widgets.screen import Go


class OfficePage:
    """Shows one reading of the office's desk. `more_turns` and `all_pairs` are what the buttons at the feet do."""

    def __init__(
        self, texts: Texts, look: Look, go: Go, more_turns: Callable[[], None], all_pairs: Callable[[], None]
    ) -> None:
        self._texts, self._look, self._go = texts, look, go
        self._more_turns, self._all_pairs = more_turns, all_pairs

    def fill(
        self,
        left: QVBoxLayout,
        right: QVBoxLayout,
        found: OfficeDesk,
        months: tuple[MonthRow, ...],
        day: date,
        *,
        shows_all_pairs: bool,
    ) -> None:
        t = self._texts
        about = t.trn("{n} open case · deadline first", "{n} open cases · deadline first", found.open_cases)
        self._head(left, t.tr("Who waits for what"), about)
        if found.turns:
            left.addWidget(TurnRows(t, self._look, self._go, day).table(found))
        else:
            left.addWidget(Card(label(t.tr("No case waits for anybody now."), "muted")))
        if found.has_more:
            left.addLayout(beside(button(t.tr("Show more"), self._more_turns, "link"), None))
        left.addSpacing(12)
        if found.pairs:
            self._head(left, t.tr("Work of the pairs"), t.tr("by name · amounts only, never quality"))
            left.addWidget(pairs_table(t, found.pairs, self._all_pairs, shows_all=shows_all_pairs))
        left.addStretch(1)
        self._head(right, t.tr("Deadlines"), t.tr("four weeks"))
        right.addWidget(weeks_card(t, found, self._go))
        right.addSpacing(12)
        self._head(right, t.tr("Films to be erased"), "")
        right.addWidget(erasures_card(t, self._look, found.for_erasure, day, self._go))
        if months:
            right.addSpacing(12)
            self._head(right, t.tr("Hours"), t.tr("of everybody · each closes the own month"))
            right.addWidget(office_hours_card(t, self._look, self._go, months))
        right.addStretch(1)

    def _head(self, column: QVBoxLayout, title: str, about: str) -> None:
        column.addLayout(beside(section_label(title), None, label(about, "caption")))
