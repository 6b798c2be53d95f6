"""A calm empty sheet over the whole window, for when a family walks in. What runs beneath goes on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from app.i18n import Texts
from app.settings.preferences import Preferences
from app.shortcuts.actions import PROTECTING
from widgets.keys.key_names import keys_text
from widgets.keys.matcher import Matcher
from widgets.second_display.bare_window import BareWindow


def cover_from(beside: QDialog, main: QWidget, preferences: Preferences) -> None:
    """A family walks in: the whole program is covered, from a window that stands beside the main one too."""

    def toggle() -> None:
        for cover in main.findChildren(Cover):
            cover.toggle()

    Matcher({"cover": toggle}, preferences).bind(beside)


class Cover(QWidget):
    """Hides everything and takes every key but its own, so that nothing is coded or typed unseen."""

    turned = Signal(bool)  # whether everything is hidden now

    def __init__(self, window: QWidget, preferences: Preferences, texts: Texts) -> None:
        super().__init__(window)
        self.setAccessibleName(texts.tr("The screen is covered"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet("background: #6E767C;")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._preferences = preferences
        self._came_from: QWidget | None = None
        self._beside: list[QDialog] = []
        self.hide()

    def toggle(self) -> None:
        """The same key covers and uncovers; the focus returns to where it was.

        A window that stands beside this one (figures in a window of their own) goes and comes with it; the picture on
        a second screen is black meanwhile.
        """
        if self.isVisible():
            self.hide()
            self._blacken(on=False)
            self.turned.emit(False)
            for beside in self._beside:
                if isValid(beside):
                    beside.show()
            self._beside = []
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
        self._beside = [d for d in window.findChildren(QDialog) if d.isVisible() and not d.isModal()]
        for beside in self._beside:
            beside.hide()
        self.setGeometry(window.rect())
        self._blacken(on=True)
        self.show()
        self.raise_()
        self.setFocus()
        self.turned.emit(True)

    def _blacken(self, *, on: bool) -> None:
        for shown in self.window().findChildren(BareWindow):
            shown.set_covered(on)

    def event(self, event: QEvent) -> bool:
        """The window's other shortcuts rest as well: nothing is undone and no place opened unseen."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = keys_text(Qt.Key(event.key()), event.modifiers())
            if keys not in self._preferences.keys.by_keys(PROTECTING):
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab stays here."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
