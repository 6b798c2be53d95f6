"""Krippendorff's alpha for any number of coders with missing values (Krippendorff 2011, Computing alpha)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    table = met_in([([place[v] for v in unit], 1) for unit in pairable], len(values))
    return Coincidences(np.array(values, dtype=float), table)


def met_in(units: Iterable[tuple[Sequence[int], int]], values: int) -> Floats:
    """How often two values meet, (values, values): each unit is the places of its values, and how many are like it.

    Tables of different units can be added. A unit of one value tells nothing.
    """
    table = np.zeros((values, values))
    for places, times in units:
        if len(places) > 1:
            count = np.bincount(places, minlength=values).astype(float)
            table += times * (np.outer(count, count) - np.diag(count)) / (len(places) - 1)
    return table


def krippendorff(ratings: Sequence[Sequence[float | None]], level: Level) -> Figure:
    """1 − Do/De of coders × units; undefined with fewer than two coders, no pairable unit or one value only."""
    if len(ratings) < 2:
        return undefined(Reason.TOO_FEW_RATERS)
    return alpha_of(coincidences(ratings), level)


def alpha_of(met: Coincidences, level: Level) -> Figure:
    """1 − Do/De of what met; a value that nobody gave may be among them."""
    in_use = int(np.count_nonzero(met.counts))
    if not in_use:
        return undefined(Reason.NO_SHARED_TARGET)
    apart = distances(met, level)
    if in_use < 2 or not apart.expected:
        return undefined(Reason.ZERO_VARIANCE)
    return Figure(1 - apart.observed / apart.expected)


@dataclass(frozen=True, slots=True)
class Distances:
    """Squared differences of the values that met, and of any two values of all: means, in squares of the scale."""

    observed: float
    expected: float


def distances(met: Coincidences, level: Level) -> Distances:
    """Do = Σ d·o / n and De = Σ d·n_i·n_j / (n (n − 1)) of at least two values."""
    distance, n = _distance(met, level), met.counts
    total = n.sum()
    expected = (distance * np.outer(n, n)).sum() / (total * (total - 1))
    return Distances(float((distance * met.table).sum() / total), float(expected))


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
