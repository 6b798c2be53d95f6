"""The pages of a statement while it is written: of what the archive has of it now, made by a process that is warm."""

from __future__ import annotations

from app.door import Door
from app.model.statement import Statement
from app.reports.page_process import MadePages, PageProcess
from app.statement.document import document_of


def pages_now(door: Door, statement_id: str, process: PageProcess) -> MadePages:
    """Reads the archive and waits for the pages: for a thread beside the window's.

    Raises StoreError, AppError(`pages-not-made`).
    """
    return process.make(document_of(door.store, door.store.get(Statement, statement_id)))
