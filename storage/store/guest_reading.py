"""What a guest's passes open, read from the tables; what of it is shown says `app.model.guests`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar, cast

import sqlalchemy as sa

from app.model.change import Entity
from app.model.guests import BARED, REACH, GuestPass, Sight, own_codings, reached, shown
from app.model.meeting import Meeting
from app.model.people import Worker
from app.model.recording import Recording
from storage.store import coding_rows, entity_rows
from storage.store.large_steps import with_ids
from storage.store.tables import TABLES, journal

E = TypeVar("E", bound=Entity)

_FILM = TABLES[Recording].c


def is_guest(connection: sa.Connection, worker_id: str) -> bool | None:
    """Whether a worker is a guest; None while the worker's own row is not there."""
    found = entity_rows.one(connection, Worker, worker_id, sa.true())
    return None if found is None else found.guest


def passes(connection: sa.Connection, worker_id: str) -> tuple[GuestPass, ...]:
    """Every pass of a guest, by ascending id."""
    return entity_rows.find(connection, GuestPass, {"worker_id": worker_id}, sa.true())


def whom_to_ask(connection: sa.Connection, held: Sequence[GuestPass]) -> str:
    """The name of who gave the pass that ended last; empty when none is on record."""
    last = max(held, key=lambda p: (p.last_day, p.id), default=None)
    giver = None if last is None else entity_rows.one(connection, Worker, last.given_by, sa.true())
    return "" if giver is None else giver.name


def sight(connection: sa.Connection, worker_id: str, day: date) -> Sight:
    """What is open to a guest on `day`."""
    held = [p for p in passes(connection, worker_id) if p.in_force(day)]
    roles = {p.meeting_id: p.role for p in held}
    meetings = entity_rows.find(connection, Meeting, {"id": tuple(roles)}, sa.true()) if roles else ()
    films = (
        connection.execute(with_ids(sa.select(_FILM.id), _FILM.meeting_id, sorted(roles))).scalars() if roles else ()
    )
    codings = (own_codings(coding_rows.counted_places(connection, m), worker_id, role) for m, role in roles.items())
    return Sight(
        worker_id,
        roles,
        frozenset(m.case_id for m in meetings),
        frozenset(person for m in meetings for person in m.people),
        frozenset(films),
        frozenset(task.task_id for m in meetings for task in m.plan),
        frozenset({*(c for m in meetings for c in m.coders), *(p.given_by for p in held)} - {""}),
        frozenset().union(*codings),
    )


def condition(kind: type, held: Sight) -> sa.ColumnElement[bool]:
    """Rows of a kind that a guest reaches; of codings, which may lie in files, ask `seen`."""
    if kind not in REACH:
        return sa.false()
    within = reached(kind, held)
    return sa.true() if within is None else TABLES[kind].c[REACH[kind][0]].in_(sorted(within))


def of_journal(held: Sight) -> sa.ColumnElement[bool]:
    """Rows of the journal for a guest: what the guest did to the own codings and to the meeting's own things."""
    whole = journal.c.coding_id == ""
    of_case = journal.c.case_id.in_(sorted(held.cases)), journal.c.worker_id == held.worker
    return sa.or_(journal.c.coding_id.in_(sorted(held.codings)), sa.and_(whole, *of_case))


def seen(entities: Iterable[E], held: Sight) -> tuple[E, ...]:
    """Of some entities those that are shown, as they are shown."""
    found = (shown(entity, held) for entity in entities)
    return tuple(cast("E", entity) for entity in found if entity is not None)


def find(connection: sa.Connection, kind: type[E], fields: dict[str, object], held: Sight) -> tuple[E, ...]:
    """What a guest finds of a kind that is no coding's: of what is bared by what is shown of it alone."""
    is_bared = kind in BARED
    rows = entity_rows.find(connection, kind, {} if is_bared else fields, condition(kind, held))
    found = seen(rows, held)
    return tuple(e for e in found if all(_equals(getattr(e, n), v) for n, v in fields.items())) if is_bared else found


def _equals(value: object, wanted: object) -> bool:
    return value in wanted if isinstance(wanted, tuple) else value == wanted
