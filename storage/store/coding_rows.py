"""Where a coding's rows lie: which kinds belong to it, and how they are found, read, written and counted.

The one module of the store that knows. Today a coding's rows stand in the archive's own tables, beside those of every
other coding, and each read carries the rule of independence as a condition. Whoever puts drafts elsewhere does it here:
the rest of the store asks for a coding's rows by these functions and never by their tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import sqlalchemy as sa

from app.model.change import Change, Entity
from app.model.coding import CodingHeader
from app.model.stored import StoredContent
from storage.store import entity_rows, reading_rules
from storage.store.kinds import KINDS, parent_id
from storage.store.tables import TABLES, journal

E = TypeVar("E", bound=Entity)

#: what stands and falls with a coding and follows its rule of independence
CODED = tuple(kind.entity for kind in KINDS if kind.parent_kind is CodingHeader)

_OF_CODINGS = frozenset((CodingHeader, *CODED))
_CODING = TABLES[CodingHeader]


def belongs(kind: type) -> bool:
    """Whether entities of a kind are codings or parts of one."""
    return kind in _OF_CODINGS


def coding_of(entity: Entity) -> str:
    """The id of the coding that `entity` is, or is a part of; empty for all else."""
    if isinstance(entity, CodingHeader):
        return entity.id
    return parent_id(entity) if isinstance(entity, CODED) else ""


# as one worker finds them


def find(connection: sa.Connection, kind: type[E], fields: Mapping[str, object], worker_id: str) -> tuple[E, ...]:
    """Codings or parts of codings that exist for the worker, by their fields and by ascending id."""
    return entity_rows.find(
        connection, kind, fields, reading_rules.of_codings(kind, worker_id, fields.get("coding_id"))
    )


def one(connection: sa.Connection, kind: type[E], entity_id: str, worker_id: str) -> E | None:
    """The one with this id, or None, also for what does not exist for the worker."""
    return entity_rows.one(connection, kind, entity_id, reading_rules.of_codings(kind, worker_id))


# as the store itself finds them, whoever's they are


def header(connection: sa.Connection, coding_id: str) -> CodingHeader | None:
    """Whose coding of what, and how far it is; None when there is none."""
    return entity_rows.one(connection, CodingHeader, coding_id, sa.true())


def headers(connection: sa.Connection, meeting_id: str) -> tuple[CodingHeader, ...]:
    """Every coding of a meeting, of any kind."""
    return entity_rows.find(connection, CodingHeader, {"meeting_id": meeting_id}, sa.true())


def is_used(connection: sa.Connection, content: StoredContent) -> bool:
    """Whether any coding was made with this version of a scheme or instrument."""
    id_name, version_name = f"{content.kind}_id", f"{content.kind}_version"
    if id_name not in _CODING.c:
        return False
    with_it = (_CODING.c[id_name] == content.content_id, _CODING.c[version_name] == content.version)
    return connection.execute(sa.select(_CODING.c.id).where(*with_it).limit(1)).first() is not None


def behind(connection: sa.Connection, object_id: str) -> str:
    """The coding that an object is or is a part of; empty for all else."""
    columns = [_CODING.c.id, *(TABLES[kind].c.coding_id for kind in CODED)]
    asked = (sa.select(column).where(column.table.c.id == object_id) for column in columns)
    return str(connection.execute(sa.union_all(*asked)).scalar() or "")


def journal_about(connection: sa.Connection, entity_id: str) -> sa.ColumnElement[bool]:
    """Rows of the journal that may speak of an entity: of a part of a coding that coding's, else any."""
    coding_id = behind(connection, entity_id)
    return journal.c.coding_id == coding_id if coding_id else sa.true()


def fits(connection: sa.Connection, changes: Iterable[Change]) -> bool:
    """Whether there is now what each of these changes of codings says was there before it."""
    return entity_rows.fits(connection, changes)


def write(connection: sa.Connection, changes: Iterable[Change], names: Mapping[str, tuple[str, ...]]) -> None:
    """Insert, update and delete rows of codings; of an edit the fields that differ, by its id `names`."""
    entity_rows.write(connection, changes, names)
