"""Supervision (työnohjaus, domain 6): the agreement that it rests on, and its sessions.

It belongs to no client's case. Between it and client work stands a wall, which the store keeps: what is here is found
by the supervisor and by whom the agreement names as its readers, and by nobody else; nothing of client work lies
here. What crosses is a clip to which its client consented (`app.model.supervision_film`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.model.hold import Keeping
from app.model.meeting import Delivery, Outcome

#: usual figures (domain 6): weeks between sessions, minutes of one, how many
WEEKS, MINUTES, PLANNED = 4, 90, 10
#: more than these in a group is not wished
GROUP_AT_MOST = 8


class SupervisionForm(StrEnum):
    """Who is supervised."""

    INDIVIDUAL = "individual"
    PAIR = "pair"
    GROUP = "group"
    TEAM = "team"
    LEADER = "leader"
    FAMILY = "family"


class AgreementState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"
    ENDED = "ended"


class PayerLine(StrEnum):
    """One line of what the payer is told; what is not named here nobody tells."""

    DATES = "dates"  # the days and how long
    HOURS = "hours"
    CANCELLED = "cancelled"  # what was cancelled or missed, and what is invoiced of it
    PRESENT = "present"  # how many were there, no names
    NAMES = "names"  # who was there
    THEMES = "themes"
    GOALS = "goals"  # their words
    COURSE = "course"  # how the middle rating of each goal went
    EVALUATION = "evaluation"


#: what a payer is told when nobody says otherwise
USUAL_LINES = (PayerLine.DATES, PayerLine.HOURS, PayerLine.CANCELLED, PayerLine.PRESENT)


class PricePer(StrEnum):
    """What a price is of."""

    SESSION = "session"
    HOUR = "hour"
    UNIT = "unit"  # of 45 minutes
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Supervisee:
    """Who is supervised: a professional, or one of a family; never a person of a case.

    `called` is the name that is used here, `role` what they do.
    Who came later or left has a day for it (`joined`, `left`).
    """

    id: str
    called: str
    role: str = ""
    joined: date | None = None
    left: date | None = None

    def belongs_on(self, day: date) -> bool:
        """Whether a session of `day` is this one's, too."""
        return (self.joined is None or self.joined <= day) and (self.left is None or day <= self.left)


#: between the worker and the supervisee of an own sign-in
_AS = "/"


def sign_in(worker_id: str, supervisee_id: str) -> str:
    """How an agreement writes that a supervisee has a worker's own sign-in: a text that a table can be asked for."""
    return f"{worker_id}{_AS}{supervisee_id}"


@dataclass(frozen=True, slots=True)
class SupervisionGoal:
    """A goal in the supervisees' own words; rated by each of them (`GoalRating`)."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class CancellationRule:
    """Cancelled `days` before or earlier costs nothing; later, or not coming, the percent that is invoiced."""

    days: int = 14
    late: int = 100
    missed: int = 100

    def __post_init__(self) -> None:
        assert self.days >= 0, "days before"
        assert 0 <= self.late <= 100, "per cent"
        assert 0 <= self.missed <= 100, "per cent"


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signed an agreement, as what, and when."""

    name: str
    as_what: str
    day: date


@dataclass(frozen=True, slots=True)
class SupervisionAgreement:
    """What was agreed before the first session, whole: the store lets nobody change its terms once it is signed.

    `supervisor` is a worker's id. `title` is what it is called in lists. `customer` asks for it and `payer` pays.
    `outside`: the supervisees are not of this house; a client's clip needs the consent for training then, and not the
    one for own supervision. `readers` are ids of other workers who find it, `sign_ins` say which supervisee has an own
    sign-in and whose (`sign_in`). `price` is in cents, before the tax that `vat` speaks of. `known_before` says openly
    what supervisor and supervisees had to do with one another earlier. `exploring` is what came of the exploratory
    meeting, `keeping` what keeps it from being erased. `follows` is the id of the agreement that it goes on from.
    """

    id: str
    supervisor: str
    title: str = ""
    customer: str = ""
    payer: str = ""
    form: SupervisionForm = SupervisionForm.GROUP
    delivery: Delivery = Delivery.ROOM
    place: str = ""
    supervisees: tuple[Supervisee, ...] = ()
    goals: tuple[SupervisionGoal, ...] = ()
    start: date | None = None
    end: date | None = None
    weeks: int = WEEKS
    minutes: int = MINUTES
    planned: int = PLANNED
    price: int = 0
    price_per: PricePer = PricePer.SESSION
    vat: str = ""
    cancelling: CancellationRule = field(default_factory=CancellationRule)
    evaluation: str = ""
    confidentiality: str = ""
    payer_sees: tuple[PayerLine, ...] = USUAL_LINES
    known_before: str = ""
    exploring: str = ""
    explored: date | None = None
    outside: bool = True
    readers: tuple[str, ...] = ()
    signed: tuple[Signing, ...] = ()
    state: AgreementState = AgreementState.DRAFT
    ended: date | None = None
    ending: str = ""
    follows: str = ""
    keeping: tuple[Keeping, ...] = ()
    sign_ins: tuple[str, ...] = ()

    @property
    def is_signed(self) -> bool:
        """Whether it is, or was, in force."""
        return self.state != AgreementState.DRAFT

    def supervisee(self, supervisee_id: str) -> Supervisee | None:
        return next((s for s in self.supervisees if s.id == supervisee_id), None)

    def goal(self, goal_id: str) -> SupervisionGoal | None:
        return next((g for g in self.goals if g.id == goal_id), None)

    def there_on(self, day: date) -> tuple[Supervisee, ...]:
        """Those whose session one of `day` is."""
        return tuple(s for s in self.supervisees if s.belongs_on(day))

    def is_read_by(self, worker_id: str) -> bool:
        """Whether it is there for a worker at all: the wall."""
        return self.is_read_whole_by(worker_id) or self.supervisee_of(worker_id) is not None

    def is_read_whole_by(self, worker_id: str) -> bool:
        """Whether all of it is there for a worker; a supervisee finds what is everybody's or own."""
        return worker_id == self.supervisor or worker_id in self.readers

    def supervisee_of(self, worker_id: str) -> Supervisee | None:
        """Who is supervised at a worker's own sign-in; None for nobody."""
        held = (one.split(_AS, 1) for one in self.sign_ins)
        return next((self.supervisee(who) for worker, who in held if worker == worker_id), None)

    def worker_of(self, supervisee_id: str) -> str:
        """The worker whose own sign-in a supervisee has; empty for nobody's."""
        held = (one.split(_AS, 1) for one in self.sign_ins)
        return next((worker for worker, who in held if who == supervisee_id), "")

    def is_own_of(self, worker_id: str, supervisee_id: str) -> bool:
        """Whether something of a supervisee is a worker's own."""
        return bool(supervisee_id) and self.worker_of(supervisee_id) == worker_id

    def signing_in(self, supervisee_id: str, worker_id: str) -> tuple[str, ...]:
        """The own sign-ins with that of one supervisee; with an empty worker without it."""
        rest = tuple(one for one in self.sign_ins if one.split(_AS, 1)[1] != supervisee_id)
        return (*rest, sign_in(worker_id, supervisee_id)) if worker_id else rest

    def is_erased_by(self, worker_id: str, *, supervisor_left: bool) -> bool:
        """Whether a worker may erase it: its supervisor; once that one has left, a reader who is not supervised."""
        if worker_id == self.supervisor:
            return True
        is_supervised = self.supervisee_of(worker_id) is not None
        return supervisor_left and worker_id in self.readers and not is_supervised


#: what of a signed agreement may still change: who comes and leaves, who reads it, how it ended
OPEN_WHEN_SIGNED = frozenset({"supervisees", "readers", "state", "ended", "ending", "title", "keeping", "sign_ins"})


class Presence(StrEnum):
    """How one supervisee took part in a session."""

    THERE = "there"
    LATE = "late"
    PART = "part"  # left before the end
    EXCUSED = "excused"  # said so before
    MISSING = "missing"  # did not come and did not say so


#: who was there, be it not from beginning to end
WAS_THERE = frozenset((Presence.THERE, Presence.LATE, Presence.PART))


@dataclass(frozen=True, slots=True)
class Attendance:
    """One supervisee of one session."""

    supervisee_id: str
    presence: Presence

    @property
    def was_there(self) -> bool:
        return self.presence in WAS_THERE


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """What is planned for so many minutes of a session."""

    minutes: int
    words: str


#: who leads the session, among those whose word is asked
SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class RecordingConsent:
    """What one who is in the room says to the recording of a session; everybody's word is asked."""

    who: str  # a supervisee's id, or `SUPERVISOR`
    given: bool
    day: date


@dataclass(frozen=True, slots=True)
class SupervisionSession:
    """One session: planned, then held, cancelled or missed.

    `at` is when it begins. `cancelled_on` is the day on which it was cancelled, `cancelled_by` by whom and `why`;
    `invoiced` is the per cent of the price that is invoiced, by the agreement's rule. `asker` is the supervisee
    (an id) whose `question` it is. `agreed` says what was agreed, `takeaways` what each takes to the work.
    `client_material`: something of clients was spoken of or shown. `recorded`: it is recorded, which begins with the
    word of everybody there (`app.model.recorded_session`); it stays said when one takes the word back.
    `exploratory` is the meeting before the agreement.
    """

    id: str
    agreement_id: str
    at: datetime
    minutes: int = MINUTES
    delivery: Delivery = Delivery.ROOM
    place: str = ""
    exploratory: bool = False
    outcome: Outcome = Outcome.OPEN
    cancelled_on: date | None = None
    cancelled_by: str = ""
    why: str = ""
    invoiced: int = 100
    attendance: tuple[Attendance, ...] = ()
    themes: tuple[str, ...] = ()
    asker: str = ""
    question: str = ""
    agenda: tuple[AgendaItem, ...] = ()
    agreed: str = ""
    takeaways: tuple[str, ...] = ()
    client_material: bool = False
    recorded: bool = False
    recording_consents: tuple[RecordingConsent, ...] = ()

    def __post_init__(self) -> None:
        assert self.minutes > 0, "a session has length"
        assert 0 <= self.invoiced <= 100, "per cent"

    @property
    def end(self) -> datetime:
        return self.at + timedelta(minutes=self.minutes)

    @property
    def is_held(self) -> bool:
        return self.outcome == Outcome.HELD

    @property
    def is_open(self) -> bool:
        """Whether it is still to come, or nobody has said what became of it."""
        return self.outcome == Outcome.OPEN

    @property
    def present(self) -> int:
        """How many were there."""
        return sum(a.was_there for a in self.attendance)
