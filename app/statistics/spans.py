"""Stretches of time as arrays, so that hours with thousands of states are counted at once. All times whole µs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.model.meeting import Stretch
from app.statistics.sampling import Flags, Times


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """n half-open stretches `[start, end)`, ascending, that neither touch nor overlap; each array has shape (n,)."""

    start: Times
    end: Times

    @classmethod
    def of(cls, stretches: Iterable[Stretch]) -> Spans:
        rows = list(stretches)
        return union(_times(s.start for s in rows), _times(s.end for s in rows))

    def __len__(self) -> int:
        return len(self.start)

    @property
    def length(self) -> int:
        """How much time it is, in microseconds."""
        return int((self.end - self.start).sum())

    def place(self, times: npt.ArrayLike) -> Times:
        """For each time the place of the stretch that holds it, −1 where none does."""
        t = np.asarray(times, dtype=np.int64)
        if not len(self):
            return np.full(t.shape, -1, dtype=np.int64)
        place = self.start.searchsorted(t, side="right") - 1
        return np.where((place >= 0) & (t < self.end[place]), place, -1)

    def holds(self, times: npt.ArrayLike) -> Flags:
        return self.place(times) >= 0

    def before(self, times: npt.ArrayLike) -> Times:
        """For each time how much of the stretches lies before it."""
        t = np.asarray(times, dtype=np.int64)
        if not len(self):
            return np.zeros(t.shape, dtype=np.int64)
        lengths = self.end - self.start
        gone = lengths.cumsum() - lengths
        place = np.maximum(self.start.searchsorted(t, side="right") - 1, 0)
        here = np.minimum(np.maximum(t - self.start[place], 0), lengths[place])
        out: Times = gone[place] + here
        return out

    def overlap(self, starts: npt.ArrayLike, ends: npt.ArrayLike) -> Times:
        """For each `[start, end)` how much of it lies in the stretches."""
        return self.before(ends) - self.before(starts)

    def within(self, start: int, end: int) -> Spans:
        """What of the stretches lies in `[start, end)`, in microseconds."""
        low = int(np.searchsorted(self.end, start, side="right"))
        high = int(np.searchsorted(self.start, end, side="left"))
        return Spans(np.maximum(self.start[low:high], start), np.minimum(self.end[low:high], end))

    def without(self, gone: Spans) -> Spans:
        """What is left when `gone` is taken out."""
        edges = np.unique(np.concatenate([self.start, self.end, gone.start, gone.end]))
        kept = self.holds(edges[:-1]) & ~gone.holds(edges[:-1])
        return union(edges[:-1][kept], edges[1:][kept])


def union(starts: Times, ends: Times) -> Spans:
    """The union of n half-open stretches with `end > start`, in any order."""
    if not len(starts):
        return Spans(starts, ends)
    order = np.argsort(starts, kind="stable")
    start, reach = starts[order], np.maximum.accumulate(ends[order])
    first = np.concatenate([[True], start[1:] > reach[:-1]])
    last = np.concatenate([first[1:], [True]])
    return Spans(start[first], reach[last])


def _times(values: Iterable[int]) -> Times:
    return np.fromiter(values, dtype=np.int64)
