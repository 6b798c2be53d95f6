"""What an older archive holds in its tables of a worker's own codings goes into files, when that worker signs in.

What others cannot read yet moves whole; of what they can read only the coder's own notes do. Each coding is copied,
compared, and then taken out of the archive in the transaction that puts its row there. What was already in backups and
in the access log stays there: that is said once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from app.errors import StoreError
from app.model.coding import CodingHeader, CodingKind, CodingState
from app.model.independence import is_open_among
from storage import archive_settings
from storage.codings import places
from storage.codings.coding_file import COMMITMENT, RELEASED, STEP, content, finish, make
from storage.codings.releasing import copy_rows
from storage.store import coding_rows, entity_rows, sealed_rows, search_rows
from storage.store.access_log import AuditLog
from storage.store.coding_rows import CODED
from storage.store.database import Database
from storage.store.kinds import PRIVATE, kind_of
from storage.store.logged_acts import LoggedAct
from storage.store.sealed_rows import SealedRow
from storage.store.tables import TABLES, journal, journal_entity
from storage.vault import coding_keys

#: in the settings while what was taken out of the archive's file may still stand in its unused parts
COMPACTING = "compacting"

_NOTES = tuple(kind for kind in CODED if kind in PRIVATE)


@dataclass(frozen=True, slots=True)
class Sealing:
    """What a worker's new files are made with: their folder, the key's wrap, the log of a new file."""

    folder: Path
    wrap: Callable[[str, bytes], bytes]
    log: Callable[[bytes, str], AuditLog]


def older(archive: sa.Connection, worker_id: str) -> list[tuple[CodingHeader, bool]]:
    """The worker's codings that lie in the archive and have no row, and of each whether others can read it."""
    found = []
    for header in entity_rows.find(archive, CodingHeader, {"coder": worker_id}, sa.true()):
        if header.kind == CodingKind.COMMON_VIEW or sealed_rows.one(archive, header.id) is not None:
            continue
        # as nobody in particular finds it
        found.append((header, is_open_among(header, coding_rows.counted_places(archive, header.meeting_id), "")))
    return found


def has_notes(archive: sa.Connection, coding_id: str) -> bool:
    """Whether a coding's own notes lie in the archive."""
    return any(_rows(archive, kind, coding_id) for kind in _NOTES)


def move(archive: Database, header: CodingHeader, sealing: Sealing, *, released: bool) -> SealedRow:
    """Move a coding, or of a `released` one only the own notes, into a file of its own; returns its row.

    Raises StoreError, OSError; then nothing is moved.
    """
    path = places.path_of(sealing.folder, header.id)
    made = places.with_ending(path, places.BEGUN)
    key = coding_keys.new_coding_key()
    kinds = (CodingHeader, *_NOTES) if released else (*RELEASED, *_NOTES)
    is_ready = header.state == CodingState.READY
    places.make_folder(sealing.folder)
    places.take_away(made)
    try:
        with archive.write() as connection:
            begun = _begun(connection, header.id)
            said = _filled(made, key, connection, header.id, kinds, sealing, begun, released=released)
            row = SealedRow(
                header.id, header.meeting_id, header.coder, header.kind, header.reading, begun, header.state,
                int(is_ready), released, sealing.wrap(header.id, key), said if is_ready and not released else b"",
            )  # fmt: skip
            _take_out(connection, header.id, kinds, released=released)
            if not released:
                search_rows.forget_coding(connection, header.id)
            sealed_rows.put(connection, row)
            archive_settings.put(connection, COMPACTING, "1")
    except BaseException:
        places.take_away(made)
        raise
    places.rename(made, path)
    return row


def _filled(
    made: Path,
    key: bytes,
    archive: sa.Connection,
    coding_id: str,
    kinds: Iterable[type],
    sealing: Sealing,
    begun: str,
    *,
    released: bool,
) -> bytes:
    """The file made and compared with what it was made from; returns what vouches for its content."""
    database = make(made, key, coding_id)
    try:
        with database.write() as file:
            for kind in kinds:
                copy_rows(archive, file, kind, coding_id)
            if not released:
                _copy_journal(archive, file, coding_id)
            said = coding_keys.commitment(key, content(file, coding_id))
            is_ready = file.execute(sa.select(TABLES[CodingHeader].c.state)).scalar() == CodingState.READY
            archive_settings.put(file, STEP, str(int(is_ready)))
            archive_settings.put(file, COMMITMENT, said.hex() if is_ready else "")
            moved = LoggedAct("moved", kind_of(CodingHeader).name, coding_id, "", coding_id)
            sealing.log(key, coding_id).append(file, datetime.now(UTC), [moved])
        with database.read() as file:
            if any(_rows(file, kind, coding_id) != _rows(archive, kind, coding_id) for kind in kinds):
                raise StoreError("damaged")
        finish(database, begun, is_small=released)
    except BaseException:
        database.close()
        raise
    return said


def _rows(connection: sa.Connection, kind: type, coding_id: str) -> list[tuple[object, ...]]:
    table = TABLES[kind]
    of = table.c["id" if kind is CodingHeader else kind_of(kind).parent]
    return [tuple(row) for row in connection.execute(sa.select(*table.c).where(of == coding_id).order_by(table.c.id))]


def _copy_journal(archive: sa.Connection, file: sa.Connection, coding_id: str) -> None:
    for step in archive.execute(sa.select(journal).where(journal.c.coding_id == coding_id).order_by(journal.c.n)):
        values = {**step._asdict(), "case_id": ""}
        of = values.pop("n")
        (number,) = file.execute(sa.insert(journal), values).inserted_primary_key or (None,)
        ids = archive.execute(sa.select(journal_entity.c.entity_id).where(journal_entity.c.journal_n == of)).scalars()
        if rows := [{"entity_id": entity_id, "journal_n": number} for entity_id in ids]:
            file.execute(sa.insert(journal_entity), rows)


def _take_out(archive: sa.Connection, coding_id: str, kinds: Iterable[type], *, released: bool) -> None:
    for kind in kinds:
        if kind is CodingHeader and released:
            continue
        table = TABLES[kind]
        of = table.c["id" if kind is CodingHeader else kind_of(kind).parent]
        archive.execute(sa.delete(table).where(of == coding_id))
    if not released:
        numbers = sa.select(journal.c.n).where(journal.c.coding_id == coding_id)
        archive.execute(sa.delete(journal_entity).where(journal_entity.c.journal_n.in_(numbers)))
        archive.execute(sa.delete(journal).where(journal.c.coding_id == coding_id))


def _begun(archive: sa.Connection, coding_id: str) -> str:
    first = sa.select(journal.c.at).where(journal.c.coding_id == coding_id).order_by(journal.c.n).limit(1)
    said = archive.execute(first).scalar()
    at = datetime.fromisoformat(said) if said else datetime.now(UTC)
    return at.replace(microsecond=0).isoformat()


def compact(archive: Database) -> None:
    """What was taken out of the archive stands nowhere in its file any more. Raises StoreError."""
    if archive_settings.read(archive, COMPACTING):
        archive.compact()
        archive_settings.write(archive, COMPACTING, "")
