"""Event-based agreement: events paired one to one, per person, per person and dimension, and single codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.model.timecode import Micros
from app.statistics.acts import Act
from app.statistics.figure import Figure, Interval, Reason, ratio, undefined
from app.statistics.kappa import cohen, nil_of, with_nil
from app.statistics.pairing import pair_events
from app.statistics.resampling import intervals, resampled
from app.statistics.sampling import Tasks, task_of

INDICATIVE_BELOW = 30
_NOBODY = Act("", "", 0)


@dataclass(frozen=True, slots=True)
class EventAgreement:
    """One row: a person's events, or those of one `dimension` (empty: all of the person's).

    Counts: `a` and `b` events, `paired` pairs, `agreed` pairs of the same code. `agreement` (0 to 1) is agreed over
    everything marked by either. `kappa` has the nil row and column, `kappa_paired` is Cohen's over the pairs alone;
    what is None has its reason. `table` is (k + 1)², in the order of `codes` and then nil, coder A in rows.
    """

    person: str
    dimension: str
    a: int
    b: int
    paired: int
    agreed: int
    agreement: float | None
    kappa: float | None
    reason: Reason
    kappa_paired: float | None
    paired_reason: Reason
    interval: Interval | None
    interval_reason: Reason
    codes: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]

    @property
    def indicative(self) -> bool:
        """Fewer than 30 events: the figure only points in a direction (domain 3.4)."""
        return self.a + self.b - self.paired < INDICATIVE_BELOW


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One person's code: how often each marked it, how often both did in one pair, and agreement incl. omissions."""

    person: str
    code: str
    a: int
    b: int
    agreed: int
    agreement: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """The events of one row, with `None` for the coder who has none; in time order."""

    person: str
    dimension: str
    matches: tuple[tuple[Act | None, Act | None], ...]


def pairing(person: str, dimension: str, a: Sequence[Act], b: Sequence[Act], tolerance: Micros) -> Pairing:
    """Pairs and lone events of acts in time order."""
    pairs = pair_events([(x.start, x.code) for x in a], [(y.start, y.code) for y in b], tolerance)
    found_a, found_b = {i for i, _ in pairs}, {j for _, j in pairs}
    matches: list[tuple[Act | None, Act | None]] = [(a[i], b[j]) for i, j in pairs]
    matches += [(x, None) for i, x in enumerate(a) if i not in found_a]
    matches += [(None, y) for j, y in enumerate(b) if j not in found_b]
    return Pairing(person, dimension, tuple(sorted(matches, key=when)))


def when(match: tuple[Act | None, Act | None]) -> Micros:
    """The earlier of a match's two times."""
    a, b = match
    if a is None or b is None:
        return (a or b or _NOBODY).start
    return min(a.start, b.start)


def event_agreement(
    pairings: Sequence[Pairing], tasks: Tasks, drawn: npt.NDArray[np.float64] | None
) -> tuple[EventAgreement, ...]:
    """A row for each pairing; a match belongs to the task of its earlier time."""
    counted = [_codes_and_tables(p, tasks) for p in pairings]
    spans: list[tuple[Interval | None, Reason]] = [(None, Reason.FEWER_THAN_FIVE_TASKS)] * len(pairings)
    if drawn is not None and pairings:
        spans = intervals(_resampled_kappas([per_task for _, per_task in counted], drawn))
    rows = zip(pairings, counted, spans, strict=True)
    return tuple(_row(p, codes, per_task.sum(axis=0), *span) for p, (codes, per_task), span in rows)


def code_agreement(row: EventAgreement) -> list[CodeAgreement]:
    """The single codes of a person's row; they have no kappa."""
    table = np.array(row.table)
    found = []
    for place, code in enumerate(row.codes):
        a, b, agreed = int(table[place].sum()), int(table[:, place].sum()), int(table[place, place])
        found.append(CodeAgreement(row.person, code, a, b, agreed, agreed / (a + b - agreed)))
    return found


def _codes_and_tables(p: Pairing, tasks: Tasks) -> tuple[tuple[str, ...], npt.NDArray[np.int64]]:
    """The codes in use and the tables per task, shape (tasks + 1, k + 1, k + 1)."""
    codes = tuple(sorted({act.code for match in p.matches for act in match if act is not None}))
    place: dict[str, int] = {code: i for i, code in enumerate(codes)}
    nil = len(codes)
    where = task_of([when(m) for m in p.matches], tasks)
    first = np.array([nil if x is None else place[x.code] for x, _ in p.matches], dtype=np.int64)
    second = np.array([nil if y is None else place[y.code] for _, y in p.matches], dtype=np.int64)
    shape = (len(tasks) + 1, nil + 1, nil + 1)
    cells = np.ravel_multi_index((where, first, second), shape) if p.matches else np.zeros(0, dtype=np.int64)
    return codes, np.bincount(cells, minlength=shape[0] * shape[1] * shape[2]).reshape(shape)


def _resampled_kappas(rows: list[npt.NDArray[np.int64]], drawn: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Kappas of all rows in every resample, (rows, resamples), from the tables per task of each row.

    Nil counts as a code here and is taken off again, so that a row without events is no empty sum.
    """
    starts = np.cumsum([0, *(t.shape[1] for t in rows)])
    nils, starts = starts[1:] - 1, starts[:-1]
    parts = [np.hstack([t.sum(axis=axis) for t in rows]) for axis in (2, 1)]
    parts.append(np.stack([np.trace(t, axis1=1, axis2=2) for t in rows], axis=1))
    parts.append(np.stack([t[:, :-1, :-1].sum(axis=(1, 2)) for t in rows], axis=1))
    a, b, agreed, paired = (resampled(part, drawn) for part in parts)
    a[nils] = b[nils] = 0
    first, second, cross, in_use = (np.add.reduceat(x, starts, axis=0) for x in (a, b, a * b, (a + b > 0) * 1.0))
    return nil_of(first, second, cross, in_use, agreed, paired)


def _row(
    p: Pairing, codes: tuple[str, ...], table: npt.NDArray[np.int64], interval: Interval | None, why: Reason
) -> EventAgreement:
    k = len(codes)
    paired, agreed = int(table[:k, :k].sum()), int(np.trace(table))
    kappa, linked = with_nil(table), _paired(table[:k, :k])
    return EventAgreement(
        p.person,
        p.dimension,
        int(table[:k].sum()),
        int(table[:, :k].sum()),
        paired,
        agreed,
        ratio(agreed, int(table.sum()), Reason.NO_EVENTS).value,
        kappa.value,
        kappa.reason,
        linked.value,
        linked.reason,
        interval if kappa.value is not None else None,
        why if kappa.value is not None else kappa.reason,
        codes,
        tuple(tuple(row) for row in table.tolist()),
    )


def _paired(table: npt.NDArray[np.int64]) -> Figure:
    return cohen(table) if table.sum() else undefined(Reason.NO_PAIRS)
