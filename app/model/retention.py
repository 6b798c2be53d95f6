"""How long each kind of material is kept: a rule that an office can change, and one case's own instead of it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Material(StrEnum):
    """What a rule is about."""

    FILMS = "films"
    CASE = "case"  # the documents, and all else of the case
    BACKUPS = "backups"
    SUPERVISION = "supervision"  # an agreement with all that is of it
    SERVICES = "services"  # work by a template that is of no case: groups, consultations, trainings


class Since(StrEnum):
    """The day from which a period is counted."""

    FINAL = "final"  # the newest statement about the meeting became final
    CLOSED = "closed"
    BIRTH = "birth"  # of the child
    DEATH = "death"  # of the child, where a dated row of the child tells it
    MADE = "made"
    ENDED = "ended"  # the supervision or the service
    FOREVER = "forever"  # never erased by rule


#: from which days the period of each material can be counted
COUNTED: dict[Material, tuple[Since, ...]] = {
    Material.FILMS: (Since.FINAL, Since.CLOSED, Since.FOREVER),
    Material.CASE: (Since.DEATH, Since.CLOSED, Since.BIRTH, Since.FOREVER),
    Material.BACKUPS: (Since.MADE,),
    Material.SUPERVISION: (Since.ENDED, Since.FOREVER),
    Material.SERVICES: (Since.ENDED, Since.FOREVER),
}
#: whole months of the longest period: family law counts 120 years from birth
MOST_MONTHS = 120 * 12
#: how long backups are kept where the office has not said otherwise, in months
BACKUPS_KEPT = 3


@dataclass(frozen=True, slots=True)
class OfficeRule:
    """The office's rule: so many months after a day. `source` is where it comes from, in the office's words."""

    id: str
    material: Material
    since: Since
    months: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class CaseRule:
    """What the commission of one case asks instead of the office's rule."""

    id: str
    case_id: str
    material: Material
    since: Since
    months: int
    source: str = ""


Rule = OfficeRule | CaseRule


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day; the last day that there is where it is beyond."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
