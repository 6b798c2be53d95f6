"""What comes up by itself in a worker's cases: consents that end, requests to be answered, films to be erased, ages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.casework.ages import AgeLine, age_line
from app.casework.film_use import ending
from app.casework.films_due import FilmsDue, films_due
from app.casework.goals import open_courses
from app.model.consent import Consent, Purpose
from app.model.people import Case, Person
from app.model.request import Request
from app.office.own_cases import OwnCases
from app.ports import Store

#: a consent is told of from so long before its last day to so long after it
BEFORE, AFTER = timedelta(days=14), timedelta(days=14)


@dataclass(frozen=True)
class ConsentEnds:
    """The last day of a person's consents to some purposes, or the day was `until`."""

    case: Case
    person: Person
    until: date
    purposes: tuple[Purpose, ...]


@dataclass(frozen=True)
class ToAnswer:
    """A request about a case, also a closed one, that nobody has answered or whose answer was not handed over."""

    case: Case
    request: Request


def consents_that_end(store: Store, own: OwnCases, day: date) -> tuple[ConsentEnds, ...]:
    """Those that nothing follows: whoever has consented anew, or taken it back, is not told of. The first day first."""
    days = tuple(day - AFTER + timedelta(days=n) for n in range((BEFORE + AFTER).days + 1))
    ids = tuple(case.id for case in own.cases)
    near = store.find(Consent, case_id=ids, until=days, withdrawn=None) if ids else ()
    if not near:
        return ()
    others = store.find(Consent, case_id=tuple({c.case_id for c in near}))
    found: dict[tuple[str, str, date], list[Purpose]] = {}
    for consent in ending(others, day, BEFORE, AFTER):
        assert consent.until is not None
        found.setdefault((consent.case_id, consent.person_id, consent.until), []).append(consent.purpose)
    cases = {case.id: case for case in own.cases}
    lines = (
        ConsentEnds(cases[case_id], own.persons[person_id], until, tuple(dict.fromkeys(purposes)))
        for (case_id, person_id, until), purposes in found.items()
    )
    return tuple(sorted(lines, key=lambda line: (line.until, line.case.code_name, line.person.id)))


def requests_to_answer(store: Store, own: OwnCases, day: date) -> tuple[ToAnswer, ...]:
    """Those about cases of the worker's pair, the first day first, whatever `day` it is."""
    waiting = [r for r in store.find(Request, handed_on=None) if r.is_open and r.arrived <= day]
    if not waiting:
        return ()
    me = own.me
    cases = {c.id: c for c in store.find(Case, id=tuple({r.case_id for r in waiting})) if me in (c.lead, c.partner)}
    lines = (ToAnswer(cases[r.case_id], r) for r in waiting if r.case_id in cases)
    return tuple(sorted(lines, key=lambda line: (line.request.due, line.request.id)))


@dataclass(frozen=True)
class GoalsDue:
    """So many open goals of a case are to be reviewed; the first of them was due on `due`."""

    case: Case
    due: date
    goals: int


def goals_to_review(store: Store, own: OwnCases, day: date) -> tuple[GoalsDue, ...]:
    """Cases of which a month has gone since a goal was looked at, the longest due first."""
    found = open_courses(store, (case.id for case in own.cases))
    lines = []
    for case in own.cases:
        dues = [c.due for c in found.get(case.id, ()) if c.is_due(day) and c.due is not None]
        if dues:
            lines.append(GoalsDue(case, min(dues), len(dues)))
    return tuple(sorted(lines, key=lambda line: (line.due, line.case.code_name)))


def films_to_erase(store: Store, day: date) -> tuple[FilmsDue, ...]:
    """What is due of the worker's cases, closed ones too, and kept by nothing: the longest due first."""
    return tuple(row for row in films_due(store, day, mine=True) if row.is_due)


def own_ages(own: OwnCases, day: date) -> tuple[AgeLine, ...]:
    """Children of the worker's open cases who come to an age, the nearest day first."""
    lines = (age_line(person, day) for person in own.persons.values())
    return tuple(sorted((line for line in lines if line is not None), key=lambda line: (line.on, line.case_id)))
