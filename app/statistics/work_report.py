"""A year's work in tables: per product, customer, office and delivery, what rests on too few hidden in all of them.

Values in, values out. Nothing here knows a name: rows are keys, and a worker has hours and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

import numpy as np

from app.model.hours import Work
from app.model.sought import Side
from app.model.units import Minutes, RowCount, Year
from app.model.worked import OccasionRow, WaitRow, WorkerRow, WorkRow, YearOfWork
from app.statistics.hiding import Base, hidden_cells, hidden_counts, is_few, joined, together
from app.statistics.waiting import Spread, spread


class By(StrEnum):
    """By what rows are told apart."""

    PRODUCT = "product"
    CUSTOMER = "customer"
    OFFICE = "office"
    DELIVERY = "delivery"


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
    """A year of one side. `too_few`: all of it rests on fewer than five, so that only hours of workers can be told."""

    year: Year
    side: Side
    too_few: bool
    minutes: Minutes
    people: People
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
    whole = _wholes(now.work)
    if is_few(len(whole)):
        nobody = People(None, None, None, None, None)
        return WorkReport(now.year, now.side, True, minutes, nobody, (), (), (), now.workers)
    rows = {by: together(_bases(now.work, by)) for by in By}
    lines = tuple(_line(by, rows[by], now) for by in By if rows[by])
    crossed = tuple(t for pair in CROSSED if (t := _crossed(pair, rows, now.work)) is not None)
    beside = before is not None and bool(now.work and before.work) and not is_few(len(_wholes(before.work)))
    return WorkReport(
        now.year, now.side, False, minutes, _people(now.work), lines, crossed, _waits(now.waits), now.workers,
        _compared(rows[By.PRODUCT], now, before) if before is not None and beside else (),
        before.year if before is not None and beside else None,
    )  # fmt: skip


def _wholes(rows: Iterable[WorkRow]) -> Base:
    return frozenset(row.whole_id for row in rows if row.whole_id)


def _bases(work: Sequence[WorkRow], by: By) -> dict[str, Base]:
    """By category, in their order, which pieces of work rest on it."""
    held: dict[str, set[str]] = defaultdict(set)
    key_of = attrgetter(by.value)
    for row in work:
        some = held[key_of(row)]
        if row.whole_id:
            some.add(row.whole_id)
    return {key: frozenset(held[key]) for key in sorted(held)}


# ── one list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _line(by: By, rows: tuple[Key, ...], year: YearOfWork) -> LineTable:
    place = {key: n for n, row in enumerate(rows) for key in row}
    found = {measure: [0] * len(rows) for measure in Measure}
    wholes: list[dict[str, tuple[int, ...]]] = [{} for _ in rows]
    minutes, travel, km = (found[measure] for measure in (Measure.MINUTES, Measure.TRAVEL, Measure.KM))
    key_of = attrgetter(by.value)
    for row in year.work:
        n = place[key_of(row)]
        minutes[n] += row.minutes
        travel[n] += row.travel
        km[n] += row.km
        _take_people(wholes[n], row)
    for n, held in enumerate(wholes):
        found[Measure.WHOLES][n] = len(held)
        for measure, number in zip(_PEOPLE, zip(*held.values(), strict=True), strict=False):
            found[measure][n] = sum(number)
    _count_occasions(found, place, by, year.occasions)
    every = _wholes(year.work)
    cells, totals = dict[Measure, tuple[int | None, ...]](), dict[Measure, int | None]()
    for measure, values in found.items():
        cells[measure], totals[measure] = _shown(measure, values)
    totals[Measure.WHOLES] = len(every)
    return LineTable(by, rows, cells, totals)


def _take_people(most: dict[str, tuple[int, ...]], row: WorkRow) -> None:
    """By piece of work the most children, adults and participants that any of its rows tells of."""
    if not row.whole_id:
        return
    told = row.children, row.adults, row.participants
    was = most.get(row.whole_id)
    if was != told:
        most[row.whole_id] = told if was is None else tuple(map(max, was, told))


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


def _crossed(pair: tuple[By, By], rows: Mapping[By, tuple[Key, ...]], work: Sequence[WorkRow]) -> CrossTable | None:
    """None where one of the lists has a single row, or where nothing could be hidden well enough."""
    first, second = (rows[by] for by in pair)
    if min(len(first), len(second)) < 2:
        return None
    places = [{key: n for n, row in enumerate(rows[by]) for key in row} for by in pair]
    held: list[list[set[str]]] = [[set() for _ in second] for _ in first]
    first_of, second_of = (attrgetter(by.value) for by in pair)
    sums = [[0] * len(second) for _ in first]
    for row in work:
        r, c = places[0][first_of(row)], places[1][second_of(row)]
        sums[r][c] += row.minutes
        if row.whole_id:
            held[r][c].add(row.whole_id)
    amounts = np.array(sums, dtype=np.int64)
    hidden = hidden_cells(amounts, [[frozenset(base) for base in line] for line in held])
    if hidden is None:
        return None
    cells = tuple(
        tuple(None if hidden[r, c] else int(amounts[r, c]) for c in range(len(second))) for r in range(len(first))
    )
    along = (tuple(map(int, amounts.sum(axis=axis))) for axis in (1, 0))
    return CrossTable(pair, first, second, cells, *along)


# ── people, waiting, two years ───────────────────────────────────────────────────────────────────────────────────────


def _people(work: Sequence[WorkRow]) -> People:
    """Families are cases with somebody in them, groups are pieces of work with participants."""
    most: dict[str, tuple[int, ...]] = {}
    for row in work:
        _take_people(most, row)
    families = sum(1 for children, adults, _ in most.values() if children or adults)
    groups = sum(1 for *_, participants in most.values() if participants)
    children, adults, participants = (sum(held[n] for held in most.values()) for n in range(3))
    return People(*(None if is_few(n) else n for n in (families, children, adults, groups, participants)))


def _waits(rows: Sequence[WaitRow]) -> tuple[WaitLine, ...]:
    """All of them first, then by customer, those with too few orders together."""
    numbered = {str(n): row for n, row in enumerate(rows)}
    bases: dict[str, set[str]] = defaultdict(set)
    for key, row in numbered.items():
        bases[row.customer].add(key)
    parts = together({customer: frozenset(bases[customer]) for customer in sorted(bases)})
    some = [[row for row in rows if row.customer in part] for part in parts]
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


def _compared(rows: tuple[Key, ...], now: YearOfWork, before: YearOfWork) -> tuple[Compared, ...]:
    """In rows that tell nothing more of either year than its own report does."""
    theirs = together(_bases(before.work, By.PRODUCT))
    sums: list[dict[str, int]] = [defaultdict(int), defaultdict(int)]
    for held, year in zip(sums, (now, before), strict=True):
        for row in year.work:
            held[row.product] += row.minutes
    return tuple(Compared(part, *(sum(held[key] for key in part) for held in sums)) for part in joined(rows, theirs))
