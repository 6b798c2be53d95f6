"""Where the cameras' pictures lie in a picture that leaves: one alone, two beside each other, or one within the other.

As on the second screen. Every picture begins at a block of the encoder and has a black one between it and the other, so
that a cover in one of them is shielded from both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.model.cover import Box
from app.model.feedback import WITHIN_SHARE, Sight
from app.model.units import Pixels
from video.covering.picture import BLOCK, Area, area_of, blocks_of, outside

#: the widest picture of two cameras: decoders in computers and televisions go so far (ITU-T H.264, level 5.1)
WIDEST: Pixels = 4_096


@dataclass(frozen=True)
class Layout:
    """Width and height of the whole, the areas of both pictures, and how far what covers them may reach.

    `frame` is the black that a picture lies on within the other one; nothing of that other one is seen there.
    """

    size: tuple[Pixels, Pixels]
    first: Area
    second: Area | None = None
    reaches: tuple[Area, ...] = ()
    frame: Area | None = None

    def covers(self, boxes: Sequence[Iterable[Box]]) -> tuple[tuple[Area, ...], tuple[Area, ...]]:
        """Of each camera's boxes: what has to be of one color, and the whole blocks that are filled for it."""
        inside: list[Area] = []
        filled: list[Area] = []
        for place, reach, of_camera in zip(self._places, self.reaches, boxes, strict=False):
            for box in of_camera:
                area = moved(area_of(box, size_of(place)), place)
                fill = _common(blocks_of(area, self.size), reach)
                hole = self.frame if place == self.first else None
                inside += outside(area, hole)
                filled += outside(fill, hole)
        return tuple(inside), tuple(filled)

    @property
    def _places(self) -> tuple[Area, ...]:
        return (self.first,) if self.second is None else (self.first, self.second)


def layout_of(
    first: tuple[Pixels, Pixels], second: tuple[Pixels, Pixels] | None = None, sight: Sight = Sight.ONE
) -> Layout:
    """For pictures of these widths and heights, upright and with square pixels."""
    if second is None or sight == Sight.ONE:
        return Layout(first, (0, 0, *first), reaches=((0, 0, *first),))
    return _within(first, second) if sight == Sight.WITHIN else _beside(first, second)


def _beside(first: tuple[Pixels, Pixels], second: tuple[Pixels, Pixels]) -> Layout:
    widest = (WIDEST - BLOCK) // 2 // BLOCK * BLOCK
    own = first if first[0] <= widest else _fitted(first, (widest, first[1]))
    half = -(-own[0] // BLOCK) * BLOCK
    whole = half * 2 + BLOCK, own[1]
    other = _fitted(second, own)
    left = half + BLOCK + _down((half - other[0]) // 2)
    top = _down((own[1] - other[1]) // 2)
    reaches = (0, 0, half, own[1]), (half + BLOCK, 0, *whole)
    return Layout(whole, (0, 0, *own), (left, top, left + other[0], top + other[1]), reaches)


def _within(first: tuple[Pixels, Pixels], second: tuple[Pixels, Pixels]) -> Layout:
    wide, high = _fitted(second, (int(first[0] * WITHIN_SHARE), int(first[1] * WITHIN_SHARE)))
    left, top = (max(_down(side - edge - BLOCK), 0) for side, edge in zip(first, (wide, high), strict=True))
    place = left, top, left + wide, top + high
    frame = blocks_of(place, first)
    return Layout(first, (0, 0, *first), place, ((0, 0, *first), frame), frame)


def _fitted(size: tuple[Pixels, Pixels], box: tuple[Pixels, Pixels]) -> tuple[Pixels, Pixels]:
    """As large as it can be in a box, with its own proportions, in even numbers."""
    share = min(box[0] / size[0], box[1] / size[1])
    wide, high = (max(int(edge * share) // 2 * 2, 2) for edge in size)
    return wide, high


def _down(edge: Pixels) -> Pixels:
    return edge // BLOCK * BLOCK


def moved(area: Area, place: Area) -> Area:
    """An area of a picture, in the whole."""
    left, top, right, bottom = area
    return place[0] + left, place[1] + top, place[0] + right, place[1] + bottom


def size_of(area: Area) -> tuple[Pixels, Pixels]:
    """Its width and height."""
    return area[2] - area[0], area[3] - area[1]


def _common(one: Area, other: Area) -> Area:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
