"""The small copy shows exactly what the film shows, at every time: the number is painted on the picture."""

import io
import random
from pathlib import Path

import av
import numpy as np
import pytest

from app.errors import FilmError
from app.model.timecode import SECOND
from app.ports.player import ScrubPart
from tests.material.films import KINDS, Clip, read_number
from video.copies.scrub_copy import GROUP, end_of, parts, positions_in, small_size, write_scrub
from video.open.frame_index import FrameIndex, build_index, unpack
from video.open.frames import FrameSource
from video.playing.scrub_source import ScrubSource

#: parts so short that a film of two seconds has several
SHORT = SECOND * 7 // 10


def made(film: Path | bytes, index: FrameIndex, span: tuple[int, int]) -> tuple[bytes, bytes]:
    """(container's bytes, packed index) of one part, written through a sink that cannot seek."""
    out: list[bytes] = []
    file = io.BytesIO(film if isinstance(film, bytes) else film.read_bytes())
    packed = write_scrub(file, index, span, lambda data: out.append(bytes(data)) or len(data), lambda _: None)
    return b"".join(out), packed


def part_of(film: Path | bytes, index: FrameIndex, span: tuple[int, int]) -> ScrubPart:
    content, packed = made(film, index, span)
    return ScrubPart(*span, lambda: io.BytesIO(content), packed)


def copied(film: Path | bytes, index: FrameIndex, length: int = SHORT) -> tuple[ScrubPart, ...]:
    return tuple(part_of(film, index, span) for span in parts(index, length))


def never_the_film() -> io.BytesIO:
    raise AssertionError("the copy answers alone")


@pytest.mark.parametrize("kind", KINDS)
def test_every_picture_is_the_films(film, kind: str) -> None:
    path, clip = film(kind)
    index = build_index(path)
    small = copied(path, index)
    assert len(small) > 1
    stamps = np.concatenate([unpack(p.index).stamps for p in small])
    assert stamps.tolist() == index.stamps.tolist()
    assert {unpack(p.index).time_base for p in small} == {index.time_base}
    source = ScrubSource(never_the_film, index, small)
    last = len(clip.numbers) - 1
    chance = random.Random(kind)
    moves = [*range(last + 1), *range(last, -1, -1), *(chance.randint(0, last) for _ in range(40))]
    for position in moves:
        picture = source.picture(position)
        assert (picture.number, picture.time) == (position, int(index.times[position]))
        assert read_number(picture.pixels) == clip.numbers[position]
        assert (picture.width, picture.height) == small_size(index)
    for position in range(last + 1):
        time = int(index.times[position])
        assert source.picture_at(time).number == position
        assert source.picture_at(max(time - 1, 0)).number == max(position - 1, 0)
    assert source.picture_at(10**12).number == last
    assert not source.lost
    source.close()


@pytest.mark.parametrize("kind", ["h264", "mjpeg", "turned-90", "wide-pixels", "hevc"])
def test_the_copy_looks_like_the_film(film, kind: str) -> None:
    path, _ = film(kind)
    index = build_index(path)
    small, full = ScrubSource(never_the_film, index, copied(path, index)), FrameSource(path, index)
    for position in (3, 41):
        a, b = small.picture(position).pixels, full.picture(position).pixels
        assert a.shape == b.shape
        assert np.abs(a.astype(int) - b.astype(int)).mean() < 4
    small.close()
    full.close()


def test_each_group_can_be_decoded_by_itself(film) -> None:
    path, clip = film("h264-b")
    index = build_index(path)
    (small,) = copied(path, index, 300 * SECOND)
    keys = unpack(small.index).keys.tolist()
    assert keys == list(range(0, len(index), GROUP))
    for position in range(0, len(index), 7):
        source = ScrubSource(never_the_film, index, [small])
        assert read_number(source.picture(position).pixels) == clip.numbers[position]
        source.close()


@pytest.mark.parametrize("kind", ["h264", "variable", "edit-list", "23.976"])
def test_parts_have_every_picture_once(film, kind: str) -> None:
    index = build_index(film(kind)[0])
    for length in (SECOND // 100, SECOND // 3, SHORT, 300 * SECOND):
        spans = parts(index, length)
        assert [p for span in spans for p in positions_in(index, span)] == list(range(len(index)))
        assert all(positions_in(index, span) for span in spans)
        assert spans[0][0] == 0
        assert spans[-1][1] == end_of(index)


def test_without_a_part_the_film_answers(film) -> None:
    path, clip = film("h264-b")
    index = build_index(path)
    some = copied(path, index)[::2]
    source = ScrubSource(lambda: path.open("rb"), index, some)
    asked = list(range(59, -1, -1))
    assert [read_number(source.picture(p).pixels) for p in asked] == [clip.numbers[p] for p in asked]
    assert {source.has_copy(p) for p in asked} == {True, False}
    for part in copied(path, index)[1::2]:
        source.add(part)
    assert all(source.has_copy(p) for p in asked)
    assert read_number(source.film_source().picture(17).pixels) == 17
    source.close()


def test_beside_a_whole_copy_few_of_the_films_own_pictures_are_kept(film, monkeypatch) -> None:
    path, clip = film("h264-b")
    index = build_index(path)
    monkeypatch.setattr("video.playing.scrub_source.BESIDE_COPY", 8 * index.width * index.height * 3 // 2)
    copy = copied(path, index)
    source = ScrubSource(lambda: path.open("rb"), index, copy[:-1])
    own = source.film_source()
    for position in range(len(index)):
        own.picture(position)
    assert sum(map(own.is_decoded, range(len(index)))) == len(index)
    source.add(copy[-1])
    for position in range(len(index)):
        assert read_number(own.picture(position).pixels) == clip.numbers[position]
    own.picture(0)
    assert sum(map(own.is_decoded, range(len(index)))) <= 9
    source.close()


def broken_at(path: Path, numbers: list[int]) -> bytes:
    """The film with some of its packets made of zeros."""
    with av.open(str(path)) as container:
        places = [(p.pos, p.size) for p in container.demux(video=0) if p.size]
    content = bytearray(path.read_bytes())
    for number in numbers:
        at, size = places[number]
        content[at + 6 : at + size] = bytes(size - 6)
    return bytes(content)


@pytest.mark.parametrize("broken", [[30], [30, 31, 32, 33], [20], [45, 46], [18, 19, 20, 21]])
def test_broken_pictures_leave_the_one_before_on(film, broken: list[int]) -> None:
    path, _ = film(Clip(frames=60, gop=10, container="mkv"))
    index = build_index(path)
    content = broken_at(path, broken)
    full = FrameSource(io.BytesIO(content), index)
    for length in (SECOND * 4 // 5, SHORT, 300 * SECOND):  # 4/5 s: a part begins with picture 20
        small = ScrubSource(never_the_film, index, copied(content, index, length))
        for position in range(60):
            a, b = small.picture(position), full.picture(position)
            assert (a.number, a.time) == (b.number, b.time)
            assert read_number(a.pixels) == read_number(b.pixels)
        small.close()
    full.close()


def test_a_part_without_any_picture_is_told(film) -> None:
    path, _ = film(Clip(frames=60, gop=10, container="mkv"))
    index = build_index(path)
    content = broken_at(path, list(range(20, 60)))
    with pytest.raises(FilmError) as caught:
        made(content, index, parts(index, SHORT)[-1])
    assert caught.value.key == "film-damaged"


@pytest.mark.parametrize("harm", ["cut", "table", "other", "foreign"])
def test_a_damaged_copy_is_let_go_of_and_the_film_answers(film, harm: str) -> None:
    path, clip = film("h264-b")
    index = build_index(path)
    (span,) = parts(index)
    content, packed = made(path, index, span)
    harmed = {
        "cut": content[:-100],
        "table": content[:-20] + bytes(20),
        "other": bytes(2000) + content[2000:],
        "foreign": content,
    }
    if harm == "foreign":
        packed = unpack(packed).__class__(**{**_fields(unpack(packed)), "stamps": unpack(packed).stamps + 1}).pack()
    source = ScrubSource(lambda: path.open("rb"), index, [ScrubPart(*span, lambda: io.BytesIO(harmed[harm]), packed)])
    assert [read_number(source.picture(p).pixels) for p in (0, 7, 33)] == [clip.numbers[p] for p in (0, 7, 33)]
    assert [error.key for error in source.lost] == ["copy-damaged"]
    source.close()


def _fields(index: FrameIndex) -> dict:
    return {name: getattr(index, name) for name in index.__dataclass_fields__ if name != "times"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyframe_is_there_at_once(film, kind: str) -> None:
    path, clip = film(kind)
    index = build_index(path)
    source = FrameSource(path, index)
    chance = random.Random(kind)
    for _ in range(12):
        position = chance.randrange(len(index))
        picture = source.key_picture(position)
        assert picture.number in {index.key_before(position), position}
        assert read_number(picture.pixels) == clip.numbers[picture.number]
        exact = chance.randrange(len(index))
        assert read_number(source.picture(exact).pixels) == clip.numbers[exact]
    source.close()
