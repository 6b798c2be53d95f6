"""Enter presses the button that has the keys. The first window needs it before anything heavy is there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QPushButton, QWidget

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterPresses(QObject):
    """Enter presses the button that has the keys; a dialog's own button that Qt presses is left to it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._enters(watched, event):
            return True
        return super().eventFilter(watched, event)

    def _enters(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() not in _ENTERS or event.isAutoRepeat() or not isinstance(watched, QAbstractButton):
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
