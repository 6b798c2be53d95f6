"""Tasks for a filmed meeting: the list they are chosen from, and the plan in its order with frozen wording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.model.units import Share
from app.model.words import LANGUAGES, Words

#: the four dimensions that a plan should cover; regulation is the program's own fifth group
PLAN_DIMENSIONS = ("S", "E", "N", "C")
NOTHING = Words("", "", "")


@dataclass(frozen=True, slots=True)
class TaskCard:
    """What a plan is made of. `name` is short, `text` is what the card says.

    `weights` say how much each of the `dimensions` is asked for, in their order; none where all are alike. A card of
    licensed content names its `package` and has a `neutral` name, which is all that a plan takes of its words.
    """

    id: str
    name: Words
    text: Words
    dimensions: tuple[str, ...]
    ages: tuple[str, ...]
    safety: tuple[str, ...] = ()
    materials: Words | None = None
    weights: tuple[int, ...] = ()
    package: str = ""
    neutral: Words = NOTHING


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task as chosen for one meeting: its wording is frozen here, whatever the list says later.

    `despite` is the reason why it is in the plan although it was to be left out; empty for any other. `ages` are those
    that it is meant for; none in plans from before they were kept. `weights` go with `dimensions`. One of licensed
    content names the `package` that has its words: here it has a neutral name, no text and no materials. `people` are
    the ids of those of a family who do it; all who are at the meeting where nobody is named.
    """

    task_id: str
    name: Words
    text: Words
    dimensions: tuple[str, ...]
    safety: tuple[str, ...] = ()
    despite: str = ""
    materials: Words | None = None
    ages: tuple[str, ...] = ()
    weights: tuple[int, ...] = ()
    package: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits, in own words."""

    person_id: str
    place: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A task that the workers leave out of one meeting, and why."""

    task_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What of a plan is no task: what was left out by hand, whose list it is, and how the room is set up.

    `taken_from` is the id of the meeting of whose list this one was made, the same or `parallel` to it. `seating` and
    `leading_hand` are keys of the pick-lists, `cameras` the places of camera 1 and 2 in the room, in own words;
    `seats` are where each sits when a family comes.
    """

    left_out: tuple[LeftOut, ...] = ()
    taken_from: str = ""
    parallel: bool = False
    seating: str = ""
    leading_hand: str = ""
    cameras: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()

    def seat(self, person_id: str) -> str:
        """Where somebody sits; empty where nobody said."""
        return next((row.place for row in self.seats if row.person_id == person_id), "")

    def reason(self, task_id: str) -> str:
        """Why a task was left out by hand; empty for one that was not."""
        return next((row.reason for row in self.left_out if row.task_id == task_id), "")


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """A plan to begin others from: a worker's own list of tasks under a name. Nothing of any client is in it.

    `made_by` is the id of the worker who saved it, `age_group` that of the meeting from which it was saved.
    """

    id: str
    name: str
    made_by: str
    age_group: str
    tasks: tuple[PlannedTask, ...]


@dataclass(frozen=True, slots=True)
class TaskWording:
    """An own task's words in one language; what is empty is said as in every other."""

    language: str
    name: str = ""
    text: str = ""
    materials: str = ""


@dataclass(frozen=True, slots=True)
class EarlierTask:
    """How an own task was worded until a day, and by whom it was changed then (a worker's id)."""

    version: int
    until: date
    changed_by: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A task in the workers' own words. Nothing of any client is in it.

    `made_by` is a worker id; `dimensions`, `ages` and `safety` are keys as those of a `TaskCard`, `main` the dimension
    that it asks for most. `name`, `text` and `materials` are said in every language that `wordings` has no own words
    for. One that is `aside` is offered for no plan. `earlier` are its versions before this one, the first one first.
    `weights` go with `dimensions`: how much it asks for each, none where all are alike.
    """

    id: str
    made_by: str
    name: str
    text: str = ""
    dimensions: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    safety: tuple[str, ...] = ()
    materials: str = ""
    main: str = ""
    wordings: tuple[TaskWording, ...] = ()
    aside: bool = False
    earlier: tuple[EarlierTask, ...] = ()
    weights: tuple[int, ...] = ()

    @property
    def version(self) -> int:
        """From 1."""
        return len(self.earlier) + 1

    def card(self) -> TaskCard:
        """The card that a plan is made with, what it asks for most first."""
        held = dict(zip(self.dimensions, self.weights or (0,) * len(self.dimensions), strict=True))
        dimensions = tuple(sorted(self.dimensions, key=lambda d: (d != self.main, -held[d])))
        materials = self._said("materials")
        has_any = any((materials.fi, materials.sv, materials.en))
        return TaskCard(
            self.id,
            self._said("name"),
            self._said("text"),
            dimensions,
            self.ages,
            self.safety,
            materials if has_any else None,
            tuple(held[d] for d in dimensions) if self.weights else (),
        )

    def _said(self, field: str) -> Words:
        own = {wording.language: getattr(wording, field) for wording in self.wordings}
        return Words(*(own.get(language) or getattr(self, field) for language in LANGUAGES))


def planned(card: TaskCard, despite: str = "") -> PlannedTask:
    """The card as a plan keeps it: of licensed content without its words."""
    name, text, materials = card.name, card.text, card.materials
    if card.package:
        name, text, materials = card.neutral, NOTHING, None
    return PlannedTask(
        card.id, name, text, card.dimensions, card.safety, despite, materials, card.ages, card.weights, card.package
    )


def missing_dimensions(tasks: tuple[PlannedTask, ...]) -> tuple[str, ...]:
    """Those of structure, engagement, nurture and challenge that no chosen task asks for."""
    asked = {d for t in tasks for d in t.dimensions}
    return tuple(d for d in PLAN_DIMENSIONS if d not in asked)


def balance(tasks: tuple[PlannedTask, ...]) -> tuple[tuple[str, Share], ...]:
    """What share of a plan each dimension is asked for, the greatest first; of the tasks, never of a person.

    Each task counts as one, parted by its weights, or evenly where it has none. One that asks for nothing counts not.
    """
    asked: dict[str, float] = {}
    counted = [task for task in tasks if task.dimensions]
    for task in counted:
        weights = task.weights or (1,) * len(task.dimensions)
        for dimension, weight in zip(task.dimensions, weights, strict=True):
            asked[dimension] = asked.get(dimension, 0.0) + weight / sum(weights)
    return tuple(sorted(((d, part / len(counted)) for d, part in asked.items()), key=lambda row: (-row[1], row[0])))
