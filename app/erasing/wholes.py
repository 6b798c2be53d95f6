"""Erasing work of no case: what is said before, and what stands against it. The act itself is that of whole cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.casework.kept_wholes import KeptWhole, Thing, kept_whole
from app.casework.retention import office_rule
from app.erasing.films import backups_with, confirmers
from app.errors import NotAllowed
from app.i18n import today
from app.model.erasure import Ground, Whole, WholeOrder
from app.model.hold import held_back
from app.model.hours import WorkEntry
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.recording import Recording
from app.model.retention import Material, months_after
from app.model.service_work import FormRow, ServiceWork
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.model.supervision_course import GoalRating, SupervisionEvaluation
from app.model.supervision_film import ClipUse, Reflection
from app.model.supervision_note import SupervisionNotebook
from app.ports import Archive, Store

#: the grounds on which such work goes
GROUNDS = (Ground.RETENTION, Ground.MISTAKE, Ground.OTHER)
#: what of supervision is counted before it goes; the marks are those that who is signed in may see
COUNTED = (SupervisionSession, GoalRating, SupervisionEvaluation, ClipUse, Reflection)


@dataclass(frozen=True)
class WhatGoesOfWhole:
    """What is said before it is erased."""

    kept: KeptWhole
    sessions: int = 0
    words: int = 0  # ratings, evaluations, clips that were brought, marks to them
    sheets: int = 0  # filled sheets and rows of a service
    has_notes: bool = False  # own notes of supervision, of whoever is asked
    hours: bool = False  # own working hours of it, which stay
    backups: int = 0  # made while it was here, and not seen to be gone
    last_expires: date | None = None
    others: Sequence[tuple[str, str]] = ()  # who can confirm it besides: (worker id, name)


def thing_of(store: Store, whole: Whole, thing_id: str) -> Thing:
    """Raises StoreError(`not-found`), also for an agreement behind another's wall."""
    if whole == Whole.SUPERVISION:
        return store.get(SupervisionAgreement, thing_id)
    return store.get(ServiceWork, thing_id)


def why_whole_kept(thing: Thing) -> str:
    """The key of what keeps it from being erased on any ground; empty when nothing does."""
    if isinstance(thing, SupervisionAgreement):
        not_yet = "" if thing.ended is not None else "supervision-not-ended"
    elif thing.case_id is not None:
        not_yet = "service-kept-by-case"
    else:
        not_yet = "" if thing.closed is not None else "service-not-ended"
    return held_back(thing.keeping).value or not_yet


def check_whole(store: Store, order: WholeOrder) -> KeptWhole:
    """How it stands as it is erased. Raises NotAllowed, StoreError; the archive asks the rest."""
    thing = thing_of(store, order.whole, order.id)
    if why := why_whole_kept(thing):
        raise NotAllowed(why)
    if isinstance(thing, SupervisionAgreement) and _has_recordings(store, thing):
        raise NotAllowed("supervision-has-recordings")
    kept = kept_whole(store, thing, today())
    if order.ground == Ground.RETENTION and not kept.is_due:
        raise NotAllowed("whole-not-due-yet")
    return kept


def _has_recordings(store: Store, agreement: SupervisionAgreement) -> bool:
    """Whether a film of a session, or brought to one, is not erased yet: each goes first, with its certificate."""
    sessions = tuple(s.id for s in store.find(SupervisionSession, agreement_id=agreement.id))
    folders = tuple(f.id for f in store.find(Case, session_id=sessions)) if sessions else ()
    meetings = tuple(m.id for m in store.find(Meeting, case_id=folders)) if folders else ()
    return bool(meetings) and store.has(Recording, meeting_id=meetings, erased=None)


def what_goes_of_whole(store: Store, archive: Archive, thing: Thing) -> WhatGoesOfWhole:
    """Raises StoreError."""
    backups = backups_with(store, thing.id)
    newest = max((b.made.astimezone().date() for b in backups), default=None)
    months = office_rule(store, Material.BACKUPS).months
    is_of_supervision = isinstance(thing, SupervisionAgreement)
    counts = {kind: len(store.find(kind, agreement_id=thing.id)) if is_of_supervision else 0 for kind in COUNTED}
    nearest = thing.readers if isinstance(thing, SupervisionAgreement) else thing.workers
    return WhatGoesOfWhole(
        kept_whole(store, thing, today()),
        counts.pop(SupervisionSession),
        sum(counts.values()),
        0 if is_of_supervision else len(store.find(FormRow, work_id=thing.id)),
        is_of_supervision and bool(store.find(SupervisionNotebook, agreement_id=thing.id)),
        bool(store.find(WorkEntry, worker_id=store.me, whole_id=thing.id)),
        len(backups),
        None if newest is None else months_after(newest, months),
        confirmers(store, archive, *nearest),
    )
