"""How supervision went on: goals as each supervisee rates them, and the evaluations that the agreement asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: of a goal: not yet, and come true
NOT_YET, CAME_TRUE = 1, 5


class Phase(StrEnum):
    """When goals are rated, in this order."""

    START = "start"
    MIDWAY = "midway"
    END = "end"


class EvaluationKind(StrEnum):
    MIDWAY = "midway"
    FINAL = "final"
    ANNUAL = "annual"


@dataclass(frozen=True, slots=True)
class GoalRating:
    """One supervisee's own number for one goal in one phase, 1 to 5; nobody rates for another.

    `by` is the worker at whose sign-in it was written down: the supervisor's, or the supervisee's own.
    """

    id: str
    agreement_id: str
    goal_id: str
    supervisee_id: str
    phase: Phase
    value: int
    day: date
    by: str

    def __post_init__(self) -> None:
        assert NOT_YET <= self.value <= CAME_TRUE, "from 1 to 5"


@dataclass(frozen=True, slots=True)
class SupervisionEvaluation:
    """What was said together of how supervision serves, and what was decided from it."""

    id: str
    agreement_id: str
    kind: EvaluationKind
    day: date
    words: str = ""
    decision: str = ""
