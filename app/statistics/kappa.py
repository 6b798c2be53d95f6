"""Kappas of tables of two coders, and Fleiss' kappa of more. Rows are coder 1, columns coder 2.

Sources: Cohen 1960 and 1968; Fleiss, Cohen & Everitt 1969 (standard errors); Fleiss 1971; Gwet 2008 (AC1);
Goodman 1968 for the table with a structurally empty corner, used for events as in EasyDIAg (Holle & Rein 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
import numpy.typing as npt

from app.statistics.figure import Figure, Reason, ratio, undefined

Table = npt.NDArray[np.float64] | npt.NDArray[np.int64] | Sequence[Sequence[float]]
Floats = npt.NDArray[np.float64]


class Weights(StrEnum):
    LINEAR = "linear"
    QUADRATIC = "quadratic"


def percent_agreement(table: Table) -> Figure:
    """Σ n[i,i] / N of a k × k table, from 0 to 1; undefined for an empty table."""
    n = np.asarray(table, dtype=float)
    return ratio(np.trace(n), n.sum(), Reason.NO_UNITS)


def cohen(table: Table) -> Figure:
    """(po − pe)/(1 − pe) of a k × k table; undefined when it is empty or both use one and the same category."""
    n = np.asarray(table, dtype=float)
    if not n.sum():
        return undefined(Reason.NO_UNITS)
    value = float(cohen_of(n))
    return undefined(Reason.ONE_CATEGORY) if np.isnan(value) else Figure(value)


def cohen_of(tables: npt.NDArray[np.float64] | npt.NDArray[np.int64]) -> Floats:
    """Cohen's kappa of many tables at once, shape (k, k, …) → (…); NaN where undefined. Exact for counts."""
    rows, columns = tables.sum(axis=1), tables.sum(axis=0)
    total, same = rows.sum(axis=0), np.trace(tables)
    chance = (rows * columns).sum(axis=0)
    return _quotient(total * same - chance, total * total - chance)


def weighted(table: Table, weights: Weights) -> Figure:
    """1 − Σ w n / Σ w e with w = |i − j|/(k − 1), or its square, over the whole declared scale of k points."""
    n = np.asarray(table, dtype=float)
    k = len(n)
    if not n.sum():
        return undefined(Reason.NO_UNITS)
    apart = np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / max(k - 1, 1)
    if weights is Weights.QUADRATIC:
        apart = apart**2
    expected = (apart * np.outer(n.sum(1), n.sum(0))).sum()
    if not expected:
        return undefined(Reason.ONE_CATEGORY)
    return Figure(float(1 - n.sum() * (apart * n).sum() / expected))


def kappa_max(table: Table) -> Figure:
    """The greatest kappa that the margins of a k × k table allow: po = Σ min(r_i, c_i)/N."""
    n = np.asarray(table, dtype=float)
    if not n.sum():
        return undefined(Reason.NO_UNITS)
    p = n / n.sum()
    rows, columns = p.sum(1), p.sum(0)
    chance = float(rows @ columns)
    return ratio(float(np.minimum(rows, columns).sum()) - chance, _rest(chance), Reason.ONE_CATEGORY)


def gwet_ac1(table: Table) -> Figure:
    """Gwet's AC1: pe = Σ p_i (1 − p_i)/(k − 1) with the mean margins p_i; undefined for fewer than two categories."""
    n = np.asarray(table, dtype=float)
    if not n.sum():
        return undefined(Reason.NO_UNITS)
    if len(n) < 2:
        return undefined(Reason.ONE_CATEGORY)
    p = n / n.sum()
    margin = (p.sum(0) + p.sum(1)) / 2
    chance = float((margin * (1 - margin)).sum() / (len(n) - 1))
    return Figure(float((np.trace(p) - chance) / (1 - chance)))


def standard_error(table: Table) -> Figure:
    """Asymptotic standard error of Cohen's kappa (Fleiss, Cohen & Everitt 1969, formula 13)."""
    kappa = cohen(table)
    if kappa.value is None:
        return kappa
    n = np.asarray(table, dtype=float)
    p, k = n / n.sum(), kappa.value
    rows, columns = p.sum(1), p.sum(0)
    chance = float(rows @ columns)
    diagonal = np.diag(p) @ (1 - (rows + columns) * (1 - k)) ** 2
    off = p * (columns[:, None] + rows[None, :]) ** 2
    rest = (1 - k) ** 2 * (off.sum() - np.trace(off))
    variance = diagonal + rest - (k - chance * (1 - k)) ** 2
    return Figure(sqrt(max(float(variance), 0.0) / float(n.sum())) / (1 - chance))


def null_standard_error(table: Table) -> Figure:
    """Standard error of Cohen's kappa if the coders agreed by chance only (formula 14 of the same)."""
    kappa = cohen(table)
    if kappa.value is None:
        return kappa
    n = np.asarray(table, dtype=float)
    p = n / n.sum()
    rows, columns = p.sum(1), p.sum(0)
    chance = float(rows @ columns)
    variance = chance + chance**2 - float((rows * columns * (rows + columns)).sum())
    return Figure(sqrt(max(variance, 0.0) / float(n.sum())) / (1 - chance))


def fleiss(counts: Table, times: Sequence[float] | Floats | None = None) -> Figure:
    """Fleiss' kappa of subjects × categories, each row summing to the same number of raters (at least 2).

    `times` says how many subjects are like each row; once each without it.
    """
    n = np.asarray(counts, dtype=float)
    weight = np.ones(len(n)) if times is None else np.asarray(times, dtype=float)
    if not weight.sum():
        return undefined(Reason.TOO_FEW_TARGETS)
    raters = n.sum(1)
    assert (raters == raters[0]).all(), "the same number of raters for every subject"
    if raters[0] < 2:
        return undefined(Reason.TOO_FEW_RATERS)
    shares = fleiss_shares(n, weight)
    if shares.in_use < 2:
        return undefined(Reason.ONE_CATEGORY)
    return Figure((shares.observed - shares.chance) / (1 - shares.chance))


@dataclass(frozen=True, slots=True)
class FleissShares:
    """How often two raters of one subject are the same, and would be by chance, 0 to 1; categories `in_use`."""

    observed: float
    chance: float
    in_use: int


def fleiss_shares(counts: Floats, times: Floats) -> FleissShares:
    """P̄ and P̄e of Fleiss 1971, formulas 5 and 6; of at least one subject with at least two raters."""
    m, total = float(counts[0].sum()), float(times.sum())
    share = (counts * times[:, None]).sum(0) / (m * total)
    observed = float((((counts**2).sum(1) - m) * times).sum() / (total * m * (m - 1)))
    return FleissShares(observed, float((share**2).sum()), int(np.count_nonzero(share)))


def with_nil(table: Table) -> Figure:
    """Event kappa of a (k + 1) × (k + 1) table whose last row and column are the unmatched events.

    The corner is structurally empty and expected values keep the margins, as iterative proportional fitting makes them
    (see `nil_of`). Undefined without events, when one coder has none, or when one code only is in use.
    """
    n = np.asarray(table, dtype=float)
    k = len(n) - 1
    assert not n[k, k], "nobody has counted what neither marked"
    rows, columns = n.sum(1)[:k], n.sum(0)[:k]
    if not rows.sum() and not columns.sum():
        return undefined(Reason.NO_EVENTS)
    if not rows.sum() or not columns.sum():
        return undefined(Reason.ONE_CODER_WITHOUT_EVENTS)
    sums = (rows.sum(), columns.sum(), rows @ columns, np.count_nonzero(rows + columns), np.trace(n), n[:k, :k].sum())
    value = float(nil_of(*map(np.asarray, sums)))
    return undefined(Reason.ONE_CATEGORY) if np.isnan(value) else Figure(value)


def nil_of(first: Floats, second: Floats, cross: Floats, in_use: Floats, agreed: Floats, paired: Floats) -> Floats:
    """Kappa with the nil row and column from sums of one shape: NaN where undefined, Cohen's where all are paired.

    `first` and `second` are the coders' events A = Σ r_i and B = Σ c_j, `cross` is Σ r_i c_i, `in_use` the number of
    codes that anybody used. Iterative proportional fitting of a table with one structural zero in its corner has a
    closed limit, since the zero leaves the table block-triangular (Goodman 1968; Bishop, Fienberg & Holland 1975,
    ch. 5): for codes i, j e[i,j] = r_i c_j M / (A B), with M pairs.
    """
    total, both = first + second - paired, first * second
    chance = paired * cross
    value = _quotient(agreed * both - chance, total * both - chance)
    return np.where((in_use > 1) & (both > 0), value, np.nan)


def fitted(table: Table, *, rounds: int = 1000, tolerance: float = 1e-12) -> Floats:
    """Expected values of a table with an empty last corner by iterative proportional fitting itself; same shape.

    `tolerance` is the largest change of a count, in counts, at which it ends.
    """
    n = np.asarray(table, dtype=float)
    fit = np.ones_like(n)
    fit[-1, -1] = 0
    for _ in range(rounds):
        fit = fit * _quotient(n.sum(1), fit.sum(1), empty=0.0)[:, None]
        fit = fit * _quotient(n.sum(0), fit.sum(0), empty=0.0)[None, :]
        if np.abs(fit.sum(1) - n.sum(1)).max() < tolerance:
            break
    return fit


def _quotient(part: npt.ArrayLike, whole: npt.ArrayLike, empty: float = np.nan) -> Floats:
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    out: Floats = np.full(np.broadcast(part, whole).shape, empty)
    np.divide(part, whole, out=out, where=whole != 0)
    return out


def _rest(chance: float) -> float:
    """1 − pe, exactly 0 when rounding alone keeps it from that."""
    rest = 1 - chance
    return rest if rest > 1e-12 else 0.0
