"""What a statement may not tell: who is kept apart from its adult (domain 1.3, 4.7), and hidden places."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from re import Pattern

from app.casework.apart import nameable, telling_of
from app.casework.case_file import CaseFile, case_file
from app.casework.names import naming
from app.casework.places import hidden_words
from app.errors import NotAllowed
from app.i18n import today
from app.model.hidden import plain
from app.model.meeting import Meeting
from app.model.people import Person
from app.model.statement import Paragraph, Statement, StatementText
from app.model.statement_document import Reference
from app.ports import Store


def has_to_choose(case: CaseFile) -> bool:
    """Whether a statement of this case is about one adult, and nobody kept apart from that one."""
    return bool(case.apart)


def adult_called(case: CaseFile, word: str) -> Person | None:
    """The adult of the case by what the adult is called, by the name or the id; None when it is nobody or several."""
    wanted = word.casefold().strip()
    found = [p for p in case.adults if wanted in (p.id, p.called.casefold().strip(), p.name.casefold().strip())]
    return found[0] if wanted and len(found) == 1 else None


def may_not_name(case: CaseFile, statement: Statement) -> tuple[Person, ...]:
    """Who is kept apart from the statement's adult, or from one whose meetings it is about: nobody says them there.

    While it is not chosen whose a statement is, all are silent who are kept apart from anybody.
    """
    if has_to_choose(case) and not statement.adult:
        return tuple(p for p in case.everybody if case.apart.of(p.id))
    held = {m.adult_id for m in case.meetings if m.id in statement.meetings}
    allowed = {p.id for p in nameable(case, held | {statement.adult})}
    return tuple(p for p in case.everybody if p.id not in allowed)


def meetings_of(case: CaseFile, statement: Statement) -> tuple[Meeting, ...]:
    """The meetings of the case that a statement can be about, in the order in which they were held.

    Where some are kept apart: those of its adult, and of others whom nobody of these is kept apart from.
    """
    if has_to_choose(case) and not statement.adult:
        return tuple(m for m in case.meetings if not case.apart.of(m.adult_id))
    own = case.apart.of(statement.adult)
    found = [m for m in case.meetings if m.adult_id not in own]
    adults = {m.adult_id for m in found} | {statement.adult}
    parted = {i for i in adults if i != statement.adult and case.apart.of(i) & adults}
    return tuple(m for m in found if m.adult_id not in parted)


def sections_naming(store: Store, case: CaseFile, text: StatementText) -> tuple[str, ...]:
    """Keys of the sections in which an adult stands who may not be named, each once, in the order of the text.

    A part of a name that somebody has who may be named, one of the pair too, tells nothing by itself.
    """
    silent = may_not_name(case, text.statement)
    if not silent or not text.statement.adult:
        return ()
    pattern = silencing(store, case, text.statement, {p.id for p in silent})
    if pattern is None:
        return ()
    return tuple(dict.fromkeys(p.section for p in text.paragraphs if any(map(pattern.search, said_in(p)))))


def silencing(store: Store, case: CaseFile, statement: Statement, silent: Collection[str]) -> Pattern[str] | None:
    """What tells of somebody of `silent`, by their ids, in the statement's language; None when there is nothing to."""
    return telling_of(store, case, silent, statement.language)


def sections_telling_places(case: CaseFile, text: StatementText) -> tuple[str, ...]:
    """Keys of the sections in which a place stands that may not be told now, each once (*turvakielto*)."""
    pattern = naming((w.casefold() for w in hidden_words(case, today())), text.statement.language)
    if pattern is None:
        return ()
    return tuple(dict.fromkeys(p.section for p in text.paragraphs if any(map(pattern.search, said_in(p)))))


def untold(
    store: Store, case: CaseFile, statement: Statement, references: Iterable[Reference]
) -> tuple[Reference, ...]:
    """Without the lines that tell of somebody who may not be named, or of a hidden place.

    Such a line says a source word for word, and whoever writes sees it on the page alone: no finding could lead there.
    """
    silent = {p.id for p in may_not_name(case, statement)}
    patterns = (
        silencing(store, case, statement, silent) if silent else None,
        naming((w.casefold() for w in hidden_words(case, today())), statement.language),
    )
    return tuple(r for r in references if not any(p is not None and p.search(plain(r.words)) for p in patterns))


def is_named_around(store: Store, case: CaseFile, statement: Statement) -> bool:
    """Whether what stands around the sections tells of somebody who may not be named: the head, or the file's name.

    There stand the code name, what the commission says of who ordered and gives it, what is corrected, and why one
    worker signs alone.
    """
    silent = {p.id for p in may_not_name(case, statement)}
    pattern = silencing(store, case, statement, silent) if silent else None
    if pattern is None:
        return False
    c = case.commission
    head = () if c is None else (c.commissioner, c.unit, c.organiser, c.producer, c.controller, c.basis, c.decision)
    alone = () if statement.alone is None else (statement.alone.reason, statement.alone.superior)
    return any(map(pattern.search, (case.case.code_name, statement.corrects, *head, *alone)))


def refuse_naming(store: Store, text: StatementText) -> None:
    """Refuse pages that may not leave the archive as they are.

    Raises NotAllowed `kept-apart`, `other-adult-named`, `other-adult-around`, `place-told`.
    """
    case = case_file(store, text.statement.case_id)
    if has_to_choose(case) and not text.statement.adult:
        raise NotAllowed("kept-apart")
    if sections_naming(store, case, text):
        raise NotAllowed("other-adult-named")
    if is_named_around(store, case, text.statement):
        raise NotAllowed("other-adult-around")
    if sections_telling_places(case, text):
        raise NotAllowed("place-told")


def said_in(p: Paragraph) -> Iterable[str]:
    """All words of a passage, to look for names in: its text, what a table is called, and its cells.

    In small letters and composed: what was copied from another paper may have *ä* as two signs, or an unseen hyphen.
    """
    yield from map(plain, (p.text, p.about, *(cell for row in p.cells for cell in row)))
