"""Guests and their passes in words."""

from __future__ import annotations

from app.i18n import Texts, today
from app.model.guests import GuestRole
from app.office.guests import Given


def role_words(texts: Texts, role: GuestRole) -> str:
    """As whom a guest codes."""
    return {
        GuestRole.COUNTY: texts.tr("the county's worker"),
        GuestRole.SUBSTITUTE: texts.tr("substitute"),
        GuestRole.STUDENT: texts.tr("student"),
    }[role]


def pass_words(texts: Texts, one: Given) -> str:
    """As whom, for which meeting, and until when: *sijainen · Kuusi, 3.11.2026 · 30.12.2026 asti*."""
    held = one.meeting.held.astimezone().date()
    said = [role_words(texts, one.held.role), f"{one.case.code_name}, {texts.date(held)}"]
    if one.in_place_of:
        said.append(texts.tr("in the place of {name}", name=one.in_place_of))
    return " · ".join((*said, standing_words(texts, one)))


def standing_words(texts: Texts, one: Given) -> str:
    """Until when the pass is good, or when it ended."""
    if one.held.in_force(today()):
        return texts.tr("until {date}", date=texts.date(one.held.until))
    return texts.tr("ended {date}", date=texts.date(one.held.last_day))
