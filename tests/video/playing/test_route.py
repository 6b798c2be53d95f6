"""The sums behind playing: every moment of a route has the picture of its time, whatever the drift, gap and rate."""

from fractions import Fraction
from itertools import islice, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ports.player import Reel
from video.open.frame_index import FrameIndex
from video.open.frame_rate import Rate
from video.open.orientation import UPRIGHT
from video.playing.camera_line import CameraLine, camera_lines
from video.playing.route import Course, Due, Loop, Route, dues, looping

SECOND = 1_000_000


def index_of(fps: Fraction, pictures: int) -> FrameIndex:
    ticks = np.array([int(n * 90_000 / fps) for n in range(pictures)], dtype=np.int64)
    keys = np.array([0], dtype=np.int64)
    shape = Fraction(1), UPRIGHT, int(SECOND / fps), Rate("constant", float(fps), float(fps), float(fps)), "h264"
    return FrameIndex(ticks, keys, Fraction(1, 90_000), 64, 36, *shape)


INDEXES = {fps: index_of(fps, 3 * round(fps)) for fps in (Fraction(25), Fraction(30_000, 1001), Fraction(120))}


@st.composite
def strips(draw) -> CameraLine:
    """One to three films of a camera, with gaps, overlaps, drifts and rates of their own."""
    reels, indexes = [], {}
    for number in range(draw(st.integers(1, 3))):
        name = f"film-{number}"
        indexes[name] = INDEXES[draw(st.sampled_from(sorted(INDEXES)))]
        offset = draw(st.integers(-2 * SECOND, 8 * SECOND))
        drift, times = draw(st.floats(-500, 500)), indexes[name].times.tolist()
        edges = sorted(draw(st.lists(st.sampled_from(times), max_size=2, unique=True)))
        holes = ((edges[0], edges[1]),) if len(edges) == 2 else ()  # a hole ends where a picture comes on
        reels.append(Reel(name, 1, lambda: None, b"", offset, drift, holes=holes))
    return camera_lines(reels, indexes)[1]


def told(due: Due) -> tuple[str, int] | None:
    return None if due.place is None else (due.place.span.reel.id, due.place.position)


@given(strips(), st.data())
def test_the_picture_due_is_the_picture_on(strip: CameraLine, data) -> None:
    start = data.draw(st.integers(-2 * SECOND, 9 * SECOND))
    rate = data.draw(st.sampled_from([0.1, 0.5, 1.0, -0.5, -1.0]))
    length = data.draw(st.integers(1, 2 * SECOND))
    route = Route(start, start + length if rate > 0 else start - length, rate, heard=strip if rate > 0 else None)
    everything = list(dues(route, strip))
    assert everything[0].at == 0
    assert all(a.until == b.at and a.at <= b.at for a, b in pairwise(everything))
    course = Course(route)
    for due, following in zip(everything, [*everything[1:], None], strict=True):
        close = following is not None and following.at - due.at < 20_000
        middle = due.at + 2_000
        if not close and not course.is_over(middle):
            place = strip.place_at(course.meeting_at(middle))
            assert told(due) == (None if place is None else (place.span.reel.id, place.position))


@given(strips(), st.integers(-3 * SECOND, 12 * SECOND), st.integers(-200, 200))
def test_a_step_and_the_steps_back_meet(strip: CameraLine, time: int, steps: int) -> None:
    here = strip.place_at(time)
    there = strip.stepped(time, steps)
    if here is None or there is None:
        return
    everything = [(s.reel.id, p) for s in strip.spans for p in range(s.position_at(s.start), s.last + 1)]
    at = everything.index((here.span.reel.id, here.position))
    goal = everything[min(max(at + steps, 0), len(everything) - 1)]
    assert (there.span.reel.id, there.position) == goal
    assert strip.place_at(there.time).is_same(there)


@given(strips(), st.integers(-3 * SECOND, 12 * SECOND))
def test_in_a_gap_a_step_leads_to_the_neighbor(strip: CameraLine, time: int) -> None:
    if strip.place_at(time) is not None:
        return
    later = [s for s in strip.spans if s.start > time]
    earlier = [s for s in strip.spans if s.end <= time]
    on, back = strip.stepped(time, 1), strip.stepped(time, -1)
    assert (on is None) == (not later)
    assert (back is None) == (not earlier)
    if on is not None:
        assert (on.span, on.position) == (later[0], later[0].position_at(later[0].start))
    if back is not None:
        assert (back.span, back.position) == (earlier[-1], earlier[-1].last)


def strip_of(*places: tuple[int, float]) -> CameraLine:
    reels = [Reel(f"film-{n}", 1, lambda: None, b"", at, drift) for n, (at, drift) in enumerate(places)]
    return camera_lines(reels, {r.id: INDEXES[Fraction(25)] for r in reels})[1]


def test_the_heard_film_leads_with_its_drift() -> None:
    strip = strip_of((0, 100.0))
    course = Course(Route(0, 3 * SECOND, 1.0, heard=strip))
    film = strip.spans[0].reel
    assert film.to_film(course.meeting_at(2 * SECOND)) == pytest.approx(2 * SECOND, abs=1)
    assert course.meeting_at(2 * SECOND) == pytest.approx(2 * SECOND - 200, abs=2)


def test_a_drift_of_an_hour_stays_within_half_a_picture() -> None:
    strip = strip_of((-3540 * SECOND, 100.0))
    film = strip.spans[0].reel
    assert film.to_film(0) == 3540 * SECOND + 354_000
    assert abs(film.to_film(film.to_meeting(3_540_354_000)) - 3_540_354_000) <= 1


def test_a_loop_goes_round_with_its_pre_roll() -> None:
    strip = strip_of((0, 0.0))
    route = looping(200_000, Loop(1_000_000, 1_400_000, 200_000), (0, 3 * SECOND), 1.0, None)
    numbers = [d.place.position for d in islice(dues(route, strip), 70)]
    assert numbers == [*range(5, 35), *range(20, 35), *range(20, 35), *range(20, 30)]
    times = [d.at for d in islice(dues(route, strip), 70)]
    assert times == pytest.approx([n * 40_000 for n in range(70)])


def test_behind_the_loop_it_begins_at_once_and_a_short_one_is_long_enough() -> None:
    whole = 0, 3 * SECOND
    assert looping(2 * SECOND, Loop(SECOND, SECOND + 500_000), whole, 1.0, None).start == SECOND
    short = looping(0, Loop(3 * SECOND, 3 * SECOND), whole, 1.0, None)
    assert short.stop - short.again == 100_000


def test_fast_leaves_out_what_no_screen_shows() -> None:
    strip = strip_of((0, 0.0))
    fast = list(dues(Route(0, 3 * SECOND, 8.0), strip))
    assert len(fast) < 375_000 * 85 / SECOND
    assert fast[-1].place.position >= 70
    backward = [d.place.position for d in dues(Route(3 * SECOND - 1, 0, -1.0), strip)]
    assert backward == list(range(74, -1, -1))


def test_gaps_are_told() -> None:
    strip = strip_of((0, 0.0), (4 * SECOND, 0.0))
    gap = [d for d in dues(Route(2_900_000, 4_100_000, 2.0), strip) if d.place is None]
    assert [(d.at, d.until) for d in gap] == [(50_000, 550_000)]
