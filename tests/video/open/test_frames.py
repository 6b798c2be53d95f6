"""Every move lands on the right picture: its number is painted on it."""

import io
import random
from pathlib import Path

import av
import cv2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import FilmError
from tests.material.films import KINDS, Clip, read_number
from video.open.frame_index import build_index
from video.open.frames import FrameSource, fitted, frame_png


def source_of(path: Path, cache_bytes: int = 192_000_000) -> FrameSource:
    return FrameSource(path, build_index(path), cache_bytes)


def number_at(source: FrameSource, position: int) -> int:
    picture = source.picture(position)
    assert picture.number == position
    assert picture.pixels.shape == (picture.height, picture.width, 4)
    return read_number(picture.pixels)


@pytest.mark.parametrize("kind", KINDS)
def test_forward_back_and_jumps(film, kind: str) -> None:
    path, clip = film(kind)
    source = source_of(path)
    last = len(clip.numbers) - 1
    chance = random.Random(kind)
    jumps = [chance.randint(0, last) for _ in range(40)]
    moves = [*range(last + 1), *range(last, -1, -1), *jumps]
    assert [number_at(source, p) for p in moves] == [clip.numbers[p] for p in moves]
    source.close()


@pytest.mark.parametrize("kind", ["h264-b", "h264-open-gop", "hevc", "variable", "edit-list", "h264-ts", "mpeg4-avi-b"])
def test_a_cold_jump_to_every_picture(film, kind: str) -> None:
    path, clip = film(kind)
    index = build_index(path)
    with path.open("rb") as file:
        for position in range(0, len(index), 7):
            source = FrameSource(file, index)
            assert number_at(source, position) == clip.numbers[position]
            source.close()


def test_times_between_pictures_show_the_one_before(film) -> None:
    path, clip = film("variable")
    source = source_of(path)
    for number, time in enumerate(clip.times):
        assert source.picture_at(time).number == number
        assert source.picture_at(max(time - 1, 0)).number == max(number - 1, 0)
    assert source.picture_at(10**10).number == len(clip.times) - 1
    with pytest.raises(FilmError) as caught:
        source.picture_at(-1)
    assert caught.value.key == "before-first"
    source.close()


def test_stepping_back_decodes_a_group_once_more_at_most(film, monkeypatch) -> None:
    path, clip = film("one-keyframe")
    source = source_of(path)
    number_at(source, 59)
    seeks: list[int] = []
    seek = source._seek
    monkeypatch.setattr(source, "_seek", lambda p: (seeks.append(p), seek(p)))
    assert [number_at(source, p) for p in range(58, -1, -1)] == clip.numbers[58::-1]
    assert len(seeks) <= 1  # on the way to the first picture what was not needed was not decoded
    source.close()


def test_the_cache_stays_within_its_bytes(film) -> None:
    path, clip = film("one-keyframe")
    one = 192 * 128 * 3 // 2
    source = source_of(path, cache_bytes=8 * one)
    assert [number_at(source, p) for p in range(59, -1, -1)] == clip.numbers[::-1]
    assert len(source._kept) == 8
    source.close()


def test_a_box_keeps_the_shape(film) -> None:
    source = source_of(film("wide-pixels")[0])
    picture = source.picture_at(0, (100, 100))
    assert (picture.width, picture.height) == (100, 50)
    assert (source.picture_at(0, (9999, 9999)).width, source.picture_at(0).height) == (256, 128)
    source.close()


@given(*[st.integers(2, 4000)] * 4)
def test_a_smaller_picture_is_even_in_the_box_and_of_its_shape(wide: int, high: int, room: int, tall: int) -> None:
    small = fitted((wide, high), (room, tall))
    share = min(room / wide, tall / high)
    if share >= 1:
        assert small == (wide, high), "never larger than it is"
        return
    assert small[0] % 2 == 0
    assert abs(small[0] - wide * share) <= 2
    assert abs(small[1] - high * share) <= 1


def test_a_broken_picture_leaves_the_one_before_it(film) -> None:
    path, _ = film(Clip(frames=60, gop=10, container="mkv"))
    index = build_index(path)
    with av.open(str(path)) as container:
        places = [(p.pts, p.pos, p.size) for p in container.demux(video=0) if p.size]
    broken = bytearray(path.read_bytes())
    _, at, size = places[30]
    broken[at + 6 : at + size] = bytes(size - 6)
    source = FrameSource(io.BytesIO(bytes(broken)), index)
    assert source.picture(30).number == 29
    assert read_number(source.picture(29).pixels) == 29
    assert read_number(source.picture(45).pixels) == 45
    source.close()


def test_trouble_of_the_file_comes_through_and_passes(film) -> None:
    path, _ = film(Clip(frames=400, gop=10, codec="mjpeg", container="avi"))

    class Moody(io.BytesIO):
        broken = False

        def read(self, count: int | None = -1) -> bytes:
            if self.broken:
                raise FilmError("container-gone")
            return super().read(count)

    file = Moody(path.read_bytes())
    source = FrameSource(file, build_index(path))
    assert number_at(source, 3) == 3
    file.broken = True
    with pytest.raises(FilmError, match="container-gone"):
        source.picture(300)
    file.broken = False
    assert number_at(source, 300) == 300
    source.close()


@pytest.mark.parametrize("kind", ["turned-90", "variable", "wide-pixels", "edit-list", "starts-late-mp4"])
def test_frame_writes_the_picture_as_png(film, tmp_path: Path, kind: str) -> None:
    path, clip = film(kind)
    out = tmp_path / "picture.png"
    for position in (0, 17, len(clip.numbers) - 1):
        frame_png(path, clip.times[position] / 1_000_000 + 0.001, out)
        picture = cv2.imread(str(out))
        assert read_number(picture) == clip.numbers[position]
        assert picture.shape[:2] == build_index(path).shown_size[::-1]
    frame_png(path, float("inf"), out)
    assert read_number(cv2.imread(str(out))) == clip.numbers[-1]


def test_frame_before_the_first_and_into_nowhere(film, tmp_path: Path) -> None:
    path, _ = film("h264")
    for seconds in (-0.5, -1e-9, float("nan")):
        with pytest.raises(FilmError, match="before-first"):
            frame_png(path, seconds, tmp_path / "picture.png")
    assert not list(tmp_path.iterdir())
    with pytest.raises(FilmError, match="picture-not-written"):
        frame_png(path, 0.0, tmp_path / "no" / "picture.png")


def test_a_whole_meeting(meeting_film: tuple[Path, int]) -> None:
    path, frames = meeting_film
    index = build_index(path)
    assert (len(index), index.duration, index.rate.kind, index.rate.fps) == (frames, frames * 40_000, "constant", 25.0)
    source = FrameSource(path, index)
    assert source.picture_at(95_030_000).time == 95_000_000
    assert source.picture_at(10**9).number == frames - 1
    source.close()
