"""The sessions of one agreement: planned in its rhythm, numbered, cancelled by its rule. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.model.hours import UNIT
from app.model.identity import new_id
from app.model.meeting import Outcome
from app.model.supervision import (
    AgendaItem,
    Attendance,
    Presence,
    SupervisionAgreement,
    SupervisionSession,
)

#: minutes of an hour by the clock
_HOUR = 60


def in_order(sessions: Iterable[SupervisionSession]) -> tuple[SupervisionSession, ...]:
    """By their beginning."""
    return tuple(sorted(sessions, key=lambda s: (s.at, s.id)))


def series(agreement: SupervisionAgreement, first: datetime, held: int = 0) -> tuple[SupervisionSession, ...]:
    """What is left of the planned sessions from `first` on, at the same time of day, every so many weeks.

    `held` sessions there are already. The time of day stays what it is on the wall when the clocks are changed.
    """
    on_the_wall = first.astimezone().replace(tzinfo=None)
    left = max(agreement.planned - held, 0)
    days = (on_the_wall + timedelta(weeks=agreement.weeks * n) for n in range(left))
    return tuple(_new(agreement, day.astimezone()) for day in days)


def _new(agreement: SupervisionAgreement, at: datetime) -> SupervisionSession:
    return SupervisionSession(
        new_id(),
        agreement.id,
        at,
        agreement.minutes,
        agreement.delivery,
        agreement.place,
    )


def one(agreement: SupervisionAgreement, at: datetime, *, exploratory: bool = False) -> SupervisionSession:
    """A single session as the agreement has them; the exploratory meeting comes before it is signed."""
    return replace(_new(agreement, at), exploratory=exploratory)


def numbers(sessions: Iterable[SupervisionSession]) -> dict[str, int]:
    """The number of each session that was held or is to come, by its id: what was cancelled or missed has none.

    Neither has the exploratory meeting. A session that is cancelled so gives its number to the next.
    """
    counted = [s for s in in_order(sessions) if s.outcome in (Outcome.OPEN, Outcome.HELD) and not s.exploratory]
    return {session.id: number for number, session in enumerate(counted, start=1)}


def next_one(sessions: Iterable[SupervisionSession], now: datetime) -> SupervisionSession | None:
    """The first that nobody has said anything of yet and that is not over."""
    return next((s for s in in_order(sessions) if s.is_open and s.end >= now), None)


def unsaid(sessions: Iterable[SupervisionSession], now: datetime) -> tuple[SupervisionSession, ...]:
    """Those that are over, and nobody has said what became of them."""
    return tuple(s for s in in_order(sessions) if s.is_open and s.end < now)


# cancelling


def days_before(session: SupervisionSession, cancelled: date) -> int:
    """How many days before the session it was cancelled; 0 on the day itself, and after it."""
    return max((session.at.astimezone().date() - cancelled).days, 0)


def invoiced(agreement: SupervisionAgreement, session: SupervisionSession, cancelled: date) -> int:
    """The per cent that the agreement's rule invoices of a session cancelled on that day."""
    rule = agreement.cancelling
    return 0 if days_before(session, cancelled) >= rule.days else rule.late


def cancelled(
    agreement: SupervisionAgreement, session: SupervisionSession, day: date, by: str, why: str = ""
) -> SupervisionSession:
    """The session called off on `day`."""
    return replace(
        session,
        outcome=Outcome.CANCELLED,
        cancelled_on=day,
        cancelled_by=by.strip(),
        why=why.strip(),
        invoiced=invoiced(agreement, session, day),
        attendance=(),
    )


def missed(agreement: SupervisionAgreement, session: SupervisionSession, why: str = "") -> SupervisionSession:
    """Nobody came, and nobody had said so."""
    everybody = agreement.there_on(session.at.astimezone().date())
    return replace(
        session,
        outcome=Outcome.NO_SHOW,
        why=why.strip(),
        invoiced=agreement.cancelling.missed,
        attendance=tuple(Attendance(s.id, Presence.MISSING) for s in everybody),
    )


def held(
    agreement: SupervisionAgreement, session: SupervisionSession, presences: dict[str, Presence] | None = None
) -> SupervisionSession:
    """The session took place: everybody was there, but for those of whom something else is said."""
    said = presences or {}
    everybody = agreement.there_on(session.at.astimezone().date())
    attendance = tuple(Attendance(s.id, said.get(s.id, Presence.THERE)) for s in everybody)
    return replace(session, outcome=Outcome.HELD, attendance=attendance, invoiced=100, cancelled_on=None)


# agenda


def agenda_minutes(items: Iterable[AgendaItem]) -> int:
    """What the agenda takes in all."""
    return sum(item.minutes for item in items)


# hours


@dataclass(frozen=True, slots=True)
class Hours:
    """Time worked, in minutes, and as it is counted: hours by the clock, and units of 45 minutes."""

    minutes: int = 0
    count: int = 0  # of sessions, where it is of sessions

    @property
    def clock(self) -> float:
        return self.minutes / _HOUR

    @property
    def units(self) -> float:
        return self.minutes / UNIT


def hours_held(sessions: Iterable[SupervisionSession]) -> Hours:
    """Of the sessions that were held."""
    there = [s for s in sessions if s.is_held]
    return Hours(sum(s.minutes for s in there), len(there))


def within(sessions: Iterable[SupervisionSession], first: date, last: date) -> tuple[SupervisionSession, ...]:
    """Those that begin on a day from `first` to `last`."""
    return tuple(s for s in in_order(sessions) if first <= s.at.astimezone().date() <= last)
