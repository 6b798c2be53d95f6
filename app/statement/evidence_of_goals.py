"""What goals offer to rest a sentence on: the goal in its own words, and how it stood when it was looked at last."""

from __future__ import annotations

from app.casework.goal_words import about_words, own_words
from app.casework.goals import GoalCourse, courses
from app.model.identity import new_id
from app.model.statement import Evidence
from app.ports import Store
from app.statement.apart import may_not_name
from app.statement.evidence_offer import EvidenceOffer
from app.statement.material import Material

#: the kind of evidence that a goal is
GOAL = "goal"


def offers_of_goals(store: Store, m: Material) -> list[EvidenceOffer]:
    """Open goals first; none of an adult who may not be named. Each view is told as whose it is, and as a sentence."""
    silent = {p.id for p in may_not_name(m.case, m.statement)}
    rows = []
    for course in courses(store, m.case.case.id):
        if course.goal.person_id in silent:
            continue
        told = _told(m, course)
        ids = (course.goal.id, *(r.id for r in course.reviews[-1:]))
        evidence = Evidence(new_id(), m.statement.id, GOAL, told, source_ids=ids)
        about = " · ".join((m.texts.tr("goal"), about_words(m.texts, m.case, course.goal)))
        rows.append(EvidenceOffer(course.goal.words, about, told, evidence))
    return rows


def _told(m: Material, course: GoalCourse) -> str:
    """The goal in quotes, then each view of its last review with whose it is."""
    t, goal, last = m.texts, course.goal, course.last
    said = t.tr("Goal “{words}”.", words=goal.words.rstrip("."))
    if last is None:
        return said
    own, worker = goal.level(last.own_level) or last.own_words, goal.level(last.worker_level) or last.worker_words
    views = ((own_words(t, goal), own), (t.tr("The worker's view"), worker))
    told = "; ".join(f"{who[:1].lower()}{who[1:]}: ”{words.strip('”“.')}”" for who, words in views if words.strip())
    return f"{said} {t.date(last.day)} {told}." if told else said
