"""The rules of working hours: whose an entry is, who confirms it, and that what is frozen stays.

Over values only, as all rules of `writing_rules`, whose step asks these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from app.model.change import Change
from app.model.closed_statistics import ClosedStatistics
from app.model.hours import HoursState, Period, WorkEntry, figures_of
from app.model.sought import Side
from app.model.units import Year
from storage.store.refusing import refuse


class HoursFacts(Protocol):
    """What these rules ask of the archive as it is before the step."""

    def work_entry(self, entry_id: str) -> WorkEntry | None: ...
    def open_entries(self, worker_id: str, first: date, last: date) -> Sequence[WorkEntry]: ...  # not frozen
    def periods(self, worker_id: str) -> Sequence[Period]: ...
    def closed_statistics(self, year: Year, side: Side) -> Sequence[ClosedStatistics]: ...


class HoursRules:
    """One step under examination, as far as it touches hours."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: HoursFacts) -> None:
        self._net, self._worker, self._facts = net, worker_id, facts

    def check(self, change: Change) -> None:
        """An entry, or a period."""
        if change.kind is Period:
            self._check_period(change)
            return
        before, after = change.before, change.after
        was = before if isinstance(before, WorkEntry) else None
        now = after if isinstance(after, WorkEntry) else None
        self._check_counted(was, now)
        refuse(was is not None and was.state == HoursState.FROZEN, "hours-frozen")
        if was is not None and now is not None and was.worker_id != self._worker:
            self._check_partner(was, now)
            return
        for held in (was, now):
            refuse(held is not None and held.worker_id != self._worker, "hours-not-yours")
        if now is not None:
            self._check_own(was, now)

    def check_statistics(self, change: Change) -> None:
        """A stretch follows the one before without a gap, and stays as it was counted."""
        after = change.after
        refuse(change.before is not None or not isinstance(after, ClosedStatistics), "statistics-closed")
        assert isinstance(after, ClosedStatistics)
        others = [c for c in self._net.values() if c.kind is ClosedStatistics and c.id != after.id]
        held = self._facts.closed_statistics(after.year, after.side)
        last = max((s.last for s in held), default=date(after.year, 1, 1) - timedelta(days=1))
        follows = after.first == last + timedelta(days=1) and after.is_plausible
        refuse(not follows or bool(others) or after.by != self._worker, "statistics-days")

    def _check_counted(self, was: WorkEntry | None, now: WorkEntry | None) -> None:
        """What is counted in closed statistics stays: another counting would tell by its difference what came."""
        if was is not None and now is not None and was.without_marks() == now.without_marks():
            return
        for held in (was, now):
            if held is not None:
                closed = self._facts.closed_statistics(held.day.year, held.side)
                refuse(any(held.day <= stretch.last for stretch in closed), "hours-counted")

    def _check_partner(self, was: WorkEntry, now: WorkEntry) -> None:
        """The partner confirms what the worker has confirmed, or takes that back, and changes nothing."""
        refuse(was.partner_id != self._worker, "hours-not-yours")
        refuse(replace(now, partner_confirmed=was.partner_confirmed) != was, "hours-not-yours")
        refuse(now.partner_confirmed is not None and was.confirmed is None, "hours-not-confirmed")

    def _check_own(self, was: WorkEntry | None, now: WorkEntry) -> None:
        refuse(not now.is_plausible or now.partner_id == self._worker, "hours-amount")
        stands = was is not None and was.without_marks() == now.without_marks()
        had = was.partner_confirmed if was is not None and stands else None
        # another entry than the one that the partner confirmed
        refuse(now.partner_confirmed is not None and now.partner_confirmed != had, "hours-of-partner")
        refuse(was is not None and not stands and now.confirmed == was.confirmed is not None, "hours-not-confirmed")
        if now.period_id:
            self._check_frozen(now)
            return
        refuse(any(p.holds(now.day) for p in self._facts.periods(self._worker)), "hours-frozen")
        if now.corrects:
            corrected = self._facts.work_entry(now.corrects)
            is_mine = corrected is not None and corrected.worker_id == self._worker
            refuse(not is_mine or corrected is None or not corrected.period_id, "hours-correct-frozen")

    def _check_frozen(self, now: WorkEntry) -> None:
        """Freezing an entry is a part of freezing its period, and of nothing else."""
        added = self._net.get(now.period_id)
        period = added.after if added is not None and added.before is None else None
        refuse(not isinstance(period, Period) or not period.holds(now.day), "hours-frozen")
        refuse(replace(now, period_id="").state != HoursState.CONFIRMED, "hours-not-confirmed")

    def _check_period(self, change: Change) -> None:
        """Everything of its days is confirmed and goes in, its figures are those of its entries, and it stays."""
        after = change.after
        refuse(change.before is not None or not isinstance(after, Period), "hours-frozen")
        assert isinstance(after, Period)
        refuse(after.worker_id != self._worker, "hours-not-yours")
        refuse(after.first > after.last, "hours-amount")
        refuse(any(p.touches(after.first, after.last) for p in self._facts.periods(self._worker)), "hours-frozen")
        entries = {e.id: e for e in self._facts.open_entries(self._worker, after.first, after.last)}
        for held in self._net.values():
            if held.kind is WorkEntry:
                entries.pop(held.id, None)
                if isinstance(held.after, WorkEntry) and after.holds(held.after.day):
                    entries[held.id] = held.after
        refuse(any(e.period_id != after.id for e in entries.values()), "hours-not-confirmed")
        refuse(after.figures != figures_of(entries.values()), "hours-amount")
