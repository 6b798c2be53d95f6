"""*Keep apart* in a case: who must not meet whom, and how that is said. Every screen and paper asks here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from re import Pattern

from app.casework.case_file import CaseFile
from app.casework.names import naming, parts_of
from app.model.people import Person, Worker
from app.ports import Store


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


def telling_of(store: Store, case: CaseFile, silent: Collection[str], *languages: str) -> Pattern[str] | None:
    """What tells of somebody of `silent`, by their ids, in a sentence of some languages; None when there is nothing to.

    A part of a name that somebody has who may be named, one of the pair too, tells nothing by itself.
    """
    own = {w for p in case.everybody if p.id not in silent for w in _words_of(p)}
    pair = [w for w in (case.case.lead, case.case.partner) if w]
    own |= {w for worker in pair for w in parts_of(store.get(Worker, worker).name)}
    told = (w for p in case.everybody if p.id in silent for w in _words_of(p) if w not in own)
    return naming(told, *languages)


def _words_of(person: Person) -> set[str]:
    """The parts of a person's name, and what the person is called, in small letters."""
    return parts_of(person.name) | ({person.called.casefold().strip()} - {""})
