"""The films of one camera laid along the meeting's clock: which picture is on at any time, and where there is none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.model.film_clock import pace
from app.model.timecode import Micros
from app.model.units import Position, Rate
from app.ports.player import Reel
from video.copies.scrub_copy import end_of
from video.open.frame_index import FrameIndex


@dataclass(frozen=True, eq=False)
class Span:
    """One film where it is on without a hole: `[start, end)` of the meeting.

    It ends early where the camera's next film begins.
    """

    reel: Reel
    index: FrameIndex
    start: Micros
    end: Micros

    def position_at(self, time: Micros) -> Position:
        """The picture that is on at a meeting time within the span."""
        last = len(self.index) - 1
        return min(max(self.index.position_at(self.reel.to_film(time)), 0), last)

    def time_of(self, position: int) -> Micros:
        """The first whole microsecond of the meeting at which a picture is on."""
        return self.reel.to_meeting(int(self.index.times[position]))

    @property
    def first(self) -> Position:
        return self.position_at(self.start)

    @property
    def last(self) -> Position:
        return self.position_at(self.end - 1)

    @property
    def pace(self) -> Rate:
        """Film time that passes in one unit of meeting time."""
        return pace(self.reel.drift_ppm)


@dataclass(frozen=True, slots=True, eq=False)
class PicturePlace:
    """A picture of a camera: which span, and its number in that film."""

    span: Span
    position: int

    @property
    def time(self) -> Micros:
        return self.span.time_of(self.position)

    def is_same(self, other: PicturePlace | None) -> bool:
        return other is not None and (self.span.reel.id, self.position) == (other.span.reel.id, other.position)


@dataclass(frozen=True, eq=False)
class CameraLine:
    """A camera's spans, ascending, without overlap."""

    camera: int
    spans: tuple[Span, ...]

    def place_at(self, time: Micros) -> PicturePlace | None:
        """The picture on at `time`; None in a gap."""
        span = self._span_before(time)
        return PicturePlace(span, span.position_at(time)) if span is not None and time < span.end else None

    def stepped(self, time: Micros, pictures: int) -> PicturePlace | None:
        """So many pictures on (or back) from what is on at `time`, over gaps; the outermost when there are no more.

        In a gap the first step leads to the nearest picture on that side. None when there is no picture on that side.
        """
        here = self.place_at(time)
        if here is not None:
            return self._walk(here, pictures)
        before = self._span_before(time)
        at = self.spans.index(before) + 1 if before is not None else 0
        if pictures < 0 and before is not None:
            return self._walk(PicturePlace(before, before.last), pictures + 1)
        if pictures > 0 and at < len(self.spans):
            return self._walk(PicturePlace(self.spans[at], self.spans[at].first), pictures - 1)
        return None

    def between(self, start: Micros, end: Micros) -> Iterator[tuple[Micros, Micros, Span | None]]:
        """What lies in `[start, end)`, ascending: pieces of spans, and gaps as None."""
        at = start
        for span in self.spans:
            if span.end <= at:
                continue
            if span.start >= end:
                break
            if span.start > at:
                yield at, span.start, None
            yield max(span.start, at), min(span.end, end), span
            at = min(span.end, end)
        if at < end:
            yield at, end, None

    def _span_before(self, time: Micros) -> Span | None:
        at = bisect_right(self.spans, time, key=lambda s: s.start) - 1
        return self.spans[at] if at >= 0 else None

    def _walk(self, place: PicturePlace, pictures: int) -> PicturePlace:
        spans, at, position = self.spans, self.spans.index(place.span), place.position + pictures
        while position > spans[at].last and at + 1 < len(spans):
            position += spans[at + 1].first - spans[at].last - 1
            at += 1
        while position < spans[at].first and at > 0:
            position += spans[at - 1].last + 1 - spans[at].first
            at -= 1
        return PicturePlace(spans[at], min(max(position, spans[at].first), spans[at].last))


def camera_lines(reels: Sequence[Reel], indexes: Mapping[str, FrameIndex]) -> dict[int, CameraLine]:
    """A strip per camera, cameras ascending. Where films of one camera overlap, the one that begins later is shown."""
    cameras: dict[int, list[Reel]] = {}
    for reel in reels:
        cameras.setdefault(reel.camera, []).append(reel)
    laid = (CameraLine(camera, _spans(cameras[camera], indexes)) for camera in sorted(cameras))
    return {strip.camera: strip for strip in laid}


def _spans(reels: Sequence[Reel], indexes: Mapping[str, FrameIndex]) -> tuple[Span, ...]:
    ordered = sorted(reels, key=lambda r: (r.to_meeting(0), r.id))
    spans = []
    for number, reel in enumerate(ordered):
        index = indexes[reel.id]
        start, end = reel.to_meeting(0), reel.to_meeting(end_of(index))
        if number + 1 < len(ordered):
            end = min(end, ordered[number + 1].to_meeting(0))
        for hole in reel.holes:
            begun, over = (reel.to_meeting(time) for time in hole)
            if start < min(begun, end):
                spans.append(Span(reel, index, start, min(begun, end)))
            start = max(start, over)
        if start < end:
            spans.append(Span(reel, index, start, end))
    return tuple(spans)
