"""Time-based agreement: kappa of time units per exclusive group and per on/off code, in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.statistics.figure import Figure, Interval, Reason, undefined
from app.statistics.kappa import cohen, cohen_of, percent_agreement
from app.statistics.lanes import Lane
from app.statistics.resampling import intervals, resampled
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

    lane: Lane
    a_sees: Categories
    b_sees: Categories
    per_task: Tables


def tally(lanes: Sequence[Lane], frame: Frame) -> list[Tallied]:
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


def time_agreement(rows: Sequence[Tallied], drawn: npt.NDArray[np.float64] | None) -> tuple[TimeAgreement, ...]:
    spans: list[tuple[Interval | None, Reason]] = [(None, Reason.FEWER_THAN_FIVE_TASKS)] * len(rows)
    if drawn is not None and rows:
        spans = intervals(_resampled_kappas(rows, drawn))
    return tuple(_row(row, *span) for row, span in zip(rows, spans, strict=True))


def _resampled_kappas(rows: Sequence[Tallied], drawn: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Mean kappa of both directions of each row in every resample, shape (resamples, rows)."""
    found = np.empty((len(drawn), len(rows)))
    sizes = np.array([len(row.lane.categories) for row in rows])
    for k in set(sizes.tolist()):
        places = np.flatnonzero(sizes == k)
        alike = np.stack([rows[p].per_task for p in places.tolist()]).transpose(2, 0, 1, 3, 4)
        found[:, places] = cohen_of(resampled(alike, drawn)).mean(axis=2)
    return found


def _row(row: Tallied, interval: Interval | None, why: Reason) -> TimeAgreement:
    there, back = row.per_task.sum(axis=1)
    kappas = [cohen(there), cohen(back)]
    kappa = _mean(kappas)
    lane = row.lane
    return TimeAgreement(
        lane.person,
        lane.group,
        lane.code,
        int(there.sum()),
        _mean([percent_agreement(there), percent_agreement(back)]).value,
        kappa.value,
        kappas[0].value,
        kappas[1].value,
        kappa.reason,
        interval if kappa.value is not None else None,
        why if kappa.value is not None else kappa.reason,
        lane.categories,
        _whole(there),
        _whole(back),
    )


def _mean(figures: list[Figure]) -> Figure:
    """The mean of both directions, undefined when one is."""
    values = [f.value for f in figures if f.value is not None]
    if len(values) < len(figures):
        return undefined(next(f.reason for f in figures if f.reason))
    return Figure(sum(values) / len(values))


def _whole(table: npt.NDArray[np.int64]) -> Counts:
    return tuple(tuple(row) for row in table.tolist())
