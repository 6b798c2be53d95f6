"""A clock that begins anew inside a film is never taken for one that goes on: no picture vanishes without a word."""

import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from app.error_texts import SENTENCES
from app.errors import FilmError
from tests.material.clips_split import Split, split
from tests.material.films import Clip, build
from video.open.film_gate import ChildFilmGate
from video.open.frame_index import build_index
from video.open.frames import frame_png
from video.open.parting import leaps
from video.open.picture_order import Order, order_of
from video.open.probe import examine

DISC = Clip(codec="mpeg2video", container="mpg", b_frames=2, gop=12, sound="mp2")


def copied_together(folder: Path, counts: tuple[int, ...], start: Fraction = Fraction(0)) -> bytes:
    """Recordings of a camera that writes to discs, copied one behind the other."""
    return b"".join(path.read_bytes() for path in split(folder, Split(DISC, counts=counts, start=start)))


@pytest.mark.parametrize(
    ("stamps", "alone", "anew"),
    [
        ([], (), ()),
        ([5], (), ()),
        ([0, 1, 2, 3], (), ()),
        ([0, 1, 2, 0, 1, 2, 3], (), (3,)),
        ([10, 11, 12, 0, 1, 2], (), (3,)),
        ([0, 1, 2, 3, 2, 3, 4, 5], (), (4,)),
        ([0, 1, 99, 3, 4], (2,), ()),
        ([5, 6, 1, 8, 9], (2,), ()),
        ([99, 1, 2, 3], (0,), ()),
        ([0, 1, 1, 2], (2,), ()),
        ([0, 1, 2, 0, 1, 2, 0, 1, 2], (), (3, 6)),
    ],
)
def test_a_single_wrong_time_is_told_from_a_clock_that_begins_anew(stamps, alone, anew) -> None:
    assert order_of(stamps) == Order(alone, anew)


@pytest.mark.parametrize(
    ("counts", "start"), [((40, 40), Fraction(0)), ((40, 15), Fraction(5)), ((15, 40, 15), Fraction(0))]
)
def test_a_film_whose_clock_begins_anew_is_refused_with_a_sentence(counts, start, tmp_path) -> None:
    path = tmp_path / "film.vro"
    path.write_bytes(copied_together(tmp_path, counts, start))
    looks: tuple[Callable[[Path], object], ...] = (
        examine,
        build_index,
        lambda film: frame_png(film, 1.0, tmp_path / "out.png"),
    )
    for look in looks:
        with pytest.raises(FilmError, match="film-clock-restarts"):
            look(path)
    assert "film-clock-restarts" in SENTENCES
    assert not (tmp_path / "out.png").exists()


def test_the_gate_says_so_too(tmp_path) -> None:
    path = tmp_path / "film.vro"
    path.write_bytes(copied_together(tmp_path, (20, 20)))
    gate = ChildFilmGate()
    with pytest.raises(FilmError, match="film-clock-restarts"):
        gate.inspect(path, lambda _: None, lambda: False)
    gate.close()


def without_times(film: bytes, pictures: range) -> bytes:
    """The same film with these pictures' times taken out of their packets (ISO/IEC 13818-1, PES header)."""
    data, at, number = bytearray(film), 0, 0
    while (at := data.find(b"\0\0\1\xe0", at)) >= 0:
        if data[at + 6] >> 6 == 2 and data[at + 7] >> 6:
            if number in pictures:
                length = data[at + 8]
                data[at + 7] &= 0x3F
                data[at + 9 : at + 9 + length] = b"\xff" * length
            number += 1
        at += 4
    return bytes(data)


@pytest.mark.parametrize("between", [0, 2])
def test_pictures_without_a_time_are_told(between, tmp_path) -> None:
    film = build(tmp_path, Clip(container="ts", b_frames=between, gop=10)).read_bytes()
    facts, index = examine(io.BytesIO(without_times(film, range(30, 36))))
    (damage,) = (d for d in facts.damage if d.what == "without-time")
    assert len(index) == 54
    assert 1_000_000 <= damage.start <= 1_200_000
    assert 1_400_000 <= damage.end <= 1_640_000
    with pytest.raises(FilmError, match="film-without-times"):
        examine(io.BytesIO(without_times(film, range(10, 50))))


def test_each_part_by_itself_is_whole(tmp_path) -> None:
    for path, count in zip(split(tmp_path, Split(DISC, counts=(40, 15))), (40, 15), strict=True):
        facts, _ = examine(io.BytesIO(path.read_bytes()))
        assert (facts.frames, facts.damage) == (count, ())


@pytest.mark.parametrize(
    ("stamps", "found"),
    [
        ([], ()),
        ([5], ()),
        ([0, 1, 2, 3], ()),
        ([0, 1, 12, 13], (2,)),
        ([0, 1, 11, 12], ()),  # no longer than it may be
        ([0, 1, 99, 3, 4], ()),  # a single wrong time is no jump
        ([0, 2, 1, 50, 52, 51, 90], (3, 6)),
        ([50, 51, 0, 1], ()),  # it falls back: that is another matter
    ],
)
def test_a_clock_leaps_where_all_that_comes_is_far_from_all_that_was(stamps, found) -> None:
    assert leaps(stamps, 10) == found
