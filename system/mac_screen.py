"""macOS: the locked screen, as the system tells it to every program that asks.

Suspend is not told here: where the system asks for a password after sleep, it locks the screen on the way.
"""

from __future__ import annotations

import ctypes
import logging
from typing import Any

from PySide6.QtCore import QObject

from app.ports.leaving import Leaving, Left

_log = logging.getLogger(__name__)

FRAMEWORK = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
LOCKED = b"com.apple.screenIsLocked"
UTF8 = 0x08000100  # kCFStringEncodingUTF8
AT_ONCE = 4  # CFNotificationSuspensionBehaviorDeliverImmediately
#: center, observer, name, object, details: all of them the system's own
TOLD = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 5)


class MacScreen(Leaving):
    """Listens to the notices between programs; `core` is the system's library, for a test another."""

    def __init__(self, core: Any = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._center: Any = None
        self._told = TOLD(lambda *_: self._on_locked())  # kept: the system holds only its address

    def begin(self) -> None:
        if self._center is not None:
            return
        try:
            self._core = self._core or ctypes.CDLL(FRAMEWORK)
            self._listen()
        except (OSError, AttributeError) as error:
            _log.info("the locked screen is not told: %s", type(error).__name__)

    def _listen(self) -> None:
        core, pointer = self._core, ctypes.c_void_p
        core.CFStringCreateWithCString.restype = pointer
        core.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_uint32]
        core.CFNotificationCenterGetDistributedCenter.restype = pointer
        core.CFNotificationCenterAddObserver.argtypes = [pointer, pointer, TOLD, pointer, pointer, ctypes.c_long]
        core.CFNotificationCenterRemoveEveryObserver.argtypes = [pointer, pointer]
        name = core.CFStringCreateWithCString(None, LOCKED, UTF8)
        self._center = core.CFNotificationCenterGetDistributedCenter()
        core.CFNotificationCenterAddObserver(self._center, id(self), self._told, name, None, AT_ONCE)

    def close(self) -> None:
        center, self._center = self._center, None
        if center is not None:
            self._core.CFNotificationCenterRemoveEveryObserver(center, id(self))

    def _on_locked(self) -> None:
        if self._center is not None:
            _log.info("the computer was left: %s", Left.SCREEN_LOCKED)
            self.left.emit(Left.SCREEN_LOCKED)
