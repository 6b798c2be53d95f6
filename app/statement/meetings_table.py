"""The table of meetings: what was held and what was not, of every kind, with where, how and who (domain 4.3).

It says what the meetings' own rows say: a meeting of which nobody has told what came of it is in no table, and the
writer is asked about it. Of why somebody did not come nothing is told, nor of meetings with anybody who may not be
named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.casework.case_file import CaseFile
from app.casework.meeting_file import MeetingFile
from app.casework.meeting_words import Standing, standing, standing_words
from app.casework.places import place_of
from app.i18n import today
from app.model.meeting import Delivery, Meeting
from app.model.service import SectionKey
from app.model.statement import Statement
from app.services.documents import form_of
from app.services.library import kind_of
from app.statement.apart import may_not_name
from app.statement.material import Material, Passage, table

_TOLD = (Standing.HELD, Standing.CANCELLED, Standing.NO_SHOW)
Cells = tuple[str, str, str, str, str, str]


def meetings_table(m: Material) -> list[Passage]:
    """One table in the order of time, or none; a column of nothing says nothing and is left out."""
    rows = sorted([*_filmed(m), *_others(m)], key=lambda row: (row[0].held, row[0].id))
    if not rows:
        return []
    t = m.texts
    header = (t.tr("Date"), t.tr("Place"), t.tr("Form"), t.tr("Participants"), t.tr("What came of it"),
              t.tr("Recording"))  # fmt: skip
    cells = [row for _, row in rows]
    told = [n for n in range(len(header)) if any(row[n] for row in cells)]
    head, *shown = [tuple(row[n] for n in told) for row in (header, *cells)]
    return [table(SectionKey.HOW_DONE, "meetings", t.tr("Meetings"), head, shown)]


def untold(case: CaseFile, statement: Statement) -> tuple[Meeting, ...]:
    """Meetings that are over, of which nobody has said whether they were held: in no table until somebody does."""
    form = form_of(statement)
    told = (
        (x for x in spoken_of(case, statement) if form.tells(x.kind)) if form.has_section(SectionKey.HOW_DONE) else ()
    )
    over = (x for x in told if standing(x, today()) == Standing.UNTOLD)
    return tuple(sorted(over, key=lambda x: (x.held, x.id)))


def spoken_of(case: CaseFile, statement: Statement) -> tuple[Meeting, ...]:
    """The meetings without a film that a statement may speak of: none with anybody who may not be named in it."""
    silent = {p.id for p in may_not_name(case, statement)}
    return tuple(x for x in case.every_meeting if not x.is_filmed and not silent & set(x.people))


def _filmed(m: Material) -> Iterable[tuple[Meeting, Cells]]:
    """Those that the statement is about: with a film, or missed."""
    for file in m.meetings:
        if m.form.tells(file.meeting.kind) and (file.filmed.films or not file.meeting.takes_place):
            yield file.meeting, _cells(m, file.meeting, _came_of_film(m, file), _recorded(m, file))


def _others(m: Material) -> Iterable[tuple[Meeting, Cells]]:
    for meeting in spoken_of(m.case, m.statement):
        if m.form.tells(meeting.kind) and standing(meeting, today()) in _TOLD:
            yield meeting, _cells(m, meeting, _came(m, meeting), "")


def _cells(m: Material, meeting: Meeting, came: str, recorded: str) -> Cells:
    place = place_of(m.case, meeting, today())
    return m.day(meeting), place, _form(m, meeting), _participants(m, meeting), came, recorded


def _came(m: Material, meeting: Meeting) -> str:
    """Without the reason why somebody did not come: it may be of anybody's health."""
    return standing_words(m.texts, replace(meeting, why=""), standing(meeting, today()))


def _came_of_film(m: Material, file: MeetingFile) -> str:
    """What was filmed was held, for how long the film tells better than the booking."""
    return m.texts.tr("held") if file.filmed.films else _came(m, file.meeting)


def _form(m: Material, meeting: Meeting) -> str:
    """*Haastattelu, puhelin*: the kind, and how people met where it was in no room of the office."""
    kind = kind_of(meeting)
    form = m.texts.words(kind.form)
    if meeting.delivery == Delivery.ROOM or (kind.key, meeting.delivery) == ("home-visit", Delivery.HOME):
        return form
    return f"{form}, {m.fixed.of('deliveries', meeting.delivery).lower()}"


def _recorded(m: Material, file: MeetingFile) -> str:
    if not file.filmed.films:
        return ""
    length = sum(r.facts.filmed for r in file.recordings if r.camera == 1)
    minutes = m.texts.number(length / 60_000_000, 0)
    return m.texts.tr("{minutes} min", minutes=minutes) if length > 0 else m.texts.tr("not in use")


def _participants(m: Material, meeting: Meeting) -> str:
    """Who takes part, as they are called, and others by role; who may not be named is only somebody."""
    silent = {p.id for p in may_not_name(m.case, m.statement)}
    others = [m.texts.tr("another person") if i in silent else m.called(m.case.person(i)) for i in meeting.others]
    roles = [m.fixed.said("takers", one) for one in meeting.by_role]
    if meeting.is_filmed:
        first = [m.pair_called(meeting)]
    else:
        first = [m.called(m.case.person(i)) for i in (meeting.adult_id, meeting.child_id) if i]
    words = ", ".join(x for x in (*first, *others, *roles) if x)
    return words[:1].upper() + words[1:]
