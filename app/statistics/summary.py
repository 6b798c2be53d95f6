"""What one coder marked, counted: per task, person, dimension and code. No balance, no cut-off, no score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.model.meeting import Stretch, intersection, merged, without
from app.model.scheme import Scheme
from app.model.timecode import Micros
from app.statistics.acts import Act, Reading

MINUTE: Micros = 60_000_000


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """Counts of one person in one task (its place in `tasks`, None: the whole window).

    `dimension` is empty for codes without one; `code` is empty in the row that sums a dimension. `count` is of
    acts that begin in codable time, `duration` and `codable` are µs. `rate` (per minute) and `share` of codable time
    (0 to 1) are None when nothing was codable.
    """

    task: int | None
    person: str
    dimension: str
    code: str
    count: int
    rate: float | None
    duration: Micros
    share: float | None
    codable: Micros


def summarize(
    acts: Sequence[Act], scheme: Scheme, window: Sequence[Stretch], tasks: Sequence[Stretch] = ()
) -> tuple[SummaryRow, ...]:
    """Rows for the whole window and then each task. Codable time is the window less what cannot be coded.

    A state counts in the task in which it begins, its time where it falls; states at the same time count once in a sum.
    A code that somebody has anywhere in the window has a row in every task, so that a zero is seen.
    """
    reading = Reading.of(scheme)
    codable = _codable(acts, reading, window)
    dimensions = {c.id: c.dimension for c in scheme.codes}
    keys = sorted({(x.person, dimensions.get(x.code, ""), x.code) for x in acts if x.code != reading.cannot_be_coded})
    sums = sorted({(person, dimension, "") for person, dimension, _ in keys if dimension})
    parts: list[tuple[int | None, tuple[Stretch, ...]]] = [(None, codable)]
    parts += [(place, intersection(codable, (task,))) for place, task in enumerate(tasks)]
    rows = []
    for task, stretches in parts:
        for person, dimension, code in sorted([*keys, *sums]):
            own = [
                x
                for x in acts
                if x.person == person and (x.code == code if code else dimensions.get(x.code, "") == dimension)
            ]
            rows.append(_row((task, person, dimension, code), own, reading, stretches))
    return tuple(rows)


def codable_time(acts: Sequence[Act], scheme: Scheme, window: Sequence[Stretch]) -> Micros:
    """Coded time less the time that cannot be coded, µs."""
    return sum(s.length for s in _codable(acts, Reading.of(scheme), window))


def _codable(acts: Sequence[Act], reading: Reading, window: Sequence[Stretch]) -> tuple[Stretch, ...]:
    left = merged(tuple(window))
    for act in acts:
        if act.code == reading.cannot_be_coded and act.end is not None:
            left = without(left, Stretch(act.start, act.end))
    return left


def _row(
    key: tuple[int | None, str, str, str], acts: Sequence[Act], reading: Reading, stretches: tuple[Stretch, ...]
) -> SummaryRow:
    codable = sum(s.length for s in stretches)
    count = sum(any(s.holds(x.start) for s in stretches) for x in acts)
    on = intersection(merged(tuple(_stretches(acts, reading))), stretches)
    duration = sum(s.length for s in on)
    rate, share = (count * MINUTE / codable, duration / codable) if codable else (None, None)
    return SummaryRow(*key, count, rate, duration, share, codable)


def _stretches(acts: Sequence[Act], reading: Reading) -> Iterator[Stretch]:
    for act in acts:
        if act.end is not None and not reading.is_event(act):
            yield Stretch(act.start, act.end)
