"""What the rules ask of the archive before a step, answered from the tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa

from app.model.billing import InvoiceBasis, Price
from app.model.change import Change, Entity
from app.model.closed_statistics import ClosedStatistics
from app.model.coding import CodingHeader, CodingKind, CodingPlace
from app.model.common_view import CommonView
from app.model.cover import ClipCover
from app.model.decision import Decision
from app.model.exchange import PartnerCoding, SentCoding
from app.model.feedback import Clip
from app.model.final_statement import FinalStatement
from app.model.goal import Goal, GoalReview
from app.model.hours import Period, WorkEntry
from app.model.independence import of_pair
from app.model.licensed import LicensedPackage
from app.model.meeting import Meeting, Segment
from app.model.people import Case, Person, Worker
from app.model.plan import PlanTemplate
from app.model.recording import DerivedFile, Recording
from app.model.reliability_sample import ReliabilitySample
from app.model.service_work import ServiceWork
from app.model.signature import PaperSignature, Signature
from app.model.sought import Side
from app.model.statement import Evidence, Statement
from app.model.stored import ContentKind, ExampleClip, StoredContent
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.model.supervision_film import ClipUse
from app.model.training import Reference
from app.model.units import Year
from storage.store import coding_rows, entity_rows, journal, sealed_rows
from storage.store.encoded_once import said_of
from storage.store.kinds import is_of_cases, kind_of, parent_id
from storage.store.reading_rules import led, supervised
from storage.store.row_mapping import edited_fields
from storage.store.tables import TABLES

E = TypeVar("E", bound=Entity)


class Chosen(Protocol):
    """What the worker chose alone, which lies sealed beside the tables."""

    def find(self, archive: sa.Connection, kind: type[E], fields: Mapping[str, object]) -> tuple[E, ...]: ...


class TableFacts:
    """The archive as it stands, for the rules: asked once per thing and step, and not opened for what is known."""

    def __init__(
        self, archive: Callable[[], sa.Connection], known: Iterable[CodingPlace] = (), chosen: Chosen | None = None
    ) -> None:
        self._archive, self._chosen = archive, chosen
        self._known: dict[tuple[type, str], Any] = {}
        self._codings: dict[str, CodingPlace | None] = {place.id: place for place in known}
        self._headers: dict[str, tuple[CodingPlace, ...]] = {}

    @property
    def _connection(self) -> sa.Connection:
        return self._archive()

    def get(self, kind: type[E], entity_id: str) -> E | None:
        key = (kind, entity_id)
        if key not in self._known:
            self._known[key] = entity_rows.one(self._connection, kind, entity_id, sa.true()) if entity_id else None
        found: E | None = self._known[key]
        return found

    def meeting(self, meeting_id: str) -> Meeting | None:
        return self.get(Meeting, meeting_id)

    def header(self, coding_id: str) -> CodingPlace | None:
        if coding_id not in self._codings:
            self._codings[coding_id] = coding_rows.place(self._connection, coding_id)
        return self._codings[coding_id]

    def segments(self, meeting_id: str) -> tuple[Segment, ...]:
        """The tasks as they are marked on the film."""
        return entity_rows.find(self._connection, Segment, {"meeting_id": meeting_id}, sa.true())

    def sample(self, meeting_id: str) -> ReliabilitySample | None:
        """Which of a meeting's tasks were drawn for a second coding."""
        held = entity_rows.find(self._connection, ReliabilitySample, {"meeting_id": meeting_id}, sa.true())
        return held[0] if held else None

    def sent_codings(self, meeting_id: str) -> tuple[SentCoding, ...]:
        """What was sent of a meeting's codings to another computer, withdrawn or not."""
        return entity_rows.find(self._connection, SentCoding, {"meeting_id": meeting_id}, sa.true())

    def partner_codings(self, meeting_id: str) -> tuple[PartnerCoding, ...]:
        """What came of a partner's from another computer."""
        return entity_rows.find(self._connection, PartnerCoding, {"meeting_id": meeting_id}, sa.true())

    def statement(self, statement_id: str) -> Statement | None:
        return self.get(Statement, statement_id)

    def is_fixed(self, statement_id: str) -> bool:
        """Whether the document of a final version is kept."""
        table = TABLES[FinalStatement]
        kept = sa.select(table.c.id).where(table.c.statement_id == statement_id).limit(1)
        return self._connection.execute(kept).first() is not None

    def final(self, statement_id: str) -> FinalStatement | None:
        """The kept document of a final version."""
        held = entity_rows.find(self._connection, FinalStatement, {"statement_id": statement_id}, sa.true())
        return held[0] if held else None

    def signatures(self, statement_id: str) -> tuple[Signature | PaperSignature, ...]:
        """What has been signed of a version, in its file and on paper."""
        of = {"statement_id": statement_id}
        files = entity_rows.find(self._connection, Signature, of, sa.true())
        return (*files, *entity_rows.find(self._connection, PaperSignature, of, sa.true()))

    def case(self, case_id: str) -> Case | None:
        return self.get(Case, case_id)

    def goal(self, goal_id: str) -> Goal | None:
        return self.get(Goal, goal_id)

    def reviews(self, goal_id: str) -> tuple[GoalReview, ...]:
        """Every review of a goal."""
        return entity_rows.find(self._connection, GoalReview, {"goal_id": goal_id}, sa.true())

    def of_case(self, kind: type[E], case_id: str) -> tuple[E, ...]:
        """Everything of a kind that belongs to a case."""
        return entity_rows.find(self._connection, kind, {"case_id": case_id}, sa.true())

    def package(self, package_id: str) -> LicensedPackage | None:
        return self.get(LicensedPackage, package_id)

    def plans_with(self, package_id: str) -> bool:
        """Whether a plan or a template has a task of a package. Reads every plan: asked when a package is to go."""
        said = f'%"package":"{package_id}"%'
        columns = (TABLES[Meeting].c.plan, TABLES[PlanTemplate].c.tasks)
        return any(
            self._connection.execute(sa.select(column).where(column.like(said)).limit(1)).first() is not None
            for column in columns
        )

    def of_statement(self, kind: type[E], statement_id: str) -> tuple[E, ...]:
        """Everything of a kind that belongs to a version of a statement."""
        return entity_rows.find(self._connection, kind, {"statement_id": statement_id}, sa.true())

    def recording(self, recording_id: str) -> Recording | None:
        return self.get(Recording, recording_id)

    def view(self, coding_id: str) -> CommonView | None:
        """What a common view was made from, and who confirmed it; asked anew, for it is small."""
        return coding_rows.view_of(self._connection, coding_id)

    def decisions(self, coding_id: str) -> tuple[Decision, ...]:
        return coding_rows.decisions_of(self._connection, coding_id)

    def lacks_origins(self, coding_id: str) -> bool:
        return coding_rows.lacks_origins(self._connection, coding_id)

    def common_header(self, coding_id: str) -> CodingHeader | None:
        """The header of a common view; it lies in no file of one worker."""
        found = self.get(CodingHeader, coding_id)
        return found if found is not None and found.kind == CodingKind.COMMON_VIEW else None

    def reference(self, meeting_id: str) -> Reference | None:
        """What is named of a meeting for others to code against."""
        found = entity_rows.find(self._connection, Reference, {"meeting_id": meeting_id}, sa.true())
        return found[0] if found else None

    def is_cited(self, coding_id: str) -> bool:
        """Whether evidence of a statement that is final comes from a coding."""
        place = self.header(coding_id)
        of = {"meeting_id": place.meeting_id} if place is not None else {}
        found = entity_rows.find(self._connection, Evidence, of, sa.true())
        statements = {e.statement_id for e in found if coding_id in e.coding_ids}
        return any(s is not None and s.is_final for s in map(self.statement, statements))

    def takes_back(self, change: Change) -> bool:
        """Whether a change leaves its entity as it was before an earlier one."""
        said = said_of({change.id: change}, edited_fields([change]))[change.id]
        turned = json.loads(said.after), json.loads(said.before)
        told = journal.read(self._connection, change.id, sa.true(), "")
        return any((entry.before, entry.after) == turned for entry in told)

    def copies(self, recording_id: str) -> frozenset[str]:
        """The ids of what was made from a film."""
        rows = entity_rows.find(self._connection, DerivedFile, {"recording_id": recording_id}, sa.true())
        return frozenset(row.id for row in rows)

    def clips_on(self, recording_id: str) -> tuple[tuple[Clip, ...], tuple[ClipCover, ...]]:
        """Moments of a film with all covers on it and those of its moments and examples.

        Whoever chose them, but for what others chose alone: that lies sealed, and follows at their next sign-in.
        """
        of = {"recording_id": recording_id}
        clips = self._wherever(Clip, of)
        examples = entity_rows.find(self._connection, ExampleClip, of, sa.true())
        ids = (*(clip.id for clip in clips), *(clip.id for clip in examples))
        asked: tuple[Mapping[str, object], ...] = of, {"clip_id": ids}
        found = (cover for fields in asked for cover in self._wherever(ClipCover, fields))
        return clips, tuple({cover.id: cover for cover in found}.values())

    def clip(self, clip_id: str) -> Clip | None:
        """A moment that lies in the tables, or sealed by the worker's own key."""
        return next(iter(self._wherever(Clip, {"id": clip_id})), None)

    def _wherever(self, kind: type[E], fields: Mapping[str, object]) -> tuple[E, ...]:
        held = entity_rows.find(self._connection, kind, fields, sa.true())
        return held if self._chosen is None else (*held, *self._chosen.find(self._connection, kind, fields))

    def used(self, content: StoredContent) -> bool:
        """Whether any coding was, or may have been, made with this version, whoever's it is; or work was begun."""
        if content.kind == ContentKind.TEMPLATE:
            of = {"template_id": content.content_id, "template_version": content.version}
            return entity_rows.is_there(self._connection, ServiceWork, of, sa.true())
        return coding_rows.is_used(self._connection, content)

    def work(self, work_id: str) -> ServiceWork | None:
        return self.get(ServiceWork, work_id)

    def content(self, content_id: str) -> StoredContent | None:
        return self.get(StoredContent, content_id)

    def people(self, case_id: str) -> tuple[Person, ...]:
        return self.of_case(Person, case_id)

    def headers(self, meeting_id: str) -> tuple[CodingPlace, ...]:
        """Those that count."""
        meeting = self.meeting(meeting_id)
        return () if meeting is None else of_pair(self.every_header(meeting_id), meeting.coders)

    def every_header(self, meeting_id: str) -> tuple[CodingPlace, ...]:
        if meeting_id not in self._headers:
            self._headers[meeting_id] = coding_rows.places(self._connection, meeting_id)
        return self._headers[meeting_id]

    def worker(self, worker_id: str) -> Worker | None:
        return self.get(Worker, worker_id)

    def work_entry(self, entry_id: str) -> WorkEntry | None:
        return self.get(WorkEntry, entry_id)

    def open_entries(self, worker_id: str, first: date, last: date) -> tuple[WorkEntry, ...]:
        """A worker's hours of some days that no frozen period holds."""
        day = TABLES[WorkEntry].c.day
        within = day.between(first.isoformat(), last.isoformat())
        return entity_rows.find(self._connection, WorkEntry, {"worker_id": worker_id, "period_id": ""}, within)

    def periods(self, worker_id: str) -> tuple[Period, ...]:
        """The frozen periods of a worker."""
        return entity_rows.find(self._connection, Period, {"worker_id": worker_id}, sa.true())

    def closed_statistics(self, year: Year, side: Side) -> tuple[ClosedStatistics, ...]:
        """The stretches of a year that were counted for good."""
        return entity_rows.find(self._connection, ClosedStatistics, {"year": year, "side": side}, sa.true())

    def prices(self, customer: str, product: str) -> tuple[Price, ...]:
        """All that a service was and is agreed to cost a customer."""
        return entity_rows.find(self._connection, Price, {"customer": customer, "product": product}, sa.true())

    def bases(self) -> tuple[InvoiceBasis, ...]:
        """Every basis of an invoice that was made."""
        return entity_rows.find(self._connection, InvoiceBasis, {}, sa.true())

    def is_sealed(self, coding_id: str) -> bool:
        """Whether a coding is its coder's alone by key."""
        row = sealed_rows.one(self._connection, coding_id)
        return row is not None and not row.released

    def agreement(self, agreement_id: str) -> SupervisionAgreement | None:
        return self.get(SupervisionAgreement, agreement_id)

    def supervision_session(self, session_id: str) -> SupervisionSession | None:
        return self.get(SupervisionSession, session_id)

    def folders(self, session_id: str) -> tuple[Case, ...]:
        """Where the recording of a session lies, if it was ever begun."""
        return entity_rows.find(self._connection, Case, {"session_id": session_id}, sa.true())

    def folder_above(self, entity: Entity, added: Mapping[str, Change] | None = None) -> Case | None:
        """The folder of a recorded session in which an entity lies; None of client work."""
        if not is_of_cases(type(entity)):
            return None
        case_id = entity.id if isinstance(entity, Case) else self.case_above(entity, added)
        case = entity if isinstance(entity, Case) else self.case(case_id) or _coming(added, case_id)
        return case if isinstance(case, Case) and case.is_folder else None

    def behind_folder(self, entity: Entity, added: Mapping[str, Change] | None = None) -> str:
        """By what rows of both logs about something in such a folder are hidden; empty of client work."""
        folder = self.folder_above(entity, added)
        if folder is None:
            return ""
        session = self.supervision_session(folder.session_id) or _coming(added, folder.session_id)
        if not isinstance(session, SupervisionSession):
            return ""
        return supervised(session.agreement_id) if folder.brought is None else led(session.agreement_id)

    def clip_use(self, use_id: str) -> ClipUse | None:
        return self.get(ClipUse, use_id)

    def keeper_of(self, notebook_id: str) -> str:
        """Whose own notes a notebook holds; empty for none."""
        row = sealed_rows.notebook(self._connection, notebook_id)
        return "" if row is None else row.coder

    def agreement_of_notes(self, notebook_id: str) -> str:
        """What the own notes of a notebook are to; empty for none."""
        row = sealed_rows.notebook(self._connection, notebook_id)
        return "" if row is None else row.agreement_id

    def case_of(self, kind: type, entity_id: str) -> str:
        """The case that an entity of the archive belongs to; empty for none."""
        if not kind_of(kind).parent_kind:
            return entity_id if kind_of(kind).name == "client_case" else ""
        if kind is CodingHeader:
            place = self.header(entity_id)
            return "" if place is None else self.case_of(Meeting, place.meeting_id)
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


def _coming(added: Mapping[str, Change] | None, entity_id: str) -> Entity | None:
    """What a step adds under an id."""
    change = (added or {}).get(entity_id)
    return None if change is None else change.entity
