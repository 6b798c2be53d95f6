"""How lists tell of a meeting: whether it was held, comes or was called off, how people met, and for how long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from app.casework.case_file import CaseFile
from app.casework.places import place_of
from app.i18n import Texts
from app.model.meeting import Meeting, Outcome
from app.model.people import Interpreter
from app.vocabulary import StatementTexts


class Standing(StrEnum):
    """How far a meeting is."""

    HELD = "held"
    TODAY = "today"
    COMING = "coming"
    UNTOLD = "untold"  # its day is over and nobody has said what came of it
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"


_SAID = {Outcome.HELD: Standing.HELD, Outcome.CANCELLED: Standing.CANCELLED, Outcome.NO_SHOW: Standing.NO_SHOW}


def standing(meeting: Meeting, day: date, *, has_film: bool = False) -> Standing:
    """On `day`. One that was filmed was held, whoever said so."""
    if meeting.outcome in _SAID:
        return _SAID[meeting.outcome]
    if has_film or meeting.clock_zero is not None:
        return Standing.HELD
    held = meeting.held.astimezone().date()
    if held == day:
        return Standing.TODAY
    return Standing.COMING if held > day else Standing.UNTOLD


def standing_words(t: Texts, meeting: Meeting, found: Standing) -> str:
    """*pidetty, 75 min*, *peruttu, sairastui*, *tulossa*."""
    words = {
        Standing.HELD: t.tr("held, {n} min", n=meeting.minutes),
        Standing.TODAY: t.tr("today"),
        Standing.COMING: t.tr("coming"),
        Standing.UNTOLD: t.tr("not told yet whether it was held"),
        Standing.CANCELLED: t.tr("cancelled"),
        Standing.NO_SHOW: t.tr("did not come"),
    }[found]
    return f"{words}, {meeting.why}" if meeting.why and not meeting.takes_place else words


def how_words(t: Texts, case: CaseFile, meeting: Meeting, day: date) -> str:
    """Where, if a place may be told, or else how people met; and that there is an interpreter."""
    words = StatementTexts(t.language)
    where = place_of(case, meeting, day) or words.of("deliveries", meeting.delivery)
    people = (case.person(i) for i in meeting.people)
    is_interpreted = any(p is not None and p.interpreter != Interpreter.NONE for p in people)
    return f"{where} · {words.of('takers', 'interpreter')}" if is_interpreted else where


def count_words(t: Texts, standings: Iterable[Standing]) -> str:
    """*5 pidetty · 1 tänään · 5 tulossa · 1 peruttu*; what there is none of is left out."""
    found = Counter(standings)
    words = (
        (Standing.HELD, t.trn("{n} held", "{n} held", found[Standing.HELD])),
        (Standing.UNTOLD, t.trn("{n} not told yet", "{n} not told yet", found[Standing.UNTOLD])),
        (Standing.TODAY, t.trn("{n} today", "{n} today", found[Standing.TODAY])),
        (Standing.COMING, t.trn("{n} coming", "{n} coming", found[Standing.COMING])),
        (Standing.CANCELLED, t.trn("{n} cancelled", "{n} cancelled", found[Standing.CANCELLED])),
        (Standing.NO_SHOW, t.trn("{n} did not come", "{n} did not come", found[Standing.NO_SHOW])),
    )
    return " · ".join(said for which, said in words if found[which])


def takers_said(t: Texts, kept: Iterable[str]) -> str:
    """Who else takes part, by role, as one line."""
    words = StatementTexts(t.language)
    return ", ".join(words.said("takers", one) for one in kept)


def takers_kept(t: Texts, line: str) -> tuple[str, ...]:
    """The line as it is kept: by key what is on the pick-list, else in its own words."""
    words = StatementTexts(t.language)
    keys = {words.of("takers", key).casefold(): key for key in words.keys("takers")}
    parts = (part.strip() for part in line.split(","))
    return tuple(dict.fromkeys(keys.get(part.casefold(), part) for part in parts if part))
