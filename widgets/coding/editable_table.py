"""A table of the coding room that is edited in place: rows are chosen, Enter goes to one, and the room's keys work."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.settings.preferences import Preferences
from widgets.keys.matcher import Act, Matcher

ROW = 30


class EditableTable(QTableView):
    """Acts by the ids of their actions work here too. Letters never search: they are codes elsewhere."""

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() != QAbstractItemView.State.EditingState:
            if self._keys.take(event):
                return
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self.selectionModel().hasSelection():
                # the keys stand on a row that is not chosen yet: the first arrow chooses that one
                self.show_row(self.currentIndex().row())
                return
        super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        return

    def show_row(self, row: int) -> None:
        """Choose a row and bring it into sight; none for −1."""
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self.model().index(row, 0))

    def edit_cell(self, row: int, column: int) -> None:
        """Choose a row and begin to edit one of its cells, as F2 does there."""
        self.show_row(row)
        index = self.model().index(row, column)
        self.setFocus()
        self.setCurrentIndex(index)
        self.edit(index)
