"""What somebody asks of a case's material: to see the log or own data, a film, a correction; police, a court.

The program prepares and keeps the dates; what is given is the register-keeper's to decide. No ready ground is offered.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RequestKind(StrEnum):
    """What is asked for."""

    LOG = "log"
    OWN_DATA = "own-data"
    FILM = "film"
    CORRECTION = "correction"
    POLICE = "police"
    COURT = "court"
    OTHER = "other"


class Reply(StrEnum):
    """What the register-keeper decided; empty until then. A request may also be taken back by who made it."""

    NONE = ""
    GIVEN = "given"
    IN_PART = "in-part"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"


#: of these the answer says what was left out, on what ground, and whom the asker can turn to
LEAVES_OUT = frozenset((Reply.IN_PART, Reply.REFUSED))


@dataclass(frozen=True, slots=True)
class Request:
    """One request about a case. `person_id` is who of the case asks, `asked_by` in words who else does.

    `ground` is what the asker rests it on, in the asker's words. `due` is the day by which it is answered. `decided_by`
    is who decided for the register-keeper; `left_out` says which parts were not given and on what ground, `to_turn_to`
    whom the asker can turn to, `handed` what was handed over and how, on `handed_on`.
    """

    id: str
    case_id: str
    kind: RequestKind
    arrived: date
    due: date
    person_id: str = ""
    asked_by: str = ""
    about: str = ""
    ground: str = ""
    answer: Reply = Reply.NONE
    decided: date | None = None
    decided_by: str = ""
    left_out: str = ""
    to_turn_to: str = ""
    handed: str = ""
    handed_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Until it is decided, and what was granted is handed over."""
        if self.answer in (Reply.GIVEN, Reply.IN_PART):
            return self.handed_on is None
        return self.answer == Reply.NONE


def a_month_after(day: date) -> date:
    """The same day of the next month, or that month's last day (GDPR art. 12(3))."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
