"""Agreement of the second pass: of events that are agreed already, so that the pairs are known and nothing is matched.

Percent and Cohen's kappa of one question's table, with the interval by tasks of `intervals`. An event of which one of
the two said nothing is in no figure; it is counted beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.model.units import Share, TaskNumber
from app.statistics.figure import Interval, Reason
from app.statistics.intervals import intervals, without_each
from app.statistics.kappa import cohen, cohen_of, percent_agreement

#: below so many events a figure is only indicative (domain 3.4)
FEWEST_EVENTS = 30


@dataclass(frozen=True, slots=True)
class Answered:
    """What A and B said of one event: an option's id, empty for nothing. `task` is 0 between tasks."""

    task: TaskNumber
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class SecondAgreement:
    """One question's figures. `table[i][j]` are the events of which A said option i and B option j.

    `percent` and `kappa` are None where undefined, and `reason` says why. `lone` are events of which only one, or
    nobody, said something.
    """

    options: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]
    same: int
    of: int
    lone: int
    percent: Share | None
    kappa: float | None
    reason: Reason
    interval: Interval | None
    interval_reason: Reason

    @property
    def is_indicative(self) -> bool:
        return self.of < FEWEST_EVENTS


def agree_second(options: Sequence[str], answers: Sequence[Answered]) -> SecondAgreement:
    """The figures of one question over its events; an answer that is none of the `options` is a bug (KeyError)."""
    places = {option: place for place, option in enumerate(options)}
    both = [x for x in answers if x.a and x.b]
    tasks = sorted({x.task for x in both if x.task})
    rows = {task: n for n, task in enumerate(tasks)}
    size = len(options)
    # per task, and in the last row what lies between tasks
    counts = np.zeros((len(tasks) + 1, size, size), dtype=np.int64)
    for x in both:
        counts[rows.get(x.task, len(tasks)), places[x.a], places[x.b]] += 1
    table = counts.sum(axis=0)
    percent, kappa = percent_agreement(table), cohen(table)
    moved = cohen_of(np.moveaxis(without_each(counts), 0, -1))[np.newaxis, :]
    at = np.array([np.nan if kappa.value is None else kappa.value])
    ((interval, why),) = intervals(at, moved)
    return SecondAgreement(
        tuple(options),
        tuple(tuple(row) for row in table.tolist()),
        int(np.trace(table)),
        len(both),
        len(answers) - len(both),
        percent.value,
        kappa.value,
        Reason.NO_PAIRS if not both else kappa.reason,
        interval if kappa.value is not None else None,
        why,
    )
