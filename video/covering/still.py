"""Writes a covered picture in memory: a PNG in which nothing is lost, read again before it is let go.

A still has no encoder that a cover would need to be shielded from: the covers are exactly as large as ordered, and all
else is, value by value, the picture that is seen.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO

from app.errors import FilmError
from app.model.cover import Covering
from app.model.units import Pixels, Position
from app.ports.covering import CoverOrder, CoverReport
from video.covering.arranged import SecondFilm, boxes_of
from video.covering.layout import layout_of, size_of
from video.covering.picture import Area, Strip, part_of
from video.covering.proof import PERFECT
from video.open.frames import FrameSource

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from video.open.frame_index import FrameIndex

#: what every PNG begins with, and all that ours consists of (ISO/IEC 15948)
_SIGNATURE, _PARTS = b"\x89PNG\r\n\x1a\n", (b"IHDR", b"IDAT", b"IEND")
_COVER = 0


def write_still(
    file: BinaryIO, index: FrameIndex, order: CoverOrder, second: SecondFilm | None = None
) -> tuple[bytes, CoverReport]:
    """The whole file and what was proven of it: one picture, upright, its pixels square; or those of two cameras.

    Raises FilmError: `cover-not-proven`, `before-first`, `film-damaged`, and what opening a film raises.
    """
    position = index.position_at(order.first)
    if position < 0:
        raise FilmError("before-first")
    beside = None if second is None else second.beside(index, range(position, position + 1))[0]
    size = index.shown_size
    layout = layout_of(size) if second is None else layout_of(size, second.index.shown_size, second.order.sight)
    seen = _black(layout.size)
    shown, pixels = _pixels(file, index, position, size_of(layout.first))
    part_of(seen, layout.first, 1)[:] = pixels
    if layout.frame is not None:
        part_of(seen, layout.frame, 1)[:] = _COVER
    boxes = [boxes_of(Covering(order.first, order.last, order.tracks), index, (shown, position))]
    if second is not None and layout.second is not None and beside is not None:
        shown, pixels = _pixels(second.file, second.index, beside, size_of(layout.second))
        boxes.append(second.boxes_of((shown, beside)))
        part_of(seen, layout.second, 1)[:] = pixels
    inside = layout.covers(boxes)[0]
    strip = Strip(order.word, layout.size) if order.word else None
    content = encoded(burned(seen, inside, strip))
    prove_still(content, seen, inside, strip)
    return content, _report(content, is_covered=bool(inside))


def _pixels(
    file: BinaryIO, index: FrameIndex, position: Position, size: tuple[Pixels, Pixels]
) -> tuple[Position, NDArray[np.uint8]]:
    """The picture that is seen, RGB, of this width and height, and its number: where it is damaged, that of before."""
    import cv2

    source = FrameSource(file, index)
    try:
        shown, pixels = source.pixels(position)
    finally:
        source.close()
    if size != pixels.shape[1::-1]:
        shrinks = size[0] < pixels.shape[1]
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    seen: NDArray[np.uint8] = pixels[:, :, 2::-1]
    return shown, seen


def _black(size: tuple[Pixels, Pixels]) -> NDArray[np.uint8]:
    import numpy as np

    return np.zeros((size[1], size[0], 3), np.uint8)


def burned(seen: NDArray[np.uint8], inside: Sequence[Area], strip: Strip | None) -> NDArray[np.uint8]:
    """With its covers and the word."""
    made = seen.copy()
    for area in inside:
        part_of(made, area, 1)[:] = _COVER
    if strip is not None:
        part_of(made, strip.area, 1)[:] = strip.light[:, :, None]
    return made


def encoded(pixels: NDArray[np.uint8]) -> bytes:
    """As PNG."""
    from PIL import Image

    held = io.BytesIO()
    Image.fromarray(pixels).save(held, "PNG")
    return held.getvalue()


def prove_still(content: bytes, seen: NDArray[np.uint8], inside: Sequence[Area], strip: Strip | None) -> None:
    """Read by another program than wrote it: one color in every cover, the word, and all else as it is seen.

    `seen` are the film's RGB bytes of shape (height, width, 3). Raises FilmError(`cover-not-proven`).
    """
    import cv2
    import numpy as np

    found = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    if found is None or found.shape != seen.shape or not _is_bare(content):
        raise FilmError("cover-not-proven")
    found, is_else = found[:, :, ::-1], np.ones(seen.shape[:2], dtype=bool)
    is_word = np.zeros(seen.shape[:2], dtype=bool)
    if strip is not None:
        part_of(is_word, strip.area, 1)[:] = True
    for area in inside:
        is_solid = part_of(found, area, 1).max(axis=2) == _COVER
        if not (is_solid | part_of(is_word, area, 1)).all():
            raise FilmError("cover-not-proven")
        part_of(is_else, area, 1)[:] = False
    is_else &= ~is_word
    if (found[is_else] != seen[is_else]).any() or not _is_written(found, strip):
        raise FilmError("cover-not-proven")


def _is_written(found: NDArray[Any], strip: Strip | None) -> bool:
    return strip is None or bool((part_of(found, strip.area, 1) == strip.light[:, :, None]).all())


def _is_bare(content: bytes) -> bool:
    """Whether there is nothing in the file but the picture: no words, no times, no smaller picture, nothing behind."""
    if not content.startswith(_SIGNATURE):
        return False
    at, names = len(_SIGNATURE), []
    while at + 8 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        names.append(content[at + 4 : at + 8])
        at += length + 12
    return at == len(content) and tuple(dict.fromkeys(names)) == _PARTS


def _report(content: bytes, *, is_covered: bool) -> CoverReport:
    return CoverReport(
        sha256=sha256(content).hexdigest(),
        size=len(content),
        times_sha256=sha256(b"0").hexdigest(),
        pictures=1,
        covered=int(is_covered),
        worst_psnr=PERFECT,
        sound_over=0,
        muted=0,
    )
