"""The pictures of a clip as they leave: upright, one camera's or two as they are arranged, covered, with the word.

The first film's pictures give the times. Of another camera the picture is seen that is on at that time of the meeting,
as on the second screen; where there is none, there is black.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from app.errors import FilmError
from app.model.cover import Box, Covering
from app.model.units import Position
from app.ports.covering import CoverOrder, SecondOrder
from video.copies.scrub_copy import end_of
from video.covering.layout import layout_of, size_of
from video.covering.picture import COVER, Area, Burned, Planes, Strip, Upright, burn, out_size, part_of, planes_of
from video.open.colors import LIMITED, matrix_of
from video.open.frames import FrameSource

if TYPE_CHECKING:
    import av

    from video.open.frame_index import FrameIndex


@dataclass(frozen=True)
class SecondFilm:
    """Another camera's film that is seen with the first one."""

    file: BinaryIO
    index: FrameIndex
    order: SecondOrder

    def covering(self) -> Covering:
        """Where its covers are."""
        return Covering(self.order.first, self.order.first, self.order.tracks)

    def boxes_of(self, positions: Iterable[Position]) -> tuple[Box, ...]:
        """What is covered in any of some of its pictures."""
        return boxes_of(self.covering(), self.index, positions)

    def beside(self, index: FrameIndex, wanted: range) -> tuple[Position | None, ...]:
        """Which picture of it is on at each of the first film's (`index`); None where there is none."""
        times = [self.order.at(int(index.times[number])) for number in wanted]
        return tuple(self._at(time) for time in times)

    def _at(self, time: int) -> Position | None:
        position = self.index.position_at(time)
        if position < 0 or time >= end_of(self.index):
            return None
        return position if self.order.has(time, int(self.index.times[position])) else None


class Arranged:
    """Of one order; its pictures can be gone through again and again."""

    def __init__(self, index: FrameIndex, wanted: range, order: CoverOrder, second: SecondFilm | None = None) -> None:
        self._index, self._wanted, self._second = index, wanted, second
        self._beside = None if second is None else second.beside(index, wanted)
        size = out_size(index)
        self.layout = layout_of(size) if second is None else layout_of(size, out_size(second.index), second.order.sight)
        self.strip = Strip(order.word, self.layout.size) if order.word else None
        self._covering = Covering(order.first, order.last, order.tracks)
        own = self.layout.second
        self._plain_second = None if second is None or own is None else Upright(second.index, size_of(own))

    def pictures(self, file: BinaryIO) -> Iterator[tuple[av.VideoFrame, Burned]]:
        """Each picture that is given to the encoder, with what of it is covered. Raises FilmError(`film-damaged`)."""
        upright = Upright(self._index, size_of(self.layout.first))
        others = self._others()
        for number, (shown, frame) in zip(self._wanted, each(file, self._index, self._wanted), strict=True):
            made, boxes = upright.plain(frame), [boxes_of(self._covering, self._index, (shown, number))]
            if self._second is not None:
                other, positions = next(others)
                made = self._together(made, frame, other)
                boxes.append(self._second.boxes_of(positions))
            yield made, burn(made, self.layout.covers(boxes), self.strip)

    def _others(self) -> Iterator[tuple[av.VideoFrame | None, tuple[Position, ...]]]:
        """The other camera's picture for each of the first one's, with the number that it has and that it stands for.

        Where there is none, there is neither.
        """
        positions, second = self._beside or (), self._second
        there = [p for p in positions if p is not None]
        if second is None or not there:
            yield from ((None, ()) for _ in self._wanted)
            return
        run = range(min(there), max(there) + 1)
        pictures = zip(run, each(second.file, second.index, run), strict=True)
        at, shown, held = -1, -1, None
        for position in positions:
            while position is not None and at < position:
                at, (shown, held) = next(pictures)
            yield (None, ()) if position is None else (held, (shown, position))

    def _together(self, own: av.VideoFrame, stored: av.VideoFrame, other: av.VideoFrame | None) -> av.VideoFrame:
        """Both in one picture, in the colors of the first one."""
        import av

        layout = self.layout
        assert layout.second is not None
        assert self._plain_second is not None
        matrix = matrix_of(stored, (self._index.width, self._index.height))
        made = av.VideoFrame(*layout.size, "yuv420p")
        planes = planes_of(made)
        fill(planes, (0, 0, *layout.size))
        put(planes, layout.first, planes_of(own))
        if layout.frame is not None:
            fill(planes, layout.frame)
        if other is not None:
            put(planes, layout.second, planes_of(self._plain_second.plain(other, matrix)))
        made.colorspace, made.color_range = matrix, LIMITED
        made.color_trc, made.color_primaries = own.color_trc, own.color_primaries
        return made


def fill(planes: Planes, area: Area) -> None:
    """With black."""
    for plane, part, color in zip(planes, (1, 2, 2), COVER, strict=True):
        part_of(plane, area, part)[:] = color


def put(planes: Planes, area: Area, picture: Planes) -> None:
    """A picture into its place, of the same size."""
    for plane, part, own in zip(planes, (1, 2, 2), picture, strict=True):
        part_of(plane, area, part)[:] = own


def boxes_of(covering: Covering, index: FrameIndex, positions: Iterable[Position]) -> tuple[Box, ...]:
    """What is covered in any of some pictures: one that stays on has its own covers, however long it stays."""
    times = dict.fromkeys(int(index.times[position]) for position in positions)
    return tuple(dict.fromkeys(box for time in times for box in covering.boxes(time)))


def each(file: BinaryIO, index: FrameIndex, wanted: range) -> Iterator[tuple[Position, av.VideoFrame]]:
    """Every picture of a stretch with its number; where one cannot be decoded, the one before it stays on.

    So it is in a player. Raises FilmError(`film-damaged`).
    """
    source = FrameSource(file, index, cache_bytes=0)
    at, held = wanted.start, None
    try:
        for position, frame in source.run(wanted.start, wanted.stop):
            while held is not None and at < position:
                at += 1
                yield held
            if position != at:
                raise FilmError("film-damaged")
            held, at = (position, frame), at + 1
            yield held
        while held is not None and at < wanted.stop:
            at += 1
            yield held
    finally:
        source.close()
    if held is None:
        raise FilmError("film-damaged")
