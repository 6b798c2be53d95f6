"""Where the file lies that a film was taken in from: outside the archive, until somebody destroys it."""

from __future__ import annotations

from app.i18n import N_, Texts
from app.model.erasure import Original
from app.model.meeting import Delivery, Meeting
from app.model.recording import Recording
from app.ports import Store

#: what can be answered; of a film that the program made there is no such file
ORIGINALS = {
    Original.UNKNOWN: N_("Not known"),
    Original.CARD: N_("On a camera's memory card"),
    Original.PHONE: N_("On a phone"),
    Original.VIDEO_LINK: N_("Among the recordings of a video link"),
    Original.COMPUTER: N_("On a computer or another disk"),
    Original.GONE: N_("Destroyed already"),
}


def original_words(t: Texts, original: Original) -> str:
    """The same within a sentence."""
    words = t.tr(ORIGINALS[original])
    return words[:1].lower() + words[1:]


def likely_original(store: Store, film: Recording) -> Original:
    """Where the file lies that a film was taken in from: as it was noted, or as the way of meeting tells."""
    if not film.is_from_outside:
        return Original.NONE
    if film.original != Original.UNKNOWN:
        return film.original
    over_link = store.get(Meeting, film.meeting_id).delivery == Delivery.VIDEO
    return Original.VIDEO_LINK if over_link else Original.UNKNOWN
