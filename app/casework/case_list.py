"""Cases and their meetings as they are chosen from: in the order of reading, with what they are found by."""

from __future__ import annotations

from dataclasses import dataclass

from app.casework.case_file import case_file
from app.model.meeting import Meeting
from app.model.people import Case, Person
from app.ports import Store


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case with its people, the child first."""

    case: Case
    persons: tuple[Person, ...]

    @property
    def found_by(self) -> str:
        """What a search looks in, case-folded: the code name, what the people are called and their names."""
        return " ".join([self.case.code_name, *(f"{p.called} {p.name}" for p in self.persons)]).casefold()


def case_lines(store: Store) -> tuple[CaseLine, ...]:
    """All cases: the open ones first, each part by code name."""
    people: dict[str, list[Person]] = {}
    for person in store.find(Person):
        people.setdefault(person.case_id, []).append(person)
    cases = sorted(store.find(Case), key=lambda c: (c.closed is not None, c.code_name.casefold()))
    return tuple(CaseLine(c, tuple(sorted(people.get(c.id, ()), key=lambda p: not p.is_child))) for c in cases)


def all_cases(store: Store) -> tuple[Case, ...]:
    """In the order of their making."""
    return store.find(Case)


def case_called(store: Store, code_name: str) -> Case | None:
    """The case with this very code name; None where there is none."""
    return next(iter(store.find(Case, code_name=code_name)), None)


def case_of_meeting(store: Store, meeting_id: str) -> Case:
    return store.get(Case, store.get(Meeting, meeting_id).case_id)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting with its case and its adult; None when the adult is no longer in the case."""

    case: Case
    meeting: Meeting
    adult: Person | None


def meeting_lines(store: Store) -> tuple[MeetingLine, ...]:
    """All meetings, case by case, the latest of each first."""
    files = [case_file(store, case.id) for case in all_cases(store)]
    return tuple(MeetingLine(f.case, m, f.person(m.adult_id)) for f in files for m in reversed(f.meetings))
