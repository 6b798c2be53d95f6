"""A year's working hours over the whole office, each kind of sum in one question, of what `work_kept` has added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, TypeAlias

import sqlalchemy as sa

from app.errors import Cancelled
from app.model.billing import NOT_HELD as NOT_HELD_WORKS
from app.model.commission import ORDERED, Commission
from app.model.hours import SESSION, Work, WorkEntry
from app.model.meeting import NOT_HELD, Delivery, Meeting
from app.model.people import Worker
from app.model.sought import Side
from app.model.statement import Statement
from app.model.supervision import SupervisionSession
from app.model.units import Year
from app.model.worked import BillRow, MonthRow, OccasionRow, WaitRow, WorkerRow, WorkRow, YearOfWork
from storage.store import work_kept
from storage.store.entity_rows import in_one_zone
from storage.store.tables import LISTED_AS, TABLES, work_sum

_SUM, _COMMISSION = work_sum.c, TABLES[Commission].c
_MEETING, _STATEMENT = TABLES[Meeting].c, TABLES[Statement].c
_OCCASIONS = (("held", Work.MEETING), ("cancelled", Work.CANCELLED), ("missed", Work.NO_SHOW))
_Columns: TypeAlias = Any  # those of `work_sum`, of the table or of entries added up


def year(connection: sa.Connection, year: Year, side: Side, cancelled: Callable[[], bool]) -> YearOfWork:
    """Raises Cancelled between its questions."""
    held = sa.select(work_sum).where(*_within(year, side)).subquery()
    return _asked(connection, held, date(year, 1, 1), date(year, 12, 31), side, cancelled)


def between(
    connection: sa.Connection, first: date, last: date, side: Side, cancelled: Callable[[], bool]
) -> YearOfWork:
    """Some days of one year. Raises Cancelled between its questions."""
    entry = TABLES[WorkEntry].c
    within = sa.and_(entry.day.between(first.isoformat(), last.isoformat()), entry.side == side.value)
    return _asked(connection, work_kept.summed(within).subquery(), first, last, side, cancelled)


def _asked(
    connection: sa.Connection, held: sa.Subquery, first: date, last: date, side: Side, cancelled: Callable[[], bool]
) -> YearOfWork:
    """`held` has the columns of `work_sum`."""
    found: list[Any] = []
    waits = partial(_waits, first=first, last=last, side=side)
    for ask in (_work, _workers, _occasions, waits):
        if cancelled():
            raise Cancelled
        found.append(ask(connection, held.c))
    return YearOfWork(first.year, side, *found)


def nothing(year: Year, side: Side) -> YearOfWork:
    """What a guest is told."""
    return YearOfWork(year, side, (), (), (), ())


def years(connection: sa.Connection) -> tuple[Year, ...]:
    """Those with hours, the newest first."""
    return tuple(connection.execute(sa.select(_SUM.year).distinct().order_by(_SUM.year.desc())).scalars())


def customers(connection: sa.Connection, year: Year, side: Side) -> tuple[str, ...]:
    """For whom anything was done."""
    some = sa.select(_SUM.customer).where(*_within(year, side), _SUM.customer != "").distinct()
    return tuple(sorted(connection.execute(some).scalars()))


def billable(connection: sa.Connection, side: Side, customer: str) -> tuple[BillRow, ...]:
    """Every entry of a customer's."""
    entry = TABLES[WorkEntry].c
    both = sa.and_(entry.confirmed.is_not(None), sa.or_(entry.partner_id == "", entry.partner_confirmed.is_not(None)))
    names = ("id", "day", "product", "what", "minutes", "km", "of_id", "whole_id", "corrects")
    of_customer = entry.side == side.value, entry.customer == customer
    session = TABLES[SupervisionSession].c
    by_rule = sa.and_(entry.of_kind == SESSION, entry.what.in_([what.value for what in NOT_HELD_WORKS]))
    invoiced = sa.case((by_rule, session.invoiced), else_=100)
    query = sa.select(*(entry[name] for name in names), sa.case((both, 1), else_=0), invoiced).where(*of_customer)
    rows = query.outerjoin_from(TABLES[WorkEntry], TABLES[SupervisionSession], entry.of_id == session.id)
    return tuple(
        BillRow(
            key, date.fromisoformat(day), product, Work(what), minutes, km, of, whole, corrects, bool(done), percent
        )
        for key, day, product, what, minutes, km, of, whole, corrects, done, percent in connection.execute(
            rows.order_by(entry.id)
        )
    )


def months(connection: sa.Connection, first: date, last: date) -> tuple[MonthRow, ...]:
    """Worker by worker, as the index has the days: what lies outside them is not read."""
    entry = TABLES[WorkEntry].c
    both = sa.and_(entry.confirmed.is_not(None), sa.or_(entry.partner_id == "", entry.partner_confirmed.is_not(None)))
    month = sa.func.substr(entry.day, 1, 7).label("month")
    days = entry.day.between(first.isoformat(), last.isoformat())
    own = (
        sa.select(
            month,
            sa.func.sum(entry.minutes).label("minutes"),
            sa.func.sum(sa.case((both, entry.minutes), else_=0)).label("confirmed"),
            sa.func.min(sa.case((entry.period_id != "", 1), else_=0)).label("closed"),
        )
        .where(entry.worker_id.in_(sa.select(TABLES[Worker].c.id)), days)
        .group_by(entry.worker_id, month)
        .subquery()
        .c
    )
    sums = (sa.func.sum(own[name]) for name in ("minutes", "confirmed"))
    query = sa.select(own.month, *sums, sa.func.count(), sa.func.sum(own.closed)).group_by(own.month)
    rows = connection.execute(query.order_by(own.month))
    return tuple(MonthRow(date.fromisoformat(f"{key}-01"), *map(int, numbers)) for key, *numbers in rows)


def _within(year: Year, side: Side) -> tuple[sa.ColumnElement[bool], ...]:
    return _SUM.year == year, _SUM.side == side.value


def _by(held: _Columns) -> tuple[sa.ColumnElement[Any], ...]:
    return held.product, held.customer, held.office, held.delivery


def _work(connection: sa.Connection, held: _Columns) -> tuple[WorkRow, ...]:
    whole = held.whole_id
    sums = (sa.func.sum(held[name]) for name in ("minutes", "travel", "km"))
    people = (sa.func.max(held[name]) for name in ("children", "adults", "participants"))
    query = sa.select(*_by(held), whole, *sums, *people).group_by(*_by(held), whole)
    rows = connection.execute(query.order_by(*_by(held), whole)).all()
    return tuple(
        WorkRow(product, customer, office, _DELIVERIES[delivery], key, *map(int, numbers))
        for product, customer, office, delivery, key, *numbers in rows
    )


def _workers(connection: sa.Connection, held: _Columns) -> tuple[WorkerRow, ...]:
    sums = (sa.func.sum(held[name]) for name in ("minutes", "travel", "confirmed", "frozen"))
    worker = held.worker_id
    query = sa.select(worker, *sums).group_by(worker).order_by(worker)
    return tuple(WorkerRow(key, *map(int, numbers)) for key, *numbers in connection.execute(query))


def _occasions(connection: sa.Connection, held: _Columns) -> tuple[OccasionRow, ...]:
    sums = (sa.func.sum(held[name]) for name, _ in _OCCASIONS)
    query = sa.select(*_by(held), *sums).group_by(*_by(held)).order_by(*_by(held))
    return tuple(
        OccasionRow(product, customer, office, _DELIVERIES[delivery], work, int(number))
        for product, customer, office, delivery, *numbers in connection.execute(query)
        for (_, work), number in zip(_OCCASIONS, numbers, strict=True)
        if number
    )


def _waits(connection: sa.Connection, _held: _Columns, *, first: date, last: date, side: Side) -> tuple[WaitRow, ...]:
    """Of the commissions that were ordered in some days."""
    if side != Side.CLIENTS:
        return ()
    met = (
        sa.select(sa.func.min(_MEETING[LISTED_AS]))
        .where(_MEETING.case_id == _COMMISSION.case_id, _MEETING[LISTED_AS] >= _COMMISSION.ordered)
        .where(_MEETING.outcome.not_in(tuple(NOT_HELD)), _MEETING[LISTED_AS] <= in_one_zone(datetime.now(UTC)))
    )
    final = sa.select(sa.func.min(_STATEMENT.finalized)).where(
        _STATEMENT.case_id == _COMMISSION.case_id,
        _STATEMENT.finalized >= _COMMISSION.ordered,
        _STATEMENT.kind.in_(tuple(kind.value for kind in ORDERED)),
    )
    query = sa.select(
        _COMMISSION.commissioner, _COMMISSION.ordered, met.scalar_subquery(), final.scalar_subquery()
    ).where(_COMMISSION.ordered.between(first.isoformat(), last.isoformat()))
    return tuple(sorted(_read_waits(connection.execute(query)), key=lambda row: (row.customer, row.ordered)))


def _read_waits(rows: Iterable[Any]) -> Iterable[WaitRow]:
    for customer, ordered, met, final in rows:
        yield WaitRow(customer, date.fromisoformat(ordered), _day(met), _day(final))


def _day(moment: str | None) -> date | None:
    return datetime.fromisoformat(moment).astimezone().date() if moment is not None else None


_DELIVERIES = {delivery.value: delivery for delivery in Delivery}
