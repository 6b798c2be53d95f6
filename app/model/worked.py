"""A year of an office's working hours as sums: never anybody's own entries, and no name of a client.

The pieces of work are told apart by ids, so that what rests on fewer than five of them can be hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.model.hours import Work
from app.model.meeting import Delivery
from app.model.sought import Side
from app.model.units import Minutes, Percent, RowCount, Year


@dataclass(frozen=True, slots=True)
class WorkRow:
    """What one piece of work took, by product, customer, office and delivery. `whole_id` is empty for nobody's matter.

    `travel` is part of `minutes`. The people are the most that any of its entries tells of.
    """

    product: str
    customer: str
    office: str
    delivery: Delivery
    whole_id: str
    minutes: Minutes
    travel: Minutes
    km: int
    children: int
    adults: int
    participants: int


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """The hours of one worker, and of them what both have confirmed and what a period is frozen over."""

    worker_id: str
    minutes: Minutes
    travel: Minutes
    confirmed: Minutes
    frozen: Minutes


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """How many times somebody was met, or was not: each once, however many workers were there."""

    product: str
    customer: str
    office: str
    delivery: Delivery
    what: Work
    number: RowCount


@dataclass(frozen=True, slots=True)
class BillRow:
    """An entry of hours as far as it is invoiced by: whose it is stays out. `confirmed` is by both.

    `of_id` is what several workers did together, `corrects` the entry that it says something more of. `percent` of its
    price is invoiced: of a session of supervision that was cancelled or missed as its agreement says, and None where
    nobody can say it any more.
    """

    id: str
    day: date
    product: str
    what: Work
    minutes: Minutes
    km: int
    of_id: str
    whole_id: str
    corrects: str
    confirmed: bool
    percent: Percent | None = 100


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The hours of one month over both sides, for a month is closed whole: `first` is its first day.

    `confirmed` is what both have confirmed. Of the `workers` with hours in it, `closed` have frozen all of them.
    """

    first: date
    minutes: Minutes
    confirmed: Minutes
    workers: RowCount
    closed: RowCount


@dataclass(frozen=True, slots=True)
class WaitRow:
    """A commission: the days of its order, of the first meeting held since, and of its final statement."""

    customer: str
    ordered: date
    met: date | None
    final: date | None


@dataclass(frozen=True, slots=True)
class YearOfWork:
    """A year of one side, as sums; rows are in the order of their values."""

    year: Year
    side: Side
    work: tuple[WorkRow, ...]
    workers: tuple[WorkerRow, ...]
    occasions: tuple[OccasionRow, ...]
    waits: tuple[WaitRow, ...]
