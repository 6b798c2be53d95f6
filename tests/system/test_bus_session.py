"""What a Linux desktop tells on its buses, played by a login1 on a bus of the test's own."""

import logging

import pytest
from PySide6.QtDBus import QDBusConnection

from app.ports.leaving import Left
from system.bus_session import SAVERS, BusSession
from tests.stand_ins.desktop_bus import SESSION, Login1


def test_sleep_waits_until_everybody_who_heard_is_done(desktop, qtbot) -> None:
    held: list[bool] = []
    desktop.program.left.connect(lambda _: held.append(desktop.login.is_held_up()))
    desktop.login.sleep()
    qtbot.waitUntil(lambda: bool(held))
    assert (desktop.told, held) == ([Left.SUSPEND], [True])
    qtbot.waitUntil(lambda: not desktop.login.is_held_up())
    assert ("Inhibit", ["sleep", "Havainto", "Closing the archive", "delay"]) in desktop.login.asked


def test_after_waking_the_next_sleep_is_held_up_as_well(desktop, qtbot) -> None:
    desktop.login.sleep()
    qtbot.waitUntil(lambda: desktop.told == [Left.SUSPEND])
    desktop.login.sleep(begins=False)
    qtbot.waitUntil(desktop.login.is_held_up)
    assert desktop.told == [Left.SUSPEND]
    desktop.login.sleep()
    qtbot.waitUntil(lambda: desktop.told == [Left.SUSPEND] * 2)


def test_sleep_is_let_go_of_whatever_who_heard_raises(desktop, qtbot) -> None:
    def fails(_: object) -> None:
        raise RuntimeError

    desktop.program.left.connect(fails)
    with qtbot.capture_exceptions() as raised:
        desktop.login.sleep()
        qtbot.waitUntil(lambda: not desktop.login.is_held_up())
    assert [kind for kind, *_ in raised] == [RuntimeError]


def test_a_locked_session_is_the_own_one_only(desktop, qtbot) -> None:
    desktop.login.lock("/org/freedesktop/login1/session/_32")
    desktop.login.lock()
    qtbot.waitUntil(lambda: bool(desktop.told))
    assert desktop.told == [Left.SCREEN_LOCKED]


@pytest.mark.parametrize(
    ("state", "told"),
    [({"active": False}, Left.ANOTHER_USER), ({"locked": True}, Left.SCREEN_LOCKED)],
)
def test_another_user_and_the_hint_of_a_lock_are_asked_for(desktop, qtbot, state, told) -> None:
    desktop.login.change(**state)
    qtbot.waitUntil(lambda: desktop.told == [told])
    assert ("Get", ["org.freedesktop.login1.Session", "Active"]) in desktop.login.asked


def test_a_session_that_came_to_the_front_is_no_leaving(desktop, qtbot) -> None:
    desktop.login.change(active=True, locked=False)
    asked = desktop.login.asked
    qtbot.waitUntil(lambda: sum(name == "Get" for name, _ in asked) == 2)
    desktop.login.lock()
    qtbot.waitUntil(lambda: bool(desktop.told))
    assert desktop.told == [Left.SCREEN_LOCKED]


@pytest.mark.parametrize("saver", SAVERS)
def test_a_screen_saver_that_begins(desktop, qtbot, saver) -> None:
    desktop.login.saver(saver, active=False)
    desktop.login.saver(saver)
    qtbot.waitUntil(lambda: bool(desktop.told))
    assert desktop.told == [Left.SCREEN_LOCKED]


def test_after_the_end_nothing_is_told_and_sleep_is_free(desktop, qapp) -> None:
    desktop.program.close()
    assert not desktop.login.is_held_up()
    desktop.login.sleep()
    desktop.login.lock()
    desktop.everything_arrived()
    qapp.processEvents()
    assert desktop.told == []


def test_without_a_bus_nothing_is_told_and_nothing_breaks(qtbot, caplog) -> None:
    nowhere = QDBusConnection("nowhere")
    program = BusSession(nowhere, nowhere)
    with caplog.at_level(logging.INFO):
        program.begin()
    program.close()
    assert [r.getMessage() for r in caplog.records] == ["no system bus: suspend and change of user are not told"]


def test_where_nobody_knows_the_session_sleep_is_still_told(address, qtbot, caplog) -> None:
    login = Login1(QDBusConnection.connectToBus(address, "login"), knows_session=False)
    ours = QDBusConnection.connectToBus(address, "ours")
    program = BusSession(ours, ours)
    told: list[Left] = []
    program.left.connect(told.append)
    with caplog.at_level(logging.INFO):
        program.begin()
        qtbot.waitUntil(lambda: "no answer on the bus to GetSession" in caplog.text)
    assert SESSION not in caplog.text
    login.sleep()
    qtbot.waitUntil(lambda: told == [Left.SUSPEND])
    program.close()
    login.close()
    for name in ("login", "ours"):
        QDBusConnection.disconnectFromBus(name)
