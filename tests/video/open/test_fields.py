"""H.264 that is stored field by field, with a packet and a time for each: two fields are one picture."""

import io
import struct

import av
import pytest

from tests.material.field_film import build_fields, fields, in_other_container
from tests.material.films import Clip, build, read_number
from video.open.fields import Fields
from video.open.frame_index import build_index
from video.open.frames import FrameSource
from video.open.probe import examine


@pytest.mark.parametrize("container", ["ts", "mkv", "mp4"])
def test_every_picture_counts_once_and_every_step_shows_the_next(tmp_path, container: str) -> None:
    path = build_fields(tmp_path / "fields.ts", 30)
    if container != "ts":
        path = in_other_container(path, tmp_path / f"fields.{container}")
    facts, index = examine(path)
    assert (facts.frames, facts.fps, facts.rate_kind) == (30, 25.0, "constant")
    assert facts.damage == ()
    assert facts.duration == 30 * 40_000
    assert index.keys.tolist() == [0, 10, 20]
    source = FrameSource(path, index)
    for numbers in (range(30), range(29, -1, -1), (25, 3, 14, 0)):
        assert [read_number(source.pixels(number)[1]) for number in numbers] == list(numbers)
    source.close()


def test_pictures_whose_second_field_has_no_time_are_as_many(tmp_path) -> None:
    path = tmp_path / "fields.ts"
    build_fields(path, 12)
    once = build_fields(tmp_path / "once.mp4", 12, together=True)
    assert len(build_index(once)) == len(build_index(path)) == 12


def test_fields_are_told_in_byte_streams_and_in_sized_units() -> None:
    plain = [content for content, _ in fields(3)]
    told = Fields(None)
    assert [told.begins_with_second(memoryview(content)) for content in plain] == [False, True] * 3
    sized = Fields(_header(plain[0]))
    assert [sized.begins_with_second(memoryview(_sized(content))) for content in plain] == [False, True] * 3


def test_a_lost_field_puts_no_later_one_in_the_wrong_half() -> None:
    plain = [content for content, _ in fields(4)]
    told = Fields(None)
    found = [told.begins_with_second(memoryview(content)) for content in (*plain[:3], *plain[4:])]
    assert found == [False, True, False, False, True, False, True]


def test_damaged_heads_are_no_fields() -> None:
    told = Fields(b"\0\0\0\1\x67\xff")
    assert not told.begins_with_second(memoryview(b"\0\0\0\1\x67"))
    assert not told.begins_with_second(memoryview(b"\0\0\0\1\x61\x80"))


def test_whole_pictures_are_no_fields(tmp_path) -> None:
    """Also interlaced ones, whose fields are mixed block by block."""
    rhythm = "keyint=20:scenecut=0:bframes=2:interlaced=1"
    path = build(tmp_path, Clip(container="ts", b_frames=2, options={"x264-params": rhythm}))
    told = Fields(None)
    with av.open(io.BytesIO(path.read_bytes())) as film:
        assert not any(told.begins_with_second(memoryview(p)) for p in film.demux(video=0) if p.size)


def _units(content: bytes) -> list[bytes]:
    return content.split(b"\0\0\0\1")[1:]


def _sized(content: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(unit)) + unit for unit in _units(content))


def _header(first: bytes) -> bytes:
    sequence, parameters = _units(first)[:2]
    head = bytes([1, *sequence[1:4], 0xFF, 0xE1]) + struct.pack(">H", len(sequence)) + sequence
    return head + b"\1" + struct.pack(">H", len(parameters)) + parameters
