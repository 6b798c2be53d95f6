"""A finished copy takes the place of the archive's database in one step; the one before may be kept beside it.

Killed anywhere, the archive's database is the one or the other.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import ArchiveError
from storage import archive_folder, durable_file
from storage.store.database import connect
from storage.store.sql_errors import translated


@contextmanager
def disk_told() -> Iterator[None]:
    """Within it what the disk refuses comes out as ArchiveError, also where a copy is made."""
    try:
        yield
    except OSError as error:
        raise durable_file.archive_trouble(error) from error


def write_back(path: Path, key: bytes) -> None:
    """Nothing may stand in the log beside the database any more: it would be laid over the one that takes its place.

    Raises StoreError, ArchiveError `locked`, and as the disk refuses.
    """
    with translated():
        driver = connect(path, key)  # another connection would make the log anew
        try:
            busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            driver.execute("PRAGMA journal_mode=DELETE")
        finally:
            driver.close()
    beside = archive_folder.database_files(path)[1:]
    if busy or any(left.exists() and left.stat().st_size for left in beside if left.name.endswith("-wal")):
        raise ArchiveError("locked")
    with disk_told():
        for left in beside:
            left.unlink(missing_ok=True)
        durable_file.sync_folder(path.parent)


def put_in_place(fresh: Path, path: Path, *, keep: bool) -> None:
    """The copy, which nobody has open, becomes the database. With `keep` the one before stays as the former one.

    Raises ArchiveError as the disk refuses; then the database is what it was.
    """
    try:
        with fresh.open("r+b") as file:  # open for writing: Windows flushes no file that was opened to be read alone
            durable_file.sync_file(file.fileno())
        if keep:
            _keep(path)
        durable_file.put_in_place(fresh, path)
    except OSError as error:
        raise durable_file.archive_trouble(error) from error


def _keep(path: Path) -> None:
    """A second name for the same bytes; a whole copy where the disk has no such thing, as sticks have not."""
    former, part = path.with_name(archive_folder.FORMER_NAME), path.with_name(archive_folder.PROOF_NAME)
    former.unlink(missing_ok=True)  # renaming one name of a file to another of its names would leave both
    try:
        os.link(path, former)
    except OSError:
        durable_file.make_for_owner(part)
        shutil.copyfile(path, part)
        with part.open("r+b") as file:
            durable_file.sync_file(file.fileno())
        durable_file.put_in_place(part, former)


def former_mark(folder: Path) -> tuple[int, int] | None:
    """What tells a former database from another one that takes its name; None where none lies."""
    try:
        said = (folder / archive_folder.FORMER_NAME).stat()
    except OSError:
        return None
    return said.st_ino, said.st_mtime_ns


def forget_former(folder: Path) -> None:
    """The database from before the newest step goes: the archive opened well since, or something was erased.

    Raises ArchiveError as the disk refuses.
    """
    try:
        if durable_file.remove(folder / archive_folder.FORMER_NAME):
            durable_file.sync_folder(folder)
    except OSError as error:
        raise durable_file.archive_trouble(error) from error


def forget(database: Path) -> None:
    """A copy that is not wanted goes with what SQLite laid beside it. Raises ArchiveError as the disk refuses."""
    with disk_told():
        for path in archive_folder.database_files(database):
            path.unlink(missing_ok=True)
