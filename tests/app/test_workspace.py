"""The open archive: one editor per thing, an order of closing, and nothing that outlives it."""

import pytest
import shiboken6

from app.errors import AppError
from app.i18n import Texts
from app.model.timecode import SECOND
from tests.material.house import Home, Room, opened
from tests.material.pressing import press
from tests.stand_ins.long_work import until_cancelled


@pytest.fixture
def room(qapp):
    with opened(Home()) as made:
        yield made


def test_one_thing_has_one_editor(room: Room) -> None:
    meeting = room.home.meeting.id
    assert room.space.coding_editor(meeting) is room.space.coding_editor(meeting)


def test_changes_of_every_editor_are_heard(room: Room, qtbot) -> None:
    editor = room.space.coding_editor(room.home.meeting.id)
    with qtbot.waitSignal(room.space.changed) as heard:
        press(editor, "q", SECOND)
    assert [c.kind.__name__ for c in heard.args[0].changes] == ["Observation"]


def test_a_refused_step_is_said(room: Room) -> None:
    editor = room.space.coding_editor(room.home.meeting.id)
    editor.refused.emit(AppError("disk-full"))
    assert len(room.said) == 1


def test_another_language_reaches_notices_and_new_editors(room: Room) -> None:
    before = room.space.coding_editor(room.home.meeting.id)
    room.space.use_texts(Texts("sv"))
    after = room.space.coding_editor(room.home.meeting.id)
    assert after is not before
    assert (after.texts.language, room.notices.texts.language) == ("sv", "sv")


def test_a_forgotten_editor_is_read_anew(room: Room) -> None:
    editor = room.space.coding_editor(room.home.meeting.id)
    press(editor, "q", SECOND)
    room.space.forget_editor(f"coding/{room.home.meeting.id}")
    room.space.forget_editor("coding/of nothing")
    again = room.space.coding_editor(room.home.meeting.id)
    assert not again.stack.canUndo()
    assert len(again.coding.observations) == 1


def test_closing_commits_then_ends_jobs_then_the_archive(qapp) -> None:
    order: list[str] = []
    with opened(Home()) as room:
        editor = room.space.coding_editor(room.home.meeting.id)
        room.space.closing.connect(lambda: order.append(f"closing, archive closed: {room.archive.closed}"))
        job = room.jobs.run("wait", lambda j: order.append(f"cancelled {until_cancelled(j)}"), lambda _: None)
    assert order == ["closing, archive closed: False", "cancelled True"]
    assert room.archive.closed
    assert job.cancelled()
    assert editor.stack.count() == 0
    qapp.sendPostedEvents(None, 52)
    assert not shiboken6.isValid(editor)


def test_the_worker_is_as_the_archive_knows_now(room: Room) -> None:
    assert room.space.worker.name == "Aino Esimerkki"
    assert room.space.worker_name(room.home.leena.id) == "Leena Malli"
    assert room.space.worker_name("nobody") == ""
