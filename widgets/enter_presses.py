"""Enter presses the button that has the keys. The first window needs it before anything heavy is there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QPushButton

from widgets.app_events import AppEvents

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def let_enter_press(events: AppEvents) -> None:
    """Enter presses the button that has the keys; a dialog's own button that Qt presses is left to it."""
    events.on(QEvent.Type.KeyPress, _pressed)


def _pressed(watched: QObject, event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or not isinstance(watched, QAbstractButton):
        return False
    if event.key() not in _ENTERS or event.isAutoRepeat():
        return False
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    if not plain or not watched.hasFocus() or not watched.isEnabled() or _is_qts_to_press(watched):
        return False
    watched.click()
    return True


def _is_qts_to_press(button: QAbstractButton) -> bool:
    if not isinstance(button.window(), QDialog):
        return False
    return isinstance(button, QPushButton) and (button.autoDefault() or button.isDefault())
