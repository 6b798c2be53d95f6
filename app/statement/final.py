"""*Final* for good: the whole document and its finished pages are kept in one act, and only they are read afterward.

The pages are written, read back and compared first, in a container of their own under a key that only the version's row
holds. Then one step makes the version final and puts that row into the books. A crash in between leaves the draft, and
a container that nobody can open: *verify* finds it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from app import containers
from app.door import Door
from app.errors import AppError, InputError, NotAllowed
from app.i18n import Texts, now
from app.model.change import added
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.statement import FINAL_STAGES, Statement, StatementStage
from app.ports import MediaVault, Store

if TYPE_CHECKING:
    from app.model.statement_document import StatementDocument
    from app.statement.editor import StatementEditor


class Work(Protocol):
    """The job that the work is done in: progress from 0 to 1."""

    def progress(self, share: float) -> None: ...


def prepared(store: Store, media: MediaVault, statement_id: str) -> FinalStatement:
    """What the version will be for good, its pages safely in their container; not in the books yet.

    For a thread of its own: the pages take a while. Raises ContainerError for the disk, InputError(`pages-unfit`) for
    pages that lack something; then nothing is left.
    """
    statement = store.get(Statement, statement_id)
    at = now()
    return _fixed(store, media, replace(statement, stage=StatementStage.FINAL, finalized=at), at)


def put_final(editor: StatementEditor, media: MediaVault, final: FinalStatement) -> bool:
    """Make the version final as it was `prepared`. False, and nothing is left, when it is another by now."""
    if editor.finalize(final):
        return True
    containers.discard(media, final.container)
    return False


def make_final(editor: StatementEditor, media: MediaVault) -> bool:
    """Both at once, for who can wait. False when an approval is missing. Raises ContainerError for the disk."""
    if not editor.can_finalize():
        return False
    return put_final(editor, media, prepared(editor.store, media, editor.statement.id))


def final_of(door: Door, media: MediaVault, texts: Texts, statement: Statement) -> FinalStatement:
    """The kept document of a final version. One that an older program made final is fixed now, and says so."""
    assert statement.is_final, "a draft has no document yet"
    held = door.store.find(FinalStatement, statement_id=statement.id)
    if held:
        return held[0]
    made = replace(_fixed(door.store, media, statement, now()), afterwards=True)
    try:
        door.write(texts.tr("Final version fixed afterward"), [added(made)], act="final-fixed")
    except AppError as error:
        containers.discard(media, made.container)
        if not isinstance(error, NotAllowed):
            raise
        return door.store.find(FinalStatement, statement_id=statement.id)[0]  # another thread was first
    return made


def has_finals(store: Store) -> bool:
    """Whether there is anything for `fix_earlier` to look at."""
    return store.has(Statement, stage=FINAL_STAGES)


def fix_earlier(door: Door, media: MediaVault, texts: Texts, job: Work) -> int:
    """When the archive was opened: final versions without their document get it; returns how many there were.

    Those that have one are not read: there may be ten years of them.
    """
    left = door.store.finals_without_document()
    for number, statement_id in enumerate(left, start=1):
        final_of(door, media, texts, door.store.get(Statement, statement_id))
        job.progress(number / len(left))
    return len(left)


def pages_of(media: MediaVault, final: FinalStatement) -> bytes:
    """The finished PDF of a final version, byte for byte. Raises ContainerError when it is not what was kept."""
    return containers.read(media, final)


def _fixed(store: Store, media: MediaVault, statement: Statement, at: datetime) -> FinalStatement:
    from app.reports.statement_pdf import render_statement
    from app.statement.document import document_of

    document = document_of(store, statement)
    pages = render_statement(document)
    refuse_unfit(pages, document.language)
    return _kept(media, statement.id, document, pages, at)


def refuse_unfit(pages: bytes, language: str) -> None:
    """Pages that an archive could not keep, or not everybody could read, are not kept by us either.

    Raises InputError(`pages-unfit`) with what they lack in `lacks`.
    """
    from app.reports.structure_check import lacks

    found = lacks(pages, language)
    if found:
        raise InputError("pages-unfit", lacks=", ".join(found))


def _kept(
    media: MediaVault, statement_id: str, document: StatementDocument, pages: bytes, at: datetime
) -> FinalStatement:
    final_id = new_id()
    taken = containers.keep(media, final_id, pages)
    return FinalStatement(
        final_id, statement_id, at, taken.sha256, taken.size, taken.chunks, taken.container, taken.wrapped_key, document
    )
