"""Windows: suspend, screen lock and change of user, as the system tells them to windows."""

from __future__ import annotations

import ctypes
import logging
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtGui import QWindow

from app.ports.leaving import Leaving, Left

_log = logging.getLogger(__name__)

POWER, SUSPENDS = 0x0218, 0x0004  # WM_POWERBROADCAST, PBT_APMSUSPEND
SESSION_CHANGE = 0x02B1  # WM_WTSSESSION_CHANGE
#: WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK
SESSION = {0x2: Left.ANOTHER_USER, 0x4: Left.ANOTHER_USER, 0x6: Left.ANOTHER_USER, 0x7: Left.SCREEN_LOCKED}
THIS_SESSION = 0  # NOTIFY_FOR_THIS_SESSION


def left_by(message: int, what: int) -> Left | None:
    """What a window's message and its first parameter, both Windows' own numbers, say of leaving."""
    if message == POWER and what == SUSPENDS:
        return Left.SUSPEND
    return SESSION.get(what) if message == SESSION_CHANGE else None


class WindowsSession(Leaving):
    """Listens with a window of its own that is never shown; `terminals` is the system's library for sessions."""

    def __init__(self, terminals: Any = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._terminals = terminals
        self._window: QWindow | None = None
        self._messages = _Messages(self)

    def begin(self) -> None:
        app = QCoreApplication.instance()
        if app is None or self._window is not None:
            return
        if self._terminals is None:
            self._terminals = ctypes.WinDLL("wtsapi32")  # type: ignore[attr-defined]  # Windows only
        app.installNativeEventFilter(self._messages)
        self._window = QWindow()
        self._window.create()  # a window of the system's, though never shown: it gets what is sent to all
        if not self._terminals.WTSRegisterSessionNotification(wintypes.HWND(self._window.winId()), THIS_SESSION):
            _log.info("screen lock and change of user are not told")

    def close(self) -> None:
        window, self._window = self._window, None
        if window is None:
            return
        self._terminals.WTSUnRegisterSessionNotification(wintypes.HWND(window.winId()))
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self._messages)
        window.destroy()

    def owns(self, handle: int | None) -> bool:
        """Whether a window's handle, the number that Windows has for it, is that of the listening window."""
        return self._window is not None and handle == int(self._window.winId())

    def hear(self, message: int, what: int) -> None:
        """A message of the system's to a window, with its first parameter: Windows' own numbers."""
        how = left_by(message, what)
        if how is not None:
            _log.info("the computer was left: %s", how)
            self.left.emit(how)


class _Messages(QAbstractNativeEventFilter):
    """Reads the messages before Qt does and takes none away."""

    def __init__(self, listener: WindowsSession) -> None:
        super().__init__()
        self._listener = listener

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        if kind == b"windows_generic_MSG":
            said = wintypes.MSG.from_address(int(message))
            # only what our own window is sent: every window of the program hears of sleep
            if self._listener.owns(said.hWnd):
                self._listener.hear(said.message, said.wParam)
        return False, 0
