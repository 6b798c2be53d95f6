"""What is made from a film beside it: the scrub copy, the waveform and the thumbnails, each part by itself.

The work is done in a child process of low priority: it shares neither the window's interpreter nor its memory, holds no
keys, and reads the plain film and writes the plain copy through its pipes only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from app.errors import FilmError
from app.model.recording import DerivedKind
from app.model.timecode import Micros
from app.ports import Cancelled, Progress
from app.ports.films import Sink
from video.copies import scrub_copy
from video.copies.copy_process import run_copy
from video.open.frame_index import unpack

Span = tuple[Micros, Micros]


def parts(kind: DerivedKind, index: bytes) -> tuple[Span, ...]:
    """(start, end) of every part of a kind; none when the film has nothing to make it of.

    Raises FilmError(`index-damaged`).
    """
    film = unpack(index)
    if kind is DerivedKind.SCRUB:
        return scrub_copy.parts(film)
    if kind is DerivedKind.WAVEFORM and not film.sound_tracks:
        return ()
    return ((0, scrub_copy.end_of(film)),)


def around(index: bytes, time: Micros) -> tuple[Span, ...]:
    """Pieces of a scrub copy around a film time; see `DerivedMaker`. Raises FilmError(`index-damaged`)."""
    return scrub_copy.around(unpack(index), time)


def make(
    kind: DerivedKind,
    source: Callable[[], BinaryIO],
    index: bytes,
    span: Span,
    out: Sink,
    progress: Progress,
    cancelled: Cancelled,
) -> bytes:
    """Write one part into `out`; see `DerivedMaker`.

    Raises Cancelled, FilmError `copy-failed` (the child ended or fell silent) and what the film is refused with, and
    ContainerError of either container. `out` is then the caller's to discard.
    """
    film = source()
    try:
        packed = run_copy(kind, film, index, span, out.write, progress, cancelled)
    finally:
        film.close()
    checked(kind, packed, index, span)
    return packed


def checked(kind: DerivedKind, packed: bytes, index: bytes, span: Span) -> None:
    """Look at a child's word on which pictures it copied; `index` is the film's. Raises FilmError(`copy-failed`)."""
    import numpy as np

    if kind is not DerivedKind.SCRUB:
        return

    try:
        film, copy = unpack(index), unpack(packed)
    except FilmError as error:
        raise FilmError("copy-failed") from error
    wanted = scrub_copy.positions_in(film, span)
    known = film.stamps[wanted.start : wanted.stop]
    if copy.time_base != film.time_base or not bool(np.isin(copy.stamps, known).all()):
        raise FilmError("copy-failed")
