"""The clear rows of codings that lie in files of their own: all that the archive itself says of them.

A row replaces its coding among the archive's tables until the coding is released, and stays afterward, because the
coder's own notes stay in the file for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.model.coding import CodingKind, CodingPlace, CodingState
from storage.store.tables import sealed_coding as table

_COLUMNS = tuple(table.c)


@dataclass(frozen=True, slots=True)
class SealedRow:
    """One of them. `step` counts every change of state, `commitment` vouches for what was marked as ready."""

    coding_id: str
    meeting_id: str
    coder: str
    kind: CodingKind
    reading: int
    begun: str
    state: CodingState
    step: int
    released: bool
    wrapped_key: bytes
    commitment: bytes

    @property
    def place(self) -> CodingPlace:
        return CodingPlace(self.coding_id, self.meeting_id, self.coder, self.kind, self.reading, self.state)


def one(connection: sa.Connection, coding_id: str) -> SealedRow | None:
    """The row of a coding; None for one that was never sealed."""
    row = connection.execute(sa.select(*_COLUMNS).where(table.c.coding_id == coding_id)).first()
    return None if row is None else _row(row)


def of_worker(connection: sa.Connection, coder: str) -> tuple[SealedRow, ...]:
    """Every row of a coder, by ascending id."""
    rows = connection.execute(sa.select(*_COLUMNS).where(table.c.coder == coder).order_by(table.c.coding_id))
    return tuple(_row(row) for row in rows)


def all_of(connection: sa.Connection) -> tuple[SealedRow, ...]:
    """Every row, by ascending id."""
    return tuple(_row(row) for row in connection.execute(sa.select(*_COLUMNS).order_by(table.c.coding_id)))


def unreleased(connection: sa.Connection, meeting_id: str) -> tuple[CodingPlace, ...]:
    """What is sealed of a meeting now, whoever's it is."""
    wanted = (table.c.meeting_id == meeting_id, table.c.released == sa.false())
    return tuple(_row(row).place for row in connection.execute(sa.select(*_COLUMNS).where(*wanted)))


def any_unreleased(connection: sa.Connection) -> bool:
    """Whether any coding of the archive is sealed now that will be open one day: one for training never is."""
    waits = (table.c.released == sa.false(), table.c.kind != CodingKind.TRAINING)
    found = sa.select(table.c.coding_id).where(*waits).limit(1)
    return connection.execute(found).first() is not None


def put(connection: sa.Connection, row: SealedRow) -> None:
    """Write a row, new or changed."""
    values = {name: getattr(row, name) for name in SealedRow.__slots__}
    changed = connection.execute(sa.update(table).where(table.c.coding_id == row.coding_id).values(**values))
    if not changed.rowcount:
        connection.execute(sa.insert(table).values(**values))


def remove(connection: sa.Connection, coding_id: str) -> None:
    """Take a row away: its coding is gone."""
    connection.execute(sa.delete(table).where(table.c.coding_id == coding_id))


def _row(row: Any) -> SealedRow:
    values = row._asdict()
    values["kind"], values["state"] = CodingKind(values["kind"]), CodingState(values["state"])
    values["wrapped_key"], values["commitment"] = bytes(values["wrapped_key"]), bytes(values["commitment"])
    return SealedRow(**values)
