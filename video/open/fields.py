"""Pictures of H.264 that are stored field by field, each field with a packet and a time of its own (some AVCHD).

Two fields are one picture. Which packets begin with the second field of a picture is read from the heads of their
slices (ITU-T H.264 7.3.2.1, 7.3.2.2, 7.3.3): a second field has the number of the first one and the other parity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.model.units import ByteCount
from video.open.bits import Bits
from video.open.h264_sequence import Sequence, sequence_of

CODEC = "h264"
#: kinds of units: slices of a picture, their first parts, slices of a keyframe, and a sequence parameter set
_SLICES, _SEQUENCE = frozenset([1, 2, 5]), 7
#: set where a slice begins with the first macroblock
_FIRST_SLICE = 0x80
_BOTTOM = 2
#: bytes in which the part of a slice's head lies that is read here, and a whole sequence parameter set
_SLICE_HEAD: ByteCount = 32
_LONGEST_SEQUENCE: ByteCount = 1024


@dataclass(frozen=True, slots=True)
class _Field:
    number: int
    is_bottom: bool


class Fields:
    """Told of every packet in the order of decoding; `extradata` is the stream's, in which parameter sets may be."""

    def __init__(self, extradata: bytes | None) -> None:
        self._sequence: Sequence | None = None
        self._open: _Field | None = None  # a first field whose second one has not come
        head = extradata or b""
        self._size_bytes = size_bytes(head)
        if self._size_bytes:
            length = int.from_bytes(head[6:8])
            self._read_sequence(head[8 : 8 + length])
        else:
            for unit in units(memoryview(head), 0):
                if unit[:1] and unit[0] & 31 == _SEQUENCE:
                    self._read_sequence(bytes(unit[:_LONGEST_SEQUENCE]))

    def begins_with_second(self, content: memoryview) -> bool:
        """Whether a packet's first slice is of the second field of a picture that an earlier packet began."""
        second: bool | None = None
        for unit in units(content, self._size_bytes):
            kind = unit[0] & 31 if len(unit) > 1 else 0
            if kind == _SEQUENCE:
                self._read_sequence(bytes(unit[:_LONGEST_SEQUENCE]))
            elif kind in _SLICES and unit[1] & _FIRST_SLICE:
                found = self._begun(self._field_of(unit))
                second = found if second is None else second
                if self._open is None and not found:
                    break  # a whole picture: nothing else is in a packet with it
        return bool(second)

    def _field_of(self, unit: memoryview) -> _Field | None:
        """The field whose first slice this is; None for that of a whole picture, and for a damaged one."""
        if self._sequence is None or not self._sequence.has_fields:
            return None
        bits = Bits(bytes(unit[1:_SLICE_HEAD]))
        try:
            for _ in range(3):  # the macroblock, the kind, the parameter set
                bits.golomb()
            number, field = self._sequence.number_in(bits)
        except ValueError:
            return None
        return _Field(number, is_bottom=field == _BOTTOM) if field else None

    def _begun(self, field: _Field | None) -> bool:
        """A whole picture or a field begins: whether it completes the one before."""
        waits, self._open = self._open, field
        if field is None or waits is None:
            return False
        second = waits.number == field.number and waits.is_bottom != field.is_bottom
        if second:
            self._open = None
        return second

    def _read_sequence(self, unit: bytes) -> None:
        try:
            self._sequence = sequence_of(unit)
        except ValueError:
            return  # damaged: what was known before stays


def size_bytes(extradata: bytes | None) -> ByteCount:
    """Bytes of each unit's length in a stream of H.264; 0 for a byte stream with start codes."""
    head = extradata or b""
    return (head[4] & 3) + 1 if head[:1] == b"\1" and len(head) > 7 else 0


def units(content: memoryview, size_bytes: ByteCount) -> Iterator[memoryview]:
    """The units of a packet; see `size_bytes`."""
    return _sized(content, size_bytes) if size_bytes else _byte_stream(content)


def _byte_stream(content: memoryview) -> Iterator[memoryview]:
    """The units between start codes (Annex B)."""
    whole = bytes(content)
    at = whole.find(b"\0\0\1")
    while at >= 0:
        after = whole.find(b"\0\0\1", at + 3)
        yield memoryview(whole)[at + 3 : after if after >= 0 else len(whole)]
        at = after


def _sized(content: memoryview, size_bytes: int) -> Iterator[memoryview]:
    """The units of a packet that tells the length of each."""
    at = 0
    while at + size_bytes < len(content):
        length = int.from_bytes(content[at : at + size_bytes])
        yield content[at + size_bytes : at + size_bytes + length]
        at += size_bytes + length
