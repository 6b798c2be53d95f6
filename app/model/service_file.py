"""A service as TOML text, read into its value; what is wrong is said with its place."""

from __future__ import annotations

from app.errors import InputError
from app.model.service import MeetingKind, Service, ServiceSection
from app.model.toml_table import Table, parsed


def read_service(text: str) -> Service:
    """The service that a TOML text says. Raises InputError with the place of the first thing that is wrong."""
    table = parsed(text)
    service = Service(
        table.text("id"),
        table.words("name"),
        table.text("method"),
        table.words("title_proven"),
        table.words("title_unproven"),
        table.words("naming"),
        table.words("caveat"),
        table.words("rights"),
        table.texts("schemes"),
        table.texts("instruments"),
        table.rows("meetings", _meeting_kind),
        table.rows("sections", _section),
    )
    table.end()
    _check(service)
    return service


def read_meeting_kinds(text: str) -> tuple[MeetingKind, ...]:
    """The kinds of meeting that a TOML text says. Raises InputError with the place of the first thing that is wrong."""
    table = parsed(text)
    kinds = table.rows("meetings", _meeting_kind)
    table.end()
    return kinds


def _meeting_kind(t: Table) -> MeetingKind:
    who = (t.truth("with_adult"), t.truth("with_child"))
    return MeetingKind(t.text("key"), t.words("called"), t.words("form"), t.truth("filmed"), *who)


def _section(table: Table) -> ServiceSection:
    return ServiceSection(table.text("key"), table.whole("number"), table.words("title"), table.truth("interprets"))


def _check(service: Service) -> None:
    """One of each at least, and no key or printed number twice."""
    for name in ("schemes", "instruments", "meetings", "sections"):
        if not getattr(service, name):
            raise InputError("scheme-field-missing", place="file", field=name)
    numbers = [str(s.number) for s in service.sections]
    for values in ([s.key for s in service.sections], [m.key for m in service.meetings], numbers):
        for value in values:
            if values.count(value) > 1:
                raise InputError("scheme-twice", place="file", value=value)
