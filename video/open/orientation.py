"""Which way up a film was taken: the file's display matrix reduced to turns by quarter and mirrors."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import av
    from numpy.typing import NDArray

#: (a, b, c, d) of x' = a·x + c·y, y' = b·x + d·y, each −1, 0 or 1
Orientation: TypeAlias = tuple[int, int, int, int]

UPRIGHT: Orientation = (1, 0, 0, 1)


def orientation_of(frame: av.VideoFrame, otherwise: Orientation = UPRIGHT) -> Orientation:
    """Read from a decoded picture, `otherwise` where it says nothing; a turn is taken for the nearest by quarters."""
    from av.sidedata.sidedata import Type

    try:
        data = bytes(frame.side_data[Type.DISPLAYMATRIX])  # type: ignore[typeddict-item]  # av types only one of them
    except KeyError:
        return otherwise
    a, b, _, c, d = struct.unpack_from("=5i", data)
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return (-1 if a < 0 else 1, 0, 0, -1 if d < 0 else 1)
    return (0, -1 if b < 0 else 1, -1 if c < 0 else 1, 0)


def is_turned(orientation: Orientation) -> bool:
    """True when width and height change places."""
    return orientation[0] == 0


def clockwise_degrees(orientation: Orientation) -> int:
    """0, 90, 180 or 270: how far the stored picture is turned clockwise to stand upright (mirrors apart)."""
    a, b, c, d = orientation
    if a:
        return 180 if a < 0 and d < 0 else 0
    return 90 if b > 0 and c < 0 else 270 if b < 0 and c > 0 else 90


def upright(pixels: NDArray[Any], orientation: Orientation) -> NDArray[Any]:
    """The picture as it was seen; shape (height, width, …)."""
    import numpy as np

    a, b, c, d = orientation
    if orientation == UPRIGHT:
        return np.ascontiguousarray(pixels)  # rows as the decoder gives them may be padded
    if a == 0:
        pixels = np.swapaxes(pixels, 0, 1)
    if a < 0 or c < 0:
        pixels = pixels[:, ::-1]
    if d < 0 or b < 0:
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)
