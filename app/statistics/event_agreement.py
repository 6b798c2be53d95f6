"""Event-based agreement: events paired one to one, per person, per person and dimension, and single codes.

Events are paired first, also those that lie up to the tolerance outside the window or in time that cannot be coded.
Then a pair of which one event lies there is in no figure, nor is a lone event that lies there: whose partner stands
just outside has not been missed by anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan

import numpy as np
import numpy.typing as npt

from app.model.timecode import Micros
from app.statistics.columns import Columns, Names
from app.statistics.figure import Interval, Reason
from app.statistics.intervals import Floats, intervals
from app.statistics.kappa import nil_of
from app.statistics.pairing import Marks, pair_rows
from app.statistics.sampling import Flags, Tasks, Times, task_of

INDICATIVE_BELOW = 30
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class EventAgreement:
    """One row: a person's events, or those of one `dimension` (empty: all of the person's).

    Counts: `a` and `b` events, `paired` pairs, `agreed` pairs of the same code. `agreement` (0 to 1) is agreed over
    everything marked by either. `kappa` has the nil row and column, `kappa_paired` is Cohen's over the pairs alone;
    what is None has its reason. `table` is (k + 1)², in the order of `codes` and then nil, coder A in rows. `offered`
    counts the codes that the scheme has here: with one alone there is nothing that a kappa could tell. `layer` is the
    pass that they are of, empty for the first.
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
    offered: int
    layer: str = ""

    @property
    def differing(self) -> int:
        """Pairs of two different codes: disagreements of domain 3.3."""
        return self.paired - self.agreed

    @property
    def omissions(self) -> int:
        """Events that only one of the two marked."""
        return self.a + self.b - 2 * self.paired

    @property
    def of(self) -> int:
        """What `agreed` is counted of: agreements, disagreements and omissions."""
        return self.agreed + self.differing + self.omissions

    @property
    def indicative(self) -> bool:
        """Fewer than 30 events: the figure only points in a direction (domain 3.4)."""
        return self.of < INDICATIVE_BELOW


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One person's code: how often each marked it, how often both did in one pair, and agreement incl. omissions."""

    person: str
    code: str
    a: int
    b: int
    agreed: int
    agreement: float

    @property
    def of(self) -> int:
        """How many `agreed` is counted of: every event that either called so."""
        return self.a + self.b - self.agreed

    @property
    def indicative(self) -> bool:
        return self.of < INDICATIVE_BELOW


@dataclass(frozen=True, slots=True)
class Row:
    """What one row counts: a person's codes of one dimension, or all of them."""

    person: str
    dimension: str
    offered: int


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """m pairs and lone events, each array of shape (m,), ascending by row and time.

    `a` and `b` are places among the coders' events, −1 for nobody. `time` is the earlier of the two, µs.
    """

    row: Times
    a: Times
    b: Times
    time: Times


@dataclass(frozen=True, slots=True, eq=False)
class Coder:
    """One coder's events with what decides where each counts.

    `rows` holds a row for each event, −1 for none, shape (n, 2): of its person, and of the person's dimension. `counts`
    says whether it lies in time that both covered and could code, (n,).
    """

    events: Columns
    rows: Times
    counts: Flags


def matches(a: Coder, b: Coder, names: Names, tolerance: Micros) -> Matches:
    """Everything paired within `tolerance` µs, row by row, less what touches time that is left out."""
    (first, place_a), (second, place_b) = _marks(a), _marks(b)
    i, j = pair_rows(first, second, names.codes, tolerance)
    alone_a, alone_b = (_others(len(x), paired) for x, paired in ((place_a, i), (place_b, j)))
    row = np.concatenate([first.row[i], first.row[alone_a], second.row[alone_b]])
    in_a = np.concatenate([place_a[i], place_a[alone_a], np.full(len(alone_b), -1)])
    in_b = np.concatenate([place_b[j], np.full(len(alone_a), -1), place_b[alone_b]])
    kept = _counts(a, in_a) & _counts(b, in_b)
    row, in_a, in_b = row[kept], in_a[kept], in_b[kept]
    time = np.minimum(_times(a, in_a), _times(b, in_b))
    order = np.lexsort((in_b, in_a, time, row))
    return Matches(row[order], in_a[order], in_b[order], time[order])


def _marks(own: Coder) -> tuple[Marks, Times]:
    """A coder's events in each row that they count in, and the place of each."""
    rows = own.rows.T.ravel()
    order = np.argsort(rows, kind="stable")
    order = order[np.searchsorted(rows[order], 0) :]
    place = order % max(len(own.rows), 1)
    return Marks(rows[order], own.events.start[place], own.events.code[place]), place


def _others(count: int, taken: Times) -> Times:
    alone = np.ones(count, dtype=np.bool_)
    alone[taken] = False
    return np.flatnonzero(alone)


def _counts(own: Coder, places: Times) -> Flags:
    return np.append(own.counts, True)[places]


def _times(own: Coder, places: Times) -> Times:
    return np.append(own.events.start, np.iinfo(np.int64).max)[places]


def event_agreement(
    rows: Sequence[Row], found: Matches, coders: tuple[Coder, Coder], names: Names, tasks: Tasks, layer: str = ""
) -> tuple[EventAgreement, ...]:
    """One for each of `rows` that holds events or is a whole person's; a match belongs to the task of its time."""
    first, second = (np.append(own.events.code, -1)[x] for own, x in zip(coders, (found.a, found.b), strict=True))
    sums = _sums(len(rows), len(names.codes), found.row, task_of(found.time, tasks), (first, second), len(tasks))
    kappas = nil_of(*sums.of_all)
    spans = intervals(kappas[:, 0], kappas[:, 1:], sums.held)
    tables = _tables(sums.used, found.row, (first, second))
    out = []
    for place, (row, linked) in enumerate(zip(rows, sums.linked.tolist(), strict=True)):
        codes = tuple(names.codes[c] for c in np.flatnonzero(sums.used[place]).tolist())
        if codes or not row.dimension:
            counts = sums.of_all[:, place, 0].tolist()
            made = _row(row, codes, tables[place], counts, (float(kappas[place, 0]), linked), spans[place])
            out.append(replace(made, layer=layer) if layer else made)
    return tuple(out)


def code_agreement(row: EventAgreement) -> list[CodeAgreement]:
    """The single codes of a person's row; they have no kappa."""
    found = []
    columns = list(zip(*row.table, strict=True))
    for place, code in enumerate(row.codes):
        a, b, agreed = sum(row.table[place]), sum(columns[place]), row.table[place][place]
        found.append(CodeAgreement(row.person, code, a, b, agreed, agreed / (a + b - agreed)))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """What the kappas of r rows need: `used` codes (r, codes), sums of all tasks and without each (6, r, 1 + tasks).

    `held` says in which tasks a row has an event, (r, tasks). The sums are each coder's events A and B, Σ r_i c_i,
    the number of codes in use, pairs of the same code, and pairs. `linked` is Cohen's kappa of the pairs alone,
    (r,), NaN where undefined.
    """

    used: Flags
    of_all: Counts
    linked: Floats
    held: Flags


def _sums(rows: int, codes: int, row: Times, task: Times, both: tuple[Times, Times], tasks: int) -> _Sums:
    """`both` are the codes of each match, −1 for nobody."""
    part, (first, second) = row * (tasks + 1) + task, both
    linked, size = (first >= 0) & (second >= 0), rows * (tasks + 1)

    def spread(chosen: Flags, code: Times) -> Counts:
        """How often each code is in each row, in all tasks and without each: (r, 1 + tasks, codes)."""
        cells = (part * codes + code)[chosen]
        counts = np.bincount(cells, minlength=size * codes).reshape(rows, tasks + 1, codes)
        whole = counts.sum(axis=1, keepdims=True)
        return np.concatenate([whole, whole - counts[:, :-1]], axis=1)

    a, b = spread(first >= 0, first), spread(second >= 0, second)
    agreed, paired_a, paired_b = spread(first == second, first), spread(linked, first), spread(linked, second)
    in_use = np.count_nonzero(a + b, axis=2)
    sums = [x.sum(axis=2) for x in (a, b, a * b)]
    sums += [in_use, agreed.sum(axis=2), paired_a.sum(axis=2)]
    same, pairs = (x[:, 0].astype(np.float64) for x in sums[4:])
    chance = (paired_a[:, 0] * paired_b[:, 0]).sum(axis=1)
    whole = pairs * pairs - chance
    kappa = np.divide(pairs * same - chance, whole, out=np.full(rows, np.nan), where=whole != 0)
    marked = sums[0] + sums[1]
    return _Sums((a + b)[:, 0] > 0, np.stack(sums), kappa, marked[:, 1:] < marked[:, :1])


def _tables(used: Flags, row: Times, both: tuple[Times, Times]) -> list[tuple[tuple[int, ...], ...]]:
    """The table of each row over the codes that it uses and then nil, coder A in rows."""
    place, size = np.cumsum(used, axis=1) - 1, used.sum(axis=1) + 1
    starts = np.cumsum(size**2) - size**2
    i, j = (np.where(x < 0, size[row] - 1, place[row, x]) for x in both)
    cells = np.bincount(starts[row] + i * size[row] + j, minlength=int((size**2).sum())).tolist()
    return [
        tuple(tuple(cells[at : at + k]) for at in range(start, start + k * k, k))
        for start, k in zip(starts.tolist(), size.tolist(), strict=True)
    ]


def _row(
    row: Row,
    codes: tuple[str, ...],
    table: tuple[tuple[int, ...], ...],
    counts: list[int],
    kappas: tuple[float, float],
    span: tuple[Interval | None, Reason],
) -> EventAgreement:
    a, b, _, _, agreed, paired = counts
    kappa, linked = kappas
    reason = _lacks(kappa, a, b)
    paired_reason = Reason.NO_PAIRS if not paired else Reason.ONE_CATEGORY if isnan(linked) else Reason.NONE
    return EventAgreement(
        row.person,
        row.dimension,
        a,
        b,
        paired,
        agreed,
        agreed / (a + b - paired) if a or b else None,
        None if reason else kappa,
        reason,
        None if paired_reason else linked,
        paired_reason,
        None if reason else span[0],
        reason or span[1],
        codes,
        table,
        row.offered,
    )


def _lacks(kappa: float, a: int, b: int) -> Reason:
    """Why there is no kappa with the nil row and column of `a` and `b` events."""
    if not isnan(kappa):
        return Reason.NONE
    if not (a or b):
        return Reason.NO_EVENTS
    return Reason.ONE_CATEGORY if a and b else Reason.ONE_CODER_WITHOUT_EVENTS
