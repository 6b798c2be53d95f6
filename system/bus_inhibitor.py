"""Linux: login1 is asked to let neither sleep nor a closed lid put the computer to sleep, for as long as it is held.

The lid is asked for apart: a session that is not in front may hold off the one and not the other.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusUnixFileDescriptor

from system.login1 import LOGIN_PATH, MANAGER, call

_log = logging.getLogger(__name__)

SLEEP, LID = "sleep", "handle-lid-switch"


class BusInhibitor(QObject):
    """Holds what login1 gave: files whose closing ends the holding, also when the program dies."""

    told = Signal()  # both were answered

    def __init__(self, system: QDBusConnection | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._system = system or QDBusConnection.systemBus()
        self._files: dict[str, QDBusUnixFileDescriptor | None] = {}
        self._asked: dict[QDBusPendingCallWatcher, tuple[int, str]] = {}
        self._tries = 0

    @property
    def has_answered(self) -> bool:
        return len(self._files) == len((SLEEP, LID))

    @property
    def holds_sleep(self) -> bool:
        return self._files.get(SLEEP) is not None

    @property
    def holds_lid(self) -> bool:
        return self._files.get(LID) is not None

    def hold(self) -> None:
        """Ask for both; `told` follows."""
        self._tries += 1
        self._files = {}
        if not self._system.isConnected():
            _log.info("no system bus: login1 cannot be asked to hold off sleep")
            self._files = dict.fromkeys((SLEEP, LID))
            self.told.emit()
            return
        for what in (SLEEP, LID):
            asked = call(LOGIN_PATH, MANAGER, "Inhibit", what, "Havainto", "Filming a meeting", "block")
            watcher = QDBusPendingCallWatcher(self._system.asyncCall(asked), self)
            self._asked[watcher] = (self._tries, what)
            watcher.finished.connect(self._on_answer)

    def let_go(self) -> None:
        self._tries += 1
        self._files = {}

    def _on_answer(self, watcher: QDBusPendingCallWatcher) -> None:
        number, what = self._asked.pop(watcher)
        reply = watcher.reply()
        watcher.deleteLater()  # with the answer, which would keep open the file that holds
        if number != self._tries:
            return
        given = reply.arguments() if reply.type() == QDBusMessage.MessageType.ReplyMessage else []
        self._files[what] = next((g for g in given if isinstance(g, QDBusUnixFileDescriptor)), None)
        if self._files[what] is None:
            _log.info("login1 does not hold off %s: %s", what, reply.errorName())
        if self.has_answered:
            self.told.emit()
