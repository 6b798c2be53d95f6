"""How a commission goes from the first call to its end, and what of its questions observation alone cannot answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.errors import NotAllowed
from app.model.change import Change
from app.model.commission import Commission, CommissionState, CommissionStep
from app.model.identity import new_id

S = CommissionState
#: what can come next; an agreed matter may also begin in the archive only when it was accepted
NEXT: Mapping[CommissionState | None, tuple[CommissionState, ...]] = {
    None: (S.FIRST_CALL, S.REQUESTED, S.ACCEPTED, S.REFUSED),
    S.FIRST_CALL: (S.REQUESTED, S.ACCEPTED, S.REFUSED),
    S.REQUESTED: (S.ACCEPTED, S.REFUSED),
    S.ACCEPTED: (S.ENDED,),
    S.REFUSED: (S.REQUESTED, S.ACCEPTED),
    S.ENDED: (),
}


def next_states(commission: Commission) -> tuple[CommissionState, ...]:
    """What can be recorded next."""
    return NEXT[commission.state]


def moved(commission: Commission, state: CommissionState, day: date, worker_id: str, words: str = "") -> Commission:
    """The commission with one more step on record; `words` say who called, or why it was refused.

    Raises NotAllowed: `commission-step-out-of-order`, `commission-step-before` the step that it follows,
    `commission-refused-without-reason`.
    """
    said, steps = words.strip(), commission.steps
    if state not in next_states(commission):
        raise NotAllowed("commission-step-out-of-order")
    if steps and day < steps[-1].day:
        raise NotAllowed("commission-step-before")
    if state == S.REFUSED and not said:
        raise NotAllowed("commission-refused-without-reason")
    return replace(commission, steps=(*steps, CommissionStep(state, day, worker_id, said)))


def may_begin_anew(commission: Commission) -> bool:
    """Whether another commission can follow in the same case: this one is over."""
    return commission.state in (S.REFUSED, S.ENDED)


def anew(commission: Commission, day: date) -> Commission:
    """The next commission of the case, of the same orderer; questions, decision and days are its own.

    Raises NotAllowed(`commission-not-over`).
    """
    if not may_begin_anew(commission):
        raise NotAllowed("commission-not-over")
    c = commission
    return Commission(
        new_id(),
        c.case_id,
        c.commissioner,
        c.unit,
        c.social_worker,
        controller=c.controller,
        ordered=day,
        organiser=c.organiser,
        basis=c.basis,
        worker_role=c.worker_role,
        leading_worker=c.leading_worker,
        producer=c.producer,
        return_rule=c.return_rule,
    )


def with_questions(commission: Commission, questions: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The fields that change with the questions: a question that is put in other words keeps its mark."""
    before = commission.questions
    marked = set(commission.beyond)
    if len(before) == len(questions):
        changed = [n for n, (old, new) in enumerate(zip(before, questions, strict=True)) if old != new]
        if len(changed) == 1 and before[changed[0]] in marked:
            marked.add(questions[changed[0]])
    return {"questions": questions, "beyond": tuple(dict.fromkeys(q for q in questions if q in marked))}


def marked_beyond(commission: Commission, question: str, *, beyond: bool) -> Change:
    """Whether observation alone cannot answer a question."""
    marked = set(commission.beyond) - {question} | ({question} if beyond else set())
    return Change(
        commission, replace(commission, beyond=tuple(dict.fromkeys(q for q in commission.questions if q in marked)))
    )
