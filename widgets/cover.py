"""A calm empty sheet over the whole window, for when a family walks in. What runs beneath goes on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from widgets.actions import ACTIONS

#: what works while the screen is covered
PASSED = {QKeySequence(a.keys).toString() for a in ACTIONS if a.id in ("cover", "lock")}


class Cover(QWidget):
    """Hides everything and takes every key but its own, so that nothing is coded or typed unseen."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet("background: #6E767C;")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._came_from: QWidget | None = None
        self.hide()

    def toggle(self) -> None:
        """The same key covers and uncovers; the focus returns to where it was."""
        if self.isVisible():
            self.hide()
            if self._came_from is not None:
                self._came_from.setFocus()
            return
        self.show_cover()

    def show_cover(self) -> None:
        """Cover, or stay covered."""
        if self.isVisible():
            return
        window = self.window()
        self._came_from = window.focusWidget()
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """The window's other shortcuts rest as well: nothing is undone and no place opened unseen."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence(event.keyCombination()).toString()
            if keys not in PASSED:
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab stays here."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
