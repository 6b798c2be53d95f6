"""What papers about consents say, before they are pages: the form that is signed, and what proves consents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class FormPaper:
    """What is printed for one person: who signs, what is asked apart from each other, and for whom it is made."""

    title: str
    name: str
    intro: tuple[str, ...]
    asks: str
    purposes: tuple[str, ...]
    law: tuple[str, ...]
    signers: tuple[str, ...]
    own_word: str  # of a child that does not sign itself
    fields: tuple[str, ...]
    version: str
    made_for: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PersonEvidence:
    """One person's rows: purpose, state, given, ends, withdrawn, form, who explained, who gave."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    decisions: tuple[tuple[str, ...], ...]
    pages: tuple[tuple[str, bytes], ...]  # each photographed page with what it is


@dataclass(frozen=True)
class EvidencePaper:
    """Everything that was said of consents in one case; `marking` is the secrecy marking."""

    title: str
    about: str  # for whom it is, and whom it names
    facts: tuple[tuple[str, str], ...]
    people: tuple[PersonEvidence, ...]
    words: tuple[tuple[str, ...], ...]  # the child's own, by day
    marking: tuple[str, ...] = ()

    @property
    def said(self) -> Iterator[str]:
        for person in self.people:
            yield person.title
            yield from (cell for row in (*person.rows, *person.decisions) for cell in row)
