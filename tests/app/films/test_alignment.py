"""How films lie to each other: the door through which it changes, and what was seen on a film moved with it."""

from dataclasses import replace

import pytest

from app.editing import redo_earliest, undo_latest
from app.errors import AppError
from app.films.alignment import (
    FilmsEditor,
    alignable,
    may_change_camera,
    moved_with_film,
    partner_of,
    place_of,
    reference_of,
)
from app.model.change import added
from app.model.film_clock import offset_at
from app.model.recording import AS_FILMED, Viewing
from app.model.timecode import SECOND
from app.ports.films import SyncFound
from tests.material.builders import A_DAY, empty_coding, observation, recording, small_scheme
from tests.material.house import MINUTE, Home
from tests.material.pressing import press


@pytest.fixture
def home() -> Home:
    return Home()


@pytest.fixture
def second(home):
    film = replace(recording(home.meeting.id, MINUTE), camera=2)
    home.a.apply("film", [added(film)])
    return film


@pytest.fixture
def editor(home, second) -> FilmsEditor:
    return FilmsEditor(home.a, home.texts, home.meeting.id)


def test_how_a_film_is_seen_is_kept_and_undone(editor, second) -> None:
    dim = Viewing(turn=90, brightness=0.3, gain_db=12)
    assert editor.see(second.id, dim)
    assert editor.film(second.id).viewing == dim
    assert editor.see(second.id, dim)
    assert editor.stack.count() == 1, "the same again is no step"
    editor.undo()
    assert editor.film(second.id) == replace(second, viewing=AS_FILMED)


def test_a_film_of_the_wrong_camera_is_put_right_until_somebody_codes(home, second, editor) -> None:
    first = next(f for f in editor.films() if f.camera == 1)
    told: list[str] = []
    editor.refused.connect(lambda e: told.append(e.key))
    assert may_change_camera(home.a, first)
    assert editor.move_to(first.id, 2)
    assert (editor.film(first.id).camera, editor.film(second.id).camera) == (2, 1), (
        "at the same time: they change places"
    )
    editor.undo()
    assert (editor.film(first.id), editor.film(second.id)) == (first, second)
    home.compare()
    assert not editor.move_to(first.id, 2)
    assert told == ["camera-fixed"]


def test_camera_and_beginning_are_put_right_in_one_step(home, second, editor) -> None:
    first = next(f for f in editor.films() if f.camera == 1)
    assert editor.correct(second.id, 2, 3 * SECOND)
    assert editor.film(second.id).offset == 3 * SECOND
    assert editor.correct(second.id, 2, 3 * SECOND)
    assert editor.stack.count() == 1, "the same again is no step"
    # after the first one's end it may be of the same camera
    assert editor.correct(second.id, 1, MINUTE)
    assert (editor.film(second.id).camera, editor.film(first.id).camera) == (1, 1)
    editor.undo()
    editor.undo()
    assert editor.films() == (first, second)


def test_the_meetings_clock_stays_and_films_of_one_camera_do_not_overlap(home, second, editor) -> None:
    first = next(f for f in editor.films() if f.camera == 1)
    told: list[str] = []
    editor.refused.connect(lambda e: told.append(e.key))
    assert not editor.correct(first.id, 1, SECOND)
    assert editor.correct(second.id, 1, MINUTE)
    assert not editor.correct(second.id, 1, MINUTE - SECOND)
    assert told == ["film-is-clock", "films-overlap"]
    assert editor.film(second.id).offset == MINUTE


def test_a_correction_moves_nothing_that_was_marked(home, second, editor) -> None:
    own = home.editor()
    press(own, "q", 5 * SECOND)
    before = home.editor().coding
    assert editor.correct(second.id, 2, 2 * SECOND)
    assert home.editor().coding == before


def test_a_ready_coding_does_not_fix_the_picture(home, second, editor) -> None:
    home.compare()
    assert editor.see(second.id, Viewing(turn=180))
    assert editor.place(second.id, 5, 1.0)


def test_a_film_that_changed_meanwhile_is_refused_and_told(home, second, editor) -> None:
    editor.place(second.id, SECOND, 0.0)
    FilmsEditor(home.b, home.texts, home.meeting.id).see(second.id, Viewing(turn=90))
    told: list[AppError] = []
    editor.refused.connect(told.append)
    assert not editor.undo()
    assert [e.key for e in told] == ["stale-change"]
    assert editor.film(second.id).offset == SECOND


def test_two_editors_of_a_screen_undo_in_the_order_of_the_hands(home, second, editor) -> None:
    coding = home.editor()
    press(coding, "q", SECOND)
    editor.place(second.id, SECOND, 0.0)
    press(coding, "a", 2 * SECOND)

    def state():
        return len(coding.coding.observations), editor.film(second.id).offset // SECOND

    seen = [state()]
    while undo_latest(coding, editor):
        seen.append(state())
    assert seen == [(2, 1), (1, 1), (1, 0), (0, 0)]
    again = [state()]
    while redo_earliest(coding, editor):
        again.append(state())
    assert again == list(reversed(seen))


def test_who_is_aligned_to_whom() -> None:
    one, two = recording("m", MINUTE), replace(recording("m", MINUTE), camera=2)
    later = replace(recording("m", MINUTE), offset=2 * MINUTE)
    two_later = replace(two, id="later", offset=2 * MINUTE + SECOND)
    films = (two, later, one, two_later)
    assert reference_of(films) == one
    assert alignable(films) == (two, two_later)
    assert partner_of(films, two) == one
    assert partner_of(films, two_later) == later
    assert alignable((one, replace(two, closed_from_use=A_DAY))) == ()


def test_what_was_found_on_the_reference_is_put_on_the_meetings_clock() -> None:
    reference = replace(recording("m", MINUTE), offset=10 * SECOND, drift_ppm=100.0)
    found = SyncFound(3 * SECOND, -40.0, 0.9, 40, 44, 1000)
    other = replace(recording("m", MINUTE), camera=2)
    offset, drift = place_of(reference, found)
    placed = replace(other, offset=offset, drift_ppm=drift)
    for at in (12 * SECOND, 3600 * SECOND):
        on_reference = reference.to_film(at)
        by_hand = (on_reference - found.offset) * (1 + found.drift_ppm / 1e6)
        assert placed.to_film(at) == pytest.approx(by_hand, abs=2)


def test_a_clap_marked_on_both_is_one_moment() -> None:
    film = replace(recording("m", MINUTE), camera=2, drift_ppm=80.0)
    offset = offset_at(7 * SECOND, 4 * SECOND, film.drift_ppm)
    assert abs(replace(film, offset=offset).to_film(7 * SECOND) - 4 * SECOND) <= 1


def seen_on(film, coding, code, start, end=None):
    made = observation(coding, code, start, end, "dyad" if code.startswith("DS") else "adult1")
    return replace(made, seen_on=film.id, seen_at=film.to_film(made.start), pressed=made.start)


def coding_with(*observations):
    return replace(empty_coding(), observations={o.id: o for o in observations})


def test_only_what_was_seen_on_the_film_moves() -> None:
    film, other = replace(recording("m", MINUTE), camera=2), recording("m", MINUTE)
    coding = empty_coding()
    here, there = seen_on(film, coding, "AS", 5), seen_on(other, coding, "AS", 6)
    moved = moved_with_film(coding_with(here, there), small_scheme(), film, replace(film, offset=2 * SECOND))
    assert [(c.before, c.after) for c in moved] == [(here, replace(here, start=7 * SECOND, pressed=7 * SECOND))]


def test_states_stay_without_gap_when_one_of_them_moves() -> None:
    film, other = replace(recording("m", MINUTE), camera=2), recording("m", MINUTE)
    coding = empty_coding()
    first, second = seen_on(other, coding, "DS1", 0, 10), seen_on(film, coding, "DS2", 10, 20)
    third = replace(seen_on(other, coding, "DS3", 20), open=True)
    changes = moved_with_film(coding_with(first, second, third), small_scheme(), film, replace(film, offset=2 * SECOND))
    after = {c.after.code: (c.after.start // SECOND, c.after.end // SECOND) for c in changes}
    assert after == {"DS1": (0, 12), "DS2": (12, 20)}


def test_nothing_is_left_without_length_or_over_another() -> None:
    film, other = replace(recording("m", MINUTE), camera=2), recording("m", MINUTE)
    coding = empty_coding()
    first, second = seen_on(film, coding, "DS1", 10, 11), seen_on(other, coding, "DS2", 11, 20)
    whole = coding_with(first, second)
    assert moved_with_film(whole, small_scheme(), film, replace(film, offset=5 * SECOND)) == ()
