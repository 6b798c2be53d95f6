"""The services that come with the program, and which of them a meeting or a statement is of."""

from __future__ import annotations

from functools import cache

import resources
from app.errors import InputError
from app.i18n import Texts
from app.model.meeting import Meeting
from app.model.people import Person
from app.model.service import MeetingKind, Service
from app.model.service_file import read_meeting_kinds, read_service


@cache
def services() -> tuple[Service, ...]:
    """Every service, by the name of its file; new work begins with the first."""
    files = sorted((resources.folder() / "services").glob("*.toml"))
    return tuple(read_service(path.read_text("utf-8")) for path in files)


def first() -> Service:
    """What a new case begins with as long as nothing else was chosen."""
    return services()[0]


def service(service_id: str) -> Service:
    """Raises InputError(`service-unknown`) for a service that this program does not have."""
    found = next((s for s in services() if s.id == service_id), None)
    if found is None:
        raise InputError("service-unknown", service=service_id)
    return found


def of_meeting(meeting: Meeting) -> Service:
    """The service that a meeting belongs to by its kind. Raises InputError(`service-unknown`).

    A recorded session of supervision is coded with what the first service has.
    """
    if meeting.kind in {kind.key for kind in _recorded()}:
        return first()
    return _kind(meeting.kind)[0]


def kind_of(meeting: Meeting) -> MeetingKind:
    """The kind of a meeting. Raises InputError(`service-unknown`)."""
    common = next((kind for kind in (*_common(), *_recorded()) if kind.key == meeting.kind), None)
    return common or _kind(meeting.kind)[1]


def meeting_called(texts: Texts, meeting: Meeting, adult: Person | None) -> str:
    """How lists and titles call a meeting with `adult`: the form and with whom."""
    return called_with(texts, meeting, adult.called if adult else "")


def called_with(texts: Texts, meeting: Meeting, called: str) -> str:
    """The same when only the word for the adult is at hand; of a meeting without one the form alone."""
    kind = kind_of(meeting)
    return texts.words(kind.called).format(adult=called) if called else texts.words(kind.form)


def meeting_kinds() -> tuple[MeetingKind, ...]:
    """Every kind of meeting there is, each once: the services' own, and those that all of them have."""
    own = (kind for service in services() for kind in service.meetings)
    return tuple({kind.key: kind for kind in (*own, *_common())}.values())


@cache
def _common() -> tuple[MeetingKind, ...]:
    return read_meeting_kinds((resources.folder() / "texts" / "meetings.toml").read_text("utf-8"))


@cache
def _recorded() -> tuple[MeetingKind, ...]:
    """What no list of client work offers."""
    return read_meeting_kinds((resources.folder() / "texts" / "recorded.toml").read_text("utf-8"))


def _kind(key: str) -> tuple[Service, MeetingKind]:
    found = next(((s, k) for s in services() for k in s.meetings if k.key == key), None)
    if found is None:
        raise InputError("service-unknown", service=key)
    return found
