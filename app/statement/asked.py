"""Where each question of the commission stands: answered, drafted, observed, or waiting for filming or coding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.casework.case_file import CaseFile
from app.casework.meeting_file import films_in_use
from app.i18n import now
from app.model.checks import QUESTION_SOURCE, answer, is_answered, is_question
from app.model.coding import CodingState
from app.model.meeting import Meeting
from app.model.service import SectionKey
from app.model.statement import Statement, StatementText
from app.ports import Store
from app.services.documents import form_of
from app.statement.editor import read_statement
from app.statement.questions import adults_of
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
    meetings = {m.id: _how_far(store, m) for m in file.meetings}
    made = []
    for question in commission.questions:
        told = next((t for text in texts if (t := _told(text, question)) is not None), None)
        waits = Standing(Stand.BEYOND) if question in commission.beyond else _waiting(file, question, meetings)
        made.append(told or waits)
    return tuple(made)


def _newest(statements: tuple[Statement, ...]) -> list[Statement]:
    """The newest version about each adult of what answers questions; those that are done first."""
    newest: dict[str, Statement] = {}
    answering = (s for s in statements if form_of(s).answers)
    for statement in sorted(answering, key=lambda s: (s.created, s.version)):
        newest[statement.adult] = statement
    return sorted(newest.values(), key=lambda s: not s.is_final)


def _told(text: StatementText, question: str) -> Standing | None:
    """What a statement says to a question; None when nothing, or when it asks other questions."""
    cannot = StatementTexts(text.statement.language).cannot_answer
    number = _number(text, question)
    if not number or not is_answered(text, number, cannot):
        return None
    section = form_of(text.statement).section(SectionKey.CONCLUSIONS).number
    if answer(text, number).startswith(cannot):
        return Standing(Stand.CANNOT, section)
    return Standing(Stand.ANSWERED if text.statement.is_final else Stand.DRAFTED, section)


def _number(text: StatementText, question: str) -> int:
    """Under which number a statement answers a question, maybe not the commission's own; 0 when it does not."""
    asks = (p.source for p in text.paragraphs if is_question(p) and p.text.partition(". ")[2] == question)
    return next((int(source.removeprefix(QUESTION_SOURCE)) for source in asks), 0)


def _how_far(store: Store, meeting: Meeting) -> Stand:
    """How far the filming and coding of a meeting is."""
    if not films_in_use(store, meeting.id):
        return Stand.TO_FILM
    return Stand.OBSERVED if _both_ready(store, meeting) else Stand.TO_CODE


def _waiting(file: CaseFile, question: str, how_far: Mapping[str, Stand]) -> Standing:
    """How far what a question needs is: the meetings with the adults that it names, or all where it names none."""
    asked = {p.id for p in adults_of(file, question)}
    meetings = [m for m in file.meetings if not asked or asked.intersection(m.people)]
    ready = [m for m in meetings if how_far[m.id] == Stand.OBSERVED]
    if ready:
        return Standing(Stand.OBSERVED, meetings=len(ready))
    filmed = [m for m in meetings if how_far[m.id] == Stand.TO_CODE]
    if filmed:
        return Standing(Stand.TO_CODE, meetings=len(filmed))
    to_come = [m.held for m in meetings if m.held >= now()]
    return Standing(Stand.TO_FILM, at=min(to_come, default=None))


def _both_ready(store: Store, meeting: Meeting) -> bool:
    states = store.coding_states(meeting.id)
    return all(states.get(worker) == CodingState.READY for worker in meeting.coders if worker)
