"""What the memory store says of a year's working hours: added up anew of every entry, whosever it is."""

from collections import defaultdict
from datetime import date

from app.errors import Cancelled
from app.model.billing import NOT_HELD
from app.model.commission import Commission
from app.model.day import local_day
from app.model.hours import OCCASIONS, SESSION, HoursState, Work, WorkEntry
from app.model.meeting import Meeting
from app.model.sought import Side
from app.model.statement import Statement
from app.model.worked import BillRow, MonthRow, OccasionRow, WaitRow, WorkerRow, WorkRow, YearOfWork


class FakeWorkSums:
    def year_of_work(self, year, side, cancelled=lambda: False):
        return self.work_between(date(year, 1, 1), date(year, 12, 31), side, cancelled)

    def work_between(self, first, last, side, cancelled=lambda: False):
        if cancelled():
            raise Cancelled
        year = first.year
        if self.archive.sight(self._me) is not None:
            return YearOfWork(year, side, (), (), (), ())
        every = [e for e in self.archive.entities.values() if isinstance(e, WorkEntry)]
        held = [e for e in every if first <= e.day <= last and e.side == side]
        waits = self._waits(first, last, side)
        return YearOfWork(year, side, _work(held), _workers(held), _occasions(held, every), waits)

    def billable(self, side, customer):
        if self.archive.sight(self._me) is not None:
            return ()
        done = (HoursState.CONFIRMED, HoursState.FROZEN)
        held = [e for e in self.archive.entities.values() if isinstance(e, WorkEntry)]
        some = [e for e in held if (e.side, e.customer) == (side, customer)]
        return tuple(
            BillRow(
                e.id, e.day, e.product, e.what, e.minutes, e.km, e.of_id, e.whole_id, e.corrects, e.state in done,
                self._percent(e),
            )
            for e in sorted(some, key=lambda e: e.id)
        )  # fmt: skip

    def _percent(self, entry):
        if entry.of_kind != SESSION or entry.what not in NOT_HELD:
            return 100
        held = self.archive.entities.get(entry.of_id)
        return None if held is None else held.invoiced

    def customers_of_year(self, year, side):
        if self.archive.sight(self._me) is not None:
            return ()
        held = [e for e in self.archive.entities.values() if isinstance(e, WorkEntry)]
        return tuple(sorted({e.customer for e in held if e.day.year == year and e.side == side} - {""}))

    def months_of_work(self, first, last):
        if self.archive.sight(self._me) is not None:
            return ()
        months = defaultdict(lambda: defaultdict(list))
        for e in self.archive.entities.values():
            if isinstance(e, WorkEntry) and first <= e.day <= last:
                months[e.day.replace(day=1)][e.worker_id].append(e)
        return tuple(_month(month, whose) for month, whose in sorted(months.items()))

    def years_of_work(self):
        if self.archive.sight(self._me) is not None:
            return ()
        held = {e.day.year for e in self.archive.entities.values() if isinstance(e, WorkEntry)}
        return tuple(sorted(held, reverse=True))

    def _waits(self, first, last, side):
        if side != Side.CLIENTS:
            return ()
        found = []
        for ordered in self.find(Commission):
            if ordered.ordered is None or not first <= ordered.ordered <= last:
                continue
            meetings = self.find(Meeting, case_id=ordered.case_id)
            met = [m.held.astimezone().date() for m in meetings if m.takes_place and _is_over(m, ordered.ordered)]
            finals = [
                s.finalized.date()
                for s in self.find(Statement, case_id=ordered.case_id)
                if s.finalized and not s.is_note
            ]
            later = [day for day in finals if day >= ordered.ordered]
            found.append(
                WaitRow(ordered.commissioner, ordered.ordered, min(met, default=None), min(later, default=None))
            )
        return tuple(sorted(found, key=lambda row: (row.customer, row.ordered)))


def _is_over(meeting, ordered: date) -> bool:
    return ordered <= meeting.held.astimezone().date() <= local_day()


def _work(held):
    sums = defaultdict(list)
    for e in held:
        sums[e.product, e.customer, e.office, e.delivery, e.whole_id].append(e)
    return tuple(
        WorkRow(
            *key,
            sum(e.minutes for e in some),
            sum(e.minutes for e in some if e.what == Work.TRAVEL),
            sum(e.km for e in some),
            *(max(getattr(e, name) for e in some) for name in ("children", "adults", "participants")),
        )
        for key, some in sorted(sums.items())
    )


def _workers(held):
    def of(some, is_meant):
        return sum(e.minutes for e in some if is_meant(e))

    both = (HoursState.CONFIRMED, HoursState.FROZEN)
    found = []
    for worker in sorted({e.worker_id for e in held}):
        some = [e for e in held if e.worker_id == worker]
        travel = of(some, lambda e: e.what == Work.TRAVEL)
        confirmed, frozen = of(some, lambda e: e.state in both), of(some, lambda e: e.state == HoursState.FROZEN)
        found.append(WorkerRow(worker, of(some, lambda _: True), travel, confirmed, frozen))
    return tuple(found)


def _occasions(held, every):
    firsts = {}
    for e in sorted(every, key=lambda e: e.id):
        if not e.corrects:
            firsts.setdefault((e.of_id or e.id, e.what), e.id)
    counted = defaultdict(int)
    for e in held:
        if e.what in OCCASIONS and not e.corrects and firsts[e.of_id or e.id, e.what] == e.id:
            counted[e.product, e.customer, e.office, e.delivery, e.what] += 1
    ordered = sorted(counted.items(), key=lambda item: (*item[0][:4], OCCASIONS.index(item[0][4])))
    return tuple(OccasionRow(*key, number) for key, number in ordered)


def _month(first, whose):
    every = [e for some in whose.values() for e in some]
    done = (HoursState.CONFIRMED, HoursState.FROZEN)
    closed = sum(all(e.state == HoursState.FROZEN for e in some) for some in whose.values())
    confirmed = sum(e.minutes for e in every if e.state in done)
    return MonthRow(first, sum(e.minutes for e in every), confirmed, len(whose), closed)
