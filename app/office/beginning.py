"""*Getting started*: what comes next with the first case, from what the archive holds and this worker may see.

Of the partner's coding it knows what the desk knows: whether both are ready. Nothing here is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from operator import attrgetter

from app.casework.case_file import CaseFile
from app.casework.consents import Standing, permits, stands
from app.casework.film_use import asked
from app.casework.meeting_file import films_in_use
from app.model.coding import CodingState
from app.model.commission import Commission
from app.model.consent import Purpose
from app.model.independence import both_ready
from app.model.meeting import Meeting
from app.model.people import Case, Worker
from app.model.statement import Statement, StatementStage
from app.office.own_cases import open_cases
from app.ports import Store

#: what is remembered as read when the steps were put away from the desk
PUT_AWAY = "first-steps"


class Step(StrEnum):
    """The way of a case, in its order."""

    CASE = "case"
    COLLEAGUE = "colleague"  # a second worker who can sign in
    PARTNER = "partner"
    QUESTIONS = "questions"
    CONSENTS = "consents"
    MEETING = "meeting"
    PLAN = "plan"
    FILM = "film"
    CODE = "code"
    PARTNER_READY = "partner-ready"
    COMPARE = "compare"
    STATEMENT = "statement"
    FINAL = "final"


class Stand(StrEnum):
    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step and how it stands; `place` and `ids` lead to where it is done."""

    step: Step
    stand: Stand
    place: str
    ids: dict[str, str]


@dataclass(frozen=True, slots=True)
class Beginning:
    """The steps of one case; `code_name` is empty before there is one."""

    steps: tuple[StepNow, ...]
    code_name: str = ""

    @property
    def now(self) -> StepNow | None:
        """What comes next; None when all is done."""
        return next((s for s in self.steps if s.stand == Stand.NOW), None)

    @property
    def done(self) -> int:
        """How many steps are behind, a number from 0."""
        return sum(s.stand == Stand.DONE for s in self.steps)


def beginning(store: Store, day: date) -> Beginning:
    """The way of this worker's newest open case on `day`. Raises StoreError."""
    mine = open_cases(store)
    if not mine:
        return Beginning(tuple(_in_order(dict.fromkeys(Step, False), None, None)))
    file = _asked_of(store, mine[-1])
    meeting = file.meetings[-1] if file.meetings else None
    return Beginning(tuple(_in_order(_done(store, file, meeting, day), file, meeting)), file.case.code_name)


def _asked_of(store: Store, case: Case) -> CaseFile:
    """Of a case what the steps ask, and no more."""
    commissions = store.find(Commission, case_id=case.id)
    meetings = sorted(store.find(Meeting, case_id=case.id), key=attrgetter("held", "id"))
    file = asked(store, case.id)
    return replace(file, commission=commissions[-1] if commissions else None, every_meeting=tuple(meetings))


def _done(store: Store, file: CaseFile, meeting: Meeting | None, day: date) -> dict[Step, bool]:
    films = meeting is not None and bool(films_in_use(store, meeting.id))
    states = store.coding_states(meeting.id) if meeting is not None else {}
    is_open = both_ready(states) and meeting is not None and not store.awaited(meeting.id)
    held = (s for s in store.find(Statement, case_id=file.case.id) if not s.is_note)
    statements = sorted(held, key=lambda s: s.version)
    return {
        Step.CASE: True,
        Step.COLLEAGUE: bool(file.case.partner) or len(store.find(Worker, guest=False)) > 1,
        Step.PARTNER: bool(file.case.partner),
        Step.QUESTIONS: file.commission is not None and bool(file.commission.questions),
        Step.CONSENTS: films or _may_film(file, meeting, day),
        Step.MEETING: meeting is not None,
        Step.PLAN: films or (meeting is not None and bool(meeting.plan)),
        Step.FILM: films,
        Step.CODE: states.get(store.me) == CodingState.READY,
        Step.PARTNER_READY: is_open,
        Step.COMPARE: bool(statements),  # going through the differences ends in the statement
        Step.STATEMENT: bool(statements) and statements[-1].stage != StatementStage.DRAFT,
        Step.FINAL: any(s.is_final for s in statements),
    }


def _may_film(file: CaseFile, meeting: Meeting | None, day: date) -> bool:
    """Whether the child and the adult consent to being filmed, or somebody may decide for them."""
    if meeting is not None:
        permission = permits(file, meeting, Purpose.FILMING, day)
        return 0 < permission.granted == permission.persons
    people = [p for p in (file.child, *file.adults[:1]) if p is not None]
    held = (stands(file, p, Purpose.FILMING, day) for p in people)
    return bool(people) and all(s in (Standing.GIVEN, Standing.DECIDED) for s in held)


def _in_order(done: dict[Step, bool], file: CaseFile | None, meeting: Meeting | None) -> Iterator[StepNow]:
    """The first that is not done is now; what was done out of order stays done."""
    is_now = False
    for step in Step:
        stand = Stand.DONE if done[step] else Stand.LATER if is_now else Stand.NOW
        is_now = is_now or stand == Stand.NOW
        yield StepNow(step, stand, *_where(step, file, meeting))


def _where(step: Step, file: CaseFile | None, meeting: Meeting | None) -> tuple[str, dict[str, str]]:
    case = {} if file is None else {"case_id": file.case.id}
    held = {} if meeting is None else {"meeting_id": meeting.id}
    if step == Step.COLLEAGUE:
        return "settings", {"part": "workers"}
    if step == Step.CASE:
        return "cases", {"new": "1"}
    if step in (Step.PARTNER, Step.QUESTIONS, Step.CONSENTS, Step.MEETING):
        parts = {Step.PARTNER: "details", Step.QUESTIONS: "commission", Step.MEETING: "meetings"}
        return "cases", case | {"part": parts.get(step, "consents")}
    if step == Step.PLAN:
        return "cases", case | held
    places = {Step.FILM: "filming", Step.CODE: "coding", Step.PARTNER_READY: "comparing", Step.COMPARE: "comparing"}
    return (places[step], held) if step in places else ("statement", case)
