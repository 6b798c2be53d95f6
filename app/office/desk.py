"""What waits for the signed-in worker: own codings, comparisons, drafts, deadlines, the archive's needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.casework.case_file import CaseFile, case_file
from app.casework.elsewhere import standing
from app.casework.meeting_file import films_in_use
from app.casework.pair import pair_ready
from app.casework.reference_films import due_since
from app.model.coding import SECOND_READING, CodingState
from app.model.exchange import Next
from app.model.filming import FilmingEvent, Happening, OpenRecording, Talk
from app.model.independence import both_ready
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.recording import Recording
from app.model.statement import Statement, StatementStage
from app.ports import Archive, Store

BACKUP_EVERY = timedelta(days=7)


class Waiting(StrEnum):
    """What kind of work waits; each has its one action on the desk."""

    PLAN = "plan"
    FILM = "film"
    FILM_ON = "film-on"  # filming was paused, or the program ended in the middle of it
    TALK = "talk"  # the talk right after filming has not been written
    CODE = "code"
    WAIT_FOR_PARTNER = "wait-for-partner"
    HAND_OVER = "hand-over"  # the partner codes on another computer and has nothing yet
    SEND_CODING = "send-coding"  # to the partner's computer
    SEND_KEY = "send-key"
    TAKE_IN = "take-in"  # what the partner sends is waited for
    WAIT_FOR_SIGN_IN = "wait-for-sign-in"  # both are ready, and the partner's coding opens at the partner's sign-in
    COMPARE = "compare"
    SAY_MORE = "say-more"  # one of the two has begun the second pass
    WRITE = "write"
    APPROVE = "approve"


#: what it is on the desk where the partner codes on another computer
_ELSEWHERE = {
    Next.HAND_OVER: Waiting.HAND_OVER,
    Next.CODE: Waiting.CODE,
    Next.SEND_CODING: Waiting.SEND_CODING,
    Next.WAIT_FOR_CODING: Waiting.TAKE_IN,
    Next.SEND_KEY: Waiting.SEND_KEY,
    Next.WAIT_FOR_KEY: Waiting.TAKE_IN,
}


@dataclass(frozen=True)
class Item:
    """One line of the desk."""

    what: Waiting
    case: Case
    deadline: date | None
    meeting: Meeting | None = None
    statement: Statement | None = None
    called: str = ""

    def days_left(self, today: date) -> int | None:
        return None if self.deadline is None else (self.deadline - today).days


@dataclass(frozen=True)
class Deadline:
    """When a commission must be answered, and how much of its time has gone (0…1)."""

    case: Case
    due: date
    document: str
    spent: float


@dataclass(frozen=True)
class ForErasure:
    """Films of one meeting that are closed from use and wait for their erasure."""

    case: Case
    meeting: Meeting
    films: int
    since: datetime


@dataclass(frozen=True)
class Desk:
    """Everything that the desk shows, as one value."""

    today: tuple[tuple[Meeting, Case, str, bool], ...]  # the last: whether it is still to be filmed
    items: tuple[Item, ...]
    deadlines: tuple[Deadline, ...]
    last_backup: datetime | None
    backup_due: bool
    recovery_code_missing: bool
    free_bytes: int
    for_erasure: tuple[ForErasure, ...] = ()
    no_training_since: date | None = None  # half a year and more, while there is a reference film to code


def desk(store: Store, archive: Archive, free_bytes: int, now: datetime) -> Desk:
    """The desk of the store's worker at `now` (aware). Reads only what this worker may see."""
    day = now.astimezone().date()
    files = [case_file(store, c.id) for c in store.find(Case) if _is_mine(c, store.worker.id) and c.closed is None]
    items: list[Item] = []
    for file in files:
        items += _of_case(store, file)
    last = archive.last_backup()
    return Desk(
        tuple(
            (m, f.case, _called(f, m), not _films(store, m) or _is_half_filmed(store, m))
            for f in files
            for m in f.meetings
            if m.held.astimezone().date() == day
        ),
        tuple(sorted(items, key=lambda i: (i.deadline or date.max, i.case.code_name))),
        tuple(sorted((d for f in files if (d := _deadline(f, day)) is not None), key=lambda d: d.due)),
        last,
        bool(files) and (last is None or now - last > BACKUP_EVERY),
        not archive.has_recovery_code(),
        free_bytes,
        tuple(row for f in files for m in f.meetings if (row := _for_erasure(store, f, m)) is not None),
        due_since(store, day),
    )


def _for_erasure(store: Store, file: CaseFile, meeting: Meeting) -> ForErasure | None:
    closed = [since for r in _films(store, meeting) if (since := r.closed_from_use) is not None]
    return ForErasure(file.case, meeting, len(closed), min(closed)) if closed else None


def _films(store: Store, meeting: Meeting) -> tuple[Recording, ...]:
    """Also those that wait for their erasure; one that was erased is as if it had not been made."""
    return store.find(Recording, meeting_id=meeting.id, erased=None)


def _is_mine(case: Case, worker_id: str) -> bool:
    return worker_id in (case.lead, case.partner)


def _called(file: CaseFile, meeting: Meeting) -> str:
    adult = file.person(meeting.adult_id)
    return adult.called if adult else ""


def _of_case(store: Store, file: CaseFile) -> list[Item]:
    deadline = file.commission.deadline if file.commission else None
    items = []
    statements = sorted(store.find(Statement, case_id=file.case.id), key=lambda s: s.version)
    is_told = bool(statements) and statements[-1].is_final
    for meeting in file.meetings:
        what = _meeting_needs(store, meeting)
        if what is not None and not (is_told and what == Waiting.COMPARE):
            items.append(Item(what, file.case, deadline, meeting, None, _called(file, meeting)))
        if not statements and _lacks_talk(store, meeting):
            items.append(Item(Waiting.TALK, file.case, deadline, meeting, None, _called(file, meeting)))
    if statements:
        newest = statements[-1]
        approved = {a.worker_id for a in newest.approvals}
        if newest.stage == StatementStage.CHECKING and store.worker.id not in approved:
            items.append(Item(Waiting.APPROVE, file.case, deadline, None, newest))
        elif newest.stage in (StatementStage.DRAFT, StatementStage.CHECKING):
            items.append(Item(Waiting.WRITE, file.case, deadline, None, newest))
    elif file.meetings and all(pair_ready(store, m.id) for m in file.meetings):
        items.append(Item(Waiting.WRITE, file.case, deadline))
    return items


def _meeting_needs(store: Store, meeting: Meeting) -> Waiting | None:
    """The next thing that this worker has to do about a meeting; None when it is done or another's."""
    if _is_half_filmed(store, meeting):
        return Waiting.FILM_ON
    if films_in_use(store, meeting.id):
        return _coding_needs(store, meeting)
    if _films(store, meeting):
        return None  # all of its films wait for erasure
    return Waiting.FILM if meeting.plan else Waiting.PLAN


def _coding_needs(store: Store, meeting: Meeting) -> Waiting | None:
    if store.worker.id not in meeting.coders:
        return None
    elsewhere = standing(store, meeting)
    if elsewhere is not None and elsewhere.next != Next.COMPARE:
        return _ELSEWHERE[elsewhere.next]
    states = store.coding_states(meeting.id)
    if states.get(store.worker.id) != CodingState.READY:
        return Waiting.CODE
    if not both_ready(states):
        return Waiting.WAIT_FOR_PARTNER
    if store.awaited(meeting.id):
        return Waiting.WAIT_FOR_SIGN_IN
    again = store.coding_states(meeting.id, SECOND_READING)
    is_due = bool(again) and again.get(store.worker.id) != CodingState.READY
    return Waiting.SAY_MORE if is_due else Waiting.COMPARE


def _is_half_filmed(store: Store, meeting: Meeting) -> bool:
    if store.find(OpenRecording, meeting_id=meeting.id):
        return True
    cut = (Happening.PAUSE, Happening.RESCUED)
    return any(e.kind in cut and e.end is None for e in store.find(FilmingEvent, meeting_id=meeting.id))


def _lacks_talk(store: Store, meeting: Meeting) -> bool:
    """Filmed with this program, and nobody has written the talk right after."""
    was_filmed = meeting.clock_zero is not None and not _is_half_filmed(store, meeting)
    return was_filmed and bool(films_in_use(store, meeting.id)) and not store.find(Talk, meeting_id=meeting.id)


def _deadline(file: CaseFile, day: date) -> Deadline | None:
    commission = file.commission
    if commission is None or commission.deadline is None:
        return None
    begun = commission.ordered or file.case.opened or day
    whole = max((commission.deadline - begun).days, 1)
    spent = min(max((day - begun).days / whole, 0.0), 1.0)
    return Deadline(file.case, commission.deadline, commission.document.value, spent)
