"""How each picture of a film looks, in 576 bytes: enough to know it again in another file of the same film.

Made in the process that makes copies, so that a film from outside is decoded there (`looks_read`).
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from video.open.colors import Scaler
from video.open.frame_index import FrameIndex
from video.open.frames import FrameSource, to_pixels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: what the process is asked for, beside the kinds of derived files
LOOKS = "looks"
#: gray fields along the longer and the shorter side of a picture
LONG, SHORT = 32, 18
SIZE = LONG * SHORT
#: the box that a picture is made small into before its fields are averaged, pixels
BOX = (96, 96)
PLACE = struct.Struct("<I")


@dataclass(frozen=True, eq=False)
class Looks:
    """Pictures of one film: `times` in µs of its clock, rising, and how each looks, uint8 of shape (pictures, 576)."""

    times: NDArray[np.int64]
    looks: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.times)


def look_of(pixels: NDArray[Any]) -> NDArray[np.uint8]:
    """Mean lightness of each field of an upright picture, BGRA bytes of shape (height, width, 4), as 576 bytes."""
    import numpy as np

    high, wide = pixels.shape[:2]
    down, across = (SHORT, LONG) if wide >= high else (LONG, SHORT)
    gray = pixels[:, :, :3].astype(np.float32) @ np.array([0.114, 0.587, 0.299], dtype=np.float32)
    fields = _means(_means(gray, down, 0), across, 1)
    looks: NDArray[np.uint8] = fields.round().clip(0, 255).astype(np.uint8).reshape(-1)
    return looks


def _means(gray: NDArray[Any], fields: int, axis: int) -> NDArray[Any]:
    """The mean of each of so many equal fields along an axis; a picture with fewer rows gives some of them twice."""
    import numpy as np

    edges = np.linspace(0, gray.shape[axis], fields + 1)
    begins = edges[:-1].astype(int)
    ends = np.maximum(edges[1:].astype(int), begins + 1)
    sums = np.concatenate([np.zeros_like(gray.take([0], axis)), gray.cumsum(axis, dtype=np.float64)], axis)
    counts = (ends - begins).reshape((-1, 1) if axis == 0 else (1, -1))
    means: NDArray[Any] = (sums.take(ends, axis) - sums.take(begins, axis)) / counts
    return means


def write_looks(
    film: BinaryIO, index: FrameIndex, write: Callable[[bytes], int], progress: Callable[[float], None]
) -> None:
    """Write position and look of every picture that can be decoded, in order."""
    scaler = Scaler((index.width, index.height))
    source = FrameSource(film, index, cache_bytes=0)
    try:
        for position, frame in source.run(0, len(index)):
            write(PLACE.pack(position) + look_of(to_pixels(frame, index, BOX, scaler)).tobytes())
            progress(position / len(index))
    finally:
        source.close()
