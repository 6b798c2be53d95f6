"""Heads of slices: whether what looks like a picture is one, and whether it is the one that comes next.

H.264 counts its pictures (`frame_num`), and both it and HEVC say of each where it belongs on the screen (picture order
count): ITU-T H.264 7.3.2.2, 7.3.3 and 7.4.3, H.265 7.3.1.2, 7.3.2.2, 7.3.2.3 and 7.3.6.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from app.model.units import ByteCount, ItemPlace
from video.open import h264_sequence
from video.open.bits import Bits

#: bytes of a unit in which the part of a slice's head lies that is read here
HEAD: ByteCount = 32
#: of H.264: the highest slice type, and the types of which the picture needs no other; the highest number of an IDR
_SLICE_TYPES, _INTRA, _IDR_NUMBERS = 9, (2, 4, 7, 9), 65535
#: of HEVC: pictures from which decoding may begin, those that begin a new count, kinds that are never written
_IRAP, _IDR, _RESERVED = range(16, 24), (19, 20), (*range(10, 16), *range(22, 32))
_HEVC_INTRA, _HEVC_TYPES = 2, 2
#: and those, besides, on which others lean and by which places on the screen are counted
_LEANED_ON = (1, 3, 5)
#: so far from each other on the screen are two pictures at most that follow each other in the file
_FURTHEST = 32
#: and so many pictures can be kept until they are shown (H.264 A.3.1, H.265 A.4.2)
_MOST_HELD = 16


@dataclass(frozen=True, slots=True)
class SliceHead:
    """`is_first`: it begins a picture; `restarts`: the counts begin anew with it; `is_leaned_on`: others need it.

    `number` is the picture's own and `order` its place on the screen, both as far as their bits go; -1 where there is
    none. `field` is 0 for a whole picture, 1 for a top and 2 for a bottom field.
    """

    is_first: bool
    restarts: bool = False
    is_leaned_on: bool = True
    number: int = -1
    order: int = -1
    field: int = 0


class SliceHeads(Protocol):
    """Reads the heads of one film's slices. `orders` is how many places on the screen can be told; 0 for none."""

    orders: int

    def head_of(self, unit: bytes) -> SliceHead | None:
        """Of a unit's first `HEAD` bytes; None where no slice of this film begins so."""

    def goes_on(self, before: SliceHead, after: SliceHead) -> bool:
        """Whether `after` comes next in the file: the same picture's next slice, or the next picture's first."""


def slice_heads(codec: str, sets: Sequence[bytes], example: Sequence[bytes] = ()) -> SliceHeads:
    """For `h264` or `hevc`, with the film's parameter sets; those that are damaged are left out.

    `example` are the first slices of a whole film's first pictures: what this camera does not keep to is not asked for.
    """
    made = _H264 if codec == "h264" else _Hevc
    reader = made(sets)
    heads = [head for unit in example if (head := reader.head_of(unit)) is not None]
    counted = all(reader.goes_on(a, b) for a, b in pairwise(heads))
    ordered = next(iter(_holes_on_screen(heads, reader.orders)), None) is None
    return made(sets, counts=counted, orders=ordered)


class _H264:
    def __init__(self, sets: Iterable[bytes], *, counts: bool = True, orders: bool = True) -> None:
        sequences: dict[int, h264_sequence.Sequence] = {}
        self._pictures: dict[int, h264_sequence.Sequence] = {}
        for unit in sorted(sets, key=lambda unit: unit[0] & 0x1F):  # a sequence's before those of its pictures
            try:
                if unit[0] & 0x1F == 7:
                    sequence = h264_sequence.sequence_of(unit)
                    sequences[sequence.place] = sequence
                else:
                    bits = Bits(unit[1:])
                    self._pictures[bits.golomb()] = sequences[bits.golomb()]
            except (ValueError, KeyError):
                continue
        told = list(self._pictures.values())
        self._numbers = 1 << told[0].number_bits if counts and told and not any(s.has_gaps for s in told) else 0
        self.orders = 1 << told[0].order_bits if orders and told and told[0].order_bits else 0

    def head_of(self, unit: bytes) -> SliceHead | None:
        kind, needed = unit[0] & 0x1F, bool(unit[0] & 0x60)
        restarts = kind == 5
        if kind not in (1, 5) or (restarts and not needed):
            return None
        bits = Bits(unit[1:HEAD])
        try:
            first, what, set_place = bits.golomb() == 0, bits.golomb(), bits.golomb()
            sequence = self._pictures.get(set_place)
            if sequence is None or what > _SLICE_TYPES or (restarts and what not in _INTRA):
                return None
            number, field = sequence.number_in(bits)
            if restarts and (number != 0 or bits.golomb() > _IDR_NUMBERS):
                return None
            order = bits.take(sequence.order_bits) if sequence.order_bits else -1
        except ValueError:
            return None
        return SliceHead(first, restarts, needed, number, order, field)

    def goes_on(self, before: SliceHead, after: SliceHead) -> bool:
        second_field = before.field and after.field and before.field != after.field and before.number == after.number
        if not after.is_first or second_field:
            return before.number == after.number or not self._numbers
        if after.restarts or not self._numbers:
            return True
        return after.number == (before.number + before.is_leaned_on) % self._numbers


class _Hevc:
    def __init__(self, sets: Iterable[bytes], *, counts: bool = True, orders: bool = True) -> None:
        sequences: dict[int, tuple[int, bool]] = {}
        self._pictures: dict[int, tuple[int, bool, int, bool]] = {}
        for unit in sorted(sets, key=lambda unit: unit[0] >> 1):
            bits = Bits(unit[2:])
            try:
                if unit[0] >> 1 == 33:
                    place, told = _hevc_sequence(bits)
                    sequences[place] = told
                elif unit[0] >> 1 == 34:
                    place, sequence = bits.golomb(), sequences[bits.golomb()]
                    bits.take(1)  # dependent_slice_segments_enabled_flag
                    has_output, more = bool(bits.take(1)), bits.take(3)
                    self._pictures[place] = (*sequence, more, has_output)
            except (ValueError, KeyError):
                continue
        self.orders = 1 << next(iter(self._pictures.values()))[0] if orders and self._pictures else 0
        self._counts = counts

    def head_of(self, unit: bytes) -> SliceHead | None:
        kind = unit[0] >> 1
        if kind in _RESERVED or kind > 31 or (kind in _IRAP and unit[1] & 7 != 1):
            return None
        bits = Bits(unit[2:HEAD])
        try:
            first = bool(bits.take(1))
            if kind in _IRAP:
                bits.take(1)
            told = self._pictures.get(bits.golomb())
            if told is None or not first:
                return None if told is None else SliceHead(False)
            order_bits, separate, more, has_output = told
            bits.take(more)
            what = bits.golomb()
            if what > _HEVC_TYPES or (kind in _IRAP and what != _HEVC_INTRA):
                return None
            bits.take(has_output + 2 * separate)
            order = 0 if kind in _IDR else bits.take(order_bits)
        except ValueError:
            return None
        return SliceHead(True, kind in _IDR, kind in _IRAP or kind in _LEANED_ON, order=order)

    def goes_on(self, before: SliceHead, after: SliceHead) -> bool:
        if not after.is_first or after.restarts or not self._counts or self.orders < 4 * _FURTHEST:
            return True
        apart = (after.order - before.order) % self.orders
        return 0 < min(apart, self.orders - apart) <= _FURTHEST


def _hevc_sequence(bits: Bits) -> tuple[int, tuple[int, bool]]:
    """Its place, bits of a picture's place on the screen, and whether colors are coded apart."""
    bits.take(4)
    layers = bits.take(3)
    bits.take(1 + 88 + 8)  # profile, tier and level
    present = [(bits.take(1), bits.take(1)) for _ in range(layers)]
    bits.take(2 * (8 - layers) if layers else 0)
    for profile, level in present:
        bits.take(88 * profile + 8 * level)
    place, colors = bits.golomb(), bits.golomb()
    separate = colors == 3 and bool(bits.take(1))
    bits.golomb()  # width and height
    bits.golomb()
    if bits.take(1):
        for _ in range(4):
            bits.golomb()
    bits.golomb()  # bits of brightness and color
    bits.golomb()
    return place, (bits.golomb() + 4, separate)


def breaks(heads: Sequence[SliceHead], reader: SliceHeads) -> list[ItemPlace]:
    """The pictures before which one is missing or is too many, by the heads of each one's first slice."""
    found = {n for n in range(1, len(heads)) if not reader.goes_on(heads[n - 1], heads[n])}
    return sorted(found | set(_holes_on_screen(heads, reader.orders)))


def _holes_on_screen(heads: Sequence[SliceHead], orders: int) -> Iterable[ItemPlace]:
    """Pictures behind a place on the screen that no picture has, or that two have."""
    if not orders or any(head.field for head in heads):
        return
    begin = 0
    for end in [*(n for n, head in enumerate(heads) if head.restarts and n), len(heads)]:
        places = _on_screen(heads[begin:end], orders)
        shown = sorted(range(len(places)), key=lambda n: places[n])
        apart = [places[b] - places[a] for a, b in pairwise(shown)]
        step = min((a for a in apart if a), default=1)
        last = 0 if end < len(heads) else _held_back(places)  # what was cut off may belong between the last ones
        for a, b in list(zip(apart, shown[1:], strict=True))[: len(apart) - last or None]:
            if a != step:
                yield begin + b
        begin = end


def _on_screen(heads: Sequence[SliceHead], orders: int) -> list[int]:
    """Places whose upper bits are those nearest to the last picture that others lean on (H.264 8.2.1, H.265 8.3.1)."""
    places, last = list[int](), heads[0].order if heads else 0
    for head in heads:
        apart = (head.order - last) % orders
        place = last + (apart - orders if apart >= orders // 2 else apart)
        places.append(place)
        last = place if head.is_leaned_on else last
    return places


def _held_back(places: Sequence[int]) -> int:
    """How many pictures later than others that follow it on the screen one is decoded, at most."""
    shown = {n: at for at, n in enumerate(sorted(range(len(places)), key=lambda n: places[n]))}
    return min(max((n - at for n, at in shown.items()), default=0), _MOST_HELD)
