"""Brightness, contrast, turn and deinterlacing: what they do to a picture, and that number and time stay."""

import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from app.model.recording import Viewing
from video.open.frame_index import build_index
from video.open.frames import FrameSource
from video.open.viewed import viewed

GRAY = np.full((4, 6, 4), 100, np.uint8)


@pytest.mark.parametrize(
    ("viewing", "gray"),
    [
        (Viewing(), 100),
        (Viewing(brightness=0.2), 151),
        (Viewing(brightness=-1.0), 0),
        (Viewing(contrast=2.0), 72),
        (Viewing(contrast=4.0, brightness=1.0), 255),
    ],
)
def test_tones(viewing: Viewing, gray: int) -> None:
    out = viewed(GRAY.copy(), viewing)
    assert abs(int(out[0, 0, 0]) - gray) <= 1
    assert out[0, 0, 3] == 100  # the fourth byte is no color


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turn_is_clockwise(turn: int) -> None:
    picture = np.arange(96, dtype=np.uint8).reshape(4, 6, 4)
    assert np.array_equal(viewed(picture, Viewing(turn=turn)), np.rot90(picture, -turn // 90))


def interlaced(folder: Path) -> Path:
    """A bright bar that moves from field to field: combed wherever the fields are shown as one."""
    path = folder / "fields.ts"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg2video", rate=25)
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = 320, 128, "yuv420p", 12
        stream.bit_rate = 8_000_000
        stream.codec_context.options = {"flags": "+ildct+ilme", "top": "1"}
        for number in range(30):
            rows = np.zeros((128, 320, 3), np.uint8)
            for field in (0, 1):
                left = (number * 2 + field) * 5
                rows[field::2, left : left + 24] = 255
            frame = av.VideoFrame.from_ndarray(rows, format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def comb(pixels: np.ndarray) -> float:
    """How much the lines differ from their neighbors' neighbors."""
    rows = pixels[:, :, 0].astype(int)
    return float(np.abs(rows[1:-1] * 2 - rows[:-2] - rows[2:]).mean())


def test_comb_lines_go_and_numbers_stay(tmp_path) -> None:
    content = interlaced(tmp_path).read_bytes()
    index = build_index(io.BytesIO(content))
    source = FrameSource(io.BytesIO(content), index)
    for position in (15, 14, 3, 0, len(index) - 1, 13):
        found, woven = source.pixels(position)
        same, smooth = source.pixels(position, deinterlace=True)
        assert found == same == position
        assert smooth.shape == woven.shape
        assert comb(smooth) < comb(woven) / 4
    forward = {p: source.pixels(p, deinterlace=True)[1] for p in range(8, 16)}
    other = FrameSource(io.BytesIO(content), index)
    for position in reversed(range(8, 16)):
        assert np.array_equal(other.pixels(position, deinterlace=True)[1], forward[position])
    other.close()
    source.close()


def test_a_progressive_film_is_left_alone(film) -> None:
    path = film("h264-b")[0]
    source = FrameSource(path, build_index(path))
    assert np.array_equal(source.pixels(20)[1], source.pixels(20, deinterlace=True)[1])
    source.close()
