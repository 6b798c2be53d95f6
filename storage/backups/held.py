"""The containers that an archive cannot do without: of films, and of the pages of final statements."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from storage.store.kinds import CONTAINED
from storage.store.tables import TABLES


@dataclass(frozen=True, slots=True)
class Held:
    """One container as the books have it: whose it is, under which wrapped key, and what is in it."""

    id: str
    container: str
    wrapped_key: bytes
    size: int
    chunks: int


def held(connection: sa.Connection) -> tuple[Held, ...]:
    """Every such container of a database, which may be of an older program and lack a table."""
    there = set(sa.inspect(connection).get_table_names())
    rows: list[Held] = []
    for table in (TABLES[kind] for kind in CONTAINED):
        if table.name in there:
            columns = (table.c[name] for name in ("id", "container", "wrapped_key", "size", "chunks"))
            # an erased film has none
            some = sa.select(*columns).where(table.c.container != "").order_by(table.c.id)
            rows += [Held(*row) for row in connection.execute(some)]
    return tuple(rows)
