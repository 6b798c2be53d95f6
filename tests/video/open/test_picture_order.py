"""A clock that begins anew inside a film is never taken for one that goes on: no picture vanishes without a word."""

import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from app.error_texts import SENTENCES
from app.errors import FilmError
from tests.material.clips_split import Split, split
from tests.material.films import Clip
from video.open.film_gate import ChildFilmGate
from video.open.frame_index import build_index
from video.open.frames import frame_png
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


def test_each_part_by_itself_is_whole(tmp_path) -> None:
    for path, count in zip(split(tmp_path, Split(DISC, counts=(40, 15))), (40, 15), strict=True):
        facts, _ = examine(io.BytesIO(path.read_bytes()))
        assert (facts.frames, facts.damage) == (count, ())
