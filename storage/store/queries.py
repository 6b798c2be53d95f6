"""What the store asks of the tables: entities by id and by field, and which codings a worker may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import sqlalchemy as sa

from app.model.calibration import Calibration
from app.model.change import Change, Entity
from app.model.coding import CodingHeader
from app.model.independence import is_open, waited_for
from app.model.meeting import Meeting
from app.model.private_note import PrivateNote
from app.model.recording import Recording
from app.model.statement import Statement
from app.model.stored import StoredContent
from storage.store.database import among
from storage.store.kinds import CODED, kind_of, parent_id
from storage.store.rows import changed_fields, plan, reader, to_column, to_columns, to_row
from storage.store.tables import TABLES, audit, journal

E = TypeVar("E", bound=Entity)

_CODING = TABLES[CodingHeader]


@cache
def _reading(kind: type) -> tuple[sa.Select[Any], Callable[[Sequence[Any]], Any]]:
    table = TABLES[kind]
    return sa.select(*(table.c[field.name] for field in plan(kind))), reader(kind)


def open_to(worker_id: str) -> sa.Select[Any]:
    """Ids of the codings that exist for a worker."""
    own = _CODING.alias()
    coders = sa.select(sa.func.count(own.c.coder.distinct())).where(waited_for(own.c, _CODING.c)).scalar_subquery()
    return sa.select(_CODING.c.id).where(is_open(_CODING.c, worker_id, coders))


def seen(kind: type, worker_id: str) -> sa.ColumnElement[bool]:
    """The condition under which a worker sees a row of a kind."""
    if kind is Calibration:
        return TABLES[kind].c.worker_id == worker_id
    if kind is PrivateNote:
        own = sa.select(_CODING.c.id).where(_CODING.c.coder == worker_id)
        return TABLES[kind].c.coding_id.in_(own)
    coding_id = "id" if kind is CodingHeader else "coding_id" if kind in CODED else ""
    if not coding_id:
        return sa.true()
    column: sa.ColumnElement[str] = TABLES[kind].c[coding_id]
    return column.in_(open_to(worker_id))


def journal_seen(worker_id: str) -> sa.ColumnElement[bool]:
    """Rows of the journal for a worker; only its coder ever changes a coding, also one that is gone since."""
    own = journal.c.worker_id == worker_id
    return sa.or_(journal.c.coding_id == "", own, journal.c.coding_id.in_(open_to(worker_id)))


def audit_seen(worker_id: str) -> sa.ColumnElement[bool]:
    """Rows of the access log for a worker."""
    own = audit.c.actor_id == worker_id
    return sa.or_(audit.c.coding_id == "", own, audit.c.coding_id.in_(open_to(worker_id)))


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


def coding_behind(connection: sa.Connection, object_id: str) -> str:
    """The coding that an object is or is a part of, whoever's it is; empty for all else."""
    columns = [_CODING.c.id, *(TABLES[kind].c.coding_id for kind in CODED)]
    asked = (sa.select(column).where(column.table.c.id == object_id) for column in columns)
    return str(connection.execute(sa.union_all(*asked)).scalar() or "")


class TableFacts:
    """The archive as it stands, for the rules: asked once per thing and step."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[type, str], Any] = {}
        self._headers: dict[str, tuple[CodingHeader, ...]] = {}

    def get(self, kind: type[E], entity_id: str) -> E | None:
        key = (kind, entity_id)
        if key not in self._known:
            self._known[key] = one(self._connection, kind, entity_id, sa.true()) if entity_id else None
        found: E | None = self._known[key]
        return found

    def meeting(self, meeting_id: str) -> Meeting | None:
        return self.get(Meeting, meeting_id)

    def header(self, coding_id: str) -> CodingHeader | None:
        return self.get(CodingHeader, coding_id)

    def statement(self, statement_id: str) -> Statement | None:
        return self.get(Statement, statement_id)

    def recording(self, recording_id: str) -> Recording | None:
        return self.get(Recording, recording_id)

    def used(self, content: StoredContent) -> bool:
        """Whether any coding was made with this version, whoever's it is."""
        id_name, version_name = f"{content.kind}_id", f"{content.kind}_version"
        if id_name not in _CODING.c:
            return False
        with_it = (_CODING.c[id_name] == content.content_id, _CODING.c[version_name] == content.version)
        return self._connection.execute(sa.select(_CODING.c.id).where(*with_it).limit(1)).first() is not None

    def headers(self, meeting_id: str) -> tuple[CodingHeader, ...]:
        if meeting_id not in self._headers:
            self._headers[meeting_id] = find(self._connection, CodingHeader, {"meeting_id": meeting_id}, sa.true())
        return self._headers[meeting_id]

    def case_of(self, kind: type, entity_id: str) -> str:
        """The case that an entity of the archive belongs to; empty for none."""
        if not kind_of(kind).parent_kind:
            return entity_id if kind_of(kind).name == "client_case" else ""
        found = self.get(kind, entity_id)
        return "" if found is None else self.case_above(found)

    def case_above(self, entity: Entity, added: Mapping[str, Change] | None = None) -> str:
        """The case of an entity, by way of what it belongs to, which may be `added` in the same step."""
        above = kind_of(type(entity)).parent_kind
        if above is None:
            return self.case_of(type(entity), entity.id)
        change = (added or {}).get(parent_id(entity))
        if change is not None and change.kind is above:
            return self.case_above(change.entity, added)
        return self.case_of(above, parent_id(entity))
