"""Entities in the tables: found by id and by field, written change by change. Of codings ask `coding_rows`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import sqlalchemy as sa

from app.model.change import Change, Entity
from storage.store.database import among
from storage.store.kinds import PRIVATE, kind_of
from storage.store.rows import changed_fields, plan, reader, to_column, to_columns, to_row
from storage.store.tables import TABLES

E = TypeVar("E", bound=Entity)


@cache
def _reading(kind: type) -> tuple[sa.Select[Any], Callable[[Sequence[Any]], Any]]:
    table = TABLES[kind]
    return sa.select(*(table.c[field.name] for field in plan(kind))), reader(kind)


def seen(kind: type, worker_id: str) -> sa.ColumnElement[bool]:
    """The condition under which a worker sees a row of a kind that no coding holds."""
    if kind in PRIVATE:
        return TABLES[kind].c[kind_of(kind).parent] == worker_id
    return sa.true()


def find(
    connection: sa.Connection, kind: type[E], fields: Mapping[str, object], condition: sa.ColumnElement[bool]
) -> tuple[E, ...]:
    """Entities whose fields equal the values given (of a tuple: one of its values), by ascending id."""
    select, read = _reading(kind)
    table = TABLES[kind]
    wanted = [_equals(table, kind, name, value) for name, value in fields.items()]
    rows = connection.execute(select.where(*wanted, condition).order_by(table.c.id))
    return tuple(map(read, rows))


def _equals(table: sa.Table, kind: type, name: str, value: object) -> sa.ColumnElement[bool]:
    column: sa.ColumnElement[Any] = table.c[name]
    if isinstance(value, tuple):
        return column.in_([to_column(kind, name, one) for one in value])
    equal: sa.ColumnElement[bool] = column == to_column(kind, name, value)
    return equal


def one(connection: sa.Connection, kind: type[E], entity_id: str, condition: sa.ColumnElement[bool]) -> E | None:
    """The entity with this id, or None."""
    select, read = _reading(kind)
    row = connection.execute(select.where(TABLES[kind].c.id == entity_id, condition)).first()
    return None if row is None else read(row)


def held(connection: sa.Connection, changes: Iterable[Change]) -> dict[str, Entity]:
    """What the archive holds now under the ids of these changes."""
    ids: dict[type, list[str]] = defaultdict(list)
    for change in changes:
        ids[change.kind].append(change.id)
    entities: dict[str, Entity] = {}
    for kind, wanted in ids.items():
        select, read = _reading(kind)
        column = TABLES[kind].c.id
        some = column == wanted[0] if len(wanted) == 1 else among(column, sorted(wanted))
        rows = connection.execute(select.where(some))
        entities.update((entity.id, entity) for entity in map(read, rows))
    return entities


def write(connection: sa.Connection, changes: Iterable[Change]) -> None:
    """Insert, update and delete rows; of an edit only the columns that differ are written."""
    added: dict[type, list[dict[str, Any]]] = defaultdict(list)
    edited: dict[tuple[type, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    removed: dict[type, list[dict[str, Any]]] = defaultdict(list)
    # in the order of the table: each page is decrypted and sealed once
    for change in sorted(changes, key=attrgetter("id")):
        before, after = change.before, change.after
        if after is None:
            removed[change.kind].append({"key": change.id})
        elif before is None:
            added[change.kind].append({**to_row(after), "revision": 1})
        elif names := tuple(changed_fields(before, after)):
            edited[change.kind, names].append({"key": change.id, **to_columns(after, names)})
    for kind, rows in removed.items():
        table = TABLES[kind]
        connection.execute(sa.delete(table).where(table.c.id == sa.bindparam("key")), rows)
    for (kind, names), rows in edited.items():
        table = TABLES[kind]
        values: dict[str, Any] = {name: sa.bindparam(name) for name in names}
        update = sa.update(table).where(table.c.id == sa.bindparam("key"))
        connection.execute(update.values(revision=table.c.revision + 1, **values), rows)
    for kind, rows in added.items():
        connection.execute(sa.insert(TABLES[kind]), rows)
