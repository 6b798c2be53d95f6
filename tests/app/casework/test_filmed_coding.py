"""What filming leaves to coding, comparing and the statement: time that cannot be coded, tasks as they were done."""

from dataclasses import replace

import pytest

from app.casework.meeting_file import films_in_use, meeting_file, read_filmed
from app.coding.editor import CodingEditor
from app.coding.opening import begin
from app.comparing.comparison import comparison
from app.door import Door
from app.model.change import Change, added
from app.model.filming import FilmingEvent, Happening, LiveMark, OpenRecording, Talk
from app.model.identity import new_id
from app.model.meeting import Segment, Stretch
from app.model.observation import How, MarkKind
from app.model.recording import Origin
from app.model.timecode import SECOND
from app.office import desk
from app.statement.passages_attached import _when_done
from tests.material.builders import A_DAY, recording
from tests.material.house import Home, QuietArchive


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def happened(home: Home, kind: Happening, start: float, end: float | None = None, **more) -> FilmingEvent:
    until = None if end is None else round(end * SECOND)
    event = FilmingEvent(new_id(), home.meeting.id, kind, round(start * SECOND), until, **more)
    home.a.apply("event", [added(event)])
    return event


def own_states(editor: CodingEditor) -> list[tuple[str, float, float]]:
    rows = editor.coding.sorted_observations()
    return [(o.code, o.start / SECOND, o.end / SECOND) for o in rows if o.how == How.FILMING]


def test_interruptions_are_put_into_a_new_coding_and_gaps_are_the_meetings(home) -> None:
    second = replace(recording(home.meeting.id, 20 * SECOND), id=new_id(), offset=80 * SECOND)
    filmed = replace(home.film, origin=Origin.FILMED)
    home.a.apply("film", [added(second), Change(home.film, filmed)])
    happened(home, Happening.INTERRUPTION, 10, 14, reason="child-left")
    happened(home, Happening.INTERRUPTION, 90, None, reason="adult-left")
    happened(home, Happening.SLEPT, 30, 33)
    for store in (home.a, home.b):
        states = own_states(home.editor(store))
        assert states == [("DS0", 10, 14), ("DS0", 90, 100)]
    gone = [(s.start // SECOND, s.end // SECOND) for s in meeting_file(home.a, home.meeting.id).not_filmed]
    assert gone == [(30, 33), (60, 80)]
    editor = home.editor()
    assert not editor.is_begun
    assert editor.use_scheme("laaja-runko")
    assert {o.code for o in editor.coding.observations.values()} == {editor.scheme.cannot_be_coded}


def test_a_coder_may_change_what_filming_put_in(home) -> None:
    happened(home, Happening.INTERRUPTION, 10, 14)
    editor = home.editor()
    (state,) = editor.coding.observations.values()
    assert editor.edit(state, replace(state, end=12 * SECOND))
    assert editor.coding.observations[state.id].how == How.EDITED
    assert editor.undo()
    assert editor.remove(state)


def test_a_second_camera_that_saw_it_leaves_no_gap(home) -> None:
    other = replace(recording(home.meeting.id, 100 * SECOND), id=new_id(), camera=2)
    home.a.apply("film", [added(other)])
    assert own_states(home.editor()) == []
    assert meeting_file(home.a, home.meeting.id).not_filmed == ()


def test_interrupted_time_is_left_out_of_agreement(home) -> None:
    happened(home, Happening.INTERRUPTION, 12, 20)
    home.compare()
    found = comparison(home.a, home.meeting.id)
    assert found.agreement.excluded_units == 8


def test_what_a_meeting_was_is_read_once_and_followed_by_its_changes(home) -> None:
    """One value of everything that happened: what screens do not show (a running task, a closed film) is in it too."""
    held = meeting_file(home.a, home.meeting.id)
    closed = replace(home.film, closed_from_use=A_DAY)
    second = replace(recording(home.meeting.id, 20 * SECOND), id=new_id(), offset=80 * SECOND)
    running = Segment(new_id(), home.meeting.id, 4, 70 * SECOND, 70 * SECOND + 1, open=True)
    book = OpenRecording(new_id(), home.meeting.id, 1, "d.vau", A_DAY, 40_000)
    live = LiveMark(new_id(), home.meeting.id, MarkKind.NOTE, 7)
    elsewhere = replace(second, id=new_id(), meeting_id="another")
    changes = [Change(home.film, closed), *(added(e) for e in (second, running, book, live))]
    home.a.apply("happened", changes)
    read = meeting_file(home.a, home.meeting.id)
    assert read == held.after([*changes, added(elsewhere)])
    assert read.filmed == read_filmed(home.a, home.meeting.id)
    assert read.filmed.films == (closed, second)
    assert (read.filmed.running, read.filmed.being_recorded) == (running, (book,))
    assert (read.recordings, read.live_marks) == ((second,), (live,))
    assert [s.number for s in read.segments] == [1, 2, 3]
    assert (read.start, read.length) == (80 * SECOND, 100 * SECOND)


def test_films_closed_from_use_are_not_coded(home) -> None:
    home.a.apply("close", [Change(home.film, replace(home.film, closed_from_use=A_DAY))])
    assert films_in_use(home.a, home.meeting.id) == ()
    assert meeting_file(home.a, home.meeting.id).recordings == ()
    found = desk.desk(home.a, QuietArchive(), 1, A_DAY)
    assert [(row.meeting.id, row.films) for row in found.for_erasure] == [(home.meeting.id, 1)]
    assert home.meeting.id not in [i.meeting.id for i in found.items if i.meeting]


def test_a_task_left_out_is_not_missing_and_its_reason_stands_in_the_statement(home) -> None:
    third = next(s for s in home.a.find(Segment) if s.number == 3)
    home.a.apply("gone", [Change(third, None)])
    assert [m.number for m in home.editor().missing() if m.kind == "task-time"] == [3]
    happened(home, Happening.SKIPPED, 41, number=3, reason="material-missing")
    assert [m.number for m in home.editor().missing() if m.kind == "task-time"] == []
    file = meeting_file(home.a, home.meeting.id)
    assert _when_done(home.texts, file, 3) == "left out: material missing"


def test_a_repeated_task_has_both_its_times(home) -> None:
    third = next(s for s in home.a.find(Segment) if s.number == 3)
    again = Segment(new_id(), home.meeting.id, 1, 52 * SECOND, 60 * SECOND)
    home.a.apply("again", [Change(third, replace(third, end=52 * SECOND)), added(again)])
    file = meeting_file(home.a, home.meeting.id)
    assert _when_done(home.texts, file, 1) == "00:00–00:20, 00:52–01:00"
    editor = home.editor()
    first = editor.file.segments[0]
    assert editor.cover(first, on=True)
    assert [m.number for m in editor.missing() if m.kind == "task"] == [1, 2, 3], "both parts are to be covered"
    assert editor.cover(again, on=True)
    assert [m.number for m in editor.missing() if m.kind == "task"] == [2, 3]
    # the start that is nearest is moved, and the other part stays where it was
    assert editor.start_task(1, 54 * SECOND)
    spans = [(s.number, s.start // SECOND, s.end // SECOND) for s in editor.file.segments]
    assert spans == [(1, 0, 20), (2, 20, 40), (3, 40, 52), (1, 54, 60)]


def test_tasks_done_out_of_order_are_not_moved_by_next(home) -> None:
    rows = {s.number: s for s in home.a.find(Segment)}
    second, third = rows[2], rows[3]
    home.a.apply("swap", [Change(second, replace(second, number=3)), Change(third, replace(third, number=2))])
    editor = home.editor()
    assert editor.next_task(50 * SECOND)
    assert [s.number for s in editor.file.segments] == [1, 3, 2]
    assert editor.file.segments[-1].stretch == Stretch(40 * SECOND, 50 * SECOND)


def test_live_marks_are_the_meetings_and_both_see_them(home) -> None:
    home.a.apply("mark", [added(LiveMark(new_id(), home.meeting.id, MarkKind.NOTE, 5 * SECOND, "katso"))])
    for store in (home.a, home.b):
        (mark,) = meeting_file(store, home.meeting.id).live_marks
        assert mark.text == "katso"
        assert home.editor(store).coding.marks == {}


def test_a_meeting_that_is_being_filmed_is_not_finished(home) -> None:
    home.a.apply("open", [added(OpenRecording(new_id(), home.meeting.id, 1, "a.vau", A_DAY, 0, recording_id="r"))])
    kinds = [i.what for i in desk.desk(home.a, QuietArchive(), 1, A_DAY).items if i.meeting]
    assert kinds == [desk.Waiting.FILM_ON]


def test_the_talk_waits_beside_the_coding_until_it_is_written(home) -> None:
    meeting = home.meeting
    home.a.apply("filmed", [Change(meeting, replace(meeting, clock_zero=A_DAY))])

    def kinds() -> set[desk.Waiting]:
        return {i.what for i in desk.desk(home.a, QuietArchive(), 1, A_DAY).items if i.meeting}

    assert kinds() == {desk.Waiting.CODE, desk.Waiting.TALK}
    home.a.apply("talk", [added(Talk(new_id(), meeting.id, meeting.adult_id, A_DAY, "pihalla"))])
    assert kinds() == {desk.Waiting.CODE}


def test_an_open_segment_is_no_task_of_a_coding(home) -> None:
    running = Segment(new_id(), home.meeting.id, 3, 61 * SECOND, 61 * SECOND + 1, open=True)
    home.a.apply("on", [added(running)])
    assert running not in meeting_file(home.a, home.meeting.id).segments
    assert begin(Door(home.a), home.texts, home.meeting.id)
