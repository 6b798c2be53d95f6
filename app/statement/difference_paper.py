"""The marked difference of two texts of a statement as a file, whose every byte is accounted for."""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.casework.case_file import case_file
from app.door import Door
from app.i18n import Texts, today
from app.model.statement import ParagraphKind, Statement, StatementText
from app.office.workers import names_of_workers
from app.statement.apart import refuse_naming
from app.statement.consented import refuse_closed
from app.statement.difference import Earlier, Mark, MarkedPassage, difference
from app.vocabulary import StatementTexts
from app.whole_file import write_whole

_SIGNS = {Mark.SAME: "", Mark.ADDED: "+", Mark.REMOVED: "-"}


def difference_pages(door: Door, before: Earlier, after: StatementText) -> bytes:
    """What changed, in the statement's own language. Raises nothing: it reads what the archive has."""
    from app.reports.difference_pdf import DifferencePaper, MarkedLine, difference_pdf

    statement = after.statement
    t, fixed = Texts(statement.language), StatementTexts(statement.language)
    case = case_file(door.store, statement.case_id)

    def line(passage: MarkedPassage) -> MarkedLine:
        is_heading = passage.kind == ParagraphKind.HEADING and not passage.is_changed
        return MarkedLine(tuple((_SIGNS[p.mark], p.text) for p in passage.pieces), is_heading)

    sections = tuple(
        (f"{s.number} {s.title}", tuple(line(p) for p in s.passages)) for s in difference(before.text, after)
    )
    day = today()
    facts = (
        (fixed.word("regarding"), case.case.code_name),
        (t.tr("Held against"), told(before, t, names_of_workers(door.store))),
        (t.tr("Is now"), f"{fixed.word('version', version=statement.version)}, {fixed.stage(statement.stage)}"),
        (fixed.word("date"), t.date(day)),
    )
    paper = DifferencePaper(t.tr("Changes in the statement"), facts, sections, fixed.confidential, day)
    return difference_pdf(paper, t)


def export_difference(door: Door, before: Earlier, after: StatementText, path: Path) -> str:
    """Write it to `path`, whole or not at all, and log it; returns the file's SHA-256.

    Raises NotAllowed and ConsentMissing as an export of the statement does, AppError(`cannot-write`) for the place.
    """
    if not after.statement.is_final:
        refuse_naming(door.store, after)
        refuse_naming(door.store, StatementText(after.statement, before.text.paragraphs))
        refuse_closed(door.store, after)
    pages = difference_pages(door, before, after)
    write_whole(path, pages)
    digest = hashlib.sha256(pages).hexdigest()
    door.store.note("export", Statement, after.statement.id, f"sha256={digest};changes")
    return digest


def told(before: Earlier, t: Texts, names: dict[str, str]) -> str:
    """*Leena Mallin hyväksymä 27.11.2026, versio 1*, or *versio 1*."""
    day = t.date(before.at.astimezone().date())
    if before.worker_id:
        name = names.get(before.worker_id, "")
        return t.tr("approved by {name} on {date}, version {n}", name=name, date=day, n=before.version)
    return t.tr("version {n}", n=before.version)
