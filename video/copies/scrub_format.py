"""How the pictures of a scrub copy lie in their container: an H.264 byte stream with a table of its pictures behind it.

    picture 0 | picture 1 | … | zlib(size of each picture, u32 little-endian) | length of that, u32 | b"HSC1"

It is written from front to end without going back, and any group of pictures is read with one seek: nothing of a film's
container has to be understood for it. Which picture of the film each one is stands in the part's frame index, which the
archive keeps beside it. Every keyframe carries its own parameter sets, so decoding can begin at any of them.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, BinaryIO

from app.errors import FilmError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAGIC = b"HSC1"
CODEC = "h264"
_END = struct.Struct("<I4s")
#: more pictures than this are in no part: ten hours at 120 pictures a second
_MOST_BYTES = 4 * 120 * 36_000


def write_table(sizes: Sequence[int], write: Callable[[bytes], int]) -> None:
    """Finish a copy whose pictures were written one after another."""
    packed = zlib.compress(struct.pack(f"<{len(sizes)}I", *sizes))
    write(packed + _END.pack(len(packed), MAGIC))


def read_table(file: BinaryIO) -> NDArray[np.int64]:
    """Where each picture begins, and at the end where the last one ends. Raises FilmError(`copy-damaged`)."""
    import numpy as np

    try:
        size = file.seek(0, 2)
        file.seek(size - _END.size)
        length, magic = _END.unpack(file.read(_END.size))
        if magic != MAGIC:
            raise FilmError("copy-damaged")
        file.seek(size - _END.size - length)
        raw = zlib.decompressobj().decompress(file.read(length), _MOST_BYTES)
        sizes = np.frombuffer(raw, "<u4").astype(np.int64)
    except (zlib.error, struct.error, ValueError) as error:
        raise FilmError("copy-damaged") from error
    places: NDArray[np.int64] = np.concatenate([np.zeros(1, dtype=np.int64), sizes.cumsum()])
    if int(places[-1]) + length + _END.size != size:
        raise FilmError("copy-damaged")
    return places
