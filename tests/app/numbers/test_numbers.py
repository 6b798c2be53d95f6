"""The numbers of a coding through its use-case: settings, interpreter, and the same adult and child over time."""

from dataclasses import replace

import pytest

from app.coding.opening import read_coding
from app.i18n import Texts
from app.model.change import Change, added
from app.model.coding import Coding, CodingHeader
from app.model.identity import new_id
from app.model.meeting import Delivery, Stretch
from app.model.people import Case, Interpreter, Person, Role
from app.model.timecode import SECOND
from app.numbers.numbers import INTERPRETED, NO_CODES, OVER_LINK, NumberSettings, Point, numbers_of, over_time, point_of
from app.numbers.sheets import answers
from app.schemes import library
from tests.material.builders import small_scheme
from tests.material.house import MINUTE, Home
from tests.material.pressing import press

PRESSES = [("6", 0), ("h", 4), ("a", 6.5), ("q", 12), ("h", 25), ("8", 30), ("d", 29.5), ("6", 38), ("h", 50)]


@pytest.fixture
def home() -> Home:
    return Home()


def mine(home: Home, presses=PRESSES, meeting=None):
    home.code(home.a, presses, meeting)
    return home.editor(home.a, meeting)


def numbers(home: Home, editor, settings=None, heard=Interpreter.NONE):
    return numbers_of(editor.coding, editor.scheme, editor.file, heard, settings)


def test_every_number_of_a_coding_by_hand(home) -> None:
    found = numbers(home, mine(home))
    assert (found.covered, found.codable) == (MINUTE, MINUTE)
    rows = {(r.task, r.person, r.code): r for r in found.rows if r.code}
    assert (rows[None, "child1", "CE"].count, rows[None, "child1", "CE"].rate) == (3, 3.0)
    assert rows[None, "dyad", "DS1"].duration == 52 * SECOND
    assert rows[1, "adult1", "AM"].count == 1, "29.5 s is in the second task"
    seen = found.answers[0]
    assert (seen.seeks, seen.answered, seen.unanswered) == (3, 2, 1)
    assert seen.times == (2_500_000, 4_500_000)
    alone = found.initiatives[0]
    assert (alone.seeks, alone.answered, alone.unanswered) == (3, 1, 2), "AE5: only AE within 3 s"
    assert [r.times for r in found.reconnections] == [(8 * SECOND,), (), (8 * SECOND,), ()]
    assert {(r.before, r.after): r.count for r in found.transitions if r.count and r.task is None} == {
        ("DS1", "DS3"): 1,
        ("DS3", "DS1"): 1,
    }
    whole = found.by_code[0]
    assert whole.keys == (("adult1", "AE"), ("adult1", "AM"), ("adult1", "AS"), ("child1", "CE"))
    assert whole.followed[3] == (1, 1, 0, 0)


def test_windows_are_settings_and_stand_in_the_value(home) -> None:
    settings = NumberSettings(answer=3 * SECOND, follow=2 * SECOND)
    found = numbers(home, mine(home), settings)
    assert found.settings is settings
    assert found.answers[0].answered == 1
    assert found.by_code[0].followed[3] == (0, 0, 0, 0)


@pytest.mark.parametrize("where", [Interpreter.IN_ROOM, Interpreter.REMOTE, Interpreter.EARPIECE])
def test_with_an_interpreter_there_is_no_latency_and_no_initiative(home, where) -> None:
    found = numbers(home, mine(home), heard=where)
    assert (found.answers, found.initiatives, found.why_none) == ((), (), INTERPRETED)
    assert found.rows
    assert "answer" not in point_of(found).values


def test_over_a_video_link_there_is_no_latency_and_the_sheet_says_why(home) -> None:
    over_link = replace(home.meeting, delivery=Delivery.VIDEO)
    home.a.apply("link", [Change(home.meeting, over_link)])
    found = numbers(home, mine(home))
    assert (found.answers, found.initiatives, found.why_none) == ((), (), OVER_LINK)
    assert "videoyhtey" in answers.answers(Texts("fi"), found, {}).empty


def test_a_scheme_that_does_not_say_who_seeks_has_no_latency(home) -> None:
    editor = mine(home)
    scheme = replace(small_scheme(), codes=tuple(c for c in small_scheme().codes if c.id != "CE"))
    assert numbers_of(editor.coding, scheme, editor.file).why_none == NO_CODES


def test_a_coding_without_covered_time_has_no_figures_and_no_zeros_in_their_place(home) -> None:
    editor = mine(home)
    bare = Coding(replace(editor.coding.header, covered=()), editor.coding.observations)
    found = numbers_of(bare, editor.scheme, editor.file)
    assert (found.covered, found.codable) == (0, 0)
    assert {(r.count, r.rate, r.share, r.median) for r in found.rows} == {(0, None, None, None)}
    assert set(found.by_code[0].base) <= {None}


def test_a_state_still_on_is_counted_to_the_end_of_what_was_covered(home) -> None:
    editor = home.editor()
    press(editor, "6", 10 * SECOND)
    editor.cover(editor.file.segments[0], on=True)
    found = numbers_of(editor.coding, editor.scheme, editor.file)
    assert [(r.code, r.duration) for r in found.rows if r.task is None] == [("DS1", 10 * SECOND)]


# over time


def test_the_same_adult_and_child_from_meeting_to_meeting(home) -> None:
    adult = home.meeting.adult_id
    later = home.add_meeting(adult, day=20)
    home.mark_tasks(later)
    mine(home, meeting=later)
    mine(home)
    (series,) = over_time(home.a, adult, home.meeting.child_id)
    assert [p.meeting_id for p in series.points] == [home.meeting.id, later.id]
    assert series.coder == home.aino.id
    values = series.points[0].values
    assert values["rate/child1/E"] == 3.0
    assert values["share/dyad/DS3"] == 8 / 60
    assert values["reconnection"] == 8 * SECOND


def test_drafts_and_the_partners_coding_are_not_seen_until_both_are_ready(home) -> None:
    home.code(home.b, PRESSES)
    args = (home.meeting.adult_id, home.meeting.child_id)
    assert over_time(home.a, *args) == (), "the partner's is ready, mine is not"
    editor = home.editor()
    press(editor, "q", SECOND)
    assert over_time(home.a, *args) == (), "a draft is no point of a series"
    home.code(home.a, PRESSES)
    assert [s.coder for s in over_time(home.a, *args)] == [home.aino.id, home.leena.id]
    assert [s.coder for s in over_time(home.b, *args)] == [home.leena.id, home.aino.id], "own first"


def test_another_adult_is_never_in_the_series(home) -> None:
    other = Person(new_id(), home.case_id, Role.FOSTER_PARENT, "foster parent")
    home.a.apply("adult", [added(other)])
    theirs = home.add_meeting(other.id, day=9)
    home.mark_tasks(theirs)
    mine(home, meeting=theirs)
    mine(home)
    (series,) = over_time(home.a, home.meeting.adult_id, home.meeting.child_id)
    assert [p.meeting_id for p in series.points] == [home.meeting.id]


def test_codings_of_different_schemes_are_different_series(home) -> None:
    later = home.add_meeting(home.meeting.adult_id, day=20)
    home.mark_tasks(later)
    mine(home)
    editor = home.editor(home.a, later)
    assert editor.use_scheme("laaja-runko")
    press(editor, "h", 4 * SECOND)
    covered = replace(editor.coding.header, covered=(Stretch(0, MINUTE),))
    editor.do("cover", Change(editor.coding.header, covered))
    assert editor.mark_ready()
    series = over_time(home.a, home.meeting.adult_id, home.meeting.child_id)
    assert sorted(s.scheme.id for s in series) == ["laaja-runko", "perusrunko"]
    assert [len(s.points) for s in series] == [1, 1]


def test_a_point_has_no_sum_over_dimensions(home) -> None:
    point: Point = point_of(numbers(home, mine(home)))
    known = {d.id for d in library.scheme("perusrunko").dimensions}
    assert {m.split("/")[-1] for m in point.values if m.startswith("rate/")} <= known


def test_reading_by_the_store_gives_the_same_numbers(home) -> None:
    editor = mine(home)
    (header,) = home.a.find(CodingHeader, meeting_id=home.meeting.id)
    case = home.a.get(Case, home.case_id)
    again = numbers_of(read_coding(home.a, header), editor.scheme, editor.file, case)
    assert again.rows == numbers(home, editor).rows
