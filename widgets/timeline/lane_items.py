"""What lies in one lane, sorted by start, so that drawing asks only for what is in sight."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from app.model.timecode import Micros


@dataclass(frozen=True, slots=True)
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


_place = attrgetter("start", "id")


class LaneItems:
    """Items by start; `longest` bounds how far before the left edge one in sight can begin."""

    def __init__(self) -> None:
        self._items: list[Item] = []
        self._starts: list[Micros] = []  # of the same things: searched without asking them
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

    def fill(self, items: Iterable[Item]) -> None:
        self._items = sorted(items, key=_place)
        self._starts = [i.start for i in self._items]
        self._longest = max(((i.end or i.start) - i.start for i in self._items), default=0)
        self._open = {i.id: i for i in self._items if i.open}

    def swap(self, gone: Collection[str], new: Iterable[Item]) -> None:
        """Many at once: those with the ids `gone` leave, `new` ones come."""
        self.fill([*(i for i in self._items if i.id not in gone), *new])

    def add(self, item: Item) -> None:
        place = bisect_left(self._items, _place(item), bisect_left(self._starts, item.start), key=_place)
        self._items.insert(place, item)
        self._starts.insert(place, item.start)
        self._longest = max(self._longest, (item.end or item.start) - item.start)
        if item.open:
            self._open[item.id] = item

    def remove(self, item: Item) -> None:
        place = bisect_left(self._items, _place(item), bisect_left(self._starts, item.start), key=_place)
        assert self._items[place] == item, "only what is there can go"
        del self._items[place]
        del self._starts[place]
        self._open.pop(item.id, None)

    def apart(self, left: Micros, right: Micros, least: Micros) -> list[Item]:
        """Points in [left, right], leaving out those that lie within `least` µs after one that was given.

        What is left out would be drawn over its neighbor; the work grows with the pixels in sight, not with the items.
        """
        starts, items = self._starts, self._items
        at, end = bisect_left(starts, left), bisect_right(starts, right)
        found = []
        while at < end:
            found.append(items[at])
            at = bisect_left(starts, starts[at] + least, at + 1, end)
        return found

    def between(self, left: Micros, right: Micros) -> Iterator[Item]:
        """Items of which something may lie in [left, right], by start. An open state reaches as far as it likes."""
        first = bisect_left(self._starts, left - self._longest)
        last = bisect_right(self._starts, right)
        yield from (i for i in self._open.values() if i.start < left - self._longest)
        yield from self._items[first:last]


def filled(items: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    """Items by their lane."""
    lanes: dict[str, list[Item]] = {}
    for lane, item in items:
        lanes.setdefault(lane, []).append(item)
    return lanes
