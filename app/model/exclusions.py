"""Tasks that are left out of a meeting's plan, and why: safety, a contact restriction, age, or the workers' own reason.

What holds of the people is asked for the day of the meeting. The one rule: the plan's editor shows it, and the store
takes no task into a plan that it stands against and that says no reason (`unsaid`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.meeting import Meeting
from app.model.plan import PlannedTask

#: a contact restriction hides tasks with this tag
SEPARATION = "separation"
TODDLERS = "T"


class Ground(StrEnum):
    """On what ground a task is left out."""

    SAFETY = "safety"
    RESTRICTION = "restriction"
    TODDLER = "toddler"
    BY_HAND = "by-hand"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: of safety `tag` and whose it is, by hand the workers' own `words`."""

    ground: Ground
    tag: str = ""
    person_id: str = ""
    words: str = ""


def reasons(
    circumstances: Iterable[Circumstance],
    meeting: Meeting,
    task_id: str,
    ages: tuple[str, ...],
    safety: tuple[str, ...],
) -> tuple[Why, ...]:
    """Why a task is left out of a meeting, safety first; empty for one that can be chosen.

    `circumstances` are all of the meeting's case; `ages` and `safety` are the task's own, no ages where they are not
    known.
    """
    day, people = meeting.held.astimezone().date(), meeting.people
    holding = [row for row in circumstances if row.person_id in people and row.holds_on(day)]
    found = [
        Why(Ground.SAFETY, row.value, row.person_id)
        for row in holding
        if row.kind == CircumstanceKind.SAFETY and row.value in safety
    ]
    if SEPARATION in safety:
        if any(row.kind == CircumstanceKind.RESTRICTION for row in holding):
            found.append(Why(Ground.RESTRICTION, SEPARATION))
        if meeting.age_group == TODDLERS:
            found.append(Why(Ground.TODDLER, SEPARATION))
    if words := meeting.arranged.reason(task_id):
        found.append(Why(Ground.BY_HAND, words=words))
    if ages and meeting.age_group not in ages:
        found.append(Why(Ground.AGE))
    return tuple(found)


def is_careful(why: tuple[Why, ...]) -> bool:
    """Whether more than age stands against a task."""
    return any(one.ground != Ground.AGE for one in why)


def unsaid(
    before: Meeting | None, after: Meeting, circumstances: Iterable[Circumstance]
) -> tuple[tuple[PlannedTask, tuple[Why, ...]], ...]:
    """Tasks that come into a plan, or lose their reason there, although something stands against them: none may.

    What came up after a task was planned is not among them; that is told until somebody keeps the task with a reason.
    """
    known, had = tuple(circumstances), {} if before is None else {t.task_id: t for t in before.plan}
    rows = []
    for task in after.plan:
        was = had.get(task.task_id)
        is_as_it_was = was is not None and not was.despite
        if not task.despite.strip() and not is_as_it_was:
            rows.append((task, reasons(known, after, task.task_id, task.ages, task.safety)))
    return tuple((task, why) for task, why in rows if why)
