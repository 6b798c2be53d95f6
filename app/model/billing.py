"""What work costs and what was put on the basis of an invoice: prices of customers, and bases with their lines.

Money is whole cents. One rule of rounding: the net of a line and its value added tax are each rounded once, half a cent
away from nothing, and every sum is a sum of lines. How something is taxed the office says; nothing here knows the law.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias

from app.model.hours import OCCASIONS, UNIT, Work
from app.model.sought import Side
from app.model.supervision import PricePer
from app.model.units import Minutes, Percent

Cents: TypeAlias = int
#: tenths of a per cent: 255 is 25.5 %
Tenths: TypeAlias = int

#: what a line counts when it is of the way
KM = "km"
#: how many of what is counted make one of the unit
_PARTS = {PricePer.HOUR: 60, PricePer.UNIT: UNIT}
#: what is invoiced when nobody says otherwise
USUAL_WORKS = (Work.MEETING, Work.PREPARATION, Work.WRITING)
#: what was agreed and did not take place: it has no minutes, and still can cost a meeting or a day
NOT_HELD = (Work.CANCELLED, Work.NO_SHOW)
MOST_CENTS: Cents = 100_000_00
MOST_VAT: Tenths = 1000


def half_away(number: int, parts: int) -> int:
    """`number` of `parts` in whole ones; a half goes away from nothing, so that a credit is its line reversed."""
    found = (2 * abs(number) + parts) // (2 * parts)
    return found if number >= 0 else -found


def works_of(per: PricePer) -> tuple[Work, ...]:
    """What a price can be of: that of a meeting is of meetings alone, held or not; what was done for them is in it."""
    return OCCASIONS if per == PricePer.SESSION else tuple(Work)


@dataclass(frozen=True, slots=True)
class Price:
    """What one service costs one customer from `first` to `last` (none: until further notice).

    `cents` are before tax, of what `per` says, `km_cents` of one kilometer. `works` is what is invoiced by it. `vat` is
    the rate; without one `exempt` says why, in the office's words.
    """

    id: str
    customer: str
    product: str
    first: date
    per: PricePer = PricePer.HOUR
    cents: Cents = 0
    km_cents: Cents = 0
    works: tuple[Work, ...] = USUAL_WORKS
    vat: Tenths = 0
    exempt: str = ""
    last: date | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def touches(self, other: Price) -> bool:
        """Whether both are of one service for one customer on any day."""
        same = (self.customer, self.product) == (other.customer, other.product)
        begins = self.last is None or other.first <= self.last
        return same and begins and (other.last is None or self.first <= other.last)

    def is_of(self, what: Work, minutes: Minutes) -> bool:
        """Whether so much of a kind of work is invoiced by it."""
        if not self.cents or what not in self.works or what not in works_of(self.per):
            return False
        return minutes > 0 or (what in NOT_HELD and self.per not in _PARTS)

    def for_percent(self, percent: Percent) -> Price:
        """Of which so much of the work's price is invoiced; the way costs what it costs."""
        return replace(self, cents=half_away(self.cents * percent, 100))

    @property
    def is_plausible(self) -> bool:
        """Whether it can be: something costs something, days follow, and what is free of tax has a ground."""
        amounts = 0 <= self.cents <= MOST_CENTS and 0 <= self.km_cents <= MOST_CENTS and self.cents + self.km_cents > 0
        days = self.last is None or self.first <= self.last
        taxed = 0 <= self.vat <= MOST_VAT and (self.vat > 0) != bool(self.exempt.strip())
        return amounts and days and taxed and bool(self.customer) and bool(self.product)


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line of a basis. `key` is what it is of and is on one basis only; `root` the entry it comes from.

    `what` is a kind of work, or `km`. `quantity` is minutes where the price is of time, else how many; a credit's is
    negative, as its amounts are.
    """

    key: str
    root: str
    day: date
    product: str
    what: str
    quantity: int
    per: str
    cents: Cents
    vat: Tenths
    exempt: str
    net: Cents
    tax: Cents

    @property
    def gross(self) -> Cents:
        return self.net + self.tax

    @property
    def parts(self) -> int:
        """How many of the quantity make one of the unit."""
        return parts_of(self.per)

    @property
    def is_right(self) -> bool:
        """Whether its amounts follow from quantity, price and rate."""
        net = half_away(self.quantity * self.cents, self.parts)
        return (self.net, self.tax) == (net, half_away(net * self.vat, MOST_VAT))

    def reversed(self) -> BillLine:
        """The line that takes it back."""
        return replace(self, quantity=-self.quantity, net=-self.net, tax=-self.tax)


def parts_of(per: str) -> int:
    """How many minutes make one of a unit of time; one of all else."""
    return next((parts for unit, parts in _PARTS.items() if unit == per), 1)


def line_of(key: str, root: str, day: date, what: str, quantity: int, price: Price) -> BillLine:
    """So many of something at a price, with what it costs."""
    is_way = what == KM
    per, cents = (KM, price.km_cents) if is_way else (price.per.value, price.cents)
    net = half_away(quantity * cents, parts_of(per))
    tax = half_away(net * price.vat, MOST_VAT)
    return BillLine(key, root, day, price.product, what, quantity, per, cents, price.vat, price.exempt, net, tax)


@dataclass(frozen=True, slots=True)
class InvoiceBasis:
    """What one customer is invoiced for work of one side of the wall, as it was made: it never changes.

    `number` counts all bases of the archive from 1. `first` and `last` are the days of the work that is new on it.
    """

    id: str
    number: int
    made: datetime
    by: str
    side: Side
    customer: str
    first: date
    last: date
    lines: tuple[BillLine, ...]

    @property
    def net(self) -> Cents:
        return sum(line.net for line in self.lines)

    @property
    def tax(self) -> Cents:
        return sum(line.tax for line in self.lines)

    @property
    def gross(self) -> Cents:
        return self.net + self.tax


def standing(bases: Iterable[InvoiceBasis]) -> dict[tuple[str, str], BillLine]:
    """By customer and key the lines that were invoiced and not taken back."""
    found: dict[tuple[str, str], BillLine] = {}
    for basis in sorted(bases, key=lambda b: b.number):
        for line in basis.lines:
            place = basis.customer, line.key
            if line.quantity < 0:
                found.pop(place, None)
            else:
                found[place] = line
    return found
