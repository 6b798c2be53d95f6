"""What of the calendar leaves it: a file for another calendar, and an agenda on paper. Code names only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from app.casework.calendar import Entry
from app.exchange.icalendar import Event, icalendar
from app.i18n import Texts, now, today
from app.model.people import Worker
from app.ports import Store
from app.whole_file import write_whole

if TYPE_CHECKING:
    from app.reports.agenda_pdf import AgendaDay


def save_calendar(store: Store, found: Sequence[Entry], path: Path) -> None:
    """Write the meetings as an iCalendar file, whole or not at all, and log the export.

    Raises AppError `cannot-write`, StoreError.
    """
    write_whole(path, icalendar(map(event, found), now()))
    store.note("export", Worker, store.me, f"calendar={len(found)}")


def event(entry: Entry) -> Event:
    """A meeting for another calendar: its code name and kind, and its place where one may be told."""
    where = entry.place or entry.how
    summary = f"{entry.code_name} · {entry.title}"
    return Event(f"{entry.meeting_id}@havainto", entry.held, entry.end, summary, where, cancelled=not entry.takes_place)


def save_agenda(store: Store, texts: Texts, found: Sequence[Entry], first: date, last: date, path: Path) -> None:
    """Write the meetings of some days as PDF, whole or not at all, and log the export.

    Raises AppError `cannot-write`, StoreError.
    """
    from app.reports.agenda_pdf import agenda

    days = texts.date(first) if first == last else f"{texts.date(first)}–{texts.date(last)}"
    about = f"{store.worker.name} · {days}"
    write_whole(path, agenda(agenda_days(texts, found), about, texts, today()))
    store.note("export", Worker, store.me, f"agenda={len(found)}")


def agenda_days(texts: Texts, found: Sequence[Entry]) -> list[AgendaDay]:
    """Days with meetings that take place, each with its rows."""
    from app.reports.agenda_pdf import AgendaDay

    held = [e for e in found if e.takes_place]
    return [
        AgendaDay(f"{texts.weekday(day)} {texts.date(day)}", tuple(_row(texts, e) for e in some))
        for day, some in groupby(held, key=lambda e: e.day)
    ]


def _row(t: Texts, entry: Entry) -> tuple[str, str, str, str]:
    where = " · ".join(x for x in (entry.how, entry.place) if x)
    return f"{t.time(entry.held)}–{t.time(entry.end)}", entry.code_name, entry.title, where
