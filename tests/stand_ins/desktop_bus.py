"""A message bus of a test's own, and on it what a Linux desktop has: login1 with one session, and a screen saver."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)

LOGIN, SESSION = "/org/freedesktop/login1", "/org/freedesktop/login1/session/_31"
CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>
"""


@contextmanager
def private_bus(folder: Path) -> Iterator[str]:
    """The address of a bus that nobody else is on."""
    (folder / "bus.conf").write_text(CONFIGURATION.format(folder=folder), "utf-8")
    command = ["dbus-daemon", "--nofork", "--print-address", f"--config-file={folder / 'bus.conf'}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        try:
            yield daemon.stdout.readline().strip()
        finally:
            daemon.kill()


class _Object(QDBusVirtualObject):
    def __init__(self, login: "Login1") -> None:
        super().__init__()
        self._login = login

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        answer = self._login.answer(message)
        if answer is None:
            return False
        reply = message.createReply()
        reply.setArguments([answer])
        return connection.send(reply)


class Login1:
    """Plays org.freedesktop.login1 and the desktop's screen saver on one connection."""

    def __init__(self, bus: QDBusConnection, *, knows_session: bool = True) -> None:
        self.bus, self.knows_session = bus, knows_session
        self.active, self.locked = True, False
        self.refuses: set[str] = set()  # what may not be held off
        self.asked: list[tuple[str, list]] = []
        self._held: list[int] = []
        self._object = _Object(self)
        for name in ("org.freedesktop.login1", "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"):
            assert bus.registerService(name)
        assert bus.registerVirtualObject(LOGIN, self._object, QDBusConnection.VirtualObjectRegisterOption.SubPath)

    def answer(self, message: QDBusMessage) -> object | None:
        self.asked.append((message.member(), message.arguments()))
        if message.member() == "GetSession" and self.knows_session:
            return QDBusObjectPath(SESSION)
        if message.member() == "Inhibit" and message.arguments()[0] not in self.refuses:
            ours, theirs = os.pipe()
            self._held.append(ours)
            given = QDBusUnixFileDescriptor(theirs)
            os.close(theirs)
            return given
        if message.member() == "Get":
            return QDBusVariant({"Active": self.active, "LockedHint": self.locked}[message.arguments()[1]])
        return None

    def is_held_up(self) -> bool:
        """Whether anybody still keeps the computer awake."""
        for ours in self._held:
            os.set_blocking(ours, False)
            try:
                os.read(ours, 1)
            except BlockingIOError:
                return True
        return False

    def sleep(self, *, begins: bool = True) -> None:
        self._send(LOGIN, "org.freedesktop.login1.Manager", "PrepareForSleep", begins)

    def lock(self, session: str = SESSION) -> None:
        self._send(session, "org.freedesktop.login1.Session", "Lock")

    def change(self, *, active: bool = True, locked: bool = False) -> None:
        self.active, self.locked = active, locked
        self._send(SESSION, "org.freedesktop.DBus.Properties", "PropertiesChanged", "org.freedesktop.login1.Session")

    def saver(self, name: str, *, active: bool = True) -> None:
        path = "/" + name.replace(".", "/")
        self._send(path, name, "ActiveChanged", active)

    def _send(self, path: str, interface: str, member: str, *arguments: object) -> None:
        signal = QDBusMessage.createSignal(path, interface, member)
        signal.setArguments(list(arguments))
        assert self.bus.send(signal)

    def close(self) -> None:
        self.bus.unregisterObject(LOGIN)
        for ours in self._held:
            os.close(ours)
