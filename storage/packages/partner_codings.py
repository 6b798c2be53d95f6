"""Partners' ready codings from other computers: shut in this archive until their keys come, and then released.

One lies where sealed codings do, `codings/<coding id>.db`, but nobody here has its key; its clear row says, as every
sealed coding's does, whose it is of which meeting and that it is ready. So all that waits for both coders waits for
this one too, by the same rule, and every backup holds it. The orders are those of `codings/sealed`:

    held        the file whole, then the rows, then the file's own name
    replaced    the same; the file before goes last
    released    another name, then the rows in one transaction, then the file is taken away
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from app.errors import NotAllowed, PackageError, StoreError
from app.model.change import Change, added, removed
from app.model.coding import FIRST_READING, CodingKind, CodingState
from app.model.exchange import FinishedCoding, KeyFile, PartnerCoding
from app.model.independence import is_due
from storage import durable_file
from storage.codings import places
from storage.codings.sealed import SealedCodings
from storage.packages import shut_coding
from storage.packages.shut_coding import FileKeys
from storage.store import coding_rows, sealed_rows
from storage.store.access_log import AuditLog, Head
from storage.store.database import Database
from storage.store.rule_facts import TableFacts
from storage.store.sealed_rows import SealedRow
from storage.store.steps import Step, write_in_archive
from storage.store.writing_rules import check, folded

HELD, OPENED = "partner-coding-taken-in", "partner-coding-opened"


class ShutCodings:
    """The `PartnerCodings` of app/ports for the signed-in worker."""

    def __init__(self, archive: Database, log: AuditLog, own: SealedCodings) -> None:
        self._archive, self._log, self._own = archive, log, own

    def hold(
        self, label: str, coming: PartnerCoding, shut: bytes, replaces: PartnerCoding | None = None
    ) -> tuple[Change, ...]:
        """See the port. Raises NotAllowed, StaleChange, StoreError."""
        changes = [added(coming), *([removed(replaces)] if replaces is not None else [])]
        with self._own.alone() as folder, _disk():
            path = places.path_of(folder, coming.coding_id)
            made = places.with_ending(path, places.BEGUN)
            places.make_folder(folder)
            try:
                _write(made, shut)
                with self._archive.write() as connection:
                    check(folded(changes), self._me, TableFacts(lambda: connection), HELD)
                    self._check_place(connection, coming)
                    if replaces is not None:
                        sealed_rows.remove(connection, replaces.coding_id)
                    sealed_rows.put(connection, _row_of(coming))
                    end = self._write(connection, label, changes, HELD)
                    if path.exists():
                        # beside the row of the one before it would not be told from one that was cut off
                        places.rename(made, path)
            except BaseException:
                places.take_away(made)
                raise
            if made.exists():
                places.rename(made, path)
            if replaces is not None and replaces.coding_id != coming.coding_id:
                places.take_away(places.path_of(folder, replaces.coding_id))
            self._log.anchor_if_due(end)
            return (*changes, *(added(header) for header in self._own.release_due()))

    def mend(self, held: PartnerCoding, shut: bytes) -> bool:
        """See the port. Raises StoreError."""
        with self._own.alone() as folder, _disk():
            path = places.path_of(folder, held.coding_id)
            if path.exists() and path.stat().st_size == len(shut):
                return False
            made = places.with_ending(path, places.BEGUN)
            _write(made, shut)
            places.rename(made, path)
            return True

    def inside(self, held: PartnerCoding, key: KeyFile) -> FinishedCoding:
        """See the port. Raises PackageError."""
        with self._own.alone() as folder:
            try:
                content = places.path_of(folder, held.coding_id).read_bytes()
            except OSError as error:
                raise PackageError("coding-file-gone") from error
        keys = FileKeys(key.key, key.salt)
        return shut_coding.opened(keys, held.commitment, content, held.id, held.coding_id, held.meeting_id)

    def release(
        self, label: str, before: PartnerCoding, after: PartnerCoding, coding: FinishedCoding
    ) -> tuple[Change, ...]:
        """See the port. Raises NotAllowed, StaleChange, StoreError."""
        header = replace(coding.header, coder=before.person_id)
        if (header.id, header.meeting_id) != (before.coding_id, before.meeting_id):
            raise PackageError("package-damaged")
        changes = [Change(before, after), added(header), *map(added, coding.parts)]
        with self._own.alone() as folder, _disk():
            path = places.path_of(folder, before.coding_id)
            going = places.with_ending(path, places.GOING)
            try:
                with self._archive.write() as connection:
                    self._check_due(connection, before)
                    check(folded(changes[:1]), self._me, TableFacts(lambda: connection), OPENED)
                    sealed_rows.remove(connection, before.coding_id)
                    end = self._write(connection, label, changes, OPENED)
                    places.rename(path, going)
            except BaseException:
                if going.exists():
                    places.rename(going, path)
                raise
            places.take_away(going)
        self._log.anchor_if_due(end)
        return tuple(changes)

    @property
    def _me(self) -> str:
        return self._log.actor.worker_id

    def _write(self, connection: sa.Connection, label: str, changes: Sequence[Change], act: str) -> Head:
        step = Step(datetime.now(UTC), self._me, label, act, folded(changes))
        return write_in_archive(connection, step, TableFacts(lambda: connection), self._log)

    def _check_place(self, connection: sa.Connection, coming: PartnerCoding) -> None:
        """No other coding has this id, and none of this coder is there but the one that is replaced."""
        held = coding_rows.place(connection, coming.coding_id)
        if held is not None and (held.coder, held.meeting_id) != (coming.person_id, coming.meeting_id):
            raise PackageError("package-damaged")

    def _check_due(self, connection: sa.Connection, held: PartnerCoding) -> None:
        row = sealed_rows.one(connection, held.coding_id)
        if row is None or not is_due(row.place, coding_rows.counted_places(connection, row.meeting_id)):
            raise NotAllowed("not-both-ready")


def _row_of(coming: PartnerCoding) -> SealedRow:
    begun = coming.taken.replace(microsecond=0).isoformat()
    return SealedRow(
        coming.coding_id, coming.meeting_id, coming.person_id, CodingKind.OWN, FIRST_READING, begun, CodingState.READY,
        1, False, b"", bytes.fromhex(coming.commitment),
    )  # fmt: skip


def _write(made: Path, content: bytes) -> None:
    """A new file, forced to the disk: its name says that it may be cut off, and the next sign-in takes it away then."""
    places.take_away(made)
    with open(made, "xb", opener=durable_file.for_owner) as file:
        file.write(content)
        file.flush()
        durable_file.sync_file(file.fileno())
    durable_file.sync_folder(made.parent)


@contextlib.contextmanager
def _disk() -> Iterator[None]:
    """Within it what the disk refuses comes out as StoreError."""
    try:
        yield
    except OSError as error:
        raise StoreError(durable_file.archive_trouble(error).key) from error
