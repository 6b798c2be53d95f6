"""An unlocked archive: store, films, sign-ins, backups, and the order in which all of it closes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from app.errors import ArchiveError
from app.errors import Cancelled as CancelledError
from app.model.change import added
from app.model.filming import OpenRecording
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.people import Worker
from app.model.recording import DerivedFile, Recording
from app.ports import Cancelled, Progress
from storage import archive_folder, archive_settings
from storage.archive_folder import ArchiveLock
from storage.backups import backup
from storage.migrations import migrate, needs_migration
from storage.store.audit import Actor, AuditLog
from storage.store.database import Database
from storage.store.sql_store import SqlStore
from storage.vault import vault_file
from storage.vault.film_vault import FilmVault
from storage.vault.key_desk import KeyDesk
from storage.vault.keys import KdfCost, Slot


def new_database(folder: Path, archive_id: str, key: bytes) -> Database:
    """Make the tables of a new archive. Raises StoreError."""
    database = Database(archive_folder.database_path(folder), key)
    try:
        with database.write() as connection:
            migrate(connection)
            archive_settings.put(connection, archive_settings.ARCHIVE_ID, archive_id)
            archive_settings.put(connection, archive_settings.CREATED, datetime.now(UTC).isoformat())
    except BaseException:
        database.close()
        raise
    return database


def opened_database(folder: Path, key: bytes) -> Database:
    """The archive's database with its tables brought up to date.

    Raises StoreError, ArchiveError `archive-newer`, and `database-damaged` for an empty file: SQLite would take it for
    a new database, and the worker would find an archive with nothing in it.
    """
    if archive_folder.database_path(folder).stat().st_size == 0:
        raise ArchiveError("database-damaged")
    database = Database(archive_folder.database_path(folder), key)
    try:
        with database.read() as connection:
            older = needs_migration(connection)
        if older:
            with database.write() as connection:
                migrate(connection)
    except BaseException:
        database.close()
        raise
    return database


class OpenArchive:
    """The `Archive` of app/ports.py. `store` and `media` are its parts for the signed-in worker."""

    def __init__(
        self, folder: Path, lock: ArchiveLock, desk: KeyDesk, database: Database, cost: KdfCost | None
    ) -> None:
        keys = desk.keys
        self._folder = folder
        self._lock = lock
        self._desk = desk
        self._database = database
        self._cost = cost
        self._closed = False
        actor = Actor(keys.slot_id, keys.worker_id, desk.vault.slot(keys.slot_id).label, new_id())
        self.store = SqlStore(database, AuditLog(keys.audit, desk.vault.archive_id, actor, desk))
        self.media = FilmVault(archive_folder.media_folder(folder), keys.media)

    @property
    def folder(self) -> Path:
        return self._folder

    # ── sign-ins ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def add_first_worker(self, worker: Worker) -> None:
        """The worker who made the archive, with the slot that is already there."""
        self.store.apply("", [added(worker)], act="create")

    def sign_ins(self) -> tuple[tuple[str, str], ...]:
        """(worker id, sign-in name) of everyone who can unlock this archive."""
        return tuple((s.worker_id, s.label) for s in self._desk.vault.slots if s.kind == "passphrase")

    def add_sign_in(self, worker: Worker, passphrase: str) -> None:
        """A way in for another worker. Raises ArchiveError `slot-exists` when the name or the worker has one."""
        if any(worker.id == worker_id for worker_id, _ in self.sign_ins()):
            raise ArchiveError("slot-exists")
        keys, cost = self._desk.keys, self._cost
        self._desk.change(lambda v: vault_file.add_slot(v, keys, worker.name, worker.id, passphrase, cost=cost))
        self.store.note("slot-added", Worker, worker.id)

    def change_passphrase(self, worker_id: str, old: str, new: str) -> None:
        """Raises ArchiveError `wrong-passphrase` when `old` is not the worker's, `slot-unknown` without a sign-in."""
        slot = self._slot_of(worker_id)
        self._desk.change(lambda v: vault_file.change_passphrase(v, slot.id, old, new, cost=self._cost))
        self.store.note("passphrase-changed", Worker, worker_id)

    def _slot_of(self, worker_id: str) -> Slot:
        for slot in self._desk.vault.slots:
            if slot.kind == "passphrase" and slot.worker_id == worker_id:
                return slot
        raise ArchiveError("slot-unknown")

    # ── recovery code ────────────────────────────────────────────────────────────────────────────────────────────────

    def make_recovery_code(self) -> str:
        """A new code for paper; the earlier one opens nothing from now on, this one counts when typed back."""
        code = ""

        def with_code(vault: vault_file.VaultFile) -> vault_file.VaultFile:
            nonlocal code
            made = vault_file.with_recovery(vault, self._desk.keys, cost=self._cost)
            code = made.code
            return made.vault

        self._desk.change(with_code)
        self.store.note_archive("recovery-code-made", self._desk.vault.archive_id)
        return code

    def confirm_recovery_code(self, typed: str) -> bool:
        """Whether what was typed is the code on the paper; if so it counts from now on."""
        slot = self._desk.vault.recovery_slot()
        if slot is None:
            return False
        try:
            vault_file.unlock_with_recovery(self._desk.vault, typed).wipe()
        except ArchiveError as error:
            if error.key not in {"recovery-code-mistyped", "wrong-passphrase"}:
                raise
            return False
        archive_settings.write(self._database, archive_settings.RECOVERY_CONFIRMED, slot.id)
        self.store.note_archive("recovery-code-confirmed", self._desk.vault.archive_id)
        return True

    def has_recovery_code(self) -> bool:
        """Whether there is a code that was typed back once."""
        slot = self._desk.vault.recovery_slot()
        confirmed = archive_settings.read(self._database, archive_settings.RECOVERY_CONFIRMED)
        return slot is not None and slot.id == confirmed

    # ── wholeness ────────────────────────────────────────────────────────────────────────────────────────────────────

    def backup(self, target: Path, progress: Progress, cancelled: Cancelled) -> str:
        """Make a verified backup below `target`; returns its folder's name. Raises BackupError, Cancelled."""
        self.store.anchor()
        name = backup.make(self._folder, self._desk, target, progress, cancelled)
        archive_settings.write(self._database, archive_settings.LAST_BACKUP, datetime.now(UTC).isoformat())
        self.store.note_archive("backup", self._desk.vault.archive_id, name)
        return name

    def last_backup(self) -> datetime | None:
        """When the last backup was found whole."""
        kept = archive_settings.read(self._database, archive_settings.LAST_BACKUP)
        return datetime.fromisoformat(kept) if kept else None

    def verify(self, progress: Progress, cancelled: Cancelled) -> tuple[str, ...]:
        """What is not whole, as keys with the place after a colon: of the store, and `<container trouble>:<recording>`.

        The pages of final statements are read like films; their keys begin with `final-statement-`. Copies made from
        films are read too; what is wrong with one is put right, not told. Containers that no book knows, which a crash
        may leave, are harmless and noted in the access log. Raises Cancelled.
        """
        found = list(self.store.verify())
        if any(key.startswith("database-") for key in found):
            return tuple(found)
        films = self.store.find(Recording)
        self._drop_damaged_copies({film.id: film for film in films}, cancelled)
        found += self._damaged_pages(cancelled)
        self._note_unclaimed()
        total = sum(film.size for film in films) or 1
        done = 0
        for film in films:
            if trouble := self.media.trouble(film, _part(progress, done / total, film.size / total), cancelled):
                found.append(f"{trouble}:{film.id}")
            done += film.size
            if cancelled():
                raise CancelledError
        progress(1.0)
        return tuple(found)

    def _drop_damaged_copies(self, films: Mapping[str, Recording], cancelled: Cancelled) -> None:
        """A copy that is not whole is removed and made anew at the next opening; one that is missing is no trouble."""
        for row in self.store.find(DerivedFile):
            trouble = self.media.copy_trouble(films[row.recording_id], row, cancelled)
            if trouble and trouble != "container-missing":
                self.media.discard(row.container)
                self.store.note("copy-dropped", Recording, row.recording_id, trouble)

    def _damaged_pages(self, cancelled: Cancelled) -> list[str]:
        finals = self.store.find(FinalStatement)
        troubles = ((f, self.media.trouble(f, lambda _: None, cancelled)) for f in finals)
        return [f"final-statement-{trouble}:{f.statement_id}" for f, trouble in troubles if trouble]

    def _note_unclaimed(self) -> None:
        """How many containers no book knows: what a crash left between a container and its row."""
        known = {film.container for film in self.store.find(Recording)}
        known |= {row.container for row in self.store.find(DerivedFile)}
        known |= {book.container for book in self.store.find(OpenRecording)}
        known |= {final.container for final in self.store.find(FinalStatement)}
        if left := self.media.names() - known:
            self.store.note_archive("unclaimed", self._desk.vault.archive_id, f"containers={len(left)}")

    def close(self) -> None:
        """Lock: log it, anchor the log, drop readers, connections and keys, let the folder go. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        try:
            self.store.lock()
        finally:
            self.media.close()
            self._desk.keys.wipe()
            self._lock.release()


def _part(progress: Progress, start: float, size: float) -> Progress:
    return lambda share: progress(start + share * size)
