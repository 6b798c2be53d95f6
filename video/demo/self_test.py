"""A clip whose pictures carry their numbers, and the reader of such a number from what is on the screen.

For the program's own check that the time on the screen is that of the picture on the screen. Pictures last unequally,
so that counting them gives the wrong time; the number stands there for people and as blocks, once more inverted, so
that a half-drawn picture is not taken for another.
"""

from __future__ import annotations

import io
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.errors import Cancelled as CancelledError
from app.model.timecode import SECOND
from app.ports import Cancelled, Picture, Progress
from app.ports.films import NumberedClip

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDTH, HEIGHT = 640, 360
PICTURES = 250
#: where the blocks are, in shares of the picture, and how many
LEFT, TOP, RIGHT, BOTTOM = 0.06, 0.30, 0.94, 0.94
ROWS, COLUMNS = 4, 8
#: a block darker than the first or lighter than the second is one; between them nothing is sure
DARK, LIGHT = 90, 165


def numbered_clip(progress: Progress, cancelled: Cancelled) -> NumberedClip:
    """The clip, some ten seconds of H.264 with B-frames and an uneven rate. Raises Cancelled."""
    import av

    from video.open.probe import index_own

    stamps = [n * 40 + (n % 3) * 9 for n in range(PICTURES)]
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out:
        track = out.add_stream("libx264", rate=25)
        track.width, track.height, track.pix_fmt, track.gop_size = WIDTH, HEIGHT, "yuv420p", 50
        track.codec_context.max_b_frames = 2
        track.codec_context.time_base = Fraction(1, 1000)
        rhythm = "keyint=50:scenecut=0:bframes=2"
        track.codec_context.options = {"preset": "ultrafast", "crf": "20", "x264-params": rhythm}
        for number, stamp in enumerate(stamps):
            if cancelled():
                raise CancelledError
            frame = av.VideoFrame.from_ndarray(drawn(number), format="bgr24")
            frame.pts, frame.time_base = stamp, Fraction(1, 1000)
            out.mux(track.encode(frame))
            progress(number / PICTURES)
        out.mux(track.encode(None))
    film = file.getvalue()
    found = index_own(io.BytesIO(film))
    return NumberedClip(film, found.index, tuple(stamp * SECOND // 1000 for stamp in stamps))


def drawn(number: int) -> NDArray[np.uint8]:
    """The BGR picture of a number."""
    import cv2
    import numpy as np

    picture: NDArray[np.uint8] = np.full((HEIGHT, WIDTH, 3), 60, np.uint8)
    white = (235, 235, 235)
    cv2.putText(picture, f"{number:05d}", (150, 88), cv2.FONT_HERSHEY_SIMPLEX, 2.8, white, 6, cv2.LINE_AA)
    for row, bits in enumerate(_rows(number)):
        for column in range(COLUMNS):
            left, top, right, bottom = _block(row, column, WIDTH, HEIGHT)
            value = 245 if bits >> column & 1 else 10
            picture[top + 2 : bottom - 2, left + 2 : right - 2] = value
    return picture


def read_number(picture: Picture) -> int | None:
    """The number in a picture of any size whose pixels are BGRA bytes; None when it cannot be read for sure."""
    import numpy as np

    wide, high = picture.width, picture.height
    pixels = np.frombuffer(bytes(picture.pixels), np.uint8).reshape(high, wide, 4)
    rows = []
    for row in range(ROWS):
        bits = 0
        for column in range(COLUMNS):
            left, top, right, bottom = _block(row, column, wide, high)
            across, down = (right - left) // 4, (bottom - top) // 4
            value = float(pixels[top + down : bottom - down, left + across : right - across, :3].mean())
            if DARK <= value <= LIGHT:
                return None
            bits |= int(value > LIGHT) << column
        rows.append(bits)
    low, high_byte, *inverse = rows
    return low | high_byte << 8 if inverse == [low ^ 0xFF, high_byte ^ 0xFF] else None


def _rows(number: int) -> tuple[int, int, int, int]:
    low, high = number & 0xFF, number >> 8 & 0xFF
    return low, high, low ^ 0xFF, high ^ 0xFF


def _block(row: int, column: int, wide: int, high: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom in pixels."""
    across, down = (RIGHT - LEFT) / COLUMNS, (BOTTOM - TOP) / ROWS
    sides: tuple[Any, ...] = (
        (LEFT + column * across) * wide, (TOP + row * down) * high,
        (LEFT + (column + 1) * across) * wide, (TOP + (row + 1) * down) * high,
    )  # fmt: skip
    left, top, right, bottom = (round(side) for side in sides)
    return left, top, right, bottom
