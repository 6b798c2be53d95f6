"""The door to archives: finds, makes, unlocks and restores them (the `ArchiveDoor` of app/ports).

The unlock window asks it for names at once, so nothing heavy is imported here: the database, the ciphers and the key
derivation come in only when an archive is opened.
"""

from __future__ import annotations

import contextlib
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import ArchiveError, StoreError
from app.model.identity import new_id
from app.model.people import Worker
from storage import archive_folder, archive_place
from storage.archive_folder import ArchiveLock
from storage.tries import Tries, counted
from storage.vault import key_file, recovery_codes, sign_ins
from storage.vault.keys import KdfCost
from storage.vault.sign_ins import Opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ports import Cancelled, OpenedArchive, Progress
    from app.ports.rescue import Found
    from storage.open_archive import OpenArchive
    from storage.vault.keys import Keys
    from storage.vault.vault_format import VaultFile


class ArchiveDoorway:
    """Opens archives. `cost` sets the key derivation of new slots; without it it is calibrated on this computer."""

    def __init__(self, cost: KdfCost | None = None) -> None:
        self._cost = cost

    def names(self, folder: Path) -> tuple[str, ...]:
        """Sign-in names of the archive in `folder`; empty when there is none.

        Raises ArchiveError `key-file-damaged`, `key-file-missing`, `key-file-foreign`, `database-missing`,
        `archive-newer`, `read-only`, `disk-error`.
        """
        vault = _vault_in(folder)
        return () if vault is None else tuple(s.label for s in vault.passphrases())

    def create(self, folder: Path, worker_name: str, passphrase: str) -> OpenedArchive:
        """A new archive in an empty or new folder, unlocked by its first worker.

        Raises ArchiveError `not-empty`, `network-folder`, `sync-folder`, `read-only`, `archive-no-room`, `disk-error`;
        what was made is then taken away.
        """
        from storage.open_archive import OpenArchive, new_database
        from storage.vault.key_desk import KeyDesk

        archive_folder.check_place(folder)
        if archive_folder.inspect(folder).kind not in {"missing", "empty"}:
            raise ArchiveError("not-empty")
        worker = Worker(new_id(), worker_name.strip())
        made = sign_ins.create(worker.name, worker.id, passphrase, cost=self._cost)
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
            if isinstance(error, StoreError | ArchiveError) and error.key == "disk-full":
                raise ArchiveError("archive-no-room") from error
            if isinstance(error, StoreError):
                raise _as_archive_error(error) from error
            raise
        return _opened(archive)

    def unlock(self, folder: Path, name: str, passphrase: str, progress: Progress = lambda _: None) -> OpenedArchive:
        """Open an archive as one worker; `name` is the sign-in name in any case.

        `progress` is told while the index of the search is made anew, which an older archive needs once.

        Raises ArchiveError: as `names`, and `archive-missing`, `in-use`, `network-folder`, `sync-folder`,
        `slot-unknown`, `wrong-passphrase` (with `wait` in seconds), `too-many-tries` (the same), `kdf-absurd`,
        `not-enough-memory`, `database-damaged`, `database-foreign`.
        """
        held = self._hold(folder)
        try:
            slot = held.vault.slot(name)
            keys = counted(folder, slot.id, lambda: sign_ins.unlock(held.vault, slot.id, passphrase))
            return self._enter(held, Opened(held.vault, keys), passphrase, progress=progress)
        except BaseException:
            held.lock.release()
            raise

    def recover(self, folder: Path, name: str, code: str, new_passphrase: str) -> OpenedArchive:
        """Open a worker's sign-in with the worker's own printed code, and give it a new passphrase.

        Raises ArchiveError as `unlock`, and `recovery-code-mistyped`, `recovery-code-wrong`, `no-recovery-code`,
        `recovery-code-old`.
        """
        held = self._hold(folder)
        try:
            tried, told = f"code:{held.vault.slot(name).id}", list[ArchiveError]()

            def by_code(vault: VaultFile) -> Opened:
                return recovery_codes.recover(vault, name, code, new_passphrase, cost=self._cost)

            opened = counted(folder, tried, lambda: by_code(held.vault))
            if held.vault.is_rotating:
                vault, keys = _key_changed(folder, held.vault, opened.keys, told)
                keys.wipe()
                held, opened = replace(held, vault=vault), by_code(vault)
            return self._enter(held, opened, new_passphrase, recovered=True)
        except BaseException:
            held.lock.release()
            raise

    def making(self, folder: Path) -> AbstractContextManager[Path]:
        """Within it an empty folder to make an archive in, which becomes `folder` at the end, but not after an error.

        Raises ArchiveError as `create`, and `in-use` while another program makes one there, `restore-needs-folder`.
        """
        from storage import unfinished

        return unfinished.beginning(folder)

    def restore(self, backup: Path, folder: Path, passphrase: str, progress: Progress, cancelled: Cancelled) -> None:
        """Put a backup into an empty or new folder and verify it there.

        `passphrase` is that of anybody who could sign in when it was made, or the printed code. Raises BackupError,
        Cancelled, ArchiveError for the folder; what was made is then taken away.
        """
        from storage.backups import restoring

        restoring.restore(backup, folder, passphrase, progress, cancelled)

    def look(
        self, folder: Path, secret: str, progress: Progress, cancelled: Cancelled, backup_places: Sequence[Path] = ()
    ) -> Found:
        """What of a damaged archive can be read; see `storage.rescue.rescuing.looked`."""
        from storage.rescue import rescuing

        return rescuing.looked(folder, secret, progress, cancelled, backup_places)

    def rescue(
        self,
        folder: Path,
        into: Path,
        secret: str,
        progress: Progress,
        cancelled: Cancelled,
        backup_places: Sequence[Path] = (),
    ) -> Found:
        """All that can be read of it into a new archive; see `storage.rescue.rescuing.rescue`."""
        from storage.rescue import rescuing

        return rescuing.rescue(folder, into, secret, progress, cancelled, backup_places)

    def _hold(self, folder: Path) -> _Held:
        if _vault_in(folder) is None:
            raise ArchiveError("archive-missing")
        archive_place.refuse_network_folder(folder)
        archive_place.refuse_sync_folder(folder)
        lock = ArchiveLock(folder)
        try:
            # what lay there before the lock may have been changed by whoever held it
            key_file.tidy(folder)
            loaded = key_file.load(folder)
            archive_folder.protect(folder)
            return _Held(folder, lock, loaded.vault, loaded.from_older)
        except BaseException:
            lock.release()
            raise

    def _enter(
        self,
        held: _Held,
        opened: Opened,
        passphrase: str,
        *,
        recovered: bool = False,
        progress: Progress = lambda _: None,
    ) -> OpenedArchive:
        from storage import conflict_copies, exchanging
        from storage.backups import before_update
        from storage.open_archive import OpenArchive, opened_database
        from storage.vault.key_desk import KeyDesk

        folder, tried = held.folder, _failed_before(held.folder, opened.keys.slot_id)
        former = exchanging.former_mark(folder)
        told = [ArchiveError("key-file-older")] if held.from_older else []
        told += conflict_copies.told(folder, held.vault.archive_id)
        vault, keys = held.vault, opened.keys
        try:
            if vault.is_rotating and not recovered:
                vault, keys = _key_changed(folder, vault, keys, told)
            backed_up: list[tuple[str, Path]] = []
            database = opened_database(
                folder,
                keys.database,
                told,
                progress,
                lambda: backed_up.extend(before_update.back_up(folder, vault, keys)),
            )
            if not keys.has_own:
                vault, keys = _migrated(folder, vault, keys, passphrase, told)
        except (StoreError, ArchiveError) as error:
            keys.wipe()
            raise _as_archive_error(error) from error
        archive = OpenArchive(folder, held.lock, KeyDesk(folder, vault, keys), database, self._cost)
        try:
            archive.enter(tried, told, opened.vault if recovered else None)
            with contextlib.suppress(StoreError):  # on a full disk the next look at the backups notes it
                for name, place in backed_up:
                    archive.note_backed_up(name, place)
        except BaseException as error:
            archive.close()
            if isinstance(error, StoreError):
                raise _as_archive_error(error) from error
            raise
        if former is not None and former == exchanging.former_mark(folder):
            with contextlib.suppress(ArchiveError):  # a disk that refuses is asked again at the next opening
                exchanging.forget_former(folder)
        return _opened(archive)


@dataclass(frozen=True, slots=True)
class _Held:
    """An archive's folder, held for this program, and its key file as it stands now."""

    folder: Path
    lock: ArchiveLock
    vault: VaultFile
    from_older: bool


def _failed_before(folder: Path, slot_id: str) -> list[str]:
    """What the access log says of wrong passphrases and codes since the worker's last sign-in."""
    tries = Tries(folder)
    by_passphrase, by_code = tries.forget(slot_id), tries.forget(f"code:{slot_id}")
    said = [(by_passphrase, f"count={by_passphrase}"), (by_code, f"count={by_code};by=code")]
    return [detail for count, detail in said if count]


def _key_changed(folder: Path, vault: VaultFile, keys: Keys, told: list[ArchiveError]) -> tuple[VaultFile, Keys]:
    """End a change of key that was cut off. On a full disk it waits: everything still opens with what stands there."""
    from storage import rotation

    try:
        done = rotation.finish(folder, vault, keys)
    except (StoreError, ArchiveError) as error:
        if error.key != "disk-full" or not rotation.opens(archive_folder.database_path(folder), keys.database):
            raise
        told.append(ArchiveError("key-change-waits"))
        return vault, keys
    return done.vault, done.keys


def _migrated(
    folder: Path, vault: VaultFile, keys: Keys, passphrase: str, told: list[ArchiveError]
) -> tuple[VaultFile, Keys]:
    """The worker's slot of version 1 becomes one of version 2. On a full disk the next sign-in does it."""
    made = sign_ins.migrated(vault, keys, passphrase)
    try:
        key_file.save(folder, made.vault)
    except ArchiveError as error:
        if error.key != "disk-full":
            raise
        return vault, keys
    if vault.recovery_slot("") is not None and made.vault.recovery_slot("") is None:
        told.append(ArchiveError("recovery-code-ended"))
    keys.wipe()
    return made.vault, made.keys


def _vault_in(folder: Path) -> VaultFile | None:
    """The key file in a folder; None when there is no archive. Raises ArchiveError for a damaged one."""
    state = archive_folder.inspect(folder)
    if state.error is not None:
        raise ArchiveError(state.error)
    return state.loaded.vault if state.loaded is not None else None


#: what of the database's refusals is said otherwise when it is opened
_AT_OPENING = {"damaged": "database-damaged", "disk-error": "archive-unreadable"}


def _as_archive_error(error: StoreError | ArchiveError) -> ArchiveError:
    if isinstance(error, ArchiveError):
        return error
    return ArchiveError(_AT_OPENING.get(error.key, error.key), **error.values)


def _opened(archive: OpenArchive) -> OpenedArchive:
    from app.ports import OpenedArchive

    return OpenedArchive(archive.folder, archive.store, archive.media, archive)
