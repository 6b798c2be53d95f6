"""The feedback talk (domain 1.8): the moments that a parent sees, arranged for one adult, and what is said to them.

A clip is a reference to its film and never a copy: it stands and falls with the film, and with the consents to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.model.recording import Recording
from app.model.timecode import SECOND, Micros
from app.model.units import Share

#: how large a picture is within another one
WITHIN_SHARE: Share = 0.28
#: another camera's picture may have been on for so long when a clip begins
ON_BEFORE: Micros = SECOND
#: how near the parent's wish a moment is: far away, and there (0 to 10, the parent's own number)
FAR, THERE = 0, 10
#: usual lengths in minutes: of a talk, of what comes before and after the clips, and of talking about one of them
TALK, OPENING, CLOSING, ABOUT = 75, 10, 10, 12
#: the same of a talk with a child: short. The lengths are our own design, from no study; each talk may have others
CHILDS_TALK, CHILDS_OPENING, CHILDS_CLOSING, CHILDS_ABOUT = 20, 3, 3, 4


class CameFrom(StrEnum):
    """What a clip was made from."""

    SELECTION = "selection"
    OBSERVATION = "observation"
    BOOKMARK = "bookmark"
    MARK = "mark"  # a flag of a coder
    LIVE_MARK = "live-mark"
    DISAGREEMENT = "disagreement"
    EXAMPLE = "example"  # of a code: kept as such, never as a clip


class Aim(StrEnum):
    """Why a clip is shown."""

    STRENGTH = "strength"
    GROWING = "growing"
    QUESTION = "question"


class Sight(StrEnum):
    """How the pictures of two cameras are seen."""

    ONE = "one"
    BESIDE = "beside"
    WITHIN = "within"


class Group(StrEnum):
    """The parts of a talk, in their order: it begins and ends with what works already."""

    STRENGTHS = "strengths"
    GROWING = "growing"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class NotesFor:
    """The worker's own notes to a clip for one talk."""

    talk_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Clip:
    """A moment of a meeting that was chosen for feedback.

    `first` and `last` are the times of its first and its last picture on the film's own clock (µs), both of them in the
    clip; a still has one. `second_id` is another camera's film of the same meeting that is seen with it. `title`,
    `look_at` and `question` are for the talk, `why` says why it was chosen. `hidden` clips must not be shown, and
    `hidden_why` says what for. `code` is the id of the code that it shows, `source_id` that of what it was made from.
    `by` chose it (worker id). `notes` are the worker's own, for a talk each: they are here and not in the talk, which
    others read while the clip is still its chooser's alone.
    """

    id: str
    recording_id: str
    meeting_id: str
    by: str
    first: Micros
    last: Micros
    came_from: CameFrom = CameFrom.SELECTION
    source_id: str = ""
    code: str = ""
    dimension: str = ""
    aim: Aim = Aim.STRENGTH
    second_id: str = ""
    sight: Sight = Sight.ONE
    title: str = ""
    look_at: str = ""
    why: str = ""
    question: str = ""
    hidden: bool = False
    hidden_why: str = ""
    notes: tuple[NotesFor, ...] = ()

    def __post_init__(self) -> None:
        assert self.last >= self.first, "a clip has at least one picture"

    @property
    def is_still(self) -> bool:
        return self.first == self.last

    @property
    def length(self) -> Micros:
        """From its first to its last picture, µs."""
        return self.last - self.first

    def is_seen_as(self, other: Clip) -> bool:
        """Whether another wording of it has the same pictures, of the same cameras."""
        one, two = (
            (c.recording_id, c.first, c.last, c.sight, c.second_id if c.sight != Sight.ONE else "")
            for c in (self, other)
        )
        return one == two

    def notes_for(self, talk_id: str) -> str:
        """The worker's own notes for a talk."""
        return next((one.text for one in self.notes if one.talk_id == talk_id), "")

    def with_notes(self, talk_id: str, text: str) -> Clip:
        """The same clip with other notes for a talk."""
        others = tuple(one for one in self.notes if one.talk_id != talk_id)
        return replace(self, notes=(*others, NotesFor(talk_id, text)) if text else others)

    def meets(self, other: Clip) -> bool:
        """Whether both show a moment of the same film."""
        is_same_film = self.recording_id == other.recording_id
        return is_same_film and self.first <= other.last and other.first <= self.last

    def on_other(self, before: Recording, after: Recording) -> Clip:
        """The same moments of the meeting when the film was replaced by one with another clock."""
        first, last = (after.to_film(before.to_meeting(time)) for time in (self.first, self.last))
        return replace(self, first=first, last=max(first, last))


@dataclass(frozen=True, slots=True)
class Placed:
    """A clip's place in a talk: in which group, and how long it is talked about. No word of the clip is in it."""

    clip_id: str
    group: Group = Group.STRENGTHS
    minutes: int = ABOUT


@dataclass(frozen=True, slots=True)
class FeedbackTalk:
    """A feedback talk with one person of a case: a version of its own for each adult, and one for the child.

    `question` is the adult's own. `cycle` numbers talks that are rounds of filming, choosing and looking (0: no round);
    `scaling` is the adult's own number at its end, `working_point` and `next_film` are what is tried and filmed next.
    `present` says who was there and `how` in what way, of the feedback to a child above all.
    """

    id: str
    case_id: str
    person_id: str
    at: datetime | None = None
    minutes: int = TALK
    opening: int = OPENING
    closing: int = CLOSING
    question: str = ""
    places: tuple[Placed, ...] = ()
    cycle: int = 0
    situation: str = ""
    scaling: int | None = None
    working_point: str = ""
    next_film: str = ""
    present: str = ""
    how: str = ""
    held: datetime | None = None

    @property
    def planned(self) -> int:
        """The minutes that its parts take together."""
        return self.opening + sum(place.minutes for place in self.places) + self.closing

    def place_of(self, clip_id: str) -> Placed | None:
        return next((place for place in self.places if place.clip_id == clip_id), None)

    def in_group(self, group: Group) -> tuple[Placed, ...]:
        return tuple(place for place in self.places if place.group == group)

    def in_order(self) -> tuple[Placed, ...]:
        """As they are shown: group by group."""
        return tuple(place for group in Group for place in self.in_group(group))


@dataclass(frozen=True, slots=True)
class ClipWords:
    """What the adult said to one clip in one talk: own words, words picked from a list (keys), a number, a next step.

    `shown` is when the clip was shown, None when it was not. `title` is what it was called then: the words stay when
    the clip is gone. While the clip is its chooser's alone there is no title here.
    """

    id: str
    talk_id: str
    clip_id: str
    title: str = ""
    shown: datetime | None = None
    words: str = ""
    picked: tuple[str, ...] = ()
    scaling: int | None = None
    step: str = ""

    def __post_init__(self) -> None:
        assert self.scaling is None or FAR <= self.scaling <= THERE, "from 0 to 10"

    @property
    def says(self) -> bool:
        """Whether anything was said or given."""
        return bool(self.words.strip() or self.picked or self.step.strip() or self.scaling is not None)
