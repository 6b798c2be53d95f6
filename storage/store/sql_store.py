"""The archive's store on an encrypted database, opened as one worker (the `Store` of app/ports)."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

import sqlalchemy as sa

from app.errors import ArchiveError, StaleChange, StoreError
from app.model.change import Change, Entity
from app.model.coding import FIRST_READING, CodingState
from app.model.independence import own_states
from app.model.people import Worker
from app.ports import AuditEntry, HistoryEntry
from storage.store import coding_rows, entity_rows, journal, reading_rules
from storage.store.access_log import AuditLog
from storage.store.database import Database
from storage.store.encoded_once import Said, said_of
from storage.store.kinds import kind_of, parent_id
from storage.store.logged_acts import LoggedAct, logged_acts, safe_detail
from storage.store.row_mapping import edited_fields
from storage.store.rule_facts import TableFacts
from storage.store.writing_rules import check, folded

E = TypeVar("E", bound=Entity)


class SqlStore:
    """Entities, journal and access log of one archive for one worker. Safe to use from several threads."""

    def __init__(self, database: Database, log: AuditLog) -> None:
        self._database = database
        self._log = log
        self._me = log.actor.worker_id

    @property
    def worker(self) -> Worker:
        return self.get(Worker, self._me)

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def apply(self, label: str, changes: Sequence[Change], *, act: str = "edit") -> datetime:
        """Commit one step; see `app.ports.Store`. A step without changes commits nothing.

        Raises StaleChange when a *before* is no longer so; then nothing is written.
        """
        net = folded(changes)
        if not net:
            return datetime.now(UTC)
        at = datetime.now(UTC)
        with self._database.write() as connection:
            facts = TableFacts(connection)
            check(net, self._me, facts)
            names = edited_fields(net.values())
            _write(connection, net, names)
            values = said_of(net, names)
            step = journal.Step(at, self._me, label, act)
            journal.write(connection, step, _by_place(net, values, facts))
            end = self._log.append(connection, at, logged_acts(act, net, values, self._log.digest))
        self._log.anchor_if_due(end)
        return datetime.now(UTC)

    def note(self, act: str, kind: type[Entity], object_id: str, detail: str = "") -> None:
        """One row in the access log. A view of the same object within a minute is the same view."""
        self._note(act, kind_of(kind).name, object_id, detail)

    def note_archive(self, act: str, archive_id: str, detail: str = "") -> None:
        """One row in the access log for what was done to the archive as a whole."""
        self._note(act, "archive", archive_id, detail)

    def _note(self, act: str, name: str, object_id: str, detail: str) -> None:
        with self._database.write() as connection:
            coding_id = coding_rows.behind(connection, object_id)
            done = LoggedAct(act, name, object_id, safe_detail(detail, self._log.digest), coding_id)
            if self._log.merged_view(done, time.monotonic()):
                return
            end = self._log.append(connection, datetime.now(UTC), [done])
        self._log.anchor_if_due(end)

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def get(self, kind: type[E], entity_id: str) -> E:
        """One entity. Raises StoreError `not-found` also for what this worker may not see."""
        with self._database.read() as connection:
            if coding_rows.belongs(kind):
                found = coding_rows.one(connection, kind, entity_id, self._me)
            else:
                found = entity_rows.one(connection, kind, entity_id, reading_rules.outside_codings(kind, self._me))
        if found is None:
            raise StoreError("not-found", kind=kind_of(kind).name)
        return found

    def find(self, kind: type[E], /, **fields: object) -> tuple[E, ...]:
        with self._database.read() as connection:
            if coding_rows.belongs(kind):
                return coding_rows.find(connection, kind, fields, self._me)
            return entity_rows.find(connection, kind, fields, reading_rules.outside_codings(kind, self._me))

    def coding_states(self, meeting_id: str, reading: int = FIRST_READING) -> dict[str, CodingState]:
        with self._database.read() as connection:
            return own_states(coding_rows.headers(connection, meeting_id), reading)

    def awaited(self, meeting_id: str, reading: int = FIRST_READING) -> tuple[str, ...]:
        """Nobody: every coding lies in the archive itself, where it opens with the second *ready*."""
        del meeting_id, reading
        return ()

    def history(self, entity_id: str) -> tuple[HistoryEntry, ...]:
        with self._database.read() as connection:
            seen = reading_rules.of_journal(self._me) & coding_rows.journal_about(connection, entity_id)
            return journal.read(connection, entity_id, seen, self._me)

    def audit_log(self, object_id: str | None = None, *, acts: Collection[str] = ()) -> tuple[AuditEntry, ...]:
        with self._database.read() as connection:
            return self._log.read(connection, object_id, reading_rules.of_access_log(self._me), acts)

    def verify(self) -> tuple[str, ...]:
        found = self._database.troubles()
        if found:
            # in a damaged file the chain cannot be told from its damage
            return found
        with self._database.read() as connection:
            return self._log.verify(connection)

    # ── ending ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def anchor(self) -> None:
        """Put the access log's end into the key file: before a backup, at lock and at close."""
        with self._database.read() as connection:
            self._log.anchor(connection)

    def lock(self) -> None:
        """Log that the worker left, and close; safe to call twice. A failing disk is no reason to stay open."""
        if not self._database.closed:
            with contextlib.suppress(StoreError):
                self.note("lock", Worker, self._me)
        self.close()

    def close(self) -> None:
        """Anchor the access log and drop connections and key; safe to call twice."""
        if self._database.closed:
            return
        try:
            # a full or damaged disk must not keep the archive open; the next opening anchors again
            with contextlib.suppress(ArchiveError, StoreError):
                self.anchor()
        finally:
            self._database.close()


def _write(connection: sa.Connection, net: Mapping[str, Change], names: Mapping[str, tuple[str, ...]]) -> None:
    """Changes of codings and of all else, each where their rows lie. Raises StaleChange, and then none is written."""
    of_codings: list[Change] = []
    others: list[Change] = []
    for change in net.values():
        (of_codings if coding_rows.belongs(change.kind) else others).append(change)
    if not (coding_rows.fits(connection, of_codings) and entity_rows.fits(connection, others)):
        raise StaleChange
    coding_rows.write(connection, of_codings, names)
    entity_rows.write(connection, others, names)


def _by_place(
    net: Mapping[str, Change], values: Mapping[str, Said], facts: TableFacts
) -> dict[journal.JournalPlace, list[Said]]:
    """The step's values by the case and coding they belong to."""
    places: dict[journal.JournalPlace, list[Said]] = {}
    of_parts: dict[tuple[type, str], list[Said]] = {}  # the parts of one whole are in one place
    for key, change in net.items():
        entity = change.entity
        above = (change.kind, parent_id(entity) or key)
        said = of_parts.get(above)
        if said is None:
            place = journal.JournalPlace(facts.case_above(entity, net), coding_rows.coding_of(entity))
            said = of_parts[above] = places.setdefault(place, [])
        said.append(values[key])
    return places
