"""What can be invoiced and what is: prices of customers, what is open, and bases on which everything stands once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

from PySide6.QtCore import QObject

from app.editing import Editor
from app.i18n import Texts, now
from app.model.billing import KM, BillLine, Cents, InvoiceBasis, Price, line_of, standing
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.sought import Side
from app.model.supervision import PricePer
from app.model.units import Minutes, RowCount
from app.model.worked import BillRow
from app.ports import Store


@dataclass(frozen=True, slots=True)
class Pending:
    """What a basis of some days would hold, and what keeps the rest from it.

    `lines` are credits first, each followed by what stands in its place. `unpriced` entries have no price on their
    day, `waiting` ones are not confirmed by both, and of `unsaid` ones the session is gone that said how much of them
    is invoiced; all are of the days asked for.
    """

    lines: tuple[BillLine, ...]
    unpriced: RowCount
    waiting: RowCount
    unsaid: RowCount = 0

    @property
    def new(self) -> RowCount:
        return sum(line.quantity >= 0 for line in self.lines)

    @property
    def credits(self) -> RowCount:
        return sum(line.quantity < 0 for line in self.lines)

    @property
    def net(self) -> Cents:
        return sum(line.net for line in self.lines)


@dataclass
class _Matter:
    """One entry with what later entries say more of it."""

    row: BillRow
    minutes: Minutes = 0
    km: int = 0


@dataclass
class _Counted:
    lines: dict[str, BillLine] = field(default_factory=dict)
    unpriced: dict[str, date] = field(default_factory=dict)  # by entry its day
    waiting: dict[str, date] = field(default_factory=dict)
    unsaid: dict[str, date] = field(default_factory=dict)

    def keeps(self, key: str) -> bool:
        """Whether an entry is only not told of now: what was invoiced of it stays as it stands."""
        return key in self.unpriced or key in self.waiting or key in self.unsaid


def pending(
    rows: Sequence[BillRow], prices: Iterable[Price], stands: Mapping[str, BillLine], first: date, last: date
) -> Pending:
    """What is open of one customer: all of some days that stands on no basis, and whatever is other than it stands.

    What changed after a basis is credited whole and written anew, whatever its day. What was invoiced and has no price
    any more, or waits to be confirmed again, stays as it stands.
    """
    found = _counted(rows, tuple(prices))
    lines: list[BillLine] = []
    credited: set[str] = set()
    for key, line in stands.items():
        now_it_is = found.lines.get(key)
        if now_it_is is None and found.keeps(line.root):
            continue
        if now_it_is is not None and _terms(now_it_is) == _terms(line):
            continue
        lines.append(line.reversed())
        credited.add(line.root)
        if now_it_is is not None:
            lines.append(now_it_is)
    for key, line in found.lines.items():
        if key not in stands and (first <= line.day <= last or line.root in credited):
            lines.append(line)
    kept = (found.unpriced, found.waiting, found.unsaid)
    counts = (sum(first <= day <= last for day in held.values()) for held in kept)
    return Pending(tuple(lines), *counts)


def _terms(line: BillLine) -> tuple[object, ...]:
    """What a customer sees of a line, whichever of the workers' entries it comes from."""
    return line.day, line.quantity, line.per, line.cents, line.vat, line.exempt


def _counted(rows: Sequence[BillRow], prices: Sequence[Price]) -> _Counted:
    by_product: dict[str, list[Price]] = defaultdict(list)
    for price in prices:
        by_product[price.product].append(price)
    found = _Counted()
    for matter in sorted(_matters(rows), key=lambda m: (m.row.day, m.row.id)):
        row = matter.row
        if not row.confirmed:
            found.waiting[row.id] = row.day
            continue
        if row.percent is None:
            found.unsaid[row.id] = row.day
            continue
        held = next((p for p in by_product[row.product] if p.holds(row.day)), None)
        if held is None:
            found.unpriced[row.id] = row.day
            continue
        for line in _lines(matter, held.for_percent(row.percent)):
            found.lines.setdefault(line.key, line)
    return found


def _matters(rows: Sequence[BillRow]) -> Iterable[_Matter]:
    """Entries with their corrections; a correction counts once it is confirmed."""
    by_id = {row.id: row for row in rows}
    found = {row.id: _Matter(row, row.minutes, row.km) for row in rows if row.corrects not in by_id}
    for row in rows:
        root = row
        while root.corrects in by_id:
            root = by_id[root.corrects]
        if root is not row and row.confirmed:
            found[root.id].minutes += row.minutes
            found[root.id].km += row.km
    return found.values()


def _lines(matter: _Matter, price: Price) -> Iterable[BillLine]:
    row = matter.row
    if price.is_of(row.what, matter.minutes):
        key, quantity = _place(row, price.per), 1
        if price.per in (PricePer.HOUR, PricePer.UNIT):
            quantity = matter.minutes
        yield line_of(key, row.id, row.day, row.what.value, quantity, price)
    if price.km_cents and matter.km > 0:
        yield line_of(f"{row.id}/km", row.id, row.day, KM, matter.km, price)


def _place(row: BillRow, per: PricePer) -> str:
    """What is invoiced once: an entry's time, a meeting however many workers held it, a day of a piece of work."""
    if per == PricePer.SESSION:
        return f"{row.of_id or row.id}/{row.product}/{row.what.value}"
    if per == PricePer.DAY:
        return f"{row.whole_id or row.id}/{row.day.isoformat()}/{row.product}"
    return row.id


# ── asked of the archive ─────────────────────────────────────────────────────────────────────────────────────────────


def all_prices(store: Store) -> tuple[Price, ...]:
    """By customer and service, the newest first. Raises StoreError."""
    newest = sorted(store.find(Price), key=lambda p: p.first, reverse=True)
    return tuple(sorted(newest, key=lambda p: (p.customer.casefold(), p.product)))


def all_bases(store: Store, side: Side) -> tuple[InvoiceBasis, ...]:
    """Those of one side of the wall, the newest first. Raises StoreError."""
    return tuple(sorted(store.find(InvoiceBasis, side=side), key=lambda b: b.number, reverse=True))


def customers_to_bill(store: Store, side: Side, day: date) -> tuple[str, ...]:
    """For whom anything was done in the year of a day or the one before, or was invoiced and stands; by name.

    What was invoiced to a customer and is another's by now is still to be taken back. Raises StoreError.
    """
    found = {name for year in (day.year, day.year - 1) for name in store.customers_of_year(year, side)}
    found |= {name for name, _ in standing(all_bases(store, side))}
    return tuple(sorted(found, key=str.casefold))


def open_work(store: Store, side: Side, customer: str, first: date, last: date) -> Pending:
    """What of a customer is open: for a job. Raises StoreError."""
    held = standing(all_bases(store, side))
    stands = {key: line for (whose, key), line in held.items() if whose == customer}
    return pending(store.billable(side, customer), store.find(Price, customer=customer), stands, first, last)


def new_basis(store: Store, side: Side, customer: str, first: date, last: date) -> InvoiceBasis | None:
    """The basis that can be made now, not written yet; None where nothing is open. For a job. Raises StoreError."""
    held = open_work(store, side, customer, first, last)
    if not held.lines:
        return None
    number = max((basis.number for basis in store.find(InvoiceBasis)), default=0) + 1
    return InvoiceBasis(new_id(), number, now(), store.me, side, customer, first, last, held.lines)


class BillingEditor(Editor):
    """The only door through which prices change and bases are made."""

    def __init__(self, store: Store, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self._held = {price.id: price for price in all_prices(store)}

    @property
    def prices(self) -> tuple[Price, ...]:
        """By customer and service, the newest first."""
        newest = sorted(self._held.values(), key=lambda p: p.first, reverse=True)
        return tuple(sorted(newest, key=lambda p: (p.customer.casefold(), p.product)))

    def accept(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.kind is Price:
                self._held.pop(change.id, None)
                if change.after is not None:
                    self._held[change.id] = cast("Price", change.after)

    hear = accept

    def add(self, **fields: Any) -> bool:
        """A new price."""
        return self.do(self.texts.tr("Price added"), added(Price(new_id(), **fields)))

    def end(self, price_id: str, last: date) -> bool:
        """The price holds until a day, so that another can follow."""
        before = self._held[price_id]
        after = replace(before, last=last)
        return self.do(self.texts.tr("Price ended"), Change(before, after))

    def remove(self, price_id: str) -> bool:
        """What was invoiced by it stays as it stands."""
        return self.do(self.texts.tr("Price removed"), removed(self._held[price_id]))

    def make(self, basis: InvoiceBasis) -> bool:
        """For good."""
        return self.commit(self.texts.tr("Basis of an invoice made"), added(basis))
