"""What Windows tells its windows, said here by hand: no Windows was asked."""

import ctypes
from ctypes import wintypes

import pytest

from app.ports.leaving import Left
from system.windows_session import POWER, SESSION_CHANGE, WindowsSession, left_by


class Terminals:
    """Plays the system's library for sessions."""

    def __init__(self) -> None:
        self.registered: list[int] = []

    def WTSRegisterSessionNotification(self, window, flags: int) -> int:
        assert flags == 0
        self.registered.append(window.value)
        return 1

    def WTSUnRegisterSessionNotification(self, window) -> int:
        self.registered.remove(window.value)
        return 1


@pytest.mark.parametrize(
    ("message", "what", "how"),
    [
        (POWER, 0x4, Left.SUSPEND),
        (POWER, 0x12, None),  # it woke up
        (SESSION_CHANGE, 0x7, Left.SCREEN_LOCKED),
        (SESSION_CHANGE, 0x8, None),  # unlocked
        (SESSION_CHANGE, 0x2, Left.ANOTHER_USER),
        (SESSION_CHANGE, 0x4, Left.ANOTHER_USER),
        (SESSION_CHANGE, 0x1, None),  # came to the front
        (0x0100, 0x7, None),  # a key
    ],
)
def test_which_messages_say_that_it_was_left(message, what, how) -> None:
    assert left_by(message, what) == how


def sent(session: WindowsSession, message: int, what: int, window: int) -> tuple[bool, int]:
    said = wintypes.MSG()
    said.hWnd, said.message, said.wParam = window, message, what
    return session._messages.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(said))


def test_a_window_of_its_own_is_told_and_no_message_is_taken_away(qapp) -> None:
    terminals, told = Terminals(), []
    session = WindowsSession(terminals)
    session.left.connect(told.append)
    session.begin()
    (ours,) = terminals.registered
    assert sent(session, SESSION_CHANGE, 0x7, ours) == (False, 0)
    assert sent(session, SESSION_CHANGE, 0x7, ours + 1) == (False, 0)
    assert sent(session, POWER, 0x4, ours) == (False, 0)
    assert told == [Left.SCREEN_LOCKED, Left.SUSPEND]
    session.close()
    session.close()
    assert terminals.registered == []
    sent(session, SESSION_CHANGE, 0x7, ours)
    assert len(told) == 2
