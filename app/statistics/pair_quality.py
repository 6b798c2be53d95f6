"""Agreement over many meetings of an office: Fleiss' kappa, Krippendorff's alpha and ICC, and every pair's own.

A target is one thing that at least two workers judged: an item of a form in one meeting (or one task), a unit of time.
Targets of different items are never put together: items differ in level, and that alone would look like agreement
(domain 3.5). Sources: Fleiss 1971 (its subjects may each have other raters), Krippendorff 2011, Shrout & Fleiss 1979.

An interval leaves out one meeting at a time (`intervals`): what is judged within one meeting hangs together. In a
simulation of ratings from 1 to 5 (10, 15 and 30 meetings, one or five targets each, 250 and 600 sets) these held the
true figure in 92 to 100 of 100; the interval of ICC by F (McGraw & Wong 1996), which takes all errors to be alike, in
78 to 91 with one target a meeting. That one is told as what it is where a figure is explained, and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from app.statistics.alpha import Coincidences, Floats, Level, alpha_of, met_in
from app.statistics.figure import Figure, Interval, Reason, undefined
from app.statistics.intervals import intervals
from app.statistics.intraclass import Correlation, MeanSquares, intraclass, mean_squares, single
from app.statistics.kappa import FleissShares, fleiss, fleiss_shares, with_nil

#: below it nothing is told but how many there are (domain 3.6)
FEWEST_MEETINGS = 10
#: who judged: two workers by id, in the order of their ids
Two = tuple[str, str]
#: ICC where the same workers judged every target, and where they change from meeting to meeting
SAME_WORKERS, OTHER_WORKERS = "2,1", "1,1"


@dataclass(frozen=True, slots=True)
class Target:
    """What one thing was judged as, by worker id; `times` targets of the meeting are like it."""

    meeting: str
    values: tuple[tuple[str, int], ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its interval, or why it has none. Without a figure the interval has no reason of its own."""

    figure: Figure
    interval: Interval | None = None
    interval_reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True, eq=False)
class Agreed:
    """Everything of one kind of targets. Counts: `targets` that two judged, `pairs` of values of one target.

    `same` of these are equal, `near` at most one apart. `met` is over all values that could be given, `shares` are what
    Fleiss' kappa is made of. `icc` and its `squares` are of values that have a distance; `form` says which ICC it is,
    and `by_f` has its interval by F. `table` counts the pairs of two named workers, the first in rows.
    """

    meetings: int
    targets: int
    pairs: int
    same: int
    near: int
    fleiss: Told
    alpha: Told
    icc: Told | None
    by_f: Correlation | None
    form: str
    met: Coincidences
    shares: FleissShares | None
    squares: MeanSquares | None
    table: tuple[tuple[int, ...], ...] = ()


def between(targets: Iterable[Target], two: Two) -> list[Target]:
    """What these two judged both, with their values alone."""
    own = (Target(t.meeting, tuple(v for v in t.values if v[0] in two), t.times) for t in targets)
    return [t for t in own if len(t.values) == len(two)]


def pairs_in(targets: Iterable[Target]) -> dict[Two, frozenset[str]]:
    """Every two workers that judged the same, with the meetings in which they did."""
    found: dict[Two, set[str]] = {}
    for target in targets:
        for first, second in combinations(sorted(worker for worker, _ in target.values), 2):
            found.setdefault((first, second), set()).add(target.meeting)
    return {two: frozenset(meetings) for two, meetings in sorted(found.items())}


def meetings_in(targets: Iterable[Target]) -> frozenset[str]:
    """The meetings of which two judged something."""
    return frozenset(t.meeting for t in targets if len(t.values) > 1)


def agreed(targets: Sequence[Target], scale: Sequence[int], level: Level, two: Two | None = None) -> Agreed:
    """The figures of targets that are of one kind; `scale` are the values that may be given, ascending.

    With `two` the targets are what these two judged both (`between`), and the ICC is that of the same workers.
    """
    shared = [t for t in targets if len(t.values) > 1]
    names = sorted({t.meeting for t in shared})
    place = {value: n for n, value in enumerate(scale)}
    rows = [([place[v] for _, v in t.values], t.times, names.index(t.meeting)) for t in shared]
    apart = Counter[int]()
    for target in shared:
        for (_, one), (_, other) in combinations(target.values, 2):
            apart[abs(one - other)] += target.times
    tables = [met_in([(p, n) for p, n, m in rows if m == at], len(scale)) for at in range(len(names))]
    met = Coincidences(np.array(scale, dtype=float), _sum(tables, len(scale)))
    counts, times, whose = _counted(rows, len(scale))
    fleiss_told = _fleiss(counts, times, whose, len(names))
    form = SAME_WORKERS if two is not None else OTHER_WORKERS
    icc, by_f, squares = _icc(shared, form) if level is not Level.NOMINAL else (None, None, None)
    return Agreed(
        len(names),
        sum(t.times for t in shared),
        sum(apart.values()),
        apart[0],
        apart[0] + apart[1],
        fleiss_told,
        _alpha(met, tables, level),
        icc,
        by_f,
        form,
        met,
        fleiss_shares(counts, times) if fleiss_told.figure.value is not None else None,
        squares,
        _table(shared, place, two) if two is not None else (),
    )


def _sum(tables: Sequence[Floats], size: int) -> Floats:
    return np.asarray(sum(tables, np.zeros((size, size))))


def _counted(rows: Sequence[tuple[list[int], int, int]], size: int) -> tuple[Floats, Floats, Floats]:
    """How many gave each value, (targets, size), how many are like each, and the place of its meeting."""
    counts = np.array([np.bincount(places, minlength=size) for places, _, _ in rows], dtype=float).reshape(-1, size)
    times, whose = (np.array([row[n] for row in rows], dtype=float) for n in (1, 2))
    return counts, times, whose


def _fleiss(counts: Floats, times: Floats, whose: Floats, meetings: int) -> Told:
    if len({*counts.sum(1).tolist()}) > 1:
        return Told(undefined(Reason.UNEQUAL_RATERS))
    return _told(fleiss(counts, times), meetings, lambda at: fleiss(counts, np.where(whose == at, 0, times)))


def _alpha(met: Coincidences, tables: Sequence[Floats], level: Level) -> Told:
    def without(at: int) -> Figure:
        return alpha_of(Coincidences(met.values, met.table - tables[at]), level)

    return _told(alpha_of(met, level), len(tables), without)


def _icc(shared: Sequence[Target], form: str) -> tuple[Told, Correlation | None, MeanSquares | None]:
    """Of complete targets; the values of the same two workers stand in the same columns."""
    sizes = {len(t.values) for t in shared}
    if len(sizes) != 1:
        return Told(undefined(Reason.UNEQUAL_RATERS if sizes else Reason.TOO_FEW_TARGETS)), None, None
    values = np.array([[v for _, v in sorted(t.values)] for t in shared], dtype=float).reshape(len(shared), -1)
    names = sorted({t.meeting for t in shared})
    whose = np.array([names.index(t.meeting) for t in shared])
    made = intraclass(values)[form]
    if min(values.shape) < 2:
        return Told(made.figure), made, None

    def without(at: int) -> Figure:
        left = values[whose != at]
        return single(form, mean_squares(left)) if len(left) > 1 else undefined(Reason.TOO_FEW_TARGETS)

    return _told(made.figure, len(names), without), made, mean_squares(values)


def _told(figure: Figure, meetings: int, without: Callable[[int], Figure]) -> Told:
    """With the interval by leaving out each meeting; a figure of 1 has none, for nothing tells how far it moves."""
    if figure.value is None:
        return Told(figure)
    moved = [without(at).value for at in range(meetings)]
    row = np.array([[np.nan if v is None else v for v in moved]])
    ((interval, reason),) = intervals(np.array([figure.value]), row)
    return Told(figure, interval, reason)


def _table(shared: Sequence[Target], place: dict[int, int], two: Two) -> tuple[tuple[int, ...], ...]:
    table = np.zeros((len(place), len(place)), dtype=np.int64)
    for target in shared:
        own = dict(target.values)
        table[place[own[two[0]]], place[own[two[1]]]] += target.times
    return tuple(map(tuple, table.tolist()))


@dataclass(frozen=True, slots=True)
class EventTable:
    """The events of one person in one meeting: a table of codes and nil, the first of `two` in rows."""

    meeting: str
    two: Two
    codes: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class EventsAgreed:
    """Events of many meetings: `same` pairs of one code, of everything that either marked (`of`).

    `kappa` has the nil row and column, and is of two workers alone; `table` is over `codes` and nil.
    """

    meetings: int
    same: int
    of: int
    kappa: Told | None
    codes: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]


def events_agreed(tables: Sequence[EventTable], two: Two | None) -> EventsAgreed:
    """Of the meetings in which somebody marked anything. Without `two` there is no kappa: rows would be nobody's."""
    held = [t for t in tables if any(map(any, t.table)) and two in (None, t.two)]
    codes = tuple(sorted({code for t in held for code in t.codes}))
    each = [_over(t, codes) for t in held]
    whole = np.asarray(sum(each, np.zeros((len(codes) + 1,) * 2)))
    names = sorted({t.meeting for t in held})
    kappa = None
    if two is not None:
        kappa = _told(
            with_nil(whole),
            len(names),
            lambda at: with_nil(whole - sum(x for x, t in zip(each, held, strict=True) if t.meeting == names[at])),
        )
    counts = whole.astype(np.int64)
    return EventsAgreed(
        len(names), int(np.trace(counts)), int(counts.sum()), kappa, codes, tuple(map(tuple, counts.tolist()))
    )


def _over(one: EventTable, codes: Sequence[str]) -> Floats:
    """A table over more codes; nil stays the last."""
    places = [*(codes.index(code) for code in one.codes), len(codes)]
    table = np.zeros((len(codes) + 1,) * 2)
    table[np.ix_(places, places)] = one.table
    return table
