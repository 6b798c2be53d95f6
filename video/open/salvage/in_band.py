"""What a stream of H.264 or HEVC says of itself, where no other film tells how it is packed."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.model.units import ByteCount
from video.open.boxes import box
from video.open.file_window import FileWindow
from video.open.salvage.nal_units import LENGTH, START, NalUnits

#: bytes from a film's begin in which it must have said how it is packed
_LOOKED_AT: ByteCount = 64 * 2**20
#: units after the first parameter set in which the others are found
_MOST_UNITS = 200
#: bytes of an HEVC parameter set from its head to profile and level, and how many those are
_PROFILE = slice(3, 15)


@dataclass(frozen=True)
class OwnWords:
    """Codec (`h264`, `hevc`), its parameter sets, and the pictures per second that they tell, if any."""

    codec: str
    sets: tuple[bytes, ...]
    rate: Fraction | None

    @property
    def described(self) -> bytes:
        """A sample entry for them (ISO/IEC 14496-15)."""
        made, name, letters = (_avcc, b"avcC", b"avc1") if self.codec == "h264" else (_hvcc, b"hvcC", b"hvc1")
        head = bytes(6) + b"\0\1" + bytes(16) + bytes(4) + struct.pack(">III", 0x480000, 0x480000, 0) + b"\0\1"
        return box(letters, head, bytes(32), b"\0\x18\xff\xff", box(name, made(self.sets)))


def own_words(file: FileWindow, begin: ByteCount, end: ByteCount) -> OwnWords | None:
    """None when the stream says nothing of itself."""
    end = min(end, begin + _LOOKED_AT)
    for codec in ("h264", "hevc"):
        units = NalUnits(file, end, codec)
        sets, sample = _first_sets(units, begin)
        rate = _rate(codec, sets, sample) if sets else None
        if sets and rate is not None:
            return OwnWords(codec, sets, rate or None)
    return None


def _first_sets(units: NalUnits, begin: ByteCount) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The parameter sets of the first picture that has any, each once, and the units of the pictures from there on."""
    place: ByteCount | None = begin
    sets: dict[bytes, None] = {}
    sample: list[bytes] = []
    for _ in range(_MOST_UNITS):
        if place is None:
            break
        size = units.unit_at(place)
        if not size:
            place = units.next_start(place)
            continue
        unit = units.content(place, size)
        if units.is_set(unit):
            sets[unit] = None
        if sets:
            sample.append(unit)
        place += size
    return tuple(sets), tuple(sample)


def _rate(codec: str, sets: Sequence[bytes], sample: Sequence[bytes]) -> Fraction | None:
    """Pictures per second, 0 when they do not say; None when no picture comes out, so that these are no such units."""
    import av
    from av.error import FFmpegError

    decoder: Any = av.CodecContext.create(codec, "r")
    seen = False
    try:
        for packet in (*decoder.parse(b"".join(START + unit for unit in (*sets, *sample))), *decoder.parse(b""), None):
            seen = bool(decoder.decode(packet)) or seen
    except FFmpegError:
        pass  # the last one is perhaps not whole
    if not seen:
        return None
    return Fraction(decoder.framerate or 0)


def _avcc(sets: Sequence[bytes]) -> bytes:
    first = next(unit for unit in sets if unit[0] & 0x1F == 7)
    groups = [[unit for unit in sets if unit[0] & 0x1F == kind] for kind in (7, 8)]
    counts = (0xE0 | len(groups[0]), len(groups[1]))
    lists = [bytes([n]) + b"".join(map(_with_length, units)) for n, units in zip(counts, groups, strict=True)]
    return b"\1" + first[1:4] + bytes([0xFC | LENGTH - 1]) + b"".join(lists)


def _hvcc(sets: Sequence[bytes]) -> bytes:
    kinds = (32, 33, 34)
    first = next(unit for unit in sets if unit[0] >> 1 == kinds[1])
    lists = []
    for kind in kinds:
        units = [unit for unit in sets if unit[0] >> 1 == kind]
        lists.append(bytes([0x80 | kind]) + struct.pack(">H", len(units)) + b"".join(map(_with_length, units)))
    head = b"\1" + first[_PROFILE] + b"\xf0\0\xfc\xfd\xf8\xf8" + bytes(2) + bytes([0x0C | LENGTH - 1, len(kinds)])
    return head + b"".join(lists)


def _with_length(unit: bytes) -> bytes:
    return struct.pack(">H", len(unit)) + unit
