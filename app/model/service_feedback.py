"""What a child, a parent or the orderer answered after a service: as it was given, without anybody's name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.model.feedback_form import FeedbackFrom


class FeedbackWay(StrEnum):
    """How it was given."""

    HERE = "here"  # on this screen, by whom it is of
    PAPER = "paper"  # on paper, and typed in


@dataclass(frozen=True, slots=True)
class FormGiven:
    """One answer: the key of what was chosen, or own words. Both are empty for a question that was passed over."""

    question: str
    choice: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFeedback:
    """One filled form of a case. `service` is a key of the pick-list of services, or own words.

    `by` opened the form or typed it in (worker id) and answers nothing. `near` says in words which grown-up was near a
    child, and did not answer either. Once `done` its answers stay as they were given.
    """

    id: str
    case_id: str
    form_id: str
    form_version: int
    who: FeedbackFrom
    service: str
    day: date
    language: str
    way: FeedbackWay
    by: str
    near: str = ""
    answers: tuple[FormGiven, ...] = ()
    done: bool = False

    def answer(self, question: str) -> FormGiven:
        """What was answered to a question; empty while nothing was."""
        return next((a for a in self.answers if a.question == question), FormGiven(question))

    def answering(self, answer: FormGiven) -> ServiceFeedback:
        """With another answer to its question; none where it says nothing."""
        others = tuple(a for a in self.answers if a.question != answer.question)
        says = bool(answer.choice or answer.words.strip())
        return replace(self, answers=(*others, answer) if says else others)
