"""The computer is kept awake while something asks for it: by wakepy, and on Linux by login1 for the lid as well."""

import contextlib
from types import SimpleNamespace

import pytest
from PySide6.QtDBus import QDBusConnection

from app.ports.wakeful import Held
from system.bus_inhibitor import BusInhibitor
from system.staying_awake import StayingAwake
from tests.stand_ins.desktop_bus import Login1


class Mode:
    """Plays wakepy: each entering is counted, and so is each leaving."""

    def __init__(self, *, active: bool) -> None:
        self.active, self.entered, self.left = active, 0, 0

    @contextlib.contextmanager
    def __call__(self):
        self.entered += 1
        yield SimpleNamespace(active=self.active)
        self.left += 1


@pytest.fixture
def login(address):
    made = Login1(QDBusConnection.connectToBus(address, "login"))
    yield made
    made.close()
    QDBusConnection.disconnectFromBus("login")


@pytest.fixture
def bus(address):
    yield QDBusConnection.connectToBus(address, "ours")
    QDBusConnection.disconnectFromBus("ours")


def test_sleep_and_lid_are_held_by_login1_until_they_are_let_go(login, bus, qtbot) -> None:
    mode = Mode(active=False)
    awake = StayingAwake(mode, BusInhibitor(bus))
    told: list[Held] = []
    awake.told.connect(told.append)
    awake.keep()
    awake.keep()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [awake.held] == [Held(sleep=True, lid=True)]
    asked = [arguments for name, arguments in login.asked if name == "Inhibit"]
    assert asked == [[what, "Havainto", "Filming a meeting", "block"] for what in ("sleep", "handle-lid-switch")]
    assert login.is_held_up()
    awake.let_go()
    qtbot.waitUntil(lambda: not login.is_held_up())
    assert awake.held == Held(sleep=True, lid=True), "what could be held off stays known"
    awake.keep()
    qtbot.waitUntil(login.is_held_up)
    awake.close()
    assert (mode.entered, mode.left) == (2, 2)
    qtbot.waitUntil(lambda: not login.is_held_up())


def test_where_the_lid_is_refused_sleep_is_still_held(login, bus, qtbot) -> None:
    login.refuses = {"handle-lid-switch"}
    awake = StayingAwake(Mode(active=False), BusInhibitor(bus))
    with qtbot.waitSignal(awake.told):
        awake.keep()
    assert awake.held == Held(sleep=True, lid=False)
    awake.close()


@pytest.mark.parametrize("active", [True, False])
def test_without_a_bus_the_system_s_own_way_says_what_is_so(qtbot, active) -> None:
    awake = StayingAwake(Mode(active=active), BusInhibitor(QDBusConnection("nowhere")))
    with qtbot.waitSignal(awake.told):
        awake.keep()
    assert awake.held == Held(sleep=active, lid=False)
    awake.close()
    awake.close()


def test_wakepy_itself_is_entered_and_left(qtbot, monkeypatch) -> None:
    """On a computer without a desktop it can hold nothing off, and says so."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    awake = StayingAwake(bus=BusInhibitor(QDBusConnection("nowhere")))
    with qtbot.waitSignal(awake.told, timeout=20_000):
        awake.keep()
    assert awake.held == Held(sleep=False, lid=False)
    awake.close()
