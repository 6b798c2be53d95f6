"""A table that never scrolls sideways: one column has what is left, those least needed fold when it is too little."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHeaderView

from widgets.coding.editable_table import EditableTable


class FoldingColumns(QObject):
    """`widths` in pixels of the columns but `main`, which stretches and is never below `least`; `folds` go in order."""

    def __init__(
        self,
        table: EditableTable,
        widths: Mapping[int, int],
        main: int,
        least: int,
        folds: Sequence[int],
        unused: Collection[int] = (),
    ) -> None:
        """`unused` columns hold nothing here and are never shown."""
        super().__init__(table)
        self._table, self._widths, self._least = table, dict(widths), least
        self._folds = [column for column in folds if column not in unused]
        header = table.horizontalHeader()
        header.setStretchLastSection(False)
        for column, width in widths.items():
            header.resizeSection(column, width)
        header.setSectionResizeMode(main, QHeaderView.ResizeMode.Stretch)
        for column in unused:
            self._widths.pop(column, None)
            header.setSectionHidden(column, True)
        table.resized.connect(self._fold)
        self._fold(table.viewport().width())

    def _fold(self, room: int) -> None:
        over = self._least + sum(self._widths.values()) - room
        for column in self._folds:
            self._table.setColumnHidden(column, over > 0)
            over -= self._widths[column] if over > 0 else 0
