"""The door to archives: finds, makes, unlocks and restores them (the `ArchiveDoor` of app/ports.py).

The unlock window asks it for names at once, so nothing heavy is imported here: the database, the ciphers and the key
derivation come in only when an archive is opened.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import ArchiveError, StoreError
from app.model.identity import new_id
from app.model.people import Worker
from storage import archive_folder, archive_place
from storage.archive_folder import ArchiveLock
from storage.vault import vault_file
from storage.vault.keys import KdfCost

if TYPE_CHECKING:
    from app.ports import Cancelled, OpenedArchive, Progress
    from storage.open_archive import OpenArchive
    from storage.vault.keys import Keys
    from storage.vault.vault_file import VaultFile


class ArchiveDoorway:
    """Opens archives. `cost` sets the key derivation of new slots; without it it is calibrated on this computer."""

    def __init__(self, cost: KdfCost | None = None) -> None:
        self._cost = cost
        self._failed: dict[tuple[Path, str], int] = {}

    def names(self, folder: Path) -> tuple[str, ...]:
        """Sign-in names of the archive in `folder`; empty when there is none.

        Raises ArchiveError `key-file-damaged`, `key-file-missing`, `key-file-foreign`, `database-missing`,
        `archive-newer`, `read-only`, `disk-error`.
        """
        vault = _vault_in(folder)
        return () if vault is None else tuple(s.label for s in vault.slots if s.kind == "passphrase")

    def create(self, folder: Path, worker_name: str, passphrase: str) -> OpenedArchive:
        """A new archive in an empty or new folder, unlocked by its first worker.

        Raises ArchiveError `not-empty`, `network-folder`, `sync-folder`, `read-only`, `disk-full`, `disk-error`;
        what was made is then taken away.
        """
        from storage.open_archive import OpenArchive, new_database
        from storage.vault.key_desk import KeyDesk

        archive_folder.check_place(folder)
        if archive_folder.inspect(folder).kind not in {"missing", "empty"}:
            raise ArchiveError("not-empty")
        worker = Worker(new_id(), worker_name.strip())
        made = vault_file.create(worker.name, worker.id, passphrase, cost=self._cost)
        new_folder = not folder.exists()
        lock = archive_folder.create(folder, made.vault)
        try:
            database = new_database(folder, made.vault.archive_id, made.keys.database)
            archive = OpenArchive(folder, lock, KeyDesk(folder, made.vault, made.keys), database, self._cost)
            try:
                archive.add_first_worker(worker)
            except BaseException:
                archive.close()
                raise
        except BaseException as error:
            made.keys.wipe()
            lock.release()
            archive_folder.take_away(folder, itself=new_folder)
            if isinstance(error, StoreError):
                raise _as_archive_error(error) from error
            raise
        return _opened(archive)

    def unlock(self, folder: Path, name: str, passphrase: str) -> OpenedArchive:
        """Open an archive as one worker; `name` is the sign-in name in any case.

        Raises ArchiveError: as `names`, and `archive-missing`, `in-use`, `network-folder`, `sync-folder`,
        `slot-unknown`, `wrong-passphrase`, `kdf-absurd`, `not-enough-memory`, `database-damaged`. Nothing is changed.
        """
        lock, vault = self._hold(folder)
        try:
            slot = vault.slot(name)
            try:
                keys = vault_file.unlock(vault, name, passphrase)
            except ArchiveError as error:
                if error.key == "wrong-passphrase":
                    tried = (folder, slot.id)
                    self._failed[tried] = self._failed.get(tried, 0) + 1
                raise
            archive = self._enter(folder, lock, vault, keys)
        except BaseException:
            lock.release()
            raise
        return _opened(archive)

    def recover(self, folder: Path, name: str, code: str, new_passphrase: str) -> OpenedArchive:
        """Open an archive with its printed code and give the worker a new passphrase.

        Raises ArchiveError as `unlock`, and `recovery-code-mistyped`.
        """
        lock, vault = self._hold(folder)
        try:
            by_code = vault_file.unlock_with_recovery(vault, code)
            try:
                vault = vault_file.set_passphrase(vault, by_code, name, new_passphrase, cost=self._cost)
            finally:
                by_code.wipe()
            keys = vault_file.unlock(vault, name, new_passphrase)
            archive = self._enter(folder, lock, vault, keys, recovered=True)
        except BaseException:
            lock.release()
            raise
        return _opened(archive)

    def restore(self, backup: Path, folder: Path, passphrase: str, progress: Progress, cancelled: Cancelled) -> None:
        """Put a backup into an empty or new folder and verify it there.

        `passphrase` is that of anybody who could sign in when it was made, or the printed code. Raises BackupError,
        Cancelled, ArchiveError for the folder; what was made is then taken away.
        """
        from storage.backups import restoring

        restoring.restore(backup, folder, passphrase, progress, cancelled)

    def _hold(self, folder: Path) -> tuple[ArchiveLock, VaultFile]:
        vault = _vault_in(folder)
        if vault is None:
            raise ArchiveError("archive-missing")
        archive_place.refuse_network_folder(folder)
        archive_place.refuse_sync_folder(folder)
        lock = ArchiveLock(folder)
        try:
            # what lay there before the lock may have been changed by whoever held it
            return lock, vault_file.load(folder).vault
        except BaseException:
            lock.release()
            raise

    def _enter(
        self, folder: Path, lock: ArchiveLock, vault: VaultFile, keys: Keys, *, recovered: bool = False
    ) -> OpenArchive:
        from storage.open_archive import OpenArchive, opened_database
        from storage.vault.key_desk import KeyDesk

        try:
            database = opened_database(folder, keys.database)
        except (StoreError, ArchiveError) as error:
            keys.wipe()
            raise _as_archive_error(error) from error
        archive = OpenArchive(folder, lock, KeyDesk(folder, vault, keys), database, self._cost)
        try:
            if recovered:
                vault_file.save(folder, vault)
                archive.store.note("recovered", Worker, keys.worker_id)
            failed = self._failed.pop((folder, keys.slot_id), 0)
            if failed:
                archive.store.note("login-failed", Worker, keys.worker_id, f"count={failed}")
            archive.store.note("login", Worker, keys.worker_id)
        except StoreError as error:
            archive.close()
            raise _as_archive_error(error) from error
        except BaseException:
            archive.close()
            raise
        return archive


def _vault_in(folder: Path) -> VaultFile | None:
    """The key file in a folder; None when there is no archive. Raises ArchiveError for a damaged one."""
    state = archive_folder.inspect(folder)
    if state.error is not None:
        raise ArchiveError(state.error)
    return state.loaded.vault if state.loaded is not None else None


def _as_archive_error(error: StoreError | ArchiveError) -> ArchiveError:
    if isinstance(error, ArchiveError):
        return error
    return ArchiveError("database-damaged" if error.key == "damaged" else error.key, **error.values)


def _opened(archive: OpenArchive) -> OpenedArchive:
    from app.ports import OpenedArchive

    return OpenedArchive(archive.folder, archive.store, archive.media, archive)
