"""How long something took for many: the median with both quartiles, never of so few that one could be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.model.units import RowCount
from app.statistics.hiding import LEAST


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of many waits, in whole or half days: a quarter took `low` or less, half `median`, a quarter more."""

    number: RowCount
    low: float
    median: float
    high: float


def spread(days: Sequence[int]) -> Spread | None:
    """None of fewer than five. Quartiles lie between neighbors by their distance (Hyndman and Fan, type 7)."""
    if len(days) < LEAST:
        return None
    ordered = sorted(days)
    return Spread(len(ordered), *(_quantile(ordered, share) for share in (0.25, 0.5, 0.75)))


def _quantile(ordered: Sequence[int], share: float) -> float:
    at = (len(ordered) - 1) * share
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])
