"""A coding that both waited for goes into the archive: rows, journal and log, in one transaction of the archive.

The coder's own notes do not, nor what the journal and the log say of them alone: they stay in the file for good.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from app.model.coding import CodingHeader
from app.model.meeting import Meeting
from storage import archive_settings
from storage.codings.coding_file import RELEASED, RELEASED_ROWS, CodingFile, detail_counts
from storage.store import entity_rows, search_rows
from storage.store.access_log import AuditLog, Head
from storage.store.kinds import PRIVATE_NAMES, kind_of
from storage.store.large_steps import many
from storage.store.logged_acts import LoggedAct
from storage.store.row_mapping import compact
from storage.store.sealed_rows import SealedRow
from storage.store.tables import TABLES, audit, journal, journal_entity


def put_into_archive(archive: sa.Connection, file: sa.Connection, row: SealedRow, log: AuditLog) -> Head:
    """Everything of a file that is released, within the archive's transaction; returns the end of the archive's log."""
    for kind in RELEASED:
        copy_rows(file, archive, kind, row.coding_id)
    search_rows.put_coding(archive, row.coding_id)
    copy_journal(file, archive, row.meeting_id)
    log.take_over(archive, released_log(file))
    done = LoggedAct("released", kind_of(CodingHeader).name, row.coding_id, f"coder={row.coder}", row.coding_id)
    return log.append(archive, datetime.now(UTC), [done])


def copy_rows(source: sa.Connection, target: sa.Connection, kind: type, coding_id: str) -> None:
    """A coding's rows of one kind as they are, into another database."""
    table = TABLES[kind]
    of = table.c["id" if kind is CodingHeader else kind_of(kind).parent]
    rows = source.execute(sa.select(*table.c).where(of == coding_id).order_by(table.c.id)).all()
    if rows:
        many(target, sa.insert(table), tuple(c.name for c in table.c), [tuple(row) for row in rows])


def copy_journal(file: sa.Connection, archive: sa.Connection, meeting_id: str) -> None:
    """The journal of what is released, as others may read it, with the case that its meeting is of."""
    meeting = entity_rows.one(archive, Meeting, meeting_id, sa.true())
    case_id = "" if meeting is None else meeting.case_id
    for step in file.execute(sa.select(journal).order_by(journal.c.n)).all():
        body = _without_notes(_body(step))
        if body is None:
            continue
        values = {**step._asdict(), "case_id": case_id, "body": zlib.compress(body, 1) if step.packed else body}
        values.pop("n")
        (number,) = archive.execute(sa.insert(journal), values).inserted_primary_key or (None,)
        ids = set(
            file.execute(sa.select(journal_entity.c.entity_id).where(journal_entity.c.journal_n == step.n)).scalars()
        )
        ids -= {entry[1] for entry in _notes_in(_body(step))}
        many(archive, sa.insert(journal_entity), ("entity_id", "journal_n"), [(one, number) for one in sorted(ids)])


def _body(step: Any) -> bytes:
    return zlib.decompress(step.body) if step.packed else bytes(step.body)


def _notes_in(body: bytes) -> list[list[Any]]:
    """What a row of the journal says of own notes; most rows are not even decoded for it."""
    if not any(f'"{name}"'.encode() in body for name in PRIVATE_NAMES):
        return []
    return [entry for entry in json.loads(body) if entry[0] in PRIVATE_NAMES]


def _without_notes(body: bytes) -> bytes | None:
    """A row of the journal as others may read it; None when it was of own notes alone."""
    if not _notes_in(body):
        return body
    told = [entry for entry in json.loads(body) if entry[0] not in PRIVATE_NAMES]
    return compact(told).encode() if told else None


def released_log(file: sa.Connection) -> Iterator[dict[str, Any]]:
    """The rows of its log that the archive's takes over."""
    for row in file.execute(sa.select(audit).where(audit.c.n > released_rows(file)).order_by(audit.c.n)):
        if not is_private(row.detail_json):
            yield row._asdict()


def is_private(detail: str) -> bool:
    """Whether a row of a log tells of own notes alone."""
    kinds = [name for name in detail_counts(detail) if name not in {"fields", "before", "after"}]
    return bool(kinds) and all(name in PRIVATE_NAMES for name in kinds)


def released_rows(file: sa.Connection) -> int:
    """The number of the last row of the file's log that stands in the archive's as well; 0 before release."""
    return int(archive_settings.get(file, RELEASED_ROWS) or 0)


def note_released(file: CodingFile) -> None:
    """What the journal and the log had to that point stands in the archive; of the journal the own notes' rows stay.

    Raises StoreError.
    """
    with file.write() as connection:
        last = connection.execute(sa.select(sa.func.max(audit.c.n))).scalar()
        archive_settings.put(connection, RELEASED_ROWS, str(last or 0))
        for step in connection.execute(sa.select(journal)).all():
            if not _notes_in(_body(step)):
                connection.execute(sa.delete(journal_entity).where(journal_entity.c.journal_n == step.n))
                connection.execute(sa.delete(journal).where(journal.c.n == step.n))
