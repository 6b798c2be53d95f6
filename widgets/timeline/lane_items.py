"""What lies in one lane, sorted by start, so that drawing asks only for what is in sight."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol

from app.model.timecode import Micros
from widgets.timeline.thinning import apart


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a lane. No `end`: a point. `track` 0 is A.

    `shape` is dot, diamond, bar, task or a flag's sign; `tint` is the color of a sign. `sign` stands beside it.
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
    sign: str = ""


class Lying(Protocol):
    """What lies in a lane: an item, or what an item is made of when it is first looked at."""

    @property
    def start(self) -> Micros: ...
    @property
    def id(self) -> str: ...
    @property
    def end(self) -> Micros | None: ...
    @property
    def open(self) -> bool: ...


_start = attrgetter("start")
_place = attrgetter("start", "id")


def itself(thing: Lying) -> Item:
    """What lies there is an item already."""
    assert isinstance(thing, Item), "a lane of other things says what they look like"
    return thing


class LaneItems:
    """Things by start; `longest` bounds how far before the left edge one in sight can begin.

    `item_of` is asked once for each thing, when it is first to be seen: most of thousands that lie there never are.
    """

    def __init__(self, item_of: Callable[[Lying], Item] = itself) -> None:
        self._item_of = item_of
        self._things: list[Lying] = []
        self._starts: list[Micros] = []  # of the same things: searched without asking them
        self._shapes: list[str] = []  # of the same things, empty until one is seen: drawn without asking them
        self._seen: dict[str, Item] = {}
        self._by_id: dict[str, Lying] = {}
        self._longest = 0
        self._open: dict[str, Lying] = {}

    @property
    def any_open(self) -> bool:
        """Whether a state is still on."""
        return bool(self._open)

    @property
    def starts(self) -> Sequence[Micros]:
        """Where each thing begins, ascending."""
        return self._starts

    def holds(self, thing_id: str) -> bool:
        return thing_id in self._by_id

    def __len__(self) -> int:
        return len(self._things)

    def __iter__(self) -> Iterator[Item]:
        return map(self._item, self._things)

    def _item(self, thing: Lying) -> Item:
        found = self._seen.get(thing.id)
        if found is None:
            found = self._seen[thing.id] = self._item_of(thing)
        return found

    def fill(self, things: Iterable[Lying]) -> None:
        self._seen.clear()
        self._hold(sorted(things, key=_start))

    def _hold(self, things: list[Lying]) -> None:
        """Things in the order of their starts; those that begin together come in the order of their ids."""
        starts = [t.start for t in things]
        if len(set(starts)) < len(starts):
            things.sort(key=_place)
        self._things, self._starts, self._shapes = things, starts, [""] * len(things)
        self._by_id = {t.id: t for t in things}
        self._longest = max((t.end - t.start for t in things if t.end is not None), default=0)
        self._open = {t.id: t for t in things if t.open}

    def swap(self, gone: Collection[str], new: Iterable[Lying]) -> None:
        """Many at once: those with the ids `gone` leave, `new` ones come."""
        for thing_id in gone:
            self._seen.pop(thing_id, None)
        things = [t for t in self._things if t.id not in gone]
        things += new
        things.sort(key=_start)
        self._hold(things)

    def add(self, thing: Lying) -> None:
        place = self._place_of(thing)
        self._things.insert(place, thing)
        self._starts.insert(place, thing.start)
        self._shapes.insert(place, "")
        self._by_id[thing.id] = thing
        self._longest = max(self._longest, 0 if thing.end is None else thing.end - thing.start)
        if thing.open:
            self._open[thing.id] = thing

    def remove(self, thing: Lying) -> None:
        place = self._place_of(thing)
        assert self._things[place] == thing, "only what is there can go"
        del self._things[place]
        del self._starts[place]
        del self._shapes[place]
        self._open.pop(thing.id, None)
        self._seen.pop(thing.id, None)
        del self._by_id[thing.id]

    def item(self, thing_id: str) -> Item | None:
        """The thing of an id; None for one that does not lie here."""
        thing = self._by_id.get(thing_id)
        return None if thing is None else self._item(thing)

    def beside(self, place: tuple[Micros, str], step: int) -> Item | None:
        """The first thing after a start and id, or with `step` −1 the last one before; None at the end."""
        at = (bisect_right if step > 0 else bisect_left)(self._things, place, key=_place) - (step < 0)
        return self._item(self._things[at]) if 0 <= at < len(self._things) else None

    def _place_of(self, thing: Lying) -> int:
        return bisect_left(self._things, _place(thing), bisect_left(self._starts, thing.start), key=_place)

    def thinned(self, left: Micros, right: Micros, least: Micros) -> tuple[list[Micros], list[str]]:
        """Of points in [left, right], at most one in `least` µs (see `thinning`): their starts, and their shapes.

        Thousands at each paint: so two lists, and no thing is asked a second time.
        """
        starts, shapes = self._starts, self._shapes
        places = apart(starts, left, right, least)
        return [starts[n] for n in places], [shapes[n] or self._shape_at(n) for n in places]

    def _shape_at(self, place: int) -> str:
        shape = self._shapes[place] = self._item(self._things[place]).shape
        return shape

    def between(self, left: Micros, right: Micros) -> Iterator[Item]:
        """Items of which something may lie in [left, right], by start. An open state reaches as far as it likes."""
        first = bisect_left(self._starts, left - self._longest)
        last = bisect_right(self._starts, right)
        yield from (self._item(t) for t in self._open.values() if t.start < left - self._longest)
        yield from map(self._item, self._things[first:last])

    def near(self, time: Micros, most: int) -> Iterator[Item]:
        """At most `most` things that begin before a time, and as many that begin at it or after, by start."""
        place = bisect_left(self._starts, time)
        yield from map(self._item, self._things[max(place - most, 0) : place + most])


def filled(things: Iterable[tuple[str, Lying]]) -> dict[str, list[Lying]]:
    """Things by their lane."""
    lanes: dict[str, list[Lying]] = {}
    for lane, thing in things:
        lanes.setdefault(lane, []).append(thing)
    return lanes
