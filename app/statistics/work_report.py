"""A year's work in tables: per product, customer, office and delivery, what rests on too few hidden in all of them.

Values in, values out. Nothing here knows a name: rows are keys, and a worker has hours and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.model.hours import Work
from app.model.sought import Side
from app.model.units import Minutes, RowCount, Year
from app.model.worked import OccasionRow, WaitRow, WorkerRow, YearOfWork
from app.statistics.hiding import LEAST, hidden_cells, hidden_counts, is_few, joined, together
from app.statistics.waiting import Spread, spread
from app.statistics.work_columns import By, WorkColumns, columns_of


class Measure(StrEnum):
    """What a column counts."""

    WHOLES = "wholes"  # pieces of work: cases, groups, agreements
    MINUTES = "minutes"
    TRAVEL = "travel"
    KM = "km"
    HELD = "held"
    CANCELLED = "cancelled"
    MISSED = "missed"
    CHILDREN = "children"
    ADULTS = "adults"
    PARTICIPANTS = "participants"


#: amounts of work, which are no counts of people or times: shown wherever the row is
_AMOUNTS = (Measure.WHOLES, Measure.MINUTES, Measure.TRAVEL, Measure.KM)
_OCCASION = {Work.MEETING: Measure.HELD, Work.CANCELLED: Measure.CANCELLED, Work.NO_SHOW: Measure.MISSED}
#: in the order in which the columns hold them
_SUMMED = (Measure.MINUTES, Measure.TRAVEL, Measure.KM)
_PEOPLE = (Measure.CHILDREN, Measure.ADULTS, Measure.PARTICIPANTS)
#: the tables of two lists of one report
CROSSED = ((By.PRODUCT, By.CUSTOMER), (By.PRODUCT, By.OFFICE), (By.PRODUCT, By.DELIVERY))
Key = tuple[str, ...]  # a row: one category, or those shown together


@dataclass(frozen=True, slots=True)
class LineTable:
    """A row for each category and a column for each measure; a cell or a sum that is None is hidden."""

    by: By
    rows: tuple[Key, ...]
    cells: Mapping[Measure, tuple[int | None, ...]]
    totals: Mapping[Measure, int | None]


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Minutes by two lists with all sums; a cell that is None is hidden."""

    by: tuple[By, By]
    rows: tuple[Key, ...]
    columns: tuple[Key, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Who was worked with, each counted once; None is hidden."""

    families: int | None
    children: int | None
    adults: int | None
    groups: int | None
    participants: int | None


@dataclass(frozen=True, slots=True)
class WaitLine:
    """Orders, and days from the order to the first meeting, to the final statement, and between; None of too few."""

    customers: Key
    orders: RowCount
    to_meeting: Spread | None
    to_statement: Spread | None
    between: Spread | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A product, or some together, in two years."""

    products: Key
    now: Minutes
    before: Minutes

    @property
    def change(self) -> Minutes:
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class WorkReport:
    """A year of one side, or stretches of it, which count no `people`.

    `too_few`: all of it rests on fewer than five, so that only hours of workers can be told.
    """

    year: Year
    side: Side
    too_few: bool
    minutes: Minutes
    people: People | None
    lines: tuple[LineTable, ...]
    crossed: tuple[CrossTable, ...]
    waits: tuple[WaitLine, ...]
    workers: tuple[WorkerRow, ...]
    compared: tuple[Compared, ...] = ()
    compared_with: Year | None = None

    def line(self, by: By) -> LineTable | None:
        return next((table for table in self.lines if table.by == by), None)


def report(now: YearOfWork, before: YearOfWork | None = None) -> WorkReport:
    """The tables of a year; with another year beside it, where that may be told too."""
    minutes = sum(row.minutes for row in now.workers)
    work = columns_of(now.work)
    if is_few(work.wholes):
        nobody = People(None, None, None, None, None)
        return WorkReport(now.year, now.side, True, minutes, nobody, (), (), (), now.workers)
    rows = {by: together(work.bases(by)) for by in By}
    lines = tuple(_line(by, rows[by], work, now.occasions) for by in By if rows[by])
    crossed = tuple(t for pair in CROSSED if (t := _crossed(pair, rows, work)) is not None)
    theirs = columns_of(before.work) if before is not None else None
    beside = theirs is not None and bool(now.work and theirs.number) and not is_few(theirs.wholes)
    return WorkReport(
        now.year, now.side, False, minutes, _people(work), lines, crossed, _waits(now.waits), now.workers,
        _compared(rows[By.PRODUCT], work, theirs) if theirs is not None and beside else (),
        before.year if before is not None and beside else None,
    )  # fmt: skip


# ── one list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _line(by: By, rows: tuple[Key, ...], work: WorkColumns, occasions: Iterable[OccasionRow]) -> LineTable:
    places, most = work.placed(by, rows), work.most_of(by, rows)
    found = {measure: [0] * len(rows) for measure in Measure}
    found |= zip(_SUMMED, work.sums(places, len(rows)), strict=True)
    found[Measure.WHOLES] = [len(held) for held in work.held(places, len(rows))]
    found |= zip(_PEOPLE, most, strict=True)
    _count_occasions(found, {key: n for n, row in enumerate(rows) for key in row}, by, occasions)
    cells, totals = dict[Measure, tuple[int | None, ...]](), dict[Measure, int | None]()
    for measure, values in found.items():
        cells[measure], totals[measure] = _shown(measure, values)
    totals[Measure.WHOLES] = work.wholes
    return LineTable(by, rows, cells, totals)


def _count_occasions(
    found: Mapping[Measure, list[int]], place: Mapping[str, int], by: By, occasions: Iterable[OccasionRow]
) -> None:
    for row in occasions:
        found[_OCCASION[row.what]][place[getattr(row, by)]] += row.number


def _shown(measure: Measure, values: Sequence[int]) -> tuple[tuple[int | None, ...], int | None]:
    """A column and its sum with what is hidden left out."""
    total = sum(values)
    if measure in _AMOUNTS:
        return tuple(values), total
    hidden, is_total_hidden = hidden_counts(values)
    cells = tuple(None if is_hidden else value for value, is_hidden in zip(values, hidden, strict=True))
    return cells, None if is_total_hidden else total


# ── two lists ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _crossed(pair: tuple[By, By], rows: Mapping[By, tuple[Key, ...]], work: WorkColumns) -> CrossTable | None:
    """None where one of the lists has a single row, or where nothing could be hidden well enough."""
    first, second = (rows[by] for by in pair)
    if min(len(first), len(second)) < 2:
        return None
    shape = len(first), len(second)
    places = work.placed(pair[0], first) * shape[1] + work.placed(pair[1], second)
    number = shape[0] * shape[1]
    minutes, *_ = work.sums(places, number)
    amounts = np.array(minutes, dtype=np.int64).reshape(shape)
    held = work.held(places, number)
    hidden = hidden_cells(amounts, [held[r * shape[1] : (r + 1) * shape[1]] for r in range(shape[0])])
    if hidden is None:
        return None
    cells = tuple(
        tuple(None if hidden[r, c] else int(amounts[r, c]) for c in range(len(second))) for r in range(len(first))
    )
    along = (tuple(map(int, amounts.sum(axis=axis))) for axis in (1, 0))
    return CrossTable(pair, first, second, cells, *along)


# ── people, waiting, two years ───────────────────────────────────────────────────────────────────────────────────────


def _people(work: WorkColumns) -> People:
    """Families are cases with somebody in them, groups are pieces of work with participants.

    How many pieces of work there are is shown: where what is left beside the one would tell how few the other are,
    neither is.
    """
    children, adults, participants = work.most.T
    families, groups = int(((children > 0) | (adults > 0)).sum()), int((participants > 0).sum())
    told = [None if is_few(n) else n for n in (families, groups)]
    for few, other in ((families, groups), (groups, families)):
        if is_few(few) and work.wholes - other < LEAST:
            told = [None, None]
    persons = [int(column.sum()) for column in (children, adults, participants)]
    of_children, of_adults, of_participants = (None if is_few(n) else n for n in persons)
    return People(told[0], of_children, of_adults, told[1], of_participants)


def _waits(rows: Sequence[WaitRow]) -> tuple[WaitLine, ...]:
    """All of them first, then by customer, those with too few orders together."""
    held: dict[str, list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        held[row.customer].append(n)
    parts = together({customer: frozenset(held[customer]) for customer in sorted(held)})
    some = [[rows[n] for n in sorted(n for customer in part for n in held[customer])] for part in parts]
    by_customer = [_wait(part, held) for part, held in zip(parts, some, strict=True)] if len(parts) > 1 else []
    every = _wait((), rows)
    return (every, *by_customer) if any((every.to_meeting, every.to_statement)) else ()


def _wait(part: Key, rows: Sequence[WaitRow]) -> WaitLine:
    def days(of: Callable[[WaitRow], int | None]) -> Spread | None:
        return spread([found for row in rows if (found := of(row)) is not None])

    return WaitLine(
        part,
        len(rows),
        days(lambda row: None if row.met is None else (row.met - row.ordered).days),
        days(lambda row: None if row.final is None else (row.final - row.ordered).days),
        days(lambda row: None if row.met is None or row.final is None else max((row.final - row.met).days, 0)),
    )


def _compared(rows: tuple[Key, ...], now: WorkColumns, before: WorkColumns) -> tuple[Compared, ...]:
    """In rows that tell nothing more of either year than its own report does."""
    sums = [work.minutes_of(By.PRODUCT) for work in (now, before)]
    parts = joined(rows, together(before.bases(By.PRODUCT)))
    return tuple(Compared(part, *(sum(held.get(key, 0) for key in part) for held in sums)) for part in parts)
