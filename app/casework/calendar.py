"""The calendar of the worker's own cases: code names and kinds of meeting, and nobody's name.

It is looked at, printed and handed to other programs where families may see it: no adult is named at all, so nobody
who is kept apart from another is, and no place while none may be told.
"""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.casework.bookings import near, sharing_among, with_sharing
from app.casework.case_file import CaseFile, case_files
from app.casework.places import place_of
from app.i18n import Texts
from app.model.day import midnight, next_midnight
from app.model.meeting import Meeting, Outcome
from app.ports import Store
from app.ports.pages import Days
from app.services.library import kind_of
from app.vocabulary import StatementTexts

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting as the calendar tells of it; `is_near`: it lies too near to one of somebody who is kept apart."""

    meeting_id: str
    case_id: str
    held: datetime
    end: datetime
    code_name: str
    title: str
    how: str
    place: str
    outcome: Outcome
    is_near: bool
    is_filmed: bool

    @property
    def takes_place(self) -> bool:
        return self.outcome in (Outcome.OPEN, Outcome.HELD)

    @property
    def day(self) -> date:
        """The local day on which it begins."""
        return self.held.astimezone().date()


def entries(store: Store, texts: Texts, first: date, last: date, today: date) -> tuple[Entry, ...]:
    """The meetings of the worker's own cases from `first` to `last`, both whole local days, by their time.

    `today` decides what holds of places now. Raises StoreError.
    """
    begin, end = midnight(first), next_midnight(last)
    meetings = tuple(_meetings(store, Days(begin, end)))
    files = with_sharing(store, case_files(store, {m.case_id for m in meetings}))
    others = sharing_among(files)
    found = [_entry(texts, files[m.case_id], others[m.case_id], m, today) for m in meetings]
    return tuple(sorted(found, key=lambda e: (e.held, e.meeting_id)))


def weeks_of(day: date) -> tuple[tuple[date, ...], ...]:
    """The weeks of a day's month, whole, from Monday on."""
    return tuple(tuple(week) for week in Calendar(0).monthdatescalendar(day.year, day.month))


def week_of(day: date) -> tuple[date, ...]:
    """The seven days of a day's week, from Monday on."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=n) for n in range(7))


def later_month(day: date, by: int) -> date:
    """The first day of the month `by` months later, or earlier."""
    months = day.year * 12 + day.month - 1 + by
    return date(months // 12, months % 12 + 1, 1)


def on(found: Iterable[Entry], day: date) -> tuple[Entry, ...]:
    return by_day(found).get(day, ())


def by_day(found: Iterable[Entry]) -> dict[date, tuple[Entry, ...]]:
    """The days that have any, each with its own."""
    days: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in found:
        days[entry.day].append(entry)
    return {day: tuple(some) for day, some in days.items()}


def _meetings(store: Store, days: Days) -> Iterable[Meeting]:
    last: Meeting | None = None
    while True:
        page = store.meetings(_PAGE, last, days=days, mine=True)
        yield from page
        if len(page) < _PAGE:
            return
        last = page[-1]


def _entry(t: Texts, file: CaseFile, others: tuple[CaseFile, ...], meeting: Meeting, day: date) -> Entry:
    return Entry(
        meeting.id,
        meeting.case_id,
        meeting.held,
        meeting.end,
        file.case.code_name,
        t.words(kind_of(meeting).form),
        StatementTexts(t.language).of("deliveries", meeting.delivery),
        place_of(file, meeting, day),
        meeting.outcome,
        bool(near(file, meeting, others)),
        meeting.is_filmed,
    )
