"""What should have come is counted against what came: a camera on time lacks nothing, and a loss has an owner."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.timecode import SECOND
from video.recording.attendance import Attendance, Short

MINUTE = 60 * SECOND


def attended(times, fps: float = 30.0, strained=lambda _t: False) -> Short:
    found = Attendance(fps)
    for at in times:
        found.came(at)
        if strained(at):
            found.strained()
    return found.end()


def steady(fps: float, length: int = MINUTE) -> list[int]:
    return [round(n * SECOND / fps) for n in range(round(length / SECOND * fps))]


@given(st.integers(0, 2**32), st.sampled_from([30.0, 29.97, 30.03]), st.integers(0, 60_000))
def test_a_camera_that_is_only_a_little_late_lacks_nothing(seed: int, fps: float, most: int) -> None:
    late = random.Random(seed)
    times = sorted(t + late.randint(0, most) for t in steady(fps, 20 * SECOND))
    assert attended(times) == Short()


@given(st.integers(0, 2**32), st.floats(0.1, 0.9))
def test_so_many_as_were_lost_are_missing(seed: int, share: float) -> None:
    """At random, as a computer that does not keep up loses them."""
    lost = random.Random(seed)
    every = steady(30.0)
    kept = [t for t in every if t in (every[0], every[-1]) or lost.random() > share]
    found = attended(kept, strained=lambda _t: True)
    assert found.absent == 0
    assert abs(found.pictures - (len(every) - len(kept))) <= 8
    assert abs(found.late - found.pictures * SECOND / 30) <= found.pictures


def test_the_camera_s_own_silence_is_the_camera_s() -> None:
    found = attended([t for t in steady(30.0) if not 20 * SECOND < t < 31 * SECOND])
    assert found.late == 0
    assert found.absent == pytest.approx(11 * SECOND, abs=SECOND // 10)


def test_a_dim_room_makes_a_camera_slow_and_nothing_is_missing() -> None:
    assert attended(steady(15.0)) == Short()
    assert attended(steady(15.0), strained=lambda _t: True).late == pytest.approx(30 * SECOND, rel=0.05)


def test_what_did_not_fit_is_lost_and_stays_so() -> None:
    found = Attendance(25.0)
    for number in range(100):
        found.dropped(number * 40_000) if 60 <= number < 70 else found.came(number * 40_000)
    found.look(9 * SECOND)
    assert found.short == Short(10, late=400_000)
    found.dropped(9 * SECOND)
    assert found.end() == Short(11, late=440_000)


def test_a_standstill_is_missing_when_a_picture_comes_again() -> None:
    found = Attendance(25.0)
    found.came(0)
    found.look(9 * SECOND)
    assert found.short == Short()
    found.came(9 * SECOND)
    assert found.short.absent == pytest.approx(8 * SECOND, abs=SECOND // 10)
