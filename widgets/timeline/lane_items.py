"""What lies in one lane, sorted by start, so that drawing asks only for what is in sight."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.model.timecode import Micros


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """One thing in a lane. No `end`: a point. `track` 0 is A.

    `shape` is dot, diamond, bar, task or a flag's sign; `tint` is the color of a sign.
    """

    start: Micros
    id: str
    end: Micros | None = None
    code: str = ""
    words: str = ""
    shape: str = "dot"
    track: int = 0
    open: bool = False
    tint: str = ""


class LaneItems:
    """Items by start; `longest` bounds how far before the left edge one in sight can begin."""

    def __init__(self) -> None:
        self._items: list[Item] = []
        self._longest = 0
        self._open: dict[str, Item] = {}

    @property
    def any_open(self) -> bool:
        """Whether a state is still on."""
        return bool(self._open)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items)

    def fill(self, items: list[Item]) -> None:
        self._items = sorted(items)
        self._longest = max(((i.end or i.start) - i.start for i in items), default=0)
        self._open = {i.id: i for i in items if i.open}

    def add(self, item: Item) -> None:
        insort(self._items, item)
        self._longest = max(self._longest, (item.end or item.start) - item.start)
        if item.open:
            self._open[item.id] = item

    def remove(self, item: Item) -> None:
        place = bisect_left(self._items, item)
        assert self._items[place] == item, "only what is there can go"
        del self._items[place]
        self._open.pop(item.id, None)

    def apart(self, left: Micros, right: Micros, least: Micros) -> Iterator[Item]:
        """Points in [left, right], leaving out those that lie within `least` µs after one that was given.

        What is left out would be drawn over its neighbor; the work grows with the pixels in sight, not with the items.
        """
        at = bisect_left(self._items, left, key=_start)
        while at < len(self._items) and self._items[at].start <= right:
            yield self._items[at]
            after = self._items[at].start + least
            at += 1
            if at < len(self._items) and self._items[at].start < after:
                at = bisect_left(self._items, after, at, key=_start)

    def between(self, left: Micros, right: Micros) -> Iterator[Item]:
        """Items of which something may lie in [left, right], by start. An open state reaches as far as it likes."""
        first = bisect_left(self._items, left - self._longest, key=lambda i: i.start)
        last = bisect_right(self._items, right, key=lambda i: i.start)
        yield from (i for i in self._open.values() if i.start < left - self._longest)
        yield from self._items[first:last]


def _start(item: Item) -> Micros:
    return item.start


def filled(items: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    """Items by their lane."""
    lanes: dict[str, list[Item]] = {}
    for lane, item in items:
        lanes.setdefault(lane, []).append(item)
    return lanes
