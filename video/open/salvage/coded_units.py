"""Pictures of old cameras that say themselves where they begin: JPEG and DV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.model.units import ByteCount
from video.open.file_window import FileWindow

_JPEG = b"\xff\xd8\xff"
_JPEG_END = b"\xff\xd9"
_SCAN = 0xDA
#: bytes that are looked at in one go
_BLOCK: ByteCount = 2**16
#: of one JPEG picture
_LARGEST: ByteCount = 2**24
#: by the first block of a DV picture with 525 or 625 lines: the bytes of the whole (IEC 61834)
DV_SIZES = {b"\x1f\x07\x00\x3f": 120_000, b"\x1f\x07\x00\xbf": 144_000}
#: every so many bytes of DV a block says which kind it is: here of the second sequence's head
_DV_SEQUENCE = 12_000


@dataclass(frozen=True)
class Room:
    """What lies between pictures: a multiple of `each` bytes, and most often one of `usual`, the shortest first."""

    each: ByteCount = 1
    usual: tuple[ByteCount, ...] = ()


ANY_ROOM = Room()


class Units(Protocol):
    """What pictures are made of, found in a file."""

    def unit_at(self, place: ByteCount) -> ByteCount:
        """The bytes of the one that begins at a place; 0 when none does or it is not whole."""

    def begins(self, place: ByteCount) -> bool:
        """Whether the unit at a place begins a picture."""

    def goes_on(self, before: ByteCount | None, place: ByteCount) -> bool:
        """Whether a unit is what comes after the picture that began at `before`."""

    def resumes(self, place: ByteCount) -> bool:
        """Whether a row of pictures begins at a place, whatever is missing before it."""

    def next_start(self, place: ByteCount, room: Room = ANY_ROOM, before: ByteCount | None = None) -> ByteCount | None:
        """The next place where a picture begins behind such a room, after the picture that began at `before`."""


class _Signed:
    """Units that begin with a sign of their own, whatever lies before them."""

    signs: tuple[bytes, ...]

    def __init__(self, file: FileWindow, end: ByteCount) -> None:
        self._file, self._end = file, end

    def unit_at(self, place: ByteCount) -> ByteCount:
        raise NotImplementedError

    def begins(self, place: ByteCount) -> bool:
        return self.unit_at(place) > 0

    def goes_on(self, before: ByteCount | None, place: ByteCount) -> bool:
        return before is None or place > before

    def resumes(self, place: ByteCount) -> bool:
        return self.unit_at(place) > 0

    def next_start(self, place: ByteCount, room: Room = ANY_ROOM, before: ByteCount | None = None) -> ByteCount | None:
        del before  # they do not say after which one they come
        for length in room.usual:
            if self.unit_at(place + length):
                return place + length
        first = place
        place += 1
        while place < self._end:
            held = self._file.at(place, min(_BLOCK, self._end - place))
            at = 0
            while (at := _first(held, self.signs, at)) >= 0:
                if (place + at - first) % room.each == 0 and self.unit_at(place + at):
                    return place + at
                at += 1
            place += max(len(held) - 3, 1)
        return None


class JpegPictures(_Signed):
    """Whole JPEG pictures up to `end`, each a unit (ITU-T T.81, B.1)."""

    signs = (_JPEG,)

    def unit_at(self, place: ByteCount) -> ByteCount:
        if self._file.at(place, 3) != _JPEG:
            return 0
        held = self._file.at(place, min(_LARGEST, self._end - place))
        at = 2
        while at + 4 <= len(held) and held[at] == 0xFF:
            marker, length = held[at + 1], int.from_bytes(held[at + 2 : at + 4], "big")
            at += 2 + length
            if marker == _SCAN:
                end = held.find(_JPEG_END, at)
                return end + 2 if end >= 0 else 0
        return 0


class DvPictures(_Signed):
    """Whole DV pictures up to `end`, each a unit."""

    signs = tuple(DV_SIZES)

    def unit_at(self, place: ByteCount) -> ByteCount:
        size = DV_SIZES.get(self._file.at(place, 4), 0)
        if not size or place + size > self._end:
            return 0
        return size if self._file.at(place + _DV_SEQUENCE, 1) == b"\x1f" else 0


def _first(held: bytes, signs: tuple[bytes, ...], at: int) -> int:
    return min((found for sign in signs if (found := held.find(sign, at)) >= 0), default=-1)
