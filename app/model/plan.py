"""Tasks for a filmed meeting: the list they are chosen from, and the plan in its order with frozen wording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.model.words import LANGUAGES, Words

#: the four dimensions that a plan should cover; regulation is the program's own fifth group
PLAN_DIMENSIONS = ("S", "E", "N", "C")


@dataclass(frozen=True, slots=True)
class TaskCard:
    """An own-worded activity idea of `resources/tasks`. `name` is short, `text` is what the card says."""

    id: str
    name: Words
    text: Words
    dimensions: tuple[str, ...]
    ages: tuple[str, ...]
    safety: tuple[str, ...] = ()
    materials: Words | None = None


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task as chosen for one meeting: its wording is frozen here, whatever the list says later.

    `despite` is the reason why it is in the plan although it was to be left out; empty for any other.
    """

    task_id: str
    name: Words
    text: Words
    dimensions: tuple[str, ...]
    safety: tuple[str, ...] = ()
    despite: str = ""
    materials: Words | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A task that the workers leave out of one meeting, and why."""

    task_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What of a plan is no task: what was left out by hand, whose list it is, and how the room is set up.

    `taken_from` is the id of the meeting of whose list this one was made, the same or `parallel` to it. `seating` and
    `leading_hand` are keys of the pick-lists, `cameras` the places of camera 1 and 2 in the room, in own words.
    """

    left_out: tuple[LeftOut, ...] = ()
    taken_from: str = ""
    parallel: bool = False
    seating: str = ""
    leading_hand: str = ""
    cameras: tuple[str, ...] = ()

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

    @property
    def version(self) -> int:
        """From 1."""
        return len(self.earlier) + 1

    def card(self) -> TaskCard:
        """The card that a plan is made with, its main dimension first."""
        dimensions = tuple(sorted(self.dimensions, key=lambda d: d != self.main))
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
        )

    def _said(self, field: str) -> Words:
        own = {wording.language: getattr(wording, field) for wording in self.wordings}
        return Words(*(own.get(language) or getattr(self, field) for language in LANGUAGES))


def planned(card: TaskCard, despite: str = "") -> PlannedTask:
    return PlannedTask(card.id, card.name, card.text, card.dimensions, card.safety, despite, card.materials)


def missing_dimensions(tasks: tuple[PlannedTask, ...]) -> tuple[str, ...]:
    """Those of structure, engagement, nurture and challenge that no chosen task asks for."""
    asked = {d for t in tasks for d in t.dimensions}
    return tuple(d for d in PLAN_DIMENSIONS if d not in asked)
