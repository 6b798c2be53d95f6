"""Goals and their reviews: what a review chose keeps its words, and what is over stays as it ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from app.model.change import Change
from app.model.goal import LEVELS, Goal, GoalReview, GoalState
from storage.store.refusing import refuse


class GoalFacts(Protocol):
    """What these rules ask of the archive before the step."""

    def goal(self, goal_id: str) -> Goal | None: ...
    def reviews(self, goal_id: str) -> Sequence[GoalReview]: ...


class GoalRules:
    """One step. What its own changes add counts as there."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: GoalFacts) -> None:
        self._net, self._worker, self._facts = net, worker_id, facts

    def check_goal(self, change: Change) -> None:
        """Raises NotAllowed."""
        before, after = change.before, change.after
        if isinstance(after, Goal):
            self._check_said(after)
        if not isinstance(before, Goal):
            return
        reviews = list(self._reviews(before.id))
        refuse(after is None and bool(reviews), "goal-reviewed")
        if not isinstance(after, Goal):
            return
        refuse(after.case_id != before.case_id or after.by != before.by, "moved")
        if not before.is_open and not after.is_open:
            refuse(replace(after, person_id=before.person_id) != before, "goal-over")
        chosen = {place for review in reviews for place in review.levels}
        refuse(any(before.level(place) != after.level(place) for place in chosen), "goal-level-chosen")

    def _check_said(self, goal: Goal) -> None:
        refuse(len(goal.levels) not in (0, LEVELS), "goal-levels")
        places = (p for p in (goal.began, goal.wished) if p is not None)
        refuse(not all(0 <= place < LEVELS for place in places), "goal-levels")
        refuse(goal.is_open != (goal.ended is None), "goal-end-unsaid")
        refuse(goal.state == GoalState.REACHED and not goal.ended_words.strip(), "goal-end-unsaid")

    def check_review(self, change: Change) -> None:
        """Raises NotAllowed."""
        before, after = change.before, change.after
        if isinstance(before, GoalReview) and not isinstance(after, GoalReview):
            refuse(before.by != self._worker, "review-of-another")
            left = self._goal(before.goal_id)
            refuse(left is not None and not left.is_open, "goal-over")
        if not isinstance(after, GoalReview):
            return
        whose = before.by if isinstance(before, GoalReview) else self._worker
        refuse(after.by != whose, "review-of-another")
        if isinstance(before, GoalReview):
            refuse(after.goal_id != before.goal_id, "moved")
            says_other = (after.worker_level, after.worker_words) != (before.worker_level, before.worker_words)
            refuse(says_other and before.by != self._worker, "review-of-another")
            if replace(after, present=before.present) == before:
                return  # two entries of a person became one
        goal = self._goal(after.goal_id)
        comes_along = after.goal_id in self._net and self._net[after.goal_id].before is None
        refuse(goal is not None and not goal.is_open and not comes_along, "goal-over")
        refuse(goal is None or not all(goal.level(p).strip() for p in after.levels), "goal-level-missing")

    def _goal(self, goal_id: str) -> Goal | None:
        if goal_id in self._net:
            made = self._net[goal_id].after
            return made if isinstance(made, Goal) else None
        return self._facts.goal(goal_id)

    def _reviews(self, goal_id: str) -> Iterable[GoalReview]:
        """As they are after the step."""
        yield from (r for r in self._facts.reviews(goal_id) if r.id not in self._net)
        for change in self._net.values():
            if isinstance(change.after, GoalReview) and change.after.goal_id == goal_id:
                yield change.after
