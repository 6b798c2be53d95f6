"""95 % intervals by resampling whole tasks with a fixed seed (domain 3.6)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from app.model.meeting import Stretch, intersection
from app.statistics.figure import Interval, Reason
from app.statistics.sampling import Tasks

Floats = npt.NDArray[np.float64]

FEWEST_TASKS = 5
RESAMPLES = 1000
SEED = 1938
DEFINED_AT_LEAST = 0.95


def tasks_in(window: Sequence[Stretch], tasks: Sequence[Stretch], numbers: Sequence[int] = ()) -> Tasks:
    """The tasks of which some time lies in the window. Stretches of the same number are parts of one task.

    Without `numbers` each stretch is a task of its own.
    """
    named = sorted(zip(tasks, numbers or range(len(tasks)), strict=True), key=lambda t: (t[0].start, t[0].end))
    held = [(stretch, number) for stretch, number in named if intersection((stretch,), tuple(window))]
    places: dict[int, int] = {}
    for _, number in held:
        places.setdefault(number, len(places))
    return Tasks(tuple(stretch for stretch, _ in held), tuple(places[number] for _, number in held))


@cache
def draws(tasks: int) -> Floats | None:
    """How often each task is drawn in each resample, shape (resamples, tasks + 1); None with fewer than five tasks.

    The last column is always 1: what lies outside every task takes part in the figure and so in each resample.
    """
    if tasks < FEWEST_TASKS:
        return None
    counts = np.random.default_rng(SEED).multinomial(tasks, np.full(tasks, 1 / tasks), size=RESAMPLES)
    drawn = np.hstack([counts, np.ones((RESAMPLES, 1))]).astype(np.float64)
    drawn.flags.writeable = False
    return drawn


def resampled(per_task: npt.NDArray[np.int64] | Floats, drawn: Floats) -> Floats:
    """Sums over drawn tasks: (tasks + 1, …) → (…, resamples), the long axis last where numpy is quick."""
    flat = per_task.reshape(per_task.shape[0], -1).astype(np.float64).T @ drawn.T
    return np.asarray(flat.reshape(*per_task.shape[1:], drawn.shape[0]))


def intervals(values: Floats) -> list[tuple[Interval | None, Reason]]:
    """From 2.5 % to 97.5 % of each row of (r, resamples), NaN where a resample is undefined.

    There is none where more than 5 % of the resamples are undefined.
    """
    ordered = np.sort(values, axis=1)
    count = np.count_nonzero(~np.isnan(values), axis=1)
    ends = zip(_at(ordered, count, 0.025), _at(ordered, count, 0.975), count.tolist(), strict=True)
    return [
        (Interval(low, high), Reason.NONE) if n >= DEFINED_AT_LEAST * values.shape[1] else (None, Reason.UNSTABLE)
        for low, high, n in ends
    ]


def _at(ordered: Floats, count: npt.NDArray[np.int64], share: float) -> list[float]:
    """The value at `share` of the first `count` of each ascending row, between two by straight line."""
    place = share * np.maximum(count - 1, 0)
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(count - 1, 0))
    rows = np.arange(len(ordered))
    low, high = ordered[rows, below], ordered[rows, above]
    values: list[float] = (low + (high - low) * (place - below)).tolist()
    return values
