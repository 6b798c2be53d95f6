"""How the goals went: each supervisee's own number in each phase, and the middle one of them. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from app.model.supervision import SupervisionAgreement, SupervisionGoal
from app.model.supervision_course import GoalRating, Phase


@dataclass(frozen=True, slots=True)
class Rated:
    """One goal in one phase: the numbers without names, ascending, and the middle one (of two their mean)."""

    phase: Phase
    values: tuple[int, ...] = ()

    @property
    def middle(self) -> float | None:
        """None while nobody has rated."""
        return float(median(self.values)) if self.values else None


@dataclass(frozen=True, slots=True)
class Course:
    """One goal through the phases, in their order; a phase that nobody has rated is there and empty."""

    goal: SupervisionGoal
    phases: tuple[Rated, ...]

    @property
    def ends(self) -> tuple[float, float] | None:
        """The middle rating of the first phase that was rated, and of the last; None before two are."""
        said = [m for rated in self.phases if (m := rated.middle) is not None]
        return (said[0], said[-1]) if len(said) > 1 else None


def courses(agreement: SupervisionAgreement, ratings: Iterable[GoalRating]) -> tuple[Course, ...]:
    """Every goal of the agreement, in its order."""
    held = tuple(ratings)
    return tuple(Course(goal, tuple(_rated(goal.id, phase, held) for phase in Phase)) for goal in agreement.goals)


def _rated(goal_id: str, phase: Phase, ratings: tuple[GoalRating, ...]) -> Rated:
    return Rated(phase, tuple(sorted(r.value for r in ratings if (r.goal_id, r.phase) == (goal_id, phase))))


def rating_of(ratings: Iterable[GoalRating], goal_id: str, supervisee_id: str, phase: Phase) -> GoalRating | None:
    """What one supervisee said of one goal in one phase."""
    wanted = (goal_id, supervisee_id, phase)
    return next((r for r in ratings if (r.goal_id, r.supervisee_id, r.phase) == wanted), None)


def lacking(agreement: SupervisionAgreement, ratings: Iterable[GoalRating], phase: Phase) -> tuple[str, ...]:
    """Ids of the supervisees who have not rated every goal in a phase; of those who left nobody asks."""
    held = {(r.supervisee_id, r.goal_id) for r in ratings if r.phase == phase}
    still = (s for s in agreement.supervisees if s.left is None)
    return tuple(s.id for s in still if any((s.id, g.id) not in held for g in agreement.goals))
