"""Of whom a service asks how it was, and who has told already; the forms are those that come with the program.

A client's service asks those of its case. Work of no case asks whoever took part, by forms that nobody's name is on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.casework.service_feedback import feedback_of
from app.i18n import Texts
from app.model.feedback_form import FeedbackFrom
from app.ports import Store
from app.services.ordered import service_of
from app.works.participants import given
from app.works.work_file import WorkFile


@dataclass(frozen=True, slots=True)
class AskedOf:
    """One who is asked; `told` is the day of the newest finished form since the service began, None for none.

    `forms` is how many participants told.
    """

    who: FeedbackFrom
    told: date | None = None
    forms: int = 0


def asked_of(store: Store, file: WorkFile, texts: Texts) -> tuple[AskedOf, ...]:
    """As the template names them. Raises StoreError."""
    work, asked = file.work, file.template.feedback
    if work.case_id is None:
        return (_participants(file),) if FeedbackFrom.PARTICIPANT in asked else ()
    tells = tuple(who for who in asked if who != FeedbackFrom.PARTICIPANT)
    if not tells:
        return ()
    service, since = service_of(file.template, texts), work.opened or date.min
    held = [f for f in feedback_of(store, work.case_id) if f.done and f.service == service and f.day >= since]
    return tuple(AskedOf(who, next((f.day for f in held if f.who == who), None)) for who in tells)


def _participants(file: WorkFile) -> AskedOf:
    days = [feedback.day for feedback in given(file) if feedback.done]
    return AskedOf(FeedbackFrom.PARTICIPANT, max(days, default=None), len(days))


def unasked(store: Store, file: WorkFile, texts: Texts) -> tuple[FeedbackFrom, ...]:
    """Who has told nothing of the service yet, as it ends: experience is gathered after each. Raises StoreError."""
    return tuple(one.who for one in asked_of(store, file, texts) if one.told is None)
