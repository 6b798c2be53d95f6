"""H.264 and HEVC as they lie in MP4: every NAL unit behind its length (ISO/IEC 14496-15, ITU-T H.264 7.3, H.265 7.3).

Nothing marks where one begins. What does is that a length leads to another length; that the unit's head is one that its
codec knows; and that three bytes of a unit are never 0 0 0, 0 0 1 or 0 0 2, while most lengths begin so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from app.model.units import ByteCount
from video.open.file_window import FileWindow

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
#: a unit that is looked for and not expected must be at least so long, or be followed by another
_ALONE: ByteCount = 10
#: of H.264: the highest slice type and picture parameter set
_SLICE_TYPES, _PICTURE_SETS = 9, 255


class NalUnits:
    """Units of one codec (`h264` or `hevc`) in a file, up to `end`."""

    def __init__(self, file: FileWindow, end: ByteCount, codec: str, largest: ByteCount = LARGEST) -> None:
        self._file, self._end, self.codec = file, end, codec
        self._largest = min(max(largest, 2**16), LARGEST)
        self._slices, self._keys, self._sets, self._first = _KINDS[codec]
        self._known = _KNOWN[codec]

    def unit_at(self, place: ByteCount) -> ByteCount:
        """The bytes of the unit at a place with its length; 0 when there is none or it is not whole."""
        length = int.from_bytes(self._file.at(place, LENGTH), "big")
        if not 2 <= length <= self._largest or place + LENGTH + length > self._end:
            return 0
        head = self._file.at(place + LENGTH, 2)
        if self._kind(head) not in self._known or not self._head_is_right(head):
            return 0
        return LENGTH + length if self._is_clean(place + LENGTH, length) else 0

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

    def next_start(self, place: ByteCount, each: ByteCount = 1) -> ByteCount | None:
        """The next place from `place` on where a picture can begin, behind a whole number of `each` bytes."""
        first = place
        place += 1
        while place + LENGTH + 2 <= self._end:
            held = self._file.at(place, min(_BLOCK, self._end - place))
            for at in self._candidates(held):
                if (place + int(at) - first) % each == 0 and self._begins_picture(place + int(at)):
                    return place + int(at)
            place += max(len(held) - LENGTH - 1, 1)
        return None

    def _begins_picture(self, place: ByteCount) -> bool:
        size = self.unit_at(place)
        if not size:
            return False
        head = self._file.at(place + LENGTH, 8)
        if self._kind(head) not in self._first or (self.is_slice(head) and not self._first_slice(head)):
            return False
        following = self.unit_at(place + size)
        return following > 0 or (self.is_slice(head) and size >= _ALONE)

    def _first_slice(self, head: bytes) -> bool:
        """Whether a slice begins at the picture's first block, and is of a kind that there is."""
        if self.codec == "hevc":
            return len(head) > 2 and bool(head[2] & 0x80)
        bits = _Bits(head[1:])
        return bits.number() == 0 and bits.number() <= _SLICE_TYPES and bits.number() <= _PICTURE_SETS

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
        return head[0] & 0x1F if self.codec == "h264" else head[0] >> 1 & 0x3F

    def _head_is_right(self, head: bytes) -> bool:
        if head[0] & 0x80:
            return False
        return self.codec == "h264" or (not head[0] & 1 and head[1] >> 3 == 0 and head[1] & 7 > 0)


class _Bits:
    """Numbers in the way in which short ones are written with few bits (H.264 9.1)."""

    def __init__(self, content: bytes) -> None:
        self._bits = "".join(f"{byte:08b}" for byte in content)
        self._at = 0

    def number(self) -> int:
        """The next one; more than any when the bits are at their end."""
        zeros = self._bits.find("1", self._at) - self._at
        end = self._at + 2 * zeros + 1
        if zeros < 0 or end > len(self._bits):
            return LARGEST
        value = int(self._bits[self._at + zeros : end], 2) - 1
        self._at = end
        return value


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
