"""Putting a backup back into an empty folder, and the checks that say whether one is whole."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.errors import ArchiveError, BackupError, ContainerError, StoreError
from app.model.identity import new_id
from app.ports import Cancelled, Progress
from storage import archive_folder, archive_settings, unfinished
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
from storage.codings import copying, places
from storage.store import access_log
from storage.store.access_log import Actor, AuditLog, FixedEnd, Head
from storage.store.database import Database, copy_database
from storage.store.logged_acts import LoggedAct
from storage.tries import Tries
from storage.vault import key_file, key_seals, sign_ins
from storage.vault.keys import Keys
from storage.vault.media_vault import unwrap_key
from storage.vault.vault_format import Anchor, State, VaultFile

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
                raise BackupError("backup-damaged", what=_part_of(name))
        vault = key_file.load(folder).vault
        if vault.archive_id != manifest.archive_id:
            raise BackupError("backup-damaged", what="key-file")
        return cls(folder, vault, manifest)

    def film_paths(self) -> dict[str, Path]:
        """Where the backup keeps each container, by its name in the archive."""
        media = self.folder.parent / MEDIA_FOLDER
        return {film.container: media / f"{film.sha256}.vau" for film in self.manifest.films}


def _part_of(name: str) -> str:
    """What a file of a backup is, as the word that is said of its damage."""
    if name.startswith(f"{places.FOLDER}/"):
        return "coding-file-damaged"
    return "database" if name.endswith(".db") else "key-file"


def row_counts(connection: sa.Connection, names: Iterable[str]) -> dict[str, int]:
    """Rows by table, of those tables that the database has: a backup may be of an older program."""
    count, there = sa.select(sa.func.count()), set(sa.inspect(connection).get_table_names())
    return {n: connection.execute(count.select_from(sa.table(n))).scalar_one() for n in names if n in there}


def audit_end(connection: sa.Connection, archive_id: str) -> Head:
    """The access log's end in a database."""
    return access_log.head(connection, archive_id)


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
            anchor = key_seals.state_of(backup.vault, keys).anchor
            anchors.append(Head(anchor.count, bytes.fromhex(anchor.head)))
            log = AuditLog(keys.audit, said.archive_id, Actor("", "", "", ""), FixedEnd(anchors[0]))
            for one_end in anchors:
                if troubles := log.unacknowledged(connection, log.verify(connection, one_end)):
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

    All is put into a folder beside it with an unfinished name, which gets its own when everything is there.

    Raises Cancelled, ArchiveError for the new folder, BackupError: as `Backup.read`, `wrong-passphrase`,
    `backup-film-missing`, `backup-not-whole` (with `what`), `restore-disk-full`, `target-gone`. Nothing is left then.
    """
    work = Work(progress, cancelled)
    with backup_trouble("restore-disk-full"):
        vault = _vault_of(folder)
        keys, failed = _keys_for(folder, vault, secret)
    try:
        with backup_trouble("restore-disk-full"):
            backup = Backup.read(folder, keys)
        with unfinished.beginning(into) as part, backup_trouble("restore-disk-full"):
            _put_back(backup, part, keys, work)
            _say_restored(backup, part, keys, failed)
    finally:
        keys.wipe()
    progress(1.0)


def _vault_of(folder: Path) -> VaultFile:
    try:
        return key_file.load(folder).vault
    except ArchiveError as error:
        key = "backup-missing" if error.key == "key-file-missing" else "backup-damaged"
        values: dict[str, Any] = {} if key == "backup-missing" else {"what": "key-file"}
        raise BackupError(key, **values) from error


def _keys_for(folder: Path, vault: VaultFile, secret: str) -> tuple[Keys, int]:
    """The keys behind anybody's printed code or passphrase, and how many wrong tries there were before."""
    counted = Tries(folder)
    counted.refuse_while_waiting(vault.archive_id)
    try:
        keys = sign_ins.secret_of_backup(vault, secret)
    except ArchiveError as error:
        if error.key == "wrong-passphrase":
            raise BackupError("wrong-passphrase", wait=counted.failed(vault.archive_id)) from error
        raise
    return keys, counted.forget(vault.archive_id)


def _say_restored(backup: Backup, part: Path, keys: Keys, failed: int) -> None:
    """The first row of the restored archive's log; then the key file, without which nothing here can be opened.

    Database and key file both say the next generation: neither is taken for a part of the archive that was backed up.
    """
    vault = backup.vault
    state = key_seals.state_of(vault, keys)
    before = Head(state.anchor.count, bytes.fromhex(state.anchor.head))
    label = next((slot.label for slot in vault.slots if slot.id == keys.slot_id), "")
    actor = Actor(keys.slot_id, keys.worker_id, label, new_id())
    said = backup.manifest
    detail = f"made={said.made.lower()};head={said.audit_head[:16]}" + (f";failed={failed}" if failed else "")
    database = Database(archive_folder.database_path(part), keys.database)
    try:
        with database.write() as connection:
            log = AuditLog(keys.audit, vault.archive_id, actor, FixedEnd(before))
            act = LoggedAct("restored", "archive", vault.archive_id, detail)
            end = log.append(connection, datetime.now(UTC), [act])
            archive_settings.put(connection, archive_settings.GENERATION, str(state.generation + 1))
            # it may stand beside the one that was backed up, whose place that is: where this one's go is chosen anew
            archive_settings.put(connection, archive_settings.BACKUP_PLACE, "")
            archive_settings.put(connection, archive_settings.BACKUP_MARK, "")
    finally:
        database.close()
    anchor = Anchor(end.mac.hex(), end.count)
    key_file.save(part, key_seals.with_state(vault, keys, State(state.generation + 1, anchor)))


def _put_back(backup: Backup, into: Path, keys: Keys, work: Work) -> None:
    films = backup.manifest.films
    work.total = 2 * sum(film.size for film in films) or 1
    media = archive_folder.media_folder(into)
    media.mkdir(mode=0o700)
    paths = backup.film_paths()
    for film in films:
        if not paths[film.container].is_file():
            raise BackupError("backup-film-missing")
        copy_checked(paths[film.container], media / film.container, film.sha256, work.step)
    codings = [name for name in backup.manifest.files if name.startswith(f"{places.FOLDER}/")]
    if codings:
        places.make_folder(places.folder_in(into))
    for name in codings:
        copying.copy(backup.folder / name, into / name)
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
