"""Times of meetings: whose do not fit beside each other because people of them must not meet (domain 1.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from app.casework.apart import must_not_meet
from app.casework.case_file import CaseFile
from app.errors import NotAllowed
from app.model.apart import Apart
from app.model.meeting import Meeting

#: between the meetings of people who must not meet there is at least this long
APART = timedelta(minutes=30)


def too_near(apart: Apart, one: Meeting, other: Meeting) -> bool:
    """Whether two meetings that take place lie closer than `APART` and somebody of one must not meet one of the other.

    The same whichever is named first. Whoever comes to both meets nobody on the way.
    """
    if one.id == other.id or not (one.takes_place and other.takes_place):
        return False
    if one.held - other.end >= APART or other.held - one.end >= APART:
        return False
    there = frozenset(other.people)
    return any(apart.of(person_id) & there for person_id in one.people)


def near(case: CaseFile, meeting: Meeting) -> tuple[Meeting, ...]:
    """The case's meetings that lie too near to this one, by their time."""
    return tuple(m for m in case.every_meeting if too_near(case.apart, meeting, m))


def check_people(case: CaseFile, before: Iterable[str], after: Iterable[str]) -> None:
    """Raises NotAllowed(`meeting-of-kept-apart`) where two who must not meet would come to one meeting."""
    if must_not_meet(case, after) and not must_not_meet(case, before):
        raise NotAllowed("meeting-of-kept-apart")
