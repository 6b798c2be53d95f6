"""Time-based agreement: kappa of time units per exclusive group and per on/off code, in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
import numpy.typing as npt

from app.statistics.figure import Interval, Reason
from app.statistics.intervals import intervals, without_each
from app.statistics.kappa import cohen_of
from app.statistics.lanes import CodedLane
from app.statistics.sampling import Categories, Frame, Tables, tables, tallied

Counts = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class TimeAgreement:
    """One row: a person's exclusive `group`, or one on/off `code` outside groups (the other is empty).

    `percent` (0 to 1) and `kappa` are means of the two directions; a figure that is None has its `reason`, the interval
    of `kappa` its own. Tables are rows of one coder against what the other has, in the order of `categories`, where
    "" is none or off; the second has coder B in its rows.
    """

    person: str
    group: str
    code: str
    units: int
    percent: float | None
    kappa: float | None
    kappa_a_to_b: float | None
    kappa_b_to_a: float | None
    reason: Reason
    interval: Interval | None
    interval_reason: Reason
    categories: tuple[str, ...]
    table_a_to_b: Counts
    table_b_to_a: Counts


@dataclass(frozen=True, slots=True, eq=False)
class Tallied:
    """A lane with what each coder's units are tallied with, (n,), and its tables per task, (2, tasks + 1, k, k)."""

    lane: CodedLane
    a_sees: Categories
    b_sees: Categories
    per_task: Tables


def tally(lanes: Sequence[CodedLane], frame: Frame) -> list[Tallied]:
    """Lanes with equally many categories are tallied together: that is where the time goes."""
    alike: dict[int, list[int]] = defaultdict(list)
    for place, lane in enumerate(lanes):
        alike[len(lane.categories)].append(place)
    found: dict[int, Tallied] = {}
    for k, places in alike.items():
        a, b = (np.stack([getattr(lanes[p], coder) for p in places]) for coder in "ab")
        a_sees, b_sees = tallied(a, b, k, frame), tallied(b, a, k, frame)
        both = np.stack([tables(a, a_sees, k, frame), tables(b, b_sees, k, frame)], axis=1)
        for row, place in enumerate(places):
            found[place] = Tallied(lanes[place], a_sees[row], b_sees[row], both[row])
    return [found[place] for place in range(len(lanes))]


def time_agreement(rows: Sequence[Tallied], tasks: int) -> tuple[TimeAgreement, ...]:
    """A row for each lane; `tasks` is how many tasks lie in the window."""
    kappas, without = np.empty((len(rows), 2)), np.empty((len(rows), tasks))
    sizes = np.array([len(row.lane.categories) for row in rows])
    for k in sorted(set(sizes.tolist())):
        places = np.flatnonzero(sizes == k)
        alike = np.stack([rows[p].per_task for p in places.tolist()]).transpose(2, 3, 4, 0, 1)
        kappas[places] = cohen_of(alike.sum(axis=0))
        if tasks:
            # (tasks, k, k, rows, 2) with the two axes of a table first
            fewer = cohen_of(without_each(alike).transpose(1, 2, 3, 0, 4))
            without[places] = fewer.mean(axis=2)
    spans = intervals(kappas.mean(axis=1), without)
    return tuple(_row(row, both, *span) for row, both, span in zip(rows, kappas.tolist(), spans, strict=True))


def _row(row: Tallied, kappas: list[float], interval: Interval | None, why: Reason) -> TimeAgreement:
    """`kappas` are those of the two directions, NaN where one category only is in use there."""
    lane = row.lane
    there, back = (_whole(table) for table in row.per_task.sum(axis=1))
    units = sum(map(sum, there))
    same = sum(table[i][i] for table in (there, back) for i in range(len(lane.categories)))
    reason = Reason.NONE
    if lacking := sum(map(isnan, kappas)):
        one = Reason.ONE_CATEGORY if lacking == len(kappas) else Reason.ONE_CATEGORY_ONE_WAY
        reason = one if units else Reason.NO_UNITS
    first, second = (None if isnan(kappa) else kappa for kappa in kappas)
    return TimeAgreement(
        lane.person,
        lane.group,
        lane.code,
        units,
        same / (2 * units) if units else None,
        None if first is None or second is None else (first + second) / 2,
        first,
        second,
        reason,
        None if reason else interval,
        reason or why,
        lane.categories,
        there,
        back,
    )


def _whole(table: npt.NDArray[np.int64]) -> Counts:
    return tuple(tuple(row) for row in table.tolist())
