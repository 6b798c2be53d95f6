"""What the archive keeps: every kind of entity, its table's name and what it is a part of. Nothing here knows SQL."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.calibration import Calibration
from app.model.change import Entity
from app.model.coding import CodingHeader
from app.model.commission import Commission
from app.model.consent import Consent, ControllerDecision
from app.model.filming import FilmingEvent, LiveMark, OpenRecording, Talk
from app.model.final_statement import FinalStatement
from app.model.meeting import Meeting, Segment
from app.model.observation import Bookmark, Mark, Observation
from app.model.people import Case, Person, Worker
from app.model.private_note import PrivateNote
from app.model.rating import Rating
from app.model.recording import DerivedFile, Recording
from app.model.statement import Evidence, Paragraph, Statement
from app.model.stored import ContentDraft, ContentTerms, ExampleClip, StoredContent


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entity: `name` is its table and its word in both logs, `parent` the field of what it belongs to.

    There is never more than one with the same values in the fields `one_per`.
    """

    name: str
    entity: type
    parent: str = ""
    parent_kind: type | None = None
    one_per: tuple[str, ...] = ()


KINDS = (
    Kind("worker", Worker),
    Kind("calibration", Calibration, "worker_id", Worker),
    Kind("stored_content", StoredContent),
    Kind("content_draft", ContentDraft),
    Kind("content_terms", ContentTerms),
    Kind("client_case", Case),
    Kind("person", Person, "case_id", Case),
    Kind("commission", Commission, "case_id", Case),
    Kind("consent", Consent, "case_id", Case),
    Kind("controller_decision", ControllerDecision, "case_id", Case),
    Kind("meeting", Meeting, "case_id", Case),
    Kind("segment", Segment, "meeting_id", Meeting),
    Kind("recording", Recording, "meeting_id", Meeting),
    Kind("derived_file", DerivedFile, "recording_id", Recording),
    Kind("example_clip", ExampleClip, "recording_id", Recording),
    Kind("open_recording", OpenRecording, "meeting_id", Meeting),
    Kind("live_mark", LiveMark, "meeting_id", Meeting),
    Kind("filming_event", FilmingEvent, "meeting_id", Meeting),
    Kind("talk", Talk, "meeting_id", Meeting),
    Kind("coding", CodingHeader, "meeting_id", Meeting, one_per=("meeting_id", "coder", "kind", "reading")),
    Kind("observation", Observation, "coding_id", CodingHeader),
    Kind("mark", Mark, "coding_id", CodingHeader),
    Kind("rating", Rating, "coding_id", CodingHeader),
    Kind("bookmark", Bookmark, "coding_id", CodingHeader),
    Kind("private_note", PrivateNote, "coding_id", CodingHeader),
    Kind("statement", Statement, "case_id", Case),
    Kind("paragraph", Paragraph, "statement_id", Statement),
    Kind("evidence", Evidence, "statement_id", Statement),
    Kind("final_statement", FinalStatement, "statement_id", Statement),
)
_BY_TYPE = {kind.entity: kind for kind in KINDS}
_BY_CLASS = {kind.entity.__name__: kind.name for kind in KINDS}

#: what only its own worker ever sees, by the field that leads to the worker
PRIVATE = (PrivateNote, Calibration)
PRIVATE_NAMES = frozenset(kind.name for kind in KINDS if kind.entity in PRIVATE)
#: what stands and falls with a version of a statement
WRITTEN = (Paragraph, Evidence)
#: what has a container that nothing else can be made from: it is in every backup, and *verify* reads it
CONTAINED = (Recording, FinalStatement)


def kind_of(entity: type) -> Kind:
    """The kind of a class of entities; a class that is not kept is a bug (KeyError)."""
    return _BY_TYPE[entity]


def word_of(logged: str) -> str:
    """The word of a kind as it stands in a row of the access log; some older rows say the class's name instead."""
    return _BY_CLASS.get(logged, logged)


def parent_id(entity: Entity) -> str:
    """The id of what `entity` belongs to; empty for what stands alone."""
    field = _BY_TYPE[type(entity)].parent
    return str(getattr(entity, field)) if field else ""
