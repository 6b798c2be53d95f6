"""From the archive to paper: a statement as a file whose every byte is accounted for."""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.casework.case_file import case_file
from app.door import Door
from app.i18n import Texts
from app.model.statement import Statement
from app.model.statement_document import StatementDocument
from app.ports import MediaVault, Store
from app.statement.apart import refuse_naming
from app.statement.consented import refuse_closed
from app.statement.document import document_of
from app.statement.editor import read_statement
from app.statement.final import final_of, pages_of
from app.statement.signing import file_of, newest_file
from app.statement.versions import superseded_by
from app.vocabulary import StatementTexts
from app.whole_file import in_file_names, write_whole


def statement_document(door: Door, media: MediaVault, statement_id: str) -> StatementDocument:
    """What the pages say: of a final version what was kept of it, of an open one what the archive has now.

    Raises ContainerError for the disk, when a version that an older program made final gets its document.
    """
    statement = door.store.get(Statement, statement_id)
    if statement.is_final:
        return final_of(door, media, Texts(statement.language), statement).document
    return document_of(door.store, statement)


def statement_pdf(door: Door, media: MediaVault, statement_id: str) -> bytes:
    """The pages of a statement, in memory: of a final version its kept file, byte for byte.

    Of one whose place a newer final version has taken it is a copy that says so on every page; the kept file stays.
    A signed one is always the file that was signed: a mark would break its signatures.
    Raises ContainerError when that file is damaged or missing: it is never quietly made anew.
    """
    statement = door.store.get(Statement, statement_id)
    if statement.is_final:
        final = final_of(door, media, Texts(statement.language), statement)
        if newest_file(door.store, statement.id) is not None:
            return file_of(door.store, media, final)  # any mark on it would be a change of what was signed
        kept = pages_of(media, final)
        newer = superseded_by(door.store, statement)
        return _superseded(kept, statement.language, newer) if newer else kept
    from app.reports.statement_pdf import render_statement

    return render_statement(document_of(door.store, statement))


def _superseded(pages: bytes, language: str, version: int) -> bytes:
    from app.reports.superseded import marked

    return marked(pages, StatementTexts(language).word("superseded", version=version))


def file_name(store: Store, statement: Statement) -> str:
    """What the PDF is called: the kind of document, the code name, the adult it is about alone, and the version."""
    case = case_file(store, statement.case_id)
    adult = case.person(statement.adult) if statement.adult else None
    words = (
        StatementTexts(statement.language).document_kind(statement.kind),
        case.case.code_name,
        adult.called if adult else "",
    )
    return in_file_names(" ".join(x for x in (*words, f"v{statement.version}") if x)) + ".pdf"


def export_statement(door: Door, media: MediaVault, statement_id: str, path: Path) -> str:
    """Write the statement's PDF to `path`, whole or not at all, and log the export; returns the file's SHA-256.

    Raises NotAllowed where the adults are kept apart and a draft names the other one, ConsentMissing where a draft
    rests on a film whose consents are not in force, AppError(`cannot-write`) for the disk or the place, ContainerError
    as `statement_pdf`; what was at `path` before is then untouched.
    """
    text = read_statement(door.store, statement_id)
    if not text.statement.is_final:
        refuse_naming(door.store, text)
        refuse_closed(door.store, text)
    pages = statement_pdf(door, media, statement_id)
    write_whole(path, pages)
    digest = hashlib.sha256(pages).hexdigest()
    door.store.note("export", Statement, statement_id, f"sha256={digest}")
    return digest
