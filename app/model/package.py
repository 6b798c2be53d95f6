"""What one worker hands over to another on another computer: one meeting, its films, and all that coding it needs.

Nobody is named in it: the case goes under its code name, people by what they are to the child, and the two workers as
*sender* and *recipient*, whom each archive knows by their keys.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from app.errors import PackageError
from app.model.change import Entity
from app.model.filming import FilmingEvent
from app.model.meeting import Meeting, Segment
from app.model.people import Case, Person
from app.model.recording import Recording
from app.model.reliability_sample import ReliabilitySample
from app.model.showing import Showing
from app.model.stored import StoredContent

#: in the place of the two workers' ids
SENDER, RECIPIENT = "sender", "recipient"
#: what a digest begins with that does not depend on how Python writes values
_SECOND = "2:"
#: more than any meeting has
MOST_ROWS, MOST_FILMS = 5_000, 100
#: of a meeting and a package: a calendar far from these cannot be told in local time
YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class MeetingPackage:
    """The values as they go over. Films are without key and container: those are the package's own."""

    id: str
    made: datetime
    case: Case
    persons: tuple[Person, ...]
    meeting: Meeting
    segments: tuple[Segment, ...]
    events: tuple[FilmingEvent, ...]
    contents: tuple[StoredContent, ...]
    films: tuple[Recording, ...]
    samples: tuple[ReliabilitySample, ...] = ()
    showings: tuple[Showing, ...] = ()

    def rows(self) -> tuple[Entity, ...]:
        """What of it belongs to the meeting, without its films."""
        return (*self.persons, self.meeting, *self.segments, *self.events, *self.samples, *self.showings)

    def _meetings(self) -> tuple[str, ...]:
        of_tasks = (*(s.meeting_id for s in self.segments), *(e.meeting_id for e in self.events))
        return (*of_tasks, *(film.meeting_id for film in self.films), *(s.meeting_id for s in self.samples))

    def check(self) -> None:
        """Raises PackageError `package-damaged` when a part is none of this meeting's, or there is too much of it."""
        people = {person.id for person in self.persons}
        meeting = self.meeting
        ids = [one.id for one in (*self.rows(), *self.films, self.case)]
        belongs = (
            meeting.case_id == self.case.id
            and all(person.case_id == self.case.id for person in self.persons)
            and all(found == meeting.id for found in self._meetings())
            and {meeting.adult_id, meeting.child_id, *meeting.others} <= people
            and set(meeting.coders) == {SENDER, RECIPIENT}
            and len(self.samples) <= 1
            and len(self.showings) <= 1
            and all(s.case_id == self.case.id and s.by == "" for s in self.showings)
            and all(s.is_as_drawn and s.drawn_by in (SENDER, RECIPIENT, "") for s in self.samples)
            and {meeting.scheme, meeting.instrument} == {content.id for content in self.contents}
            and all(at.year in YEARS for at in (self.made, meeting.held))
            and not any(film.is_erased or film.replaced or film.wrapped_key or film.container for film in self.films)
        )
        if not belongs or len(set(ids)) < len(ids) or len(ids) > MOST_ROWS or not 0 < len(self.films) <= MOST_FILMS:
            raise PackageError("package-damaged")


@dataclass(frozen=True, slots=True)
class TakenRow:
    """A row as a package brought it: what has another digest now was changed here."""

    id: str
    digest: str


@dataclass(frozen=True, slots=True)
class TakenPackage:
    """That a package of a meeting was taken in: from whom (a worker's id here), made and taken when, with which rows.

    Its id is the package's own. Of several of one meeting the one that was `made` last counts, whichever came first.
    """

    id: str
    meeting_id: str
    person_id: str
    made: datetime
    taken: datetime
    rows: tuple[TakenRow, ...] = ()

    @property
    def place(self) -> tuple[datetime, str]:
        """Where it stands among the packages of its meeting."""
        return self.made, self.id

    def digest_of(self, entity_id: str) -> str:
        """How it brought a row; empty when it did not."""
        return next((row.digest for row in self.rows if row.id == entity_id), "")


def row_digest(entity: Entity) -> str:
    """What stands for a row's values, without what only this archive knows of a film: its container and key.

    `2:` and SHA-256 of JSON in which every field stands under its name, those that have their default left out: so a
    field that is added to a kind later changes no digest of before.
    """
    if isinstance(entity, Recording):
        entity = replace(entity, container="", wrapped_key=b"")
    said = json.dumps(_plain(entity), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return _SECOND + hashlib.sha256(f"{type(entity).__name__} {said}".encode()).hexdigest()


def is_digest_of(entity: Entity, digest: str) -> bool:
    """Whether a row is still as a package brought it, also where that was noted by an earlier version."""
    return digest == (row_digest(entity) if digest.startswith(_SECOND) else _first_digest(entity))


def _plain(value: object) -> object:
    """A value as JSON has it, the same in every version of Python and of the program."""
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if getattr(value, f.name) != _default(f)}
    match value:
        case tuple():
            return [_plain(one) for one in value]
        case date():
            return (value.astimezone(UTC) if isinstance(value, datetime) else value).isoformat()
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case float():
            return value.hex()
    assert value is None or isinstance(value, str | int), f"{type(value).__name__} has no form in a digest"
    return value


def _default(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


#: the fields that the kinds of a package had, where its digest was the hash of how Python writes a value
_FIRST_FIELDS: dict[type, str] = {
    Person: "id case_id role called name born language guardian note",
    Meeting: "id case_id held adult_id child_id coders kind minutes place age_group plan child_said child_said_on "
    "others clock_zero scheme instrument",
    Segment: "id meeting_id number start end open",
    FilmingEvent: "id meeting_id kind start end number reason",
    Recording: "id meeting_id camera sha256 size chunks container facts offset drift_ppm viewing origin lost_pictures "
    "closed_from_use erased erasure_id replaced",
}


def _first_digest(entity: Entity) -> str:
    if isinstance(entity, Recording):
        entity = replace(entity, container="")
    said = ", ".join(f"{name}={getattr(entity, name)!r}" for name in _FIRST_FIELDS[type(entity)].split())
    return hashlib.sha256(f"{type(entity).__name__}({said})".encode()).hexdigest()
