"""Which pictures are told to be broken, beside those that look otherwise than in the undamaged film."""

import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from app.model.recording import FilmFacts
from tests.material.films import Clip, build
from video.open.frame_index import FrameIndex
from video.open.frames import FrameSource
from video.open.probe import examine

#: dB; below it a picture looks otherwise (noise of a recompressed picture lies near it)
ALIKE = 45.0
WIDE, HIGH = 320, 192
LONG = {"x264-params": "keyint=60:min-keyint=60:scenecut=0:bframes=2:b-adapt=0", "crf": "20"}


def film(path: Path, codec: str, options: dict[str, str], pictures: int = 120, gop: int = 60) -> bytes:
    """Grain that sways: every picture is built on the one before, and its packet is some hundred bytes long."""
    grain = np.random.default_rng(3).integers(0, 255, (HIGH * 2, WIDE * 2), dtype=np.uint8)
    grain = np.repeat(np.repeat(grain[::4, ::4], 4, axis=0), 4, axis=1)
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = WIDE, HIGH, "yuv420p", gop
        stream.codec_context.thread_count, stream.codec_context.options = 1, options
        if codec != "libx264":
            stream.bit_rate = 1_500_000
        for number in range(pictures):
            y, x = int(20 + 15 * np.sin(number / 9)), int(30 + 25 * np.cos(number / 7))
            plain = np.repeat(grain[y : y + HIGH, x : x + WIDE, None], 3, axis=2)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(plain), format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path.read_bytes()


def spoiled(whole: bytes, broken: bytes, index: FrameIndex) -> set[int]:
    """Positions of pictures that a viewer sees otherwise than in the undamaged film."""
    found, sources = set(), [FrameSource(io.BytesIO(content), index) for content in (whole, broken)]
    for position in range(len(index)):
        right, shown = (source.pixels(position)[1].astype(np.float32) for source in sources)
        error = float(np.mean((right - shown) ** 2))
        if error and 10 * np.log10(255**2 / error) < ALIKE:
            found.add(position)
    for source in sources:
        source.close()
    return found


def told(facts: FilmFacts, index: FrameIndex) -> set[int]:
    return {
        position
        for position, time in enumerate(index.times.tolist())
        if any(d.start <= time < d.end for d in facts.damage)
    }


def place(content: bytes, number: int) -> int:
    """Where the packet of a picture begins, counted in the order of decoding."""
    with av.open(io.BytesIO(content)) as read:
        return [packet.pos for packet in read.demux(video=0) if packet.size][number]


def large(content: bytes, among: range) -> int:
    """Where the largest of some packets begins: others are built on its picture."""
    with av.open(io.BytesIO(content)) as read:
        packets = [(packet.size, packet.pos) for packet in read.demux(video=0) if packet.size]
    return max(packets[number] for number in among)[1]


def with_bad_bytes(content: bytes, at: int, count: int) -> bytes:
    bad = bytearray(content)
    for one in range(at, at + count):
        bad[one] ^= 0x5A
    return bytes(bad)


def zeroed(content: bytes, at: int, count: int) -> bytes:
    return content[:at] + bytes(count) + content[at + count :]


@pytest.mark.parametrize(
    ("codec", "options", "spoil"),
    [
        ("libx264", LONG, with_bad_bytes),  # zeros are read as pictures there, and nobody can tell
        ("mpeg4", {}, with_bad_bytes),
        ("mpeg4", {}, zeroed),
        ("mpeg2video", {}, with_bad_bytes),
        ("mpeg2video", {}, zeroed),
    ],
    ids=["h264", "mpeg4", "mpeg4-zeros", "mpeg2", "mpeg2-zeros"],
)
def test_three_hundred_bad_bytes_are_told_for_as_long_as_they_are_seen(
    tmp_path, codec: str, options: dict[str, str], spoil: Callable[[bytes, int, int], bytes]
) -> None:
    """All pictures up to the next keyframe are built on them, and nothing after it."""
    whole = film(tmp_path / "film.mp4", codec, options)
    broken = spoil(whole, large(whole, range(3, 25)) + 24, 300)
    facts, index = examine(io.BytesIO(broken))
    seen, said = spoiled(whole, broken, index), told(facts, index)
    assert len(seen) > 15
    assert seen <= said
    assert max(said) < index.keys[1]
    assert min(said) >= min(seen) - 3
    assert facts.damage[-1].what == "broken-on"


def test_a_broken_picture_that_nothing_is_built_on_spoils_itself_alone(tmp_path) -> None:
    whole = film(tmp_path / "film.mkv", "libx264", LONG | {"x264-params": LONG["x264-params"] + ":b-pyramid=0"})
    with av.open(io.BytesIO(whole)) as read:
        packets = [(p.pos, p.size, p.pts) for p in read.demux(video=0) if p.size]
    number = next(n for n in range(20, 40) if packets[n][2] < packets[n - 1][2])  # shown before the one decoded before
    at, size, _ = packets[number]
    broken = zeroed(whole, at + 16, size - 16)
    facts, index = examine(io.BytesIO(broken))
    assert spoiled(whole, broken, index) <= told(facts, index)
    assert len(told(facts, index)) == 1
    assert [d.what for d in facts.damage] == ["broken"]


def test_a_picture_in_several_slices_is_told_when_one_of_them_is_broken(tmp_path) -> None:
    """Two threads that decode slices of one picture keep their errors to themselves."""
    options = {"x264-params": LONG["x264-params"] + ":slices=4", "crf": "20"}
    whole = film(tmp_path / "film.mkv", "libx264", options)
    at = place(whole, 30)
    with av.open(io.BytesIO(whole)) as read:
        size = [p.size for p in read.demux(video=0) if p.size][30]
    broken = with_bad_bytes(whole, at + size * 3 // 4, 12)
    facts, index = examine(io.BytesIO(broken))
    seen = spoiled(whole, broken, index)
    assert seen
    assert seen <= told(facts, index)


@pytest.mark.parametrize("codec", ["wmv2", "msmpeg4"])
def test_old_windows_films_are_held_to_their_own_rules(tmp_path, codec: str) -> None:
    """Their decoder patches everything up without a word unless it is asked to look at the stream's form."""
    whole = film(tmp_path / "film.avi", codec, {"b": "400k"})
    broken = with_bad_bytes(whole, place(whole, 20) + 40, 200)
    facts, index = examine(io.BytesIO(broken))
    assert spoiled(whole, broken, index) <= told(facts, index)
    assert facts.damage


def test_damage_in_one_group_leaves_the_groups_beside_it_untold(tmp_path) -> None:
    """Also where a group begins without a clean slate, as camcorders make them."""
    rhythm = "keyint=20:min-keyint=20:open-gop=1:bframes=3:b-adapt=0:b-pyramid=normal:scenecut=0"
    whole = build(tmp_path, Clip(container="ts", frames=120, options={"x264-params": rhythm})).read_bytes()
    with av.open(io.BytesIO(whole)) as read:
        packets = [(p.pos, p.pts) for p in read.demux(video=0) if p.size]
    at = packets[45][0]
    facts, index = examine(io.BytesIO(whole[: at + 30] + bytes(120) + whole[at + 150 :]))
    said = told(facts, index)
    assert said
    assert min(said) >= 35
    assert max(said) < 64
