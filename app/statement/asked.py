"""Where each question of the commission stands: answered, drafted, observed, or waiting for filming or coding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.casework.case_file import CaseFile
from app.casework.meeting_file import films_in_use
from app.i18n import now
from app.model.checks import QUESTION_SOURCE, answer, is_answered
from app.model.coding import CodingState
from app.model.meeting import Meeting
from app.model.service import SectionKey
from app.model.statement import Statement, StatementText
from app.ports import Store
from app.services.library import service
from app.statement.editor import read_statement
from app.vocabulary import StatementTexts


class Stand(StrEnum):
    """Where a question stands, the nearest to its answer first."""

    ANSWERED = "answered"
    DRAFTED = "drafted"
    CANNOT = "cannot"
    BEYOND = "beyond"
    OBSERVED = "observed"
    TO_CODE = "to-code"
    TO_FILM = "to-film"


@dataclass(frozen=True, slots=True)
class Standing:
    """`section` is the number of the section with the answer; `meetings` how many are observed by both workers.

    `at` is when the next filming is, None where none is planned.
    """

    stand: Stand
    section: int = 0
    meetings: int = 0
    at: datetime | None = None


def standings(store: Store, file: CaseFile) -> tuple[Standing, ...]:
    """One of each question, by its place. Reads no coding: only whether the pair's codings are ready."""
    commission = file.commission
    if commission is None or not commission.questions:
        return ()
    texts = [read_statement(store, s.id) for s in _newest(store.find(Statement, case_id=file.case.id))]
    waits = _waiting(store, file.meetings)
    made = []
    for number, question in enumerate(commission.questions, start=1):
        told = next((t for text in texts if (t := _told(text, number, question)) is not None), None)
        made.append(told or (Standing(Stand.BEYOND) if question in commission.beyond else waits))
    return tuple(made)


def _newest(statements: tuple[Statement, ...]) -> list[Statement]:
    """The newest version about each adult; those that are done first."""
    newest: dict[str, Statement] = {}
    for statement in sorted(statements, key=lambda s: (s.created, s.version)):
        newest[statement.adult] = statement
    return sorted(newest.values(), key=lambda s: not s.is_final)


def _told(text: StatementText, number: int, question: str) -> Standing | None:
    """What a statement says to a question; None when nothing, or when it asks other questions."""
    cannot = StatementTexts(text.statement.language).cannot_answer
    asks = (p.text for p in text.paragraphs if p.source == f"{QUESTION_SOURCE}{number}")
    if not any(q.endswith(question) for q in asks) or not is_answered(text, number, cannot):
        return None
    section = service(text.statement.service).section(SectionKey.CONCLUSIONS).number
    if answer(text, number).startswith(cannot):
        return Standing(Stand.CANNOT, section)
    return Standing(Stand.ANSWERED if text.statement.is_final else Stand.DRAFTED, section)


def _waiting(store: Store, meetings: tuple[Meeting, ...]) -> Standing:
    """How far the case's filming and coding are."""
    filmed = [m for m in meetings if films_in_use(store, m.id)]
    ready = [m for m in filmed if _both_ready(store, m)]
    if ready:
        return Standing(Stand.OBSERVED, meetings=len(ready))
    if filmed:
        return Standing(Stand.TO_CODE, meetings=len(filmed))
    to_come = [m.held for m in meetings if m.held >= now()]
    return Standing(Stand.TO_FILM, at=min(to_come, default=None))


def _both_ready(store: Store, meeting: Meeting) -> bool:
    states = store.coding_states(meeting.id)
    return all(states.get(worker) == CodingState.READY for worker in meeting.coders if worker)
