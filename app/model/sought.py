"""What is sought in the archive, and how words are taken for one another: as beginnings, whatever their case or marks.

Finnish bends its words at their ends, so *lapsi* is sought as what begins with it; *äiti* is found by *aiti* too, for
not every keyboard has the letter.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.model.units import ItemPlace, Letters

#: fewer letters are nothing to look for
LEAST_LETTERS = 2


class Area(StrEnum):
    """The groups in which results are shown, in their order."""

    CASES = "cases"
    PEOPLE = "people"
    COMMISSIONS = "commissions"
    CONSENTS = "consents"
    MEETINGS = "meetings"
    FILMS = "films"  # what was said and noted on them; of codings what is open to the worker
    FEEDBACK = "feedback"  # moments chosen for it, its talks, and what was said in them
    STATEMENTS = "statements"
    SERVICES = "services"  # what was filled in the forms of work by a template
    TASKS = "tasks"  # the workers' own, and plans to begin others from
    SUPERVISION = "supervision"  # on its own side of the wall, and alone there


class Side(StrEnum):
    """The wall: client work and supervision never find each other's things."""

    CLIENTS = "clients"
    SUPERVISION = "supervision"


#: the groups in which client work is found
OF_CLIENTS = tuple(area for area in Area if area != Area.SUPERVISION)


@dataclass(frozen=True, slots=True)
class Sought:
    """One question to the search. Every word must be found, each as the beginning of one.

    `areas` are the groups wanted, all when empty; `closed`: in closed cases alone or in open ones alone. `beside` is
    the id of a person who may see the screen: nothing is found then that is about somebody whom that one must not meet.
    """

    words: str
    areas: tuple[Area, ...] = ()
    side: Side = Side.CLIENTS
    closed: bool | None = None
    beside: str = ""

    @property
    def beginnings(self) -> tuple[str, ...]:
        """The words to look for; none while there is too little to look for."""
        parts = words_of(self.words)
        return parts if any(len(part) >= LEAST_LETTERS for part in parts) else ()


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared, each once, in their order."""
    spaced = "".join(c if c.isalnum() else " " for c in folded(text))
    return tuple(dict.fromkeys(spaced.split()))


def folded(text: str) -> str:
    """In small letters and without the marks over and under them."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in apart if not unicodedata.combining(c))


def finds(beginnings: tuple[str, ...], text: str) -> bool:
    """Whether each of the beginnings begins a word of the text."""
    there = words_of(text)
    return all(any(word.startswith(part) for word in there) for part in beginnings)


def found_at(beginnings: tuple[str, ...], text: str) -> tuple[tuple[ItemPlace, ItemPlace], ...]:
    """Where the beginnings stand in the text as it is, as `[from, to)` in characters, ascending."""
    found = []
    at = 0
    while at < len(text):
        if not text[at].isalnum():
            at += 1
            continue
        after = at
        while after < len(text) and (text[after].isalnum() or unicodedata.combining(text[after])):
            after += 1
        word = folded(text[at:after])
        fits = max((len(part) for part in beginnings if word.startswith(part)), default=0)
        if fits:
            found.append((at, _after(text, at, fits)))
        at = after
    return tuple(found)


def _after(text: str, at: ItemPlace, letters: Letters) -> ItemPlace:
    """Where so many compared letters end: a decomposed letter is two characters of the text."""
    seen = 0
    while at < len(text) and seen < letters:
        seen += len(folded(text[at]))
        at += 1
    while at < len(text) and unicodedata.combining(text[at]):
        at += 1
    return at


def excerpt(text: str, beginnings: tuple[str, ...], most: Letters = 110) -> str:
    """The piece of a text around the first word that was found, of `most` characters or somewhat less."""
    if len(text) <= most:
        return text
    first = next((place for place, _ in found_at(beginnings, text)), 0)
    left = max(0, min(first - most // 3, len(text) - most))
    if left > 0:
        left = text.find(" ", left, first) + 1 or left
    right = len(text) if left + most >= len(text) else max(text.rfind(" ", first, left + most), first + 1)
    return f"{'… ' if left > 0 else ''}{text[left:right].strip()}{' …' if right < len(text) else ''}"
