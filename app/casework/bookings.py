"""Times of meetings: whose do not fit beside each other because people of them must not meet (domain 1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType

from app.casework.apart import must_not_meet
from app.casework.case_file import CaseFile, case_file
from app.errors import NotAllowed
from app.model.apart import Apart
from app.model.meeting import Meeting
from app.model.people import Person
from app.ports import Store

#: between the meetings of people who must not meet there is at least this long
APART = timedelta(minutes=30)
_THEMSELVES: Mapping[str, str] = MappingProxyType({})


def too_near(apart: Apart, one: Meeting, other: Meeting, who: Mapping[str, str] = _THEMSELVES) -> bool:
    """Whether two meetings that take place lie closer than `APART` and somebody of one must not meet one of the other.

    The same whichever is named first. Whoever comes to both meets nobody on the way. `who` says which entries of other
    cases are one human being; `apart` is then of these.
    """
    if one.id == other.id or not (one.takes_place and other.takes_place):
        return False
    if one.held - other.end >= APART or other.held - one.end >= APART:
        return False
    there = frozenset(who.get(i, i) for i in other.people)
    return any(apart.of(who.get(i, i)) & there for i in one.people)


def sharing(store: Store, case: CaseFile) -> tuple[CaseFile, ...]:
    """The other cases in which people of a case stand too, and those that share people with these, whoever's they are.

    Siblings have a case each, with the same adults. Nothing is read where nobody has a mark. Raises StoreError.
    """
    found = {case.case.id: case}
    asked: set[str] = set()
    while new := {p.same for file in found.values() for p in file.everybody if p.same} - asked:
        asked |= new
        for person in store.find(Person, same=tuple(sorted(new))):
            if person.case_id not in found:
                found[person.case_id] = case_file(store, person.case_id)
    return tuple(file for case_id, file in found.items() if case_id != case.case.id)


def near(case: CaseFile, meeting: Meeting, others: Iterable[CaseFile]) -> tuple[Meeting, ...]:
    """The meetings that lie too near to this one, by their time, also in cases that share people with it (`sharing`).

    Who must not meet whom in any of these cases must not in the others. A meeting of another case is told by its time
    alone, never by that case or its people.
    """
    files = (case, *others)
    who = {p.id: p.same for file in files for p in file.everybody if p.same}
    pairs = frozenset(frozenset(who.get(i, i) for i in pair) for file in files for pair in file.apart.pairs)
    apart = Apart(frozenset(), frozenset(pair for pair in pairs if len(pair) > 1))
    found = (m for file in files for m in file.every_meeting if too_near(apart, meeting, m, who))
    return tuple(sorted(found, key=lambda m: (m.held, m.id)))


def check_people(case: CaseFile, before: Iterable[str], after: Iterable[str]) -> None:
    """Raises NotAllowed(`meeting-of-kept-apart`) where two who must not meet would come to one meeting."""
    if must_not_meet(case, after) and not must_not_meet(case, before):
        raise NotAllowed("meeting-of-kept-apart")
