"""How far the edges of a state or a task can be moved before they meet a neighbor, and what a neighbor then keeps.

A hand that draws an edge over a neighbor rarely means to erase it: an edge stops where the neighbor's begins. Where the
edge is shared, the neighbor gives way, but one picture of it stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.model.lane_states import Lanes, end_of
from app.model.meeting import Segment
from app.model.observation import Observation
from app.model.scheme import Scheme
from app.model.timecode import Micros

#: what is left of what gives way, and of what is moved itself: one picture at 25 a second
LEAST: Micros = 40_000

#: a start, and an end where there is one
Span = tuple[Micros, Micros | None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Between which times something can lie; None for no limit."""

    earliest: Micros | None = None
    latest: Micros | None = None

    def held(self, before: Span, wanted: Span) -> Span:
        """`wanted` within the limits: a body keeps its length, an edge stays on its side of the other.

        What has no end has its start held alone.
        """
        start, end = wanted
        was_start, was_end = before
        if end is None or was_end is None:
            start = self._within(start)
            return (start if end is None else min(start, end - 1)), end
        length = was_end - was_start
        if end - start == length and start != was_start:
            start = self._within(start, room=length)
            return start, start + length
        start, end = self._within(start), self._within(end)
        return (start, end) if start < end else before

    def _within(self, time: Micros, room: Micros = 0) -> Micros:
        if self.latest is not None:
            time = min(time, self.latest - room)
        return time if self.earliest is None else max(time, self.earliest)


def limits_of_state(observations: Iterable[Observation], scheme: Scheme, state: Observation) -> Limits:
    """Between its neighbors of the same lane. In an exhaustive group those that touch it give way to one picture."""
    lanes = Lanes(scheme)
    lane = lanes.of(state)
    if lane is None:
        return Limits()
    others = [o for o in observations if o.id != state.id and lanes.of(o) == lane]
    before = max((o for o in others if o.start < state.start), key=lambda o: o.start, default=None)
    after = min((o for o in others if o.start > state.start), key=lambda o: o.start, default=None)
    shares = lanes.is_exhaustive(state)
    earliest = latest = None
    if before is not None:
        gives = shares and end_of(before) == state.start
        earliest = min(before.start + LEAST if gives else end_of(before), state.start)
    if after is not None:
        gives = shares and after.start == end_of(state)
        room = None if gives and after.open else (end_of(after) - LEAST if gives else after.start)
        latest = room if room is None or state.open else max(room, end_of(state))
    return Limits(earliest, latest)


def limits_of_task(segments: Iterable[Segment], task: Segment) -> Limits:
    """Between the tasks beside it: no task lies over another."""
    others = [s for s in segments if s.id != task.id]
    return Limits(
        max((s.end for s in others if s.end <= task.start), default=None),
        min((s.start for s in others if s.start >= task.end), default=None),
    )


def pushed(segments: Sequence[Segment], task: Segment, start: Micros, end: Micros) -> tuple[Segment, ...]:
    """A task with new edges, first, and the tasks beside it that give way; one picture of each stays."""
    others = [s for s in segments if s.id != task.id]
    left = max((s for s in others if s.end <= task.start), key=lambda s: s.end, default=None)
    right = min((s for s in others if s.start >= task.end), key=lambda s: s.start, default=None)
    start = start if left is None else max(start, min(left.start + LEAST, task.start))
    end = end if right is None else min(end, max(right.end - LEAST, task.end))
    out = [replace(task, start=start, end=end)]
    if left is not None and start < left.end:
        out.append(replace(left, end=start))
    if right is not None and end > right.start:
        out.append(replace(right, start=end))
    return tuple(out)
