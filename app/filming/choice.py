"""Which meeting is filmed: today's first, then those that have no film yet, then the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.casework.case_list import MeetingLine, meeting_lines
from app.casework.meeting_file import films_in_use
from app.ports import Store


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


def filmable(store: Store, day: date) -> dict[When, tuple[Filmable, ...]]:
    """Every meeting in its group as it is on `day`; a group may be empty."""
    rows = [_row(store, line, day) for line in meeting_lines(store)]
    return {when: tuple(row for row in rows if row.when == when) for when in When}


def _row(store: Store, line: MeetingLine, day: date) -> Filmable:
    is_filmed = bool(films_in_use(store, line.meeting.id))
    if line.meeting.held.astimezone().date() == day:
        return Filmable(line, When.TODAY, is_filmed)
    return Filmable(line, When.FILMED if is_filmed else When.NOT_FILMED, is_filmed)
