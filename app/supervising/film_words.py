"""What a clip is called in supervision, and what is said of why it may not be shown: by code name alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.casework.case_file import case_file
from app.casework.case_list import case_lines
from app.clips.lookup import Lookup
from app.clips.words import length
from app.i18n import N_, Texts
from app.model.feedback import Clip
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.model.supervision_film import ClipUse, Shared
from app.model.units import RowCount
from app.ports import Store
from app.supervising.film import Bar

BARS = {
    Bar.FILM_GONE: N_("the film is gone or closed"),
    Bar.HIDDEN: N_("must not be shown"),
    Bar.CODING: N_("a coding is still open"),
    Bar.WITHDRAWN: N_("consent withdrawn"),
    Bar.CONSENT: N_("consent missing"),
    Bar.CONTROLLER: N_("the controller has not decided yet"),
    Bar.STOPPED: N_("stopped, not shown again in this session"),
    Bar.UNCOVERED: N_("covers not looked at wholly"),
}
SHARED = {
    Shared.PRIVATE: N_("private"),
    Shared.SUPERVISOR: N_("for the supervisor"),
    Shared.GROUP: N_("for the group"),
}
#: how many cases are offered at most when a clip is brought
MOST_CASES: RowCount = 400


@dataclass(frozen=True, slots=True)
class ToldClip:
    """A clip as supervision tells of it: code name, what it is of, how long it is. Its title is for the family."""

    code_name: str
    about: str
    length: str

    @property
    def line(self) -> str:
        return " · ".join(part for part in (self.code_name, self.about) if part)


def told_clip(store: Store, texts: Texts, lookup: Lookup, clip: Clip) -> ToldClip:
    """How a clip is called here. Raises StoreError `not-found` where its case may not be read."""
    case = case_file(store, store.get(Meeting, clip.meeting_id).case_id).case
    long = texts.tr("still") if clip.is_still else length(texts, clip.length)
    return ToldClip(case.code_name, lookup.about(clip), long)


def openable_cases(store: Store) -> tuple[Case, ...]:
    """The cases that the signed-in worker may open, by code name."""
    return tuple(sorted((line.case for line in case_lines(store, MOST_CASES)), key=lambda c: c.code_name.casefold()))


def own_recordings(store: Store, texts: Texts, agreement: SupervisionAgreement) -> tuple[tuple[str, str], ...]:
    """What lies with an agreement: the id under which each one's clips are found, and how it is called.

    The recorded sessions by their day, then what was brought to them by its code name.
    """
    held = {s.id: s for s in store.find(SupervisionSession, agreement_id=agreement.id)}
    folders = store.find(Case, session_id=tuple(held)) if held else ()
    days = sorted((held[folder.session_id].at, folder.id) for folder in folders if folder.brought is None)
    brought = sorted((folder.code_name, folder.id) for folder in folders if folder.brought is not None)
    name = texts.tr("Session")
    recorded = ((key, f"{name} {texts.date(at.astimezone().date())}") for at, key in days)
    return (*recorded, *((key, texts.tr("{name}, brought film", name=called)) for called, key in brought))


def left_to_bring(found: Sequence[Clip], uses: Sequence[ClipUse]) -> tuple[Clip, ...]:
    """Those that no supervisee has brought to the session yet."""
    brought = {use.clip_id for use in uses}
    return tuple(clip for clip in found if clip.id not in brought)
