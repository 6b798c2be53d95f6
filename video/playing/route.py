"""Where playing leads: pure sums from *played time*, which only grows, to the meeting's time and to pictures.

Played time is microseconds since playing began, as the ear or a plain clock counts them. A route is the pieces of the
meeting that are played one after the other: once, again and again in a loop, or backward. Pictures and sound are both
laid along the same route, so they meet by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from app.model.timecode import SECOND, Micros
from app.model.units import PlayedMicros, Rate
from video.playing.camera_line import CameraLine, PicturePlace, Span

#: faster than filmed, a picture is left out when the one before it may stand for it and ends within this: no screen
#: shows more than some 80 a second
STANDS = SECOND / 40
#: as filmed or slower none is left out that a camera takes, up to 120 a second
STANDS_AS_FILMED = SECOND / 125
#: a loop is at least so long
SHORTEST_LOOP: Micros = SECOND // 10


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """From played time `begin` on the meeting goes from `start` to `stop`, `pace` µs for each played one.

    A negative pace runs backward. `heard` is the span whose sound leads here; its drift is in the pace.
    """

    begin: float
    start: Micros
    stop: Micros
    pace: float
    heard: Span | None = None

    @property
    def end(self) -> float:
        """Played time at which the piece is over."""
        return self.begin + (self.stop - self.start) / self.pace

    def meeting_at(self, played: float) -> Micros:
        at = self.start + round((played - self.begin) * self.pace)
        return min(at, self.stop) if self.pace > 0 else max(at, self.stop)

    def played_at(self, time: Micros) -> float:
        return self.begin + (time - self.start) / self.pace


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """Play from `start` to `stop` at `rate`; with `again` then from there to `stop` without end.

    `heard` is the strip whose sound leads, or None: then the meeting's time runs plainly.
    """

    start: Micros
    stop: Micros
    rate: float
    again: Micros | None = None
    heard: CameraLine | None = None

    def pieces(self) -> Iterator[Piece]:
        played = 0.0
        for lap in count():
            start = self.start if lap == 0 or self.again is None else self.again
            for piece in self._lap(start, played):
                played = piece.end
                yield piece
            if self.again is None or self.again >= self.stop:
                return

    def _lap(self, start: Micros, played: float) -> Iterator[Piece]:
        if self.rate < 0 or self.heard is None:
            if start != self.stop:
                yield Piece(played, start, self.stop, self.rate)
            return
        for begin, end, span in self.heard.between(start, self.stop):
            piece = Piece(played, begin, end, self.rate / (span.pace if span is not None else 1.0), span)
            played = piece.end
            yield piece


@dataclass(frozen=True, slots=True)
class Loop:
    """What is played again and again, and how much of what precedes it each time."""

    start: Micros
    end: Micros
    pre_roll: Micros = 0


def looping(time: Micros, loop: Loop, whole: tuple[Micros, Micros], rate: Rate, heard: CameraLine | None) -> Route:
    """From `time` on through the loop within the `whole` film; from behind its end back to its beginning at once."""
    start, end = whole
    again = min(max(loop.start - loop.pre_roll, start), end)
    stop = min(max(loop.end, again + SHORTEST_LOOP), end)
    again = max(min(again, stop - SHORTEST_LOOP), start)
    return Route(time if time < stop else again, stop, rate, again, heard)


class Course:
    """A route as a clock's hand follows it: remembers the piece it is on."""

    def __init__(self, route: Route) -> None:
        self._coming = route.pieces()
        self._piece = next(self._coming, None)
        self._route = route

    def meeting_at(self, played: PlayedMicros) -> Micros:
        """Never asked for an earlier time than the last."""
        while self._piece is not None and played >= self._piece.end:
            following = next(self._coming, None)
            if following is None:
                return self._route.stop
            self._piece = following
        return self._piece.meeting_at(played) if self._piece is not None else self._route.stop

    def is_over(self, played: PlayedMicros) -> bool:
        self.meeting_at(played)
        return self._piece is None or played >= self._piece.end


@dataclass(frozen=True, slots=True, eq=False)
class Due:
    """From played time `at` until `until` this picture is on; None where the camera has no film."""

    at: float
    until: float
    place: PicturePlace | None


def dues(route: Route, strip: CameraLine) -> Iterator[Due]:
    """A camera's pictures in the order of their time, the first at 0, no more than a screen can show."""
    stands = STANDS if abs(route.rate) > 1 else STANDS_AS_FILMED
    on: tuple[float, PicturePlace | None] | None = None  # told when it is known how long it stays
    waiting: tuple[float, PicturePlace | None] | None = None
    for change in _changes(route, strip):
        if on is None:
            on = change
            continue
        if waiting is not None and change[0] - on[0] >= stands:
            yield Due(on[0], waiting[0], on[1])
            on = waiting
        waiting = change
    if on is not None and waiting is not None:
        yield Due(on[0], waiting[0], on[1])
        on = waiting
    if on is not None:
        yield Due(on[0], float("inf"), on[1])


def _changes(route: Route, strip: CameraLine) -> Iterator[tuple[float, PicturePlace | None]]:
    """(played time, what is on from then), told anew at the beginning of every piece."""
    for piece in route.pieces():
        yield from _forward(piece, strip) if piece.pace > 0 else _backward(piece, strip)


def _forward(piece: Piece, strip: CameraLine) -> Iterator[tuple[float, PicturePlace | None]]:
    for start, end, span in strip.between(piece.start, piece.stop):
        if span is None:
            yield piece.played_at(start), None
            continue
        for position in range(span.position_at(start), span.position_at(end - 1) + 1):
            yield piece.played_at(max(span.time_of(position), start)), PicturePlace(span, position)


def _backward(piece: Piece, strip: CameraLine) -> Iterator[tuple[float, PicturePlace | None]]:
    """Backward a picture comes on at the moment at which the next one comes on forward."""
    for start, end, span in reversed(list(strip.between(piece.stop, piece.start + 1))):
        comes = min(end, piece.start)
        if span is None:
            yield piece.played_at(comes), None
            continue
        for position in range(span.position_at(end - 1), span.position_at(start) - 1, -1):
            yield piece.played_at(comes), PicturePlace(span, position)
            comes = max(span.time_of(position), start)
