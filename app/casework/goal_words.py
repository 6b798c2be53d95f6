"""Goals and their reviews in words, as chart and as table: for the screen and for the page alike."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TypeAlias

from app.casework.case_file import CaseFile
from app.casework.goals import GoalCourse
from app.casework.people_called import people_called
from app.charts.goal_course import CourseWords, Looked, course
from app.charts.picture import Picture
from app.i18n import Texts
from app.model.goal import Goal, GoalOf, GoalReview, GoalState
from app.model.units import Share
from app.vocabulary import StatementTexts

Rows: TypeAlias = tuple[tuple[str, ...], ...]
#: a course is shown over so many months at least
MONTHS = 6


def scale_name(t: Texts, *, proven: bool) -> str:
    """What the five sentences are called: the method's name only with proof of training (practice, decided 4)."""
    return t.tr("Goal-attainment scaling (GAS)") if proven else t.tr("Scale of the goal")


def source_words(t: Texts, goal: Goal) -> str:
    """*hoito- ja kasvatussuunnitelma 5.1.2026*."""
    words = StatementTexts(t.language).of("plans", goal.source)
    return " ".join(x for x in (words, t.date(goal.plan_date)) if x)


def whose_words(t: Texts, file: CaseFile, goal: Goal) -> str:
    """Whose goal it is, as the person is called where it is one adult's."""
    person = file.person(goal.person_id)
    if goal.whose == GoalOf.GROWN_UP and person is not None:
        return person.called
    return {
        GoalOf.CHILD: t.tr("the child"),
        GoalOf.GROWN_UP: t.tr("an adult"),
        GoalOf.FAMILY: t.tr("the family"),
    }[goal.whose]


def own_words(t: Texts, goal: Goal) -> str:
    """What the view of whom a goal is of is called."""
    return {
        GoalOf.CHILD: t.tr("The child's own view"),
        GoalOf.GROWN_UP: t.tr("The adult's own view"),
        GoalOf.FAMILY: t.tr("The family's own view"),
    }[goal.whose]


def about_words(t: Texts, file: CaseFile, goal: Goal) -> str:
    """Whose it is, from which plan, and how it ended."""
    parts = (whose_words(t, file, goal), source_words(t, goal), state_words(t, goal))
    said = " · ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def state_words(t: Texts, goal: Goal) -> str:
    """How it ended, in words; empty while it is open."""
    if goal.state == GoalState.OPEN:
        return ""
    day = t.date(goal.ended)
    said = t.tr("reached {day}", day=day) if goal.state == GoalState.REACHED else t.tr("closed {day}", day=day)
    return f"{said}: {goal.ended_words}" if goal.ended_words else said


def due_words(t: Texts, found: GoalCourse, day: date) -> str:
    """When it is looked at again; empty for a goal that is over."""
    due = found.due
    if due is None:
        return ""
    if due <= day:
        return t.tr("Monthly review due since {day}", day=t.date(due))
    return t.tr("Next review by {day}", day=t.date(due))


def present_words(file: CaseFile, review: GoalReview) -> str:
    """Who was there."""
    return ", ".join(x for x in (people_called(file, review.present), review.who) if x)


def review_table(t: Texts, file: CaseFile, found: GoalCourse) -> Rows:
    """The head and a row per review: the day and who was there, the one view, the other; whole sentences."""
    goal = found.goal
    head = (t.tr("Day and who was there"), own_words(t, goal), t.tr("The worker's view"))
    rows = (
        (
            " · ".join(x for x in (t.date(r.day), present_words(file, r)) if x),
            _view(goal.level(r.own_level), _quoted(r.own_words)),
            _view(goal.level(r.worker_level), r.worker_words),
        )
        for r in found.reviews
    )
    return (head, *rows)


def _view(level: str, words: str) -> str:
    return " – ".join(x for x in (level, words) if x) or "–"


def _quoted(words: str) -> str:
    bare = " ".join(words.split()).strip("”“\"'")
    return f"”{bare}”" if bare else ""


def picture(t: Texts, found: GoalCourse) -> Picture | None:
    """The course of a goal that has all of its sentences and was looked at; None for any other."""
    goal = found.goal
    if not goal.has_scale or not any(r.levels for r in found.reviews):
        return None
    first, last = _span(found)
    days = (last - first).days

    def at(day: date) -> Share:
        return (day - first).days / days

    looked = [Looked(at(r.day), r.own_level, r.worker_level) for r in found.reviews]
    ticks = [(at(day), t.date(day, year=n == 0 or day.month == 1)) for n, day in enumerate(_months(first, last))]
    words = CourseWords(
        own_words(t, goal),
        t.tr("The worker's view"),
        "diamond" if goal.whose == GoalOf.CHILD else "disc",
        _ends(t, goal),
    )
    return Picture(goal.words, _told(t, found), lambda pen: course(goal.levels, looked, ticks, words, pen))


def _ends(t: Texts, goal: Goal) -> tuple[tuple[int, str], ...]:
    began, wished = t.tr("where it began"), t.tr("where one wants to be")
    if goal.began is not None and goal.began == goal.wished:
        return ((goal.began, f"{began}, {wished}"),)
    rows = ((goal.began, began), (goal.wished, wished))
    return tuple((place, words) for place, words in rows if place is not None)


def _told(t: Texts, found: GoalCourse) -> str:
    """The chart for who hears it."""
    goal, own, worker = found.goal, own_words(t, found.goal), t.tr("The worker's view")
    said = []
    for r in found.reviews:
        views = ((own, goal.level(r.own_level)), (worker, goal.level(r.worker_level)))
        told = ", ".join(f"{who}: {level}" for who, level in views if level)
        if told:
            said.append(f"{t.date(r.day)} {told}")
    return "; ".join(said)


def _span(found: GoalCourse) -> tuple[date, date]:
    """From the month in which it was set, six months at least."""
    days = [found.goal.set_on, *(r.day for r in found.reviews)]
    first = min(days).replace(day=1)
    return first, max(_later(first, MONTHS), _later(max(days).replace(day=1), 1))


def _months(first: date, last: date) -> list[date]:
    days = [first]
    while days[-1] < last:
        days.append(_later(days[-1], 1))
    return days


def _later(first: date, months: int) -> date:
    """The first day of a month so many months later."""
    for _ in range(months):
        first = date.fromordinal(first.toordinal() + monthrange(first.year, first.month)[1])
    return first
