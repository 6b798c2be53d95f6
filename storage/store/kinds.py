"""What the archive keeps: every kind of entity, its table's name and what it is a part of. Nothing here knows SQL."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from app.model.apart import KeptApart
from app.model.billing import InvoiceBasis, Price
from app.model.calibration import Calibration
from app.model.change import Entity
from app.model.circumstance import Circumstance
from app.model.closed_statistics import ClosedStatistics
from app.model.coding import CodingHeader
from app.model.commission import Commission
from app.model.common_view import CommonView, Origin
from app.model.consent import Consent, ConsentForm, ControllerDecision
from app.model.cover import ClipCover
from app.model.decision import Decision
from app.model.erasure import Erasure, MadeBackup
from app.model.exchange import PartnerCoding, SentCoding
from app.model.feedback import Clip, ClipWords, FeedbackTalk
from app.model.filming import FilmingEvent, LiveMark, OpenRecording, Talk
from app.model.final_statement import FinalStatement
from app.model.goal import Goal, GoalReview
from app.model.guests import GuestPass
from app.model.hold import Hold
from app.model.hours import Period, WorkEntry
from app.model.letterhead import Letterhead
from app.model.licensed import LicensedPackage
from app.model.meeting import Meeting, Segment
from app.model.meeting_note import MeetingNote
from app.model.observation import Bookmark, Mark, Observation
from app.model.package import TakenPackage
from app.model.partner_key import PartnerKey
from app.model.people import Case, Person, Worker
from app.model.plan import OwnTask, PlanTemplate
from app.model.private_note import PrivateNote
from app.model.rating import Rating
from app.model.reading import Reading
from app.model.recording import DerivedFile, Recording
from app.model.redaction import RedactedCopy, Redaction
from app.model.reliability_sample import ReliabilitySample
from app.model.request import Request
from app.model.retention import CaseRule, OfficeRule
from app.model.service_feedback import ServiceFeedback
from app.model.service_work import FormRow, ServiceWork
from app.model.showing import Showing
from app.model.signature import PaperSignature, Signature
from app.model.statement import ApprovedText, Evidence, Paragraph, Statement
from app.model.statement_delivery import StatementDelivery
from app.model.stored import ContentDraft, ContentTerms, ExampleClip, StoredContent
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.model.supervision_course import GoalRating, SupervisionEvaluation
from app.model.supervision_film import ClipUse, Reflection
from app.model.supervision_note import SupervisionNote, SupervisionNotebook
from app.model.training import Reference, TrainingResult
from app.model.utterance import Utterance
from app.model.writing_aids import MarginComment, OwnWord, TextBlock


@dataclass(frozen=True, slots=True)
class EntityKind:
    """One kind of entity: `name` is its table and its word in both logs, `parent` the field of what it belongs to.

    Where that field may be None, some belong to nothing.

    There is never more than one with the same values in the fields `one_per`. Where there are very many, `sorted_by` is
    the field by which they are listed: words without regard to case, moments by time. `found_by` are
    fields that lead to few of them.
    """

    name: str
    entity: type
    parent: str = ""
    parent_kind: type | None = None
    one_per: tuple[str, ...] = ()
    sorted_by: str = ""
    found_by: tuple[str, ...] = ()


KINDS = (
    EntityKind("worker", Worker),
    EntityKind("calibration", Calibration, "worker_id", Worker),
    EntityKind("partner_key", PartnerKey, "worker_id", Worker),
    EntityKind("training_result", TrainingResult, "worker_id", Worker),
    EntityKind("work_entry", WorkEntry, "worker_id", Worker, found_by=("partner_id", "of_id")),
    EntityKind("work_period", Period, "worker_id", Worker),
    EntityKind("price", Price),
    EntityKind("invoice_basis", InvoiceBasis, one_per=("number",)),
    EntityKind("closed_statistics", ClosedStatistics),
    EntityKind("stored_content", StoredContent),
    EntityKind("content_draft", ContentDraft),
    EntityKind("content_terms", ContentTerms),
    EntityKind("plan_template", PlanTemplate),
    EntityKind("own_task", OwnTask),
    EntityKind("licensed_package", LicensedPackage),
    EntityKind("office_rule", OfficeRule),
    EntityKind("own_word", OwnWord),
    EntityKind("text_block", TextBlock),
    EntityKind("letterhead", Letterhead),
    EntityKind("client_case", Case, sorted_by="code_name", found_by=("lead", "partner")),
    EntityKind("person", Person, "case_id", Case),
    EntityKind("kept_apart", KeptApart, "case_id", Case),
    EntityKind("circumstance", Circumstance, "case_id", Case),
    EntityKind("showing", Showing, "case_id", Case),
    EntityKind("commission", Commission, "case_id", Case, found_by=("ordered",)),
    EntityKind("consent", Consent, "case_id", Case),
    EntityKind("consent_form", ConsentForm, "case_id", Case),
    EntityKind("controller_decision", ControllerDecision, "case_id", Case),
    EntityKind("request", Request, "case_id", Case),
    EntityKind("hold", Hold, "case_id", Case),
    EntityKind("case_rule", CaseRule, "case_id", Case),
    EntityKind("goal", Goal, "case_id", Case),
    EntityKind("goal_review", GoalReview, "goal_id", Goal),
    EntityKind("service_feedback", ServiceFeedback, "case_id", Case),
    EntityKind("meeting", Meeting, "case_id", Case, sorted_by="held"),
    EntityKind("meeting_note", MeetingNote, "meeting_id", Meeting),
    EntityKind("guest_pass", GuestPass, "meeting_id", Meeting, found_by=("worker_id",)),
    EntityKind("taken_package", TakenPackage, "meeting_id", Meeting),
    EntityKind("reliability_sample", ReliabilitySample, "meeting_id", Meeting, one_per=("meeting_id",)),
    EntityKind("sent_coding", SentCoding, "meeting_id", Meeting),
    EntityKind("partner_coding", PartnerCoding, "meeting_id", Meeting),
    EntityKind("segment", Segment, "meeting_id", Meeting),
    EntityKind("recording", Recording, "meeting_id", Meeting),
    EntityKind("derived_file", DerivedFile, "recording_id", Recording),
    EntityKind("example_clip", ExampleClip, "recording_id", Recording),
    EntityKind("clip", Clip, "recording_id", Recording, found_by=("meeting_id",)),
    EntityKind("clip_cover", ClipCover, "recording_id", Recording, one_per=("clip_id", "recording_id", "by")),
    EntityKind("open_recording", OpenRecording, "meeting_id", Meeting),
    EntityKind("live_mark", LiveMark, "meeting_id", Meeting),
    EntityKind("filming_event", FilmingEvent, "meeting_id", Meeting),
    EntityKind("talk", Talk, "meeting_id", Meeting),
    EntityKind("utterance", Utterance, "meeting_id", Meeting),
    EntityKind("coding", CodingHeader, "meeting_id", Meeting, one_per=("meeting_id", "coder", "kind", "reading")),
    EntityKind("observation", Observation, "coding_id", CodingHeader),
    EntityKind("mark", Mark, "coding_id", CodingHeader),
    EntityKind("rating", Rating, "coding_id", CodingHeader),
    EntityKind("bookmark", Bookmark, "coding_id", CodingHeader),
    EntityKind("private_note", PrivateNote, "coding_id", CodingHeader),
    EntityKind("common_view", CommonView, "coding_id", CodingHeader, one_per=("coding_id",)),
    EntityKind("decision", Decision, "coding_id", CodingHeader),
    EntityKind("origin", Origin, "coding_id", CodingHeader),
    EntityKind("reference", Reference, "meeting_id", Meeting, one_per=("meeting_id",)),
    EntityKind("feedback_talk", FeedbackTalk, "case_id", Case),
    EntityKind("clip_words", ClipWords, "talk_id", FeedbackTalk),
    EntityKind("service_work", ServiceWork, "case_id", Case, found_by=("template_id",)),
    EntityKind("form_row", FormRow, "work_id", ServiceWork),
    EntityKind("statement", Statement, "case_id", Case),
    EntityKind("paragraph", Paragraph, "statement_id", Statement),
    EntityKind("evidence", Evidence, "statement_id", Statement),
    EntityKind("approved_text", ApprovedText, "statement_id", Statement),
    EntityKind("reading", Reading, "statement_id", Statement),
    EntityKind("margin_comment", MarginComment, "statement_id", Statement),
    EntityKind("final_statement", FinalStatement, "statement_id", Statement),
    EntityKind("signature", Signature, "statement_id", Statement),
    EntityKind("paper_signature", PaperSignature, "statement_id", Statement),
    EntityKind("redaction", Redaction, "statement_id", Statement),
    EntityKind("redacted_copy", RedactedCopy, "statement_id", Statement),
    EntityKind("statement_delivery", StatementDelivery, "statement_id", Statement),
    EntityKind("supervision_agreement", SupervisionAgreement, found_by=("supervisor",)),
    EntityKind("supervision_session", SupervisionSession, "agreement_id", SupervisionAgreement),
    EntityKind(
        "goal_rating",
        GoalRating,
        "agreement_id",
        SupervisionAgreement,
        one_per=("agreement_id", "goal_id", "supervisee_id", "phase"),
    ),
    EntityKind("supervision_evaluation", SupervisionEvaluation, "agreement_id", SupervisionAgreement),
    EntityKind("clip_use", ClipUse, "agreement_id", SupervisionAgreement, found_by=("clip_id",)),
    EntityKind("reflection", Reflection, "agreement_id", SupervisionAgreement),
    EntityKind(
        "supervision_notebook", SupervisionNotebook, "agreement_id", SupervisionAgreement, one_per=("agreement_id",)
    ),
    EntityKind("supervision_note", SupervisionNote, "notebook_id", SupervisionNotebook),
    EntityKind("erasure", Erasure),
    EntityKind("made_backup", MadeBackup),
)
_BY_TYPE = {kind.entity: kind for kind in KINDS}
_BY_CLASS = {kind.entity.__name__: kind.name for kind in KINDS}

#: what only its own worker ever sees, by the field that leads to the worker
PRIVATE = (PrivateNote, Calibration, TrainingResult)
#: a worker's own hours; an entry is read by the partner too, who confirms it. All else anybody gets of them is sums
OWN_HOURS = (WorkEntry, Period)
OWN_HOURS_NAMES = frozenset(kind.name for kind in KINDS if kind.entity in OWN_HOURS)
PRIVATE_NAMES = frozenset(kind.name for kind in KINDS if kind.entity in PRIVATE)
#: what only a common view has, which both workers make together: it never lies in a file of one of them
TOGETHER = (CommonView, Decision, Origin)
#: what both workers write of a meeting while each codes alone: who did, and when, is told when both codings are open
WRITTEN_BY_BOTH = (Utterance,)
#: what is its chooser's alone until the codings of its meeting are open, by the fields of its meeting and chooser
CHOSEN_ALONE = (Clip, ClipCover)
#: the far side of the wall: what only the supervisor finds, and whom the agreement names (`reading_rules`)
SUPERVISED = (SupervisionAgreement, SupervisionSession, GoalRating, SupervisionEvaluation, ClipUse, Reflection)
#: a supervisor's own notes: they lie in sealed files of their own for good, and never in the archive's tables
NOTED = (SupervisionNotebook, SupervisionNote)
#: what stands and falls with a version of a statement
WRITTEN = (Paragraph, Evidence)
#: what has a container that nothing else can be made from: it is in every backup, and *verify* reads it
CONTAINED = (Recording, FinalStatement, Signature, RedactedCopy, ConsentForm)
#: what has a key of its own under the archive's: another key for the archive is another lock for each of these
LOCKED = tuple(kind.entity for kind in KINDS if "wrapped_key" in {field.name for field in fields(kind.entity)})


def kind_of(entity: type) -> EntityKind:
    """The kind of a class of entities; a class that is not kept is a bug (KeyError)."""
    return _BY_TYPE[entity]


def word_of(logged: str) -> str:
    """The word of a kind as it stands in a row of the access log; some older rows say the class's name instead."""
    return _BY_CLASS.get(logged, logged)


def parent_id(entity: Entity) -> str:
    """The id of what `entity` belongs to; empty for what stands alone."""
    field = _BY_TYPE[type(entity)].parent
    return str(getattr(entity, field) or "") if field else ""


@cache
def is_of_cases(kind: type) -> bool:
    """Whether things of a kind are cases, or lie under one by way of whatever is between."""
    above = kind_of(kind).parent_kind
    return kind is Case or (above is not None and is_of_cases(above))
