"""An encrypted backup; it counts only after it was restored to a scratch place and found whole there (trust.md §5)."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.errors import BackupError, StoreError
from app.model.day import local_day
from app.model.erasure import MadeHow
from app.ports import Cancelled, Progress
from storage import archive_folder, durable_file
from storage.backups import kept_films
from storage.backups.backup_format import (
    MEDIA_FOLDER,
    PART,
    PREFIX,
    Manifest,
    Work,
    backup_trouble,
    checksum,
    write_manifest,
)
from storage.backups.held import held
from storage.backups.restoring import Backup, audit_end, row_counts, whole
from storage.codings import copying, places
from storage.store.database import Database, copy_database
from storage.store.tables import metadata
from storage.vault import key_file, vault_format
from storage.vault.key_desk import KeyDesk


class Sealed(Protocol):
    """The signed-in worker's sealed codings, while a backup is made."""

    def still(self) -> AbstractContextManager[copying.Holding]: ...
    def keep_memo(self) -> None: ...


def make(
    folder: Path,
    desk: KeyDesk,
    own: Sealed,
    target: Path,
    progress: Progress,
    cancelled: Cancelled,
    how: MadeHow = MadeHow.BY_HAND,
    noted: Callable[[str], None] = lambda _: None,
) -> str:
    """Back up the archive in `folder` below `target`; returns the backup's name once it is proven.

    `noted` is told the name when it is proven and before it is given: whatever ends the program then, the archive's
    books know of every backup that there is.

    Raises Cancelled, or BackupError `target-missing`, `target-inside`, `backup-disk-full`, `backup-no-room-here` (on
    the archive's own disk, where it is proven), `read-only`, `target-gone`, `disk-error`, `archive-film-missing`,
    `backup-archive-unreadable` when the archive's own disk does not give a part of it,
    `film-damaged`, `backup-not-whole` (with `what`). Nothing that looks like a backup is left then.
    """
    if not _is_folder(target):
        raise BackupError("target-missing")
    if target.resolve().is_relative_to(folder.resolve()):
        raise BackupError("target-inside")
    work = Work(progress, cancelled)
    with backup_trouble("backup-disk-full", folder):
        _forget_unfinished(target)
        name = _free_name(target, how)
        part = target / (name + PART)
        try:
            part.mkdir(mode=0o700)
            kept_films.folder_at(target)
            _fill(folder, desk, own, part, work)
            with backup_trouble("backup-no-room-here"):
                _prove(folder, desk, part, work)
            durable_file.sync_folder(part)
            with backup_trouble("backup-no-room-here", folder):
                noted(name)
            durable_file.patiently(lambda: part.rename(target / name))
            durable_file.sync_folder(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    progress(1.0)
    return name


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long to be looked up
        return False


def _fill(folder: Path, desk: KeyDesk, own: Sealed, part: Path, work: Work) -> None:
    keys = desk.keys
    copied = part / archive_folder.DATABASE_NAME
    # rows of sealed codings and their files belong together: no state of one changes meanwhile
    with own.still() as hold:
        with backup_trouble("backup-no-room-here", folder):
            own.keep_memo()
        # the key file first: its anchor may then not be ahead of the database beside it
        durable_file.write_whole(part / key_file.FILE_NAME, vault_format.to_bytes(desk.vault))
        _copy_from(archive_folder.database_path(folder), keys.database, copied, keys.backup)
        codings = copying.copy_all(places.folder_in(folder), places.folder_in(part), hold)
    database = Database(copied, keys.backup, wal=False)
    try:
        with database.read() as connection:
            films = held(connection)
            rows, end = row_counts(connection, sorted(metadata.tables)), audit_end(connection, desk.vault.archive_id)
    finally:
        database.close()
    target, today = part.parent, local_day()
    known = kept_films.known_at(target, desk.vault.archive_id, keys)
    media = archive_folder.media_folder(folder)
    kept = kept_films.keep(media, films, kept_films.folder_at(target), known, today, work)
    files = {path.name: checksum(path, lambda _: None) for path in _files_of(part)}
    files |= {f"{places.FOLDER}/{n}": checksum(places.folder_in(part) / n, lambda _: None) for n in codings}
    made = datetime.now().astimezone().isoformat()
    manifest = Manifest(desk.vault.archive_id, made, rows, end.count, end.mac.hex(), files, kept)
    write_manifest(part, manifest, keys)


def _files_of(part: Path) -> list[Path]:
    return [path for path in sorted(part.iterdir()) if path.is_file() and not durable_file.is_beside(path)]


def _copy_from(database: Path, key: bytes, copied: Path, copied_key: bytes) -> None:
    """Which of both disks did not obey the database does not say: the archive's is asked."""
    try:
        copy_database(database, key, copied, copied_key)
    except StoreError as error:
        if error.key == "disk-error" and not durable_file.is_readable(database):
            raise BackupError("backup-archive-unreadable") from error
        raise


def _prove(folder: Path, desk: KeyDesk, part: Path, work: Work) -> None:
    """Restore the backup's database beside the archive's and look at all of it; its films are tried where they lie.

    Not in the system's folder for temporary files: what a killed program leaves there nobody would sweep.
    """
    backup = Backup.read(part, desk.keys)
    copied = folder / archive_folder.PROOF_NAME
    _forget(copied)
    try:
        copy_database(part / archive_folder.DATABASE_NAME, desk.keys.backup, copied, desk.keys.database)
        troubles = whole(copied, backup, desk.keys, backup.film_paths(), work)
    finally:
        _forget(copied)
    if troubles:
        raise BackupError("backup-not-whole", what=troubles[0])


def _forget(database: Path) -> None:
    for path in archive_folder.database_files(database):
        path.unlink(missing_ok=True)


def _free_name(target: Path, how: MadeHow) -> str:
    stamp = f"{PREFIX}{datetime.now().astimezone():%Y%m%d-%H%M%S}" + (f"-{how}" if how else "")
    names = (stamp, *(f"{stamp}-{number}" for number in range(2, 100)))
    return next(n for n in names if not (target / n).exists() and not (target / (n + PART)).exists())


def _forget_unfinished(target: Path) -> None:
    """Remove what a crash in the middle of a backup left a day ago or more; none of it ever counted."""
    before = time.time() - 24 * 3600
    left = [*target.glob(f"{PREFIX}*{PART}"), *(target / MEDIA_FOLDER).glob(f"*{PART}")]
    for path in left:
        if path.stat().st_mtime >= before:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
