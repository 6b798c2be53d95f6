"""For whom hours can be: the worker's own cases by code name, with what follows from each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.hours.entries import own_entries
from app.model.commission import Commission
from app.model.people import Case, Person
from app.model.units import RowCount
from app.ports import Store

#: so many own cases are offered, those that are open first
_OFFERED: RowCount = 200
#: customers of so many days back are offered
_BACK = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class ForWhom:
    """A case as hours name it: who ordered it, who works with the worker, and how many it is with."""

    whole_id: str
    code_name: str
    customer: str
    partner_id: str
    children: int
    adults: int


def own_matters(store: Store) -> tuple[ForWhom, ...]:
    """The worker's own open cases, by code name. Raises StoreError."""
    cases = tuple(c for c in store.cases(_OFFERED, mine=True) if c.closed is None)
    ids = tuple(c.id for c in cases)
    if not ids:
        return ()
    orders = {c.case_id: c.commissioner for c in store.find(Commission, case_id=ids)}
    people = store.find(Person, case_id=ids, network_only=False)
    return tuple(_matter(store.me, case, orders.get(case.id, ""), people) for case in cases)


def _matter(me: str, case: Case, customer: str, people: tuple[Person, ...]) -> ForWhom:
    mine = [p for p in people if p.case_id == case.id]
    partner = case.partner if case.lead == me else case.lead
    adults = sum(p.is_adult for p in mine)
    return ForWhom(case.id, case.code_name, customer, partner, len(mine) - adults, adults)


def customers(store: Store, matters: tuple[ForWhom, ...], day: date) -> tuple[str, ...]:
    """Names of who orders: of the own cases, and of own hours until lately. Raises StoreError."""
    lately = (entry.customer for entry in own_entries(store, day - _BACK, day))
    found = {m.customer for m in matters} | set(lately)
    return tuple(sorted(found - {""}, key=str.casefold))
