"""Working hours: what a worker did for which service and customer, confirmed by both of a pair, and frozen periods.

Hours count work, never how well it was done. An entry has no words of its own: nothing of a client is in it but the id
of what it was for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.model.meeting import Delivery
from app.model.sought import Side
from app.model.units import Minutes, RowCount

#: an hour of teaching and supervision, as trainings and invoices count it (field.md 4, 10)
UNIT: Minutes = 45
#: nobody works for longer within a day
LONGEST_DAY: Minutes = 24 * 60


#: the kind of an entry that is of a session of supervision
SESSION = "supervision_session"


class Work(StrEnum):
    """What the time went to."""

    MEETING = "meeting"
    PREPARATION = "preparation"
    WRITING = "writing"
    TRAVEL = "travel"
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"
    OTHER = "other"


#: what was agreed with somebody at a time of its own, held or not: these are counted, not only timed
OCCASIONS = (Work.MEETING, Work.CANCELLED, Work.NO_SHOW)


class HoursState(StrEnum):
    """How far an entry is, from its typing to the period that is closed over it."""

    DRAFT = "draft"
    OWN = "own"  # the worker confirmed it, and the partner has yet to
    CONFIRMED = "confirmed"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """Some minutes of one worker on one day.

    `product` is the key of a service (`app.hours.products`), `customer` and `office` are names as they are written.
    `of_kind` and `of_id` name what it was for (a meeting, a session of supervision), empty for nothing; `whole_id` is
    the piece of work that it belongs to: a case, a group, an agreement. Without one nobody's matter was worked on.
    `children`, `adults` and `participants` say how many the work was with, as it was then.

    `partner_id` did it together with the worker and confirms it too. `period_id` is set when its period is frozen. An
    entry that `corrects` a frozen one says how many minutes and kilometers that one lacks, or has too many: then they
    are negative.
    """

    id: str
    worker_id: str
    day: date
    minutes: Minutes
    product: str
    what: Work
    side: Side = Side.CLIENTS
    customer: str = ""
    office: str = ""
    delivery: Delivery = Delivery.ROOM
    km: int = 0
    of_kind: str = ""
    of_id: str = ""
    whole_id: str = ""
    partner_id: str = ""
    confirmed: datetime | None = None
    partner_confirmed: datetime | None = None
    period_id: str = ""
    corrects: str = ""
    children: int = 0
    adults: int = 0
    participants: int = 0

    @property
    def state(self) -> HoursState:
        if self.period_id:
            return HoursState.FROZEN
        if self.confirmed is None:
            return HoursState.DRAFT
        waits = bool(self.partner_id) and self.partner_confirmed is None
        return HoursState.OWN if waits else HoursState.CONFIRMED

    @property
    def is_plausible(self) -> bool:
        """Whether its amounts can be: only a correction takes away."""
        least = -LONGEST_DAY if self.corrects else 0
        counts = (self.children, self.adults, self.participants)
        return least <= self.minutes <= LONGEST_DAY and (self.km >= 0 or bool(self.corrects)) and min(counts) >= 0

    def edited(self, **fields: Any) -> WorkEntry:
        """The same with other values: what both confirmed was another entry, so neither confirmation stands."""
        return replace(self, **{"confirmed": None, "partner_confirmed": None, **fields})

    def without_marks(self) -> WorkEntry:
        """What was done alone, without who confirmed it and the period it is frozen in."""
        return replace(self, confirmed=None, partner_confirmed=None, period_id="")


@dataclass(frozen=True, slots=True)
class PeriodFigure:
    """Of one product and what the time went to: minutes, kilometers and entries as they were frozen."""

    product: str
    what: Work
    minutes: Minutes
    km: int
    entries: RowCount


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last` of one worker, closed for good with its figures; `frozen` is when."""

    id: str
    worker_id: str
    first: date
    last: date
    frozen: datetime
    figures: tuple[PeriodFigure, ...] = ()

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def touches(self, first: date, last: date) -> bool:
        """Whether any of some days is one of its own."""
        return self.first <= last and first <= self.last

    @property
    def minutes(self) -> Minutes:
        return sum(figure.minutes for figure in self.figures)


def units_of(minutes: Minutes) -> float:
    """How many units of 45 minutes; parts of one count as parts."""
    return minutes / UNIT


def figures_of(entries: Iterable[WorkEntry]) -> tuple[PeriodFigure, ...]:
    """Entries added up by product and what the time went to, in the order of these."""
    found: dict[tuple[str, Work], list[int]] = {}
    for entry in entries:
        sums = found.setdefault((entry.product, entry.what), [0, 0, 0])
        for place, value in enumerate((entry.minutes, entry.km, 1)):
            sums[place] += value
    order = list(Work)
    keys = sorted(found, key=lambda key: (key[0], order.index(key[1])))
    return tuple(PeriodFigure(*key, *found[key]) for key in keys)
