"""What waits for the signed-in worker: own codings, comparisons, drafts, deadlines, the archive's needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.casework.ages import AgeLine
from app.casework.case_file import CaseFile
from app.casework.elsewhere import standing
from app.casework.films_due import FilmsDue
from app.casework.kept_wholes import KeptWhole, wholes_due
from app.casework.places import place_of
from app.casework.reference_films import due_since
from app.model.circumstance import Circumstance
from app.model.coding import CodingState
from app.model.exchange import Next
from app.model.feedback import FeedbackTalk
from app.model.independence import both_ready
from app.model.meeting import Meeting
from app.model.people import Case, Worker
from app.model.statement import Statement, StatementStage
from app.office.own_cases import OwnCases, own_cases
from app.office.own_reminders import (
    ConsentEnds,
    GoalsDue,
    ToAnswer,
    consents_that_end,
    films_to_erase,
    goals_to_review,
    own_ages,
    requests_to_answer,
)
from app.ports import Archive, Store

BACKUP_EVERY = timedelta(days=7)
#: so many days before it a feedback talk is told of, and as many after it while nothing was shown
TALK_NEAR = timedelta(days=7)


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
    GO_THROUGH = "go-through"  # with the client
    FINISH = "finish"  # gone through and approved: it can become final
    CHOOSE_MOMENTS = "choose-moments"  # both codings are ready, and no feedback talk is begun
    HOLD_FEEDBACK = "hold-feedback"  # a feedback talk is today or soon


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
    talk: FeedbackTalk | None = None

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
class Today:
    """A meeting of this day; `partner` is the name of the other worker, `place` empty while none may be told.

    `to_film`: it is still to be filmed, or its filming was cut off.
    """

    meeting: Meeting
    case: Case
    called: str
    to_film: bool
    partner: str = ""
    place: str = ""
    is_interpreted: bool = False

    @property
    def end(self) -> datetime:
        return self.meeting.held + timedelta(minutes=self.meeting.minutes)


@dataclass(frozen=True)
class Desk:
    """Everything that the desk shows, as one value: two that are equal look the same."""

    today: tuple[Today, ...]
    items: tuple[Item, ...]
    deadlines: tuple[Deadline, ...]
    last_backup: datetime | None
    backup_due: bool
    recovery_code_missing: bool
    free_bytes: int
    for_erasure: tuple[FilmsDue, ...] = ()
    wholes: tuple[KeptWhole, ...] = ()  # supervision and work of no case whose time is over
    consents: tuple[ConsentEnds, ...] = ()
    requests: tuple[ToAnswer, ...] = ()
    goals: tuple[GoalsDue, ...] = ()
    ages: tuple[AgeLine, ...] = ()
    no_training_since: date | None = None  # half a year and more, while there is a reference film to code
    code_names: tuple[tuple[str, str], ...] = ()  # by case id, of the open cases

    @property
    def waiting(self) -> int:
        """How many lines wait for the worker."""
        lines = (self.items, self.for_erasure, self.wholes, self.consents, self.requests, self.goals)
        return sum(map(len, lines))

    def code_name(self, case_id: str) -> str:
        return dict(self.code_names).get(case_id, "")


def desk(store: Store, archive: Archive, free_bytes: int, now: datetime) -> Desk:
    """The desk of the store's worker at `now` (aware). Reads only what this worker may see. Raises StoreError.

    What it costs grows with the worker's own open cases.
    """
    day, own = now.astimezone().date(), own_cases(store)
    items = [item for case in own.cases for item in (*needs_of(store, own, case), *_feedback(own, case, day))]
    deadlines = (d for case in own.cases if (d := _deadline(own, case, day)) is not None)
    last = archive.last_backup()
    return Desk(
        _today(store, own, day),
        tuple(sorted(items, key=_order)),
        tuple(sorted(deadlines, key=lambda d: d.due)),
        last,
        bool(own.cases) and (last is None or now - last > BACKUP_EVERY),
        not archive.has_recovery_code(),
        free_bytes,
        films_to_erase(store, day),
        wholes_due(store, day, mine=True),
        consents_that_end(store, own, day),
        requests_to_answer(store, own, day),
        goals_to_review(store, own, day),
        own_ages(own, day),
        due_since(store, day),
        tuple((case.id, case.code_name) for case in own.cases),
    )


def _today(store: Store, own: OwnCases, day: date) -> tuple[Today, ...]:
    """By time."""
    coming = ((m, case) for case in own.cases for m in own.every_meeting(case) if m.takes_place)
    held = [(m, case) for m, case in coming if m.held.astimezone().date() == day]
    if not held:
        return ()
    others = tuple({_other(case, own.me) for _, case in held} - {""})
    names = {w.id: w.name for w in store.find(Worker, id=others)} if others else {}
    files = _for_places(store, {case.id: case for _, case in held})
    rows = (
        Today(
            meeting,
            case,
            own.called(meeting),
            meeting.is_filmed and (not own.has_any_film(meeting) or meeting.id in own.half_filmed),
            names.get(_other(case, own.me), ""),
            place_of(files[case.id], meeting, day),
            own.is_interpreted(meeting),
        )
        for meeting, case in held
    )
    return tuple(sorted(rows, key=lambda row: (row.meeting.held, row.meeting.id)))


def _for_places(store: Store, cases: dict[str, Case]) -> dict[str, CaseFile]:
    """Of some cases what says whether a place may be told."""
    dated = store.find(Circumstance, case_id=tuple(cases))
    return {i: CaseFile(c, circumstances=tuple(d for d in dated if d.case_id == i)) for i, c in cases.items()}


def _other(case: Case, worker_id: str) -> str:
    """The other one of a case's pair."""
    return case.partner if case.lead == worker_id else case.lead


def _order(item: Item) -> tuple[date, str, str]:
    """What is due first; of one case in the order of its meetings."""
    return item.deadline or date.max, item.case.code_name, item.meeting.held.isoformat() if item.meeting else "~"


def needs_of(store: Store, own: OwnCases, case: Case) -> Iterator[Item]:
    """What one of these cases needs of the worker whose view they are read in (`own.me`)."""
    commission, newest = own.commissions.get(case.id), own.statements.get(case.id)
    deadline = commission.due if commission else None
    meetings = own.meetings(case)
    for meeting in meetings:
        what = _meeting_needs(store, own, meeting)
        if what is not None and not (newest is not None and newest.is_final and what == Waiting.COMPARE):
            yield Item(what, case, deadline, meeting, None, own.called(meeting))
        if newest is None and _lacks_talk(own, meeting):
            yield Item(Waiting.TALK, case, deadline, meeting, None, own.called(meeting))
    if newest is not None:
        what = _statement_needs(newest, own.me)
        if what is not None:
            yield Item(what, case, deadline, None, newest)
    elif meetings and all(both_ready(own.pair(m).states) and not own.pair(m).awaited for m in meetings):
        yield Item(Waiting.WRITE, case, deadline)
    for note in own.notes.get(case.id, ()):
        what = _statement_needs(note, own.me)
        if what is not None:
            yield Item(what, case, None, None, note)


def _feedback(own: OwnCases, case: Case, day: date) -> Iterator[Item]:
    """The talks of a case that are near; before the first one is begun, that moments can be chosen for it."""
    talks = own.feedback.get(case.id, ())
    for talk in talks:
        near = None if talk.at is None else talk.at.astimezone().date()
        if talk.held is None and near is not None and abs(near - day) <= TALK_NEAR:
            person = own.persons.get(talk.person_id)
            yield Item(Waiting.HOLD_FEEDBACK, case, near, called=person.called if person else "", talk=talk)
    newest = own.statements.get(case.id)
    ready = [m for m in own.meetings(case) if own.has_films(m) and both_ready(own.pair(m).states)]
    is_open = next((m for m in ready if not own.pair(m).awaited), None)
    if not talks and is_open is not None and not (newest is not None and newest.is_final):
        yield Item(Waiting.CHOOSE_MOMENTS, case, None, is_open, None, own.called(is_open))


def _statement_needs(newest: Statement, worker_id: str) -> Waiting | None:
    approved, alone, stage = {a.worker_id for a in newest.approvals}, newest.alone, newest.stage
    signs = alone is None or alone.worker_id == worker_id
    is_approved = len(approved) >= (2 if alone is None else 1)
    if stage in (StatementStage.CHECKING, StatementStage.COMMENTS) and signs and worker_id not in approved:
        return Waiting.APPROVE
    if newest.is_note and stage == StatementStage.CHECKING and is_approved:
        return Waiting.FINISH
    if stage == StatementStage.WALK_THROUGH or (stage == StatementStage.CHECKING and is_approved):
        return Waiting.GO_THROUGH
    if stage in (StatementStage.DRAFT, StatementStage.CHECKING):
        return Waiting.WRITE
    return Waiting.FINISH if stage == StatementStage.COMMENTS and is_approved else None


def _meeting_needs(store: Store, own: OwnCases, meeting: Meeting) -> Waiting | None:
    """The next thing that this worker has to do about a meeting; None when it is done or another's."""
    if meeting.id in own.half_filmed:
        return Waiting.FILM_ON
    if own.has_films(meeting):
        return _coding_needs(store, own, meeting)
    if own.has_any_film(meeting):
        return None  # all of its films wait for erasure
    return Waiting.FILM if meeting.plan else Waiting.PLAN


def _coding_needs(store: Store, own: OwnCases, meeting: Meeting) -> Waiting | None:
    me = own.me
    if me not in meeting.coders:
        return None
    elsewhere = standing(store, meeting) if meeting.partner_of(me) in own.elsewhere else None
    if elsewhere is not None and elsewhere.next != Next.COMPARE:
        return _ELSEWHERE[elsewhere.next]
    pair = own.pair(meeting)
    if pair.states.get(me) != CodingState.READY:
        return Waiting.CODE
    if not both_ready(pair.states):
        return Waiting.WAIT_FOR_PARTNER
    if pair.awaited:
        return Waiting.WAIT_FOR_SIGN_IN
    again = own.second(meeting).states
    return Waiting.SAY_MORE if again and again.get(me) != CodingState.READY else Waiting.COMPARE


def _lacks_talk(own: OwnCases, meeting: Meeting) -> bool:
    """Filmed with this program, and nobody has written the talk right after."""
    was_filmed = meeting.clock_zero is not None and meeting.id not in own.half_filmed
    return was_filmed and own.has_films(meeting) and meeting.id not in own.talked


def _deadline(own: OwnCases, case: Case, day: date) -> Deadline | None:
    commission, newest = own.commissions.get(case.id), own.statements.get(case.id)
    is_answered = newest is not None and newest.stage == StatementStage.DELIVERED
    if commission is None or commission.due is None or is_answered:
        return None
    begun = commission.ordered or case.opened or day
    whole = max((commission.due - begun).days, 1)
    spent = min(max((day - begun).days / whole, 0.0), 1.0)
    return Deadline(case, commission.due, commission.document.value, spent)
