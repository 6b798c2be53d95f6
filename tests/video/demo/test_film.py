"""The demo's film: what its script says is in the picture and in the sound."""

import itertools
from pathlib import Path

import av
import numpy as np
import pytest

from app.errors import Cancelled, FilmError
from tests.material.drawn import drawn_once
from video.demo.film import demo_script, make_demo_film
from video.demo.picture import LOOKS, Room
from video.demo.pose import Motion
from video.demo.script import ADULT, CHILD, LENGTH
from video.demo.voices import SAMPLE_RATE, demo_sound
from video.open.frame_index import build_index

POINTS = {"AS", "AE", "AM", "AN", "AC", "AR", "CE", "CN", "CS", "CR", "CC", "DJ"}
SCRIPT = demo_script()


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.mp4"
    told: list[float] = []
    assert drawn_once(path, told.append, lambda: False) == SCRIPT
    assert told == sorted(told)
    assert told[-1] == 1.0
    return path


def test_the_script_is_of_one_piece() -> None:
    assert [t[0] for t in SCRIPT.tasks] == ["E01", "S01", "N04", "C01", "N01", "R01", "E04", "N03", "E03"]
    for rows in (SCRIPT.tasks, SCRIPT.states):
        assert all(before[2] == after[1] for before, after in itertools.pairwise(rows))
        assert all(start < end for _, start, end in rows)
    assert (SCRIPT.states[0][1], SCRIPT.states[-1][2]) == (SCRIPT.tasks[0][1], SCRIPT.tasks[-1][2])
    assert {s[0] for s in SCRIPT.states} == {"DS0", "DS1", "DS2", "DS3"}
    assert [s[1:] for s in SCRIPT.states if s[0] == "DS0"] == [SCRIPT.absence]


def test_moments_are_sorted_and_apart() -> None:
    times = [at for _, at in SCRIPT.moments]
    assert times == sorted(times)
    assert 55 <= len(times) <= 70
    assert {code for code, _ in SCRIPT.moments} == POINTS
    for code in POINTS:
        own = [at for c, at in SCRIPT.moments if c == code]
        assert min(np.diff(own)) >= 5_000_000, code
    start, end = SCRIPT.absence
    assert not [c for c, at in SCRIPT.moments if start <= at < end and c[0] in "AD"]


def test_nobody_talks_over_oneself_or_from_outside() -> None:
    for who in (ADULT, CHILD):
        own = [(start, end) for person, start, end in SCRIPT.speech if person == who]
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(own))
    start, end = SCRIPT.absence
    assert not [s for s in SCRIPT.speech if s[0] == ADULT and s[1] < end and s[2] > start]


def test_the_sound_is_there_when_somebody_speaks_and_soft() -> None:
    sound = demo_sound(SCRIPT)
    assert len(sound) == LENGTH * SAMPLE_RATE // 1_000_000
    assert np.isfinite(sound).all()
    assert 0.1 < np.abs(sound).max() < 0.6
    spoken = np.zeros(len(sound), dtype=bool)
    for _, start, end in SCRIPT.speech:
        piece = slice(start * SAMPLE_RATE // 1_000_000, end * SAMPLE_RATE // 1_000_000)
        spoken[piece] = True
        assert np.sqrt((sound[piece] ** 2).mean()) > 0.01
    assert not sound[~spoken].any()


def test_faces_show_what_happens() -> None:
    motion = Motion(SCRIPT)
    for code, at in SCRIPT.moments:
        then = at + 900_000
        if code == "DJ":
            assert motion.pose(ADULT, then).smile > 0.7
            assert motion.pose(CHILD, then).smile > 0.7
        if code == "CR":
            assert motion.pose(CHILD, then).smile < -0.4
        if code == "CS":
            assert motion.pose(CHILD, then).turn > 0.6
        if code == "CE":
            assert motion.pose(CHILD, then).turn < -0.7


def test_the_adult_is_out_of_the_picture_in_the_separation() -> None:
    room = Room(SCRIPT)
    empty = room._background.copy()
    start, end = SCRIPT.absence
    x, y = (round(v) for v in LOOKS[ADULT].head)
    child_x, child_y = (round(v) for v in LOOKS[CHILD].head)
    away = room.picture((start + end) // 2).copy()
    assert (away[:, : x + 110] == empty[:, : x + 110]).all()
    assert (away[child_y, child_x] != empty[child_y, child_x]).any()
    back = room.picture(end + 1_500_000)
    assert (back[y, x] != empty[y, x]).any()
    assert room.picture(0).shape == (480, 854, 3)


def test_the_film_is_as_promised(demo: Path) -> None:
    index = build_index(demo)
    assert (len(index), index.duration, index.rate.kind, index.rate.fps) == (3000, 120_000_000, "constant", 25.0)
    assert index.shown_size == (854, 480)
    assert np.diff(index.keys).tolist() == [50] * 59
    assert [(t.codec, t.rate) for t in index.sound_tracks] == [("aac", 48000)]
    with av.open(str(demo)) as film:
        assert float(film.streams.audio[0].duration * film.streams.audio[0].time_base) == pytest.approx(120, abs=0.1)


def test_cancel_and_a_bad_place_leave_nothing(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        make_demo_film(tmp_path / "demo.mp4", lambda _: None, lambda: True)
    with pytest.raises(FilmError, match="film-not-written"):
        make_demo_film(tmp_path / "no" / "demo.mp4", lambda _: None, lambda: False)
    assert not list(tmp_path.iterdir())
