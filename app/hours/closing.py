"""Statistics that leave the archive: stretches of a year, counted once, kept, and printed from what was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.editing import Editor
from app.errors import NotAllowed
from app.garbage import paused
from app.hours.entries import month_of
from app.hours.participants_told import told_on
from app.i18n import Texts, now
from app.model.change import added
from app.model.closed_statistics import ClosedStatistics
from app.model.feedback_form import FeedbackFrom
from app.model.identity import new_id
from app.model.sought import Side
from app.model.units import Year
from app.office.experience import ToldRow as Told
from app.office.experience import YearTold, question_of
from app.ports import Cancelled, Store
from app.statistics.merged import beside, merged
from app.statistics.work_report import WorkReport, report

if TYPE_CHECKING:
    from cattrs.preconf.json import JsonConverter


@dataclass(frozen=True, slots=True)
class ToldOnce:
    """What one kind of teller said to one question, by the question's key; of participants on a row of products."""

    who: FeedbackFrom
    question: str
    counts: tuple[int | None, ...]
    total: int | None
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What a stretch keeps: its report, and of a whole year what was told in it."""

    report: WorkReport
    told: tuple[ToldOnce, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """What may leave of a year: its stretches as one report until `last`, with what was told."""

    report: WorkReport
    last: date
    told: tuple[YearTold, ...]


def stretches(store: Store, year: Year, side: Side) -> tuple[ClosedStatistics, ...]:
    """Those of a year, the earliest first. Raises StoreError."""
    return tuple(sorted(store.find(ClosedStatistics, year=year, side=side), key=lambda s: s.first))


def can_close_until(held: Sequence[ClosedStatistics], year: Year, day: date) -> tuple[date, ...]:
    """Ends of months that are over and in no stretch yet."""
    first = held[-1].last + timedelta(days=1) if held else date(year, 1, 1)
    ends = (month_of(date(year, month, 1))[1] for month in range(1, 13))
    return tuple(end for end in ends if first <= end < day)


def counted(store: Store, year: Year, side: Side, last: date, cancelled: Cancelled) -> ClosedStatistics:
    """The next stretch until a day, not written yet. For a job. Raises Cancelled, StoreError."""
    held = stretches(store, year, side)
    first = held[-1].last + timedelta(days=1) if held else date(year, 1, 1)
    with paused():
        found = report(store.work_between(first, last, side, cancelled))
    made = ClosedStatistics(new_id(), year, side, first, last, now(), store.me, "")
    told = _kept(told_on(store, year, side)) if made.is_whole_year else ()
    return replace(made, report=_converter().dumps(Kept(found, told), ensure_ascii=False))


def closed(store: Store, year: Year, side: Side) -> Closed | None:
    """What may leave of a year, beside the year before where that is closed whole. Raises StoreError."""
    found = _of_year(stretches(store, year, side))
    if found is None:
        return None
    before = _of_year(stretches(store, year - 1, side))
    if before is not None and found.last.month == before.last.month == 12:
        return replace(found, report=beside(found.report, before.report))
    return found


def _of_year(held: Sequence[ClosedStatistics]) -> Closed | None:
    if not held:
        return None
    kept = [_converter().loads(stretch.report, Kept) for stretch in held]
    told = _told(held[0].year, kept[0].told) if len(kept) == 1 else ()
    return Closed(merged([one.report for one in kept]), held[-1].last, told)


def _kept(told: Sequence[YearTold]) -> tuple[ToldOnce, ...]:
    return tuple(
        ToldOnce(one.who, row.question.key, row.counts, row.total, one.products) for one in told for row in one.rows
    )


def _told(year: Year, kept: Sequence[ToldOnce]) -> tuple[YearTold, ...]:
    by_teller: dict[tuple[FeedbackFrom, tuple[str, ...]], list[Told]] = {}
    for one in kept:
        some = by_teller.setdefault((one.who, one.products), [])
        some.append(Told(question_of(one.who, one.question), one.counts, one.total))
    return tuple(YearTold(year, who, tuple(rows), products) for (who, products), rows in by_teller.items())


@cache
def _converter() -> JsonConverter:
    from cattrs.preconf.json import make_converter

    return make_converter()


class ClosingEditor(Editor):
    """The door through which statistics are closed, for good."""

    def __init__(self, store: Store, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts

    def close(self, made: ClosedStatistics) -> bool:
        """Refused where hours of its days changed since they were counted: these would stand in no statistics, ever."""
        again = counted(self._store, made.year, made.side, made.last, lambda: False)
        if again.first == made.first and again.report != made.report:
            self.refused.emit(NotAllowed("statistics-changed"))
            return False
        return self.commit(self.texts.tr("Statistics closed"), added(made))
