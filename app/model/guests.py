"""Guests (*vieraskirjautuminen*): who may code one meeting until a day, and what such a worker reads and writes.

The county's worker, a substitute, a student: each has a sign-in of the own, which is good for the meeting of a pass
and no longer than its last day. What a guest reads is said here, kind by kind, and a kind that is not named is not
there for a guest. What a guest writes is the own coding and what coding needs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from app.model.calibration import Calibration
from app.model.change import Change, Entity
from app.model.coding import CodingHeader, CodingKind, CodingPlace
from app.model.common_view import CommonView
from app.model.consent import Consent, ControllerDecision, Purpose
from app.model.filming import FilmingEvent, LiveMark, OpenRecording
from app.model.independence import is_open_among
from app.model.meeting import Meeting, Segment
from app.model.observation import Bookmark, Mark, Observation
from app.model.package import TakenPackage
from app.model.people import Case, Person, Worker
from app.model.plan import OwnTask
from app.model.private_note import PrivateNote
from app.model.rating import Rating
from app.model.recording import DerivedFile, Recording
from app.model.reliability_sample import ReliabilitySample
from app.model.stored import ContentKind, ContentTerms, StoredContent
from app.model.training import Reference, TrainingResult
from app.model.utterance import Utterance

#: the longest that a pass is given, or prolonged, at a time
LONGEST = timedelta(days=366)


class GuestRole(StrEnum):
    """As whom a guest codes."""

    COUNTY = "county"  # the county's own worker, one of the pair
    SUBSTITUTE = "substitute"  # in an absent coder's place, one of the pair
    STUDENT = "student"  # learns, and is never one of the pair


#: who is one of the meeting's two coders
OF_THE_PAIR = (GuestRole.COUNTY, GuestRole.SUBSTITUTE)


@dataclass(frozen=True, slots=True)
class GuestPass:
    """Lets a guest (`worker_id`) code one meeting to the end of the day `until`; given by a worker who has the meeting.

    `ended` is the moment at which it was ended before that. It stays on record with its meeting. In whose place a guest
    codes is the meeting's to say: `Meeting.coders`, and `Meeting.set_aside` when a coding had been begun.
    """

    id: str
    meeting_id: str
    worker_id: str
    role: GuestRole
    until: date
    given_by: str
    given: datetime
    ended: datetime | None = None

    def in_force(self, day: date) -> bool:
        return self.ended is None and day <= self.until

    @property
    def last_day(self) -> date:
        """The last day on which it was good."""
        return self.until if self.ended is None else min(self.until, self.ended.astimezone().date())


# what is read


@dataclass(frozen=True, slots=True)
class Sight:
    """What a guest's passes open, as ids. Empty sets: there is nothing to be read, and nothing to be written."""

    worker: str
    roles: Mapping[str, GuestRole]  # by meeting id
    cases: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    films: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    workers: frozenset[str] = frozenset()
    codings: frozenset[str] = frozenset()

    @property
    def meetings(self) -> frozenset[str]:
        return frozenset(self.roles)

    @property
    def own(self) -> frozenset[str]:
        return frozenset((self.worker,))

    @property
    def everybody(self) -> frozenset[str]:
        """Whose names are told: the guest's own, the coders', and whoever gave the pass and can be asked."""
        return self.workers | self.own


#: of each kind that a guest reads: the field, and which of the sets of `Sight` it must be in; empty for all of the kind
REACH: Mapping[type, tuple[str, str]] = {
    Worker: ("id", "everybody"),
    Calibration: ("worker_id", "own"),
    TrainingResult: ("worker_id", "own"),
    StoredContent: ("", ""),
    ContentTerms: ("", ""),
    OwnTask: ("id", "tasks"),
    Case: ("id", "cases"),
    Person: ("id", "people"),
    Consent: ("person_id", "people"),
    ControllerDecision: ("person_id", "people"),
    Meeting: ("id", "meetings"),
    TakenPackage: ("meeting_id", "meetings"),
    ReliabilitySample: ("meeting_id", "meetings"),
    Segment: ("meeting_id", "meetings"),
    Recording: ("meeting_id", "meetings"),
    DerivedFile: ("recording_id", "films"),
    OpenRecording: ("meeting_id", "meetings"),
    LiveMark: ("meeting_id", "meetings"),
    FilmingEvent: ("meeting_id", "meetings"),
    Utterance: ("meeting_id", "meetings"),
    Reference: ("meeting_id", "meetings"),
    GuestPass: ("worker_id", "own"),
    CodingHeader: ("id", "codings"),
    Observation: ("coding_id", "codings"),
    Mark: ("coding_id", "codings"),
    Rating: ("coding_id", "codings"),
    Bookmark: ("coding_id", "codings"),
    PrivateNote: ("coding_id", "codings"),
}
#: of consents nothing but whether the film may be used: for these purposes, from when to when
FOR_USE = frozenset((Purpose.FILMING, Purpose.TRAINING, Purpose.REFERENCE_FILM))


def reached(kind: type, sight: Sight) -> Collection[str] | None:
    """The values that the field of `REACH` may have for this guest; None for all of the kind."""
    _, within = REACH.get(kind, ("id", "nothing"))
    if not within:
        return None
    found: Collection[str] = getattr(sight, within, frozenset())
    return found


def shown(entity: Entity, sight: Sight) -> Entity | None:
    """An entity as a guest reads it: whole, bared to what coding needs, or not at all."""
    if type(entity) not in REACH:
        return None
    field, within = REACH[type(entity)]
    if within and getattr(entity, field) not in getattr(sight, within):
        return None
    bare = BARED.get(type(entity))
    return entity if bare is None else bare(entity, sight)


def _bare_worker(worker: Worker, sight: Sight) -> Worker:
    return worker if worker.id == sight.worker else Worker(worker.id, worker.name)


def _bare_case(case: Case, _: Sight) -> Case:
    return Case(case.id, case.code_name, case.lead, case.partner, purpose=case.purpose)


def _bare_person(person: Person, _: Sight) -> Person:
    bare = Person(person.id, person.case_id, person.role, person.called, language=person.language)
    return replace(bare, interpreter=person.interpreter, interpreter_language=person.interpreter_language)


def _bare_consent(consent: Consent, _: Sight) -> Consent | None:
    named = (consent.id, consent.case_id, consent.person_id, consent.purpose, consent.given)
    return Consent(*named, consent.until, consent.withdrawn) if consent.purpose in FOR_USE else None


def _bare_decision(decision: ControllerDecision, _: Sight) -> ControllerDecision | None:
    return replace(decision, decided_by="", ground="") if decision.purpose in FOR_USE else None


def _bare_mark(mark: LiveMark, _: Sight) -> LiveMark:
    return replace(mark, text="")  # what a worker wrote while filming


def _bare_meeting(meeting: Meeting, _: Sight) -> Meeting:
    """Whether a place may be told stands in what a guest does not read: so it is told to none."""
    return replace(meeting, place="")


def _bare_recording(film: Recording, _: Sight) -> Recording:
    """As of a meeting: nor the room in which the camera stood."""
    return replace(film, stood="")


#: of these a guest reads less than there is: they are sought by what is shown of them
BARED: Mapping[type, Callable[[Any, Sight], Entity | None]] = {
    Worker: _bare_worker,
    Case: _bare_case,
    Person: _bare_person,
    Consent: _bare_consent,
    ControllerDecision: _bare_decision,
    LiveMark: _bare_mark,
    Meeting: _bare_meeting,
    Recording: _bare_recording,
}


def as_kept(change: Change, held: Any, sight: Sight) -> Change:
    """A guest's change of what a guest reads bared, made to `held` as it is kept: what was bared stays as it is.

    Where what was read is no longer so the change is as it came, and stale.
    """
    bare = BARED.get(change.kind)
    before: Any = change.before
    after: Any = change.after
    if bare is None or held is None or before is None or after is None or bare(held, sight) != before:
        return change
    said = {f.name: getattr(after, f.name) for f in fields(after) if getattr(after, f.name) != getattr(before, f.name)}
    return Change(held, replace(held, **said))


def own_codings(places: Iterable[CodingPlace | CodingHeader], worker_id: str, role: GuestRole) -> frozenset[str]:
    """Ids of the codings of one meeting that are there for a guest: the own, and for a student what it learns by.

    The pair's common view is named as a reference (`Reference`), and compared with once the own coding is ready.
    """
    all_ = tuple(places)
    mine = {p.id for p in all_ if p.coder == worker_id}
    if role != GuestRole.STUDENT:
        return frozenset(mine)
    common = (p for p in all_ if p.kind == CodingKind.COMMON_VIEW and is_open_among(p, all_, worker_id))
    return frozenset(mine | {p.id for p in common})


# what is written


def may_write(change: Change, sight: Sight, *, begun: Collection[str], confirms: bool) -> bool:
    """Whether a guest may make a change at all; what the other rules say of it they say besides.

    `begun` are the ids of the codings that the same step begins. `confirms`: the step is a confirmation of the pair's
    common view, which both of the pair give.
    """
    entity = change.entity
    match entity:
        case CodingHeader() | CommonView() if confirms:
            may = change.before is not None
        case CodingHeader():
            may = entity.coder == sight.worker and entity.kind == _CODED_AS.get(sight.roles.get(entity.meeting_id))
        case Observation() | Mark() | Rating() | Bookmark() | PrivateNote():
            may = entity.coding_id in sight.codings or entity.coding_id in begun
        case Segment() | Utterance():
            may = sight.roles.get(entity.meeting_id) in OF_THE_PAIR
        case DerivedFile():
            may = entity.recording_id in sight.films
        case Calibration() | TrainingResult():
            may = entity.worker_id == sight.worker
        case StoredContent():
            may = change.before is None and entity.kind in (ContentKind.SCHEME, ContentKind.INSTRUMENT)
        case Meeting():
            may = entity.id in sight.roles and _agrees_only(change)
        case _:
            may = False
    return may


#: what a guest's own coding is, by the role
_CODED_AS: Mapping[GuestRole | None, CodingKind] = {
    GuestRole.COUNTY: CodingKind.OWN,
    GuestRole.SUBSTITUTE: CodingKind.OWN,
    GuestRole.STUDENT: CodingKind.TRAINING,
}


def _agrees_only(change: Change) -> bool:
    """Whether of a meeting only that changes with what it is coded: the first of the pair to begin says it."""
    before, after = change.before, change.after
    if not isinstance(before, Meeting) or not isinstance(after, Meeting):
        return False
    said = (before.scheme, after.scheme), (before.instrument, after.instrument)
    return all(was in ("", now) for was, now in said) and after == replace(
        before, scheme=after.scheme, instrument=after.instrument
    )
