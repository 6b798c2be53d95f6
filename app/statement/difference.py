"""What changed between two texts of a statement, marked: since an approval, or since another version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum

from app.i18n import Texts
from app.model.statement import ApprovedText, ParagraphKind, Statement, StatementText
from app.ports import Store
from app.services.documents import form_of
from app.statement.arranged import section_of
from app.statement.editor import read_statement
from app.statement.versions import versions

#: words, spaces and signs, each by itself
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
#: of two passages in each other's place: with less in common they are not one that was changed
_ALIKE = 0.4


class Mark(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, came or went."""

    text: str
    mark: Mark = Mark.SAME


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage, or a row of a table, with what changed in it; one that did not change is a heading above others."""

    kind: ParagraphKind
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(p.mark != Mark.SAME for p in self.pieces)


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """A section in which something changed: what did, under the headings that it stands under."""

    key: str
    number: int
    title: str
    passages: tuple[MarkedPassage, ...]

    @property
    def changes(self) -> int:
        """How many of its passages changed."""
        return sum(p.is_changed for p in self.passages)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A text that an open or final version can be held against: `worker_id` approved it, or it is a whole version."""

    text: StatementText
    at: datetime
    worker_id: str = ""

    @property
    def version(self) -> int:
        return self.text.statement.version


def earlier_texts(store: Store, statement: Statement) -> tuple[Earlier, ...]:
    """What was approved of it and of the versions before, the latest first, then these versions as they are now."""
    held = [s for s in versions(store, statement) if s.version <= statement.version]
    approved = [(s, t) for s in held for t in store.find(ApprovedText, statement_id=s.id)]
    rows = [Earlier(_as_approved(s, t), t.at, t.worker_id) for s, t in approved]
    rows.sort(key=lambda e: e.at, reverse=True)
    whole = [read_statement(store, s.id) for s in reversed(held) if s.id != statement.id]
    return (*rows, *(Earlier(t, t.statement.finalized or t.statement.created) for t in whole))


def since(store: Store, statement: Statement) -> Earlier | None:
    """What the signed-in worker is shown changes since: the own last approval, the other's, or the version before."""
    found = earlier_texts(store, statement)
    mine = (e for e in found if e.worker_id == store.me)
    return next(mine, found[0] if found else None)


def difference(before: StatementText, after: StatementText) -> tuple[MarkedSection, ...]:
    """The sections that differ, in their order, each with what came and went."""
    t = Texts(after.statement.language)
    rows = []
    for section in form_of(after.statement).sections:
        passages = tuple(_with_headings(_marked(_units(before, section.key), _units(after, section.key))))
        if any(p.is_changed for p in passages):
            rows.append(MarkedSection(section.key, section.number, t.words(section.title), passages))
    return tuple(rows)


def changes_in(sections: Sequence[MarkedSection]) -> int:
    """How many passages changed in all of them."""
    return sum(s.changes for s in sections)


def _as_approved(statement: Statement, approved: ApprovedText) -> StatementText:
    return StatementText(replace(statement, tables=approved.tables), approved.paragraphs)


_Unit = tuple[ParagraphKind, str]


def _units(text: StatementText, section: str) -> list[_Unit]:
    """The passages of a section as the document has them; of a table its name and each row."""
    found: list[_Unit] = []
    for p in section_of(text, section):
        if not p.cells:
            found.append((p.kind, p.text.strip()))
            continue
        found.append((p.kind, p.about))
        found += [(p.kind, " · ".join(c for c in row if c)) for row in p.cells]
    return [u for u in found if u[1]]


def _marked(before: Sequence[_Unit], after: Sequence[_Unit]) -> Iterator[MarkedPassage]:
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (MarkedPassage(kind, (Piece(words),)) for kind, words in after[c:d])
            continue
        gone, come = list(before[a:b]), list(after[c:d])
        while gone and come and _is_same_one(gone[0], come[0]):
            (_, was), (kind, now) = gone.pop(0), come.pop(0)
            yield MarkedPassage(kind, _in_words(was, now))
        yield from (MarkedPassage(kind, (Piece(words, Mark.REMOVED),)) for kind, words in gone)
        yield from (MarkedPassage(kind, (Piece(words, Mark.ADDED),)) for kind, words in come)


def _is_same_one(before: _Unit, after: _Unit) -> bool:
    return SequenceMatcher(None, _TOKEN.findall(before[1]), _TOKEN.findall(after[1]), autojunk=False).ratio() > _ALIKE


def _in_words(before: str, after: str) -> tuple[Piece, ...]:
    """Word by word; what stands between two changes and is only a space goes with them."""
    was, now = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("".join(now[c:d])))
            continue
        pieces += [Piece("".join(was[a:b]), Mark.REMOVED)] if b > a else []
        pieces += [Piece("".join(now[c:d]), Mark.ADDED)] if d > c else []
    return tuple(pieces)


def _with_headings(passages: Iterator[MarkedPassage]) -> Iterator[MarkedPassage]:
    """What changed, each under the last heading before it."""
    heading: MarkedPassage | None = None
    for passage in passages:
        if passage.is_changed:
            if heading is not None:
                yield heading
                heading = None
            yield passage
        elif passage.kind == ParagraphKind.HEADING:
            heading = passage
