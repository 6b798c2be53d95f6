"""A table in the comparing room of which a row is chosen by the arrows and opened by Enter or a double click."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.settings.preferences import Preferences
from app.tables import Table
from widgets.keys.key_names import keys_text
from widgets.numbers.sheet_table import SheetTable


class ChosenTable(SheetTable):
    """The key that plays the film stays the film's; Enter belongs to the row."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, table: Table, name: str, preferences: Preferences) -> None:
        super().__init__(table, name, tight=True)
        self._preferences = preferences
        self.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
            return
        if keys_text(key, event.modifiers()) in self._preferences.keys.by_keys(("film.play",)):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _on_chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(now.row())
