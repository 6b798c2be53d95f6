"""All figures of a comparison in tables: by dimension, by task, by code, and the ratings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.comparing.figures.tables import View
from app.settings.preferences import Preferences
from widgets.comparing.chosen_table import ChosenTable
from widgets.look.flow import Flow
from widgets.look.parts import OnePage, button, label, scrolled, section_label, stacked


class AllFigures(QWidget):
    """One view at a time. A row opens with Enter or a double click."""

    opened = Signal(object)  # the key of the row's figure
    turned = Signal(str)  # the view's id

    def __init__(
        self,
        hint: str,
        made: Sequence[View[Any]],
        preferences: Preferences,
        chosen: str = "",
        notes: Sequence[str] = (),
    ) -> None:
        """`hint` says what a row opens; `chosen` is the view that is in sight first, `notes` stand above each."""
        super().__init__()
        self._preferences, self._pages = preferences, OnePage()
        self.tables: list[ChosenTable] = []
        choice, group = Flow(), QButtonGroup(self)
        for n, view in enumerate(made):
            pill = button(view.name, kind="pill")
            pill.setCheckable(True)
            pill.setChecked(view.id == chosen or (n == 0 and chosen not in [v.id for v in made]))
            pill.clicked.connect(lambda _checked=False, n=n, of=view.id: self._turn(n, of))
            group.addButton(pill)
            choice.addWidget(pill)
            self._pages.addWidget(self._page(view))
            if pill.isChecked():
                self._pages.setCurrentIndex(n)
        inside = QWidget()
        said = [label(words, "muted", wrap=True) for words in notes]
        inside.setLayout(stacked(*said, self._pages, None, margins=(0, 0, 6, 0)))
        inside.setStyleSheet("QWidget#body { background: transparent; }")
        area = scrolled(inside)
        area.setObjectName("bare")
        self.setLayout(stacked(choice, label(hint, "caption", wrap=True), area, spacing=10))

    def hasHeightForWidth(self) -> bool:
        """What does not fit scrolls: the height that all of it would like is not what it needs."""
        return False

    def first_table(self) -> ChosenTable | None:
        """The first one in sight."""
        page = self._pages.currentWidget()
        return next((t for t in self.tables if page is not None and page.isAncestorOf(t)), None)

    def _page(self, view: View[Any]) -> QWidget:
        page, column = QWidget(), stacked(spacing=6)
        for made in view.tables:
            table = ChosenTable(made.table, made.title, self._preferences)
            table.opened.connect(lambda row, keys=made.keys: self._open(keys, row))
            self.tables.append(table)
            column.addWidget(section_label(made.title))
            column.addWidget(table)
            column.addSpacing(8)
        page.setLayout(column)
        return page

    def _open(self, keys: Sequence[Any], row: int) -> None:
        self.opened.emit(keys[row])

    def _turn(self, n: int, view_id: str) -> None:
        self._pages.setCurrentIndex(n)
        self.turned.emit(view_id)
