"""What the application asks of lists that are too long to be read whole: pages, in a fixed order, from a place on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.model.change import Entity
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.units import RowCount


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of time from `begin` until before `end`, both aware."""

    begin: datetime
    end: datetime


class Pages(Protocol):
    """A page costs what is on it, however much there is; the next one is asked for with the last of this one."""

    def cases(self, limit: RowCount, after: Case | None = None, *, mine: bool = False) -> tuple[Case, ...]:
        """At most `limit` cases after one: the open ones first, each part by code name, in whatever case it is written.

        `mine`: of those whose pair the signed-in worker is of.
        """
        ...

    def meetings(
        self, limit: RowCount, before: Meeting | None = None, *, days: Days | None = None, mine: bool = False
    ) -> tuple[Meeting, ...]:
        """At most `limit` meetings before one, the latest first; of some days, of the worker's own cases."""
        ...

    def has(self, kind: type[Entity], /, **fields: object) -> bool:
        """Whether there is one with these fields (a tuple value means *one of*); of a kind that no coding holds."""
        ...

    def is_code_name_taken(self, name: str, case_id: str = "") -> bool:
        """Whether another case than this one has a code name, in whatever case it is written."""
        ...
