"""H.264 and HEVC as they lie in MP4: every NAL unit behind its length (ISO/IEC 14496-15, ITU-T H.264 7.3, H.265 7.3).

Nothing marks where one begins. What does is that a length leads to another length; that the unit's head is one that its
codec knows; and that three bytes of a unit are never 0 0 0, 0 0 1 or 0 0 2, while most lengths begin so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from app.model.units import ByteCount
from video.open.fields import units
from video.open.file_window import FileWindow
from video.open.salvage.coded_units import ANY_ROOM, Room
from video.open.salvage.slice_heads import HEAD, SliceHead, SliceHeads

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: bytes before a unit that say how long it is
LENGTH: ByteCount = 4
START = b"\0\0\0\1"
#: no unit of a camera is larger
LARGEST: ByteCount = 2**24 - 1
_FORBIDDEN = (b"\0\0\0", b"\0\0\1", b"\0\0\2")
#: of unit kinds: slices; those that are decoded without others; parameter sets; what may begin a picture
_KINDS = {
    "h264": (frozenset({1, 2, 3, 4, 5}), frozenset({5}), frozenset({7, 8}), frozenset({1, 5, 6, 7, 9})),
    "hevc": (
        frozenset(range(22)), frozenset(range(16, 24)), frozenset({32, 33, 34}), frozenset({*range(22), 32, 35, 39}),
    ),
}  # fmt: skip
_KNOWN = {"h264": frozenset(range(1, 21)), "hevc": frozenset({*range(22), *range(32, 41)})}
#: of H.264: information beside pictures (SEI), and the kind that says that decoding may begin here
_BESIDE, _RECOVERY = 6, 6
#: bytes that are looked at in one go
_BLOCK: ByteCount = 2**16
#: units beside a picture's slices that lead to them, at most, and of each codec those that end a picture
_MOST_BESIDE = 30
_ENDS = {"h264": frozenset({10, 11, 12}), "hevc": frozenset({36, 37, 38, 40})}
#: bytes of one that ends a picture and is no filling, at most
_END: ByteCount = 2**8
#: before the film has said how it is packed: a slice without a unit behind it is at least so long
_ALONE: ByteCount = 10
#: places of which is kept what is there
_KEPT = 2**10
#: a second of sound is hardly longer than that
_NEAR: ByteCount = 2**20
#: pictures that must follow each other where they do not go on from those before
_IN_A_ROW = 3


class NalUnits:
    """Units of one codec (`h264` or `hevc`) in a file, up to `end`."""

    def __init__(
        self,
        file: FileWindow,
        end: ByteCount,
        codec: str,
        heads: SliceHeads | None = None,
        largest: ByteCount = LARGEST,
    ) -> None:
        """Without `heads`, before the film has said how it is packed, every slice is one that could be."""
        self._file, self._end, self.codec, self.heads = file, end, codec, heads
        self._largest = min(max(largest, 2**16), LARGEST)
        self._slices, self._keys, self._sets, self._first = _KINDS[codec]
        self._known, self._ends = _KNOWN[codec], _ENDS[codec]
        self._unit: Callable[[ByteCount], ByteCount] = lru_cache(_KEPT)(self._read_unit)
        self._lead: Callable[[ByteCount], ByteCount | None] = lru_cache(_KEPT)(self._read_lead)

    def unit_at(self, place: ByteCount) -> ByteCount:
        """The bytes of the unit at a place with its length; 0 when there is none or it is not whole.

        What is no slice itself must lead to one, or end a picture.
        """
        size = self._unit(place)
        if not size or self.heads is None or self._lead(place) is not None:
            return size
        content = self.content(place, min(size, _END))
        if self._kind(content) not in self._ends:
            return 0
        filling = content[1:].rstrip(b"\x80").strip(b"\xff") == b""
        return size if filling or size < _END else 0

    def _read_unit(self, place: ByteCount) -> ByteCount:
        """As `unit_at`, by its own bytes."""
        length = int.from_bytes(self._file.at(place, LENGTH), "big")
        if not 2 <= length <= self._largest or place + LENGTH + length > self._end:
            return 0
        head = self._file.at(place + LENGTH, min(length, HEAD))
        if self._kind(head) not in self._known or not self._head_is_right(head):
            return 0
        if self.heads is not None and self.is_slice(head) and self.heads.head_of(head) is None:
            return 0
        return LENGTH + length if self._is_clean(place + LENGTH, length) else 0

    def _read_lead(self, place: ByteCount) -> ByteCount | None:
        """The slice that is at a place, or to which the units from there on lead."""
        for _ in range(_MOST_BESIDE):
            head = self._file.at(place + LENGTH, 2)
            size = self._unit(place)
            if not size or self._kind(head) in self._ends:
                return None
            if self.is_slice(head):
                return place
            place += size
        return None

    def head_at(self, place: ByteCount) -> SliceHead | None:
        """Of the slice at a place, or to which the units there lead; None where there is none, or none can be read."""
        slice_at = None if self.heads is None else self._lead(place)
        if slice_at is None or self.heads is None:
            return None
        return self.heads.head_of(self._file.at(slice_at + LENGTH, HEAD))

    def goes_on(self, before: ByteCount | None, place: ByteCount) -> bool:
        """Whether the unit at a place is what comes after the last picture, or its slice, that began at `before`."""
        if self.heads is None or before is None or self._lead(before) == self._lead(place):
            return True
        old, new = self.head_at(before), self.head_at(place)
        return old is None or new is None or self.heads.goes_on(old, new)

    def begins(self, place: ByteCount) -> bool:
        """Whether the unit at a place is the first slice of a picture, or leads to it."""
        head = self.head_at(place)
        return head is not None and head.is_first

    def _is_clean(self, place: ByteCount, length: ByteCount) -> bool:
        """Whether no three bytes stand in it that cannot; what is none shows that early, so little is read of it."""
        for begin in range(0, length, _BLOCK):
            held = self._file.at(place + begin, min(_BLOCK + 2, length - begin))
            if begin + _BLOCK + 2 >= length:
                held = held.rstrip(b"\0")  # a camera's filling
            if not held or any(three in held for three in _FORBIDDEN):
                return False
        return True

    def content(self, place: ByteCount, size: ByteCount) -> bytes:
        """A unit without its length."""
        return self._file.at(place + LENGTH, size - LENGTH)

    def is_key(self, unit: bytes) -> bool:
        """Whether decoding may begin with the picture that it belongs to."""
        kind = self._kind(unit)
        return kind in self._keys or (self.codec == "h264" and kind == _BESIDE and unit[1:2] == bytes([_RECOVERY]))

    def is_set(self, unit: bytes) -> bool:
        """Whether it says how pictures are packed."""
        return self._kind(unit) in self._sets

    def is_slice(self, unit: bytes) -> bool:
        return self._kind(unit) in self._slices

    def next_start(self, place: ByteCount, room: Room = ANY_ROOM, before: ByteCount | None = None) -> ByteCount | None:
        """The next place from `place` on where a picture begins, behind a room that is none.

        Such a picture goes on from the one that began at `before`, and another goes on from it. One that does not go on
        begins a row of pictures that do: something is missing before it.
        """
        for length in room.usual:
            if self._begins_picture(place + length) and self.goes_on(before, place + length):
                return place + length
        for at in self._starts(place + 1, self._end):
            expected = (at - place) % room.each == 0 and self.goes_on(before, at)
            if self._is_followed(at, 1 if expected else _IN_A_ROW, room):
                return at
        return None

    def resumes(self, place: ByteCount) -> bool:
        """Whether a row of pictures begins at a place, whatever is missing before it."""
        return self._begins_picture(place) and self._is_followed(place, _IN_A_ROW, ANY_ROOM)

    def _starts(self, place: ByteCount, end: ByteCount) -> Iterator[ByteCount]:
        """Places where a picture could begin."""
        while place + LENGTH + 2 <= end:
            held = self._file.at(place, min(_BLOCK, end - place))
            for at in self._candidates(held):
                if self._begins_picture(place + int(at)):
                    yield place + int(at)
            place += max(len(held) - LENGTH - 1, 1)

    def _is_followed(self, place: ByteCount, times: int, room: Room) -> bool:
        """Whether so many pictures go on from the one at a place."""
        if self.heads is None:
            return True
        for _ in range(times):
            after = self._follower(place, room)
            if after is None:
                return False
            place = after
        return True

    def _follower(self, place: ByteCount, room: Room) -> ByteCount | None:
        """The picture that goes on from the one at a place, near behind it."""
        end = place
        first = self._lead(place)
        while (size := self.unit_at(end)) and (not self.begins(end) or self._lead(end) == first):
            end += size
        places = [end, *(end + length for length in room.usual)]
        near = (at for at in places if self._begins_picture(at) and self.goes_on(place, at))
        found = next(near, None)
        if found is not None:
            return found
        return next((at for at in self._starts(end, min(end + _NEAR, self._end)) if self.goes_on(place, at)), None)

    def _begins_picture(self, place: ByteCount) -> bool:
        head = self._file.at(place + LENGTH, 8)
        if len(head) < 2 or self._kind(head) not in self._first:
            return False
        if self.is_slice(head) and not self._first_slice(head):
            return False
        size = self._unit(place)
        if self.heads is None:
            return size > 0 and (self._unit(place + size) > 0 or (self.is_slice(head) and size >= _ALONE))
        return size > 0 and self.begins(place)

    def _first_slice(self, head: bytes) -> bool:
        """Whether a slice begins at the picture's first block."""
        if self.codec == "hevc":
            return len(head) > 2 and bool(head[2] & 0x80)
        return len(head) > 1 and bool(head[1] & 0x80)

    def _candidates(self, held: bytes) -> NDArray[np.int64]:
        """Places in a window where a length and a unit's head could stand."""
        import numpy as np

        raw = np.frombuffer(held, np.uint8)
        if len(raw) < LENGTH + 2:
            return np.zeros(0, np.int64)
        fits = raw[: -LENGTH - 1] == 0  # no unit of 16 MiB and more
        head = raw[LENGTH:-1]
        fits &= head < 0x80
        first = np.zeros(64, bool)
        first[list(self._first)] = True
        fits &= first[self._kinds(head)]
        return np.flatnonzero(fits).astype(np.int64)

    def _kinds(self, heads: NDArray[np.uint8]) -> NDArray[Any]:
        return heads & 0x1F if self.codec == "h264" else heads >> 1 & 0x3F

    def _kind(self, head: bytes) -> int:
        return _kind_of(self.codec, head[0])

    def _head_is_right(self, head: bytes) -> bool:
        if head[0] & 0x80:
            return False
        return self.codec == "h264" or (not head[0] & 1 and head[1] >> 3 == 0 and head[1] & 7 > 0)


def parameter_sets(description: bytes, codec: str) -> tuple[bytes, ...]:
    """The units that an `avcC` or `hvcC` box holds. Nothing for one that cannot be read."""
    return tuple(_of_avcc(description) if codec == "h264" else _of_hvcc(description))


def _of_avcc(told: bytes) -> Iterator[bytes]:
    at = 5
    for mask in (0x1F, 0xFF):
        count = told[at] & mask if at < len(told) else 0
        at += 1
        for _ in range(count):
            length = int.from_bytes(told[at : at + 2], "big")
            yield told[at + 2 : at + 2 + length]
            at += 2 + length


def _of_hvcc(told: bytes) -> Iterator[bytes]:
    at = 23
    for _ in range(told[22] if len(told) > 22 else 0):
        count = int.from_bytes(told[at + 1 : at + 3], "big")
        at += 3
        for _ in range(count if at < len(told) else 0):
            length = int.from_bytes(told[at : at + 2], "big")
            yield told[at + 2 : at + 2 + length]
            at += 2 + length


def first_slice(sample: bytes, codec: str) -> bytes:
    """The begin of a picture's first slice, where the picture is units behind their lengths; empty when it has none."""
    slices = _KINDS[codec][0]
    found = (unit for unit in units(memoryview(sample), LENGTH) if len(unit) > 1 and _kind_of(codec, unit[0]) in slices)
    return bytes(next(found, memoryview(b""))[:HEAD])


def _kind_of(codec: str, head: int) -> int:
    """The kind that the first byte of a unit tells."""
    return head & 0x1F if codec == "h264" else head >> 1 & 0x3F
