"""Closing a case: what should be done first, each with whether it is, and why it is closed all the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.casework.case_file import CaseFile
from app.casework.retention import kept_films
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import Change
from app.model.coding import CodingHeader, CodingState
from app.model.people import Case
from app.model.private_note import PrivateNote
from app.model.statement import Statement
from app.ports import Store


class Step(StrEnum):
    """One thing of the checklist, in its order."""

    CODINGS = "codings"  # none is begun and not ready
    DRAFTS = "drafts"  # no statement is on its way to being final
    STATEMENT = "statement"  # one is final, or delivered
    NOTES = "notes"  # own notes of who is signed in; others' nobody sees
    FILMS = "films"  # none is due to be erased
    REQUESTS = "requests"  # none is open
    HOLDS = "holds"  # none stands
    RETURNED = "returned"  # what is the register-keeper's went back
    CHILD_TOLD = "child-told"


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a step is done; `meeting_id` is where the first thing that lacks is found."""

    step: Step
    done: bool
    meeting_id: str = ""


def checklist(store: Store, file: CaseFile, day: date) -> tuple[Check, ...]:
    """Every step with whether it is done, as the signed-in worker can know it."""
    begun = [m.id for m in file.meetings if CodingState.DRAFT in store.coding_states(m.id).values()]
    statements = store.find(Statement, case_id=file.case.id)
    noted = _noted(store, file)
    films = any(k.is_due for k in kept_films(store, file, day))
    return (
        Check(Step.CODINGS, not begun, next(iter(begun), "")),
        Check(Step.DRAFTS, all(s.is_final for s in statements)),
        Check(Step.STATEMENT, any(s.is_final and not s.is_note for s in statements)),
        Check(Step.NOTES, not noted, noted),
        Check(Step.FILMS, not films),
        Check(Step.REQUESTS, not any(r.is_open for r in file.requests)),
        Check(Step.HOLDS, not any(h.stands for h in file.holds)),
        Check(Step.RETURNED, file.case.returned is not None),
        Check(Step.CHILD_TOLD, file.case.child_told is not None),
    )


def close(door: Door, texts: Texts, file: CaseFile, day: date, despite: str = "") -> None:
    """The case is closed on a day; `despite` says why when a step is not done.

    Raises NotAllowed(`closing-needs-reason`) without, StaleChange, StoreError.
    """
    words = despite.strip()
    is_whole = all(check.done for check in checklist(door.store, file, day))
    if not is_whole and not words:
        raise NotAllowed("closing-needs-reason")
    closed = replace(file.case, closed=day, closed_despite="" if is_whole else words)
    door.write(texts.tr("Case closed"), [Change(file.case, closed)], act="case-closed")


def reopen(door: Door, texts: Texts, case: Case) -> None:
    """It is worked on again; the access log keeps when it was closed. Raises StaleChange, StoreError."""
    after = replace(case, closed=None, closed_despite="")
    door.write(texts.tr("Case opened again"), [Change(case, after)], act="case-reopened")


def mark(door: Door, texts: Texts, case: Case, step: Step, day: date | None) -> None:
    """That the child was told, or all was returned, on a day; None takes it back. Raises StaleChange, StoreError."""
    after = replace(case, child_told=day) if step == Step.CHILD_TOLD else replace(case, returned=day)
    door.write(texts.tr("Case details edited"), [Change(case, after)])


def _noted(store: Store, file: CaseFile) -> str:
    """The first meeting with own notes of who is signed in; empty without any."""
    for meeting in file.meetings:
        for header in store.find(CodingHeader, meeting_id=meeting.id, coder=store.me):
            if store.find(PrivateNote, coding_id=header.id):
                return meeting.id
    return ""
