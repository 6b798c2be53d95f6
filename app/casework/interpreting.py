"""Who of a film is heard through an interpreter: each adult by itself, and a child too."""

from __future__ import annotations

from collections.abc import Iterable

from app.model.meeting import Meeting
from app.model.people import Interpreter, Person
from app.ports import Store


def interpreted(persons: Iterable[Person]) -> tuple[Person, ...]:
    """Those who are heard through an interpreter."""
    return tuple(p for p in persons if p.interpreter != Interpreter.NONE)


def interpreter_in(store: Store, meeting: Meeting) -> Interpreter:
    """Where the interpreter of a meeting is: the adult's, or else of anybody on the film."""
    for person_id in (meeting.adult_id, meeting.child_id, *meeting.others):
        for person in interpreted(store.find(Person, id=person_id)):
            return person.interpreter
    return Interpreter.NONE
