"""Feedback on a service: begun, answered one question at a time, done; and what of it is counted for the office.

A child's answers are never counted: they are read, one child at a time.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import Change
from app.model.feedback_form import FeedbackFrom, FormQuestion, QuestionKind
from app.model.identity import new_id
from app.model.service_feedback import FeedbackWay, FormGiven, ServiceFeedback
from app.ports import Store
from app.services.feedback_forms import form_of, newest

#: whose answers are counted in the office's statistics
COUNTED = frozenset((FeedbackFrom.PARENT, FeedbackFrom.ORDERER))


def feedback_of(store: Store, case_id: str) -> tuple[ServiceFeedback, ...]:
    """What was given in a case, the newest first."""
    return tuple(sorted(store.find(ServiceFeedback, case_id=case_id), key=lambda f: (f.day, f.id), reverse=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is said before a form is filled: who answers, of which service, when, in which language and how."""

    who: FeedbackFrom
    service: str
    day: date
    language: str
    way: FeedbackWay = FeedbackWay.HERE
    near: str = ""


def begun(case_id: str, worker_id: str, asked: Asked, today: date) -> ServiceFeedback:
    """A form with nothing answered yet.

    Raises NotAllowed: `feedback-without-service`, `feedback-of-tomorrow`, and of a child `feedback-nobody-near`.
    """
    if not asked.service.strip():
        raise NotAllowed("feedback-without-service")
    if asked.day > today:
        raise NotAllowed("feedback-of-tomorrow")
    if asked.who == FeedbackFrom.CHILD and not asked.near.strip():
        raise NotAllowed("feedback-nobody-near")
    form = newest(asked.who)
    return ServiceFeedback(
        new_id(), case_id, form.id, form.version, asked.who, asked.service.strip(), asked.day, asked.language,
        asked.way, worker_id, asked.near.strip() if asked.who == FeedbackFrom.CHILD else "",
    )  # fmt: skip


def answered(feedback: ServiceFeedback, answer: FormGiven) -> tuple[Change, ...]:
    """With one answer; nothing where it says what was said before."""
    after = feedback.answering(FormGiven(answer.question, answer.choice, answer.words.strip()))
    return () if after.answer(answer.question) == feedback.answer(answer.question) else (Change(feedback, after),)


def done(feedback: ServiceFeedback) -> Change:
    """From now on it stays as it was given, also when every question was passed over: that is an answer, too."""
    return Change(feedback, replace(feedback, done=True))


def told(t: Texts, feedback: ServiceFeedback) -> tuple[tuple[str, str], ...]:
    """Every question with what was answered, in words of the screen's language; *passed over* where nothing was."""
    return tuple((t.words(q.text), _said(t, feedback, q)) for q in form_of(feedback).questions)


def _said(t: Texts, feedback: ServiceFeedback, question: FormQuestion) -> str:
    given = feedback.answer(question.key)
    chosen = question.answer(given.choice)
    if chosen is not None:
        return t.words(chosen.words)
    if given.words:
        return f"”{given.words}”"
    return t.tr("passed over") if feedback.done else "–"


@dataclass(frozen=True, slots=True)
class ExperienceCount:
    """How often an answer was chosen in a year: of a service, by parents or orderers, never by name.

    It is experience and is never called effect. It is raw: whoever shows it hides what is under five.
    """

    year: int
    who: FeedbackFrom
    service: str
    form_id: str
    question: str
    answer: str
    count: int


def experience(store: Store, first: date, last: date) -> tuple[ExperienceCount, ...]:
    """What parents and orderers chose in forms that are done, of days from `first` to `last`, in a settled order.

    A child's answers are not among them, nor anybody's words.
    """
    counts: Counter[tuple[int, FeedbackFrom, str, str, str, str]] = Counter()
    for feedback in store.find(ServiceFeedback, done=True, who=tuple(COUNTED)):
        if first <= feedback.day <= last:
            for given in feedback.answers:
                if given.choice and _is_chosen(feedback, given):
                    counts[
                        feedback.day.year,
                        feedback.who,
                        feedback.service,
                        feedback.form_id,
                        given.question,
                        given.choice,
                    ] += 1
    return tuple(ExperienceCount(*key, count) for key, count in sorted(counts.items()))


def _is_chosen(feedback: ServiceFeedback, given: FormGiven) -> bool:
    question = form_of(feedback).question(given.question)
    return question is not None and question.kind != QuestionKind.WORDS
