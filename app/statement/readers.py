"""With whom a statement is gone through, and what each of them is shown of it: nothing of who is kept apart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from app.casework.apart import apart_from
from app.casework.case_file import CaseFile, case_file
from app.i18n import Texts
from app.model.people import Person, age_on
from app.model.reading import READING_SOURCE, Reading, passage_source
from app.model.service import SectionKey
from app.model.statement import Paragraph, ParagraphKind, Statement, StatementText
from app.ports import Store
from app.services.documents import form_of
from app.statement.apart import has_to_choose, may_not_name, said_in, sections_telling_places, silencing
from app.statement.arranged import section_of

#: years: from then on a child reads it as everybody does, if it wants to (domain 0.9)
READS_FROM = 12
#: what is the workers' and the county's, and no part of the text that is gone through on a screen
_NOT_READ = (SectionKey.SIGNATURES, SectionKey.DISTRIBUTION, SectionKey.ATTACHMENTS)


@dataclass(frozen=True, slots=True)
class ReaderSection:
    """One section as a reader is shown it; `paragraphs` have no evidence and no word of who is kept apart."""

    key: str
    number: int
    title: str
    paragraphs: tuple[Paragraph, ...]


def readers(case: CaseFile, statement: Statement) -> tuple[Person, ...]:
    """Who reads it, in the order of the case: the child, the guardians, the adults whom it is about.

    Nobody who is kept apart from any of these adults; nobody while it is not chosen whose statement it is.
    """
    if has_to_choose(case) and not statement.adult:
        return ()
    adults = {m.adult_id for m in case.meetings if m.id in statement.meetings} | {statement.adult}
    silent = {p.id for adult in adults if adult for p in apart_from(case, adult)}
    guardians = set() if has_to_choose(case) else {p.id for p in case.guardians}
    wanted = adults | guardians | {p.id for p in case.everybody if p.is_child}
    return tuple(p for p in case.everybody if p.id in wanted and p.id not in silent)


def reads_alone(person: Person, day: date) -> bool:
    """Whether somebody reads for oneself: an adult, or a child old enough; a younger one is told."""
    return not person.is_child or person.born is None or age_on(person.born, day)[0] >= READS_FROM


def shown_to(store: Store, text: StatementText, reading: Reading) -> tuple[ReaderSection, ...]:
    """The reader's version: the document's text but for what this one is not shown, in the order of the sections."""
    case = case_file(store, text.statement.case_id)
    silent = {p.id for p in (*may_not_name(case, text.statement), *apart_from(case, reading.person_id))}
    pattern = silencing(store, case, text.statement, silent)
    hides = set(reading.left_out) | set(sections_telling_places(case, text)) | set(_NOT_READ)
    t = Texts(text.statement.language)
    own = passage_source(reading.id)
    found = []
    for section in form_of(text.statement).sections:
        if section.key in hides:
            continue
        kept = tuple(
            _plain(p)
            for p in section_of(text, section.key)
            if p.kind != ParagraphKind.CHART  # a figure's numbers by the letters of dimensions
            and not (p.source.startswith(READING_SOURCE) and not p.source.startswith(own))
            and not (pattern is not None and any(map(pattern.search, said_in(p))))
        )
        if any(p.text.strip() or p.cells for p in kept):
            found.append(ReaderSection(section.key, section.number, t.words(section.title), kept))
    return tuple(found)


def _plain(paragraph: Paragraph) -> Paragraph:
    """Without what its words rest on: a reader's screen plays nothing."""
    return replace(paragraph, runs=tuple(replace(r, evidence="") for r in paragraph.runs))


def not_read_yet(case: CaseFile, statement: Statement, noted: Collection[Reading]) -> tuple[Person, ...]:
    """Who has not gone through it, and of whom it is not said why."""
    done = {r.person_id for r in noted}
    return tuple(p for p in readers(case, statement) if p.id not in done)
