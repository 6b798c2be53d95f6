"""Linux: suspend, screen lock and change of user, as login1 and the desktop's screen saver tell them on D-Bus.

Sleep is held up until the archive is closed, as far as the system allows (five seconds where nobody changed it). Where
there is no bus, or nobody on it who knows, nothing is told.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCall,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from app.ports.leaving import Leaving, Left
from system.login1 import LOGIN, LOGIN_PATH, MANAGER, SESSION, call

_log = logging.getLogger(__name__)

Then = Callable[[list[object]], None]

PROPERTIES = "org.freedesktop.DBus.Properties"
#: desktops that have no login1 session of their own to lock tell it here
SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")


class BusSession(Leaving):
    """Listens on the computer's bus and on the user's own; others than the system's can be given."""

    def __init__(
        self,
        system: QDBusConnection | None = None,
        session: QDBusConnection | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._system = system or QDBusConnection.systemBus()
        self._session = session or QDBusConnection.sessionBus()
        self._path = ""
        self._held: QDBusUnixFileDescriptor | None = None  # sleep waits while this is open
        self._asked: set[_Asked] = set()
        self._closed = False

    def begin(self) -> None:
        if self._session.isConnected():
            for saver in SAVERS:
                self._hear(self._session, (saver, "", saver, "ActiveChanged"), "_on_saver(bool)")
        if not self._system.isConnected():
            _log.info("no system bus: suspend and change of user are not told")
            return
        self._hear(self._system, (LOGIN, LOGIN_PATH, MANAGER, "PrepareForSleep"), "_on_sleep(bool)")
        self._hold_sleep()
        wanted = os.environ.get("XDG_SESSION_ID") or "auto"
        self._ask(call(LOGIN_PATH, MANAGER, "GetSession", wanted), self._on_session)

    @property
    def is_told_of_session(self) -> bool:
        """Whether the own session was found: its lock and who is in front are told."""
        return bool(self._path)

    def close(self) -> None:
        self._closed = True
        self._held = None

    # what is asked

    def _hear(self, bus: QDBusConnection, of: tuple[str, str, str, str], slot: str) -> None:
        # the stub says bytes, but the binding takes what SLOT gives
        if not bus.connect(*of, self, SLOT(slot)):  # type: ignore[call-overload]
            _log.info("not told by the bus: %s", of[-1])

    def _ask(self, question: QDBusMessage, then: Then) -> None:
        asked = _Asked(self._system.asyncCall(question), question.member(), then)
        self._asked.add(asked)
        asked.finished.connect(self._on_answer)

    def _on_answer(self, finished: QDBusPendingCallWatcher) -> None:
        assert isinstance(finished, _Asked)
        self._asked.discard(finished)
        reply = finished.reply()
        finished.deleteLater()  # with the answer, which would keep open the file that holds up sleep
        if self._closed:
            return
        if reply.type() == QDBusMessage.MessageType.ReplyMessage:
            finished.then(reply.arguments())
        else:
            _log.info("no answer on the bus to %s: %s", finished.member, reply.errorName())

    def _hold_sleep(self) -> None:
        """Ask for sleep to be held up; the answer is a file that ends the holding when it is closed."""
        wanted = ("sleep", "Havainto", "Closing the archive", "delay")
        self._ask(call(LOGIN_PATH, MANAGER, "Inhibit", *wanted), self._on_held)

    # what is told

    def _on_held(self, said: list[object]) -> None:
        (held,) = said
        self._held = held if isinstance(held, QDBusUnixFileDescriptor) else None

    def _on_session(self, said: list[object]) -> None:
        (path,) = said
        assert isinstance(path, QDBusObjectPath)
        self._path = path.path()
        self._hear(self._system, (LOGIN, self._path, SESSION, "Lock"), "_on_locked()")
        self._hear(self._system, (LOGIN, self._path, PROPERTIES, "PropertiesChanged"), "_on_properties()")

    @Slot(bool)
    def _on_sleep(self, begins: bool) -> None:
        if not begins:
            self._hold_sleep()
            return
        try:
            self._tell(Left.SUSPEND)
        finally:
            self._held = None  # now it may sleep

    @Slot()
    def _on_locked(self) -> None:
        self._tell(Left.SCREEN_LOCKED)

    @Slot(bool)
    def _on_saver(self, active: bool) -> None:
        if active:
            self._tell(Left.SCREEN_LOCKED)

    @Slot()
    def _on_properties(self) -> None:
        """Something of the session changed; what is told of it is asked for, one by one."""
        for name, value, how in (("Active", False, Left.ANOTHER_USER), ("LockedHint", True, Left.SCREEN_LOCKED)):
            self._ask_property(name, value, how)

    def _ask_property(self, name: str, value: bool, how: Left) -> None:
        def then(said: list[object]) -> None:
            (found,) = said
            if isinstance(found, QDBusVariant) and found.variant() is value:
                self._tell(how)

        self._ask(call(self._path, PROPERTIES, "Get", SESSION, name), then)

    def _tell(self, how: Left) -> None:
        if not self._closed:
            _log.info("the computer was left: %s", how)
            self.left.emit(how)


class _Asked(QDBusPendingCallWatcher):
    """A question on the bus, and who is given the answer."""

    def __init__(self, pending: QDBusPendingCall, member: str, then: Then) -> None:
        super().__init__(pending)
        self.member, self.then = member, then
