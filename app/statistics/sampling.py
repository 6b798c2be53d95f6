"""Time cut into units, what is on in each, and the tables of two coders with a tolerance (domain 3.6, Annex A10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from app.model.meeting import Stretch, merged
from app.model.timecode import Micros

Times = npt.NDArray[np.int64]
Categories = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Tables = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The n units `[start, start + length)` of a window, ascending, µs; each array has shape (n,).

    `ends` is where the stretch of each ends; `bounds` are the places of each stretch's first unit and past its last.
    """

    length: Micros
    start: Times
    ends: Times
    bounds: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.start)

    def within(self, starts: Sequence[Micros] | Times, ends: Sequence[Micros] | Times) -> tuple[list[int], list[int]]:
        """For each `[start, end)` the places from and to of the units whose midpoint m has start ≤ m < end."""
        doubled = 2 * self.start + self.length
        low = np.searchsorted(doubled, 2 * np.asarray(starts, dtype=np.int64), side="left")
        high = np.searchsorted(doubled, 2 * np.asarray(ends, dtype=np.int64), side="left")
        return low.tolist(), high.tolist()

    def holding(self, times: Sequence[Micros] | Times) -> Times:
        """For each time the place of the unit that contains it, −1 where none does."""
        t = np.asarray(times, dtype=np.int64)
        if not len(self):
            return np.full(len(t), -1, dtype=np.int64)
        place = np.searchsorted(self.start, t, side="right") - 1
        inside = (place >= 0) & (t < self.start[place] + self.length) & (t < self.ends[place])
        return np.where(inside, place, -1)


def units_of(window: Sequence[Stretch], length: Micros) -> Units:
    """The units of a window, counted from the start of each stretch; a last partial one if its midpoint is inside."""
    assert length > 0, "a unit has length"
    stretches = merged(tuple(window))
    # i·u + u/2 < stretch, in whole numbers
    counts = [max(0, -((length - 2 * s.length) // (2 * length))) for s in stretches]
    places = [0, *accumulate(counts)]
    starts = [s.start + length * np.arange(n, dtype=np.int64) for s, n in zip(stretches, counts, strict=True)]
    return Units(
        length,
        np.concatenate([np.zeros(0, dtype=np.int64), *starts]),
        np.repeat(np.array([s.end for s in stretches], dtype=np.int64), counts),
        tuple(pairwise(places)),
    )


@dataclass(frozen=True, slots=True)
class Tasks:
    """Tasks and the parts in which they were done: `parts` ascend and lie apart, `owners` says whose each part is.

    A task that was cut off by a pause, or done twice, is one task of several parts. Tasks count from 0; `numbers` says
    what each is called.
    """

    parts: tuple[Stretch, ...] = ()
    owners: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(set(self.owners))


def task_of(times: npt.ArrayLike, tasks: Tasks) -> Times:
    """For each time the task in one of whose parts it lies; the number of tasks where it lies in none."""
    t = np.asarray(times, dtype=np.int64)
    if not tasks.parts:
        return np.zeros(t.shape, dtype=np.int64)
    starts = np.array([s.start for s in tasks.parts], dtype=np.int64)
    ends = np.array([s.end for s in tasks.parts], dtype=np.int64)
    place = np.searchsorted(starts, t, side="right") - 1
    owner = np.array(tasks.owners, dtype=np.int64)[place]
    return np.where((place >= 0) & (t < ends[place]), owner, len(tasks))


def counted_tasks(tasks: Tasks, units: Units, counted: Flags) -> Tasks:
    """Those of which at least one unit is counted: a task that could not be coded at all is in no figure."""
    held = {place: n for n, place in enumerate(np.unique(_task_of_units(units, tasks)[counted]).tolist())}
    kept = [(part, held[owner]) for part, owner in zip(tasks.parts, tasks.owners, strict=True) if owner in held]
    numbers = tuple(tasks.numbers[place] for place in held if place < len(tasks.numbers))
    return Tasks(tuple(part for part, _ in kept), tuple(owner for _, owner in kept), numbers)


def _task_of_units(units: Units, tasks: Tasks) -> Times:
    return task_of(units.start + units.length // 2, tasks)


def framed(units: Units, counted: Flags, tolerance: Micros, tasks: Tasks) -> Frame:
    """The frame of a window; `tolerance` in µs, `tasks` those that are counted."""
    return Frame(units, counted, tolerance // units.length, _task_of_units(units, tasks), len(tasks))


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What a tally needs beside the categories: units, those that count, tolerance in units, and each unit's task.

    `task` (n,) runs from 0 to `tasks`; the last is the time outside every task.
    """

    units: Units
    counted: Flags
    tolerance: int
    task: Times
    tasks: int


def nearby(on: Flags, frame: Frame) -> Flags:
    """Shape (r, n): is it on in a counted unit at most the tolerance away, inside the same stretch.

    Reach doubles with each step, so that a wide tolerance costs little more than a narrow one.
    """
    on = on & frame.counted
    if not frame.tolerance:
        return on
    found = np.empty_like(on)
    for first, past in frame.units.bounds:
        count = past - first
        aside = max(min(frame.tolerance, count - 1), 0)
        spread = np.zeros((len(on), count + 2 * aside), dtype=np.bool_)
        spread[:, aside : aside + count] = on[:, first:past]
        reach, width = 1, 2 * aside + 1
        while reach < width:
            step = min(reach, width - reach)
            spread[:, :-step] |= spread[:, step:]
            reach += step
        found[:, first:past] = spread[:, :count]
    return found


def tallied(a: Categories, b: Categories, k: int, frame: Frame) -> Categories:
    """Shape (r, n): with what each of a's units is tallied: a's own category when b has it nearby, else what b has."""
    if not frame.tolerance:
        return b
    found = np.zeros(a.shape, dtype=np.bool_)
    for category in range(k):
        found |= (a == category) & nearby(b == category, frame)
    return np.where(found, a, b)


def tables(a: Categories, seen: Categories, k: int, frame: Frame) -> Tables:
    """Tables of r rows of categories against what they are tallied with, per task: shape (r, tasks + 1, k, k)."""
    rows, parts = a.shape[0], frame.tasks + 1
    task = frame.task
    if not frame.counted.all():
        task, a, seen = task[frame.counted], a[:, frame.counted], seen[:, frame.counted]
    cells = (np.arange(rows)[:, None] * parts + task[None, :]) * (k * k)
    cells += np.multiply(a, k, dtype=np.int16) + seen
    return np.bincount(cells.ravel(), minlength=rows * parts * k * k).reshape(rows, parts, k, k)
