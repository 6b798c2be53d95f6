"""A picture of another shape than the film's first is shown in its own proportions, in every way of showing it."""

import io
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.material.clips_split import Memory
from tests.material.films import Clip, build, read_number
from tests.video.copies.test_scrub_copy import copied, never_the_film
from video.joining.encoded_anew import encode
from video.joining.packets import join
from video.joining.survey import survey
from video.open.frame_index import build_index
from video.open.frames import FrameSource
from video.open.probe import RESHAPED, TURNED, examine
from video.open.proportions import drawn_size
from video.playing.scrub_source import ScrubSource

FIRST, COUNT = (192, 128), 20


def changing(folder: Path, size: tuple[int, int]) -> Path:
    """A transport stream whose pictures change from 192×128 to `size` in mid-film."""
    one = build(folder, Clip(container="ts", frames=COUNT, size=FIRST), "one")
    two = build(folder, Clip(container="ts", frames=COUNT, size=size, start=Fraction(COUNT, 25)), "two")
    path = folder / "changing.ts"
    path.write_bytes(one.read_bytes() + two.read_bytes())
    return path


def is_kept(pixels: np.ndarray, inner: tuple[int, int], number: int) -> bool:
    """Whether the picture lies in the middle at `inner` size, with black around it."""
    high, wide = pixels.shape[:2]
    left, top = (wide - inner[0]) // 2, (high - inner[1]) // 2
    around = pixels[:, :, :3].astype(int)
    around[max(top - 2, 0) : top + inner[1] + 2, max(left - 2, 0) : left + inner[0] + 2] = 0
    shown = pixels[top : top + inner[1], left : left + inner[0]]
    return read_number(shown) == number and int(around.max()) < 24


@pytest.mark.parametrize(("size", "inner"), [((128, 192), (86, 128)), ((256, 64), (192, 48)), ((384, 256), FIRST)])
def test_the_full_picture_and_the_small_copy_keep_it(size, inner, tmp_path) -> None:
    path = changing(tmp_path, size)
    index = build_index(path)
    assert len(index) == 2 * COUNT
    film, small = FrameSource(path, index), ScrubSource(never_the_film, index, copied(path, index))
    out = Memory()
    with path.open("rb") as file:
        encode([survey(file, lambda _: None, lambda: False)], out, lambda _: None, lambda: False)
    anew = FrameSource(io.BytesIO(bytes(out.data)), build_index(io.BytesIO(bytes(out.data))))
    for source in (film, small, anew):
        assert is_kept(source.pixels(3)[1], FIRST, 3)
        assert is_kept(source.pixels(COUNT + 15)[1], inner, 15)
        assert source.pixels(COUNT + 15)[1].shape == (128, 192, 4)
        source.close()


@pytest.mark.parametrize(
    ("stored", "shape", "box", "drawn"),
    [
        ((1920, 1080), 1, (960, 540), (960, 540)),
        ((1440, 1080), 1, (960, 540), (720, 540)),
        ((720, 1280), 1, (960, 540), (304, 540)),
        ((1280, 720), 1, (960, 540), (960, 540)),
    ],
)
def test_what_is_drawn_of_a_picture_in_a_wide_film(stored, shape, box, drawn, tmp_path) -> None:
    index = replace(build_index(build(tmp_path, Clip(frames=2))), width=1920, height=1080, pixel_shape=Fraction(shape))
    assert drawn_size(stored, index, box) == drawn


def test_a_film_whose_pixels_were_wide_before_and_square_after_fills_its_box(tmp_path) -> None:
    index = replace(build_index(build(tmp_path, Clip(frames=2))), width=1440, height=1080, pixel_shape=Fraction(4, 3))
    assert drawn_size((1920, 1080), index, (960, 540)) == (960, 540)
    assert drawn_size((720, 540), index, (960, 540)) == (960, 540)


WIDE = Fraction(4, 3)


@pytest.mark.parametrize("codec", ["libx264", "mpeg2video"])
def test_a_change_of_proportions_in_mid_film_is_told(codec, tmp_path) -> None:
    """A camera switched from 4:3 to 16:9: the size in pixels stays, so nothing else shows it."""
    clips = [
        Clip(codec, "ts", frames=COUNT, size=FIRST, pixel_shape=shape, start=Fraction(n * COUNT, 25))
        for n, shape in enumerate((Fraction(1), WIDE))
    ]
    path = tmp_path / "switched.ts"
    path.write_bytes(b"".join(build(tmp_path, clip, f"{n}").read_bytes() for n, clip in enumerate(clips)))
    told = [d for d in examine(path)[0].damage if d.what == RESHAPED]
    assert len(told) == 1
    assert abs(told[0].start - COUNT * 40_000) <= 8 * 40_000, "decoders run ahead by some pictures"
    assert abs(told[0].end - 2 * COUNT * 40_000) <= 40_000
    assert not any(d.what == RESHAPED for d in examine(build(tmp_path, clips[1], "1"))[0].damage)


def test_files_of_other_proportions_keep_theirs_when_they_are_joined(tmp_path) -> None:
    one = build(tmp_path, Clip(frames=COUNT), "one")
    two = build(tmp_path, Clip(frames=COUNT, pixel_shape=WIDE), "two")
    out = Memory()
    with one.open("rb") as first, two.open("rb") as second:
        assert not join([first, second], out, lambda _: None, lambda: False).as_filmed
    film = io.BytesIO(bytes(out.data))
    source = FrameSource(film, build_index(film))
    assert is_kept(source.pixels(3)[1], FIRST, 3)
    assert is_kept(source.pixels(COUNT + 15)[1], (192, 96), 15)


#: a picture's own word that it is to be turned by 90° (ITU-T H.264, D.1.27), with its length before it
SAYS_TURNED = b"\0\0\0\7\x06\x2f\3\x08\x00\x09\x80"


def test_a_turn_in_mid_film_is_told(tmp_path) -> None:
    """Pictures may say themselves which way up they are; the first one's word is taken for all of them."""
    path = tmp_path / "turned.mkv"
    with av.open(str(build(tmp_path, Clip(frames=40)))) as film, av.open(str(path), "w") as out:
        track = out.add_stream_from_template(film.streams.video[0])
        for number, packet in enumerate(p for p in film.demux(film.streams.video[0]) if p.size):
            made = av.Packet(SAYS_TURNED + bytes(packet)) if number == 20 else packet
            made.pts, made.dts, made.time_base = packet.pts, packet.dts, packet.time_base
            made.is_keyframe, made.stream = packet.is_keyframe, track
            out.mux(made)
    told = [d for d in examine(path)[0].damage if d.what == TURNED]
    assert [(d.start, d.end) for d in told] == [(800_000, 1_600_000)]
