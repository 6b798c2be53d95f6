"""A film's clock and its meeting's: one mapping for the archive's films and for what a player shows of them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.films.reels import reel
from app.model.film_clock import offset_at, to_film, to_meeting
from app.model.timecode import SECOND
from tests.material.builders import recording
from tests.material.house import MemoryVault
from tests.stand_ins.fakes import MemoryArchive

DAY = 24 * 3600 * SECOND
TIMES, OFFSETS, DRIFTS = st.integers(0, DAY), st.integers(-DAY, DAY), st.floats(-500, 500)


@given(TIMES, OFFSETS, DRIFTS)
def test_the_meetings_time_is_the_first_at_which_the_film_is_there(film_time, offset, drift) -> None:
    at = to_meeting(film_time, offset, drift)
    assert to_film(at, offset, drift) >= film_time > to_film(at - 1, offset, drift)


@given(TIMES, OFFSETS, DRIFTS)
def test_a_film_and_its_reel_say_the_same(film_time, offset, drift) -> None:
    film = replace(recording("m"), offset=offset, drift_ppm=drift)
    shown = reel(MemoryArchive().open("w"), MemoryVault(), film)
    assert film.to_meeting(film_time) == shown.to_meeting(film_time)
    assert film.to_film(film_time + offset) == shown.to_film(film_time + offset)


@given(TIMES, TIMES, DRIFTS)
def test_two_pictures_of_one_clap_lie_together(meeting_time, film_time, drift) -> None:
    offset = offset_at(meeting_time, film_time, drift)
    assert abs(to_film(meeting_time, offset, drift) - film_time) <= 1
