"""Who follows whom within a set window, beside how often that would be so at any moment.

Time-window sequential analysis (Bakeman & Quera 1995 and 2011; Yoder & Symons 2010; Yoder & Tapp 2004, DOI
10.1023/B:JOBE.0000044733.03220.a9): how many of an antecedent's acts have a target beginning within `window` after
them, against the share of all moments of which the same holds. Both numbers stand side by side; which is larger is for
the reader.

- A moment `x` counts when its whole window `[x, x + window)` lies in one stretch of codable time: so a window that was
  not seen to its end says nothing. The antecedents counted are those at such a moment.
- `followed` is the number of those with a target that begins in `[x, x + window)`; an act does not follow itself.
- `base` is (moments with a target beginning in their window) / (moments), over every microsecond that counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.model.timecode import SECOND, Micros
from app.statistics.coded import Coded, Key
from app.statistics.sampling import Flags, Tables, Tasks, Times, task_of
from app.statistics.spans import Spans, union

FOLLOW_WINDOW: Micros = 5 * SECOND


@dataclass(frozen=True, slots=True)
class Following:
    """The lag table of one task (None: the whole window) over k keys, (person, code) or (person, dimension).

    `counted[a]` antecedents have a whole window, `followed[a][t]` of them are followed by target t. `base[t]` is the
    share of moments followed by t, None without moments.
    """

    task: int | None
    keys: tuple[Key, ...]
    counted: tuple[int, ...]
    followed: tuple[tuple[int, ...], ...]
    base: tuple[float | None, ...]

    def share(self, antecedent: int, target: int) -> float | None:
        """Of the antecedent's acts the share that the target follows; None without acts."""
        n = self.counted[antecedent]
        return self.followed[antecedent][target] / n if n else None


@dataclass(frozen=True, slots=True, eq=False)
class _Events:
    """Point acts in codable time: `start` ascending and `key`, each (n,)."""

    keys: tuple[Key, ...]
    start: Times
    key: Times


def following(coded: Coded, window: Micros, *, by_dimension: bool = False) -> tuple[Following, ...]:
    """Lag tables of the events for the whole window and then each task, by when the antecedent is. `window` > 0 µs.

    States are not counted here: how they give way to each other is told by `transitions`.
    """
    assert window > 0, "a window has length"
    events = _events(coded, by_dimension)
    wide = coded.codable.end - coded.codable.start >= window
    moments = Spans(coded.codable.start[wide], coded.codable.end[wide] - window + 1)
    whole = moments.holds(events.start)
    k, parts = len(events.keys), len(coded.tasks) + 1
    each = Tasks(tuple(coded.tasks), tuple(range(len(coded.tasks))))
    cell = (task_of(events.start, each) * k + events.key)[whole]
    counted = np.bincount(cell, minlength=parts * k).reshape(parts, k)
    followed = np.zeros((parts, k, k), dtype=np.int64)
    for target in range(k):
        hit = _followed(events, target, window)[whole]
        followed[:, :, target] = np.bincount(cell[hit], minlength=parts * k).reshape(parts, k)
    return _rows(coded, events, moments, window, (counted, followed))


def _rows(
    coded: Coded, events: _Events, moments: Spans, window: Micros, tables: tuple[Tables, Tables]
) -> tuple[Following, ...]:
    counted, followed = tables
    reached = [_reached(events, target, window) for target in range(len(events.keys))]
    rows = []
    for task, _ in coded.parts():
        if task is None:
            n, hits, part = counted.sum(axis=0), followed.sum(axis=0), moments
        else:
            bounds = coded.tasks[task]
            n, hits, part = counted[task], followed[task], moments.within(bounds.start, bounds.end)
        base = _bases(part, reached)
        rows.append(Following(task, events.keys, tuple(n.tolist()), tuple(map(tuple, hits.tolist())), base))
    return tuple(rows)


def _bases(part: Spans, reached: list[Spans]) -> tuple[float | None, ...]:
    whole = part.length
    if not whole:
        return (None,) * len(reached)
    shares = []
    for spans in reached:
        near = spans.within(int(part.start[0]), int(part.end[-1]))
        shares.append(int(part.overlap(near.start, near.end).sum()) / whole)
    return tuple(shares)


def _events(coded: Coded, by_dimension: bool) -> _Events:
    inside = np.flatnonzero(~coded.is_state & coded.codable.holds(coded.start))
    if not by_dimension:
        points = [n for n, (_, code) in enumerate(coded.keys) if code not in coded.reading.group]
        return _kept(coded, inside, {n: coded.keys[n] for n in points})
    dimensions = {c.id: c.dimension for c in coded.scheme.codes}
    named = {n: (person, dimensions.get(code, "")) for n, (person, code) in enumerate(coded.keys)}
    return _kept(coded, inside, {n: key for n, key in named.items() if key[1]})


def _kept(coded: Coded, inside: Times, names: dict[int, Key]) -> _Events:
    """The events whose key has a name, by that name; only names that some event has."""
    used = np.bincount(coded.key[inside], minlength=len(coded.keys)) > 0
    names = {n: name for n, name in names.items() if used[n]}
    keys = tuple(sorted(set(names.values())))
    place = np.full(len(coded.keys), -1, dtype=np.int64)
    for n, name in names.items():
        place[n] = keys.index(name)
    key = place[coded.key[inside]]
    return _Events(keys, coded.start[inside][key >= 0], key[key >= 0])


def _followed(events: _Events, target: int, window: Micros) -> Flags:
    """Which events a target follows, shape (n,)."""
    aim = events.start[events.key == target]
    low = np.searchsorted(aim, events.start, side="left")
    high = np.searchsorted(aim, events.start + window, side="left")
    others: Times = high - low - (events.key == target)
    return others > 0


def _reached(events: _Events, target: int, window: Micros) -> Spans:
    """The moments in whose window a target begins: x with x ≤ u < x + window."""
    aim = events.start[events.key == target]
    return union(aim - window + 1, aim + 1)
