"""Legal hold (*säilytysesto*): nothing of a case, or of one of its meetings, is erased while it stands.

Work of no case (supervision, groups, consultations, trainings) holds within itself what keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.model.request import Request, a_month_after


@dataclass(frozen=True, slots=True)
class Hold:
    """Why and since when material is held, and by whom (a worker id). `meeting_id` is empty for the whole case.

    Ended by hand: `ended` is that day; it never ends by itself.
    """

    id: str
    case_id: str
    since: date
    set_by: str
    ground: str
    meeting_id: str = ""
    ended: date | None = None

    @property
    def stands(self) -> bool:
        return self.ended is None


class Held(StrEnum):
    """Why something may not be erased; also the key of the refusal."""

    NO = ""
    BY_HOLD = "held-by-hold"
    BY_REQUEST = "held-by-request"


def held(meeting_id: str, holds: Iterable[Hold], requests: Iterable[Request]) -> Held:
    """Whether a meeting's material, or with an empty id anything of the case, must stay.

    A request holds the whole case until it is answered. A hold of one meeting holds the case's erasing, too.
    """
    if any(h.stands and (not meeting_id or h.meeting_id in ("", meeting_id)) for h in holds):
        return Held.BY_HOLD
    return Held.BY_REQUEST if any(r.is_open for r in requests) else Held.NO


@dataclass(frozen=True, slots=True)
class Keeping:
    """What keeps work of no case from being erased: a legal hold, or a request about it until it is answered.

    `ground` says on what ground it is held, or who asks what. `set_by` is a worker's id. It ends once, by hand: `ended`
    is that day, and `answer` says what was answered to a request.
    """

    why: Held
    since: date
    set_by: str
    ground: str
    ended: date | None = None
    answer: str = ""

    def __post_init__(self) -> None:
        assert self.why != Held.NO, "something keeps it"

    @property
    def stands(self) -> bool:
        return self.ended is None

    @property
    def due(self) -> date | None:
        """The day by which a request is answered; a hold has none."""
        return a_month_after(self.since) if self.why == Held.BY_REQUEST else None


def held_back(keeping: Iterable[Keeping]) -> Held:
    """Why work of no case must stay; a hold goes before a request, as with a case."""
    standing = {one.why for one in keeping if one.stands}
    return next((why for why in (Held.BY_HOLD, Held.BY_REQUEST) if why in standing), Held.NO)
