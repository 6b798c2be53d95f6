"""The clear rows of what lies in files of its own, codings and supervisors' notes: all that the archive says of it.

A row replaces its coding among the archive's tables until the coding is released, and stays afterward, because the
coder's own notes stay in the file for good. A supervisor's notes are never released; their rows are in a table of
their own, so that no rule of codings ever meets them.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from app.model.coding import FIRST_READING, CodingKind, CodingPlace, CodingState
from storage.store.tables import sealed_coding as table
from storage.store.tables import sealed_notebook as notes

_COLUMNS = tuple(table.c)
_NAMES = tuple(column.name for column in table.c)


@dataclass(frozen=True, slots=True)
class SealedRow:
    """One of them. `step` counts every change of state, `commitment` vouches for what was marked as ready.

    `agreement_id` is set for the notes of a supervisor, the `coder`: then `kind` is None, and there is no meeting.
    """

    coding_id: str
    meeting_id: str
    coder: str
    kind: CodingKind | None
    reading: int
    begun: str
    state: CodingState
    step: int
    released: bool
    wrapped_key: bytes
    commitment: bytes
    agreement_id: str = ""

    @property
    def is_notebook(self) -> bool:
        """Whether these are a supervisor's own notes."""
        return self.kind is None

    @property
    def place(self) -> CodingPlace:
        """Of a coding."""
        assert self.kind is not None, "notes are no coding"
        return CodingPlace(self.coding_id, self.meeting_id, self.coder, self.kind, self.reading, self.state)


def one(connection: sa.Connection, coding_id: str) -> SealedRow | None:
    """The row of a coding; None for one that was never sealed."""
    row = connection.execute(sa.select(*_COLUMNS).where(table.c.coding_id == coding_id)).first()
    return notebook(connection, coding_id) if row is None else _row(row)


def notebook(connection: sa.Connection, notebook_id: str) -> SealedRow | None:
    """The row of a supervisor's notes."""
    row = connection.execute(sa.select(notes).where(notes.c.notebook_id == notebook_id)).first()
    return None if row is None else _row_of_notes(row)


def of_worker(connection: sa.Connection, coder: str) -> tuple[SealedRow, ...]:
    """Every row of a worker, by ascending id."""
    return _both(connection, table.c.coder == coder, notes.c.keeper == coder)


def all_of(connection: sa.Connection) -> tuple[SealedRow, ...]:
    """Every row, by ascending id."""
    return _both(connection, sa.true(), sa.true())


def _both(
    connection: sa.Connection, of_codings: sa.ColumnElement[bool], of_notes: sa.ColumnElement[bool]
) -> tuple[SealedRow, ...]:
    found = [_row(row) for row in connection.execute(sa.select(*_COLUMNS).where(of_codings))]
    found += [_row_of_notes(row) for row in connection.execute(sa.select(notes).where(of_notes))]
    return tuple(sorted(found, key=attrgetter("coding_id")))


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
    values: dict[str, Any] = {name: getattr(row, name) for name in _NAMES}
    into, key = table, table.c.coding_id
    if row.is_notebook:
        values = {name: getattr(row, name) for name in ("agreement_id", "begun", "step", "wrapped_key")}
        values |= {"notebook_id": row.coding_id, "keeper": row.coder}
        into, key = notes, notes.c.notebook_id
    changed = connection.execute(sa.update(into).where(key == row.coding_id).values(**values))
    if not changed.rowcount:
        connection.execute(sa.insert(into).values(**values))


def remove(connection: sa.Connection, coding_id: str) -> None:
    """Take a row away: its coding is gone."""
    connection.execute(sa.delete(table).where(table.c.coding_id == coding_id))
    connection.execute(sa.delete(notes).where(notes.c.notebook_id == coding_id))


def _row(row: Any) -> SealedRow:
    values = row._asdict()
    values["kind"], values["state"] = CodingKind(values["kind"]), CodingState(values["state"])
    values["wrapped_key"], values["commitment"] = bytes(values["wrapped_key"]), bytes(values["commitment"])
    return SealedRow(**values)


def _row_of_notes(row: Any) -> SealedRow:
    return SealedRow(
        row.notebook_id, "", row.keeper, None, FIRST_READING, row.begun, CodingState.DRAFT, row.step, False,
        bytes(row.wrapped_key), b"", row.agreement_id,
    )  # fmt: skip
