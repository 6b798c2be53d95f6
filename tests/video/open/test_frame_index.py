"""The index knows every picture's time whatever the container does to it."""

import zlib
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import FilmError
from tests.material.films import KINDS, Clip, build
from video.open.film_gate import ChildFilmGate
from video.open.frame_index import MAGIC, build_index, film_times, unpack
from video.open.frame_rate import Rate, rate_of


@pytest.mark.parametrize("kind", KINDS)
def test_times_are_those_that_the_film_was_made_with(film, kind: str) -> None:
    path, clip = film(kind)
    index = build_index(path)
    assert len(index) == len(clip.numbers)
    rounding = 500 if clip.container in ("mkv", "webm") else 1
    assert np.abs(index.times - np.array(clip.times)).max() <= rounding
    assert index.times[0] == 0
    assert index.rate.kind == ("variable" if clip.stamps else "constant")
    if not clip.stamps:
        assert index.rate.fps == pytest.approx(float(clip.fps), rel=1e-9)
    assert bool(index.sound_tracks) == bool(clip.sound)


@pytest.mark.parametrize("kind", KINDS)
def test_a_packed_index_says_the_same(film, kind: str) -> None:
    index = build_index(film(kind)[0])
    again = unpack(index.pack())
    assert again.pack() == index.pack()
    assert (again.times == index.times).all()
    assert (again.keys == index.keys).all()
    assert (again.rate, again.orientation, again.shown_size, again.sound_tracks, again.codec, again.duration) == (
        index.rate, index.orientation, index.shown_size, index.sound_tracks, index.codec, index.duration,
    )  # fmt: skip


def test_the_picture_shown_at_t_has_the_greatest_time_not_after_it(film) -> None:
    index = build_index(film("variable")[0])
    for position, time in enumerate(index.times.tolist()):
        assert index.position_at(time) == position
        assert index.position_at(time - 1) == position - 1
    assert index.position_at(10**12) == len(index) - 1
    assert index.position_at(-1) == -1


def test_sizes_are_as_shown(film) -> None:
    assert build_index(film("turned-90")[0]).shown_size == (192, 128)
    assert build_index(film("wide-pixels")[0]).shown_size == (256, 128)
    assert build_index(film("tall-pixels")[0]).shown_size == (192, 171)


def test_an_index_is_small(film) -> None:
    assert len(build_index(film(Clip(frames=1500))[0]).pack()) < 600


@pytest.mark.parametrize("start", [MAGIC, b"XXXX", b""])
@given(rest=st.binary(max_size=60))
def test_a_damaged_index_is_said(start: bytes, rest: bytes) -> None:
    for packed in (start + rest, start + zlib.compress(rest)):
        with pytest.raises(FilmError) as caught:
            unpack(packed)
        assert caught.value.key == "index-damaged"


@given(
    st.lists(st.integers(-(2**40), 2**40), min_size=1, max_size=20, unique=True),
    st.sampled_from([Fraction(1, 1000), Fraction(1, 90000), Fraction(1001, 30000), Fraction(1, 10**9)]),
)
def test_times_are_floors_of_exact_fractions(stamps: list[int], time_base: Fraction) -> None:
    ordered = sorted(stamps)
    expected = [(s - ordered[0]) * time_base * 1_000_000 // 1 for s in ordered]
    assert film_times(np.array(ordered, dtype=np.int64), time_base).tolist() == expected


def test_a_first_picture_that_stays_longer_makes_no_variable_rate() -> None:
    """A film written live in fragments begins so; a second longer picture is another matter."""
    live = np.array([0, 61_400, *(61_400 + 40_000 * n for n in range(1, 50))])
    assert rate_of(live, 1.0, [Fraction(25)]) == Rate("constant", 25.0, 25.0, 25.0)
    assert rate_of(live, 1.0, [None]).kind == "constant"
    for other in ([0, 61_400, 122_800, *range(162_800, 900_000, 40_000)], [0, *range(500_000, 900_000, 40_000)]):
        assert rate_of(np.array(other), 1.0, [Fraction(25)]).kind == "variable"


def test_pictures_larger_than_can_be_handled_are_called_that(tmp_path) -> None:
    path = build(tmp_path, Clip(codec="mjpeg", container="avi", size=(20_000, 64), frames=2))
    gate = ChildFilmGate()
    with pytest.raises(FilmError, match="film-too-large"):
        gate.inspect(path, lambda _: None, lambda: False)
    gate.close()
