"""A child comes to an age at which something changes: own word at 12 and 15, after-care at 18. Told, never decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.casework.circumstances import died
from app.i18n import Texts
from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.people import Case, Person, Role
from app.ports import Store

#: the ages, whole years
AGES = (12, 15, 18)
#: told from so long before the day to so long after
BEFORE, AFTER = timedelta(days=30), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class AgeLine:
    """A child of an open case comes, or came, to an age on a day."""

    case_id: str
    person_id: str
    age: int
    on: date


def turns(born: date, age: int) -> date:
    """The day of an age; who was born on a leap day comes to it on the first of March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def age_line(child: Person, day: date) -> AgeLine | None:
    """What is told of a child on `day`; None when no such age is near."""
    if child.born is None or not child.is_child:
        return None
    for age in AGES:
        on = turns(child.born, age)
        if on - BEFORE <= day <= on + AFTER:
            return AgeLine(child.case_id, child.id, age, on)
    return None


def birth_dates(day: date) -> tuple[date, ...]:
    """Every day of birth of which something is told on `day`: for a search that looks at nobody else."""
    days = [day - AFTER + timedelta(days=n) for n in range((BEFORE + AFTER).days + 1)]
    return tuple(sorted({born for on in days for age in AGES for born in _born(on, age)}))


def _born(on: date, age: int) -> Iterable[date]:
    """The days of birth of those who come to an age on a day."""
    for month, day in ((on.month, on.day), (2, 29)):
        try:
            born = date(on.year - age, month, day)
        except ValueError:
            continue
        if turns(born, age) == on:
            yield born


def age_lines(store: Store, day: date) -> tuple[AgeLine, ...]:
    """Of the children of open cases, the nearest day first. Reads those alone who were born on such a day."""
    children = store.find(Person, role=Role.CHILD, born=birth_dates(day))
    lines = [line for child in children if (line := age_line(child, day)) is not None]
    if not lines:
        return ()
    is_open = {c.id for c in _cases(store, {line.case_id for line in lines}) if c.closed is None}
    deaths = store.find(Circumstance, case_id=tuple(is_open), kind=CircumstanceKind.DEATH) if is_open else ()
    living = (x for x in lines if x.case_id in is_open and died(deaths, x.person_id) is None)
    return tuple(sorted(living, key=lambda x: (x.on, x.case_id)))


def _cases(store: Store, case_ids: Iterable[str]) -> tuple[Case, ...]:
    return tuple(store.get(Case, case_id) for case_id in sorted(case_ids))


def age_words(t: Texts, line: AgeLine, day: date) -> str:
    """The quiet line. What follows from the age is to be checked with the county."""
    when = t.date(line.on)
    told = t.tr("The child turns {age} on {day}.", age=line.age, day=when)
    if line.on <= day:
        told = t.tr("The child turned {age} on {day}.", age=line.age, day=when)
    asks = t.tr("Own word, hearing and who sees the papers: check with the county.")
    if line.age == 18:
        asks = t.tr("After-care and own consents: check with the county.")
    return f"{told} {asks}"
