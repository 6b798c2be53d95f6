"""Cases and their meetings as they are chosen from: page by page, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.model.meeting import Meeting
from app.model.people import Case, Person
from app.model.sought import Area, Sought
from app.model.units import RowCount
from app.ports import Store
from app.ports.pages import Days
from app.ports.search import Search

#: as many cases or meetings are read at a time
PAGE: RowCount = 60
#: what a case is found by in its list
_FOUND_BY = (Area.CASES, Area.PEOPLE)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case with its people, the child first."""

    case: Case
    persons: tuple[Person, ...]


def case_lines(
    store: Store, limit: RowCount = PAGE, after: Case | None = None, *, mine: bool = False
) -> tuple[CaseLine, ...]:
    """A page of cases after one: the open ones first, each part by code name; `mine` are those of the worker's pair."""
    return _with_people(store, store.cases(limit, after, mine=mine))


def case_lines_of(store: Store, ids: Iterable[str]) -> tuple[CaseLine, ...]:
    """Some cases by their ids, in the order of the list; those that are not there are left out."""
    wanted = tuple(dict.fromkeys(ids))
    held = store.find(Case, id=wanted) if wanted else ()
    return _with_people(store, sorted(held, key=lambda c: (c.closed is not None, c.code_name.strip().casefold(), c.id)))


def found_cases(store: Store, search: Search, words: str) -> tuple[CaseLine, ...]:
    """The cases that are found by their code name or their people, at most a page of them, those written last."""
    found = search.find(Sought(words, _FOUND_BY), PAGE)
    newest = sorted(found, key=lambda f: f.place, reverse=True)[:PAGE]
    return case_lines_of(store, (f.case_id for f in newest))


def _with_people(store: Store, cases: Iterable[Case]) -> tuple[CaseLine, ...]:
    held = tuple(cases)
    people: dict[str, list[Person]] = {}
    for person in store.find(Person, case_id=tuple(c.id for c in held)) if held else ():
        people.setdefault(person.case_id, []).append(person)
    return tuple(CaseLine(c, tuple(sorted(people.get(c.id, ()), key=lambda p: not p.is_child))) for c in held)


def all_cases(store: Store) -> tuple[Case, ...]:
    """In the order of their making."""
    return store.find(Case)


def case_called(store: Store, code_name: str) -> Case | None:
    """The case with this very code name; None where there is none."""
    return next(iter(store.find(Case, code_name=code_name)), None)


def case_to_show(store: Store, case_id: str) -> str:
    """The id of a case, or of the first of the list where there is no such one; empty without any.

    The folder of a recorded session of supervision is no case to be shown.
    """
    if case_id and any(not case.is_folder for case in store.find(Case, id=case_id)):
        return case_id
    first = next(iter(store.cases(1)), None)
    return first.id if first is not None else ""


def is_name_taken(store: Store, code_name: str) -> bool:
    """Whether a case has this code name, in whatever case it is written."""
    return store.is_code_name_taken(code_name)


def case_of_meeting(store: Store, meeting_id: str) -> Case:
    return store.get(Case, store.get(Meeting, meeting_id).case_id)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting with its case and its adult; None when the adult is no longer in the case."""

    case: Case
    meeting: Meeting
    adult: Person | None


def meeting_lines(
    store: Store,
    limit: RowCount = PAGE,
    before: Meeting | None = None,
    *,
    days: Days | None = None,
    mine: bool = False,
) -> tuple[MeetingLine, ...]:
    """A page of meetings before one, the latest first; of some days, or of the worker's own cases alone."""
    held = store.meetings(limit, before, days=days, mine=mine)
    if not held:
        return ()
    cases = {c.id: c for c in store.find(Case, id=tuple({m.case_id for m in held}))}
    people = {p.id: p for p in store.find(Person, id=tuple({m.adult_id for m in held}))}
    return tuple(MeetingLine(cases[m.case_id], m, people.get(m.adult_id)) for m in held)
