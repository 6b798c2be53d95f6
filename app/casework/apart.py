"""*Keep apart* in a case: who must not meet whom, and how that is said. Every screen and paper asks here."""

from __future__ import annotations

from collections.abc import Iterable

from app.casework.case_file import CaseFile
from app.model.people import Person


def apart_from(case: CaseFile, person_id: str) -> tuple[Person, ...]:
    """Who must not meet a person, and stands in no calendar entry, form, clip or letter of this one."""
    silent = case.apart.of(person_id)
    return tuple(p for p in case.everybody if p.id in silent)


def must_not_meet(case: CaseFile, person_ids: Iterable[str]) -> bool:
    """Whether two of these people are kept apart: such two have no time, room or paper in common."""
    return case.apart.parts(person_ids)


def nameable(case: CaseFile, person_ids: Iterable[str]) -> tuple[Person, ...]:
    """Who may be named where these people may read it: everybody of the case whom none of them is kept apart from."""
    silent = {other for person_id in person_ids for other in case.apart.of(person_id)}
    return tuple(p for p in case.everybody if p.id not in silent)
