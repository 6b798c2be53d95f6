"""Which meeting is filmed: today's first, then those that have no film yet, then the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.casework.case_list import PAGE, MeetingLine, meeting_lines
from app.casework.meeting_file import films_in_use
from app.model.day import midnight, next_midnight
from app.model.units import RowCount
from app.ports import Store
from app.ports.pages import Days


class When(StrEnum):
    """The groups in their order."""

    TODAY = "today"
    NOT_FILMED = "not-filmed"
    FILMED = "filmed"


@dataclass(frozen=True, slots=True)
class Filmable:
    """One meeting that can be filmed; one that has films can be opened and filmed on."""

    line: MeetingLine
    when: When
    is_filmed: bool


def filmable(
    store: Store, day: date, limit: RowCount = PAGE, *, mine: bool = False
) -> tuple[dict[When, tuple[Filmable, ...]], bool]:
    """Meetings in their groups as they are on `day`: those of that day, and the latest `limit`; a group may be empty.

    The second value says whether these are all there are. `mine` are those of the worker's own cases.
    """
    days = Days(midnight(day), next_midnight(day))
    today = meeting_lines(store, limit, days=days, mine=mine)
    latest = meeting_lines(store, limit, mine=mine)
    lines = {line.meeting.id: line for line in (*today, *latest)}
    rows = [_row(store, line, day) for line in lines.values()]
    return {when: tuple(row for row in rows if row.when == when) for when in When}, len(latest) < limit


def _row(store: Store, line: MeetingLine, day: date) -> Filmable:
    is_filmed = bool(films_in_use(store, line.meeting.id))
    if line.meeting.held.astimezone().date() == day:
        return Filmable(line, When.TODAY, is_filmed)
    return Filmable(line, When.FILMED if is_filmed else When.NOT_FILMED, is_filmed)
