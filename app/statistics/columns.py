"""One coder's acts as arrays, so that hours with thousands of them are read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter

import numpy as np

from app.model.meeting import Stretch
from app.model.timecode import Micros
from app.statistics.acts import Act, Reading
from app.statistics.sampling import Flags, Times


@dataclass(frozen=True, slots=True)
class Names:
    """Everybody and every code of two codings, ascending: what the numbers in `Columns` stand for."""

    persons: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """n acts in the order of `Act.order`; each array has shape (n,).

    Times are µs, `end` is the start where there is none. `person` and `code` are places in `Names`. `timed`: it has an
    end; `event`: it counts as an event, whatever its end.
    """

    acts: Sequence[Act]
    start: Times
    end: Times
    timed: Flags
    person: Times
    code: Times
    event: Flags

    def __len__(self) -> int:
        return len(self.acts)

    def where(self, chosen: Flags) -> Columns:
        """Those of the acts, in their order."""
        if chosen.all():
            return self
        acts, who = list(compress(self.acts, chosen.tolist())), (self.person[chosen], self.code[chosen])
        return Columns(acts, self.start[chosen], self.end[chosen], self.timed[chosen], *who, self.event[chosen])

    def reach_into(self, window: Sequence[Stretch]) -> Flags:
        """Of which acts some time lies in the window, whose stretches ascend and lie apart; shape (n,)."""
        return _held(window, self.start, np.where(self.timed, self.end - 1, self.start))

    def begin_in(self, window: Sequence[Stretch], margin: Micros = 0) -> Flags:
        """Which acts begin in the window, or at most `margin` µs away from it; shape (n,)."""
        return _held(window, self.start - margin, self.start + margin)


def columns(a: Sequence[Act], b: Sequence[Act], reading: Reading) -> tuple[Names, Columns, Columns]:
    """Two coders' acts as arrays, and the names that their numbers stand for."""
    rows = [_ordered(acts) for acts in (a, b)]
    persons, codes = ([[x.person for x in acts] for acts in rows], [[x.code for x in acts] for acts in rows])
    names = Names(*(tuple(sorted({*first, *second})) for first, second in (persons, codes)))
    points = np.array([name in reading.points for name in names.codes], dtype=np.bool_)
    person_of, code_of = ({name: i for i, name in enumerate(known)} for known in (names.persons, names.codes))
    both = []
    for acts, own, used in zip(rows, persons, codes, strict=True):
        timed = np.array([x.end is not None for x in acts], dtype=np.bool_)
        start, end = _whole([x.start for x in acts]), _whole([x.start if x.end is None else x.end for x in acts])
        person, code = _whole(list(map(person_of.__getitem__, own))), _whole(list(map(code_of.__getitem__, used)))
        both.append(Columns(acts, start, end, timed, person, code, ~timed | points[code]))
    return names, both[0], both[1]


def _ordered(acts: Sequence[Act]) -> list[Act]:
    """By `Act.order`, of which the start alone decides nearly always."""
    rows = sorted(acts, key=attrgetter("start"))
    if len({x.start for x in rows}) < len(rows):
        rows.sort(key=attrgetter("order"))
    return rows


def _held(window: Sequence[Stretch], first: Times, last: Times) -> Flags:
    """For each `[first, last]` whether some of it lies in the window."""
    if not window:
        return np.zeros(len(first), dtype=np.bool_)
    starts, ends = (np.array([getattr(s, edge) for s in window], dtype=np.int64) for edge in ("start", "end"))
    place = np.searchsorted(starts, last, side="right") - 1
    return np.asarray((place >= 0) & (first < ends[place]))


def _whole(values: Sequence[int]) -> Times:
    return np.array(values, dtype=np.int64)
