"""95 % intervals of kappas: how far a figure moves when one task is left out (domain 3.6).

With T tasks, κ is the figure of all of them and κ₍ᵢ₎ that without task i. On Fisher's scale z = artanh κ

    s² = Σ (zᵢ − z̄)²        z ± t(0.975; T − 1) · s

taken back by tanh, so that an interval stays between −1 and 1 and leans as kappa does near its end. Sources: Tukey 1958
and Miller 1974 (The jackknife, a review: groups left out, Student's t with T − 1 degrees, a scale that steadies the
spread), Fleiss & Davies 1982 (the jackknife for kappa), Fisher 1921 (z). The jackknife itself has (T − 1)/T before the
sum; without it the intervals are 3 to 12 % wider, and hold what they say also where tasks are few and unlike.

Chosen by simulation (`tests/benchmarks/intervals.py`): from 5 to 12 tasks, alike and different, states and events, it
covers the true kappa in 94 to 97 of 100; percentiles of resampled tasks do so in 78 to 91, and widened as Hesterberg
(2015) tells in 81 to 95. Where a figure is 1, or is so without one of the tasks, or all tasks are alike, the tasks do
not tell how far it could have moved: there is no interval, and it says so.

T counts the tasks that hold something of the figure: one that could not be coded, or in which nobody marked an event of
a row, tells nothing of how far that row moves, and must not narrow its interval (three tasks with events among nine
would cover 88 of 100).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import sqrt

import numpy as np
import numpy.typing as npt

from app.model.meeting import Stretch, intersection
from app.statistics.f_distribution import f_quantile
from app.statistics.figure import Interval, Reason
from app.statistics.sampling import Tasks

Floats = npt.NDArray[np.float64]

FEWEST_TASKS = 5
#: below it a spread is what arithmetic leaves over of none
_NO_SPREAD = 1e-9


def tasks_in(window: Sequence[Stretch], tasks: Sequence[Stretch], numbers: Sequence[int] = ()) -> Tasks:
    """The tasks of which some time lies in the window. Stretches of the same number are parts of one task.

    Without `numbers` each stretch is a task of its own.
    """
    named = sorted(zip(tasks, numbers or range(len(tasks)), strict=True), key=lambda t: (t[0].start, t[0].end))
    held = [(stretch, number) for stretch, number in named if intersection((stretch,), tuple(window))]
    places: dict[int, int] = {}
    for _, number in held:
        places.setdefault(number, len(places))
    owners = tuple(places[number] for _, number in held)
    return Tasks(tuple(stretch for stretch, _ in held), owners, tuple(places))


def without_each(per_task: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Sums over all tasks but one, for each of them: (tasks + 1, …) → (tasks, …).

    The last row is the time outside every task: it takes part in the figure, and so in each of these.
    """
    return np.asarray(per_task.sum(axis=0) - per_task[:-1])


def intervals(
    kappas: Floats, without: Floats, held: npt.NDArray[np.bool_] | None = None
) -> list[tuple[Interval | None, Reason]]:
    """Intervals of r kappas, shape (r,), from those without each of T tasks, shape (r, T); NaN is undefined.

    `held` says which tasks hold something of which row, (r, T); None for all of all. An undefined kappa has no interval
    and no reason of its own here: the figure has one already.
    """
    rows, most = without.shape
    if most < FEWEST_TASKS or not rows:
        return [(None, Reason.FEWER_THAN_FIVE_TASKS)] * rows
    if held is None:
        held = np.ones(without.shape, dtype=np.bool_)
    tasks = held.sum(axis=1)
    size = np.maximum(tasks, 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle, moved = np.arctanh(kappas), np.where(held, np.arctanh(without), 0)
        apart = np.where(held, moved - (moved.sum(axis=1) / size)[:, None], 0)
        spread = np.sqrt((apart**2).sum(axis=1))
    reach = np.array([student(n - 1) for n in size.tolist()]) * spread
    spans = map(Interval, np.tanh(middle - reach).tolist(), np.tanh(middle + reach).tolist(), tasks.tolist())
    undefined = [any(row) for row in (np.isnan(without) & held).tolist()]
    known = (np.isfinite(middle) & np.isfinite(spread) & (spread > _NO_SPREAD)).tolist()
    return [_told(*one) for one in zip(spans, known, undefined, strict=True)]


def _told(span: Interval, known: bool, undefined: bool) -> tuple[Interval | None, Reason]:
    """The interval, or why there is none."""
    if span.tasks < FEWEST_TASKS:
        return None, Reason.FEWER_THAN_FIVE_TASKS
    if known:
        return span, Reason.NONE
    return None, Reason.UNDEFINED_WITHOUT_A_TASK if undefined else Reason.TASKS_ALIKE


@cache
def student(degrees: int) -> float:
    """Student's t that 2.5 % lie above, by F(1, degrees) = t²."""
    return sqrt(f_quantile(0.95, 1, degrees))
