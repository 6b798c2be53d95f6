"""A damaged archive looked at, and all that can be read of it written into a new one. The damaged one is never written.

The new archive is the same archive: its id, its workers and their keys stay, so that sealed drafts, which are carried
over unopened, open for their coders there. As after a restoring its generation is the next one, and its log says first
that it was rescued and how many rows it lacks; with that the worker who rescued takes it as it is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.errors import ArchiveError, NotAllowed
from app.errors import Cancelled as CancelledError
from app.model.erasure import MadeBackup
from app.model.guests import GuestPass
from app.model.identity import new_id
from app.model.units import ByteCount
from app.ports import Cancelled, Progress
from app.ports.rescue import Found, KindFound, KnownBackup
from storage import archive_folder, archive_settings, durable_file, unfinished
from storage.archive_folder import ArchiveLock
from storage.codings import places
from storage.rescue import drafts_over, films_over, known_backups, stand_in
from storage.rescue.new_rows import NewRows
from storage.rescue.reading import Reading
from storage.rescue.sealed_pages import SealedPages
from storage.store import access_log, search_filling, work_kept
from storage.store.access_log import ACKNOWLEDGED, Actor, AuditLog, FixedEnd, Head
from storage.store.database import Database
from storage.store.kinds import KINDS, kind_of
from storage.store.logged_acts import LoggedAct
from storage.store.tables import audit, metadata
from storage.tries import counted
from storage.vault import key_file, key_seals, next_key, sign_ins
from storage.vault.keys import Keys
from storage.vault.vault_format import Anchor, State, VaultFile

RESCUED = "rescued"


class _Work:
    """Progress over bytes of containers, and the place where a cancel is noticed."""

    def __init__(self, progress: Progress, cancelled: Cancelled, total: ByteCount) -> None:
        self._progress, self._cancelled = progress, cancelled
        self._done, self._total = 0, total or 1

    def step(self, count: int) -> None:
        """So many bytes more. Raises Cancelled."""
        self._done += count
        self._progress(min(self._done / self._total, 1.0))
        if self._cancelled():
            raise CancelledError


def looked(
    folder: Path, secret: str, progress: Progress, cancelled: Cancelled, backup_places: Sequence[Path] = ()
) -> Found:
    """What of an archive is whole: it is only read, and nothing is written anywhere.

    What the journal would give back is not known so. `secret` is anybody's passphrase or printed code, `backup_places`
    are where backups may lie besides where the archive says. Raises ArchiveError as `rescue`, Cancelled.
    """
    with _opened(folder, secret) as (vault, keys), _reading(folder, vault, keys) as source:
        reading = Reading(source.pages, stand_in.tables_of)
        _refuse_guest(reading.named_rows(kind_of(GuestPass).name), keys)
        kinds = tuple(_kind_looked(reading, kind.name) for kind in KINDS if kind.name in reading.tables)
        some = films_over.containers(reading.named_rows)
        drafts = drafts_over.looked(places.folder_in(folder), drafts_over.known(reading.named_rows))
        media = archive_folder.media_folder(folder)
        work = _Work(progress, cancelled, _size(media, some))
        numbers = [int(str(row["n"])) for row in reading.named_rows(audit.name)]
        vouched = key_seals.state_of(vault, keys).anchor.count
        return Found(
            **_of_pages(source.pages, reading),
            kinds=kinds,
            files=films_over.looked(media, source.keys.media, some, work.step),
            drafts=drafts.carried,
            drafts_lost=drafts.lost,
            log_rows=len(numbers),
            rows_missing=max([vouched, *numbers]) - len(numbers),
            backups=_backups(reading, backup_places, vault, source.keys),
        )


def _kind_looked(reading: Reading, name: str) -> KindFound:
    shape = reading.tables[name]
    key = shape.names.index(shape.key)
    keys = {values[key] for values in reading.rows(name)}
    return KindFound(name, len(keys), max(len(reading.keys(name).keys() - keys), reading.lost(name)))


def rescue(
    folder: Path,
    into: Path,
    secret: str,
    progress: Progress,
    cancelled: Cancelled,
    backup_places: Sequence[Path] = (),
) -> Found:
    """Write all that can be read of the archive in `folder` into a new one, `into`; returns what there was.

    Raises ArchiveError for both folders and for the secret: `archive-missing`, `key-file-damaged`, `database-missing`,
    `database-damaged` when nothing fits the key, `in-use`, `wrong-passphrase`, `too-many-tries`, `not-empty`,
    `disk-full` and as `archive_folder.check_place`; NotAllowed for a guest; Cancelled. Nothing new is left then.
    """
    if into.expanduser().absolute().is_relative_to(folder.expanduser().absolute()):
        raise ArchiveError("rescue-inside")
    with (
        _opened(folder, secret) as (vault, keys),
        unfinished.beginning(into) as part,
        _reading(folder, vault, keys) as source,
    ):
        return _Rescue(folder, part, vault, keys, source, (progress, cancelled)).carry_all(backup_places)


@contextlib.contextmanager
def _opened(folder: Path, secret: str) -> Iterator[tuple[VaultFile, Keys]]:
    """The archive's key file and the keys behind a secret, while nobody else has the archive."""
    vault = key_file.load(folder).vault
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(ArchiveLock(folder))
        except ArchiveError as error:
            # on a disk that takes nothing any more nobody else can work either
            if error.key not in {"read-only", "disk-full", "disk-error"}:
                raise
        keys = counted(folder, vault.archive_id, lambda: sign_ins.secret_of_backup(vault, secret))
        held.callback(keys.wipe)
        yield vault, keys


class _Source:
    """The pages of a database and the keys that it is under: after a change of key that was cut off, the next ones."""

    def __init__(self, pages: SealedPages, keys: Keys) -> None:
        self.pages, self.keys = pages, keys


@contextlib.contextmanager
def _reading(folder: Path, vault: VaultFile, keys: Keys) -> Iterator[_Source]:
    path = archive_folder.database_path(folder)
    try:
        pages = SealedPages(path, keys.database)
    except ArchiveError as error:
        if error.key != "database-damaged" or not vault.is_rotating:
            raise
        keys = next_key.next_keys(vault, keys)
        pages = SealedPages(path, keys.database)
    with pages:
        yield _Source(pages, keys)


class _Rescue:
    """One rescue from a folder into a new one."""

    def __init__(
        self, folder: Path, into: Path, vault: VaultFile, keys: Keys, source: _Source, told: tuple[Progress, Cancelled]
    ) -> None:
        self._folder, self._into, self._vault, self._keys = folder, into, vault, keys
        self._pages, self._of, self._told = source.pages, source.keys, told
        durable_file.make_for_owner(archive_folder.database_path(into))
        self._database = Database(archive_folder.database_path(into), self._of.database)

    def carry_all(self, backup_places: Sequence[Path]) -> Found:
        """Rows, films, sealed files, then what the log says of it, and the key file last."""
        try:
            found = self._rows(backup_places)
            found = self._carry_files(found)
            state = self._say_rescued(found)
            found = replace(found, troubles=self._check(state))
        finally:
            self._database.close()
        key_file.save(self._into, key_seals.with_state(self._vault, self._keys, state))
        return found

    def _rows(self, backup_places: Sequence[Path]) -> Found:
        reading = Reading(self._pages, stand_in.tables_of)
        _refuse_guest(reading.named_rows(kind_of(GuestPass).name), self._keys)
        with self._database.write() as connection:
            rows = NewRows(connection, reading)
            kinds = rows.write()
            work_kept.fill(connection)
            search_filling.fill(connection, lambda _: None, lambda: False)
            put, get = archive_settings.put, archive_settings.get
            put(connection, archive_settings.ARCHIVE_ID, self._vault.archive_id)
            if not get(connection, archive_settings.CREATED):
                made = datetime.fromtimestamp(self._vault.created / 1_000_000, UTC)
                put(connection, archive_settings.CREATED, made.isoformat())
            count, newest = connection.execute(sa.select(sa.func.count(), sa.func.max(audit.c.n))).one()
        vouched = key_seals.state_of(self._vault, self._keys).anchor.count
        return Found(
            **_of_pages(self._pages, reading),
            kinds=kinds,
            log_rows=count,
            rows_missing=max(newest or 0, vouched) - count,
            stood_in=rows.stood_in,
            dropped=rows.dropped,
            backups=_backups(reading, backup_places, self._vault, self._of),
        )

    def _carry_files(self, found: Found) -> Found:
        source, media = archive_folder.media_folder(self._folder), archive_folder.media_folder(self._into)
        media.mkdir(mode=0o700)
        with self._database.read() as connection:

            def rows_of(name: str) -> list[dict[str, Any]]:
                return [dict(row) for row in connection.execute(sa.select(metadata.tables[name])).mappings()]

            some, begun = films_over.containers(rows_of), films_over.begun(rows_of)
            sealed = drafts_over.known(rows_of)
        work = _Work(*self._told, _size(source, some))
        files = films_over.carried(source, media, self._of.media, some, work.step, self._told[1])
        films_over.carry_begun(source, media, begun)
        drafts = drafts_over.carried(
            places.folder_in(self._folder), places.folder_in(self._into), sealed, self._told[1]
        )
        return replace(
            found, files=files, drafts=drafts.carried, drafts_damaged=drafts.damaged, drafts_lost=drafts.lost
        )

    def _say_rescued(self, found: Found) -> State:
        """The log says that it was rescued and what it lacks, and the worker who rescued takes it so."""
        keys, vault = self._of, self._vault
        before = key_seals.state_of(vault, self._keys)
        label = next((slot.label for slot in vault.slots if slot.id == self._keys.slot_id), "")
        actor = Actor(self._keys.slot_id, self._keys.worker_id, label, new_id())
        generation = before.generation + 1
        with self._database.write() as connection:
            end = access_log.head(connection, vault.archive_id)
            log = AuditLog(keys.audit, vault.archive_id, actor, FixedEnd(end))
            said = log.acknowledgement(connection)
            acts = [LoggedAct(RESCUED, "archive", vault.archive_id, f"rows-missing={found.rows_missing}")]
            if found.rows_missing or not said.startswith("findings=0;"):
                acts.append(LoggedAct(ACKNOWLEDGED, "archive", vault.archive_id, said))
            end = log.append(connection, datetime.now(UTC), acts)
            archive_settings.put(connection, archive_settings.GENERATION, str(generation))
            for name in (archive_settings.OLDER_SINCE, archive_settings.DAMAGED_SINCE):
                archive_settings.put(connection, name, "")
        return State(generation, Anchor(end.mac.hex(), end.count))

    def _check(self, state: State) -> tuple[str, ...]:
        """What *verify* finds in the new database and its log; its containers were read on the way."""
        found = list(self._database.troubles())
        end = Head(state.anchor.count, bytes.fromhex(state.anchor.head))
        log = AuditLog(self._of.audit, self._vault.archive_id, Actor("", "", "", ""), FixedEnd(end))
        with self._database.read() as connection:
            found += log.unacknowledged(connection, log.verify(connection))
        return tuple(found)


def _of_pages(pages: SealedPages, reading: Reading) -> dict[str, Any]:
    return {
        "pages": pages.count,
        "damaged": sum(1 for _ in pages.damaged()),
        "log_lost": pages.lost_in_log,
        "untold": reading.untold,
        "unsealed": pages.unsealed,
    }


def _refuse_guest(passes: Iterable[Mapping[str, Any]], keys: Keys) -> None:
    """A guest has no door but coding's. Raises NotAllowed(`guest-only-codes`)."""
    if any(one["worker_id"] == keys.worker_id for one in passes):
        raise NotAllowed("guest-only-codes")


def _size(media: Path, some: Iterable[films_over.Container]) -> ByteCount:
    """Of those that the disk knows of."""
    return sum(_size_of(media / one.name) for one in some)


def _size_of(path: Path) -> ByteCount:
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0


def _backups(reading: Reading, elsewhere: Sequence[Path], vault: VaultFile, keys: Keys) -> tuple[KnownBackup, ...]:
    return known_backups.known(reading.named_rows(kind_of(MadeBackup).name), elsewhere, vault.archive_id, keys)
