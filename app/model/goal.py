"""A goal of the client's plan in the words of whom it is of, and how it stood at each review: no sum, no sign, no mean.

Levels are sentences. What whom it is of says stays beside what the worker says; nothing is made of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.model.people import Worker
from app.model.units import ItemPlace

#: how many sentences there are from the farthest to the nearest
LEVELS = 5
#: the method as trainings name it
METHOD = "GAS"


class GoalSource(StrEnum):
    """What a goal was taken from."""

    CLIENT_PLAN = "client-plan"
    CARE_PLAN = "care-plan"
    AGREED = "agreed"


class GoalOf(StrEnum):
    """Whose goal it is."""

    CHILD = "child"
    GROWN_UP = "adult"
    FAMILY = "family"


class GoalState(StrEnum):
    OPEN = "open"
    REACHED = "reached"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of a case. `words` are those of whom it is of; `person_id` says which adult, where it is an adult's.

    `plan_date` is the day of the plan that it is from. `levels` are none, or five sentences from the farthest to the
    nearest, each empty until it is written; `began` and `wished` are places among them (0 to 4) where it began and
    where one wants to be. `by` wrote it down (worker id). `ended` is the day on which it was reached or closed and
    `ended_words` how, in words.
    """

    id: str
    case_id: str
    set_on: date
    by: str
    words: str = ""
    source: GoalSource = GoalSource.AGREED
    plan_date: date | None = None
    whose: GoalOf = GoalOf.CHILD
    person_id: str = ""
    levels: tuple[str, ...] = ()
    began: ItemPlace | None = None
    wished: ItemPlace | None = None
    state: GoalState = GoalState.OPEN
    ended: date | None = None
    ended_words: str = ""

    @property
    def is_open(self) -> bool:
        return self.state == GoalState.OPEN

    @property
    def has_scale(self) -> bool:
        """Whether every level has its sentence."""
        return len(self.levels) == LEVELS and all(words.strip() for words in self.levels)

    def level(self, place: ItemPlace | None) -> str:
        """The sentence of a level; empty where there is none."""
        return self.levels[place] if place is not None and 0 <= place < len(self.levels) else ""


@dataclass(frozen=True, slots=True)
class GoalReview:
    """How one goal stood on a day: `own_level` says whom it is of, `worker_level` the worker (places among its levels).

    None where nothing was chosen. `own_words` are those of whom the goal is of, `worker_words` the worker's; `by` is
    that worker. `present` are people of the case, `who` says in words who else was there.
    """

    id: str
    goal_id: str
    day: date
    by: str
    present: tuple[str, ...] = ()
    who: str = ""
    own_level: ItemPlace | None = None
    own_words: str = ""
    worker_level: ItemPlace | None = None
    worker_words: str = ""

    @property
    def levels(self) -> tuple[ItemPlace, ...]:
        """The places that were chosen."""
        return tuple(place for place in (self.own_level, self.worker_level) if place is not None)

    @property
    def says(self) -> bool:
        """Whether anything was chosen or written."""
        return bool(self.levels or self.own_words.strip() or self.worker_words.strip())


def is_goal_attainment_scaling(pair: tuple[Worker, ...]) -> bool:
    """Whether the scale may be called so: each of the pair has proof of training in it (practice, decided 4)."""
    return bool(pair) and all(any(_proves(t.method, t.proof) for t in worker.trainings) for worker in pair)


def _proves(method: str, proof: str) -> bool:
    return method.strip().casefold() == METHOD.casefold() and bool(proof.strip())
