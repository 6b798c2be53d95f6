"""Requests about a case's material, and holds on it: how each begins, is answered or ended, and what they keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.casework.case_file import CaseFile
from app.errors import NotAllowed
from app.model.change import Change
from app.model.hold import Held, Hold, held, held_back
from app.model.identity import new_id
from app.model.request import LEAVES_OUT, Reply, Request, RequestKind, a_month_after


def asked(case_id: str, kind: RequestKind, arrived: date, person_id: str = "", asked_by: str = "") -> Request:
    """A request that arrived on a day, to be answered within a month.

    Raises NotAllowed(`request-without-asker`) when it is said of nobody that they ask.
    """
    who = asked_by.strip()
    if not person_id and not who:
        raise NotAllowed("request-without-asker")
    return Request(new_id(), case_id, kind, arrived, a_month_after(arrived), person_id, who)


def answered(
    request: Request, answer: Reply, day: date, decided_by: str, left_out: str = "", to_turn_to: str = ""
) -> Change:
    """What the register-keeper decided.

    Raises NotAllowed: `request-answered-before` it arrived, `request-without-decider`, and for what is not given
    `request-without-reason` until it is said what was left out on what ground, and whom the asker can turn to.
    """
    who, why, whom = decided_by.strip(), left_out.strip(), to_turn_to.strip()
    if day < request.arrived:
        raise NotAllowed("request-answered-before")
    if answer != Reply.TAKEN_BACK and not who:
        raise NotAllowed("request-without-decider")
    if answer in LEAVES_OUT and not (why and whom):
        raise NotAllowed("request-without-reason")
    after = replace(request, answer=answer, decided=day, decided_by=who, left_out=why, to_turn_to=whom)
    return Change(request, after)


def handed_over(request: Request, day: date, what: str) -> Change:
    """What was handed over, and how. Raises NotAllowed: `request-not-granted`, `request-without-what`."""
    if request.answer not in (Reply.GIVEN, Reply.IN_PART):
        raise NotAllowed("request-not-granted")
    if not what.strip():
        raise NotAllowed("request-without-what")
    return Change(request, replace(request, handed=what.strip(), handed_on=day))


def hold(case_id: str, worker_id: str, day: date, ground: str, meeting_id: str = "") -> Hold:
    """A hold from `day` on. Raises NotAllowed(`hold-without-ground`)."""
    if not ground.strip():
        raise NotAllowed("hold-without-ground")
    return Hold(new_id(), case_id, day, worker_id, ground.strip(), meeting_id)


def ended(found: Hold, day: date) -> Change:
    """It no longer keeps anything, and stays on record."""
    return Change(found, replace(found, ended=max(day, found.since)))


def kept(file: CaseFile, meeting_id: str = "") -> Held:
    """Why a meeting's material may not be erased now, or with an empty id the case; empty when nothing keeps it."""
    return held(meeting_id, file.holds, file.requests) or held_back(file.keeping)
