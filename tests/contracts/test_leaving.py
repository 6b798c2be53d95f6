"""Who tells that the computer was left: the stand-in and each real one, told by a played system."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtDBus import QDBusConnection

from app.ports.leaving import Leaving, Left
from system.bus_session import BusSession
from system.mac_screen import MacScreen
from system.windows_session import POWER, SESSION_CHANGE, WindowsSession
from tests.stand_ins.desktop_bus import Login1, private_bus
from tests.stand_ins.fake_leaving import FakeLeaving
from tests.stand_ins.mac_core import MacCore


@dataclass
class System:
    """One adapter, and the hands that make its system tell."""

    program: Leaving
    tells: dict[Left, Callable[[], None]]
    is_ready: Callable[[], bool] = lambda: True


def _fake() -> Iterator[System]:
    made = FakeLeaving()
    yield System(made, {how: lambda how=how: made.tell(how) for how in Left})


class _Terminals:
    def __getattr__(self, _name: str):
        return lambda *_: 1


def _windows() -> Iterator[System]:
    made = WindowsSession(_Terminals())
    messages = {
        Left.SUSPEND: (POWER, 0x4),
        Left.SCREEN_LOCKED: (SESSION_CHANGE, 0x7),
        Left.ANOTHER_USER: (SESSION_CHANGE, 0x2),
    }
    yield System(made, {how: lambda said=said: made.hear(*said) for how, said in messages.items()})


def _mac() -> Iterator[System]:
    core = MacCore()
    yield System(MacScreen(core), {Left.SCREEN_LOCKED: core.lock})


def _bus(folder) -> Iterator[System]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed: make test-packages")
    with private_bus(folder) as address:
        login = Login1(QDBusConnection.connectToBus(address, "login"))
        ours = QDBusConnection.connectToBus(address, "ours")
        made = BusSession(ours, ours)
        tells = {
            Left.SUSPEND: login.sleep,
            Left.SCREEN_LOCKED: login.lock,
            Left.ANOTHER_USER: lambda: login.change(active=False),
        }
        yield System(made, tells, lambda: made.is_told_of_session)
        login.close()
        for name in ("login", "ours"):
            QDBusConnection.disconnectFromBus(name)


@pytest.fixture(params=["fake", "bus", "windows", "mac"])
def system(request, qapp, tmp_path_factory) -> Iterator[System]:
    makers = {"fake": _fake, "windows": _windows, "mac": _mac}
    made = _bus(tmp_path_factory.mktemp("bus")) if request.param == "bus" else makers[request.param]()
    yield from made


def test_each_way_of_leaving_is_told_once_by_its_name(system, qtbot) -> None:
    told: list[Left] = []
    system.program.left.connect(told.append)
    system.program.begin()
    qtbot.waitUntil(system.is_ready)
    for how, tell in system.tells.items():
        tell()
        qtbot.waitUntil(lambda how=how: bool(told) and told[-1] == how)
    assert told == list(system.tells)
    system.program.close()
    system.program.close()


def test_one_that_was_never_begun_or_has_ended_tells_nothing(system, qtbot, qapp) -> None:
    told: list[Left] = []
    system.program.left.connect(told.append)
    system.program.begin()
    qtbot.waitUntil(system.is_ready)
    system.program.close()
    if not isinstance(system.program, WindowsSession):  # its hand is the message itself, which no longer comes
        for tell in system.tells.values():
            tell()
    qapp.processEvents()
    assert told == []


def test_where_nothing_is_known_nothing_is_claimed(qapp) -> None:
    nothing = Leaving()
    nothing.begin()
    nothing.close()
    nothing.close()
