"""Putting a backup back into an empty folder, and the checks that say whether one is whole."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.errors import ArchiveError, BackupError, ContainerError, StoreError
from app.ports import Cancelled, Progress
from storage import archive_folder
from storage.backups.backup_format import (
    MEDIA_FOLDER,
    Manifest,
    Work,
    backup_trouble,
    checksum,
    copy_checked,
    read_manifest,
)
from storage.backups.held import Held, held
from storage.disk_space import is_there
from storage.store import audit
from storage.store.audit import Actor, AuditLog, Head
from storage.store.database import Database, copy_database
from storage.vault import vault_file
from storage.vault.keys import Keys
from storage.vault.media_vault import unwrap_key
from storage.vault.vault_file import VaultFile

_CHUNKS_TRIED = 3


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup on its disk, opened: its folder, its key file and what its manifest vouches for."""

    folder: Path
    vault: VaultFile
    manifest: Manifest

    @classmethod
    def read(cls, folder: Path, keys: Keys) -> Backup:
        """Raises BackupError `backup-missing`, `backup-newer`, or `backup-damaged` with `what`."""
        manifest = read_manifest(folder, keys)
        for name, sha256 in manifest.files.items():
            path = folder / name
            if not path.is_file() or checksum(path, lambda _: None) != sha256:
                raise BackupError("backup-damaged", what="database" if name.endswith(".db") else "key-file")
        vault = vault_file.load(folder).vault
        if vault.archive_id != manifest.archive_id:
            raise BackupError("backup-damaged", what="key-file")
        return cls(folder, vault, manifest)

    def film_paths(self) -> dict[str, Path]:
        """Where the backup keeps each container, by its name in the archive."""
        media = self.folder.parent / MEDIA_FOLDER
        return {film.container: media / f"{film.sha256}.vau" for film in self.manifest.films}


def row_counts(connection: sa.Connection, names: Iterable[str]) -> dict[str, int]:
    """Rows by table, of those tables that the database has: a backup may be of an older program."""
    count, there = sa.select(sa.func.count()), set(sa.inspect(connection).get_table_names())
    return {n: connection.execute(count.select_from(sa.table(n))).scalar_one() for n in names if n in there}


def audit_end(connection: sa.Connection, archive_id: str) -> Head:
    """The access log's end in a database."""
    return audit.head(connection, archive_id)


class _Fixed:
    """The anchor of a backup: what its manifest says, never moved."""

    def __init__(self, head: Head) -> None:
        self._head = head

    def kept(self) -> Head:
        return self._head

    def keep(self, head: Head) -> None:
        raise AssertionError(head.count)


def whole(path: Path, backup: Backup, keys: Keys, films: Mapping[str, Path], work: Work) -> tuple[str, ...]:
    """What a restored database and its films lack against the backup's manifest, as keys; empty when whole."""
    said = backup.manifest
    database = Database(path, keys.database)
    try:
        if troubles := database.troubles():
            return troubles
        with database.read() as connection:
            if row_counts(connection, said.rows) != said.rows:
                return ("database-rows",)
            anchors = [Head(said.audit_count, bytes.fromhex(said.audit_head))]
            anchor = backup.vault.anchor
            anchors.append(Head(anchor.count, bytes.fromhex(anchor.head)))
            log = AuditLog(keys.audit, said.archive_id, Actor("", "", "", ""), _Fixed(anchors[0]))
            for one_end in anchors:
                if troubles := log.verify(connection, one_end):
                    return troubles
            kept = held(connection)
    finally:
        database.close()
    if {one.container for one in kept} != set(films):
        return ("films-missing",)
    for one in kept:
        work.step(0)
        if trouble := _film_trouble(films[one.container], one, keys):
            return (trouble,)
    return ()


def _film_trouble(path: Path, one: Held, keys: Keys) -> str:
    """Opens a container, which proves its header and end, and tries some of its chunks."""
    from storage.vault.container_reader import ContainerReader

    try:
        cek = unwrap_key(keys.media, one.id, one.wrapped_key)
        with ContainerReader(path, cek, one.id) as reader:
            if (reader.size, reader.chunks) != (one.size, one.chunks):
                return "container-damaged"
            for _ in range(_CHUNKS_TRIED):
                reader.seek(random.randrange(max(reader.chunks, 1)) * reader.header.chunk_size)
                reader.read(1)
    except ContainerError as error:
        return error.key
    return ""


def restore(folder: Path, into: Path, secret: str, progress: Progress, cancelled: Cancelled) -> None:
    """Restore the backup in `folder` into an empty or new folder; see `ArchiveDoorway.restore`.

    Raises Cancelled, ArchiveError for the new folder, BackupError: as `Backup.read`, `wrong-passphrase`,
    `backup-film-missing`, `backup-not-whole` (with `what`), `disk-full`, `target-gone`. Nothing is left then.
    """
    work = Work(progress, cancelled)
    with backup_trouble():
        vault = _vault_of(folder)
        keys = _keys_for(vault, secret)
    try:
        with backup_trouble():
            backup = Backup.read(folder, keys)
        new_folder = not is_there(into)
        lock = archive_folder.create(into, backup.vault)
        try:
            with backup_trouble():
                _put_back(backup, into, keys, work)
        except BaseException:
            lock.release()
            archive_folder.take_away(into, itself=new_folder)
            raise
        lock.release()
    finally:
        keys.wipe()
    progress(1.0)


def _vault_of(folder: Path) -> VaultFile:
    try:
        return vault_file.load(folder).vault
    except ArchiveError as error:
        key = "backup-missing" if error.key == "key-file-missing" else "backup-damaged"
        values: dict[str, Any] = {} if key == "backup-missing" else {"what": "key-file"}
        raise BackupError(key, **values) from error


def _keys_for(vault: VaultFile, secret: str) -> Keys:
    """The keys behind the printed code or behind anybody's passphrase."""
    slots = [slot.id for slot in vault.slots if slot.kind == "passphrase"]
    for slot_id in (None, *slots):
        try:
            if slot_id is None:
                return vault_file.unlock_with_recovery(vault, secret)
            return vault_file.unlock(vault, slot_id, secret)
        except ArchiveError as error:
            if error.key not in {"wrong-passphrase", "recovery-code-mistyped", "slot-unknown"}:
                raise
    raise BackupError("wrong-passphrase")


def _put_back(backup: Backup, into: Path, keys: Keys, work: Work) -> None:
    films = backup.manifest.films
    work.total = 2 * sum(film.size for film in films) or 1
    media = archive_folder.media_folder(into)
    paths = backup.film_paths()
    for film in films:
        if not paths[film.container].is_file():
            raise BackupError("backup-film-missing")
        copy_checked(paths[film.container], media / film.container, film.sha256, work.step)
    database = archive_folder.database_path(into)
    work.step(0)
    copy_database(backup.folder / archive_folder.DATABASE_NAME, keys.backup, database, keys.database)
    restored = {film.container: media / film.container for film in films}
    try:
        troubles = whole(database, backup, keys, restored, work)
    except StoreError as error:
        raise BackupError("backup-not-whole", what=error.key) from error
    if troubles:
        raise BackupError("backup-not-whole", what=troubles[0])
