"""Tasks that are left out of a meeting's plan, and why: safety, a contact restriction, age, or the workers' own reason.

What holds of the people is asked for the day of the meeting. A safety fact in own words is matched with no task: it
is told above the plan, and the workers leave the task out themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.casework.care import restricted
from app.casework.case_file import CaseFile
from app.casework.circumstances import holding
from app.i18n import Texts
from app.model.circumstance import CircumstanceKind
from app.model.meeting import Meeting
from app.model.plan import TaskCard
from app.vocabulary import StatementTexts

#: a contact restriction hides tasks with this tag
SEPARATION = "separation"


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


def reasons(case: CaseFile, meeting: Meeting, card: TaskCard) -> tuple[Why, ...]:
    """Why a task is left out of a meeting, safety first; empty for one that can be chosen."""
    day, people = meeting.held.astimezone().date(), (meeting.child_id, meeting.adult_id, *meeting.others)
    found = [
        Why(Ground.SAFETY, row.value, row.person_id)
        for row in holding(case, day, CircumstanceKind.SAFETY)
        if row.person_id in people and row.value in card.safety
    ]
    if SEPARATION in card.safety and restricted(case, people, day):
        found.append(Why(Ground.RESTRICTION, SEPARATION))
    if SEPARATION in card.safety and meeting.age_group == "T":
        found.append(Why(Ground.TODDLER, SEPARATION))
    if words := meeting.arranged.reason(card.id):
        found.append(Why(Ground.BY_HAND, words=words))
    if meeting.age_group not in card.ages:
        found.append(Why(Ground.AGE))
    return tuple(found)


def is_careful(why: tuple[Why, ...]) -> bool:
    """Whether more than age stands against a task."""
    return any(one.ground != Ground.AGE for one in why)


def why_words(texts: Texts, case: CaseFile, card: TaskCard, why: tuple[Why, ...]) -> str:
    """The reasons as they stand on a row."""
    return " · ".join(_words(texts, case, card, one) for one in why)


def _words(t: Texts, case: CaseFile, card: TaskCard, why: Why) -> str:
    pick = StatementTexts(t.language)
    if why.ground == Ground.SAFETY:
        person = case.person(why.person_id)
        tag = pick.of("safety", why.tag)
        return t.tr("{what}: {who}", what=tag, who=person.called) if person is not None else tag
    if why.ground == Ground.RESTRICTION:
        return t.tr("contact restriction: no separation")
    if why.ground == Ground.TODDLER:
        return t.tr("no separation with a toddler")
    if why.ground == Ground.BY_HAND:
        return why.words
    ages = ", ".join(pick.of("ages", age) for age in card.ages)
    return t.tr("for another age: {ages}", ages=ages)
