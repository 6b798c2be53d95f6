"""What lists ask of many meetings at once: a few columns of each row, all of them in one question."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.model.coding import CodingHeader, CodingKind, CodingPlace, CodingState
from app.model.final_statement import FinalStatement
from app.model.independence import is_due, of_pair, own_states
from app.model.meeting import Meeting
from app.model.recording import Recording
from app.model.statement import FINAL_STAGES, Statement
from app.ports.glances import FilmGlance, PairGlance
from storage.store.large_steps import with_ids
from storage.store.tables import TABLES, sealed_coding

_CODING, _FILM, _MEETING = TABLES[CodingHeader].c, TABLES[Recording].c, TABLES[Meeting].c


def pairs(connection: sa.Connection, meeting_ids: Collection[str], reading: int) -> dict[str, PairGlance]:
    """By meeting id how far its own codings of a reading are, wherever they lie."""
    ids = sorted(set(meeting_ids))
    held = _places(connection, _CODING, ids, sa.true())
    sealed = _places(connection, sealed_coding.c, ids, sealed_coding.c.released == sa.false())
    coders = _coders(connection, sorted(held.keys() | sealed.keys()))
    found = {}
    for meeting_id in held.keys() | sealed.keys():
        everywhere = of_pair((*held[meeting_id], *sealed[meeting_id]), coders[meeting_id])
        states = own_states(everywhere, reading)
        own = (p for p in sealed[meeting_id] if p.kind == CodingKind.OWN and p.reading == reading)
        if states:
            found[meeting_id] = PairGlance(states, tuple(sorted(p.coder for p in own if is_due(p, everywhere))))
    return found


def films(connection: sa.Connection, meeting_ids: Collection[str]) -> dict[str, tuple[FilmGlance, ...]]:
    """By meeting id its films that are not erased, without their keys and indexes."""
    query = sa.select(_FILM.meeting_id, _FILM.closed_from_use).where(_FILM.erased.is_(None)).order_by(_FILM.id)
    found: dict[str, list[FilmGlance]] = defaultdict(list)
    for row in connection.execute(with_ids(query, _FILM.meeting_id, sorted(set(meeting_ids)))):
        closed = datetime.fromisoformat(row.closed_from_use) if row.closed_from_use else None
        found[row.meeting_id].append(FilmGlance(row.meeting_id, closed))
    return {meeting_id: tuple(rows) for meeting_id, rows in found.items()}


def kept(connection: sa.Connection, there: sa.ColumnElement[bool]) -> tuple[str, ...]:
    """Ids of the films that are not erased and are `there` for the worker."""
    query = sa.select(_FILM.id).where(_FILM.erased.is_(None), there).order_by(_FILM.id)
    return tuple(connection.execute(query).scalars())


def finals_without_document(connection: sa.Connection) -> tuple[str, ...]:
    """Ids of the statements that are final and have no row of their document."""
    statement, document = TABLES[Statement].c, TABLES[FinalStatement].c
    kept_of_it = sa.select(document.id).where(document.statement_id == statement.id).exists()
    query = sa.select(statement.id).where(statement.stage.in_([stage.value for stage in FINAL_STAGES]), ~kept_of_it)
    return tuple(connection.execute(query.order_by(statement.id)).scalars())


def _coders(connection: sa.Connection, ids: list[str]) -> dict[str, tuple[str, ...]]:
    """Who codes each of these meetings now."""
    query = with_ids(sa.select(_MEETING.id, _MEETING.coders), _MEETING.id, ids)
    return {row.id: tuple(json.loads(row.coders)) for row in connection.execute(query)}


def _places(
    connection: sa.Connection, columns: Any, ids: list[str], condition: sa.ColumnElement[bool]
) -> defaultdict[str, list[CodingPlace]]:
    said = [columns["coding_id" if "coding_id" in columns else "id"]]
    said += [columns[name] for name in ("meeting_id", "coder", "kind", "reading", "state")]
    found: defaultdict[str, list[CodingPlace]] = defaultdict(list)
    for row in connection.execute(with_ids(sa.select(*said).where(condition), columns.meeting_id, ids)):
        key, meeting_id, coder, kind, reading, state = row
        found[meeting_id].append(CodingPlace(key, meeting_id, coder, CodingKind(kind), reading, CodingState(state)))
    return found
