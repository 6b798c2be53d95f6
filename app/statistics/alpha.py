"""Krippendorff's alpha for any number of coders with missing values (Krippendorff 2011, Computing alpha)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from app.statistics.figure import Figure, Reason, undefined

Floats = npt.NDArray[np.float64]


class Level(StrEnum):
    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True, eq=False)
class Coincidences:
    """Values that occur in pairable units, ascending, and how often two of them meet: shape (v,) and (v, v)."""

    values: Floats
    table: Floats

    @property
    def counts(self) -> Floats:
        return np.asarray(self.table.sum(1))


def coincidences(ratings: Sequence[Sequence[float | None]]) -> Coincidences:
    """Of coders × units; None is missing. Units with fewer than two values are left out."""
    units = [[v for v in unit if v is not None] for unit in zip(*ratings, strict=True)]
    pairable = [unit for unit in units if len(unit) > 1]
    values = sorted({v for unit in pairable for v in unit})
    place = {v: i for i, v in enumerate(values)}
    table = np.zeros((len(values), len(values)))
    for unit in pairable:
        count = np.bincount([place[v] for v in unit], minlength=len(values)).astype(float)
        table += (np.outer(count, count) - np.diag(count)) / (len(unit) - 1)
    return Coincidences(np.array(values, dtype=float), table)


def krippendorff(ratings: Sequence[Sequence[float | None]], level: Level) -> Figure:
    """1 − Do/De of coders × units; undefined with fewer than two coders, no pairable unit or one value only."""
    if len(ratings) < 2:
        return undefined(Reason.TOO_FEW_RATERS)
    met = coincidences(ratings)
    if not len(met.values):
        return undefined(Reason.NO_SHARED_TARGET)
    if len(met.values) < 2:
        return undefined(Reason.ZERO_VARIANCE)
    distance, n = _distance(met, level), met.counts
    expected = (distance * np.outer(n, n)).sum() / (n.sum() - 1)
    if not expected:
        return undefined(Reason.ZERO_VARIANCE)
    return Figure(float(1 - (distance * met.table).sum() / expected))


def _distance(met: Coincidences, level: Level) -> Floats:
    """Squared differences between every two values, shape (v, v)."""
    v, n = met.values, met.counts
    apart = np.subtract.outer(v, v)
    if level is Level.NOMINAL:
        return np.asarray(apart != 0, dtype=float)
    if level is Level.INTERVAL:
        return np.asarray(apart**2)
    if level is Level.ORDINAL:
        middle = np.cumsum(n) - n / 2
        return np.asarray(np.subtract.outer(middle, middle) ** 2)
    together = np.add.outer(v, v)
    squared: Floats = np.zeros_like(apart)
    np.divide(apart**2, together**2, out=squared, where=together != 0)
    return squared
