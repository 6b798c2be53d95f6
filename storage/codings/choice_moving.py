"""Moments that an older archive holds in its tables and are their chooser's alone, sealed when that worker signs in.

Rows, journal and search go; what tells of them in talks and in what was said goes with them. What was already in
backups and in the access log stays there: that is said once.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from app.model.change import Change
from app.model.feedback import ClipWords, FeedbackTalk
from app.model.meeting import Meeting
from storage import archive_settings
from storage.codings.choice_box import ChoiceBox
from storage.codings.choices import SealedChoices
from storage.codings.moving import COMPACTING
from storage.store import entity_rows, journal, search_rows
from storage.store.kinds import CHOSEN_ALONE, kind_of
from storage.store.large_steps import each_of, many
from storage.store.reading_rules import of_one_alone, writers_of
from storage.store.row_mapping import compact, edited_fields
from storage.store.tables import TABLES
from storage.store.tables import journal as steps
from storage.store.tables import journal_entity as named


def older(archive: sa.Connection, worker_id: str) -> dict[str, dict[type, list[str]]]:
    """By meeting and kind the ids of what lies in the tables and is the worker's alone."""
    found: dict[str, dict[type, list[str]]] = {}
    for kind in CHOSEN_ALONE:
        row = TABLES[kind].c
        asked = sa.select(row.id, row.meeting_id).where(row.by == worker_id, of_one_alone(kind))
        for one, meeting_id in archive.execute(asked.order_by(row.id)):
            found.setdefault(meeting_id, {}).setdefault(kind, []).append(one)
    return found


def move(archive: sa.Connection, choices: SealedChoices, meeting_id: str, ids: dict[type, list[str]]) -> None:
    """Seal these of one meeting, within the archive's transaction. Raises StoreError, ArchiveError `own-key`."""
    box = choices.box_for(archive, meeting_id)
    every = {one for some in ids.values() for one in some}
    try:
        for kind, some in ids.items():
            _move_rows(archive, box, kind, some)
        _move_journal(archive, box, writers_of(meeting_id), every)
        choices.keep(archive, box)
    finally:
        box.close()
    search_rows.forget(archive, sorted(every))
    _say_nothing(archive, meeting_id, every)
    archive_settings.put(archive, COMPACTING, "1")


def _move_rows(archive: sa.Connection, box: ChoiceBox, kind: type, ids: list[str]) -> None:
    table = TABLES[kind]
    wanted = table.c.id.in_(sa.select(each_of(ids).c.value))
    rows = [tuple(row) for row in archive.execute(sa.select(*table.c).where(wanted).order_by(table.c.id))]
    many(box.connection, sa.insert(table), tuple(column.name for column in table.c), rows)
    archive.execute(sa.delete(table).where(wanted))


def _move_journal(archive: sa.Connection, box: ChoiceBox, followed: str, ids: Collection[str]) -> None:
    for row in _rows_naming(archive, ids):
        entries = [entry for entry in _entries(row) if entry[1] in ids]
        body = compact(entries).encode()
        values = {name: getattr(row, name) for name in ("step", "at", "worker_id", "act", "label")}
        values |= {"case_id": "", "coding_id": followed, "packed": False, "body": body}
        (number,) = box.connection.execute(sa.insert(steps), values).inserted_primary_key or (None,)
        told = sorted({entry[1] for entry in entries})
        many(box.connection, sa.insert(named), ("entity_id", "journal_n"), [(one, number) for one in told])
    journal.forget(archive, sorted(ids))


def _say_nothing(archive: sa.Connection, meeting_id: str, ids: Collection[str]) -> None:
    """Talks, and what was said in them, tell nothing of these any more: no title, no note, now or before."""
    meeting = entity_rows.one(archive, Meeting, meeting_id, sa.true())
    case_id = "" if meeting is None else meeting.case_id
    talks = {talk.id for talk in entity_rows.find(archive, FeedbackTalk, {"case_id": case_id}, sa.true())}
    said = entity_rows.find(archive, ClipWords, {"clip_id": tuple(sorted(ids))}, sa.true())
    changes = [Change(w, replace(w, title="")) for w in said if w.title]
    entity_rows.write(archive, changes, edited_fields(changes))
    _retell(archive, {w.id for w in said}, kind_of(ClipWords).name, lambda told: told.update({"title": ""}), "title")
    _retell(archive, talks, kind_of(FeedbackTalk).name, lambda told: _without_notes(told, ids), "places")


def _without_notes(told: dict[str, Any], ids: Collection[str]) -> None:
    for place in told["places"]:
        if place.get("clip_id") in ids:
            place.pop("notes", None)


def _retell(
    archive: sa.Connection, ids: Collection[str], kind: str, change: Callable[[dict[str, Any]], None], field: str
) -> None:
    """Rows of the journal say something else of some things of a kind, where they say something of a field."""
    for row in _rows_naming(archive, ids):
        entries = _entries(row)
        for name, one, *told in entries:
            for values in told:
                if name == kind and one in ids and isinstance(values, dict) and values.get(field):
                    change(values)
        body = compact(entries).encode()
        less = {"packed": bool(row.packed), "body": zlib.compress(body, 1) if row.packed else body}
        archive.execute(sa.update(steps).where(steps.c.n == row.n).values(**less))


def _rows_naming(archive: sa.Connection, ids: Collection[str]) -> Iterable[Any]:
    numbers = sa.select(named.c.journal_n).where(named.c.entity_id.in_(sa.select(each_of(sorted(ids)).c.value)))
    return archive.execute(sa.select(steps).where(steps.c.n.in_(numbers)).order_by(steps.c.n)).all()


def _entries(row: Any) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(zlib.decompress(row.body) if row.packed else row.body)
    return found
