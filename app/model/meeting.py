"""A meeting: who, when, its plan, and the stretches in which its tasks were done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.model.plan import Arrangement, PlannedTask
from app.model.timecode import Micros
from app.model.units import TaskNumber


@dataclass(frozen=True, slots=True)
class Stretch:
    """Half-open time `[start, end)` on the meeting's clock, in microseconds."""

    start: Micros
    end: Micros

    def __post_init__(self) -> None:
        assert self.start < self.end, "a stretch has length"

    @property
    def length(self) -> Micros:
        return self.end - self.start

    def holds(self, time: Micros) -> bool:
        return self.start <= time < self.end


class Delivery(StrEnum):
    """How people meet."""

    ROOM = "room"
    HOME = "home"
    COMMISSIONER = "commissioner"
    ELSEWHERE = "elsewhere"
    VIDEO = "video"
    PHONE = "phone"
    HYBRID = "hybrid"


class Outcome(StrEnum):
    """What came of a meeting; empty until somebody says."""

    OPEN = ""
    HELD = "held"
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"


#: a meeting that did not take place
NOT_HELD = frozenset((Outcome.CANCELLED, Outcome.NO_SHOW))
#: one adult and the child
PAIR = 2
#: who codes a meeting that is not filmed
NOBODY = ("", "")


@dataclass(frozen=True, slots=True)
class SetAside:
    """An own coding that is not the pair's any more: its `coder` was away, and `instead` codes in that one's place.

    Begun or ready, it waits as it was: sealed, read by nobody, counted nowhere. `by` (a worker id) said so on `day`.
    """

    coder: str
    instead: str
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who meets when. One that is filmed is of one adult and the child, and is coded; others are neither.

    `coders` are the worker ids of coder A and coder B, fixed here; both empty where nothing is filmed. There `adult_id`
    and `child_id` may be empty too: an interview is without the child, the child's own meeting without an adult.
    `kind` is the key of a service's kind of meeting. `child_said` is the child's own word on being filmed (`yes`, `no`
    or empty) on the day `child_said_on`. `others` are persons of the case who take part too, also on film.
    `clock_zero` is the time of day at which the meeting's clock stands at 0 for what was filmed last, known when the
    meeting was filmed with this program. `scheme` and `instrument` are the ids of the versions that the pair codes and
    rates it with (`stored_id`): what the first of the two began with, empty until then. They say nothing of what
    anybody coded.

    `workers` are the ids of the workers who take part, `by_role` who else does: keys of the pick-list `takers`, or own
    words. `why` and `by` say why it was not held and who cancelled or did not come: a person's id, `workers`, or own
    words. `travel_minutes` and `travel_km` are there and back.

    `set_aside` names the coders of own codings that are the pair's no more; the pair is always `coders`.
    """

    id: str
    case_id: str
    held: datetime
    adult_id: str
    child_id: str
    coders: tuple[str, str]
    kind: str
    minutes: int = 60
    place: str = ""
    age_group: str = "K"
    plan: tuple[PlannedTask, ...] = ()
    child_said: str = ""
    child_said_on: date | None = None
    others: tuple[str, ...] = ()
    clock_zero: datetime | None = None
    scheme: str = ""
    instrument: str = ""
    arranged: Arrangement = field(default_factory=Arrangement)
    delivery: Delivery = Delivery.ROOM
    outcome: Outcome = Outcome.OPEN
    why: str = ""
    by: str = ""
    travel_minutes: int = 0
    travel_km: int = 0
    workers: tuple[str, ...] = ()
    by_role: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    @property
    def is_filmed(self) -> bool:
        """Whether it is made to be filmed and coded."""
        return self.coders != NOBODY

    @property
    def takes_place(self) -> bool:
        """Neither cancelled nor missed."""
        return self.outcome not in NOT_HELD

    @property
    def end(self) -> datetime:
        return self.held + timedelta(minutes=self.minutes)

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of the persons of the case who take part, each once."""
        return tuple(dict.fromkeys(i for i in (self.adult_id, self.child_id, *self.others) if i))

    @property
    def is_of_family(self) -> bool:
        """Whether more come than one adult and the child."""
        return len(self.people) > PAIR

    def letter_of(self, worker_id: str) -> str:
        """`A` or `B`; empty for a worker who does not code this meeting."""
        return dict(zip(self.coders, "AB", strict=True)).get(worker_id, "") if worker_id else ""

    def partner_of(self, worker_id: str) -> str:
        first, second = self.coders
        return second if worker_id == first else first


@dataclass(frozen=True, slots=True)
class Segment:
    """Where task number `number` (its place in the plan, from 1) was done. Shared by both coders of the meeting.

    A task that was done twice, or in two parts, has two segments. `people` are the ids of those who took part where it
    was other than planned; none where it was as planned. One that is `open` is being done while it is filmed:
    its end is not known yet and stands one microsecond after its start.
    """

    id: str
    meeting_id: str
    number: int
    start: Micros
    end: Micros
    open: bool = False
    people: tuple[str, ...] = ()

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.start, self.end)


def taking_part(meeting: Meeting, number: TaskNumber, segment: Segment | None = None) -> tuple[str, ...]:
    """Ids of those who do a task, as it was on the film or as it is planned, in the order of the meeting's people."""
    named = segment.people if segment is not None and segment.people else ()
    if not named and 1 <= number <= len(meeting.plan):
        named = meeting.plan[number - 1].people
    return tuple(i for i in meeting.people if i in named) or meeting.people


def without_person(meeting: Meeting, gone: Collection[str]) -> Meeting:
    """The plan and the seats when somebody does not come."""
    plan = tuple(replace(t, people=tuple(i for i in t.people if i not in gone)) for t in meeting.plan)
    seats = tuple(seat for seat in meeting.arranged.seats if seat.person_id not in gone)
    return replace(meeting, plan=plan, arranged=replace(meeting.arranged, seats=seats))


def merged(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """The union as ascending stretches that neither touch nor overlap."""
    out: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (s.start, s.end)):
        if out and stretch.start <= out[-1].end:
            out[-1] = Stretch(out[-1].start, max(out[-1].end, stretch.end))
        else:
            out.append(stretch)
    return tuple(out)


def without(stretches: tuple[Stretch, ...], gone: Stretch) -> tuple[Stretch, ...]:
    """What is left of `stretches` when `gone` is taken out."""
    out: list[Stretch] = []
    for s in merged(stretches):
        if s.start < min(s.end, gone.start):
            out.append(Stretch(s.start, min(s.end, gone.start)))
        if max(s.start, gone.end) < s.end:
            out.append(Stretch(max(s.start, gone.end), s.end))
    return tuple(out)


def intersection(left: tuple[Stretch, ...], right: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Time that lies in both."""
    return merged(
        tuple(
            Stretch(max(a.start, b.start), min(a.end, b.end))
            for a in merged(left)
            for b in merged(right)
            if max(a.start, b.start) < min(a.end, b.end)
        )
    )
