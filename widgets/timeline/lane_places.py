"""Where each lane lies: what is always in sight above and below, and between them what scrolls."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from widgets.timeline.lanes import Lane
from widgets.timeline.ruler import RULER

#: always in sight below the ruler, and at the foot
ABOVE, FLAGS, STATES = ("tasks", "sound"), "flags", "states"
#: of what scrolls at least so many pixels are in sight; where there is less room, everything scrolls
LEAST = 40
FOOT = 6


class LanePlaces:
    """Heights and places in pixels; `tops` are those at the present height and place of the scroll."""

    def __init__(self, lanes: Iterable[Lane], height_of: Callable[[Lane], int]) -> None:
        self.lanes = tuple(lanes)
        self._heights = {lane.key: height_of(lane) for lane in self.lanes}
        #: with every lane in sight
        self.full = RULER + sum(self._heights.values()) + FOOT
        self.tops: dict[str, int] = {}
        self.band = (RULER, self.full)
        self.offset = 0
        self.fit(self.full, 0)

    @property
    def least(self) -> int:
        """Below this height what should always be in sight cannot be."""
        fixed = sum(self._heights[lane.key] for lane in self.lanes if lane.kind in ABOVE or _is_below(lane))
        return min(RULER + fixed + LEAST, self.full)

    @property
    def overflow(self) -> int:
        """How far there is to scroll."""
        return max(self.full - FOOT - self._height, 0)

    @property
    def below(self) -> int:
        """Pixels of what is always in sight at the foot."""
        return self._height - self.band[1]

    def fit(self, height: int, offset: int) -> None:
        """Lay the lanes into `height`; `offset` is how far what scrolls is scrolled, held to what there is."""
        self._height = height
        self.offset = min(max(offset, 0), self.overflow)
        fixed = self.overflow > 0 and height >= self.least
        below = {lane.key for lane in self.lanes if fixed and _is_below(lane)}
        above = {lane.key for lane in self.lanes if fixed and lane.kind in ABOVE}
        foot = height - sum(self._heights[key] for key in below)
        head = RULER + sum(self._heights[key] for key in above)
        self.band = (head, foot if fixed else max(height, head))
        self._fixed = above | below
        tops = {"above": RULER, "between": head - self.offset, "below": foot}
        for lane in self.lanes:
            group = "above" if lane.key in above else "below" if lane.key in below else "between"
            self.tops[lane.key] = tops[group]
            tops[group] += self._heights[lane.key]

    def bring(self, key: str) -> None:
        """Scroll as far as it takes to see a lane."""
        top, end = self.tops[key], self.tops[key] + self._heights[key]
        if key not in self._fixed and (top < self.band[0] or end > self.band[1]):
            by = top - self.band[0] if top < self.band[0] else end - self.band[1]
            self.fit(self._height, self.offset + by)

    def height(self, key: str) -> int:
        return self._heights[key]

    def sight(self, key: str) -> tuple[int, int]:
        """From where to where a lane is in sight, in pixels from above; the same twice when it is not."""
        top, end = self.tops[key], self.tops[key] + self._heights[key]
        if key in self._fixed:
            return top, end
        top, end = max(top, self.band[0]), min(end, self.band[1])
        return top, max(top, end)

    def at(self, y: float) -> Lane | None:
        """The lane in sight at `y`."""
        return next((x for x in self.lanes if self.sight(x.key)[0] <= y < self.sight(x.key)[1]), None)


def _is_below(lane: Lane) -> bool:
    """A coder's own flags and the states: what a key just made is seen at once."""
    return lane.kind == STATES or lane.key == FLAGS
