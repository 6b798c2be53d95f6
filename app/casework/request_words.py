"""How a request about a case's material stands, in the screen's words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.casework.case_file import CaseFile
from app.i18n import Texts
from app.model.request import Reply, Request
from app.vocabulary import StatementTexts


def in_order(requests: Iterable[Request]) -> tuple[Request, ...]:
    """The open ones first, the earliest due day at the top; then the others, the newest first."""
    rows = list(requests)
    still = sorted((r for r in rows if r.is_open), key=lambda r: (r.due, r.id))
    done = sorted((r for r in rows if not r.is_open), key=lambda r: (r.arrived, r.id), reverse=True)
    return (*still, *done)


def asker_words(file: CaseFile, request: Request) -> str:
    """Who asks: what the person is called in the case, or own words."""
    person = file.person(request.person_id)
    return person.called if person is not None else request.asked_by


def due_words(t: Texts, request: Request, day: date) -> str:
    """*vastattava 3.12.2026 mennessä · 10 päivää jäljellä*."""
    words = t.tr("to be answered by {day}", day=t.date(request.due))
    left = (request.due - day).days
    if left < 0:
        return f"{words} · {t.trn('{n} day late', '{n} days late', -left)}"
    if left == 0:
        return " · ".join((words, t.tr("today is the last day")))
    return f"{words} · {t.trn('{n} day left', '{n} days left', left)}"


def state_words(t: Texts, words: StatementTexts, request: Request, day: date) -> str:
    """When it arrived, and its due day or what was decided and handed over; a line each."""
    lines = [t.tr("arrived {day}", day=t.date(request.arrived))]
    if request.answer == Reply.NONE:
        lines[0] += f" · {due_words(t, request, day)}"
        return lines[0]
    decided = [words.of("replies", request.answer)]
    decided += [] if request.decided is None else [t.date(request.decided)]
    decided += [t.tr("decided by {who}", who=request.decided_by)] if request.decided_by else []
    lines.append(" · ".join(decided))
    if request.left_out:
        lines.append(t.tr("Not given: {what}", what=request.left_out))
        lines.append(t.tr("The asker can turn to: {whom}", whom=request.to_turn_to))
    if request.handed_on is not None:
        lines.append(t.tr("Handed over {day}: {what}", day=t.date(request.handed_on), what=request.handed))
    elif request.is_open:
        lines.append(" · ".join((t.tr("not handed over yet"), due_words(t, request, day))))
    return "\n".join(lines)
