"""What is asked in a second pass: of each agreed event the questions that the scheme has of its code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.comparing.common_view.told import ToldView
from app.model.identity import named_id
from app.model.observation import Observation
from app.model.scheme import Scheme, SecondQuestion


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of one agreed event."""

    event: Observation
    question: SecondQuestion

    def answer_id(self, coding_id: str) -> str:
        """The id that the answer has in a coding: the same event is asked of once, whenever."""
        return named_id(coding_id, self.event.id, self.question.id)

    def answered(self, coding_id: str, option_id: str) -> Observation:
        """The answer as it is kept: a point where the event is, whose code is the question."""
        event = self.event
        return Observation(
            self.answer_id(coding_id), coding_id, self.question.id, event.person, event.start, modifiers=(option_id,)
        )


def asked_of(common: ToldView, scheme: Scheme) -> tuple[Asked, ...]:
    """By time, at one time in the order of the scheme's questions."""
    rows = (
        (event.start, event.id, place, Asked(event, question))
        for event in common.coding.observations.values()
        for place, question in enumerate(scheme.second_pass)
        if event.end is None and event.code in question.codes
    )
    return tuple(row[-1] for row in sorted(rows, key=lambda row: row[:3]))


def option_said(answers: Mapping[str, Observation], asked: Asked, coding_id: str) -> str:
    """The option that was chosen; empty for none, and for one that the scheme has not."""
    held = answers.get(asked.answer_id(coding_id))
    chosen = held.modifiers[0] if held is not None and held.modifiers else ""
    return chosen if asked.question.option(chosen) is not None else ""


def unasked(answers: Iterable[Observation], asked: Iterable[Asked], coding_id: str) -> int:
    """How many answers are about events that are not agreed on any more: they stay, and are in no figure."""
    known = {one.answer_id(coding_id) for one in asked}
    return sum(o.id not in known for o in answers)
