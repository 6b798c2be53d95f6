"""A thing of the timeline being dragged: by its body, or by one edge."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.model.edges import LEAST, Limits
from app.model.timecode import Micros
from widgets.timeline.lane_items import Item

#: pixels that a press may move before it is a drag
TREMBLE = 3
EDGE = 5  # pixels within which an edge is caught
REACH = 9  # pixels within which a point is hit


class Drag:
    """A thing being dragged: by its body, or by one edge. No item: the playhead, or a stretch of the ruler."""

    def __init__(
        self,
        lane: str,
        item: Item | None,
        grip: Micros,
        start: Micros,
        end: Micros | None,
        part: str = "body",
        first: Micros = 0,
    ) -> None:
        self.lane, self.item, self.part, self._first = lane, item, part, first
        self._grip, self._from, self._until = grip, start, end
        self.start, self.end = start, end
        self.has_moved = False

    def is_meant(self, time: Micros, per_pixel: float) -> bool:
        """A hand that trembles by a pixel or two while it clicks moves nothing."""
        return self.has_moved or abs(time - self._grip) >= TREMBLE * per_pixel

    def to(self, time: Micros) -> None:
        shift = time - self._grip
        self.has_moved = self.has_moved or abs(shift) > 0
        if self.part == "start" and self._until is not None:
            self.start = min(max(self._from + shift, self._first), self._until - LEAST)
        elif self.part == "end" and self._until is not None:
            self.end = max(self._until + shift, self._from + LEAST)
        else:
            self.start = max(self._from + shift, self._first)
            self.end = None if self._until is None else self.start + self._until - self._from

    def snap(self, near: Callable[[Micros], Micros]) -> None:
        """Move what is dragged to the moment that `near` gives for it; a body keeps its length."""
        if self.part == "end" and self.end is not None:
            self.end = max(near(self.end), self._from + LEAST)
        elif self.part == "start" and self._until is not None:
            self.start = min(max(near(self.start), self._first), self._until - LEAST)
        else:
            self.start = max(near(self.start), self._first)
            self.end = None if self._until is None else self.start + self._until - self._from

    def hold(self, limits: Limits) -> bool:
        """Keep what is dragged within its limits. True when it was to go farther."""
        wanted = self.start, self.end
        self.start, self.end = limits.held((self._from, self._until), wanted)
        return (self.start, self.end) != wanted


def nearest(time: Micros, moments: Iterable[Micros], reach: float) -> Micros | None:
    """The moment nearest to `time` and at most `reach` µs off; None when there is none."""
    best = min(moments, key=lambda m: abs(m - time), default=None)
    return best if best is not None and abs(best - time) <= reach else None


def part_under(x: float, start: float, end: float, item: Item, kind: str) -> tuple[float, str] | None:
    """How far off and which part (start, end, body) of an item drawn from `start` to `end` is under `x`; pixels."""
    if kind in ("points", "flags"):
        return (abs(x - start), "body") if abs(x - start) <= REACH else None
    end = max(end, start + 3)
    if abs(x - end) <= EDGE and item.end is not None:
        return abs(x - end), "end"
    if abs(x - start) <= EDGE:
        return abs(x - start), "start"
    return (EDGE + 1.0, "body") if start <= x <= end else None
