"""The keys that come after one which opens a window: they are for it, also before the desktop has handed them over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

#: milliseconds that the desktop may take to hand the keys to a new window
LONGEST = 2000
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class KeysAhead(QObject):
    """From `begin` until `window` is the active one, what is typed anywhere in the program goes into it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._longest = QTimer(self, singleShot=True, interval=LONGEST)
        self._longest.timeout.connect(self.end)
        self._is_on = False

    def begin(self) -> None:
        """The window was asked to come."""
        app = QApplication.instance()
        if not self._is_on and not self._window.isActiveWindow() and isinstance(app, QApplication):
            self._is_on = True
            app.installEventFilter(self)
            self._longest.start()

    def end(self) -> None:
        """It has them, or has gone."""
        app = QApplication.instance()
        if self._is_on and isinstance(app, QApplication):
            app.removeEventFilter(self)
        self._is_on = False
        self._longest.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() in (QEvent.Type.WindowActivate, QEvent.Type.Hide):
            self.end()
        elif event.type() in _KEYS and isinstance(event, QKeyEvent) and self._is_elsewhere(watched):
            QApplication.sendEvent(self._window.focusWidget() or self._window, event.clone())
            return True
        return False

    def _is_elsewhere(self, watched: QObject) -> bool:
        return isinstance(watched, QWidget) and watched.window() is not self._window
