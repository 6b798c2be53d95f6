"""The table of a sheet: the text equivalent of its charts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.tables import Table
from widgets.look.look import CAPTION, font

Index = QModelIndex | QPersistentModelIndex
ROW, HEADER, MOST_ROWS = 30, 44, 12
#: pixels around a cell's text, and how narrow and wide a column of words may become
PADDING, LEAST_WORDS, MOST_STRETCH = 20, 84, 1.5
TIGHT = (18, 60)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Model(QAbstractTableModel):
    def __init__(self, table: Table, parent: QTableView) -> None:
        super().__init__(parent)
        self._table = table

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return len(self._table.rows)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return len(self._table.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self._table.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.name
        if role != Qt.ItemDataRole.TextAlignmentRole:
            return None
        return int(RIGHT if column.is_figure else LEFT) | int(Qt.TextFlag.TextWordWrap)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole or (role == Qt.ItemDataRole.ToolTipRole and not cell.is_figure):
            return cell.shown
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self._table.columns[index.column()].is_figure else LEFT
        if role == Qt.ItemDataRole.FontRole and cell.is_figure:
            return font(tabular=True)
        return None


class SheetTable(QTableView):
    """Read by the arrows, left by Tab; letters never search here, for they are codes elsewhere."""

    def __init__(self, table: Table, name: str, *, tight: bool = False) -> None:
        """`tight`: in a panel at the side there is less room around a figure."""
        super().__init__()
        self._padding, self._least = TIGHT if tight else (PADDING, LEAST_WORDS)
        self.setModel(_Model(table, self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(26 if tight else 48)
        header.setHighlightSections(False)
        header.setStretchLastSection(False)
        self._measure(table)
        header.setFixedHeight(HEADER)
        is_long = len(table.rows) > MOST_ROWS
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if is_long else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        shown = min(max(len(table.rows), 1), MOST_ROWS)
        self.setFixedHeight(shown * ROW + HEADER + self.horizontalScrollBar().sizeHint().height() + 4)

    def _measure(self, table: Table) -> None:
        """What each column wants: its widest cell, or the longest word of its head, which may take two lines."""
        body, head = QFontMetrics(font(tabular=True)), QFontMetrics(font(CAPTION, weight=QFont.Weight.DemiBold))
        self._wanted = [
            max(
                [
                    *(body.horizontalAdvance(row[n].shown) for row in table.rows),
                    _in_two_lines(column.name, head),
                ]
            )
            + self._padding
            for n, column in enumerate(table.columns)
        ]
        self._words = [n for n, column in enumerate(table.columns) if not column.is_figure]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Figures have all the room they need; words share what is left, and are cut short before a figure is."""
        super().resizeEvent(event)
        words = sum(self._wanted[n] for n in self._words)
        room = self.viewport().width() - sum(self._wanted) + words
        part = min(room / words, MOST_STRETCH) if words else 1.0
        for n, width in enumerate(self._wanted):
            self.setColumnWidth(n, max(int(width * part), min(width, self._least)) if n in self._words else width)

    def keyboardSearch(self, _search: str) -> None:
        return


def _in_two_lines(name: str, metrics: QFontMetrics) -> int:
    """Pixels that a head needs so that it takes two lines at most, broken where that is narrowest."""
    words = name.split(" ")
    parted = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words) + 1))
    return min(max(map(metrics.horizontalAdvance, lines)) for lines in parted)
