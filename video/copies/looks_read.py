"""How a film's pictures look, told by the process that looked at them; what it says is believed when it can be so."""

from __future__ import annotations

from typing import BinaryIO

from app.errors import FilmError
from app.model.units import ByteCount
from app.ports import Cancelled, Progress
from video.copies.copy_process import run_copy
from video.copies.picture_looks import LOOKS, SIZE, Looks
from video.open.frame_index import FrameIndex, unpack


def looks_of(film: BinaryIO, packed: bytes, progress: Progress, cancelled: Cancelled) -> Looks:
    """How all pictures of a film with this packed index look; none that cannot be decoded.

    Raises FilmError `film-damaged` when there is none, `copy-failed`, `index-damaged`; Cancelled; what `film` raises.
    """
    told = bytearray()

    def take(content: bytes) -> ByteCount:
        told.extend(content)
        return len(content)

    run_copy(LOOKS, film, packed, (0, 0), take, progress, cancelled)
    return _believed(bytes(told), unpack(packed))


def _believed(told: bytes, index: FrameIndex) -> Looks:
    """What the process said, when it can be so. Raises FilmError."""
    import numpy as np

    row = np.dtype([("place", "<u4"), ("look", np.uint8, SIZE)])
    if len(told) % row.itemsize:
        raise FilmError("copy-failed")
    rows = np.frombuffer(told, dtype=row)
    places = rows["place"].astype(np.int64)
    if not len(places):
        raise FilmError("film-damaged")
    if bool((np.diff(places) <= 0).any()) or int(places[-1]) >= len(index):
        raise FilmError("copy-failed")
    return Looks(index.times[places], rows["look"])
