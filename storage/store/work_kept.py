"""Working hours added up as they are written: by year, worker and piece of work, so that a year is read at once.

A sum is never changed by a difference: what an entry touches is added up anew of its entries, some dozens of rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from app.model.change import Change
from app.model.hours import Work, WorkEntry
from storage.store.large_steps import each_of
from storage.store.tables import TABLES, work_sum

_ENTRY = TABLES[WorkEntry].c
#: year, worker, piece of work
_Place = tuple[int, str, str]


def follow(connection: sa.Connection, changes: Iterable[Change]) -> None:
    """Make the sums anew that a step's changes touch, within the connection's transaction."""
    held = [e for c in changes if c.kind is WorkEntry for e in (c.before, c.after) if isinstance(e, WorkEntry)]
    if not held:
        return
    places = {(e.day.year, e.worker_id, e.whole_id) for e in held}
    places |= _of_same_occasions(connection, {e.of_id for e in held} - {""})
    for place in sorted(places):
        _make(connection, place)


def fill(connection: sa.Connection) -> None:
    """Make all of them anew."""
    connection.execute(sa.delete(work_sum))
    _insert(connection, sa.true())


def _of_same_occasions(connection: sa.Connection, occasions: set[str]) -> set[_Place]:
    """Which of the workers' entries counts for a meeting follows from all of them."""
    if not occasions:
        return set()
    wanted = _ENTRY.of_id.in_(sa.select(each_of(sorted(occasions)).c.value))
    found = connection.execute(sa.select(_ENTRY.day, _ENTRY.worker_id, _ENTRY.whole_id).where(wanted))
    return {(int(day[:4]), worker_id, whole_id) for day, worker_id, whole_id in found}


def _make(connection: sa.Connection, place: _Place) -> None:
    year, worker_id, whole_id = place
    sums = work_sum.c
    gone = sums.year == year, sums.worker_id == worker_id, sums.whole_id == whole_id
    connection.execute(sa.delete(work_sum).where(*gone))
    days = _ENTRY.day.between(f"{year:04}-01-01", f"{year:04}-12-31")
    _insert(connection, sa.and_(_ENTRY.worker_id == worker_id, _ENTRY.whole_id == whole_id, days))


def _insert(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> None:
    names = [column.name for column in work_sum.c]
    connection.execute(sa.insert(work_sum).from_select(names, summed(wanted)))


def summed(wanted: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Some entries added up, in the columns of `work_sum`."""
    year = sa.cast(sa.func.substr(_ENTRY.day, 1, 4), sa.BigInteger)
    by = (year, *(_ENTRY[name] for name in ("side", "worker_id", "whole_id", "product", "customer", "office")))
    by = (*by, _ENTRY.delivery)
    minutes = _ENTRY.minutes
    both = sa.or_(_ENTRY.partner_id == "", _ENTRY.partner_confirmed.is_not(None))
    sums = (
        sa.func.sum(minutes),
        _if(_ENTRY.what == Work.TRAVEL.value, minutes),
        sa.func.sum(_ENTRY.km),
        _if(sa.and_(_ENTRY.confirmed.is_not(None), both), minutes),
        _if(_ENTRY.period_id != "", minutes),
        *(sa.func.max(_ENTRY[name]) for name in ("children", "adults", "participants")),
        *(_if(_counts(work), 1) for work in (Work.MEETING, Work.CANCELLED, Work.NO_SHOW)),
    )
    named = zip((*by, *sums), work_sum.c, strict=True)
    return sa.select(*(part.label(column.name) for part, column in named)).where(wanted).group_by(*by)


def _if(condition: sa.ColumnElement[bool], value: sa.ColumnElement[int] | int) -> sa.ColumnElement[int]:
    found: sa.ColumnElement[int] = sa.func.sum(sa.case((condition, value), else_=0))
    return found


def _counts(work: Work) -> sa.ColumnElement[bool]:
    """Whether an entry stands for one more occasion: of those of several workers the first does, a correction never."""
    earlier = TABLES[WorkEntry].alias("earlier").c
    same = earlier.of_id == _ENTRY.of_id, earlier.what == _ENTRY.what, earlier.id < _ENTRY.id, earlier.corrects == ""
    is_first = sa.or_(_ENTRY.of_id == "", ~sa.exists().where(*same))
    return sa.and_(_ENTRY.what == work.value, _ENTRY.corrects == "", is_first)
