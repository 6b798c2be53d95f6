"""What the application asks of all cases of an office at once: a few columns of each, and counts of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.model.commission import Commission
from app.model.units import RowCount
from app.ports.pages import Days


@dataclass(frozen=True, slots=True)
class FilmOver:
    """A film that is not erased and may be due for it; `closed_from_use` is since when nobody may look at it."""

    case_id: str
    meeting_id: str
    closed_from_use: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseOver:
    """An open case with the day by which its newest commission is to be answered; None where nobody waits for it."""

    case_id: str
    lead: str
    partner: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class PairOver:
    """How much a pair of workers (ids) has to do: counts, and nothing of how anything was done.

    `cases` are open, `meetings` take place in the days asked for, `to_code` are meetings of open cases that were filmed
    and that not both have coded, `drafts` are statements of theirs whose newest version is not final.
    """

    lead: str
    partner: str
    cases: RowCount = 0
    meetings: RowCount = 0
    to_code: RowCount = 0
    drafts: RowCount = 0


class Overviews(Protocol):
    """None of these says of a coding more than whether it is ready."""

    def films_over(self, final_by: date | None, closed_by: date | None, *, mine: bool = False) -> tuple[FilmOver, ...]:
        """Films that are not erased and may be due for it, by id.

        They are those closed from use, those of cases closed by a day, and of cases with a statement final by a day;
        None asks for none of that. More may be among them than is due: the rule of retention is asked.
        `mine`: of the worker's own cases,
        closed ones too.
        """
        ...

    def open_cases(self) -> tuple[CaseOver, ...]:
        """All of the office, the one that is due first in front; those that nobody waits for stand last."""
        ...

    def work_of_pairs(self, days: Days) -> tuple[PairOver, ...]:
        """Of all pairs that have any; a pair is the same whoever of the two leads. By ids."""
        ...


def due_of(commission: Commission | None, *, is_delivered: bool) -> date | None:
    """The day by which a case's newest commission is to be answered, unless it was."""
    return None if commission is None or is_delivered else commission.due


def in_order(cases: list[CaseOver]) -> tuple[CaseOver, ...]:
    """The order of `Overviews.open_cases`."""
    return tuple(sorted(cases, key=lambda c: (c.due or date.max, c.case_id)))
