"""A film's own clock and its meeting's: the one place that maps between them.

    t_film = (t_meeting − offset) · (1 + drift_ppm / 10⁶)

All times are whole microseconds; `offset` is where the film's first picture lies on the meeting's clock.
"""

from __future__ import annotations

from app.model.timecode import Micros
from app.model.units import Rate


def pace(drift_ppm: float) -> Rate:
    """Film time that passes in one unit of meeting time."""
    return 1 + drift_ppm / 1_000_000


def to_film(meeting_time: Micros, offset: Micros, drift_ppm: float) -> Micros:
    """The film's time, µs, at a time of the meeting."""
    return round((meeting_time - offset) * pace(drift_ppm))


def to_meeting(film_time: Micros, offset: Micros, drift_ppm: float) -> Micros:
    """The first whole microsecond of the meeting at which the film has reached `film_time`.

    So a picture that is on from `film_time` is never asked for a microsecond too early.
    """
    guess = round(film_time / pace(drift_ppm)) + offset
    while to_film(guess, offset, drift_ppm) < film_time:
        guess += 1
    while to_film(guess - 1, offset, drift_ppm) >= film_time:
        guess -= 1
    return guess


def offset_at(meeting_time: Micros, film_time: Micros, drift_ppm: float) -> Micros:
    """The offset that puts `film_time` of a film at a time of the meeting: both show the same clap."""
    return meeting_time - round(film_time / pace(drift_ppm))
