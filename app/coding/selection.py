"""What is chosen in a coding: one value, shown by timeline, table and drawers, and acted on by keys and menus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from weakref import WeakMethod

from PySide6.QtCore import QObject, Signal

from app.model.change import Change
from app.model.lane_states import end_of
from app.model.meeting import Segment
from app.model.observation import Bookmark, Mark, Observation

#: what is coded, or marked beside it, at one place of the film
Thing = Observation | Mark | Bookmark | Segment


class Selection(QObject):
    """Things of one kind: observations, flags and notes, bookmarks, or tasks; never two kinds, so that a key means one.

    `last` is the one that was pointed at last: keys go on from it, and a range reaches from it.
    """

    changed = Signal()

    def __init__(self, find: Callable[[str], Thing | None]) -> None:
        """`find`, a method of who holds this, gives the thing of an id, None for what is none of the coder's."""
        super().__init__()
        # weakly, and no child of its holder: in a circle of both the garbage collector and Qt would each free it
        self._holder = WeakMethod(find)
        self._ids: frozenset[str] = frozenset()
        self._last = ""
        self._came = False

    def _find(self, thing_id: str) -> Thing | None:
        find = self._holder()
        return None if find is None else find(thing_id)

    @property
    def ids(self) -> frozenset[str]:
        """Which are chosen."""
        return self._ids

    @property
    def last(self) -> str:
        """The id of the one that was pointed at last; empty when nothing is chosen."""
        return self._last

    @property
    def came_by_itself(self) -> bool:
        """Whether what is chosen was chosen by being made, and no hand pointed at it."""
        return self._came

    def things(self) -> list[Thing]:
        """What is chosen, by time."""
        found = (thing for thing_id in self._ids if (thing := self._find(thing_id)) is not None)
        return sorted(found, key=_place)

    def observations(self) -> list[Observation]:
        """The observations chosen, by time."""
        return [t for t in self.things() if isinstance(t, Observation)]

    def alone(self) -> Thing | None:
        """What is chosen, when it is one thing."""
        return self._find(self._last) if len(self._ids) == 1 else None

    def choose(self, ids: Iterable[str], last: str = "") -> None:
        """These instead of what was chosen. Of two kinds the one of `last` stays, else the observations."""
        self._take(self._of_one_kind(frozenset(ids), last), last, came=False)

    def toggle(self, thing_id: str) -> None:
        """One more, or one fewer."""
        self.choose(self._ids ^ {thing_id}, "" if thing_id in self._ids else thing_id)

    def follow(self, changes: Sequence[Change]) -> None:
        """What is gone is no longer chosen; what came new is chosen instead of all else."""
        new = came(changes)
        gone = {c.id for c in changes if c.after is None}
        if new:
            self._take(self._of_one_kind(new, ""), "", came=True)
        elif gone & self._ids:
            self._take(self._ids - gone, self._last, came=self._came)

    def _of_one_kind(self, ids: frozenset[str], last: str) -> frozenset[str]:
        by_kind: defaultdict[type, set[str]] = defaultdict(set)
        for thing_id in ids:
            if (thing := self._find(thing_id)) is not None:
                by_kind[type(thing)].add(thing_id)
        if len(by_kind) > 1:
            wanted = type(self._find(last)) if last in ids else Observation
            return frozenset(by_kind.get(wanted) or next(iter(by_kind.values())))
        return frozenset(*by_kind.values())

    def _take(self, ids: frozenset[str], last: str, *, came: bool) -> None:
        if last not in ids:
            last = self._last if self._last in ids else _first(ids, self._find)
        if (ids, last) != (self._ids, self._last):
            self._ids, self._last, self._came = ids, last, came
            self.changed.emit()


def _first(ids: Collection[str], find: Callable[[str], Thing | None]) -> str:
    held = [thing for thing_id in ids if (thing := find(thing_id)) is not None]
    return min(held, key=_place).id if held else ""


def _place(thing: Thing) -> tuple[int, str]:
    return (thing.at if isinstance(thing, Mark | Bookmark) else thing.start), thing.id


def came(changes: Iterable[Change]) -> frozenset[str]:
    """The ids of what a step made: not what is left over of a state that it cut in two, and no task.

    Of an undone removal it is what came back.
    """
    added = [c.after for c in changes if c.before is None and isinstance(c.after, Observation | Mark | Bookmark)]
    cut: defaultdict[tuple[str, str], list[Observation]] = defaultdict(list)
    for change in changes if added else ():
        if isinstance(before := change.before, Observation):
            cut[before.code, before.person].append(before)
    return frozenset(thing.id for thing in added if not (isinstance(thing, Observation) and _is_left(thing, cut)))


def _is_left(piece: Observation, cut: dict[tuple[str, str], list[Observation]]) -> bool:
    """Whether it is a part of a state that the same step changed."""
    return any(b.start <= piece.start < end_of(b) for b in cut.get((piece.code, piece.person), ()))
