"""On whose behalf client data are handled: what every paper that is made for another must show (domain 0.6, 4.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.model.commission import Commission


@dataclass(frozen=True, slots=True)
class Mandate:
    """Who has the duty to organise the service, who gives it, whose register it is, and on what ground.

    Names of organisations and, for `basis`, a key of the pick-list `bases` or own words; what is not known is empty.
    """

    organiser: str = ""
    producer: str = ""
    controller: str = ""
    basis: str = ""


def mandate(commission: Commission | None, employers: Iterable[str]) -> Mandate:
    """As a commission says it; without an own organiser it is the commissioner, without a producer the pair's work."""
    producers = ", ".join(dict.fromkeys(name for name in employers if name))
    if commission is None:
        return Mandate(producer=producers)
    c = commission
    return Mandate(c.organiser or c.commissioner, c.producer or producers, c.controller, c.basis)
