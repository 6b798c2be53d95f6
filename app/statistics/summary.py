"""What one coder marked, counted: per task, person, dimension and code. No balance, no cut-off, no score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.model.timecode import Micros
from app.statistics.coded import MINUTE, Coded, Key, median
from app.statistics.sampling import Times
from app.statistics.spans import Spans, union


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """Counts of one person in one task (its place in `tasks`, None: the whole window).

    `dimension` is empty for codes without one; `code` is empty in the row that sums a dimension. `count` is of
    acts that begin in codable time; `duration`, `codable` and `median` are µs. `rate = count / codable`, per minute,
    and `share = duration / codable`, 0 to 1, are None when nothing was codable. `median` is that of the states that
    begin in the task, each with its whole codable length; None when there is none. Formulas: domain 2.3.3.
    """

    task: int | None
    person: str
    dimension: str
    code: str
    count: int
    rate: float | None
    duration: Micros
    share: float | None
    median: float | None
    codable: Micros


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """What a row is counted from: its keys' places, when one of its states is on, and each state's length."""

    person: str
    dimension: str
    code: str
    keys: tuple[int, ...]
    on: Spans
    states: Times  # places of its states among the acts


def summarize(coded: Coded) -> tuple[SummaryRow, ...]:
    """Rows for the whole window and then each task.

    A state counts in the task in which it begins, its time where it falls; states at the same time count once in a sum.
    A code that somebody has anywhere in the window has a row in every task, so that a zero is seen.
    """
    lines = [_line(coded, *row) for row in _wanted(coded)]
    lengths = coded.codable.overlap(coded.start, coded.end)
    rows = []
    for task, stretches in coded.parts():
        inside = coded.begins_in(task)
        counts = np.bincount(coded.key[inside], minlength=len(coded.keys)).tolist()
        whole = stretches.length
        for line in lines:
            count = sum(counts[k] for k in line.keys)
            duration = int(stretches.overlap(line.on.start, line.on.end).sum())
            middle = median(lengths[line.states[inside[line.states]]])
            rate, share = (count * MINUTE / whole, duration / whole) if whole else (None, None)
            row = (count, rate, duration, share, middle, whole)
            rows.append(SummaryRow(task, line.person, line.dimension, line.code, *row))
    return tuple(rows)


def _wanted(coded: Coded) -> list[tuple[str, str, str, tuple[int, ...]]]:
    """Person, dimension, code and the places of the keys, of every row; sums of a dimension before its codes."""
    dimensions = {c.id: c.dimension for c in coded.scheme.codes}
    rows = [(person, dimensions.get(code, ""), code, (n,)) for n, (person, code) in enumerate(coded.keys)]
    sums: dict[Key, list[int]] = {}
    for person, dimension, _, (place,) in rows:
        if dimension:
            sums.setdefault((person, dimension), []).append(place)
    return sorted([*rows, *((person, d, "", tuple(places)) for (person, d), places in sums.items())])


def _line(coded: Coded, person: str, dimension: str, code: str, keys: Sequence[int]) -> _Line:
    own = np.flatnonzero(coded.is_state & np.isin(coded.key, keys))
    return _Line(person, dimension, code, tuple(keys), union(coded.start[own], coded.end[own]), own)
