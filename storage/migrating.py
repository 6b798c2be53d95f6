"""An older archive's tables come to their newest form on a copy, which then takes the place of the database.

The copy is under the archive's own key. What the steps made of it is looked at before: every page's seal, the
structure, references, that no table that was there has fewer or more rows, that the access log is the same to the last
byte, and that the form is the one that the list of forms says. The database from before stays beside it until the next
good opening (`archive.db.former`), or until something is erased: nothing that is erased lives on in it.

Killed anywhere, the database is the one from before, and the next opening does it anew, or the new one.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import sqlalchemy as sa

from app.errors import ArchiveError, StoreError
from app.ports import Progress
from storage import archive_folder, exchanging
from storage.migrations import HEAD, migrate, schema
from storage.store import search_filling
from storage.store.database import Database, copy_database
from storage.store.tables import audit

#: a step may change the rows of any other table, but neither take nor add one
_LOG = audit.name


def bring_up(folder: Path, key: bytes, progress: Progress) -> None:
    """Give an older archive's database the newest form; the archive is held and its database closed.

    `progress` is told while the index of the search is made anew. Raises StoreError, ArchiveError `disk-full`…, and
    `update-not-whole` with `what` when a look at the copy finds something; then the database is what it was.
    """
    path, fresh = archive_folder.database_path(folder), folder / archive_folder.NEXT_NAME
    exchanging.forget(fresh)
    try:
        exchanging.write_back(path, key)
        with exchanging.disk_told():
            copy_database(path, key, fresh, key)
        if troubles := _migrated(fresh, key, progress):
            raise ArchiveError("update-not-whole", what=troubles[0])
        exchanging.put_in_place(fresh, path, keep=True)
    finally:
        exchanging.forget(fresh)


def _migrated(fresh: Path, key: bytes, progress: Progress) -> tuple[str, ...]:
    """Take every step on the copy; gives what is not as it should be, as keys."""
    copied = Database(fresh, key, wal=False)
    try:
        with copied.write() as connection:
            rows, log = _rows(connection), _log(connection, columns := _columns(connection))
            migrate(connection)
            if schema.described(connection) != schema.recorded(HEAD):
                return ("database-form",)
            after = _rows(connection)
            if any(after.get(name, 0) != count for name, count in rows.items()):
                return ("database-rows",)
            if _log(connection, columns) != log:
                return ("audit-changed",)
            search_filling.fill(connection, progress, lambda: False)
        return copied.troubles()
    except StoreError as error:
        if error.key != "broken-reference":
            raise
        return ("database-references",)
    finally:
        copied.close()


def _rows(connection: sa.Connection) -> dict[str, int]:
    """Rows by table, but of SQLite's own and of the search, which is filled anew."""
    names = [name for name in sa.inspect(connection).get_table_names() if not name.startswith(("sqlite_", "search_"))]
    count = sa.select(sa.func.count())
    return {name: connection.execute(count.select_from(sa.table(name))).scalar_one() for name in names}


def _columns(connection: sa.Connection) -> list[str]:
    return sorted(column["name"] for column in sa.inspect(connection).get_columns(_LOG))


def _log(connection: sa.Connection, columns: list[str]) -> bytes:
    """A digest of the whole access log in the columns that it had: what proved it before proves it after."""
    digest = hashlib.sha256()
    table = sa.table(_LOG, *(sa.column(name) for name in columns))
    rows = sa.select(table).order_by(table.c.n)
    for row in connection.execute(rows.execution_options(yield_per=2000)):
        digest.update(repr(tuple(row)).encode())
    return digest.digest()
