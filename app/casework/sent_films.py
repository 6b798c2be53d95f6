"""Where films went in packages: noted when a package was made, and read again before a film is erased and after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.model.erasure import SentPackage
from app.model.identity import made_at
from app.model.meeting import Meeting
from app.model.package import MeetingPackage
from app.model.people import Worker
from app.model.recording import Recording
from app.ports import AuditEntry, Store

#: in the access log: what was handed over, and in which package
HANDED_OVER = "handed-over"


def note_handed_over(store: Store, package: MeetingPackage, person_id: str) -> None:
    """Into the access log, of the meeting and of each of its films: it outlives the rows of all of them."""
    detail = f"package={package.id};to={person_id}"
    for film in package.films:
        store.note(HANDED_OVER, Recording, film.id, detail)
    store.note(HANDED_OVER, Meeting, package.meeting.id, detail)


def sent(store: Store, films: Iterable[tuple[str, str]], until: datetime | None = None) -> tuple[SentPackage, ...]:
    """The packages in which any of some films went, the oldest first; each film as its id and its meeting's.

    The partner's name is what the archive has for it now.
    """
    found: dict[str, SentPackage] = {}
    for film_id, meeting_id in films:
        for entry in (*store.audit_log(film_id, acts=[HANDED_OVER]), *_without_films(store, film_id, meeting_id)):
            if until is None or entry.at <= until:
                told = dict(part.split("=", 1) for part in entry.detail.split(";"))
                found.setdefault(told["package"], SentPackage(told["package"], entry.at, _name(store, told["to"])))
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.id)))


def _without_films(store: Store, film_id: str, meeting_id: str) -> Iterable[AuditEntry]:
    """Packages of earlier versions: noted of the meeting alone, with how many films went, which are those of then."""
    of_meeting = store.audit_log(meeting_id, acts=[HANDED_OVER])
    return (entry for entry in of_meeting if ";films=" in entry.detail and entry.at >= made_at(film_id))


def _name(store: Store, person_id: str) -> str:
    return next((worker.name for worker in store.find(Worker, id=person_id)), person_id)
