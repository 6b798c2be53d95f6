"""An unlocked archive: store, films, sign-ins, backups, and the order in which all of it closes."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa

from app.errors import AppError, ArchiveError, BackupError, NotAllowed, StoreError
from app.errors import Cancelled as CancelledError
from app.model.change import Change, added
from app.model.coding import CodingKind
from app.model.common_view import CONFIRMED
from app.model.consent import ConsentForm
from app.model.erasure import Erasure, MadeHow
from app.model.filming import OpenRecording
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.people import Worker
from app.model.recording import DerivedFile, Recording
from app.model.redaction import RedactedCopy
from app.model.signature import Signature
from app.model.training import CONFIRMABLE
from app.model.units import ByteCount, FileCount
from app.ports import Cancelled, Progress
from storage import (
    archive_folder,
    archive_settings,
    durable_file,
    exchanging,
    guest_door,
    migrating,
    page_check,
    rotation,
    unclean_end,
)
from storage.anchoring import Anchoring
from storage.archive_folder import ArchiveLock
from storage.backups import backup, made
from storage.codings import places
from storage.codings.notebook import KeyFileNotebook
from storage.codings.sealed import SealedCodings
from storage.disk_space import free_space
from storage.erasing.erasing import Erasing
from storage.migrations import migrate, needs_migration
from storage.packages.packages import SealedPackages
from storage.packages.partner_codings import ShutCodings
from storage.store import access_log, sealed_choices, sealed_rows, search_filling
from storage.store.access_log import Actor, AuditLog
from storage.store.database import Database
from storage.store.sql_search import SqlSearch
from storage.store.sql_store import SqlStore
from storage.tries import Tries, counted
from storage.vault import next_key, receiving_keys, recovery_codes, sign_ins
from storage.vault.film_vault import FilmVault
from storage.vault.key_desk import KeyDesk
from storage.vault.keys import KdfCost, Keys, Slot
from storage.vault.vault_format import VaultFile

#: what is told at each sign-in until a worker has acknowledged it
_TO_ACKNOWLEDGE = frozenset({"archive-older", "log-not-whole", "work-damaged"})
#: a row of the access log from so much later than now was written under another clock
_CLOCKS_DIFFER = timedelta(minutes=5)
#: less than this is no room for what SQLite lays beside a database while it is open, in bytes
_NO_ROOM = 1 << 20


def new_database(folder: Path, archive_id: str, key: bytes) -> Database:
    """Make the tables of a new archive. Raises StoreError."""
    durable_file.make_for_owner(archive_folder.database_path(folder))
    database = Database(archive_folder.database_path(folder), key)
    try:
        with database.write() as connection:
            migrate(connection)
            search_filling.fill(connection, lambda _: None, lambda: False)
            archive_settings.put(connection, archive_settings.ARCHIVE_ID, archive_id)
            archive_settings.put(connection, archive_settings.CREATED, datetime.now(UTC).isoformat())
    except BaseException:
        database.close()
        raise
    return database


def opened_database(
    folder: Path,
    key: bytes,
    told: list[ArchiveError],
    progress: Progress = lambda _: None,
    before_update: Callable[[], None] = lambda: None,
) -> Database:
    """The archive's database with its tables brought up to date; what is to be told of its last end goes to `told`.

    `progress` is told while the index of the search is made anew; `before_update` is called before its tables come to a
    newer form, with the database closed.

    Raises StoreError, ArchiveError `archive-newer`, and `database-damaged` for an empty file, or one without tables as
    a power cut may leave it of an archive that is being made: SQLite would take it for a new database, and the worker
    would find an archive with nothing in it.
    """
    if archive_folder.database_path(folder).stat().st_size == 0:
        raise ArchiveError("database-damaged")
    path = archive_folder.database_path(folder)
    left = unclean_end.left_behind(path)
    database = _with_room_or_without(path, key)
    try:
        if unclean_end.is_lost(path, left):
            told.append(ArchiveError("work-damaged"))
        with database.read() as connection:
            if not sa.inspect(connection).get_table_names():
                raise ArchiveError("database-damaged")
            older = needs_migration(connection)
            unsearched = not older and search_filling.is_due(connection)
        if unsearched:
            with database.write() as connection:
                search_filling.fill(connection, progress, lambda: False)
        if not older:
            return database
    except BaseException:
        database.close()
        raise
    database.close()
    before_update()
    migrating.bring_up(folder, key, progress)
    return Database(path, key)


def _with_room_or_without(path: Path, key: bytes) -> Database:
    """The database; on a full disk, where SQLite cannot lay its files beside it, only to be read.

    That needs a database that was closed: what stands in a log beside it would not be seen.
    """
    database = Database(path, key)
    try:
        with database.read():
            return database
    except StoreError as error:
        database.close()
        beside = path.with_name(path.name + "-wal")
        left = beside.exists() and beside.stat().st_size
        if error.key not in {"disk-full", "disk-error"} or left or free_space(path.parent).free_bytes > _NO_ROOM:
            raise
    return Database(path, key, fixed=True)


class OpenArchive:
    """The `Archive` of app/ports. `store` and `media` are its parts for the signed-in worker."""

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
        self._opened_at = time.time()
        self._told: list[ArchiveError] = []
        self._anchoring = Anchoring(desk.keep_at_work)
        actor = Actor(keys.slot_id, keys.worker_id, desk.vault.slot(keys.slot_id).label, new_id())
        self._log = AuditLog(keys.audit, desk.vault.archive_id, actor, desk, self._anchoring)
        self._notebook = KeyFileNotebook(desk, keys)
        codings = places.folder_in(folder)
        self._own = SealedCodings(database, codings, desk.vault.archive_id, keys, self._log, self._notebook)
        self.store = SqlStore(database, self._log, self._own)
        self.search = SqlSearch(database, keys.worker_id)
        self.media = FilmVault(archive_folder.media_folder(folder), keys.media)
        #: held by what needs every file to stay: a backup, a check; and by what takes files away
        self._whole = threading.Lock()
        self.packages = SealedPackages(keys, self.media, self._whole, self._own.coding_key)
        self.partner_codings = ShutCodings(database, self._log, self._own)
        self.erasing = Erasing(
            database, self._log, self.media, self._whole, self._own.forget_erased, self._has_another, self._can_sign_in
        )

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def is_locked(self) -> bool:
        """Whether the database is closed and every key in memory overwritten, as `close` leaves it."""
        return self._database.closed and not self._database.has_key and self._desk.keys.wiped

    # ── entering ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def enter(self, tried: Sequence[str], troubles: Sequence[ArchiveError], becomes: VaultFile | None) -> None:
        """Before the desk: is this the database of this key file, and does its log go on; then the sign-in's rows.

        `tried` are the details of failed sign-ins before, `troubles` what the door found, `becomes` the key file of a
        recovery that is about to be carried out. Raises StoreError, ArchiveError.
        """
        self._told += (error for error in troubles if error.key != "work-damaged")
        self._compare(damaged=any(error.key == "work-damaged" for error in troubles))
        self._prove_worker()
        self._let_in_guest()
        me = self._desk.keys.worker_id
        if becomes is not None:
            # what is not in the log does not happen
            self._desk.change(lambda _: becomes, lambda: self.store.note("recovered", Worker, me))
        for detail in tried:
            self._note_if_room("login-failed", detail)
        self._note_if_room("login", "")
        self._tell_of_recoveries()
        self._finish_codings()

    def _compare(self, *, damaged: bool) -> None:
        """Archive, generation, the place that the key file vouches for, newest rows; all rows after an unclean end."""
        with self._database.read() as connection:
            if archive_settings.get(connection, archive_settings.ARCHIVE_ID) != self._desk.vault.archive_id:
                raise ArchiveError("database-foreign")
            generation = int(archive_settings.get(connection, archive_settings.GENERATION) or 0)
            found, newest = self._log.verify_newest(connection), self._log.newest(connection)
            if not found and not self._log.ended_cleanly(connection):
                found = self._log.unacknowledged(connection, self._log.verify(connection))
        if newest is not None and newest - datetime.now(UTC) > _CLOCKS_DIFFER:
            self._told.append(ArchiveError("clock-behind", when=newest))
        if damaged or archive_settings.read(self._database, archive_settings.DAMAGED_SINCE):
            # what the key file vouched for may be gone with it: that is one thing to tell
            when = self._since(archive_settings.DAMAGED_SINCE, newest)
            self._told.append(ArchiveError("work-damaged", when=when))
        elif generation != self._desk.state.generation or any(key.startswith("audit-cut-off") for key in found):
            self._told.append(ArchiveError("archive-older", when=self._since(archive_settings.OLDER_SINCE, newest)))
        elif found:
            self._told.append(ArchiveError("log-not-whole"))

    def _since(self, name: str, newest: datetime | None) -> datetime:
        """What was done after this moment is missing: the first sign-in that finds it knows it, and keeps it."""
        kept = archive_settings.read(self._database, name)
        if kept:
            return datetime.fromisoformat(kept)
        since = newest or datetime.fromisoformat(archive_settings.read(self._database, archive_settings.CREATED))
        with contextlib.suppress(StoreError):  # on a full disk the next one says the same
            archive_settings.write(self._database, name, since.isoformat())
        return since

    def _let_in_guest(self) -> None:
        """A guest comes in while a pass is in force. Raises ArchiveError `guest-ended`, `guest-gone`."""
        me = self._desk.keys.worker_id
        if guest_door.is_guest(self._database, me):
            self._refuse_ended(me)
            self.packages = self.partner_codings = self.erasing = self.search = cast("Any", guest_door.NotForGuests())

    def _refuse_ended(self, worker_id: str) -> None:
        """Raises ArchiveError `guest-ended`, `guest-gone`; that is logged."""
        if (refused := guest_door.refusal(self._database, worker_id)) is not None:
            with contextlib.suppress(StoreError):  # a full disk is no reason to say something else
                self.store.note("guest-refused", Worker, worker_id)
            raise refused

    def _not_for_guests(self) -> None:
        """Raises NotAllowed(`guest-only-codes`)."""
        if guest_door.is_guest(self._database, self._desk.keys.worker_id):
            raise NotAllowed("guest-only-codes")

    def _prove_worker(self) -> None:
        """An earlier version could be killed between a sign-in and its worker: the name in the key file is enough."""
        me, name = self._log.actor.worker_id, self._log.actor.name
        if not self.store.find(Worker, id=me):
            self.store.apply("", [added(Worker(me, name))], act="create")

    def _note_if_room(self, act: str, detail: str) -> None:
        try:
            self.store.note(act, Worker, self._log.actor.worker_id, detail)
        except StoreError as error:
            # an archive on a full disk can be read: nothing that follows can be written either
            if error.key not in {"disk-full", "read-only"}:
                raise
            if all(told.key != "disk-full-reading" for told in self._told):
                self._told.append(ArchiveError("disk-full-reading"))

    def _tell_of_recoveries(self) -> None:
        """A worker hears at the next sign-in that their code was used since; each time once."""
        me = self._log.actor.worker_id
        name = archive_settings.of_worker(archive_settings.RECOVERY_TOLD, me)
        told = int(archive_settings.read(self._database, name) or 0)
        with self._database.read() as connection:
            rows = self._log.recoveries(connection, me, told)
        self._told += [ArchiveError("recovered-since", when=when) for _, when in rows]
        if rows:
            with contextlib.suppress(StoreError):
                archive_settings.write(self._database, name, str(rows[-1][0]))

    def _finish_codings(self) -> None:
        """The worker's own sealed codings: what was cut off is finished, what waited for this sign-in is released."""
        try:
            self._told += [ArchiveError(key) for key in self._own.reconcile()]
            if moved := self._own.take_in():
                exchanging.forget_former(self._folder)  # they lie in it as they did before
                self._told += map(ArchiveError, moved)
                self._own.keep_memo()
            self._own.release_due()
        except (StoreError, ArchiveError) as error:
            # an archive on a full disk can be read; the next sign-in goes on
            if error.key not in {"disk-full", "read-only"}:
                raise

    def to_tell(self) -> tuple[AppError, ...]:
        """What was found on entering and should be said, each in its own calm sentence."""
        return tuple(self._told)

    def check_log(self, cancelled: Cancelled) -> tuple[str, ...]:
        """The whole access log, beside the work: keys of what is not whole and not acknowledged; then the pages' seals.

        Raises Cancelled, StoreError `damaged` when a page of the database is not as it was written.
        """
        with self._database.read() as connection:
            found = self._log.unacknowledged(connection, self._log.verify(connection, cancelled=cancelled))
        if page_check.is_damaged(self._database, self._desk.keys.database, cancelled):
            raise StoreError("damaged")
        return found

    def acknowledge(self) -> None:
        """A worker takes the archive as it is: logged first, then this state is the one that the key file vouches for.

        Raises StoreError, ArchiveError for the disk; then all of it is told again at the next sign-in.
        """
        self._not_for_guests()
        with self._database.read() as connection:
            said = self._log.acknowledgement(connection)
            kept = int(archive_settings.get(connection, archive_settings.GENERATION) or 0)
        self.store.note_archive(access_log.ACKNOWLEDGED, self._desk.vault.archive_id, said)
        generation = kept if kept == self._desk.state.generation else max(kept, self._desk.state.generation) + 1
        with self._database.write() as connection:
            archive_settings.put(connection, archive_settings.GENERATION, str(generation))
            for name in (archive_settings.OLDER_SINCE, archive_settings.DAMAGED_SINCE):
                archive_settings.put(connection, name, "")
            end = access_log.head(connection, self._desk.vault.archive_id)
        self._desk.vouch_anew(end, generation)
        self._log.vouched_anew()
        self._told = [error for error in self._told if error.key not in _TO_ACKNOWLEDGE]

    # ── sign-ins ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def add_first_worker(self, worker: Worker) -> None:
        """The worker who made the archive, with the slot that is already there."""
        self.store.apply("", [added(worker)], act="create")

    def sign_ins(self) -> tuple[tuple[str, str], ...]:
        """(worker id, sign-in name) of everyone who can unlock this archive."""
        everyone = tuple((s.worker_id, s.label) for s in self._desk.vault.passphrases())
        me = self._desk.keys.worker_id
        return tuple(one for one in everyone if one[0] == me) if guest_door.is_guest(self._database, me) else everyone

    def add_sign_in(self, worker: Worker, passphrase: str) -> str:
        """A way in for a worker who is among the archive's rows, and the worker's own recovery code, to be printed.

        Raises ArchiveError `slot-exists` when the name or the worker has one, `rotation-waits`.
        """
        self._not_for_guests()
        if any(worker.id == worker_id for worker_id, _ in self.sign_ins()):
            raise ArchiveError("slot-exists")
        keys, cost, code = self._desk.keys, self._cost, ""

        def with_slot(vault: VaultFile) -> VaultFile:
            nonlocal code
            made = sign_ins.add_slot(vault, keys, worker.name, worker.id, passphrase, cost=cost)
            code = made.code
            return made.vault

        self._desk.change(with_slot, lambda: self.store.note("slot-added", Worker, worker.id))
        return code

    def change_passphrase(self, worker_id: str, old: str, new: str) -> None:
        """Raises ArchiveError `wrong-passphrase` when `old` is not the worker's, `slot-unknown` without a sign-in."""
        slot = self._slot_of(worker_id)
        self._desk.change(
            lambda v: sign_ins.change_passphrase(v, slot.id, old, new, cost=self._cost),
            lambda: self.store.note("passphrase-changed", Worker, worker_id),
        )

    def remove_sign_in(self, worker_id: str) -> None:
        """Another worker's ways in go, with the recovery code; what the worker made stays.

        Raises ArchiveError `slot-own`, `slot-unknown`, `slot-last`, `rotation-waits`.
        """
        self._not_for_guests()
        if worker_id == self._desk.keys.worker_id:
            raise ArchiveError("slot-own")
        self._desk.change(
            lambda v: sign_ins.remove_worker(v, self._desk.keys, worker_id),
            lambda: self.store.note("slot-removed", Worker, worker_id),
        )

    def change_key(self) -> None:
        """Begin another key for the whole archive; locking ends it, and if it is cut off, anybody's next sign-in.

        Nobody else's passphrase is needed. Raises ArchiveError `rotation-waits` with the `names` of those who must
        sign in once before.
        """
        self._not_for_guests()
        archive_id = self._desk.vault.archive_id
        self._desk.change(
            lambda v: next_key.begin_rotation(v, self._desk.keys),
            lambda: self.store.note_archive("key-change-begun", archive_id),
        )

    def receiving_key(self) -> str:
        """The signed-in worker's own receiving key. Raises ArchiveError `own-key`, `locked`."""
        return receiving_keys.receiving_key(self._desk.keys.own())

    def witness(self, worker_id: str, passphrase: str) -> tuple[Change, ...]:
        """The partner's passphrase beside the open archive; see `app.ports.Archive`.

        Raises ArchiveError `slot-unknown`, `wrong-passphrase`, `too-many-tries`, `kdf-absurd`, `not-enough-memory`.
        """
        self._not_for_guests()
        keys = self._unlocked_beside(worker_id, passphrase)
        try:
            return self._released_of(keys) if keys.has_own else ()
        finally:
            keys.wipe()

    def confirm_beside(self, worker_id: str, passphrase: str, label: str, changes: Sequence[Change]) -> datetime:
        """The partner's confirmation of a common view or reference, beside the open archive; see `app.ports.Archive`.

        Raises ArchiveError as `witness`, NotAllowed, StaleChange, StoreError.
        """
        self._not_for_guests()
        assert {c.kind for c in changes} <= CONFIRMABLE, "nothing but a confirmation is made so"
        keys = self._unlocked_beside(worker_id, passphrase)
        actor = Actor(keys.slot_id, worker_id, self._desk.vault.slot(keys.slot_id).label, new_id())
        log = AuditLog(keys.audit, self._desk.vault.archive_id, actor, self._desk, self._anchoring)
        try:
            with self._codings_of(keys, log) as theirs:
                return SqlStore(self._database, log, theirs).apply(label, changes, act=CONFIRMED)
        finally:
            keys.wipe()

    def confirm_erasing(self, worker_id: str, passphrase: str, object_id: str) -> None:
        """Another worker confirms the erasing of a film or case; see `app.ports.Archive`.

        Raises ArchiveError as `witness`, NotAllowed(`erasure-needs-second`).
        """
        self._not_for_guests()
        if worker_id == self._desk.keys.worker_id or guest_door.is_guest(self._database, worker_id):
            raise NotAllowed("erasure-needs-second")
        self._unlocked_beside(worker_id, passphrase).wipe()
        self.erasing.confirmed(worker_id, object_id)

    def _unlocked_beside(self, worker_id: str, passphrase: str) -> Keys:
        """The partner's keys, for one act; both workers stand in the access log."""
        slot = self._slot_of(worker_id)
        keys = counted(self._folder, slot.id, lambda: sign_ins.unlock(self._desk.vault, slot.id, passphrase))
        try:
            if failed := Tries(self._folder).forget(slot.id):
                self.store.note("login-failed", Worker, worker_id, f"count={failed}")
            self._refuse_ended(worker_id)
            self.store.note("witnessed", Worker, worker_id, f"beside={self._desk.keys.worker_id}")
        except BaseException:
            keys.wipe()
            raise
        return keys

    def _released_of(self, keys: Keys) -> tuple[Change, ...]:
        """What waited for the worker whose keys these are; nothing of theirs stays open."""
        with self._codings_of(keys, self._log) as theirs:
            theirs.reconcile()
            released = theirs.release_due()
            return tuple(added(one) for one in (*released, *theirs.opened_since()))

    @contextlib.contextmanager
    def _codings_of(self, keys: Keys, log: AuditLog) -> Iterator[SealedCodings]:
        """Another worker's sealed codings, open for one act."""
        notebook = KeyFileNotebook(self._desk, keys)
        codings = places.folder_in(self._folder)
        theirs = SealedCodings(self._database, codings, self._desk.vault.archive_id, keys, log, notebook)
        try:
            yield theirs
        finally:
            theirs.close()
            notebook.close()

    def sealed_of(self, worker_id: str) -> int:
        """The number of a worker's codings of cases that only that worker's own key opens; nobody counts training."""
        if worker_id != self._desk.keys.worker_id:
            self._not_for_guests()
        with self._database.read() as connection:
            rows = sealed_rows.of_worker(connection, worker_id)
        return sum(not row.released and row.kind not in (None, CodingKind.TRAINING) for row in rows)

    def moments_sealed_of(self, worker_id: str) -> int:
        """From how many meetings a worker's moments open with that worker's own key alone."""
        if worker_id != self._desk.keys.worker_id:
            self._not_for_guests()
        with self._database.read() as connection:
            return len(sealed_choices.of_worker(connection, worker_id))

    def _has_another(self) -> bool:
        """Whether another worker can confirm an erasing: no guest does."""
        return sum(not guest_door.is_guest(self._database, worker_id) for worker_id, _ in self.sign_ins()) > 1

    def _can_sign_in(self, worker_id: str) -> bool:
        return any(held == worker_id for held, _ in self.sign_ins())

    def _slot_of(self, worker_id: str) -> Slot:
        for slot in self._desk.vault.passphrases():
            if slot.worker_id == worker_id:
                return slot
        raise ArchiveError("slot-unknown")

    # ── recovery code ────────────────────────────────────────────────────────────────────────────────────────────────

    def make_recovery_code(self) -> str:
        """The worker's own new code for paper; the earlier one opens nothing from now on, this one once typed back."""
        code = ""

        def with_code(vault: VaultFile) -> VaultFile:
            nonlocal code
            made = recovery_codes.with_recovery(vault, self._desk.keys, cost=self._cost)
            code = made.code
            return made.vault

        me = self._desk.keys.worker_id
        self._desk.change(with_code, lambda: self.store.note("recovery-code-made", Worker, me))
        return code

    def confirm_recovery_code(self, typed: str, worker_id: str = "") -> bool:
        """Whether what was typed is the code on the paper; if so it counts from now on.

        It is the signed-in worker's own, or that of a worker who was just added and types it here.
        """
        owner = worker_id or self._desk.keys.worker_id
        slot = self._desk.vault.recovery_slot(owner)
        if slot is None or not recovery_codes.check_code(self._desk.vault, owner, typed):
            return False
        name = archive_settings.of_worker(archive_settings.RECOVERY_CONFIRMED, owner)
        archive_settings.write(self._database, name, slot.id)
        self.store.note("recovery-code-confirmed", Worker, owner)
        return True

    def has_recovery_code(self) -> bool:
        """Whether the signed-in worker has an own code that was typed back once."""
        me = self._desk.keys.worker_id
        slot = self._desk.vault.recovery_slot(me)
        name = archive_settings.of_worker(archive_settings.RECOVERY_CONFIRMED, me)
        return slot is not None and slot.id == archive_settings.read(self._database, name)

    # ── wholeness ────────────────────────────────────────────────────────────────────────────────────────────────────

    def backup(self, target: Path, progress: Progress, cancelled: Cancelled, how: MadeHow = MadeHow.BY_HAND) -> str:
        """Make a verified backup below `target`; returns its folder's name. Raises BackupError, Cancelled."""
        self._not_for_guests()
        self.store.anchor()
        with self._whole:
            note = partial(self.erasing.note_backup, target=target, archive_id=self._desk.vault.archive_id)
            name = backup.make(self._folder, self._desk, self._own, target, progress, cancelled, how, note)
            archive_settings.write(self._database, archive_settings.LAST_BACKUP, datetime.now(UTC).isoformat())
            self._know_place_again(target)
        self.erasing.look_for_backups()
        return name

    def _know_place_again(self, target: Path) -> None:
        """A place that was chosen while its disk was away has its mark now."""
        read = partial(archive_settings.read, self._database)
        if str(target) == read(archive_settings.BACKUP_PLACE) and not read(archive_settings.BACKUP_MARK):
            archive_settings.write(self._database, archive_settings.BACKUP_MARK, made.chosen(target))

    def note_backed_up(self, name: str, target: Path) -> None:
        """A backup was made at the door, before the tables came to their newest form. Raises StoreError."""
        archive_settings.write(self._database, archive_settings.LAST_BACKUP, datetime.now(UTC).isoformat())
        self.erasing.note_backup(name, target, self._desk.vault.archive_id)

    def backup_place(self) -> str:
        """The folder to which backups are made by themselves; empty until one was chosen."""
        self._not_for_guests()
        return archive_settings.read(self._database, archive_settings.BACKUP_PLACE)

    def choose_backup_place(self, folder: Path) -> None:
        """Raises BackupError `target-inside`, StoreError."""
        self._not_for_guests()
        if folder.resolve().is_relative_to(self._folder.resolve()):
            raise BackupError("target-inside")
        mark = made.chosen(folder)
        with self._database.write() as connection:  # a place with the mark of another would never be here
            archive_settings.put(connection, archive_settings.BACKUP_PLACE, str(folder))
            archive_settings.put(connection, archive_settings.BACKUP_MARK, mark)

    def backup_place_is_here(self) -> bool:
        """By the mark that was left there: an empty folder of the same name is not the disk."""
        mark = archive_settings.read(self._database, archive_settings.BACKUP_MARK)
        return bool(place := self.backup_place()) and made.is_here(Path(place), mark)

    def last_backup(self) -> datetime | None:
        """When the last backup was found whole."""
        kept = archive_settings.read(self._database, archive_settings.LAST_BACKUP)
        return datetime.fromisoformat(kept) if kept else None

    def verify(self, progress: Progress, cancelled: Cancelled) -> tuple[str, ...]:
        """What is not whole, as keys with the place after a colon: of the store, and `<container trouble>:<recording>`.

        The pages of final statements, signed files and photographed forms are read like films; their keys begin with
        `final-statement-`, `signed-file-`, `redacted-copy-` and `consent-form-`. Copies made from films are read too;
        what is wrong with one is put right, not told. Containers that no book knows, which a crash may leave, are
        harmless and noted in the access log. Of an erased film there is nothing to be missing. Raises Cancelled.
        """
        self._not_for_guests()
        with self._whole:
            return self._verify(progress, cancelled)

    def _verify(self, progress: Progress, cancelled: Cancelled) -> tuple[str, ...]:
        found = list(self._unknown(self.store.verify()))
        if any(key.startswith("database-") for key in found):
            return tuple(found)
        found += self._own.others_missing()
        films = self.store.everything(Recording, erased=None)
        self._drop_damaged_copies({film.id: film for film in films}, cancelled)
        found += self._damaged_pages(cancelled)
        found += self._damaged_forms(cancelled)
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

    def _unknown(self, found: tuple[str, ...]) -> tuple[str, ...]:
        """Without what a worker has acknowledged of the access log; in a damaged database nothing else is told."""
        if not found or not all(key.startswith("audit-") for key in found):
            return found
        with self._database.read() as connection:
            return self._log.unacknowledged(connection, found)

    def _drop_damaged_copies(self, films: Mapping[str, Recording], cancelled: Cancelled) -> None:
        """A copy that is not whole is removed and made anew at the next opening; one that is missing is no trouble."""
        for row in self.store.everything(DerivedFile):
            trouble = self.media.copy_trouble(films[row.recording_id], row, cancelled)
            if trouble and trouble != "container-missing":
                self.media.discard(row.container)
                self.store.note("copy-dropped", Recording, row.recording_id, trouble)

    def _damaged_pages(self, cancelled: Cancelled) -> list[str]:
        finals = [("final-statement", f) for f in self.store.everything(FinalStatement)]
        signed = [("signed-file", s) for s in self.store.everything(Signature)]
        copies = [("redacted-copy", c) for c in self.store.everything(RedactedCopy)]
        held: list[tuple[str, FinalStatement | Signature | RedactedCopy]] = [*finals, *signed, *copies]
        troubles = ((word, one, self.media.trouble(one, lambda _: None, cancelled)) for word, one in held)
        return [f"{word}-{trouble}:{one.statement_id}" for word, one, trouble in troubles if trouble]

    def _damaged_forms(self, cancelled: Cancelled) -> list[str]:
        troubles = ((f, self.media.trouble(f, lambda _: None, cancelled)) for f in self.store.everything(ConsentForm))
        return [f"consent-form-{trouble}:{f.id}" for f, trouble in troubles if trouble]

    def unclaimed(self) -> tuple[FileCount, ByteCount]:
        """How many containers no book knows, and their bytes: what a crash left between a container and its row.

        Their keys were never kept. Only those from before this opening: a film that is just being taken in is none.
        """
        self._not_for_guests()
        with self._whole:
            left = self._left_over()
        return len(left), sum(left.values())

    def remove_unclaimed(self) -> FileCount:
        """Remove them; how many went. Raises ContainerError, StoreError."""
        self._not_for_guests()
        with self._whole:
            if left := self._left_over():
                said = f"containers={len(left)}"
                self.store.note_archive("unclaimed-removed", self._desk.vault.archive_id, said)
                self.media.erase(sorted(left))
        return len(left)

    def _left_over(self) -> dict[str, ByteCount]:
        found: dict[str, ByteCount] = {}
        for name in self.media.names() - self._known_containers():
            with contextlib.suppress(FileNotFoundError):
                said = (archive_folder.media_folder(self._folder) / name).stat()
                if said.st_mtime < self._opened_at:
                    found[name] = said.st_size
        return found

    def _note_unclaimed(self) -> None:
        if left := self.media.names() - self._known_containers():
            self.store.note_archive("unclaimed", self._desk.vault.archive_id, f"containers={len(left)}")

    def _known_containers(self) -> set[str]:
        known = {name for film in self.store.everything(Recording) for name in film.containers}
        known |= {row.container for row in self.store.everything(DerivedFile)}
        known |= {book.container for book in self.store.everything(OpenRecording)}
        known |= {final.container for final in self.store.everything(FinalStatement)}
        known |= {signature.container for signature in self.store.everything(Signature)}
        known |= {copy.container for copy in self.store.everything(RedactedCopy)}
        known |= {form.container for form in self.store.everything(ConsentForm)}
        known |= {name for erasure in self.store.everything(Erasure, finished=None) for name in erasure.containers}
        return known

    def close(self) -> None:
        """Lock: log it, anchor the log, drop readers, connections and keys, let the folder go. Safe to call twice.

        A begun change of key is ended here; if that fails, the next sign-in does it.
        """
        if self._closed:
            return
        self._closed = True
        with contextlib.ExitStack() as last:  # whatever one of them raises, the others are done
            last.callback(self._lock.release)
            last.callback(self._desk.keys.wipe)
            last.callback(self._end_change_of_key)
            last.callback(self.media.close)
            last.callback(self._database.close)  # again, if the store could not
            last.callback(self.store.lock)
            last.callback(self._notebook.close)
            last.callback(self._anchoring.close)

    def _end_change_of_key(self) -> None:
        if self._desk.vault.is_rotating:
            with contextlib.suppress(ArchiveError, StoreError):
                rotation.finish(self._folder, self._desk.vault, self._desk.keys).keys.wipe()


def _part(progress: Progress, start: float, size: float) -> Progress:
    return lambda share: progress(start + share * size)
