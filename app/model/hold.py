"""Legal hold (*säilytysesto*): nothing of a case, or of one of its meetings, is erased while it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.model.request import Request


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
