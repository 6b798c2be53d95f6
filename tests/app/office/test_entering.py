"""What is said at the door: an older database and a broken log with their action, all else in a sentence that stays."""

from datetime import UTC, datetime

import pytest

from app.errors import AppError, StoreError
from app.i18n import Texts
from app.notices import Tone
from app.office import entering
from tests.material.house import Home, opened


@pytest.fixture
def room(qapp):
    with opened(Home("fi")) as made:
        yield made


def tell(room, *errors: AppError) -> None:
    room.archive.to_tell = lambda: errors
    entering.tell(room.archive, room.jobs, room.notices, Texts("fi"))


def test_an_older_database_says_since_when_and_can_be_acknowledged(room, qtbot) -> None:
    tell(room, AppError("archive-older", when=datetime(2026, 11, 3, 12, 7, tzinfo=UTC)))
    (notice,) = room.said
    assert notice.stays
    assert notice.tone == Tone.WARNING
    assert "3.11.2026" in notice.text
    assert notice.action_label == "Olen tarkistanut"
    assert room.archive.acknowledged == 0
    notice.action()
    qtbot.waitUntil(lambda: len(room.said) == 2)
    assert room.archive.acknowledged == 1
    assert room.said[1].tone == Tone.DONE


def test_where_it_cannot_be_noted_that_is_said(room, qtbot) -> None:
    def full() -> None:
        raise StoreError("disk-full")

    room.archive.acknowledge = full
    tell(room, AppError("log-not-whole"))
    room.said[0].action()
    qtbot.waitUntil(lambda: len(room.said) == 2)
    assert room.said[1].tone == Tone.TROUBLE


def test_what_needs_no_answer_has_no_action(room) -> None:
    tell(room, AppError("key-change-waits"), AppError("key-file-older"))
    assert [(n.action_label, n.stays) for n in room.said] == [("", True), ("", True)]


def test_a_fault_found_beside_the_work_has_the_same_action(room, qtbot) -> None:
    room.archive.check_log = lambda _cancelled: ("audit-changed:2",)
    entering.check_log(room.archive, room.jobs, room.notices, Texts("fi"))
    qtbot.waitUntil(lambda: bool(room.said))
    assert room.said[0].action_label == "Olen tarkistanut"


def test_a_damaged_page_found_beside_the_work_leads_to_the_rescue_and_is_said_once(room, qtbot) -> None:
    def damaged(_cancelled) -> tuple[str, ...]:
        raise StoreError("damaged")

    room.archive.check_log = damaged
    for _ in range(2):
        entering.check_log(room.archive, room.jobs, room.notices, Texts("fi"))
        qtbot.waitUntil(lambda: not room.jobs.running)
    (notice,) = room.said
    assert (notice.action_label, notice.stays) == ("Pelastus…", True)
    with qtbot.waitSignal(room.notices.rescue_wanted):
        notice.action()


def test_what_was_told_at_the_door_is_not_told_twice(room, qtbot) -> None:
    room.archive.check_log = lambda _cancelled: ("audit-cut-off:2",)
    tell(room, AppError("archive-older", when=datetime.now(UTC)))
    entering.check_log(room.archive, room.jobs, room.notices, Texts("fi"))
    qtbot.waitUntil(lambda: not room.jobs.running)
    assert len(room.said) == 1
