"""The rules of prices and bases of invoices: one price a day, and nothing on two bases.

Over values only, as all rules of `writing_rules`, whose step asks these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from app.model.billing import InvoiceBasis, Price, standing
from app.model.change import Change
from storage.store.refusing import refuse


class BillingFacts(Protocol):
    """What these rules ask of the archive as it is before the step."""

    def prices(self, customer: str, product: str) -> Sequence[Price]: ...
    def bases(self) -> Sequence[InvoiceBasis]: ...


class BillingRules:
    """One step under examination, as far as it touches prices and bases."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: BillingFacts) -> None:
        self._net, self._worker, self._facts = net, worker_id, facts

    def check_price(self, change: Change) -> None:
        """It can be, and no other is of the same service, customer and day."""
        after = change.after
        if not isinstance(after, Price):
            return
        refuse(not after.is_plausible, "price-amount")
        others = {p.id: p for p in self._facts.prices(after.customer, after.product)}
        for held in self._net.values():
            if held.kind is Price:
                others.pop(held.id, None)
                if isinstance(held.after, Price) and held.id != after.id:
                    others[held.id] = held.after
        others.pop(after.id, None)
        refuse(any(after.touches(other) for other in others.values()), "price-twice")

    def check_basis(self, change: Change) -> None:
        """It stays; its number is the next, and each line is new, or takes back one that stands, whole."""
        basis = change.after
        refuse(change.before is not None or not isinstance(basis, InvoiceBasis), "basis-fixed")
        assert isinstance(basis, InvoiceBasis)
        others = [c for c in self._net.values() if c.kind is InvoiceBasis and c.id != basis.id]
        held = self._facts.bases()
        refuse(basis.by != self._worker or bool(others) or not basis.lines, "basis-fixed")
        refuse(basis.number != max((b.number for b in held), default=0) + 1, "basis-number")
        stands = {key: line for (customer, key), line in standing(held).items() if customer == basis.customer}
        for line in basis.lines:
            refuse(not line.is_right or line.quantity == 0, "price-amount")
            if line.quantity < 0:
                refuse(stands.pop(line.key, None) != line.reversed(), "basis-twice")
                continue
            refuse(line.key in stands, "basis-twice")
            stands[line.key] = line
