"""What of hours waits: a partner for the worker's word, own drafts, months to close; and how far the office's are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.hours.entries import month_of, to_confirm
from app.model.hours import HoursState, WorkEntry
from app.model.units import Minutes, RowCount
from app.model.worked import MonthRow
from app.office.workers import names_of_workers
from app.ports import Store


@dataclass(frozen=True, slots=True)
class TheirHours:
    """Hours that somebody did together with the worker and has confirmed; `first` is the day of the earliest."""

    name: str
    entries: RowCount
    minutes: Minutes
    first: date

    @property
    def due(self) -> date:
        """The last day of the earliest month: without the other's word it cannot be closed."""
        return month_of(self.first)[1]


@dataclass(frozen=True, slots=True)
class HoursDue:
    """What waits for the worker. `drafts` are own ones that nobody has confirmed, the first of them in month `begin`.

    `to_close` are the first days of months that are over, where both have confirmed everything.
    """

    theirs: tuple[TheirHours, ...] = ()
    drafts: RowCount = 0
    begin: date | None = None
    to_close: tuple[date, ...] = ()


def hours_due(store: Store, day: date) -> HoursDue:
    """As it is on `day`. Raises StoreError."""
    months: dict[date, set[HoursState]] = {}
    drafts: list[date] = []
    for entry in store.find(WorkEntry, worker_id=store.me, period_id=""):
        month = month_of(entry.day)[0]
        months.setdefault(month, set()).add(entry.state)
        if entry.state == HoursState.DRAFT:
            drafts.append(month)
    this = month_of(day)[0]
    over = (month for month, states in months.items() if month < this and states == {HoursState.CONFIRMED})
    return HoursDue(_theirs(store), len(drafts), min(drafts, default=None), tuple(sorted(over)))


def _theirs(store: Store) -> tuple[TheirHours, ...]:
    """By whom, the longest waiting first."""
    found: dict[str, list[WorkEntry]] = {}
    for entry in to_confirm(store):
        found.setdefault(entry.worker_id, []).append(entry)
    names = names_of_workers(store) if found else {}
    rows = (
        TheirHours(names.get(who, ""), len(some), sum(e.minutes for e in some), some[0].day)
        for who, some in found.items()
    )
    return tuple(sorted(rows, key=lambda row: (row.first, row.name.casefold())))


def months_of_office(store: Store, day: date) -> tuple[MonthRow, ...]:
    """How far everybody's hours of this month and of the one before are, the newest first. Raises StoreError."""
    first, last = month_of(day)
    before = month_of(date.fromordinal(first.toordinal() - 1))[0]
    return tuple(reversed(store.months_of_work(before, last)))
