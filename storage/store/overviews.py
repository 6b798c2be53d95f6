"""What is asked of all cases of an office at once: columns and counts, each kind of thing in one question."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.model.coding import FIRST_READING, CodingHeader, CodingKind, CodingState
from app.model.commission import ORDERED, Commission
from app.model.independence import PAIR
from app.model.meeting import NOT_HELD, Meeting
from app.model.people import Case
from app.model.recording import Recording
from app.model.statement import FINAL_STAGES, Statement, StatementStage
from app.ports.overviews import CaseOver, FilmOver, PairOver, due_of, in_order
from app.ports.pages import Days
from storage.store.entity_rows import in_one_zone
from storage.store.pages import of_worker
from storage.store.reading_rules import IS_CLIENTS
from storage.store.row_mapping import plan
from storage.store.tables import LISTED_AS, TABLES, sealed_coding

_CASE, _MEETING, _FILM = TABLES[Case].c, TABLES[Meeting].c, TABLES[Recording].c
_COMMISSION, _STATEMENT, _CODING = TABLES[Commission].c, TABLES[Statement].c, TABLES[CodingHeader].c
#: a note on the way ends nothing and answers nothing
_IS_NO_NOTE = _STATEMENT.kind.in_(tuple(ORDERED))
_STEPS = next(field for field in plan(Commission) if field.name == "steps")


def films(connection: sa.Connection, final_by: date | None, closed_by: date | None, mine: str) -> tuple[FilmOver, ...]:
    """Films that may be due for erasing."""
    may: list[sa.ColumnElement[bool]] = [_FILM.closed_from_use.is_not(None)]
    if closed_by is not None:
        may.append(_CASE.closed <= closed_by.isoformat())
    if final_by is not None:
        # moments are kept as text in their own zones: a day more than all zones differ by
        until = (final_by + timedelta(days=2)).isoformat()
        final = sa.select(_STATEMENT.id).where(
            _STATEMENT.case_id == _CASE.id, _STATEMENT.finalized < until, _IS_NO_NOTE
        )
        may.append(final.exists())
    said = sa.select(_MEETING.case_id, _FILM.meeting_id, _FILM.closed_from_use)
    query = said.join_from(TABLES[Recording], TABLES[Meeting], _MEETING.id == _FILM.meeting_id)
    query = query.join(TABLES[Case], _CASE.id == _MEETING.case_id)
    query = query.where(_FILM.erased.is_(None), sa.or_(*may), IS_CLIENTS).order_by(_FILM.id)
    if mine:
        query = query.where(_CASE.id.in_(of_worker(mine)))
    return tuple(
        FilmOver(case_id, meeting_id, datetime.fromisoformat(closed) if closed else None)
        for case_id, meeting_id, closed in connection.execute(query)
    )


def open_cases(connection: sa.Connection) -> tuple[CaseOver, ...]:
    """With the days of their newest commissions."""
    commissions, delivered = _newest_commissions(connection), _delivered(connection)
    found = connection.execute(sa.select(_CASE.id, _CASE.lead, _CASE.partner).where(_is_open()))
    return in_order(
        [
            CaseOver(key, lead, partner, due_of(commissions.get(key), is_delivered=key in delivered))
            for key, lead, partner in found
        ]
    )


def _newest_commissions(connection: sa.Connection) -> dict[str, Commission]:
    """Of open cases, as far as their days and their way go."""
    names = ("id", "case_id", "deadline", "law_deadline", "steps")
    query = sa.select(*(_COMMISSION[name] for name in names)).order_by(_COMMISSION.id)
    load: Any = _STEPS.load
    return {
        case_id: Commission(key, case_id, deadline=_day(agreed), law_deadline=_day(law), steps=load(steps))
        for key, case_id, agreed, law, steps in connection.execute(query.where(_of_open(_COMMISSION.case_id)))
    }


def _delivered(connection: sa.Connection) -> frozenset[str]:
    """Open cases whose newest statement was delivered."""
    query = sa.select(_STATEMENT.case_id, _STATEMENT.stage).where(_of_open(_STATEMENT.case_id), _IS_NO_NOTE)
    newest = dict(map(tuple, connection.execute(query.order_by(_STATEMENT.version, _STATEMENT.id))))
    return frozenset(case_id for case_id, stage in newest.items() if stage == StatementStage.DELIVERED)


def _of_open(column: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    return column.in_(sa.select(_CASE.id).where(_is_open()))


def _is_open() -> sa.ColumnElement[bool]:
    return sa.and_(_CASE.closed.is_(None), IS_CLIENTS)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def work_of_pairs(connection: sa.Connection, days: Days) -> tuple[PairOver, ...]:
    """Counts by pair."""
    counted = (
        _by_pair(connection, sa.select(_CASE.lead, _CASE.partner, _CASE.id).where(_is_open())),
        _by_pair(connection, _held(days)),
        _by_pair(connection, _to_code()),
        _by_pair(connection, _drafts()),
    )
    pairs = sorted({pair for some in counted for pair in some})
    return tuple(PairOver(*pair, *(some[pair] for some in counted)) for pair in pairs)


def _by_pair(connection: sa.Connection, rows: sa.Select[Any]) -> Counter[tuple[str, str]]:
    """How many rows of lead, partner and one more column there are of each pair, whoever leads."""
    some = rows.subquery()
    lead, partner, _ = some.c
    found: Counter[tuple[str, str]] = Counter()
    for one, other, number in connection.execute(sa.select(lead, partner, sa.func.count()).group_by(lead, partner)):
        found[min(one, other), max(one, other)] += number
    return found


def _held(days: Days) -> sa.Select[Any]:
    """Meetings of those days that take place."""
    query = sa.select(_CASE.lead, _CASE.partner, _MEETING.id)
    query = query.join_from(TABLES[Meeting], TABLES[Case], _CASE.id == _MEETING.case_id)
    at = _MEETING[LISTED_AS]
    when = at >= in_one_zone(days.begin), at < in_one_zone(days.end)
    return query.where(*when, _MEETING.outcome.not_in(tuple(NOT_HELD)), IS_CLIENTS)


def _to_code() -> sa.Select[Any]:
    """Filmed meetings of open cases that not both have coded; with a film that may be looked at."""
    query = sa.select(_CASE.lead, _CASE.partner, _MEETING.id).distinct()
    query = query.join_from(TABLES[Recording], TABLES[Meeting], _MEETING.id == _FILM.meeting_id)
    query = query.join(TABLES[Case], _CASE.id == _MEETING.case_id)
    usable = _FILM.erased.is_(None), _FILM.closed_from_use.is_(None), _is_open()
    held, sealed = _ready(_CODING), _ready(sealed_coding.c).where(sealed_coding.c.released == sa.false())
    ready = sa.union(held, sealed).subquery()
    # each of the two selects one row a coder, and no coder has both
    return query.where(*usable, sa.select(sa.func.count()).select_from(ready).scalar_subquery() < PAIR)


def _ready(columns: Any) -> sa.Select[Any]:
    """Coders whose own coding of a meeting is ready."""
    own = columns.kind == CodingKind.OWN.value, columns.reading == FIRST_READING
    is_coder = _MEETING.coders.contains(sa.literal('"') + columns.coder + sa.literal('"'))  # and was not set aside
    of_meeting = sa.select(columns.coder).where(columns.meeting_id == _MEETING.id, is_coder)
    return of_meeting.where(*own, columns.state == CodingState.READY.value).correlate(TABLES[Meeting])


def _drafts() -> sa.Select[Any]:
    """Statements of open cases whose newest version is not final."""
    later = TABLES[Statement].alias("later")
    query = sa.select(_CASE.lead, _CASE.partner, _STATEMENT.id)
    query = query.join_from(TABLES[Statement], TABLES[Case], _CASE.id == _STATEMENT.case_id)
    newer = sa.select(later.c.id).where(
        later.c.case_id == _STATEMENT.case_id, later.c.series == _STATEMENT.series, later.c.version > _STATEMENT.version
    )
    is_open = _is_open(), _STATEMENT.stage.not_in(tuple(FINAL_STAGES))
    return query.where(*is_open, ~newer.exists())
