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
from app.model.independence import is_open, waited_for
from app.model.stored import StoredContent
from storage.store import queries
from storage.store.kinds import KINDS, PRIVATE, parent_id
from storage.store.tables import TABLES, audit, journal

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
    return queries.find(connection, kind, fields, _seen(kind, worker_id, fields.get("coding_id")))


def one(connection: sa.Connection, kind: type[E], entity_id: str, worker_id: str) -> E | None:
    """The one with this id, or None, also for what does not exist for the worker."""
    return queries.one(connection, kind, entity_id, _seen(kind, worker_id))


def journal_seen(worker_id: str) -> sa.ColumnElement[bool]:
    """Rows of the journal for a worker; only its coder ever changes a coding, also one that is gone since."""
    return _log_seen(journal.c.coding_id, journal.c.worker_id, worker_id)


def audit_seen(worker_id: str) -> sa.ColumnElement[bool]:
    """Rows of the access log for a worker."""
    return _log_seen(audit.c.coding_id, audit.c.actor_id, worker_id)


def _log_seen(coding_id: sa.Column[str], actor: sa.Column[str], worker_id: str) -> sa.ColumnElement[bool]:
    return sa.or_(coding_id == "", actor == worker_id, coding_id.in_(_open_to(worker_id)))


def _seen(kind: type, worker_id: str, of: object = None) -> sa.ColumnElement[bool]:
    """What is private follows its coder alone, all else of a coding the rule.

    The parts of one coding are asked for by far the most: `of` is its id then, and no other coding is looked at.
    """
    if kind is CodingHeader:
        return _is_open(worker_id)
    codings = sa.select(_CODING.c.id).where(_CODING.c.coder == worker_id) if kind in PRIVATE else _open_to(worker_id)
    if isinstance(of, str):
        codings = codings.where(_CODING.c.id == of)
    return TABLES[kind].c.coding_id.in_(codings)


def _open_to(worker_id: str) -> sa.Select[tuple[str]]:
    """Ids of the codings that exist for a worker."""
    return sa.select(_CODING.c.id).where(_is_open(worker_id))


def _is_open(worker_id: str) -> sa.ColumnElement[bool]:
    """The rule as a condition on a row of codings."""
    own = _CODING.alias()
    coders = sa.select(sa.func.count(own.c.coder.distinct())).where(waited_for(own.c, _CODING.c)).scalar_subquery()
    condition: sa.ColumnElement[bool] = is_open(_CODING.c, worker_id, coders)
    return condition


# as the store itself finds them, whoever's they are


def header(connection: sa.Connection, coding_id: str) -> CodingHeader | None:
    """Whose coding of what, and how far it is; None when there is none."""
    return queries.one(connection, CodingHeader, coding_id, sa.true())


def headers(connection: sa.Connection, meeting_id: str) -> tuple[CodingHeader, ...]:
    """Every coding of a meeting, of any kind."""
    return queries.find(connection, CodingHeader, {"meeting_id": meeting_id}, sa.true())


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


def fits(connection: sa.Connection, changes: Iterable[Change]) -> bool:
    """Whether there is now what each of these changes of codings says was there before it."""
    return queries.fits(connection, changes)


def write(connection: sa.Connection, changes: Iterable[Change], names: Mapping[str, tuple[str, ...]]) -> None:
    """Insert, update and delete rows of codings; of an edit the fields that differ, by its id `names`."""
    queries.write(connection, changes, names)
