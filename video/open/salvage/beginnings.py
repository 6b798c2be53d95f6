"""Where a film could begin whose first bytes are lost: containers that may be entered at any place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from app.model.units import ByteCount, Position
from app.ports.file_part import Stretch
from video.open.file_window import FileWindow
from video.open.mpeg_streams import PACK, PACKET, PACKETS, SYNC
from video.open.salvage.coded_units import DV_SIZES, DvPictures
from video.open.salvage.walk import walk

#: bytes from the first that is not zero in which a beginning is looked for
_LOOKED_AT: ByteCount = 8 * 2**20
#: packets of a transport stream that must follow each other
_IN_A_ROW = 5
#: bytes of a disk that are written or lost as one
_SECTOR: ByteCount = 512
_SEQUENCE = b"\0\0\1\xb3"


@dataclass(frozen=True)
class Entered:
    """Stretches of a file that are a film, and the first picture before which there is room for another, if any."""

    pieces: tuple[Stretch, ...]
    lost_before: Position | None = None


def entered(file: BinaryIO, alive: Callable[[], None]) -> Iterator[Entered]:
    """The most likely first: a transport stream's packets, a program stream's pack, DV pictures.

    `alive` is called while they are looked for.
    """
    window = FileWindow(file)
    for begin in _beginnings(window):
        if window.at(begin, 4) in DV_SIZES:
            yield _dv(window, begin, alive)
        else:
            yield Entered(((begin, window.size),))


def _dv(window: FileWindow, begin: ByteCount, alive: Callable[[], None]) -> Entered:
    """DV pictures hold their sound, and each says what it is: what an AVI has between them is left out."""
    runs = walk(DvPictures(window, window.size), None, begin, window.size, lambda _: alive()).pictures
    before, lost = 0, None
    for one, after in pairwise(runs):
        before += len(one.sizes)
        if lost is None and after.begin - one.end >= one.sizes[-1]:
            lost = before
    return Entered(tuple((run.begin, run.end) for run in runs), lost)


def _beginnings(window: FileWindow) -> Iterator[ByteCount]:
    first = max(window.written_begin() - len(PACK), 0)  # a start code begins with zeros itself
    held = window.at(first, _LOOKED_AT)
    places = [_packets(held, length, lead) for length, lead in PACKETS]
    # of a program stream the pack in which pictures say how they are coded, so that the first one can be decoded
    places += [
        held.rfind(PACK, 0, max(held.find(_SEQUENCE), 0)),
        held.find(PACK),
        *(held.find(sign) for sign in DV_SIZES),
    ]
    yield from (first + place for place in places if place is not None and place >= 0)


def begins_later(file: BinaryIO) -> bool:
    """Whether a file begins with nothing, and a film could begin behind that."""
    window = FileWindow(file)
    return window.written_begin() >= _SECTOR and next(_beginnings(window), None) is not None


def _packets(held: bytes, length: ByteCount, lead: ByteCount) -> ByteCount | None:
    """The first place from which on a sync byte stands at the begin of every packet."""
    at = held.find(SYNC)
    while 0 <= at < len(held) - length * _IN_A_ROW:
        if all(held[at + n * length] == SYNC for n in range(_IN_A_ROW)):
            return at - lead if at >= lead else at + PACKET
        at = held.find(SYNC, at + 1)
    return None
