"""What the wellbeing services county ordered: who, until when, and its numbered questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DocumentKind(StrEnum):
    """A document of a case (domain 4.2): the one that answers the commission, or a note on the way there."""

    SUMMARY = "summary"
    RECOMMENDATION = "recommendation"
    STATEMENT = "statement"
    INTERIM = "interim"
    FEEDBACK = "feedback"


#: what a commission can ask for; the others are notes on the way, and no statement of what was found
ORDERED = (DocumentKind.SUMMARY, DocumentKind.RECOMMENDATION, DocumentKind.STATEMENT)


class CommissionState(StrEnum):
    """Where a commission is, from the first call to its end."""

    FIRST_CALL = "first-call"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class CommissionStep:
    """One step on record: `by` is the worker (id) who recorded it, `words` who called or why it was refused."""

    state: CommissionState
    day: date
    by: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that was known, for *background known from documents*."""

    title: str
    dated: date | None = None


#: what is picked from a list and kept by its key: each field's table of `resources/texts/statement.toml`
PICKED = {
    "unit": "units",
    "worker_role": "process_roles",
    "basis": "bases",
    "return_rule": "return_rules",
    "assessment": "assessments",
    "service_task": "service_tasks",
    "legal_context": "legal_contexts",
}


@dataclass(frozen=True, slots=True)
class Commission:
    """An order for one case. Questions are verbatim and numbered from 1 by their place.

    `service_task`, `assessment`, `legal_context`, `unit`, `worker_role` (of the responsible social worker), `basis` and
    `return_rule` are keys of their pick-lists (`PICKED`), so that each document says them in its own language, or the
    office's own words.
    `controller` is whose register it is, `basis` the ground on which client data are processed, `organiser` who has the
    duty to organise the service; empty is the commissioner. `producer` is who gives it; empty is the pair's employers.

    `county_worker` is a work partner from the orderer's own staff. `deadline` is agreed, `law_deadline` the law's.
    `return_rule` says what goes back to whom at the end. `steps` are its way, the newest last; `beyond` are the
    questions, word for word, that observation alone cannot answer.
    """

    id: str
    case_id: str
    commissioner: str = ""
    unit: str = ""
    social_worker: str = ""
    document: DocumentKind = DocumentKind.STATEMENT
    service_task: str = ""
    assessment: str = ""
    decision: str = ""
    legal_context: str = ""
    controller: str = ""
    agreement: str = ""
    ordered: date | None = None
    deadline: date | None = None
    questions: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    organiser: str = ""
    basis: str = ""
    worker_role: str = ""
    leading_worker: str = ""
    producer: str = ""
    county_worker: str = ""
    return_rule: str = ""
    law_deadline: date | None = None
    steps: tuple[CommissionStep, ...] = ()
    beyond: tuple[str, ...] = ()

    @property
    def state(self) -> CommissionState | None:
        """Where it is; None before anything was recorded of its way."""
        return self.steps[-1].state if self.steps else None

    @property
    def due(self) -> date | None:
        """The earlier of the agreed and the law's deadline; None when the commission was refused or is over."""
        if self.state in (CommissionState.REFUSED, CommissionState.ENDED):
            return None
        return min((d for d in (self.deadline, self.law_deadline) if d is not None), default=None)
