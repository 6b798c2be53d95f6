"""Pages of what there is very much of: as many rows as are shown, found by an index from the last one shown on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

import sqlalchemy as sa

from app.model.change import Entity
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.units import RowCount
from app.ports.pages import Days
from storage.store.entity_rows import in_one_zone, listed_as
from storage.store.reading_rules import IS_CLIENTS, OF_CLIENTS
from storage.store.row_mapping import plan, reader
from storage.store.tables import LISTED_AS, TABLES

E = TypeVar("E", bound=Entity)

_CASE, _MEETING = TABLES[Case], TABLES[Meeting]


def cases(
    connection: sa.Connection, limit: RowCount, after: Case | None, mine: str, only: Collection[str] | None = None
) -> tuple[Case, ...]:
    """The open ones first, each part by code name; with a worker's id in `mine` those whose pair it is of.

    `only` are the ids of the few that are there for a guest.
    """
    found: tuple[Case, ...] = ()
    if after is None or after.closed is None:
        found = _cases(connection, limit, after, mine, only, is_closed=False)
        after = None
    if len(found) < limit:
        found += _cases(connection, limit - len(found), after, mine, only, is_closed=True)
    return found


def _cases(
    connection: sa.Connection,
    limit: RowCount,
    after: Case | None,
    mine: str,
    only: Collection[str] | None,
    *,
    is_closed: bool,
) -> tuple[Case, ...]:
    part = _CASE.c.closed.is_not(None) if is_closed else _CASE.c.closed.is_(None)
    query = _select(Case).where(part, IS_CLIENTS).order_by(_CASE.c[LISTED_AS], _CASE.c.id).limit(limit)
    if mine:
        query = query.where(_CASE.c.id.in_(of_worker(mine)))
    if only is not None:
        query = query.where(_CASE.c.id.in_(sorted(only)))
    if after is not None:
        query = query.where(_key(_CASE) > sa.tuple_(*listed_as(after), after.id))
    return _read(connection, Case, query)


def meetings(
    connection: sa.Connection,
    limit: RowCount,
    before: Meeting | None,
    days: Days | None,
    mine: str,
    only: Collection[str] | None = None,
) -> tuple[Meeting, ...]:
    """The latest first; `only` are the ids of the few that are there for a guest."""
    ids = sa.select(_MEETING.c.id).where(OF_CLIENTS)
    if before is not None:
        ids = ids.where(_key(_MEETING) < sa.tuple_(*listed_as(before), before.id))
    if days is not None:
        at = _MEETING.c[LISTED_AS]
        ids = ids.where(at >= in_one_zone(days.begin), at < in_one_zone(days.end))
    if mine:
        ids = ids.where(_MEETING.c.case_id.in_(of_worker(mine)))
    if only is not None:
        ids = ids.where(_MEETING.c.id.in_(sorted(only)))
    ids = ids.order_by(*_latest()).limit(limit)
    return _read(connection, Meeting, _select(Meeting).where(_MEETING.c.id.in_(ids)).order_by(*_latest()))


def code_name_taken(connection: sa.Connection, name: str, case_id: str) -> bool:
    """Whether another case than this one has a code name, in whatever case."""
    same = _CASE.c[LISTED_AS] == name.strip().casefold(), _CASE.c.id != case_id, IS_CLIENTS
    return connection.execute(sa.select(_CASE.c.id).where(*same).limit(1)).first() is not None


def of_worker(mine: str) -> sa.CompoundSelect[Any]:
    """Ids of the cases of a worker's pair: by the two of it, and not by looking through all cases."""
    return sa.union(*(sa.select(_CASE.c.id).where(_CASE.c[name] == mine) for name in ("lead", "partner")))


def _latest() -> tuple[sa.ColumnElement[Any], ...]:
    return _MEETING.c[LISTED_AS].desc(), _MEETING.c.id.desc()


def _key(table: sa.Table) -> sa.Tuple:
    return sa.tuple_(table.c[LISTED_AS], table.c.id)


def _select(kind: type[Entity]) -> sa.Select[Any]:
    return sa.select(*(TABLES[kind].c[field.name] for field in plan(kind)))


def _read(connection: sa.Connection, kind: type[E], query: sa.Select[Any]) -> tuple[E, ...]:
    return tuple(map(reader(kind), connection.execute(query).all()))
