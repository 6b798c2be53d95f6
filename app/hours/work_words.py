"""What the time went to and how far an entry is, in words."""

from __future__ import annotations

from app.i18n import N_, Texts
from app.model.hours import HoursState, Work

_WHAT = {
    Work.MEETING: N_("Meeting or session"),
    Work.PREPARATION: N_("Preparation"),
    Work.WRITING: N_("Writing"),
    Work.TRAVEL: N_("Travel"),
    Work.CANCELLED: N_("Cancelled meeting"),
    Work.NO_SHOW: N_("Missed meeting"),
    Work.OTHER: N_("Other"),
}
_STATES = {
    HoursState.DRAFT: N_("draft"),
    HoursState.OWN: N_("waits for the partner"),
    HoursState.CONFIRMED: N_("confirmed"),
    HoursState.FROZEN: N_("closed"),
}


def what_called(texts: Texts, what: Work) -> str:
    """What the time went to."""
    return texts.tr(_WHAT[what])


def state_called(texts: Texts, state: HoursState) -> str:
    """How far an entry is."""
    return texts.tr(_STATES[state])
