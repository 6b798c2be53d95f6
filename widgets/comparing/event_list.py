"""Events of the second pass below each other, chosen by the arrows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QListWidget

from app.model.units import ItemPlace

#: what the list does itself with a key; every other one is the room's
_OWN = {Qt.Key.Key_Up, Qt.Key.Key_Down}


class EventList(QListWidget):
    """Letters never search here, for they are answers. A row that is too long is whole when pointed at."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(110)
        self.setSpacing(3)

    def add(self, words: str) -> None:
        """A row more."""
        self.addItem(words)
        self.say(self.count() - 1, words)

    def say(self, row: ItemPlace, words: str) -> None:
        """Other words in a row."""
        item = self.item(row)
        item.setText(words)
        item.setToolTip(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key(event.key()) in _OWN:
            super().keyPressEvent(event)
        else:
            event.ignore()
