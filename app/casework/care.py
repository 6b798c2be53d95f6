"""What must be known before people meet: restrictions, safety, support, an interpreter, and that some are kept apart.

One value, one strip.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.casework.case_file import CaseFile
from app.casework.circumstances import holding
from app.casework.places import places_hidden
from app.i18n import Texts
from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.people import Interpreter, Person
from app.vocabulary import StatementTexts

#: whose words are picked from which list
_LISTS = {
    CircumstanceKind.RESTRICTION: "restrictions",
    CircumstanceKind.SAFETY: "safety",
    CircumstanceKind.SUPPORT: "supports",
}


@dataclass(frozen=True, slots=True)
class Care:
    """For some people of a case on a day. Of who is kept apart from them nothing is here but that somebody is."""

    rows: tuple[Circumstance, ...] = ()
    is_apart: bool = False
    places_hidden: bool = False
    interpreted: tuple[Person, ...] = ()  # with whom there is an interpreter

    def __bool__(self) -> bool:
        return bool(self.rows) or self.is_apart or self.places_hidden or bool(self.interpreted)


def care_for(case: CaseFile, person_ids: Iterable[str], day: date) -> Care:
    """What holds of these people, and of the child in any case."""
    people = set(person_ids)
    told = people | ({case.child.id} if case.child is not None else set())
    rows = [r for r in holding(case, day, *_LISTS) if r.person_id in told]
    interpreted = tuple(p for p in case.everybody if p.id in told and p.interpreter != Interpreter.NONE)
    return Care(tuple(rows), any(case.apart.of(i) for i in people), places_hidden(case, day), interpreted)


def care_words(t: Texts, case: CaseFile, care: Care) -> tuple[str, ...]:
    """One line for each, the kept apart first. Names nobody but those whom it is about, by what they are called."""
    words = StatementTexts(t.language)
    lines = []
    if care.is_apart:
        lines.append(t.tr("Kept apart: times and waiting places of their own."))
    lines += [_interpreted(words, person) for person in care.interpreted]
    for row in care.rows:
        person = case.person(row.person_id)
        kind, said = words.of("circumstances", row.kind), words.said(_LISTS[row.kind], row.value)
        who = f" ({person.called})" if person is not None else ""
        lines.append(f"{kind[:1].upper()}{kind[1:]}{who}: {said}")
    if care.places_hidden:
        lines.append(t.tr("Non-disclosure of address: no place is shown or printed."))
    return tuple(lines)


def _interpreted(words: StatementTexts, person: Person) -> str:
    """*Isä: tulkki korvakuulokkeessa (arabia)*."""
    language = f" ({person.interpreter_language})" if person.interpreter_language else ""
    return f"{person.called[:1].upper()}{person.called[1:]}: {words.of('interpreters', person.interpreter)}{language}"
