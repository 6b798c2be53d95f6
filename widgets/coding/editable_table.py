"""A table of the coding room that is edited in place: rows are chosen, Enter goes to one, and the room's keys work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.settings.preferences import Preferences
from widgets.keys.matcher import Act, Matcher

ROW = 30


class EditableTable(QTableView):
    """Acts by the ids of their actions work here too. Letters never search: they are codes elsewhere."""

    menu_asked = Signal(int, object)  # row, where on the screen: the right button, or the menu key
    resized = Signal(int)  # pixels that the columns have

    def __init__(
        self, name: str, model: QAbstractTableModel, preferences: Preferences, acts: Mapping[str, Act], jump: Act
    ) -> None:
        super().__init__()
        self._keys = Matcher(acts, preferences, fixed={"Return": jump})
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(40)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit(self.viewport().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() != QAbstractItemView.State.EditingState:
            if self._keys.take(event):
                return
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self.selectionModel().hasSelection():
                # the keys stand on a row that is not chosen yet: the first arrow chooses that one
                self.show_row(self.currentIndex().row())
                return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """On the row under the pointer; the menu key asks on the row that has the keys."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            at = self.visualRect(index).center()
        else:
            at = event.pos()
            index = self.indexAt(at)
        if index.isValid():
            if not self.selectionModel().isRowSelected(index.row(), QModelIndex()):
                self.show_row(index.row())
            self.menu_asked.emit(index.row(), self.viewport().mapToGlobal(at))

    def keyboardSearch(self, _search: str) -> None:
        return

    def show_row(self, row: int) -> None:
        """Choose a row alone and bring it into sight, whatever keys are held down; none for −1."""
        if row >= 0:
            self.choose_rows([row])
            self.point_at(row)

    def choose_rows(self, rows: Sequence[int]) -> None:
        """Choose these rows, ascending, and no others; the keys stay where they are."""
        chosen, last = QItemSelection(), self.model().columnCount() - 1
        for first, until in _runs(rows):
            chosen.select(self.model().index(first, 0), self.model().index(until, last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def point_at(self, row: int) -> None:
        """The arrows go on from a row, and it is in sight; what is chosen stays."""
        column = max(self.currentIndex().column(), 0)
        index = self.model().index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)

    def edit_cell(self, row: int, column: int) -> None:
        """Choose a row and begin to edit one of its cells, as F2 does there."""
        self.show_row(row)
        index = self.model().index(row, column)
        self.setFocus()
        self.setCurrentIndex(index)
        self.edit(index)


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ascending rows as first and last of those that follow each other."""
    start = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or rows[place] != rows[place - 1] + 1:
            yield rows[start], rows[place - 1]
            start = place
