"""Times of meetings: whose do not fit beside each other because people of them must not meet (domain 1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType

from app.casework.apart import must_not_meet
from app.casework.case_file import CaseFile, case_files
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
    return sharing_among(with_sharing(store, {case.case.id: case}))[case.case.id]


def sharing_among(files: Mapping[str, CaseFile]) -> dict[str, tuple[CaseFile, ...]]:
    """`sharing` of each of many files that `with_sharing` has made whole: nothing is read."""
    marked = {i: held for i, f in files.items() if (held := {p.same for p in f.everybody if p.same})}
    return {case_id: tuple(files[other] for other in _beside(case_id, marked)) for case_id in files}


def with_sharing(store: Store, files: Mapping[str, CaseFile]) -> dict[str, CaseFile]:
    """Some files and all that share people with them: read in rounds, however many cases there are. Raises StoreError.

    Nothing is read where nobody has a mark.
    """
    found = dict(files)
    asked: set[str] = set()
    while new := {p.same for file in found.values() for p in file.everybody if p.same} - asked:
        asked |= new
        cases = {person.case_id for person in store.find(Person, same=tuple(sorted(new)))}
        found |= case_files(store, cases - found.keys())
    return found


def _beside(case_id: str, marked: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Of cases with marks the others that hang together with one, over however many."""
    if case_id not in marked:
        return ()
    found, rest = [case_id], set(marked) - {case_id}
    for one in found:  # it grows while it is gone through
        more = sorted(other for other in rest if marked[other] & marked[one])
        found += more
        rest -= set(more)
    return tuple(found[1:])


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
