"""What a sequence parameter set of H.264 says (ITU-T H.264 7.3.2.1.1), and what of a slice is read by it (7.3.3)."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.units import ItemPlace
from video.open.bits import Bits

#: profiles whose sets tell of color and scaling
_HIGH = frozenset([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135])


@dataclass(frozen=True, slots=True)
class Sequence:
    """What is needed to read the head of a slice.

    `has_fields`: pictures may be fields. `number_bits` and `order_bits` are those of a picture's number and of its
    place on the screen; the latter 0 where that is told in another way. `has_gaps`: numbers may be left out.
    """

    place: ItemPlace
    has_fields: bool
    number_bits: int
    order_bits: int
    has_gaps: bool
    separate_colors: bool

    def number_in(self, bits: Bits) -> tuple[int, int]:
        """The number of a slice's picture, and 0 where it is whole, 1 for its top and 2 for its bottom field.

        `bits` stand in the slice's head, behind the place of its parameter set. Raises ValueError for a damaged one.
        """
        if self.separate_colors:
            bits.take(2)
        number = bits.take(self.number_bits)
        return number, 1 + bits.take(1) if self.has_fields and bits.take(1) else 0


def sequence_of(unit: bytes) -> Sequence:
    """Raises ValueError for a damaged unit."""
    bits = Bits(unit[1:])
    profile = bits.take(8)
    bits.take(16)  # constraints and level
    place = bits.golomb()
    separate = False
    if profile in _HIGH:
        colors = bits.golomb()
        separate = colors == 3 and bool(bits.take(1))
        bits.golomb()
        bits.golomb()
        bits.take(1)
        if bits.take(1):
            for number in range(12 if colors == 3 else 8):
                if bits.take(1):
                    _skip_scaling(bits, 16 if number < 6 else 64)
    number_bits, order_bits = bits.golomb() + 4, 0
    order = bits.golomb()
    if order == 0:
        order_bits = bits.golomb() + 4
    elif order == 1:
        bits.take(1)
        bits.golomb()
        bits.golomb()
        for _ in range(bits.golomb()):
            bits.golomb()
    bits.golomb()  # max_num_ref_frames
    has_gaps = bool(bits.take(1))
    bits.golomb()  # width and height
    bits.golomb()
    return Sequence(place, not bits.take(1), number_bits, order_bits, has_gaps, separate)


def _skip_scaling(bits: Bits, size: int) -> None:
    """scaling_list (7.3.2.1.1.1)."""
    last = after = 8
    for _ in range(size):
        if after:
            coded = bits.golomb()
            after = (last + (-(coded // 2) if coded % 2 == 0 else (coded + 1) // 2)) % 256
        last = after or last
