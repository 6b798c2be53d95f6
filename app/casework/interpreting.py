"""Who of a film is heard through an interpreter: each adult by itself, and a child too."""

from __future__ import annotations

from collections.abc import Iterable

from app.model.meeting import Meeting
from app.model.people import Interpreter, Person
from app.ports import Store
from app.vocabulary import StatementTexts


def interpreted(persons: Iterable[Person]) -> tuple[Person, ...]:
    """Those who are heard through an interpreter."""
    return tuple(p for p in persons if p.interpreter != Interpreter.NONE)


def interpreter_in(store: Store, meeting: Meeting) -> Interpreter:
    """Where the interpreter of a meeting is: the adult's, or else of anybody on the film."""
    for person_id in (meeting.adult_id, meeting.child_id, *meeting.others):
        for person in interpreted(store.find(Person, id=person_id)):
            return person.interpreter
    return Interpreter.NONE


def how_interpreted(words: StatementTexts, person: Person) -> str:
    """Where the interpreter of a person's speech is, and in which language: *tulkki etänä (arabia)*."""
    language = f" ({person.interpreter_language})" if person.interpreter_language else ""
    return words.of("interpreters", person.interpreter) + language
