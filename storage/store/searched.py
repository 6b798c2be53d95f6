"""What of each kind can be searched: its fields' words, and the group in which it is found. Nothing here knows SQL.

A kind that is not named here is not searched. What is said of one adult is told apart by that adult's id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from app.model.change import Entity
from app.model.coding import CodingHeader, CodingState
from app.model.commission import PICKED, Commission
from app.model.consent import Consent, ControllerDecision
from app.model.feedback import Clip, ClipWords, FeedbackTalk
from app.model.filming import LiveMark, Talk
from app.model.goal import Goal, GoalReview
from app.model.hold import Hold
from app.model.meeting import Meeting
from app.model.meeting_note import MeetingNote
from app.model.observation import Mark, Observation
from app.model.people import Case, Person
from app.model.plan import OwnTask, PlanTemplate
from app.model.rating import Rating
from app.model.reading import Reading
from app.model.request import Request
from app.model.service_feedback import ServiceFeedback
from app.model.service_work import FormRow, ServiceWork
from app.model.showing import Showing
from app.model.sought import Area, Side
from app.model.statement import Paragraph, Run, Statement
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.model.supervision_course import SupervisionEvaluation
from app.model.supervision_film import ClipUse
from app.model.utterance import Utterance, without_private
from app.model.writing_aids import MarginComment
from storage.store import picked_words
from storage.store.kinds import SUPERVISED, kind_of

#: the fields of a value within a value that are words
_WITHIN = ("text", "title", "words", "name", "called", "who", "note")


@dataclass(frozen=True, slots=True)
class Searched:
    """The fields with the words of a kind; `leaves` says what of them may be found, of most all.

    `picked` are fields with the list that their values may be picked from: these are found in every language.
    """

    area: Area
    fields: tuple[str, ...]
    leaves: Callable[[str], str] = str
    picked: Mapping[str, str] = field(default_factory=dict)


SEARCHED: Mapping[type[Entity], Searched] = {
    Case: Searched(Area.CASES, ("code_name", "note")),
    Person: Searched(Area.PEOPLE, ("called", "name", "note")),
    Showing: Searched(Area.PEOPLE, ("contact", "distress", "no")),
    Commission: Searched(
        Area.COMMISSIONS,
        (
            "commissioner",
            "unit",
            "social_worker",
            "decision",
            "assessment",
            "service_task",
            "legal_context",
            "agreement",
            "controller",
            "organiser",
            "basis",
            "worker_role",
            "leading_worker",
            "producer",
            "county_worker",
            "return_rule",
            "law_deadline",
            "steps",
            "deadline",
            "questions",
            "sources",
        ),
        picked=PICKED,
    ),
    Request: Searched(
        Area.COMMISSIONS,
        ("arrived", "asked_by", "about", "ground", "decided_by", "left_out", "to_turn_to", "handed"),
    ),
    Goal: Searched(Area.COMMISSIONS, ("words", "levels", "ended_words")),
    GoalReview: Searched(Area.COMMISSIONS, ("day", "who", "own_words", "worker_words")),
    ServiceFeedback: Searched(Area.COMMISSIONS, ("near", "answers")),
    Hold: Searched(Area.COMMISSIONS, ("since", "ground")),
    Consent: Searched(Area.CONSENTS, ("given", "form_version", "explained_by", "given_by_other")),
    ControllerDecision: Searched(Area.CONSENTS, ("decided", "decided_by", "ground")),
    Meeting: Searched(Area.MEETINGS, ("held", "place", "why")),
    MeetingNote: Searched(Area.MEETINGS, ("who", "text")),
    Talk: Searched(Area.MEETINGS, ("child_where", "answers")),
    LiveMark: Searched(Area.FILMS, ("text",)),
    Utterance: Searched(Area.FILMS, ("text",), without_private),
    Observation: Searched(Area.FILMS, ("note",)),
    Mark: Searched(Area.FILMS, ("text",)),
    Rating: Searched(Area.FILMS, ("reason",)),
    Clip: Searched(Area.FEEDBACK, ("title", "look_at", "question", "why")),
    FeedbackTalk: Searched(
        Area.FEEDBACK, ("at", "question", "situation", "working_point", "next_film", "present", "how")
    ),
    ClipWords: Searched(Area.FEEDBACK, ("words", "step")),
    Reading: Searched(Area.STATEMENTS, ("told", "comments")),
    Paragraph: Searched(Area.STATEMENTS, ("runs", "cells")),
    MarginComment: Searched(Area.STATEMENTS, ("text", "answers")),
    ServiceWork: Searched(Area.SERVICES, ("called", "customer", "roles", "approvals", "closed_why")),
    FormRow: Searched(Area.SERVICES, ("written",)),
    OwnTask: Searched(Area.TASKS, ("name", "text", "materials")),
    PlanTemplate: Searched(Area.TASKS, ("name",)),
    SupervisionAgreement: Searched(
        Area.SUPERVISION, ("title", "customer", "payer", "supervisees", "goals", "place", "exploring", "ending")
    ),
    SupervisionSession: Searched(
        Area.SUPERVISION, ("at", "place", "themes", "question", "agenda", "agreed", "takeaways", "why")
    ),
    SupervisionEvaluation: Searched(Area.SUPERVISION, ("words", "decision")),
    ClipUse: Searched(Area.SUPERVISION, ("question", "takeaway")),
}

#: the field that leads to the adult whom a thing is about; what has none is about the one its whole is about
ABOUT: Mapping[type, str] = {
    Person: "id",
    Request: "person_id",
    Goal: "person_id",
    Consent: "person_id",
    ControllerDecision: "person_id",
    Talk: "person_id",
    FeedbackTalk: "person_id",
    MeetingNote: "person_id",
    Reading: "person_id",
    Meeting: "adult_id",
    Statement: "adult",
}

#: goes up with every change of what stands above and of the index itself: an older one is made anew
INDEX_VERSION = "9"


def side_of(kind: type[Entity]) -> Side:
    """On which side of the wall a kind is found."""
    return Side.SUPERVISION if kind in SUPERVISED else Side.CLIENTS


def stands_on(above: Sequence[Entity]) -> Side:
    """The same of a thing, by what it lies under, itself first: a service is on the side of its template."""
    work = next((one for one in above if isinstance(one, ServiceWork)), None)
    return side_of(type(above[0])) if work is None else work.side


def is_in_folder(above: Sequence[Entity]) -> bool:
    """Whether a thing lies under the folder of a recorded session: nothing of that is searched, on either side."""
    return any(isinstance(one, Case) and one.is_folder for one in above)


def words(kind: type[Entity], value_of: Callable[[str], Any]) -> str:
    """What of a thing is searched, in one line; `value_of` gives the value of a field."""
    searched = SEARCHED[kind]
    said = (_of_field(searched, name, value_of(name)) for name in searched.fields)
    return " ".join(searched.leaves(" · ".join(part for part in said if part)).split())


def words_in(entity: Entity) -> str:
    """What of an entity is searched; empty for a kind that is not."""
    return words(type(entity), lambda name: getattr(entity, name)) if type(entity) in SEARCHED else ""


def is_part_of_coding(kind: type[Entity]) -> bool:
    """Whether a kind is found only once its coding is ready."""
    return kind_of(kind).parent_kind is CodingHeader


def is_ready(header: CodingHeader | None) -> bool:
    """Nothing of a draft is found, whoever makes it."""
    return header is not None and header.state == CodingState.READY


def _of_field(searched: Searched, name: str, value: Any) -> str:
    table = searched.picked.get(name)
    return _said(value) if table is None or not value else picked_words.searched(table, value)


def _said(value: Any) -> str:
    """The words of a value: days as they are written, lists and values within it one after another."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _day(value.astimezone().date())
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, tuple):
        between = "" if value and isinstance(value[0], Run) else " "
        return between.join(_said(one) for one in value)
    if is_dataclass(value):
        return " ".join(getattr(value, f.name) for f in fields(value) if f.name in _WITHIN)
    return str(value)


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
