"""Where a coding's rows lie: which kinds belong to it, and how they are found, read, written and counted.

The one module of the store that knows. A coding that its coder makes alone lies in an encrypted file of its own until
it is released (`storage/codings`), and its coder's own notes lie there for good; every other coding lies in the
archive's tables, where each read carries the rule of independence as a condition. The rest of the store asks for a
coding's rows here and never by their tables. Of another worker's sealed coding nothing is found but its place.

A supervisor's own notes lie in such files, too, for good; of another's nothing is found at all.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from operator import attrgetter
from typing import Protocol, TypeVar

import sqlalchemy as sa

from app.model.change import Change, Entity
from app.model.coding import CodingHeader, CodingPlace
from app.model.common_view import CommonView, Origin
from app.model.decision import Decision
from app.model.independence import of_pair
from app.model.meeting import Meeting
from app.model.observation import Observation
from app.model.rating import Rating
from app.model.stored import ContentKind, StoredContent
from app.model.supervision import SupervisionAgreement
from app.model.supervision_film import Reflection
from app.model.supervision_note import SupervisionNote, SupervisionNotebook
from app.model.training import TrainingResult
from storage.store import entity_rows, reading_rules, sealed_rows
from storage.store.kinds import (
    CHOSEN_ALONE,
    KINDS,
    NOTED,
    PRIVATE,
    SUPERVISED,
    TOGETHER,
    WRITTEN_BY_BOTH,
    parent_id,
)
from storage.store.sealed_rows import SealedRow
from storage.store.tables import TABLES, journal

E = TypeVar("E", bound=Entity)

#: what stands and falls with a coding and follows its rule of independence
CODED = tuple(kind.entity for kind in KINDS if kind.parent_kind is CodingHeader)
#: of these what a coding that lies in a file of its own can have
SEALED = tuple(kind for kind in CODED if kind not in TOGETHER)

_IN_FILES = frozenset((CodingHeader, *CODED, *NOTED))
#: what a file is of
_HEADS = (CodingHeader, SupervisionNotebook)
_CODING = TABLES[CodingHeader]


def belongs(kind: type) -> bool:
    """Whether entities of a kind are of codings, or of a supervisor's notes: what may lie in a file of its own."""
    return kind in _IN_FILES


def coding_of(entity: Entity) -> str:
    """The id of the coding or notebook that `entity` is, or is a part of; empty for all else."""
    if isinstance(entity, _HEADS):
        return entity.id
    return parent_id(entity) if isinstance(entity, (*CODED, SupervisionNote)) else ""


def followed_by_logs(entity: Entity) -> str:
    """By what the rows of both logs about `entity` are hidden.

    A coding's id, the meeting whose pair writes it, or the agreement of supervision behind its wall.
    Empty for what everybody may know all of.
    """
    if isinstance(entity, CHOSEN_ALONE):
        return reading_rules.writers_of(entity.meeting_id)
    if isinstance(entity, WRITTEN_BY_BOTH):
        return reading_rules.writers_of(parent_id(entity))
    if isinstance(entity, Reflection):
        return reading_rules.marks_of(entity.by)
    if isinstance(entity, SUPERVISED):
        return reading_rules.supervised(entity.id if isinstance(entity, SupervisionAgreement) else parent_id(entity))
    if isinstance(entity, TrainingResult):
        return entity.coding_id  # which nobody but its coder ever sees
    return coding_of(entity)


def followed_by_search(entity: Entity) -> str:
    """By what a row of the search about `entity` is hidden: as the logs, and what was chosen alone by who chose it."""
    return reading_rules.chosen_by(entity.by) if isinstance(entity, CHOSEN_ALONE) else followed_by_logs(entity)


class OwnFile(Protocol):
    """One of the worker's own sealed codings, open for reading."""

    @property
    def row(self) -> SealedRow: ...
    def read(self) -> AbstractContextManager[sa.Connection]: ...


class OwnFiles(Protocol):
    """The worker's own sealed codings; each is opened when something of it is asked for."""

    def rows(self) -> Sequence[SealedRow]: ...
    def row(self, coding_id: str) -> SealedRow | None: ...
    def files(self, rows: Iterable[SealedRow]) -> Iterator[OwnFile]: ...


# as one worker finds them


class CodingRows:
    """Codings and their parts as they exist for one worker, wherever they lie."""

    def __init__(self, own: OwnFiles, worker_id: str) -> None:
        self._own, self._worker = own, worker_id

    def lies_in_file(self, coding_id: str, kind: type) -> bool:
        """Whether what a coding has of a kind lies in a file of the worker's own."""
        row = self._own.row(coding_id)
        return row is not None and (not row.released or kind in PRIVATE)

    def find(self, archive: sa.Connection, kind: type[E], fields: Mapping[str, object]) -> tuple[E, ...]:
        """Those with these fields, by ascending id."""
        rows = [row for row in self._own.rows() if _may_hold(row, kind, fields)]
        found = [] if self._is_of_file(kind, fields) else [find(archive, kind, fields, self._worker)]
        for file in self._own.files(rows):
            with file.read() as connection:
                found.append(entity_rows.find(connection, kind, fields, sa.true()))
        return found[0] if len(found) == 1 else tuple(heapq.merge(*found, key=attrgetter("id")))

    def _is_of_file(self, kind: type, fields: Mapping[str, object]) -> bool:
        """Whether what is asked for can lie in one of the files alone."""
        if kind in NOTED:
            return True
        coding_id = fields.get("id" if kind is CodingHeader else "coding_id")
        return isinstance(coding_id, str) and self.lies_in_file(coding_id, kind)

    def one(self, archive: sa.Connection, kind: type[E], entity_id: str) -> E | None:
        """The one with this id, or None, also for what does not exist for the worker."""
        fields = {"id": entity_id}
        if not self._is_of_file(kind, fields) and (found := one(archive, kind, entity_id, self._worker)) is not None:
            return found
        for file in self._own.files(row for row in self._own.rows() if _may_hold(row, kind, fields)):
            with file.read() as connection:
                if (held := entity_rows.one(connection, kind, entity_id, sa.true())) is not None:
                    return held
        return None

    def file_behind(self, object_id: str) -> OwnFile | None:
        """The own sealed coding that an object is or is a part of."""
        unreleased = [row for row in self._own.rows() if not row.released]
        for file in self._own.files(row for row in unreleased if row.coding_id == object_id):
            return file
        for file in self._own.files(unreleased):
            with file.read() as connection:
                if behind(connection, object_id, SEALED) or (file.row.is_notebook and _is_noted(connection, object_id)):
                    return file
        return None


def _may_hold(row: SealedRow, kind: type, fields: Mapping[str, object]) -> bool:
    """Whether the file of a row can hold such a thing, as far as the row itself tells."""
    if row.is_notebook or kind in NOTED:
        return row.is_notebook and kind in NOTED and _may_note(row, kind, fields)
    if kind in TOGETHER or (row.released and kind not in PRIVATE):
        return False
    said: dict[str, object] = {"coding_id": row.coding_id}
    if kind is CodingHeader:
        place = row.place
        said = {name: getattr(place, name) for name in CodingPlace.__slots__}
    return all(_equals(fields[name], value) for name, value in said.items() if name in fields)


def _may_note(row: SealedRow, kind: type, fields: Mapping[str, object]) -> bool:
    """The same of the file of a supervisor's notes."""
    said: dict[str, object] = {"notebook_id": row.coding_id}
    if kind is SupervisionNotebook:
        said = {"id": row.coding_id, "agreement_id": row.agreement_id, "keeper": row.coder}
    return all(_equals(fields[name], value) for name, value in said.items() if name in fields)


def _is_noted(connection: sa.Connection, object_id: str) -> bool:
    """Whether something is a note of the file that the connection reads."""
    table = TABLES[SupervisionNote]
    return connection.execute(sa.select(table.c.id).where(table.c.id == object_id)).first() is not None


def _equals(wanted: object, value: object) -> bool:
    return value in wanted if isinstance(wanted, tuple) else value == wanted


# in the archive's tables


def find(connection: sa.Connection, kind: type[E], fields: Mapping[str, object], worker_id: str) -> tuple[E, ...]:
    """Codings or parts of codings that exist for the worker, by their fields and by ascending id."""
    return entity_rows.find(
        connection, kind, fields, reading_rules.of_codings(kind, worker_id, fields.get("coding_id"))
    )


def one(connection: sa.Connection, kind: type[E], entity_id: str, worker_id: str) -> E | None:
    """The one with this id, or None, also for what does not exist for the worker."""
    return entity_rows.one(connection, kind, entity_id, reading_rules.of_codings(kind, worker_id))


# as the store itself finds them, whoever's they are


def place(connection: sa.Connection, coding_id: str) -> CodingPlace | None:
    """Whose coding of what, and how far it is, wherever it lies; None when there is none."""
    header = entity_rows.one(connection, CodingHeader, coding_id, sa.true())
    if header is not None:
        return _place_of(header)
    row = sealed_rows.one(connection, coding_id)
    return None if row is None or row.is_notebook or row.released else row.place


def counted_places(connection: sa.Connection, meeting_id: str) -> tuple[CodingPlace, ...]:
    """The codings of a meeting that count, wherever they lie: of those the rule of independence is asked."""
    meeting = entity_rows.one(connection, Meeting, meeting_id, sa.true())
    return () if meeting is None else of_pair(places(connection, meeting_id), meeting.coders)


def places(connection: sa.Connection, meeting_id: str) -> tuple[CodingPlace, ...]:
    """Every coding of a meeting, of any kind, wherever it lies, also one that was set aside."""
    held = entity_rows.find(connection, CodingHeader, {"meeting_id": meeting_id}, sa.true())
    return (*map(_place_of, held), *sealed_rows.unreleased(connection, meeting_id))


def _place_of(header: CodingHeader) -> CodingPlace:
    return CodingPlace(header.id, header.meeting_id, header.coder, header.kind, header.reading, header.state)


def view_of(connection: sa.Connection, coding_id: str) -> CommonView | None:
    """What a common view was made from, and who confirmed it."""
    found = entity_rows.find(connection, CommonView, {"coding_id": coding_id}, sa.true())
    return found[0] if found else None


def decisions_of(connection: sa.Connection, coding_id: str) -> tuple[Decision, ...]:
    """Every difference of a common view's list."""
    return entity_rows.find(connection, Decision, {"coding_id": coding_id}, sa.true())


def lacks_origins(connection: sa.Connection, coding_id: str) -> bool:
    """Whether what a common view holds and what its origins tell of is not the same."""
    parts = [TABLES[kind] for kind in (Observation, Rating)]
    held = sa.union_all(*(sa.select(table.c.id).where(table.c.coding_id == coding_id) for table in parts))
    told = sa.select(TABLES[Origin].c.part_id).where(TABLES[Origin].c.coding_id == coding_id)
    ids = [sorted(connection.execute(asked).scalars()) for asked in (held, told)]
    return ids[0] != ids[1]


def is_used(connection: sa.Connection, content: StoredContent) -> bool:
    """Whether any coding was, or may have been, made with this version: nobody sees what a sealed one was made with.

    A training coding is made with what the pair's codings of its film are, and those are in the tables.
    """
    id_name, version_name = f"{content.kind}_id", f"{content.kind}_version"
    if content.kind not in (ContentKind.SCHEME, ContentKind.INSTRUMENT):
        return False
    if sealed_rows.any_unreleased(connection):
        return True
    with_it = (_CODING.c[id_name] == content.content_id, _CODING.c[version_name] == content.version)
    return connection.execute(sa.select(_CODING.c.id).where(*with_it).limit(1)).first() is not None


def behind(connection: sa.Connection, object_id: str, kinds: Sequence[type] = CODED) -> str:
    """The coding that an object is, or is a part of one of these kinds of; empty for all else."""
    columns = [_CODING.c.id, *(TABLES[kind].c.coding_id for kind in kinds)]
    asked = (sa.select(column).where(column.table.c.id == object_id) for column in columns)
    return str(connection.execute(sa.union_all(*asked)).scalar() or "")


def journal_about(connection: sa.Connection, entity_id: str) -> sa.ColumnElement[bool]:
    """Rows of the journal that may speak of an entity: of a part of a coding that coding's, else any."""
    coding_id = behind(connection, entity_id)
    return journal.c.coding_id == coding_id if coding_id else sa.true()


def behind_anywhere(archive: sa.Connection, object_id: str) -> str:
    """The same, also where the object is a sealed coding, whoever's it is."""
    return behind(archive, object_id) or (object_id if sealed_rows.one(archive, object_id) is not None else "")


def fits(connection: sa.Connection, changes: Iterable[Change]) -> bool:
    """Whether there is now what each of these changes of codings says was there before it."""
    return entity_rows.fits(connection, changes)


def write(connection: sa.Connection, changes: Iterable[Change], names: Mapping[str, tuple[str, ...]]) -> None:
    """Insert, update and delete rows of codings; of an edit the fields that differ, by its id `names`."""
    entity_rows.write(connection, changes, names)
