"""What changed, with values: one row per step and place, holding only the changed fields.

A step that touches several places (a coding, a case) leaves a row in each, so that each row can follow the rule of
independence of its coding and be erased with its case. A row is found by the things that it holds; of thousands it does
not name each: it is looked through instead.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from json.encoder import encode_basestring
from typing import Any

import sqlalchemy as sa

from app.model.identity import new_id
from app.ports import HistoryEntry
from storage.store.encoded_once import Said, in_one, told
from storage.store.kinds import OWN_HOURS_NAMES, PRIVATE_NAMES
from storage.store.large_steps import each_of
from storage.store.row_mapping import compact
from storage.store.tables import journal, journal_entity

_LARGE = 2048  # bytes; below it compression gains nothing that a page of the database would notice
#: a row of more things names none of them: naming 5 000 is over half of the pages that their undo writes, and more at
#: each further step of the same things, while looking through the row takes some 15 ms, once somebody asks
NAMED = 1000
_MANY = ""  # stands for the things of such a row


@dataclass(frozen=True, slots=True)
class JournalPlace:
    """What a row of the journal belongs to; empty ids for what belongs to no case, no coding.

    `coding_id` is what the row is hidden by: a coding, or the meeting whose pair writes it (`reading_rules`).
    """

    case_id: str
    coding_id: str


@dataclass(frozen=True, slots=True)
class Step:
    """The words around the changes of one step."""

    at: datetime
    worker_id: str
    label: str
    act: str


def write(connection: sa.Connection, step: Step, places: Mapping[JournalPlace, Sequence[Said]]) -> None:
    """Append the step's rows within the connection's transaction."""
    step_id = new_id()
    mixed = any(place.coding_id for place in places) and len(places) > 1
    for place, values in places.items():
        body = in_one(map(told, values)).encode()
        packed = len(body) > _LARGE
        row = {
            "step": step_id,
            "at": step.at.isoformat(),
            "worker_id": step.worker_id,
            "act": step.act,
            # the step's words may speak of the coding: where others read them they are left out
            "label": "" if mixed and not place.coding_id else step.label,
            "case_id": place.case_id,
            "coding_id": place.coding_id,
            "packed": packed,
            "body": zlib.compress(body, 1) if packed else body,
        }
        (number,) = connection.execute(sa.insert(journal), row).inserted_primary_key or (None,)
        wanted = each_of(sorted(said.id for said in values) if len(values) <= NAMED else [_MANY])
        named = sa.select(wanted.c.value, sa.literal(number))
        connection.execute(sa.insert(journal_entity).from_select(["entity_id", "journal_n"], named))


def read(
    connection: sa.Connection, entity_id: str, seen: sa.ColumnElement[bool], worker_id: str
) -> tuple[HistoryEntry, ...]:
    """What happened to an entity, oldest first, in those rows that are `seen`; what is private only to its worker."""
    query = (
        sa.select(journal)
        .join(journal_entity, journal_entity.c.journal_n == journal.c.n)
        .where(journal_entity.c.entity_id.in_((entity_id, _MANY)), seen)
        .order_by(journal.c.n)
    )
    entries = (entry for row in connection.execute(query) for entry in _entries(row, entity_id))
    return tuple(e for e in entries if e.worker_id == worker_id or e.kind not in PRIVATE_NAMES | OWN_HOURS_NAMES)


def forget(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Leave nothing of some entities: their values go from the rows that tell of them, and rows of nothing else go."""
    wanted, gone = each_of(sorted(ids)), set(ids)
    numbers = sa.select(journal_entity.c.journal_n).where(journal_entity.c.entity_id.in_(sa.select(wanted.c.value)))
    rows = connection.execute(sa.select(journal.c.n, journal.c.packed, journal.c.body).where(journal.c.n.in_(numbers)))
    for row in rows.all():
        kept = [said for said in json.loads(_body(row)) if said[1] not in gone]
        lost = sa.delete(journal_entity).where(journal_entity.c.journal_n == row.n)
        if kept:
            body = compact(kept).encode()
            less = {"packed": len(body) > _LARGE, "body": zlib.compress(body, 1) if len(body) > _LARGE else body}
            connection.execute(sa.update(journal).where(journal.c.n == row.n).values(**less))
            connection.execute(lost.where(journal_entity.c.entity_id.in_(sa.select(wanted.c.value))))
        else:
            connection.execute(lost)
            connection.execute(sa.delete(journal).where(journal.c.n == row.n))


def forget_case(connection: sa.Connection, case_id: str) -> int:
    """Leave nothing of a case; returns how many rows went."""
    numbers = sa.select(journal.c.n).where(journal.c.case_id == case_id)
    connection.execute(sa.delete(journal_entity).where(journal_entity.c.journal_n.in_(numbers)))
    return connection.execute(sa.delete(journal).where(journal.c.case_id == case_id)).rowcount


def forget_whole(connection: sa.Connection, root_id: str, kinds: Mapping[str, str]) -> None:
    """Leave nothing of a whole of no case and of what is or was below it.

    `kinds` are the words of its kinds with the field that leads to what each is a part of. What was taken away before
    stands in the journal alone: it is known by the row in which it began, which says whose part it was.
    """
    known = {root_id}
    # what stands in rows of the whole's own is found as what stands in those of nobody's
    query = (
        sa.select(journal.c.n, journal.c.packed, journal.c.body).where(journal.c.case_id == "").order_by(journal.c.n)
    )
    for row in connection.execute(query).all():
        for kind, changed_id, before, after in json.loads(_body(row)):
            if kind in kinds and any(said and said.get(kinds[kind]) in known for said in (before, after)):
                known.add(changed_id)
    forget(connection, sorted(known))


def _body(row: Any) -> bytes:
    return zlib.decompress(row.body) if row.packed else bytes(row.body)


def _entries(row: Any, entity_id: str) -> Iterable[HistoryEntry]:
    body = _body(row)
    if encode_basestring(entity_id).encode() not in body:  # a large step of other things
        return
    for kind, changed_id, before, after in json.loads(body):
        if changed_id == entity_id:
            at = datetime.fromisoformat(row.at)
            yield HistoryEntry(at, row.worker_id, row.label, kind, entity_id, before, after)
