"""The sealed rows of what workers chose alone out of a meeting: of each all that the archive says, and its body.

A row is of one worker and one meeting. Its body only that worker's own key opens (`storage/codings/choice_box`); it
goes when what is in it is released into the archive's tables.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from storage.store.tables import sealed_choice as table

#: the first bytes of a body are fresh each time it is sealed: by them it is known again without being read
_SEAL = sa.func.substr(table.c.body, 1, 12).label("seal")


@dataclass(frozen=True, slots=True)
class SealedChoice:
    """One row without its body; `seal` is another one whenever the body is."""

    id: str
    meeting_id: str
    chooser: str
    wrapped_key: bytes
    seal: bytes = b""


def of_worker(
    connection: sa.Connection, chooser: str, meeting_ids: Collection[str] | None = None
) -> tuple[SealedChoice, ...]:
    """A worker's rows, of some meetings if given, by ascending id."""
    wanted = [table.c.chooser == chooser]
    if meeting_ids is not None:
        wanted.append(table.c.meeting_id.in_(sorted(meeting_ids)))
    columns = (table.c.choice_id, table.c.meeting_id, table.c.chooser, table.c.wrapped_key, _SEAL)
    return tuple(_row(row) for row in connection.execute(sa.select(*columns).where(*wanted).order_by(columns[0])))


def body(connection: sa.Connection, choice_id: str) -> bytes:
    """What is sealed in a row that is there."""
    return bytes(connection.execute(sa.select(table.c.body).where(table.c.choice_id == choice_id)).scalar_one())


def put(connection: sa.Connection, row: SealedChoice, sealed: bytes) -> None:
    """Write a row with its body, new or changed."""
    changed = connection.execute(sa.update(table).where(table.c.choice_id == row.id).values(body=sealed))
    if not changed.rowcount:
        values = {"meeting_id": row.meeting_id, "chooser": row.chooser, "wrapped_key": row.wrapped_key}
        connection.execute(sa.insert(table).values(choice_id=row.id, body=sealed, **values))


def remove(connection: sa.Connection, choice_id: str) -> None:
    """Take a row away: what was in it lies in the archive's tables, or is gone."""
    connection.execute(sa.delete(table).where(table.c.choice_id == choice_id))


def erase_meeting(connection: sa.Connection, meeting_id: str) -> int:
    """Nobody opens what was chosen out of a meeting any more, whoever chose it; returns how many rows went."""
    of_meeting = table.c.meeting_id == meeting_id
    connection.execute(sa.update(table).where(of_meeting).values(wrapped_key=b"", body=b""))
    return connection.execute(sa.delete(table).where(of_meeting)).rowcount


def _row(row: Any) -> SealedChoice:
    return SealedChoice(row.choice_id, row.meeting_id, row.chooser, bytes(row.wrapped_key), bytes(row.seal))
