"""A thing of the timeline being dragged: by its body, or by one edge."""

from __future__ import annotations

from app.model.timecode import Micros
from widgets.timeline.lane_items import Item

#: what a state keeps of its length when an edge is dragged: one picture at 25 a second
LEAST: Micros = 40_000

#: pixels that a press may move before it is a drag
TREMBLE = 3


class Drag:
    """A thing being dragged: by its body, or by one edge. No item: the playhead."""

    def __init__(
        self, lane: str, item: Item | None, grip: Micros, start: Micros, end: Micros | None, part: str = "body"
    ) -> None:
        self.lane, self.item, self.part = lane, item, part
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
            self.start = min(max(self._from + shift, 0), self._until - LEAST)
        elif self.part == "end" and self._until is not None:
            self.end = max(self._until + shift, self._from + LEAST)
        else:
            self.start = max(self._from + shift, 0)
            self.end = None if self._until is None else self.start + self._until - self._from
