"""The part of a case's editor by which its goals are set, reviewed and ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.casework import goals
from app.casework.commission_editor import CommissionEditor
from app.casework.goals import GoalCourse
from app.i18n import today
from app.model.change import Change, added, removed
from app.model.goal import Goal, GoalReview, GoalState
from app.model.units import ItemPlace


class GoalsEditor(CommissionEditor):
    """Each step can be taken back while the case is open; `refused` says what is missing."""

    @property
    def worker_id(self) -> str:
        """Who edits."""
        return self._store.me

    def goals(self) -> tuple[GoalCourse, ...]:
        """As the archive has them now."""
        return goals.courses(self._store, self.file.case.id)

    def set_goal(self, words: str, **fields: Any) -> Goal | None:
        """A goal in the words of whom it is of. Refused (None) without words."""
        made: list[Goal] = []

        def make() -> list[Change]:
            made.append(replace(goals.new_goal(self.file.case.id, self._store.me, today(), words), **fields))
            return [added(made[0])]

        return made[0] if self._attempt(self.texts.tr("Goal set"), make) else None

    def change_goal(self, goal: Goal, **fields: Any) -> bool:
        """New values for some fields. Refused for a sentence that a review has chosen."""
        after = replace(goal, **fields)
        return self.do(self.texts.tr("Goal edited"), *([Change(goal, after)] if after != goal else []))

    def write_level(self, goal: Goal, place: ItemPlace, words: str) -> bool:
        """One of the five sentences, in the family's words."""
        return self.change_goal(goal, levels=goals.with_level(goal, place, words))

    def end_goal(self, goal: Goal, state: GoalState, day: date, words: str) -> bool:
        """Reached or closed. Refused before the goal was set, and for what is reached without words."""
        return self._attempt(self.texts.tr("Goal ended"), lambda: [goals.ended(goal, state, day, words)])

    def reopen_goal(self, goal: Goal) -> bool:
        return self.do(self.texts.tr("Goal opened again"), goals.reopened(goal))

    def remove_goal(self, course: GoalCourse) -> bool:
        """With its reviews; it can be taken back."""
        return self.do(self.texts.tr("Goal removed"), *goals.taken_away(course))

    def record_review(self, course: GoalCourse, review: GoalReview) -> bool:
        """A review that was held, or another wording of one. Refused when it says nothing or its day cannot be."""
        label = self.texts.tr("Goal reviewed")
        return self._attempt(label, lambda: [goals.reviewed(course, review, today())])

    def remove_review(self, review: GoalReview) -> bool:
        return self.do(self.texts.tr("Review of a goal removed"), removed(review))
