"""Why tasks are left out of a meeting's plan, asked of a case and told on a row. The rule is `app.model.exclusions`.

A safety fact in own words is matched with no task: it is told above the plan, and the workers leave the task out
themselves.
"""

from __future__ import annotations

from app.casework.case_file import CaseFile
from app.casework.circumstances import in_order
from app.i18n import Texts
from app.model import exclusions as rule
from app.model.exclusions import Ground, Why
from app.model.meeting import Meeting
from app.model.plan import TaskCard
from app.vocabulary import StatementTexts


def reasons(case: CaseFile, meeting: Meeting, card: TaskCard) -> tuple[Why, ...]:
    """Why a task is left out of a meeting, safety first; empty for one that can be chosen."""
    return rule.reasons(in_order(case.circumstances), meeting, card.id, card.ages, card.safety)


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
