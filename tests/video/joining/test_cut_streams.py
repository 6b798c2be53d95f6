"""Which files are pieces of one stream that was cut by size: by its clock, and by how the second one begins."""

import io
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.material.clips_split import Split, split
from tests.material.films import Clip, build
from video.joining.cut_streams import cut_within

DISC = Clip(codec="mpeg2video", container="vob", b_frames=2, gop=12, sound="mp2", frames=60)
KINDS = [
    DISC,
    Clip(codec="mpeg1video", container="mpg", b_frames=2, gop=12, sound="mp2", frames=60),
    Clip(container="ts", b_frames=2, gop=12, sound="aac", frames=60),
    Clip(container="m2ts", b_frames=2, gop=12, sound="ac3", frames=60),
]


def told(before: bytes, after: bytes) -> bool:
    return cut_within(io.BytesIO(before), io.BytesIO(after))


@pytest.mark.parametrize("clip", KINDS, ids=lambda clip: f"{clip.codec}-{clip.container}")
def test_a_stream_that_was_cut_by_size_is_known_by_its_clock(clip, tmp_path) -> None:
    whole = build(tmp_path, clip).read_bytes()
    # off the packets' edges: 41 more or less is no multiple of 188, 192 or 2048
    for at in range(len(whole) // 5, len(whole) * 4 // 5, len(whole) // 16 // 2048 * 2048 + 41):
        assert told(whole[:at], whole[at:])


@pytest.mark.parametrize("clip", KINDS, ids=lambda clip: f"{clip.codec}-{clip.container}")
def test_pieces_that_do_not_follow_are_none(clip, tmp_path) -> None:
    whole = build(tmp_path, clip).read_bytes()
    at = len(whole) // 3 + 41
    assert not told(whole[: at - at // 2], whole[at + at // 2 :]), "one of them is missing"
    assert not told(whole[at:], whole[:at]), "in the wrong order"
    assert not told(whole, whole), "the same recording twice"


@pytest.mark.parametrize("container", ["ts", "m2ts", "mpg"])
def test_a_file_that_begins_as_a_recording_does_is_a_film_of_its_own(container, tmp_path) -> None:
    """Also when the clock goes on from the one before: it may tell of a hole."""
    codec = "mpeg2video" if container == "mpg" else "libx264"
    clip = Clip(codec=codec, container=container, b_frames=2, gop=10, sound="mp2")
    one, two = split(tmp_path, Split(clip, (40, 35), Fraction(3), clock_goes_on=True, pause=Fraction(1, 5)))
    assert not told(one.read_bytes(), two.read_bytes())


def test_a_file_whose_first_pictures_are_made_from_the_one_before_is_a_piece(tmp_path) -> None:
    """A recorder of discs ends a file between two groups, and lets a group lean on the one before it."""
    clip = Clip(codec="mpeg2video", container="mpg", b_frames=2, gop=10, sound="mp2")
    one, two = split(tmp_path, Split(clip, (40, 35), Fraction(3), clock_goes_on=True))
    after = bytearray(two.read_bytes())
    before = one.read_bytes() + after[:12]  # a last pack whose clock is that of the next one
    flags = after.index(b"\0\0\1\xb8") + 7
    assert after[flags] & 0x40, "its group is closed"
    assert not told(before, bytes(after))
    after[flags] &= ~0x40 & 0xFF
    assert told(before, bytes(after))
    after[flags] |= 0x20  # what it leaned on was cut away
    assert not told(before, bytes(after))


@pytest.mark.parametrize("container", ["mp4", "mkv", "avi"])
def test_other_containers_are_never_pieces_of_a_stream(container, tmp_path) -> None:
    whole = build(tmp_path, Clip(container=container)).read_bytes()
    assert not told(whole[: len(whole) // 2], whole[len(whole) // 2 :])
    assert not told(whole, b"")
    assert not told(b"", whole)
    assert not told(build(tmp_path, DISC, "disc").read_bytes(), whole)


def test_a_clock_that_runs_over_at_the_cut_goes_on() -> None:
    """Its 33 bits are full after 26.5 hours."""

    def pack(clock: int) -> bytes:
        bits = 0x44 << 40 | (clock >> 30) << 43 | 1 << 42 | (clock >> 15 & 0x7FFF) << 27 | 1 << 26
        bits |= (clock & 0x7FFF) << 11 | 1 << 10 | 1
        return b"\0\0\1\xba" + (bits & ((1 << 48) - 1)).to_bytes(6, "big") + b"\x01\x89\xc3\xf8" + bytes(200)

    assert told(pack(2**33 - 900), pack(900))
    assert not told(pack(2**33 - 900), pack(90_000))
    assert not told(pack(900), pack(2**33 - 900))


#: what makes a stream, in any order and cut anywhere
WORDS = st.sampled_from(
    [b"\0\0\1\xba", b"\0\0\1\xe0", b"\x44\0\4\0\4\1", b"\x21\0\1\0\1\1", b"\x47\x40\0\x30\xff", bytes(188)]
)
BYTES = st.lists(WORDS | st.binary(max_size=12), max_size=30).map(b"".join)


@given(BYTES, BYTES, st.integers(0, 20))
def test_bytes_of_any_kind_are_only_compared(before, after, packets) -> None:
    row = b"".join((b"\x47" + after[n : n + 187]).ljust(188, b"\xff") for n in range(packets))
    assert told(before, after) in (True, False)
    assert told(before + row, row + after) in (True, False)
