"""Whether every page of the open archive's database is as it was written: looked at beside the work, at each start.

SQLite sees a damaged page only when something is read from it, which for an old case may be years.
"""

from __future__ import annotations

from app.errors import ArchiveError
from app.errors import Cancelled as CancelledError
from app.ports import Cancelled
from storage.rescue.sealed_pages import SealedPages
from storage.store.database import Database


def is_damaged(database: Database, key: bytes, cancelled: Cancelled) -> bool:
    """What seems so while others write is looked at again in stillness. Raises Cancelled, StoreError `closed`."""
    if not _seems_damaged(database, key, cancelled):
        return False
    with database.still():
        return _seems_damaged(database, key, cancelled)


def _seems_damaged(database: Database, key: bytes, cancelled: Cancelled) -> bool:
    try:
        with SealedPages(database.path, key) as pages:
            for broken in pages.seals():
                if broken:
                    return True
                if cancelled():
                    raise CancelledError
            return pages.lost_in_log > 0
    except ArchiveError as error:
        return error.key == "database-damaged"  # a disk that is gone says so itself wherever it is read
