"""What nobody filmed is on the meeting's clock, is no coder's to say, and is in no denominator."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework.meeting_file import meeting_file
from app.coding.telling import told
from app.comparing.comparison import comparison
from app.comparing.words import settings_sentence
from app.model.change import Change, added
from app.model.filmed import Filmed, not_filmed
from app.model.filming import FilmingEvent, Happening
from app.model.identity import new_id
from app.model.meeting import Stretch
from app.model.recording import NOT_FILMED, SEAM, Damage, Origin, Recording
from app.model.timecode import SECOND
from app.numbers.numbers import Numbers, numbers_of
from app.numbers.sheets.naming import Names
from tests.material.builders import A_DAY, facts, meeting, recording
from tests.material.house import MINUTE, Home

PRESSES = [("6", 0), ("h", 4), ("a", 6.5), ("q", 12), ("h", 25), ("8", 30), ("6", 38), ("h", 50)]


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def holed(film: Recording, *damage: Damage) -> Recording:
    return replace(film, facts=replace(film.facts, damage=damage))


def with_hole(home: Home) -> None:
    """From 10 s to 25 s nobody filmed, and the film's clock jumps at 40 s."""
    after = holed(
        home.film,
        Damage(10 * SECOND, 25 * SECOND, NOT_FILMED),
        Damage(40 * SECOND, 40 * SECOND, SEAM, 90 * SECOND),
    )
    home.a.apply("hole", [Change(home.film, after)])


def seconds(stretches) -> list[tuple[float, float]]:
    return [(s.start / SECOND, s.end / SECOND) for s in stretches]


def numbers(home: Home) -> Numbers:
    editor = home.editor()
    return numbers_of(editor.coding, editor.scheme, editor.file)


def test_holes_seams_and_sleep_are_not_filmed_unless_another_camera_saw_it(home) -> None:
    with_hole(home)
    slept = FilmingEvent(new_id(), home.meeting.id, Happening.SLEPT, 50 * SECOND, 52 * SECOND)
    home.a.apply("slept", [added(slept)])
    found = meeting_file(home.a, home.meeting.id).not_filmed
    assert seconds(found) == [(10, 25), (39.999999, 40)], "another camera filmed while the computer slept"
    taken_in = home.a.get(Recording, home.film.id)
    home.a.apply("filmed", [Change(taken_in, replace(taken_in, origin=Origin.FILMED))])
    found = meeting_file(home.a, home.meeting.id).not_filmed
    assert seconds(found) == [(10, 25), (39.999999, 40), (50, 52)]
    other = replace(recording(home.meeting.id, 10 * SECOND), id=new_id(), camera=2, offset=12 * SECOND)
    home.a.apply("film", [added(other)])
    assert seconds(meeting_file(home.a, home.meeting.id).not_filmed)[:2] == [(10, 12), (22, 25)]


def test_rates_and_shares_are_of_filmed_time_and_a_state_is_as_long_as_it_was_filmed(home) -> None:
    home.code(home.a, PRESSES)
    before = {(r.task, r.person, r.code): r for r in numbers(home).rows if r.code}
    with_hole(home)
    found = numbers(home)
    rows = {(r.task, r.person, r.code): r for r in found.rows if r.code}
    assert (found.covered, found.unfilmed, found.codable) == (MINUTE, 15 * SECOND + 1, 45 * SECOND - 1)
    together, was = rows[None, "dyad", "DS1"], before[None, "dyad", "DS1"]
    assert was.duration - together.duration == 15 * SECOND + 1, "on from 0 s to 30 s and from 38 s to the end"
    assert together.share == pytest.approx(37 / 45, abs=1e-6)
    assert rows[None, "child1", "CE"].count == before[None, "child1", "CE"].count == 3
    assert rows[None, "child1", "CE"].rate == pytest.approx(3 / 0.75)
    assert rows[None, "adult1", "AS"].count == 0, "pressed at 12 s, where nobody filmed: in no figure"
    assert "00:15.0" in Names(home.texts, found).time_note()


def test_a_seam_cuts_what_would_follow_across_it(home) -> None:
    """An answer 2 s after a call, with a jump of the clock between them: it is not known how soon it came."""
    home.code(home.a, [("h", 39), ("a", 41)])
    assert numbers(home).answers[0].times == (2 * SECOND,)
    with_hole(home)
    row = numbers(home).answers[0]
    assert (row.seeks, row.answered, row.unanswered, row.unseen) == (1, 0, 0, 1)


def test_units_of_agreement_are_of_filmed_time_and_no_coder_can_take_that_back(home) -> None:
    home.compare()
    whole = comparison(home.a, home.meeting.id)
    with_hole(home)
    found = comparison(home.a, home.meeting.id)
    assert whole.agreement.units - found.agreement.units == 15
    assert seconds(found.window) == [(0, 10), (25, 39.999999), (40, 60)]
    assert found.covered == whole.window
    assert found.agreement.excluded_units == 0, "it is not that it could not be coded: there is nothing to code"
    assert "00:15.0" in settings_sentence(home.texts, found)
    assert "00:15.0" not in settings_sentence(home.texts, whole)


def test_a_state_that_goes_on_over_a_hole_says_so(home) -> None:
    home.code(home.a, PRESSES)
    with_hole(home)
    editor = home.editor()
    first = next(o for o in editor.coding.sorted_observations() if o.code == "DS1")
    assert told(home.texts, editor.scheme, editor.file, first).endswith("00:00.0–00:30.0, of which 00:15.0 not filmed")


def test_an_erased_film_was_filmed_all_the_same(home) -> None:
    """What was counted stays what it was when the films are gone; only of a film that was closed nothing counts."""
    later = replace(recording(home.meeting.id, 20 * SECOND), id=new_id(), offset=70 * SECOND)
    home.a.apply("film", [added(later)])
    before = meeting_file(home.a, home.meeting.id).not_filmed
    home.erase(later)
    assert meeting_file(home.a, home.meeting.id).not_filmed == before == (Stretch(MINUTE, 70 * SECOND),)


@given(st.data())
def test_every_moment_is_filmed_if_any_camera_has_a_picture_of_it(data) -> None:
    spans = st.tuples(st.integers(0, 60), st.integers(1, 20))
    films = []
    for number in range(data.draw(st.integers(1, 4))):
        start, length = data.draw(spans)
        edges = sorted(data.draw(st.lists(st.integers(0, length), max_size=2, unique=True)))
        damage = (Damage(*edges, NOT_FILMED),) if len(edges) == 2 else ()
        closed = A_DAY if data.draw(st.booleans()) and number else None
        films.append(Recording(f"f{number}", "m", number, "", 0, 1, "", facts(length), start, closed_from_use=closed))
        films[-1] = holed(films[-1], *damage)
    found = not_filmed(Filmed(meeting("c", "adult", "child", ("a", "b")), films=tuple(films)))
    used = [f for f in films if f.closed_from_use is None]
    first, last = min(f.offset for f in used), max(f.end for f in used)
    for at in range(first - 1, last + 1):
        seen = [f for f in used if f.offset <= at < f.end]
        seen = [f for f in seen if not any(s <= at - f.offset < e for s, e in f.facts.holes)]
        assert any(s.holds(at) for s in found) == (first <= at < last and not seen)
