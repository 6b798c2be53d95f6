"""What holds of a person from a day on: custody, placement, a contact restriction. What held before stays told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CircumstanceKind(StrEnum):
    """What a row tells of a person."""

    STATUS = "status"
    CUSTODY = "custody"
    PLACEMENT = "placement"
    SOCIAL_WORKER = "social-worker"
    TRUSTEE = "trustee"
    RESTRICTION = "restriction"
    SAFETY = "safety"
    SUPPORT = "support"
    NON_DISCLOSURE = "non-disclosure"
    DEATH = "death"


#: of these a person has one at a time: a new one ends the one before
ONE_AT_A_TIME = frozenset(
    (
        CircumstanceKind.STATUS,
        CircumstanceKind.CUSTODY,
        CircumstanceKind.PLACEMENT,
        CircumstanceKind.SOCIAL_WORKER,
        CircumstanceKind.TRUSTEE,
    )
)

#: these need no words: the row says all
WORDLESS = frozenset((CircumstanceKind.NON_DISCLOSURE, CircumstanceKind.DEATH))


@dataclass(frozen=True, slots=True)
class Circumstance:
    """One fact of a person from `since` on, to the day before `until`; without it until further notice.

    `value` is a key of the pick-list of its kind in `resources/texts/statement.toml`, or own words. `checked` are the
    keys of what a change asks to be looked at and somebody has looked at. A death that was recorded by mistake, or on
    another day, holds on no day: its `until` is its `since`.
    """

    id: str
    case_id: str
    person_id: str
    kind: CircumstanceKind
    value: str
    since: date
    until: date | None = None
    checked: tuple[str, ...] = ()

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)
