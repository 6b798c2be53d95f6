"""Who may change and see what: the rules that the store keeps for every worker, over values only.

Every store goes through these, whatever it keeps its entities in. What may be seen is `app.model.independence`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from app.errors import NotAllowed, StaleChange
from app.model.billing import InvoiceBasis, Price
from app.model.calibration import Calibration
from app.model.change import Change
from app.model.closed_statistics import ClosedStatistics
from app.model.coding import FIRST_READING, CodingHeader, CodingKind, CodingPlace, CodingState
from app.model.consent import ConsentForm
from app.model.cover import ClipCover
from app.model.day import local_day
from app.model.erasure import Erasure
from app.model.exchange import PartnerCoding, SentCoding, in_force
from app.model.feedback import Clip, ClipWords
from app.model.final_statement import FinalStatement
from app.model.goal import Goal, GoalReview
from app.model.guests import GuestPass
from app.model.hold import Hold
from app.model.hours import Period, WorkEntry
from app.model.independence import both_ready, own_states
from app.model.licensed import LicensedPackage
from app.model.meeting import Meeting, Segment
from app.model.meeting_note import LEFT_TO_CODING, MeetingNote
from app.model.package import TakenPackage
from app.model.partner_key import PartnerKey
from app.model.people import Worker
from app.model.plan import PlanTemplate
from app.model.reading import Reading
from app.model.recording import Again, DerivedFile, Recording
from app.model.redaction import RedactedCopy, Redaction
from app.model.reliability_sample import ReliabilitySample
from app.model.service_feedback import ServiceFeedback
from app.model.service_work import FormRow, ServiceWork
from app.model.showing import Showing
from app.model.signature import PaperSignature, Signature
from app.model.statement import ApprovedText, Statement
from app.model.statement_delivery import StatementDelivery
from app.model.stored import ContentDraft, ContentTerms, ExampleClip, StoredContent
from app.model.supervision_note import SupervisionNotebook
from app.model.training import Reference, TrainingResult
from app.model.writing_aids import MarginComment, OwnWord
from storage.store.billing_rules import BillingFacts, BillingRules
from storage.store.clip_rules import ClipRules
from storage.store.coding_rows import CODED, coding_of
from storage.store.common_view_rules import CommonFacts, CommonRules, is_common
from storage.store.copy_rules import CopyFacts, CopyRules
from storage.store.delivery_rules import DeliveryFacts, DeliveryRules
from storage.store.feedback_rules import check_feedback
from storage.store.folder_rules import FolderFacts, FolderRules
from storage.store.goal_rules import GoalFacts, GoalRules
from storage.store.guest_rules import GuestFacts, GuestRules
from storage.store.hours_rules import HoursFacts, HoursRules
from storage.store.kept_rules import check_hold, check_showing
from storage.store.kinds import NOTED, PRIVATE, SUPERVISED, WRITTEN, parent_id
from storage.store.plan_rules import PlanFacts, PlanRules
from storage.store.refusing import refuse
from storage.store.sample_rules import SampleFacts, SampleRules
from storage.store.service_rules import ServiceFacts, ServiceRules
from storage.store.signature_rules import SignatureFacts, SignatureRules
from storage.store.statement_rules import StatementFacts, StatementRules
from storage.store.supervision_rules import SupervisionFacts, SupervisionRules
from storage.store.training_rules import TrainingFacts, TrainingRules, is_training
from storage.store.writing_aid_rules import WritingAidRules

#: acts of steps that take in what came from another computer
_OF_TAKING_IN = frozenset({"package-taken-in", "partner-coding-taken-in", "partner-coding-opened"})
#: what never goes over to another whole
_PARTS = frozenset((*CODED, *WRITTEN, Segment))


class _OfStatements(StatementFacts, SignatureFacts, CopyFacts, DeliveryFacts, Protocol):
    """What the rules of statements ask."""


class _OfWork(
    PlanFacts,
    SampleFacts,
    TrainingFacts,
    GuestFacts,
    GoalFacts,
    SupervisionFacts,
    FolderFacts,
    HoursFacts,
    ServiceFacts,
    BillingFacts,
    Protocol,
):
    """What the rules of meetings, people, services, hours and supervision ask."""


class Facts(CommonFacts, _OfWork, _OfStatements, Protocol):
    """The archive as it is before the step, without anybody's rule of independence."""

    def recording(self, recording_id: str) -> Recording | None: ...
    def clip(self, clip_id: str) -> Clip | None: ...
    def sent_codings(self, meeting_id: str) -> Sequence[SentCoding]: ...
    def partner_codings(self, meeting_id: str) -> Sequence[PartnerCoding]: ...
    def copies(self, recording_id: str) -> frozenset[str]: ...  # ids of what was made from a film
    def used(self, content: StoredContent) -> bool: ...  # also while any coding is sealed: nobody sees with what


def folded(changes: Iterable[Change]) -> dict[str, Change]:
    """One change per entity, from its first *before* to its last *after*. Raises StaleChange for a broken chain."""
    net: dict[str, Change | None] = {}  # None: came and went within the step, and was never there
    for change in changes:
        key = change.id
        if key not in net:
            net[key] = change
            continue
        earlier = net[key]
        first, last = (earlier.before, earlier.after) if earlier else (None, None)
        if last != change.before:
            raise StaleChange
        net[key] = None if first is None and change.after is None else Change(first, change.after)
    return {key: change for key, change in net.items() if change is not None}


def ready_act(change: Change) -> str:
    """`ready` or `ready-taken-back` when a change of a coding's header is that, else empty."""
    before, after = change.before, change.after
    if not isinstance(after, CodingHeader) or is_common(after):
        return ""  # a common view is confirmed, and its step says so
    was = isinstance(before, CodingHeader) and before.state == CodingState.READY
    now = after.state == CodingState.READY
    return ("ready" if now else "ready-taken-back") if was != now else ""


def sealed_places(net: Mapping[str, Change], lies_in_file: Callable[[str, type], bool]) -> set[str]:
    """The sealed codings that a step touches, by their ids, and an empty id when it touches the archive.

    `lies_in_file` says of a coding that is there whether what it has of a kind lies in a file of its own.
    """
    begun = {c.id: is_sealed_from_the_start(c.after) for c in net.values() if c.before is None}
    places = set()
    for change in net.values():
        coding_id = coding_of(change.entity)
        in_file = bool(coding_id) and (begun.get(coding_id) or lies_in_file(coding_id, change.kind))
        places.add(coding_id if in_file else "")
    return places


def the_one_place(places: set[str]) -> str:
    """The sealed coding whose step it is, or an empty id for a step of the archive.

    A coding that is sealed has a file of its own, and nothing makes two files change as one: a step that touches two of
    them, or one and the archive, is a bug of whoever takes it (AssertionError).
    """
    if len(places) > 1:
        raise AssertionError("a step touches one sealed coding, or none")
    return next(iter(places))


def is_sealed_from_the_start(entity: object) -> bool:
    """Whether this is a coding that its coder makes alone: the common view is the pair's and everybody's at once.

    A supervisor's own notes are so, too.
    """
    is_coding = isinstance(entity, CodingHeader) and entity.kind != CodingKind.COMMON_VIEW
    return is_coding or isinstance(entity, SupervisionNotebook)


def check(net: Mapping[str, Change], worker_id: str, facts: Facts, act: str = "edit") -> None:
    """Raises NotAllowed, with the rule as its key, when `worker_id` may not make these changes in such a step."""
    step = _Step(net, worker_id, facts, act)
    for change in net.values():
        step.check(change)


class _Step:
    """One step under examination. What its own changes add counts as there; all else is as the archive has it."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: Facts, act: str) -> None:
        self._worker = worker_id
        self._act = act
        self._facts = facts
        self._net = net
        self._common = CommonRules(net, worker_id, facts, act)
        self._samples = SampleRules(net, worker_id, facts)
        self._plans = PlanRules(net, worker_id, facts)
        self._training = TrainingRules(net, worker_id, facts)
        goals = GoalRules(net, worker_id, facts)
        self._guests = GuestRules(net, worker_id, facts, local_day())
        self._statements = StatementRules(net, worker_id, facts, act)
        self._aids = WritingAidRules(net, worker_id, facts)
        self._signatures = SignatureRules(net, worker_id, facts)
        self._clips = ClipRules(net, worker_id, facts)
        self._hours = HoursRules(net, worker_id, facts)
        billing = BillingRules(net, worker_id, facts)
        self._copies = CopyRules(net, worker_id, facts, self._statements)
        self._supervision = SupervisionRules(net, worker_id, facts, act)
        self._folders = FolderRules(net, worker_id, facts)
        self._services = ServiceRules(net, facts, act)
        self._deliveries = DeliveryRules(net, worker_id, facts, self._statements)
        #: kinds whose rules stand in a module of their own
        self._own_rules: dict[type, Callable[[Change], None]] = {
            ReliabilitySample: self._samples.check,
            TrainingResult: self._training.check,
            Reference: self._training.check,
            MeetingNote: self._check_note,
            Goal: goals.check_goal,
            GoalReview: goals.check_review,
            ServiceFeedback: partial(check_feedback, worker_id=worker_id),
            GuestPass: self._guests.check_pass,
            Worker: self._guests.check_worker,
            LicensedPackage: self._plans.check_package,
            PlanTemplate: self._plans.check_template,
            Statement: self._check_statement,
            FinalStatement: self._statements.check_final,
            ApprovedText: self._statements.check_approved,
            Reading: self._statements.check_reading,
            Showing: check_showing,
            MarginComment: self._aids.check_comment,
            OwnWord: self._aids.check_word,
            Clip: self._clips.check,
            ClipCover: self._clips.check_cover,
            ClipWords: self._clips.check_words,
            WorkEntry: self._hours.check,
            Period: self._hours.check,
            ClosedStatistics: self._hours.check_statistics,
            Price: billing.check_price,
            InvoiceBasis: billing.check_basis,
            Signature: self._signatures.check,
            PaperSignature: self._signatures.check,
            Redaction: self._copies.check_redaction,
            RedactedCopy: self._copies.check_copy,
            StatementDelivery: self._deliveries.check,
            **dict.fromkeys((*SUPERVISED, *NOTED), self._supervision.check),
            ServiceWork: self._services.check_work,
            FormRow: self._services.check_row,
        }
        self._checked_codings: set[tuple[str, bool]] = set()

    def _check_statement(self, change: Change) -> None:
        self._statements.check_statement(change)
        if isinstance(change.after, Statement):
            before = change.before if isinstance(change.before, Statement) else None
            self._signatures.check_stage(before, change.after)
            self._deliveries.check_stage(before, change.after)

    def check(self, change: Change) -> None:
        kind, before, after = change.kind, change.before, change.after
        self._folders.check(change)
        whole = parent_id(change.entity) if kind in _PARTS else ""
        if before is not None and after is not None and kind in _PARTS:
            refuse(parent_id(before) != whole, "moved")
        if kind in CODED:
            self._check_part(change, whole)
        elif kind in WRITTEN:
            self._statements.check_written(change, whole)
        elif issubclass(kind, CodingHeader):
            self._check_header(change)
        elif issubclass(kind, Segment):
            own = () if self._only_renames(change) else self._own(parent_id(change.entity))
            refuse(any(h.state == CodingState.READY for h in own), "segments-locked")
            self._plans.check_segment(change)
        elif issubclass(kind, Meeting):
            self._check_meeting(change)
        elif issubclass(kind, Erasure | Recording | DerivedFile | Hold):
            self._check_kept(change)
        else:
            self._check_content(change)

    def _only_renames(self, change: Change) -> bool:
        """Whether two entries of a person become one, and a task is done by the one that stays."""
        before, after = change.before, change.after
        if self._act != "merged" or not isinstance(before, Segment) or not isinstance(after, Segment):
            return False
        return replace(before, people=after.people) == after

    def _check_kept(self, change: Change) -> None:
        """What is kept from erasing, and what was erased, stays so."""
        if change.kind is Hold:
            check_hold(change)
        else:
            self._check_erased(change)

    def _check_erased(self, change: Change) -> None:
        """No step erases or writes a certificate: `storage/erasing` does. And nothing of an erased film comes back."""
        refuse(change.kind is Erasure, "erasing-is-no-step")
        before, after = change.before, change.after
        if isinstance(before, Recording):
            refuse(before.is_erased, "film-erased")
            has_its_key = isinstance(after, Recording) and after.wrapped_key == before.wrapped_key
            refuse(not has_its_key, "erasing-is-no-step")
        if isinstance(after, Recording):
            refuse(after.is_erased, "film-erased")
            self._check_replaced(before if isinstance(before, Recording) else None, after)
        elif isinstance(after, DerivedFile):
            self._refuse_erased(after.recording_id)

    def _check_replaced(self, before: Recording | None, after: Recording) -> None:
        """Another film in a film's place says so, and what was made from the one before goes in the same step."""
        if before is None:
            refuse(bool(after.replaced), "film-replaced-unsaid")
            return
        if _file_of(before) == _file_of(after):
            refuse(before.replaced != after.replaced, "film-replaced-unsaid")
            return
        said = after.replaced[-1] if after.replaced else None
        refuse(said is None or after.replaced[:-1] != before.replaced, "film-replaced-unsaid")
        assert said is not None
        was = (said.sha256, said.size, said.offset, said.drift_ppm)
        is_told = was == (before.sha256, before.size, before.offset, before.drift_ppm)
        refuse(not is_told or said.container not in ("", before.container), "film-replaced-unsaid")
        refuse(said.worker_id != self._worker or not said.is_close(), "film-replaced-unsaid")
        if said.how == Again.BYTES:
            refuse(_seen_in(before) != _seen_in(after), "film-replaced-unsaid")
            return
        gone = {c.id for c in self._net.values() if c.kind is DerivedFile and c.after is None}
        refuse(not self._facts.copies(after.id) <= gone, "film-copies-of-other")

    def _refuse_erased(self, recording_id: str) -> None:
        film = self._facts.recording(recording_id)
        refuse(film is not None and film.is_erased, "film-erased")

    def _check_content(self, change: Change) -> None:
        before, after = change.before, change.after
        if (rules := self._own_rules.get(change.kind)) is not None:
            rules(change)
        elif isinstance(change.entity, Calibration):
            refuse(parent_id(change.entity) != self._worker, "calibration-not-yours")
        elif isinstance(change.entity, PartnerKey):
            self._check_partner_key(before, after)
        elif isinstance(change.entity, SentCoding):
            self._check_sent(before, after)
        elif isinstance(change.entity, TakenPackage | PartnerCoding):
            # only taking in says what was taken in, and it stays said
            refuse(self._act not in _OF_TAKING_IN or not self._stays(change), "taken-in-is-no-step")
        elif isinstance(before, ConsentForm):
            refuse(after is not None, "form-fixed")
        elif isinstance(before, StoredContent):
            # a version stays what it is, and stays as long as a coding or a piece of work was made with it
            refuse(after is not None or self._facts.used(before), "content-fixed")
        elif isinstance(before, ContentDraft | ContentTerms) and isinstance(after, ContentDraft | ContentTerms):
            refuse((before.kind, before.content_id) != (after.kind, after.content_id), "moved")
        elif isinstance(after, ExampleClip):
            self._refuse_erased(after.recording_id)
            film = self._facts.recording(after.recording_id) or self._added(after.recording_id, Recording)
            states = own_states(self._facts.headers(film.meeting_id)) if isinstance(film, Recording) else {}
            # where one codes alone, a clip with its code would tell the other what was seen there
            refuse(bool(states) and not both_ready(states) and not self._follows_film(change), "example-not-open")

    def _check_note(self, change: Change) -> None:
        """What is seen on a film is coded, each alone; and nobody writes in another's name."""
        before, after = change.before, change.after
        if not isinstance(after, MeetingNote):
            return
        whose = before.worker_id if isinstance(before, MeetingNote) else self._worker
        refuse(after.worker_id != whose, "note-of-another")
        meeting = self._facts.meeting(after.meeting_id) or self._added(after.meeting_id, Meeting)
        is_coded = isinstance(meeting, Meeting) and meeting.is_filmed
        refuse(is_coded and after.kind in LEFT_TO_CODING, "note-left-to-coding")

    def _check_partner_key(self, before: object, after: object) -> None:
        """Each makes sure of a partner's key alone, and for good: it only ends, and is there to be read afterward."""
        for key in (before, after):
            refuse(isinstance(key, PartnerKey) and key.worker_id != self._worker, "partner-key-not-yours")
        if isinstance(before, PartnerKey):
            ends = isinstance(after, PartnerKey) and after == replace(before, ended=after.ended)
            refuse(not ends or not before.is_in_use, "partner-key-fixed")

    def _stays(self, change: Change) -> bool:
        """Whether what was taken in is added, opened, or is a coding in whose place one comes that was sent later."""
        before, after = change.before, change.after
        if before is None:
            return True
        if not isinstance(before, PartnerCoding) or before.opened is not None:
            return False
        if isinstance(after, PartnerCoding):
            return after == replace(before, opened=after.opened)
        coming = (c.after for c in self._net.values() if c.before is None)
        return any(isinstance(one, PartnerCoding) and one.meeting_id == before.meeting_id for one in coming)

    def _check_sent(self, before: object, after: object) -> None:
        """What is sent is one's own ready coding, one at a time; then it is withdrawn, or its key made, each once."""
        if not isinstance(after, SentCoding):
            raise NotAllowed("sent-coding-fixed")
        place = self._facts.header(after.coding_id)
        is_mine = place is not None and place.coder == self._worker and place.kind == CodingKind.OWN
        refuse(not is_mine, "coding-not-yours")
        if not isinstance(before, SentCoding):
            assert place is not None
            refuse(place.state != CodingState.READY or place.meeting_id != after.meeting_id, "coding-not-ready")
            refuse(after.withdrawn is not None or bool(after.key_for), "sent-coding-fixed")
            refuse(in_force(self._mine_sent(after)) is not None, "coding-sent")
            return
        theirs = [one.commitment for one in self._facts.partner_codings(after.meeting_id)]
        if before.withdrawn is not None or before.key_for:
            raise NotAllowed("sent-coding-fixed")
        if after == replace(before, withdrawn=after.withdrawn):
            refuse(bool(theirs), "both-ready")
        elif after == replace(before, key_for=after.key_for):
            refuse(after.key_for not in theirs, "key-before-coding")
        else:
            raise NotAllowed("sent-coding-fixed")

    def _mine_sent(self, new: SentCoding) -> list[SentCoding]:
        return [one for one in self._facts.sent_codings(new.meeting_id) if one.coding_id == new.coding_id]

    def _follows_film(self, change: Change) -> bool:
        """Whether a clip only gets other times because its film was replaced by one whose clock is another."""
        before, after = change.before, change.after
        assert isinstance(after, ExampleClip)
        now = self._net.get(after.recording_id)
        if now is None or not isinstance(before, ExampleClip):
            return False
        was, film = now.before, now.after
        if not isinstance(was, Recording) or not isinstance(film, Recording) or was.replaced == film.replaced:
            return False
        return after == before.on_other(was, film)

    def _check_part(self, change: Change, coding_id: str) -> None:
        is_private = change.kind in PRIVATE
        self._check_coded(coding_id, fixed=not is_private)
        self._common.check_kind(change.kind, coding_id)
        if not is_private and is_common(self._facts.header(coding_id) or self._added(coding_id, CodingHeader)):
            self._common.check_part(change, coding_id)

    def _check_coded(self, coding_id: str, *, fixed: bool) -> None:
        """`fixed` parts no longer change once the coding is ready; a coder's own notes do, and end, at any time."""
        if (coding_id, fixed) in self._checked_codings:
            return
        header = self._facts.header(coding_id) or self._added(coding_id, CodingHeader)
        # what is another's and what is not there look the same
        if not isinstance(header, CodingHeader | CodingPlace) or not self._may_change(header, fixed=fixed):
            raise NotAllowed("coding-not-yours")
        held = self._facts.header(coding_id)
        # of a common view what both confirmed is held by that: `common_view_rules`
        is_ready = held is not None and held.state == CodingState.READY and not is_common(held)
        refuse(fixed and is_ready, "coding-ready")
        self._checked_codings.add((coding_id, fixed))

    def _is_set_aside(self, header: CodingHeader) -> bool:
        """Whether another codes in its coder's place: it waits as it is, neither ready nor gone."""
        meeting = self._facts.meeting(header.meeting_id) if header.kind == CodingKind.OWN else None
        return meeting is not None and header.coder not in meeting.coders

    def _may_change(self, header: CodingPlace | CodingHeader, *, fixed: bool) -> bool:
        """A coding is its coder's; of a common view all but own notes is the pair's."""
        is_the_pairs = fixed and is_common(header)
        return self._common.is_of_the_pair(header) if is_the_pairs else header.coder == self._worker

    def _check_header(self, change: Change) -> None:
        before, after = change.before, change.after
        if isinstance(before, CodingHeader) and is_common(before):
            refuse(isinstance(after, CodingHeader) and _place(before) != _place(after), "moved")
            self._common.check_header(before, after if isinstance(after, CodingHeader) else None)
            return
        for header in (before, after):
            refuse(isinstance(header, CodingHeader) and header.coder != self._worker, "coding-not-yours")
        moves = isinstance(before, CodingHeader) and (after is None or before.state != getattr(after, "state", None))
        refuse(isinstance(before, CodingHeader) and moves and self._is_set_aside(before), "coding-set-aside")
        if not isinstance(before, CodingHeader):
            assert isinstance(after, CodingHeader)
            self._check_new_header(after)
            refuse(is_common(after) and after.state == CodingState.READY, "not-both-confirmed")
            if after.state == CodingState.READY:
                self._check_cover(after)
            return
        held = self._facts.header(before.id)
        ready = held is not None and held.state == CodingState.READY
        if not ready and isinstance(after, CodingHeader) and after.state == CodingState.READY:
            self._check_cover(after)
        if not isinstance(after, CodingHeader):
            refuse(ready, "coding-ready")
            return
        refuse(_place(before) != _place(after), "moved")
        if is_training(before):
            self._training.check_goes_on(before, after)
        if ready:
            taken_back = replace(before, state=CodingState.DRAFT, ready_at=None, checksum="")
            refuse(replace(after, ready_at=None, checksum="") != taken_back, "coding-ready")
            is_reference = before.kind == CodingKind.REFERENCE
            sent = (one for one in self._facts.sent_codings(before.meeting_id) if one.coding_id == before.id)
            refuse(in_force(sent) is not None, "coding-sent")
            # a reference waits for the pair's first reading, all else for its own
            refuse(self._is_open(replace(before, reading=FIRST_READING) if is_reference else before), "both-ready")

    def _check_new_header(self, header: CodingHeader) -> None:
        """An own coding and the common view are the pair's; anybody may make a reference of a film, or learn by one.

        A recoded copy is kept nowhere: whoever tries is a bug (AssertionError).
        """
        assert header.kind != CodingKind.RECODED, "nobody coded it"
        meeting = self._facts.meeting(header.meeting_id) or self._added(header.meeting_id, Meeting)
        is_a_coder = isinstance(meeting, Meeting) and header.coder in meeting.coders
        is_anybodys = header.kind in (CodingKind.REFERENCE, CodingKind.TRAINING)
        refuse(meeting is None or not (is_a_coder or is_anybodys), "not-a-coder")
        if is_training(header):
            self._training.check_begun(header)
        elif header.kind == CodingKind.COMMON_VIEW:
            refuse(not self._is_open(header), "pair-not-ready")
        elif header.kind == CodingKind.OWN and header.reading > FIRST_READING:
            refuse(not self._is_open(replace(header, reading=header.reading - 1)), "pair-not-ready")
            self._check_agreed(header)
        added = (c.after for c in self._net.values() if c.before is None and c.id != header.id)
        others = [*self._facts.headers(header.meeting_id), *(e for e in added if isinstance(e, CodingHeader))]
        refuse(any(_stands_in_the_way(h, header) for h in others), "coding-exists")

    def _check_cover(self, header: CodingHeader) -> None:
        """Ready is what was looked at: an empty coding would open the other's to somebody who looked at nothing."""
        self._check_agreed(header)
        segments = self._facts.segments(header.meeting_id)
        unmarked = set(header.chosen) - {s.number for s in segments}
        chosen = [s for s in segments if not header.chosen or s.number in header.chosen]
        is_covered = any(s.start < s.end for s in header.covered) and all(map(header.covers, chosen))
        refuse(bool(unmarked) or not is_covered, "not-covered")
        self._samples.check_cover(header)

    def _check_agreed(self, header: CodingHeader) -> None:
        """A reading anew is of what both agreed on in the one before: it waits while that common view is open."""
        if header.kind != CodingKind.OWN or header.reading == FIRST_READING:
            return
        before = (h for h in self._facts.headers(header.meeting_id) if is_common(h) and h.reading == header.reading - 1)
        refuse(not any(h.state == CodingState.READY for h in before), "second-common-view-open")

    def _is_open(self, header: CodingHeader) -> bool:
        """Whether both own codings of this one's meeting and reading are ready."""
        return both_ready(own_states(self._facts.headers(header.meeting_id), header.reading))

    def _own(self, meeting_id: str) -> tuple[CodingPlace | CodingHeader, ...]:
        """The pair's codings of a meeting, of any reading: nothing else binds the pair."""
        return tuple(h for h in self._facts.headers(meeting_id) if h.kind == CodingKind.OWN)

    def _check_meeting(self, change: Change) -> None:
        before, after = change.before, change.after
        if isinstance(before, Meeting) and isinstance(after, Meeting):
            self._guests.check_coders(before, after)
        self._samples.check_plan(before, after)
        if (
            isinstance(after, Meeting) and self._act not in _OF_TAKING_IN
        ):  # what came in a package was planned elsewhere
            self._plans.check(change)

    def _added(self, entity_id: str, kind: type) -> object:
        change = self._net.get(entity_id)
        return change.after if change is not None and change.before is None and isinstance(change.after, kind) else None


def _file_of(film: Recording) -> tuple[str, int, str]:
    """Which bytes a film is, and where they lie."""
    return film.sha256, film.size, film.container


def _seen_in(film: Recording) -> tuple[object, ...]:
    """What stays as it is when the same bytes lie in another container."""
    return film.sha256, film.size, film.facts, film.offset, film.drift_ppm, film.index


def _place(header: CodingPlace | CodingHeader) -> tuple[str, CodingKind, int]:
    """Of what a coding is one: that never changes."""
    return header.meeting_id, header.kind, header.reading


def _stands_in_the_way(held: CodingPlace | CodingHeader, new: CodingHeader) -> bool:
    """Whether there is a coding of this place already: each coder's own, and of common views one for both."""
    is_shared = new.kind == CodingKind.COMMON_VIEW
    return _place(held) == _place(new) and (is_shared or held.coder == new.coder)
