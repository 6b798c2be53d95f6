"""The idle lock without a window: what counts as use, what is let finish, what is never ended by it."""

import pytest
from PySide6.QtCore import QEvent

from app.office.idle_lock import IdleLock
from app.ports.leaving import Left


class Desk:
    """What goes on in the program, and what the lock decided."""

    def __init__(self) -> None:
        self.films = self.works = self.plays = False
        self.lock = IdleLock(lambda: self.films, lambda: self.works)
        self.lock.watches = lambda: self.plays
        self.said: list[str] = []
        self.lock.lock_due.connect(lambda: self.said.append("lock"))
        self.lock.cover_due.connect(lambda: self.said.append("cover"))


@pytest.fixture
def desk(qapp):
    made = Desk()
    made.lock.lock_after(10)
    yield made
    made.lock.stop()


def test_when_nobody_uses_it_the_archive_locks_once(desk, qtbot) -> None:
    with qtbot.waitSignal(desk.lock.lock_due):
        desk.lock.lock_after(0)
    assert (desk.said, desk.lock.waits_ms) == (["lock"], 0)


@pytest.mark.parametrize("goes_on", ["works", "plays"])
def test_what_is_being_done_is_let_finish(desk, goes_on) -> None:
    setattr(desk, goes_on, True)
    desk.lock.decide()
    assert (desk.said, desk.lock.waits_ms) == ([], 60_000)
    setattr(desk, goes_on, False)
    desk.lock.decide()
    assert desk.said == ["lock"]


def test_filming_is_covered_and_never_ended(desk) -> None:
    desk.films = True
    desk.lock.decide()
    assert (desk.said, desk.lock.waits_ms) == (["cover"], 60_000)
    assert not desk.lock.lock_now()
    assert desk.said == ["cover", "cover"]
    desk.films = False
    assert desk.lock.lock_now()
    assert desk.said[-1] == "lock"


@pytest.mark.parametrize("how", Left)
def test_a_computer_that_was_left_locks_at_once_whatever_is_watched(desk, how) -> None:
    desk.plays = True
    desk.lock.leave(how)
    assert desk.said == ["lock"]


@pytest.mark.parametrize("how", Left)
def test_what_films_goes_on_under_the_cover_and_locks_when_it_has_ended(desk, how) -> None:
    desk.films = True
    desk.lock.leave(how)
    assert (desk.said, desk.lock.waits_ms) == (["cover"], 60_000)
    desk.films = False
    desk.lock.decide()
    assert desk.said == ["cover", "lock"]


def test_long_work_is_let_finish_behind_a_locked_screen_only(desk) -> None:
    desk.works = True
    desk.lock.leave(Left.SCREEN_LOCKED)
    assert (desk.said, desk.lock.waits_ms) == (["cover"], 60_000)
    for how in (Left.SUSPEND, Left.ANOTHER_USER):
        desk.lock.leave(how)
    assert desk.said == ["cover", "lock", "lock"]


@pytest.mark.parametrize(
    ("happened", "is_use"),
    [
        (QEvent.Type.KeyPress, True),
        (QEvent.Type.MouseMove, True),
        (QEvent.Type.MouseButtonPress, True),
        (QEvent.Type.Wheel, True),
        (QEvent.Type.Paint, False),
        (QEvent.Type.Timer, False),
    ],
)
def test_only_what_a_person_does_is_use(desk, happened, is_use) -> None:
    desk.works = True
    desk.lock.decide()
    desk.lock.see(happened)
    assert desk.lock.waits_ms == (600_000 if is_use else 60_000)


def test_a_closed_archive_s_lock_says_nothing_more(desk) -> None:
    desk.lock.stop()
    desk.lock.see(QEvent.Type.KeyPress)
    assert desk.lock.waits_ms == 0
