"""Each thumbnail is a picture of the film, and says which."""

import io
from pathlib import Path

import pytest

from app.errors import FilmError
from app.model.timecode import SECOND
from tests.material.films import KINDS, Clip, read_number
from tests.video.copies.test_scrub_copy import broken_at
from video.copies import thumbnails
from video.copies.thumbnails import HEIGHT, WIDEST, read_thumbnails, step_of, write_thumbnails
from video.open.frame_index import build_index


def made(film: Path | bytes, index) -> bytes:
    out = bytearray()
    file = io.BytesIO(film if isinstance(film, bytes) else film.read_bytes())
    write_thumbnails(file, index, lambda data: out.extend(data) or len(data), lambda _: None)
    return bytes(out)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_film_has_its_strip(film, kind: str, monkeypatch) -> None:
    monkeypatch.setattr(thumbnails, "SHORTEST", SECOND // 2)
    path, clip = film(kind)
    index = build_index(path)
    strip = read_thumbnails(io.BytesIO(made(path, index)))
    assert strip.step == SECOND // 2
    assert strip.count == index.duration // strip.step + 1
    wide, high = index.shown_size
    assert strip.height == min(HEIGHT, high)
    assert strip.width == pytest.approx(wide * strip.height / high, abs=2)
    for number in range(strip.count):
        picture = strip.picture(number)
        wanted = index.position_at(number * strip.step)
        assert picture.number in {wanted, index.key_before(wanted)}
        assert picture.time == int(index.times[picture.number])
        assert picture.pixels.shape == (strip.height, strip.width, 4)
        assert read_number(picture.pixels) == clip.numbers[picture.number]


def test_where_keyframes_are_far_apart_the_picture_itself_is_taken(film, monkeypatch) -> None:
    monkeypatch.setattr(thumbnails, "SHORTEST", SECOND // 2)
    monkeypatch.setattr(thumbnails, "NEAR", SECOND // 10)
    path, _ = film("one-keyframe")
    index = build_index(path)
    strip = read_thumbnails(io.BytesIO(made(path, index)))
    wanted = [min(index.position_at(n * strip.step), 59) for n in range(strip.count)]
    assert [strip.picture(n).number for n in range(strip.count)] == wanted
    assert [read_number(strip.picture(n).pixels) for n in range(strip.count)] == wanted


def test_the_nearest_one_is_found_by_time(film) -> None:
    path, _ = film(Clip(frames=250, gop=25))
    strip = read_thumbnails(io.BytesIO(made(path, build_index(path))))
    assert strip.step == 2 * SECOND
    times = [strip.picture_at(t).time for t in (-SECOND, 900_000, 1_100_000, 5 * SECOND, 99 * SECOND)]
    assert times == [0, 0, 2 * SECOND, 6 * SECOND, 9_960_000 // SECOND * SECOND]


def test_a_broken_stretch_shows_what_was_on_before_it(film, monkeypatch) -> None:
    monkeypatch.setattr(thumbnails, "SHORTEST", SECOND // 2)
    path, _ = film(Clip(frames=60, gop=10, container="mkv"))
    strip = read_thumbnails(io.BytesIO(made(broken_at(path, list(range(20, 40))), build_index(path))))
    numbers = [strip.picture(n).number for n in range(strip.count)]
    assert numbers[:2] == [0, 10]
    assert all(n < 20 for n in numbers[2:3])
    assert numbers[-1] >= 40
    assert all(read_number(strip.picture(n).pixels) == numbers[n] for n in range(strip.count))


def test_a_film_that_is_wide_or_long() -> None:
    class Facts:
        def __init__(self, minutes: float) -> None:
            self.duration = round(minutes * 60 * SECOND)

    steps = [step_of(Facts(m)) for m in (0.1, 4, 6, 20, 90)]
    assert steps == [2 * SECOND, 2 * SECOND, 3 * SECOND, 10 * SECOND, 10 * SECOND]
    assert WIDEST > HEIGHT * 16 // 9


@pytest.mark.parametrize("harm", [lambda c: b"", lambda c: c[:40], lambda c: b"HTN2" + c[4:], lambda c: c[:8] + c[9:]])
def test_a_damaged_file_is_told(film, harm) -> None:
    path, _ = film("h264")
    content = made(path, build_index(path))
    with pytest.raises(FilmError, match="copy-damaged"):
        read_thumbnails(io.BytesIO(harm(content)))
    cut = read_thumbnails(io.BytesIO(content[:-50]))
    with pytest.raises(FilmError, match="copy-damaged"):
        cut.picture(cut.count - 1)
