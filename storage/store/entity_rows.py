"""Entities in the tables: found by id and by field, written change by change. Of codings ask `coding_rows`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import sqlalchemy as sa

from app.model.change import Change, Entity
from storage.store.kinds import kind_of
from storage.store.large_steps import each_of, many, with_ids
from storage.store.row_mapping import names_of, plan, reader, rows_of, to_column
from storage.store.tables import LISTED_AS, TABLES

E = TypeVar("E", bound=Entity)

#: the parameter that tells a row by its id: no identifier, so no field of any entity is called the same
_OF_ROW = "of-row"
#: more values of one field than these travel as one
FEW = 20


@cache
def _reading(kind: type) -> tuple[sa.Select[Any], Callable[[Sequence[Any]], Any]]:
    table = TABLES[kind]
    return sa.select(*(table.c[field.name] for field in plan(kind))), reader(kind)


def find(
    connection: sa.Connection, kind: type[E], fields: Mapping[str, object], condition: sa.ColumnElement[bool]
) -> tuple[E, ...]:
    """Entities whose fields equal the values given (of a tuple: one of its values), by ascending id."""
    select, read = _reading(kind)
    table = TABLES[kind]
    wanted = [_equals(table, kind, name, value) for name, value in fields.items()]
    rows = connection.execute(select.where(*wanted, condition).order_by(table.c.id)).all()
    return tuple(map(read, rows))


def is_there(
    connection: sa.Connection, kind: type[Entity], fields: Mapping[str, object], condition: sa.ColumnElement[bool]
) -> bool:
    """Whether there is one; the first ends the looking."""
    table = TABLES[kind]
    wanted = [_equals(table, kind, name, value) for name, value in fields.items()]
    return connection.execute(sa.select(table.c.id).where(*wanted, condition).limit(1)).first() is not None


def _equals(table: sa.Table, kind: type, name: str, value: object) -> sa.ColumnElement[bool]:
    column: sa.ColumnElement[Any] = table.c[name]
    if isinstance(value, tuple):
        values = [to_column(kind, name, one) for one in value]
        if len(values) > FEW and all(isinstance(one, str) for one in values):
            return column.in_(sa.select(each_of(values).c.value))  # as one value: the statement stays the same
        return column.in_(values)
    equal: sa.ColumnElement[bool] = column == to_column(kind, name, value)
    return equal


def one(connection: sa.Connection, kind: type[E], entity_id: str, condition: sa.ColumnElement[bool]) -> E | None:
    """The entity with this id, or None."""
    select, read = _reading(kind)
    row = connection.execute(select.where(TABLES[kind].c.id == entity_id, condition)).first()
    return None if row is None else read(row)


def fits(connection: sa.Connection, changes: Iterable[Change]) -> bool:
    """Whether the archive holds now what each of these changes says was there before it."""
    by_kind: dict[type, dict[str, Entity | None]] = defaultdict(dict)
    for change in changes:
        by_kind[change.kind][change.id] = change.before
    return all(_holds(connection, kind, wanted) for kind, wanted in by_kind.items())


def _holds(connection: sa.Connection, kind: type, wanted: Mapping[str, Entity | None]) -> bool:
    select, read = _reading(kind)
    names = names_of(kind)
    place, column, ids = names.index("id"), TABLES[kind].c.id, sorted(wanted)
    some = select.where(column == ids[0]) if len(ids) == 1 else with_ids(select, column, ids)
    there = {row[place]: row for row in connection.execute(some).all()}
    expected = {key: before for key, before in wanted.items() if before is not None}
    if there.keys() != expected.keys():
        return False
    as_rows = zip(expected.items(), rows_of(kind, names, list(expected.values())), strict=True)
    # a row that reads as the same value need not be the same text: only then is it read
    return all(tuple(there[key]) == as_row or read(there[key]) == before for (key, before), as_row in as_rows)


def write(connection: sa.Connection, changes: Iterable[Change], names: Mapping[str, tuple[str, ...]]) -> None:
    """Insert, update and delete rows; of an edit only the columns that differ, by its id `names`, are written."""
    added: dict[type, list[Entity]] = defaultdict(list)
    edited: dict[tuple[type, tuple[str, ...]], list[Entity]] = defaultdict(list)
    removed: dict[type, list[tuple[str]]] = defaultdict(list)
    # in the order of the table: each page is decrypted and sealed once
    for change in sorted(changes, key=attrgetter("id")):
        before, after = change.before, change.after
        if after is None:
            removed[change.kind].append((change.id,))
        elif before is None:
            added[change.kind].append(after)
        elif differing := names[change.id]:
            edited[change.kind, differing].append(after)
    for kind, ids in removed.items():
        many(connection, sa.delete(TABLES[kind]).where(_is_row(TABLES[kind])), (_OF_ROW,), ids)
    for (kind, differing), entities in edited.items():
        _update(connection, kind, differing, entities)
    for kind, entities in added.items():
        _insert(connection, kind, entities)


def _insert(connection: sa.Connection, kind: type, entities: Sequence[Entity]) -> None:
    rows = [(*row, 1) for row in rows_of(kind, names_of(kind), entities)]
    listed = (LISTED_AS,) if LISTED_AS in TABLES[kind].c else ()
    if listed:
        rows = [(*row, *listed_as(entity)) for row, entity in zip(rows, entities, strict=True)]
    many(connection, sa.insert(TABLES[kind]), (*names_of(kind), "revision", *listed), rows)


def _update(connection: sa.Connection, kind: type, names: tuple[str, ...], entities: Sequence[Entity]) -> None:
    table = TABLES[kind]
    listed = (LISTED_AS,) if LISTED_AS in table.c and kind_of(kind).sorted_by in names else ()
    values: dict[str, Any] = {name: sa.bindparam(name) for name in (*names, *listed)}
    revision = table.c.revision + sa.literal_column("1")
    update = sa.update(table).where(_is_row(table)).values(revision=revision, **values)
    rows = rows_of(kind, (*names, "id"), entities)
    if listed:
        rows = [(*row, *listed_as(entity)) for row, entity in zip(rows, entities, strict=True)]
    many(connection, update, (*names, _OF_ROW, *listed), rows)


def listed_as(entity: Entity) -> tuple[str, ...]:
    """By what an entity is listed: moments in one zone, words without regard to case; nothing for most kinds."""
    name = kind_of(type(entity)).sorted_by
    if not name:
        return ()
    value = getattr(entity, name)
    return (in_one_zone(value) if isinstance(value, datetime) else value.strip().casefold(),)


def in_one_zone(moment: datetime) -> str:
    """A moment as text that sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _is_row(table: sa.Table) -> sa.ColumnElement[bool]:
    told: sa.ColumnElement[bool] = table.c.id == sa.bindparam(_OF_ROW)
    return told
