"""What belongs to a thing that is erased: every row below it by the tables' own references, and its files."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from storage.store.tables import metadata

Below = dict[sa.Table, sa.Select[Any]]  # of each table the rows, by their first key


def below(root: sa.Table, *root_ids: str) -> Below:
    """The roots' rows and all rows below them, tables in the order of whole before part."""
    found: Below = {root: sa.select(key_of(root)).where(key_of(root).in_(root_ids))}
    for table in metadata.sorted_tables:
        wanted = [
            column.in_(found[reference.column.table])
            for column in table.c
            for reference in column.foreign_keys
            if reference.column.table in found
        ]
        if wanted:
            found[table] = sa.select(key_of(table)).where(sa.or_(*wanted))
    return found


def key_of(table: sa.Table) -> sa.Column[Any]:
    """The column that names a row of a table."""
    return next(iter(table.primary_key))


def counted(connection: sa.Connection, rows: Below) -> dict[sa.Table, int]:
    """How many rows there are of each table, those with none left out."""
    numbers = {
        table: connection.execute(sa.select(sa.func.count()).select_from(some.subquery())).scalar_one()
        for table, some in rows.items()
    }
    return {table: number for table, number in numbers.items() if number}


def ids(connection: sa.Connection, some: sa.Select[Any]) -> tuple[str, ...]:
    """The rows' keys, in their order."""
    return tuple(sorted(connection.execute(some).scalars()))


def containers(connection: sa.Connection, rows: Below) -> tuple[str, ...]:
    """The names of all files of these rows in the folder of films."""
    found: list[str] = []
    for table, some in rows.items():
        if "container" in table.c:
            held = sa.select(table.c.container).where(key_of(table).in_(some), table.c.container != "")
            found += connection.execute(held).scalars()
    return tuple(sorted(found))


def forget_keys(connection: sa.Connection, rows: Below) -> None:
    """Overwrite the wrapped keys of these rows, whatever becomes of the rows themselves."""
    for table, some in rows.items():
        if "wrapped_key" in table.c:
            connection.execute(sa.update(table).where(key_of(table).in_(some)).values(wrapped_key=b""))
