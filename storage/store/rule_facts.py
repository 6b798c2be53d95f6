"""What the rules ask of the archive before a step, answered from the tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import sqlalchemy as sa

from app.model.change import Change, Entity
from app.model.coding import CodingHeader
from app.model.final_statement import FinalStatement
from app.model.meeting import Meeting
from app.model.recording import Recording
from app.model.statement import Statement
from app.model.stored import StoredContent
from storage.store import coding_rows, entity_rows
from storage.store.kinds import kind_of, parent_id
from storage.store.tables import TABLES

E = TypeVar("E", bound=Entity)


class TableFacts:
    """The archive as it stands, for the rules: asked once per thing and step."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[type, str], Any] = {}
        self._codings: dict[str, CodingHeader | None] = {}
        self._headers: dict[str, tuple[CodingHeader, ...]] = {}

    def get(self, kind: type[E], entity_id: str) -> E | None:
        key = (kind, entity_id)
        if key not in self._known:
            self._known[key] = entity_rows.one(self._connection, kind, entity_id, sa.true()) if entity_id else None
        found: E | None = self._known[key]
        return found

    def meeting(self, meeting_id: str) -> Meeting | None:
        return self.get(Meeting, meeting_id)

    def header(self, coding_id: str) -> CodingHeader | None:
        if coding_id not in self._codings:
            self._codings[coding_id] = coding_rows.header(self._connection, coding_id)
        return self._codings[coding_id]

    def statement(self, statement_id: str) -> Statement | None:
        return self.get(Statement, statement_id)

    def is_fixed(self, statement_id: str) -> bool:
        """Whether the document of a final version is kept."""
        table = TABLES[FinalStatement]
        kept = sa.select(table.c.id).where(table.c.statement_id == statement_id).limit(1)
        return self._connection.execute(kept).first() is not None

    def recording(self, recording_id: str) -> Recording | None:
        return self.get(Recording, recording_id)

    def used(self, content: StoredContent) -> bool:
        """Whether any coding was made with this version, whoever's it is."""
        return coding_rows.is_used(self._connection, content)

    def headers(self, meeting_id: str) -> tuple[CodingHeader, ...]:
        if meeting_id not in self._headers:
            self._headers[meeting_id] = coding_rows.headers(self._connection, meeting_id)
        return self._headers[meeting_id]

    def case_of(self, kind: type, entity_id: str) -> str:
        """The case that an entity of the archive belongs to; empty for none."""
        if not kind_of(kind).parent_kind:
            return entity_id if kind_of(kind).name == "client_case" else ""
        found = self.header(entity_id) if kind is CodingHeader else self.get(kind, entity_id)
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
