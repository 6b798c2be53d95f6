"""Goals of a case: taken from a plan or agreed here, reviewed each month, and how each stood in the course of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.casework.case_file import CaseFile
from app.errors import NotAllowed
from app.model.change import Change, removed
from app.model.goal import Goal, GoalReview, GoalState, is_goal_attainment_scaling
from app.model.identity import new_id
from app.model.people import Case, Role, Worker
from app.model.request import a_month_after
from app.model.units import ItemPlace
from app.ports import Store

_STATES = tuple(GoalState)


@dataclass(frozen=True, slots=True)
class GoalCourse:
    """One goal and its reviews by their day."""

    goal: Goal
    reviews: tuple[GoalReview, ...] = ()

    @property
    def last(self) -> GoalReview | None:
        return self.reviews[-1] if self.reviews else None

    @property
    def due(self) -> date | None:
        """The day by which it is to be looked at again; None for one that is over."""
        if not self.goal.is_open:
            return None
        return a_month_after(self.last.day if self.last else self.goal.set_on)

    def is_due(self, day: date) -> bool:
        return self.due is not None and self.due <= day


def courses(store: Store, case_id: str) -> tuple[GoalCourse, ...]:
    """Every goal of a case: the open ones first, then by their making."""
    return _courses(store, store.find(Goal, case_id=case_id))


def open_courses(store: Store, case_ids: Iterable[str]) -> dict[str, tuple[GoalCourse, ...]]:
    """Open goals of some cases, each kind of thing read once; by case."""
    ids = tuple(sorted(set(case_ids)))
    found = store.find(Goal, case_id=ids, state=GoalState.OPEN) if ids else ()
    made: dict[str, tuple[GoalCourse, ...]] = {}
    for course in _courses(store, found):
        made[course.goal.case_id] = (*made.get(course.goal.case_id, ()), course)
    return made


def _courses(store: Store, goals: tuple[Goal, ...]) -> tuple[GoalCourse, ...]:
    ids = tuple(goal.id for goal in goals)
    reviews = sorted(store.find(GoalReview, goal_id=ids), key=lambda r: (r.day, r.id)) if ids else []
    made = (GoalCourse(g, tuple(r for r in reviews if r.goal_id == g.id)) for g in goals)
    return tuple(sorted(made, key=lambda c: (_STATES.index(c.goal.state), c.goal.id)))


def is_proven(store: Store, case: Case) -> bool:
    """Whether the scale may be called goal-attainment scaling: each of the case's pair has proof of training in it."""
    ids = tuple(i for i in (case.lead, case.partner) if i)
    return is_goal_attainment_scaling(store.find(Worker, id=ids))


def new_goal(case_id: str, worker_id: str, day: date, words: str) -> Goal:
    """A goal to be filled. Raises NotAllowed(`goal-without-words`)."""
    if not words.strip():
        raise NotAllowed("goal-without-words")
    return Goal(new_id(), case_id, day, worker_id, words.strip())


def with_level(goal: Goal, place: ItemPlace, words: str) -> tuple[str, ...]:
    """The levels with one sentence in other words; none while all are empty."""
    held = list(goal.levels) or [""] * 5
    held[place] = words.strip()
    return tuple(held) if any(held) else ()


def ended(goal: Goal, state: GoalState, day: date, words: str) -> Change:
    """It was reached or is closed, and how, in words.

    Raises NotAllowed: `goal-end-unsaid` for one that is reached without words, `goal-ended-before` it was set.
    """
    if day < goal.set_on:
        raise NotAllowed("goal-ended-before")
    if state == GoalState.REACHED and not words.strip():
        raise NotAllowed("goal-end-unsaid")
    return Change(goal, replace(goal, state=state, ended=day, ended_words=words.strip()))


def reopened(goal: Goal) -> Change:
    """It is worked on again; its reviews go on where they were."""
    return Change(goal, replace(goal, state=GoalState.OPEN, ended=None, ended_words=""))


def reviewed(course: GoalCourse, review: GoalReview, day: date) -> Change:
    """One more review, or another wording of one.

    Raises NotAllowed: `review-says-nothing`, `review-of-tomorrow`, `review-before-goal`.
    """
    if not review.says:
        raise NotAllowed("review-says-nothing")
    if review.day > day:
        raise NotAllowed("review-of-tomorrow")
    if review.day < course.goal.set_on:
        raise NotAllowed("review-before-goal")
    before = next((r for r in course.reviews if r.id == review.id), None)
    return Change(before, review)


def taken_away(course: GoalCourse) -> tuple[Change, ...]:
    """A goal with its reviews, as one step."""
    return (*(removed(r) for r in course.reviews), removed(course.goal))


def named_in_goals(store: Store, case_id: str) -> frozenset[str]:
    """Ids of people of whom a goal of the case is, or who were there when one was reviewed."""
    found = courses(store, case_id)
    there = (i for course in found for review in course.reviews for i in review.present)
    return frozenset((*(course.goal.person_id for course in found), *there)) - {""}


def usually_present(file: CaseFile, goal: Goal) -> tuple[str, ...]:
    """Who is there at a review to begin with: whom the goal is of, and the child's own worker."""
    own = tuple(p.id for p in file.everybody if p.role == Role.OWN_WORKER)
    if goal.person_id:
        return (goal.person_id, *(i for i in own if i != goal.person_id))
    child = () if file.child is None else (file.child.id,)
    return (*child, *own)
