"""Films that workers code for learning: which there are, whether one may be coded now, and who names and ends one.

Everybody on the film has consented to *the film as a reference film for coders* (domain 4.9), asked each time that it
is opened: a consent taken back closes the film for learning at once. Nothing is kept of that in the reference itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.casework.case_file import case_file
from app.casework.consents import Permission
from app.casework.film_use import Use, permission
from app.casework.meeting_file import films_in_use
from app.errors import NotAllowed
from app.model.change import Change, added, removed
from app.model.coding import CodingHeader
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.training import Reference, TrainingResult, named
from app.ports import Store

#: a common film at least each half-year (domain 3.2)
HALF_A_YEAR = timedelta(days=183)


class Standing(StrEnum):
    """How it stands with a reference, the first thing that is in its way."""

    READY = "ready"  # it can be coded against
    UNCONFIRMED = "unconfirmed"  # one of the pair has named it, the other not yet
    CHANGED = "changed"  # the common view is no longer the one that was named
    NO_FILM = "no-film"
    NO_CONSENT = "no-consent"


@dataclass(frozen=True)
class ReferenceFilm:
    """One reference with the meeting that it is of; `permission` says who has consented to what it is used for."""

    reference: Reference
    case: Case
    meeting: Meeting
    standing: Standing
    permission: Permission


def reference_films(store: Store, day: date) -> tuple[ReferenceFilm, ...]:
    """Every reference of the archive, the oldest first, as it stands on `day`."""
    return tuple(_in_order(store, day))


def _in_order(store: Store, day: date) -> Iterator[ReferenceFilm]:
    """Each is read when it is asked for."""
    return (_film(store, r, day) for r in sorted(store.find(Reference), key=lambda r: (r.since, r.id)))


def reference_film(store: Store, meeting_id: str, day: date) -> ReferenceFilm | None:
    """The one of a meeting; None where nothing was named."""
    found = store.find(Reference, meeting_id=meeting_id)
    return _film(store, found[0], day) if found else None


def usable(store: Store, day: date) -> tuple[ReferenceFilm, ...]:
    """Those that can be coded against on `day`."""
    return tuple(f for f in reference_films(store, day) if f.standing == Standing.READY)


def due_since(store: Store, day: date) -> date | None:
    """Since when the store's worker has coded no reference film, where that is half a year or more; else None.

    Who never did is counted from the day on which there was one to code. Without one nothing is due.
    """
    held = [r.held.astimezone().date() for r in store.find(TrainingResult)]
    if held and day < max(held) + HALF_A_YEAR:
        return None
    first = next((f for f in _in_order(store, day) if f.standing == Standing.READY), None)
    if first is None:
        return None
    last = max(held) if held else first.reference.since.astimezone().date()
    return last if day >= last + HALF_A_YEAR else None


def _film(store: Store, reference: Reference, day: date) -> ReferenceFilm:
    meeting = store.get(Meeting, reference.meeting_id)
    file = case_file(store, meeting.case_id)
    found = permission(file, meeting, Use.STUDENT if store.worker.guest else Use.REFERENCE, day)
    return ReferenceFilm(reference, file.case, meeting, _standing(store, reference, meeting, found), found)


def _standing(store: Store, reference: Reference, meeting: Meeting, found_permission: Permission) -> Standing:
    found = store.find(CodingHeader, id=reference.coding_id)
    common = found[0] if found else None
    if not reference.is_of(common):
        return Standing.CHANGED
    if not reference.is_in_force(common, meeting.coders):
        return Standing.UNCONFIRMED
    if not films_in_use(store, meeting.id):
        return Standing.NO_FILM
    return Standing.READY if found_permission.is_given else Standing.NO_CONSENT


def demand_reference(store: Store, meeting_id: str, day: date) -> ReferenceFilm:
    """The reference of a meeting, to be coded against on `day`.

    Raises NotAllowed(`no-reference`) when there is none in force or its film is gone, ConsentMissing when somebody on
    the film has not consented, or no longer does.
    """
    found = reference_film(store, meeting_id, day)
    if found is not None and found.standing == Standing.NO_CONSENT:
        raise found.permission.refusal()
    if found is None or found.standing != Standing.READY:
        raise NotAllowed("no-reference")
    return found


def naming(store: Store, common: CodingHeader, at: datetime) -> Change:
    """A confirmed common view becomes a reference by the word of the store's worker; the other's is still to come.

    Raises ConsentMissing.
    """
    meeting = store.get(Meeting, common.meeting_id)
    found = permission(case_file(store, meeting.case_id), meeting, Use.REFERENCE, at.astimezone().date())
    if not found.is_given:
        raise found.refusal()
    return added(named(common, store.me, at))


def confirming(reference: Reference, worker_id: str, at: datetime) -> Change:
    """The word of another of the pair."""
    return Change(reference, reference.confirmed(worker_id, at))


def ending(reference: Reference) -> Change:
    """It is coded against no more; what was learned by it stays each worker's own."""
    return removed(reference)
