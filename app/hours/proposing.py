"""Hours that can be taken from what is there: meetings with their travel, and sessions of supervision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.hours.products import ordered_product
from app.model.commission import Commission
from app.model.day import midnight, next_midnight
from app.model.hours import SESSION, Work, WorkEntry
from app.model.identity import new_id
from app.model.meeting import Meeting, Outcome
from app.model.people import Case, Person
from app.model.sought import Side
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.ports import Store
from app.ports.pages import Days
from app.services.library import first as first_service
from app.services.library import kind_of

#: meetings looked through at a time
_PAGE = 200
#: what an outcome is in hours
_WHAT = {Outcome.OPEN: Work.MEETING, Outcome.HELD: Work.MEETING, Outcome.CANCELLED: Work.CANCELLED}


def proposed(store: Store, first: date, last: date, today: date) -> tuple[WorkEntry, ...]:
    """Entries for own meetings and sessions of some days until today that have none yet, by day. Raises StoreError."""
    last = min(last, today)
    found = [*_of_meetings(store, first, last), *_of_sessions(store, first, last)]
    return tuple(sorted(found, key=lambda e: (e.day, e.id)))


def _of_meetings(store: Store, first: date, last: date) -> list[WorkEntry]:
    meetings = [m for m in _meetings(store, first, last) if store.me in _workers(store, m)]
    if not meetings:
        return []
    ids = tuple(m.id for m in meetings)
    there = {(e.of_id, e.what == Work.TRAVEL) for e in store.find(WorkEntry, worker_id=store.me, of_id=ids)}
    return [e for m in meetings for e in _of_meeting(store, m) if (e.of_id, e.what == Work.TRAVEL) not in there]


def _of_sessions(store: Store, first: date, last: date) -> Iterator[WorkEntry]:
    """Sessions of supervision that the worker leads and of which it is said what became: behind the wall."""
    led = {a.id: a for a in store.find(SupervisionAgreement, supervisor=store.me)}
    sessions = store.find(SupervisionSession, agreement_id=tuple(led)) if led else ()
    over = [s for s in sessions if not s.is_open and first <= s.at.astimezone().date() <= last]
    ids = tuple(s.id for s in over)
    there = {e.of_id for e in store.find(WorkEntry, worker_id=store.me, of_id=ids)} if ids else set()
    for session in over:
        if session.id not in there:
            yield _session(store, led[session.agreement_id], session)


def _session(store: Store, agreement: SupervisionAgreement, session: SupervisionSession) -> WorkEntry:
    return WorkEntry(
        new_id(), store.me, session.at.astimezone().date(), session.minutes if session.is_held else 0,
        f"supervision-{agreement.form.value}", _WHAT.get(session.outcome, Work.NO_SHOW), Side.SUPERVISION,
        agreement.customer, store.worker.office, session.delivery, of_kind=SESSION, of_id=session.id,
        whole_id=agreement.id, participants=session.present,
    )  # fmt: skip


def _meetings(store: Store, first: date, last: date) -> Iterator[Meeting]:
    if last < first:
        return
    days = Days(midnight(first), next_midnight(last))
    page = store.meetings(_PAGE, days=days, mine=True)
    while page:
        yield from page
        page = store.meetings(_PAGE, page[-1], days=days, mine=True) if len(page) == _PAGE else ()


def _workers(store: Store, meeting: Meeting) -> tuple[str, ...]:
    """Who took part: whom the meeting names, else who codes it, else the pair of its case."""
    named = meeting.workers or tuple(i for i in meeting.coders if i)
    if named:
        return named
    case = store.get(Case, meeting.case_id)
    return tuple(i for i in (case.lead, case.partner) if i)


def _of_meeting(store: Store, meeting: Meeting) -> Iterator[WorkEntry]:
    """The meeting itself, and the way there and back."""
    made = _entry(store, meeting)
    yield made
    if meeting.takes_place and (meeting.travel_minutes or meeting.travel_km):
        yield WorkEntry(
            new_id(), made.worker_id, made.day, meeting.travel_minutes, made.product, Work.TRAVEL, made.side,
            made.customer, made.office, made.delivery, meeting.travel_km, made.of_kind, made.of_id, made.whole_id,
            made.partner_id, children=made.children, adults=made.adults,
        )  # fmt: skip


def _entry(store: Store, meeting: Meeting) -> WorkEntry:
    commissions = store.find(Commission, case_id=meeting.case_id)
    commission = commissions[-1] if commissions else None
    people = store.find(Person, id=meeting.people) if meeting.people else ()
    others = tuple(i for i in _workers(store, meeting) if i != store.me)
    return WorkEntry(
        new_id(), store.me, meeting.held.astimezone().date(), meeting.minutes if meeting.takes_place else 0,
        _product(meeting, commission), _WHAT.get(meeting.outcome, Work.NO_SHOW), Side.CLIENTS,
        commission.commissioner if commission is not None else "", store.worker.office, meeting.delivery,
        of_kind="meeting", of_id=meeting.id, whole_id=meeting.case_id, partner_id=others[0] if others else "",
        children=sum(not p.is_adult for p in people), adults=sum(p.is_adult for p in people),
    )  # fmt: skip


def _product(meeting: Meeting, commission: Commission | None) -> str:
    """A filmed meeting is of its service, any other of what the commission asks for."""
    ordered = "" if commission is None else ordered_product(commission.assessment)
    return ordered if ordered and not kind_of(meeting).filmed else first_service().id
