"""What stands in for the outsides in tests. Each fake keeps the rules of its port and is held to the contract suite."""

import hashlib
import json
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache

from app.errors import StaleChange, StoreError
from app.model.billing import InvoiceBasis, Price
from app.model.change import Change
from app.model.closed_statistics import ClosedStatistics
from app.model.coding import FIRST_READING, CodingHeader, CodingKind, CodingState
from app.model.common_view import CommonView, Origin
from app.model.cover import ClipCover
from app.model.day import local_day
from app.model.decision import Decision
from app.model.erasure import Erasure
from app.model.exchange import PartnerCoding, SentCoding
from app.model.feedback import Clip
from app.model.final_statement import FinalStatement
from app.model.goal import Goal, GoalReview
from app.model.guests import GuestPass, Sight, own_codings, shown
from app.model.hours import Period, WorkEntry
from app.model.independence import (
    are_writers_told_among,
    is_clip_open_among,
    is_due,
    is_open_among,
    of_pair,
    own_states,
)
from app.model.licensed import LicensedPackage
from app.model.meeting import Meeting, Segment
from app.model.observation import Observation
from app.model.people import Case, Person, Worker
from app.model.plan import PlanTemplate
from app.model.private_note import PrivateNote
from app.model.rating import Rating
from app.model.recording import DerivedFile, Recording
from app.model.reliability_sample import ReliabilitySample
from app.model.service_work import ServiceWork
from app.model.signature import PaperSignature, Signature
from app.model.statement import Evidence, Statement
from app.model.stored import ExampleClip, StoredContent
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.model.supervision_course import GoalRating
from app.model.supervision_film import ClipUse, Reflection
from app.model.supervision_note import SupervisionNotebook
from app.model.training import Reference
from app.ports import AuditEntry, HistoryEntry
from app.ports.glances import FilmGlance, PairGlance
from storage.store.coding_rows import belongs, coding_of, followed_by_logs
from storage.store.encoded_once import said_of
from storage.store.entity_rows import listed_as
from storage.store.following import following
from storage.store.guest_rules import written_by_guest
from storage.store.kinds import (
    CHOSEN_ALONE,
    NOTED,
    OWN_HOURS,
    OWN_HOURS_NAMES,
    PRIVATE,
    PRIVATE_NAMES,
    SUPERVISED,
    is_of_cases,
    kind_of,
    parent_id,
)
from storage.store.logged_acts import LoggedAct, logged_acts, safe_detail
from storage.store.reading_rules import (
    agreement_behind,
    agreement_led,
    led,
    listed_alone,
    marks_of,
    supervised,
    writers_of,
)
from storage.store.row_mapping import edited_fields
from storage.store.writing_rules import check, folded, is_sealed_from_the_start, sealed_places, the_one_place
from tests.stand_ins.fake_overviews import FakeOverviews
from tests.stand_ins.fake_work_sums import FakeWorkSums


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass
class MemoryArchive:
    """What several workers' stores share: entities by id and both logs.

    Whoever has a store open is signed in: a coding is released when it is due and its coder is. Close the coder's store
    before the other one is ready, and it is awaited.
    """

    entities: dict = field(default_factory=dict)
    history: list = field(default_factory=list)
    cases: dict = field(default_factory=dict)  # by the id of what is, or was, there
    audit: list = field(default_factory=list)
    signed_in: list = field(default_factory=list)
    released: set = field(default_factory=set)

    def open(self, worker_id: str) -> "MemoryStore":
        return MemoryStore(worker_id, self)

    def release(self) -> None:
        """What is due of those who are signed in."""
        held = (e for e in self.entities.values() if isinstance(e, CodingHeader))
        self.released |= {h.id for h in held if h.coder in self.signed_in and self.is_due(h)}

    def is_due(self, header: CodingHeader) -> bool:
        """Whether a coding that was sealed may be released."""
        return is_due(header, self.headers(header.meeting_id))

    def lies_in_a_file(self, coding_id: str, kind: type) -> bool:
        """Whether what a coding has of a kind would lie in a file of its own: own notes do so for good."""
        if self._one(SupervisionNotebook, coding_id) is not None:
            return True
        header = self.header(coding_id)
        if header is None:
            return False
        return self.is_sealed(header.id) or (kind is PrivateNote and is_sealed_from_the_start(header))

    def is_sealed(self, coding_id: str) -> bool:
        header = self.header(coding_id)
        return header is not None and is_sealed_from_the_start(header) and coding_id not in self.released

    # facts for the rules

    def clips_on(self, recording_id: str) -> tuple[list[Clip], list[ClipCover]]:
        on = [e for e in self.entities.values() if isinstance(e, Clip | ExampleClip) and e.recording_id == recording_id]
        ids = {clip.id for clip in on}
        covers = [e for e in self.entities.values() if isinstance(e, ClipCover)]
        return [c for c in on if isinstance(c, Clip)], [
            c for c in covers if c.recording_id == recording_id or c.clip_id in ids
        ]

    def clip(self, clip_id: str) -> Clip | None:
        return self._one(Clip, clip_id)

    def _one(self, kind, entity_id):
        found = self.entities.get(entity_id)
        return found if isinstance(found, kind) else None

    def meeting(self, meeting_id: str) -> Meeting | None:
        return self._one(Meeting, meeting_id)

    def header(self, coding_id: str) -> CodingHeader | None:
        return self._one(CodingHeader, coding_id)

    def segments(self, meeting_id: str) -> list[Segment]:
        return [e for e in self.entities.values() if isinstance(e, Segment) and e.meeting_id == meeting_id]

    def sample(self, meeting_id: str) -> ReliabilitySample | None:
        held = (e for e in self.entities.values() if isinstance(e, ReliabilitySample))
        return next((e for e in held if e.meeting_id == meeting_id), None)

    def statement(self, statement_id: str) -> Statement | None:
        return self._one(Statement, statement_id)

    def is_fixed(self, statement_id: str) -> bool:
        return any(isinstance(e, FinalStatement) and e.statement_id == statement_id for e in self.entities.values())

    def final(self, statement_id: str) -> FinalStatement | None:
        held = (e for e in self.entities.values() if isinstance(e, FinalStatement))
        return next((e for e in held if e.statement_id == statement_id), None)

    def signatures(self, statement_id: str) -> list[Signature | PaperSignature]:
        held = (e for e in self.entities.values() if isinstance(e, Signature | PaperSignature))
        return [e for e in held if e.statement_id == statement_id]

    def case(self, case_id: str) -> Case | None:
        return self._one(Case, case_id)

    def goal(self, goal_id: str) -> Goal | None:
        return self._one(Goal, goal_id)

    def reviews(self, goal_id: str) -> list[GoalReview]:
        return [e for e in self.entities.values() if isinstance(e, GoalReview) and e.goal_id == goal_id]

    def of_case(self, kind, case_id: str) -> list:
        return [e for e in self.entities.values() if isinstance(e, kind) and e.case_id == case_id]

    def package(self, package_id: str) -> LicensedPackage | None:
        return self._one(LicensedPackage, package_id)

    def plans_with(self, package_id: str) -> bool:
        plans = [e.plan for e in self.entities.values() if isinstance(e, Meeting)]
        plans += [e.tasks for e in self.entities.values() if isinstance(e, PlanTemplate)]
        return any(task.package == package_id for plan in plans for task in plan)

    def of_statement(self, kind, statement_id: str) -> list:
        return [e for e in self.entities.values() if isinstance(e, kind) and e.statement_id == statement_id]

    def recording(self, recording_id: str) -> Recording | None:
        return self._one(Recording, recording_id)

    def _of_coding(self, kind, coding_id: str) -> list:
        return [e for e in self.entities.values() if isinstance(e, kind) and e.coding_id == coding_id]

    def view(self, coding_id: str) -> CommonView | None:
        return next(iter(self._of_coding(CommonView, coding_id)), None)

    def decisions(self, coding_id: str) -> list[Decision]:
        return self._of_coding(Decision, coding_id)

    def common_header(self, coding_id: str) -> CodingHeader | None:
        found = self.header(coding_id)
        return found if found is not None and found.kind == CodingKind.COMMON_VIEW else None

    def reference(self, meeting_id: str) -> Reference | None:
        held = (e for e in self.entities.values() if isinstance(e, Reference))
        return next((r for r in held if r.meeting_id == meeting_id), None)

    def lacks_origins(self, coding_id: str) -> bool:
        held = [e.id for kind in (Observation, Rating) for e in self._of_coding(kind, coding_id)]
        return sorted(held) != sorted(o.part_id for o in self._of_coding(Origin, coding_id))

    def is_cited(self, coding_id: str) -> bool:
        found = (e for e in self.entities.values() if isinstance(e, Evidence) and coding_id in e.coding_ids)
        return any(self.entities[e.statement_id].is_final for e in found)

    def takes_back(self, change: Change) -> bool:
        said = said_of({change.id: change}, edited_fields([change]))[change.id]
        turned = json.loads(said.after), json.loads(said.before)
        return any((e.before, e.after) == turned for _, e in self.history if e.entity_id == change.id)

    def copies(self, recording_id: str) -> frozenset[str]:
        held = (e for e in self.entities.values() if isinstance(e, DerivedFile))
        return frozenset(e.id for e in held if e.recording_id == recording_id)

    def work(self, work_id: str) -> ServiceWork | None:
        return self._one(ServiceWork, work_id)

    def content(self, content_id: str) -> StoredContent | None:
        return self._one(StoredContent, content_id)

    def people(self, case_id: str) -> list:
        return self.of_case(Person, case_id)

    def used(self, content) -> bool:
        if content.kind == "template":
            works = [e for e in self.entities.values() if isinstance(e, ServiceWork)]
            return any(w.content == content.id for w in works)
        held = [e for e in self.entities.values() if isinstance(e, CodingHeader) and e.kind != CodingKind.TRAINING]
        if content.kind in ("scheme", "instrument") and any(self.is_sealed(h.id) for h in held):
            return True  # nobody sees what a sealed coding was made with
        with_it = {("scheme", h.scheme_id, h.scheme_version) for h in held}
        with_it |= {("instrument", h.instrument_id, h.instrument_version) for h in held}
        return (content.kind, content.content_id, content.version) in with_it

    def sent_codings(self, meeting_id: str) -> list[SentCoding]:
        return self._of_meeting(SentCoding, meeting_id)

    def partner_codings(self, meeting_id: str) -> list[PartnerCoding]:
        return self._of_meeting(PartnerCoding, meeting_id)

    def _of_meeting(self, kind, meeting_id: str) -> list:
        return [e for e in self.entities.values() if isinstance(e, kind) and e.meeting_id == meeting_id]

    def headers(self, meeting_id: str) -> tuple[CodingHeader, ...]:
        found = self.meeting(meeting_id)
        return () if found is None else of_pair(self.every_header(meeting_id), found.coders)

    def every_header(self, meeting_id: str) -> list[CodingHeader]:
        return self._of_meeting(CodingHeader, meeting_id)

    def worker(self, worker_id: str) -> Worker | None:
        return self._one(Worker, worker_id)

    # supervision

    def agreement(self, agreement_id: str) -> SupervisionAgreement | None:
        return self._one(SupervisionAgreement, agreement_id)

    def supervision_session(self, session_id: str) -> SupervisionSession | None:
        return self._one(SupervisionSession, session_id)

    def folders(self, session_id: str) -> list[Case]:
        return [e for e in self.entities.values() if isinstance(e, Case) and e.session_id == session_id]

    def folder_above(self, entity, added=None) -> Case | None:
        while entity is not None and not isinstance(entity, Case):
            change = (added or {}).get(parent_id(entity))
            entity = self.entities.get(parent_id(entity)) if change is None else change.entity
        return entity if entity is not None and entity.is_folder else None

    def behind_folder(self, entity, added=None) -> str:
        folder = self.folder_above(entity, added)
        session = None if folder is None else self.supervision_session(folder.session_id)
        if session is None:
            return ""
        return supervised(session.agreement_id) if folder.brought is None else led(session.agreement_id)

    def clip_use(self, use_id: str) -> ClipUse | None:
        return self._one(ClipUse, use_id)

    def keeper_of(self, notebook_id: str) -> str:
        found = self._one(SupervisionNotebook, notebook_id)
        return "" if found is None else found.keeper

    def agreement_of_notes(self, notebook_id: str) -> str:
        found = self._one(SupervisionNotebook, notebook_id)
        return "" if found is None else found.agreement_id

    # hours

    def work_entry(self, entry_id: str) -> WorkEntry | None:
        return self._one(WorkEntry, entry_id)

    def open_entries(self, worker_id: str, first, last) -> list[WorkEntry]:
        held = [e for e in self.entities.values() if isinstance(e, WorkEntry) and e.worker_id == worker_id]
        return [e for e in held if not e.period_id and first <= e.day <= last]

    def periods(self, worker_id: str) -> list[Period]:
        return [e for e in self.entities.values() if isinstance(e, Period) and e.worker_id == worker_id]

    def closed_statistics(self, year, side) -> list[ClosedStatistics]:
        held = [e for e in self.entities.values() if isinstance(e, ClosedStatistics)]
        return [s for s in held if (s.year, s.side) == (year, side)]

    def prices(self, customer: str, product: str) -> list[Price]:
        held = [e for e in self.entities.values() if isinstance(e, Price)]
        return [p for p in held if (p.customer, p.product) == (customer, product)]

    def bases(self) -> list[InvoiceBasis]:
        return [e for e in self.entities.values() if isinstance(e, InvoiceBasis)]

    # guests

    def sight(self, worker_id: str) -> Sight | None:
        """What is open to a worker who is a guest; None for everybody else."""
        found = self.worker(worker_id)
        if found is None or not found.guest:
            return None
        held = [e for e in self.entities.values() if isinstance(e, GuestPass) and e.worker_id == worker_id]
        roles = {p.meeting_id: p.role for p in held if p.in_force(local_day())}
        meetings = [self.entities[m] for m in roles]
        films = [e.id for e in self.entities.values() if isinstance(e, Recording) and e.meeting_id in roles]
        codings = (own_codings(self.headers(m), worker_id, role) for m, role in roles.items())
        givers = {p.given_by for p in held if p.meeting_id in roles}
        return Sight(
            worker_id,
            roles,
            frozenset(m.case_id for m in meetings),
            frozenset(i for m in meetings for i in m.people),
            frozenset(films),
            frozenset(t.task_id for m in meetings for t in m.plan),
            frozenset({*(c for m in meetings for c in m.coders), *givers} - {""}),
            frozenset().union(*codings),
        )


def with_fields(entities: list, fields: dict) -> list:
    """Those whose fields have the value asked for, or one of several."""
    for name, wanted in fields.items():
        some = wanted if isinstance(wanted, tuple) else (wanted,)
        entities = [e for e in entities if getattr(e, name) in some]
    return entities


class MemoryStore(FakeOverviews, FakeWorkSums):
    """The `Store` port in memory, as one worker; with an `archive` shared by several."""

    def __init__(self, worker_id: str, archive: MemoryArchive | None = None) -> None:
        self.archive = archive or MemoryArchive()
        self._me = worker_id
        self._closed = False
        self._viewed: dict[LoggedAct, float] = {}
        self.archive.signed_in.append(worker_id)
        self.archive.release()

    @property
    def me(self) -> str:
        return self._me

    @property
    def worker(self) -> Worker:
        return self.get(Worker, self._me)

    def apply(self, label: str, changes: Sequence[Change], *, act: str = "edit") -> datetime:
        self._open()
        net = folded(changes)
        at = datetime.now(UTC)
        if not net:
            return at
        if (held := self.archive.sight(self._me)) is not None:
            net = written_by_guest(net, held, act, lambda _, entity_id: self.archive.entities.get(entity_id))
        check(net, self._me, self.archive, act)
        the_one_place(sealed_places(net, self.archive.lies_in_a_file))
        along = following(net, self.archive)
        if any(self.archive.entities.get(c.id) != c.before for c in net.values()):
            raise StaleChange
        after = dict(self.archive.entities)
        for change in net.values():
            after.pop(change.id, None)
            if change.after is not None:
                after[change.id] = change.after
        # what hangs on nothing: only what is written can, unless something goes that others hang on
        at_stake = after.values() if any(c.after is None for c in net.values()) else [c.after for c in net.values()]
        parts = (e for e in at_stake if (name := kind_of(type(e)).parent) and getattr(e, name) is not None)
        if any(parent_id(e) not in after for e in parts):
            raise StoreError("broken-reference")
        self.archive.entities = after
        for change in net.values():
            self.archive.cases.setdefault(change.id, self._case_of(change.entity))
        values = self._tell(at, self._me, label, net)
        for worker_id, moved in along.items():
            for change in moved.values():
                self.archive.entities.pop(change.id)
                if change.after is not None:
                    self.archive.entities[change.id] = change.after
            self._tell(at, worker_id, label, moved)
        self._log(at, logged_acts(act, net, values, _digest, lambda e: self.archive.behind_folder(e, net)))
        self.archive.release()
        return datetime.now(UTC)

    def _tell(self, at, worker_id, label, net):
        """Write the history of a step; what was said of each."""
        names = edited_fields(net.values())
        values = said_of(net, names)
        followed = {c.id: followed_by_logs(c.entity) or self.archive.behind_folder(c.entity, net) for c in net.values()}
        codings = set(followed.values())
        for change in net.values():
            coding_id = followed[change.id]
            shown = "" if any(codings) and len(codings) > 1 and not coding_id else label
            said = values[change.id]
            states = json.loads(said.before), json.loads(said.after)
            entry = HistoryEntry(at, worker_id, shown, said.kind, said.id, *states)
            self.archive.history.append((coding_id, entry))
        return values

    def _log(self, at: datetime, acts: Sequence[LoggedAct]) -> None:
        for done in acts:
            entry = AuditEntry(0, at, self._me, done.act, done.object_kind, done.object_id, done.detail)
            self.archive.audit.append((done.coding_id, entry))

    def _case_of(self, entity) -> str:
        while entity is not None and not isinstance(entity, Case):
            entity = self.archive.entities.get(parent_id(entity))
        return "" if entity is None else entity.id

    def get(self, kind, entity_id):
        self._open()
        found = self.archive.entities.get(entity_id)
        seen = self._shown(found, self.archive.sight(self._me), self.sees_coding) if isinstance(found, kind) else None
        if seen is None:
            raise StoreError("not-found", kind=kind_of(kind).name)
        return seen

    def find(self, kind, /, **fields):
        self._open()
        held = self.archive.sight(self._me)
        found = [e for e in self.archive.entities.values() if isinstance(e, kind)]
        if held is None:  # a guest sees some things with other fields than they have
            found = with_fields(found, fields)
        sees = cache(self.sees_coding)  # the same for all parts of a coding
        seen = (self._shown(e, held, sees) for e in found)
        found = with_fields([e for e in seen if e is not None], fields)
        if listed_alone(kind, fields):
            found = [e for e in found if self.archive.folder_above(e) is None]
        return tuple(sorted(found, key=lambda e: e.id))

    def cases(self, limit: int, after: Case | None = None, *, mine: bool = False) -> tuple[Case, ...]:
        def key(case):
            return case.closed is not None, *listed_as(case), case.id

        held = [c for c in self.find(Case) if not mine or self._me in (c.lead, c.partner)]
        return tuple(sorted((c for c in held if after is None or key(c) > key(after)), key=key)[:limit])

    def meetings(self, limit: int, before: Meeting | None = None, *, days=None, mine: bool = False):
        def key(meeting):
            return *listed_as(meeting), meeting.id

        own = {c.id for c in self.cases(len(self.archive.entities), mine=mine)}
        held = [m for m in self.find(Meeting) if m.case_id in own and (before is None or key(m) < key(before))]
        some = [m for m in held if days is None or days.begin <= m.held < days.end]
        return tuple(sorted(some, key=key, reverse=True)[:limit])

    def has(self, kind, /, **fields) -> bool:
        return bool(self.find(kind, **fields))

    def is_code_name_taken(self, name: str, case_id: str = "") -> bool:
        return self.archive.sight(self._me) is None and any(
            c.code_name.strip().casefold() == name.strip().casefold() for c in self.find(Case) if c.id != case_id
        )

    def coding_states(self, meeting_id: str, reading: int = FIRST_READING) -> dict[str, CodingState]:
        return own_states(self.archive.headers(meeting_id), reading) if self._reaches(meeting_id) else {}

    def awaited(self, meeting_id: str, reading: int = FIRST_READING) -> tuple[str, ...]:
        if not self._reaches(meeting_id):
            return ()
        held = [h for h in self.archive.headers(meeting_id) if h.kind == CodingKind.OWN and h.reading == reading]
        return tuple(sorted(h.coder for h in held if self.archive.is_due(h) and self.archive.is_sealed(h.id)))

    def pairs_of(self, meeting_ids, reading: int = FIRST_READING) -> dict[str, PairGlance]:
        found = {m: PairGlance(self.coding_states(m, reading), self.awaited(m, reading)) for m in meeting_ids}
        return {m: glance for m, glance in found.items() if glance.states}

    def films_of(self, meeting_ids) -> dict[str, tuple[FilmGlance, ...]]:
        found = {m: self.find(Recording, meeting_id=m, erased=None) for m in meeting_ids}
        return {m: tuple(FilmGlance(m, f.closed_from_use) for f in films) for m, films in found.items() if films}

    def history(self, entity_id: str) -> tuple[HistoryEntry, ...]:
        self._open()
        held = self.archive.sight(self._me)
        return tuple(
            e
            for coding_id, e in self.archive.history
            if e.entity_id == entity_id
            and self._told_of(coding_id, e, held)
            and (
                e.worker_id == self._me
                or (self.sees_coding(coding_id) and e.kind not in PRIVATE_NAMES | OWN_HOURS_NAMES)
            )
        )

    def note(self, act: str, kind, object_id: str, detail: str = "") -> None:
        self._open()
        found = self.archive.entities.get(object_id)
        coding_id = coding_of(found) if found is not None else ""
        if kind in (Meeting, Recording):
            meeting_id = getattr(found, "meeting_id", object_id)
            codings = [e for e in self.archive.entities.values() if isinstance(e, CodingHeader)]
            mine = (c.id for c in codings if c.meeting_id == meeting_id and c.coder == self._me)
            coding_id = coding_id or next(mine, "")
        if kind in SUPERVISED:
            coding_id = followed_by_logs(found) if found is not None else marks_of(self._me)
        elif not coding_id and found is not None:
            coding_id = self.archive.behind_folder(found)
        done = LoggedAct(act, kind_of(kind).name, object_id, safe_detail(detail, _digest), coding_id)
        now = time.monotonic()
        if act == "view" and now - self._viewed.get(done, -60.0) < 60.0:
            return
        self._viewed[done] = now
        self._log(datetime.now(UTC), [done])

    def audit_log(self, object_id: str | None = None, *, acts: Collection[str] = ()) -> tuple[AuditEntry, ...]:
        self._open()
        is_guest = self.archive.sight(self._me) is not None
        open_to = (lambda _: False) if is_guest else self.sees_coding
        seen = [e for coding_id, e in self.archive.audit if e.worker_id == self._me or open_to(coding_id)]
        numbered = (
            AuditEntry(n, e.at, e.worker_id, e.act, e.object_kind, e.object_id, e.detail)
            for n, e in enumerate(seen, start=1)
        )
        wanted = (e for e in numbered if object_id is None or e.object_id == object_id)
        return tuple(e for e in wanted if not acts or e.act in acts)

    def audit_of_case(self, case_id: str, days=None) -> tuple[AuditEntry, ...]:
        of_it = {i for i, case in self.archive.cases.items() if case == case_id} | {case_id}
        rows = [e for e in self.audit_log() if e.object_id in of_it]
        within = (e for e in rows if days is None or days.begin <= e.at < days.end)
        return tuple(replace(e, number=n) for n, e in enumerate(within, start=1))

    def verify(self) -> tuple[str, ...]:
        self._open()
        return ()

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self.archive.signed_in.remove(self._me)

    def _open(self) -> None:
        if self._closed:
            raise StoreError("closed")

    def _reaches(self, meeting_id: str) -> bool:
        held = self.archive.sight(self._me)
        meeting = self.archive.meeting(meeting_id)
        return self._is_this_side(meeting) if held is None else meeting_id in held.meetings

    def _is_this_side(self, entity) -> bool:
        """Whether a thing is there that may lie in the folder of a recorded session."""
        if entity is None:
            return True
        folder = self.archive.folder_above(entity)
        if folder is None or folder.brought is None:
            return self.sees_coding(self.archive.behind_folder(entity))
        held = self.archive.agreement(self.archive.supervision_session(folder.session_id).agreement_id)
        return held.supervisor == self._me or held.is_own_of(self._me, folder.bringer)

    def _told_of(self, coding_id: str, entry: HistoryEntry, held: Sight | None) -> bool:
        if held is None or coding_id in held.codings:
            return True
        return not coding_id and entry.worker_id == self._me and self.archive.cases[entry.entity_id] in held.cases

    def _shown(self, entity, held, sees):
        """An entity as it is there for the worker, or None; `sees` tells which codings the worker sees."""
        if not self._seen(entity, sees):
            return None
        return entity if held is None else shown(entity, held)

    def _seen(self, entity, sees) -> bool:
        return self._is_outside_folders(entity) and self._is_open(entity, sees)

    def _is_outside_folders(self, entity) -> bool:
        about = self.archive.case(entity.case_id) if isinstance(entity, Erasure) else entity
        return about is None or not is_of_cases(type(about)) or self._is_this_side(about)

    def _is_open(self, entity, sees) -> bool:
        if isinstance(entity, CHOSEN_ALONE):
            headers = self.archive.headers(entity.meeting_id)
            return is_clip_open_among(entity.by, headers, entity.meeting_id, self._me)
        if isinstance(entity, SUPERVISED):
            return self._is_behind_own_wall(entity)
        if isinstance(entity, NOTED):
            return self.archive.keeper_of(coding_of(entity)) == self._me
        if isinstance(entity, OWN_HOURS):
            return self._me in (entity.worker_id, getattr(entity, "partner_id", ""))
        if not isinstance(entity, PRIVATE):
            return not belongs(type(entity)) or sees(coding_of(entity))
        header = self.archive.header(coding_of(entity))
        return self._me == (parent_id(entity) if header is None else header.coder)

    def _is_behind_own_wall(self, entity) -> bool:
        held = self.archive.agreement(entity.id if isinstance(entity, SupervisionAgreement) else parent_id(entity))
        if held is None or not held.is_read_by(self._me):
            return False
        if isinstance(entity, GoalRating | ClipUse) and not held.is_read_whole_by(self._me):
            return held.is_own_of(self._me, entity.asker if isinstance(entity, ClipUse) else entity.supervisee_id)
        return not isinstance(entity, Reflection) or entity.is_read_by(self._me, held.supervisor)

    def sees_coding(self, coding_id: str) -> bool:
        if not coding_id:
            return True
        if agreement_id := agreement_led(coding_id) or agreement_behind(coding_id):
            held = self.archive.agreement(agreement_id)
            is_led = bool(agreement_led(coding_id))
            return held is not None and (held.supervisor == self._me if is_led else held.is_read_whole_by(self._me))
        if coding_id.startswith(writers_of("")):
            meeting_id = coding_id.removeprefix(writers_of(""))
            if not self._is_this_side(self.archive.meeting(meeting_id)):
                return False
            return are_writers_told_among(self.archive.headers(meeting_id), meeting_id)
        header = self.archive.header(coding_id)
        if (
            header is None
            or not self._is_this_side(header)
            or (header.coder != self._me and self.archive.is_sealed(header.id))
        ):
            return False
        return is_open_among(header, self.archive.headers(header.meeting_id), self._me)
