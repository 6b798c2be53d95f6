"""Whether a film's pictures come in the order of their times, or its clock begins anew inside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.model.units import Position


@dataclass(frozen=True)
class Order:
    """Places in a row of timestamps, from 0.

    `alone`: a single timestamp that fits neither to the one before nor to the one after it, as damage makes it.
    `begins_anew`: where the clock falls back for good.
    """

    alone: tuple[Position, ...] = ()
    begins_anew: tuple[Position, ...] = ()


def order_of(stamps: Sequence[int]) -> Order:
    """How far timestamps, in the order in which the film gives them, rise as they must."""
    import numpy as np

    row = np.array(stamps, dtype=np.int64)
    alone, anew = [], []
    for at in np.flatnonzero(np.diff(row) <= 0).tolist():
        if at + 2 < len(row) and row[at + 2] > row[at]:
            alone.append(at + 1)
        elif at == 0 or row[at + 1] > row[at - 1]:
            alone.append(at)
        else:
            anew.append(at + 1)
    return Order(tuple(alone), tuple(anew))
