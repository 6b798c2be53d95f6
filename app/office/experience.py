"""What parents and orderers told of the services of a year, in numbers for the office: experience, never called effect.

All services of the office together, and no worker, family or child: what fewer than five chose is hidden, also by
difference. A child's answers are not counted at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.casework.service_feedback import experience
from app.model.feedback_form import FeedbackFrom, FormQuestion
from app.model.units import Year
from app.ports import Store
from app.services.feedback_forms import forms
from app.statistics.hiding import hidden_counts


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One question: how often each of its answers was chosen, in their order, and how often any; None is hidden."""

    question: FormQuestion
    counts: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class YearTold:
    """What one kind of teller said in a year. Questions that nobody answered are left out.

    `products` are what participants told of, on one row; of other tellers all services are together.
    """

    year: Year
    who: FeedbackFrom
    rows: tuple[ToldRow, ...]
    products: tuple[str, ...] = ()


def told_in(store: Store, year: Year) -> tuple[YearTold, ...]:
    """The year by who tells, each question under its newest wording.

    Raises StoreError.
    """
    counted: Counter[tuple[FeedbackFrom, str, str]] = Counter()
    for found in experience(store, date(year, 1, 1), date(year, 12, 31)):
        counted[found.who, found.question, found.answer] += found.count
    told = []
    for who in FeedbackFrom:
        rows = tuple(
            row_of(question, [counted[who, question.key, answer.key] for answer in question.answers])
            for question in questions_of(who)
        )
        held = tuple(row for row in rows if row.total != 0)
        if held:
            told.append(YearTold(year, who, held))
    return tuple(told)


def questions_of(who: FeedbackFrom) -> tuple[FormQuestion, ...]:
    """Every question with answers to choose that a form of theirs asks or asked, the newest wording of each."""
    newest = sorted((form for form in forms() if form.who == who), key=lambda form: form.version)
    return tuple({q.key: q for form in newest for q in form.questions if q.answers}.values())


def question_of(who: FeedbackFrom, key: str) -> FormQuestion:
    """The newest wording of a question. Raises KeyError for one that no form asks or asked."""
    return {q.key: q for q in questions_of(who)}[key]


def row_of(question: FormQuestion, counts: Sequence[int]) -> ToldRow:
    """How often each answer was chosen, with what has to be hidden."""
    hidden, is_total_hidden = hidden_counts(counts)
    shown = tuple(None if is_hidden else count for count, is_hidden in zip(counts, hidden, strict=True))
    return ToldRow(question, shown, None if is_total_hidden else sum(counts))
