"""A page that scrolls when it does not fit, and leaves every key to the room: arrows go through the film there."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea


class QuietArea(QScrollArea):
    """By the wheel and its bar alone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
