"""The page of a place that asks which one, where there may be very many: some rows, and more when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.casework.case_list import PAGE
from app.i18n import Texts
from app.model.units import RowCount
from widgets.look.parts import beside, button, choice_page, clear, stacked


@dataclass(frozen=True)
class SomeRows:
    """Rows under their titles; `is_all`: there are no more."""

    groups: Mapping[str, list[QWidget]]
    is_all: bool

    def __bool__(self) -> bool:
        return any(self.groups.values())


#: so many rows from the first on, of the worker's own cases alone or of everybody's
Read = Callable[[RowCount, bool], SomeRows]


class PagedChoice(QWidget):
    """The worker's own first; everybody's by a button, which is there where others have any."""

    def __init__(self, texts: Texts, read: Read) -> None:
        super().__init__()
        self._texts, self._read = texts, read
        self._number, self._mine = PAGE, True
        self._column = stacked(spacing=0)
        self.setLayout(self._column)
        self._fill()

    @property
    def is_empty(self) -> bool:
        """Whether nobody has anything to choose from."""
        return self._is_empty

    def _fill(self) -> None:
        t = self._texts
        found = self._read(self._number, self._mine)
        if not found and self._mine:
            self._mine, found = False, self._read(self._number, False)
        self._is_empty = not found
        self.more = button(t.tr("Show more"), self._on_more)
        self.more.setVisible(not found.is_all)
        self.others = button("", self._on_others, "quiet")
        self.others.setText(t.tr("Also others' cases") if self._mine else t.tr("My cases only"))
        clear(self._column)
        self._column.addWidget(choice_page(found.groups), 1)
        foot = beside(self.more, None, self.others, spacing=12, margins=(28, 8, 28, 16))
        self._column.addLayout(foot)
        self.others.setVisible(not self._mine or self._others_have_more(found))

    def _others_have_more(self, found: SomeRows) -> bool:
        """Whether everybody's are more than the own ones."""
        if not found.is_all:
            return True
        number = sum(map(len, found.groups.values()))
        every = self._read(number + 1, False)
        return sum(map(len, every.groups.values())) > number

    def _on_more(self) -> None:
        self._number += PAGE
        self._fill()

    def _on_others(self) -> None:
        self._mine, self._number = not self._mine, PAGE
        self._fill()


def paged_choice(texts: Texts, read: Read) -> PagedChoice | None:
    """The choice; None where nobody has anything to choose from."""
    made = PagedChoice(texts, read)
    if not made.is_empty:
        return made
    made.deleteLater()
    return None
