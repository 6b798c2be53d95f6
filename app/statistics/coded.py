"""One coder's acts made ready for counting: as arrays, with the time that could be coded and its tasks.

Codable time is what the coder declared covered less the time that has the code *cannot be coded* (domain 2.3.3). Every
number of one coding is counted within it; what lies outside was not seen and is no *nothing happened*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.model.meeting import Stretch
from app.model.scheme import Scheme
from app.model.timecode import Micros
from app.statistics.acts import Reading, Timed
from app.statistics.sampling import Flags, Times
from app.statistics.spans import Spans, union

MINUTE: Micros = 60_000_000
Key = tuple[str, str]  # person, and a code or a dimension


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """n acts in time order, whatever the order in which they came.

    `start`, `end` (µs, of an event its start) and `key`, the place in `keys`, have shape (n,). `keys` are (person,
    code), sorted; *cannot be coded* is no act here. `is_state` (n,) tells states from events. `tasks` are ascending
    and separate, as the tasks of a meeting are.
    """

    scheme: Scheme
    reading: Reading
    keys: tuple[Key, ...]
    start: Times
    end: Times
    key: Times
    is_state: Flags
    codable: Spans
    tasks: tuple[Stretch, ...]

    @classmethod
    def of(
        cls, acts: Sequence[Timed], scheme: Scheme, window: Sequence[Stretch], tasks: Sequence[Stretch] = ()
    ) -> Coded:
        reading = Reading.of(scheme)
        rows = [a for a in acts if a.code != reading.cannot_be_coded]
        pairs = [(a.person, a.code) for a in rows]
        keys = tuple(sorted(set(pairs)))
        place = {pair: n for n, pair in enumerate(keys)}
        ends = [a.start if a.end is None or a.code in reading.points else a.end for a in rows]
        start, end = np.array([a.start for a in rows], dtype=np.int64), np.array(ends, dtype=np.int64)
        key = np.array([place[p] for p in pairs], dtype=np.int64)
        order = np.lexsort((end, key, start))
        start, end, key = start[order], end[order], key[order]
        free = codable(acts, scheme, window)
        return cls(scheme, reading, keys, start, end, key, end > start, free, tuple(tasks))

    def parts(self) -> Iterator[tuple[int | None, Spans]]:
        """The whole (None), then each task by its place in `tasks`, as codable time."""
        yield None, self.codable
        for place, task in enumerate(self.tasks):
            yield place, self.codable.within(task.start, task.end)

    def begins_in(self, task: int | None) -> Flags:
        """Which acts begin in codable time of a part, shape (n,)."""
        inside = self.codable.holds(self.start)
        if task is not None:
            inside &= (self.start >= self.tasks[task].start) & (self.start < self.tasks[task].end)
        return inside

    def of_codes(self, codes: Sequence[str]) -> Flags:
        """Which acts have one of the codes, shape (n,)."""
        return np.array([code in codes for _, code in self.keys], dtype=np.bool_)[self.key]


def codable(acts: Sequence[Timed], scheme: Scheme, window: Sequence[Stretch]) -> Spans:
    """The coded time less what cannot be coded."""
    gone = [(a.start, a.end) for a in acts if a.code == scheme.cannot_be_coded and a.end is not None]
    starts, ends = (np.array([row[n] for row in gone], dtype=np.int64) for n in (0, 1))
    return Spans.of(window).without(union(starts, ends))


def codable_time(acts: Sequence[Timed], scheme: Scheme, window: Sequence[Stretch]) -> Micros:
    """Coded time less the time that cannot be coded, µs."""
    return codable(acts, scheme, window).length


def median(values: Times) -> float | None:
    """The middle of some times, of an even number the mean of the two in the middle, µs; None of none."""
    return float(np.median(values)) if len(values) else None
