"""A made-up office's working hours: what each of many workers did on each working day of some years."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from app.model.hours import Work, WorkEntry
from app.model.meeting import Delivery
from app.model.sought import Side

#: entries a day of each worker
A_DAY = 4
WORKING_DAYS = 220
#: nobody's real places
CUSTOMERS = tuple(f"Tekaistu hyvinvointialue {n}" for n in range(1, 23))
OFFICES = tuple(f"Aluetoimisto {n}" for n in range(1, 10))
PRODUCTS = (
    *("mim", "life-situation", "need-for-support", "parenting", "care-or-placement", "close-network", "kinship"),
    *("parenting-support", "family-therapeutic", "voikukkia", "perhos", "family-group-conference", "consultation"),
)
_MEETING_FIRST = (Work.MEETING, Work.TRAVEL, Work.WRITING, Work.PREPARATION)
_HOW = (Delivery.ROOM, Delivery.ROOM, Delivery.HOME, Delivery.VIDEO)


@dataclass(frozen=True)
class WorkedCase:
    """A piece of work: whose, and in which days."""

    id: str
    lead: str
    partner: str
    first: date
    last: date


def worked(
    cases: list[WorkedCase], workers: list[str], years: range, new_id: Callable[[], str]
) -> Iterator[list[WorkEntry]]:
    """Entries day by day, all confirmed: those of a case are of one product, customer and office."""
    chance = random.Random(9)
    place = {worker: OFFICES[n % len(OFFICES)] for n, worker in enumerate(workers)}
    kinds = {c.id: (chance.choice(PRODUCTS), CUSTOMERS[min(int(chance.expovariate(0.25)), 21)]) for c in cases}
    for year in years:
        own: dict[str, list[WorkedCase]] = {worker: [] for worker in workers}
        for case in cases:
            if case.first.year <= year <= case.last.year:
                own[case.lead].append(case)
                own[case.partner].append(case)
        for number in range(WORKING_DAYS):
            day = date(year, 1, 1) + timedelta(days=number * 364 // WORKING_DAYS)
            yield [e for w in workers for e in _of_day(chance, w, day, own[w], place, kinds, new_id)]


def _of_day(chance, worker, day, own, place, kinds, new_id) -> Iterator[WorkEntry]:
    open_now = [case for case in own if case.first <= day <= case.last]
    seen = datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
    for number in range(A_DAY):
        minutes, what = chance.choice((30, 45, 60, 90)), chance.choice(_MEETING_FIRST)
        if not open_now or chance.random() < 0.1:
            yield WorkEntry(
                new_id(), worker, day, minutes, "office-work", Work.OTHER, office=place[worker], confirmed=seen
            )
            continue
        case = open_now[(day.toordinal() + number // 2) % len(open_now)]
        product, customer = kinds[case.id]
        other = case.partner if worker == case.lead else case.lead
        made = WorkEntry(
            new_id(), worker, day, minutes, product, what, Side.CLIENTS, customer, place[case.lead],
            _HOW[int(chance.random() ** 2 * 4)], whole_id=case.id, children=1, adults=2, confirmed=seen,
            km=20 if what == Work.TRAVEL else 0,
        )  # fmt: skip
        if what != Work.MEETING:
            yield made
            continue
        outcome = chance.choices((Work.MEETING, Work.CANCELLED, Work.NO_SHOW), (90, 6, 4))[0]
        yield replace(
            made, what=outcome, of_kind="meeting", of_id=f"{case.id[:23]}{day:%y%m%d}-{case.id[30:35]}",
            partner_id=other, partner_confirmed=seen,
        )  # fmt: skip
