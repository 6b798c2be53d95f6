"""What supervision is called on screen and paper: forms, phases, presences, what became of a session, rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.i18n import N_, Texts
from app.model.meeting import Delivery, Outcome
from app.model.supervision import (
    CancellationRule,
    PayerLine,
    Presence,
    PricePer,
    SupervisionAgreement,
    SupervisionForm,
    SupervisionSession,
)
from app.model.supervision_course import EvaluationKind, Phase
from app.supervising.evaluations import Course
from app.supervising.sessions import Hours, days_before
from app.vocabulary import StatementTexts

FORMS = {
    SupervisionForm.INDIVIDUAL: N_("individual supervision"),
    SupervisionForm.PAIR: N_("supervision of a pair"),
    SupervisionForm.GROUP: N_("group supervision"),
    SupervisionForm.TEAM: N_("team supervision"),
    SupervisionForm.LEADER: N_("supervision of a leader"),
    SupervisionForm.FAMILY: N_("supervision of a family"),
}
PHASES = {
    Phase.START: N_("Start of supervision"),
    Phase.MIDWAY: N_("Mid-way review"),
    Phase.END: N_("End of supervision"),
}
EVALUATIONS = {
    EvaluationKind.MIDWAY: N_("Mid-way review"),
    EvaluationKind.FINAL: N_("Final evaluation"),
    EvaluationKind.ANNUAL: N_("Yearly evaluation"),
}
PRESENCES = {
    Presence.THERE: N_("was there"),
    Presence.LATE: N_("came late"),
    Presence.PART: N_("left before the end"),
    Presence.EXCUSED: N_("away, said so before"),
    Presence.MISSING: N_("away, said nothing"),
}
PRICES = {
    PricePer.SESSION: N_("per session"),
    PricePer.HOUR: N_("per hour"),
    PricePer.UNIT: N_("per 45 minutes"),
    PricePer.DAY: N_("per day"),
}
PAYER_LINES = {
    PayerLine.DATES: N_("days and lengths of the sessions"),
    PayerLine.HOURS: N_("hours"),
    PayerLine.CANCELLED: N_("what was cancelled or missed, and what is invoiced of it"),
    PayerLine.PRESENT: N_("how many were there, without names"),
    PayerLine.NAMES: N_("who was there"),
    PayerLine.THEMES: N_("themes"),
    PayerLine.GOALS: N_("the goals in words"),
    PayerLine.COURSE: N_("how the middle rating of each goal went"),
    PayerLine.EVALUATION: N_("the evaluations"),
}


def phase_words(t: Texts, phase: Phase) -> str:
    return t.tr(PHASES[phase])


def rating_number(t: Texts, value: float) -> str:
    """*3*, *2,5*: a middle one of an even number may lie between two."""
    return t.number(value, 0 if value == int(value) else 1)


def middle_words(t: Texts, course: Course) -> str:
    """*middle rating 2 → 4*; of one phase alone its number; of none that nobody has rated."""
    if course.ends is not None:
        first, last = (rating_number(t, value) for value in course.ends)
        return t.tr("middle rating {first} → {last}", first=first, last=last)
    said = [m for one in course.phases if (m := one.middle) is not None]
    if said:
        return t.tr("middle rating {value}", value=rating_number(t, said[0]))
    return t.tr("nobody has rated yet")


def how(t: Texts, agreement: SupervisionAgreement) -> str:
    """*group supervision, 6 supervisees*."""
    form = t.tr(FORMS[agreement.form])
    many = len([s for s in agreement.supervisees if s.left is None])
    people = t.trn("{n} supervisee", "{n} supervisees", many)
    return f"{form}, {people}" if many else form


def rhythm(t: Texts, agreement: SupervisionAgreement) -> str:
    """*10 sessions, 90 min, every 4 weeks*."""
    times = t.trn("{n} session", "{n} sessions", agreement.planned)
    every = t.trn("every week", "every {n} weeks", agreement.weeks)
    return f"{times}, {t.tr('{n} min', n=agreement.minutes)}, {every}"


def cancelling(t: Texts, rule: CancellationRule) -> str:
    """*free until 14 days before, later 100 %, not coming 100 %*."""
    return t.tr(
        "free until {days} days before, later {late} %; not coming {missed} %",
        days=rule.days, late=rule.late, missed=rule.missed,
    )  # fmt: skip


def cancelling_rule(t: Texts, rule: CancellationRule) -> str:
    """The same as an agreement says it, in whole sentences."""
    free = t.trn(
        "A session cancelled at least {n} day before costs nothing.",
        "A session cancelled at least {n} days before costs nothing.",
        rule.days,
    )
    late, missed = (t.percent(share / 100) for share in (rule.late, rule.missed))
    rest = t.tr(
        "Of one cancelled later {late} is invoiced, of one that nobody comes to {missed}.", late=late, missed=missed
    )
    return f"{free} {rest}"


def price(t: Texts, agreement: SupervisionAgreement) -> str:
    """*120,00 € per session, VAT 25.5 %*; empty where none is agreed."""
    if not agreement.price:
        return ""
    said = f"{t.number(agreement.price / 100, 2)} € {t.tr(PRICES[agreement.price_per])}"
    return ", ".join(part for part in (said, agreement.vat.strip()) if part)


def hours(t: Texts, worked: Hours) -> tuple[str, str]:
    """Hours by the clock, and units of 45 minutes."""
    return t.number(worked.clock, 1), t.number(worked.units, 1)


def meeting_in(t: Texts, how_met: Delivery) -> str:
    """How people meet, in the words that meetings have."""
    return StatementTexts(t.language).of("deliveries", how_met)


def delivery(t: Texts, session: SupervisionSession) -> str:
    return meeting_in(t, session.delivery)


def state(t: Texts, session: SupervisionSession, now: datetime) -> str:
    """*held*, *tomorrow*, *to come*, *cancelled*, *not told yet*."""
    said = {Outcome.HELD: t.tr("held"), Outcome.CANCELLED: t.tr("cancelled"), Outcome.NO_SHOW: t.tr("did not come")}
    if session.outcome in said:
        return said[session.outcome]
    days = (session.at.astimezone().date() - now.astimezone().date()).days
    if session.end < now:
        return t.tr("not told yet whether it was held")
    return t.tr("today") if days == 0 else t.tr("tomorrow") if days == 1 else t.tr("to come")


def outcome_line(t: Texts, session: SupervisionSession) -> str:
    """Of a cancelled one *cancelled 21 days before, not invoiced*; of others their themes."""
    if session.outcome == Outcome.CANCELLED and session.cancelled_on is not None:
        days = t.trn(
            "cancelled {n} day before", "cancelled {n} days before", days_before(session, session.cancelled_on)
        )
        return f"{days}, {invoiced(t, session)}"
    if session.outcome == Outcome.NO_SHOW:
        return invoiced(t, session)
    return ", ".join(session.themes)


def off(t: Texts, session: SupervisionSession) -> str:
    """What became of one that was not held, and what is invoiced of it."""
    said, missed = outcome_line(t, session), t.tr("did not come")
    return said if session.cancelled_on is not None else f"{missed}, {said}"


def invoiced(t: Texts, session: SupervisionSession) -> str:
    """What is invoiced of it."""
    return t.tr("invoiced: {n} %", n=session.invoiced) if session.invoiced else t.tr("not invoiced")


def counts(t: Texts, sessions: Iterable[SupervisionSession]) -> str:
    """*7 held · 3 to come · 1 cancelled*."""
    found = list(sessions)
    held, coming = sum(s.is_held for s in found), sum(s.is_open for s in found)
    off = len(found) - held - coming
    parts = [t.trn("{n} held", "{n} held", held), t.trn("{n} to come", "{n} to come", coming)]
    if off:
        parts.append(t.trn("{n} cancelled or missed", "{n} cancelled or missed", off))
    return " · ".join(parts)
