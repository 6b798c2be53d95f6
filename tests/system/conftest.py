"""A desktop's bus for each test, with somebody on it who plays login1."""

import shutil
from collections.abc import Iterator

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage

from app.ports.leaving import Left
from system.bus_session import BusSession
from tests.stand_ins.desktop_bus import Login1, private_bus


class Desktop:
    """Login1 on a bus, and the program that listens to it."""

    def __init__(self, address: str) -> None:
        self.login = Login1(QDBusConnection.connectToBus(address, "login"))
        self.ours = QDBusConnection.connectToBus(address, "ours")
        self.program = BusSession(self.ours, self.ours)
        self.told: list[Left] = []
        self.program.left.connect(self.told.append)

    def everything_arrived(self) -> None:
        """What was sent before is here: an answer of the bus comes after it."""
        self.login.bus.call(asking_the_bus())
        self.ours.call(asking_the_bus())


def asking_the_bus() -> QDBusMessage:
    bus = "org.freedesktop.DBus"
    return QDBusMessage.createMethodCall(bus, "/org/freedesktop/DBus", bus, "GetId")


@pytest.fixture
def address(tmp_path_factory) -> Iterator[str]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed: make test-packages")
    # a socket's path is short
    with private_bus(tmp_path_factory.mktemp("bus")) as found:
        yield found


@pytest.fixture
def desktop(address, qtbot, monkeypatch) -> Iterator[Desktop]:
    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    made = Desktop(address)
    made.program.begin()
    qtbot.waitUntil(lambda: {"GetSession", "Inhibit"} <= {name for name, _ in made.login.asked})
    qtbot.waitUntil(lambda: made.program.is_told_of_session)
    yield made
    made.program.close()
    made.login.close()
    for name in ("login", "ours"):
        QDBusConnection.disconnectFromBus(name)
