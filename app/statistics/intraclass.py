"""Intraclass correlation: the six forms of Shrout & Fleiss 1979 with the intervals of McGraw & Wong 1996."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isinf

import numpy as np
import numpy.typing as npt

from app.statistics.f_distribution import f_above, f_quantile
from app.statistics.figure import Figure, Interval, Reason, undefined

FORMS = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """Two-way analysis of variance of n targets × k raters: rows, columns, error, and within targets."""

    n: int
    k: int
    rows: float
    columns: float
    error: float
    within: float


@dataclass(frozen=True, slots=True)
class Correlation:
    """One ICC. `interval` is its 95 % interval, None when undefined; `f`, `df` and `p` test it against 0."""

    form: str
    figure: Figure
    interval: Interval | None = None
    f: float | None = None
    df: tuple[int, int] = (0, 0)
    p: float | None = None


def mean_squares(ratings: npt.ArrayLike) -> MeanSquares:
    """Of complete ratings, n targets × k raters, n and k at least 2. Sums of whole numbers are exact."""
    x = np.asarray(ratings, dtype=float)
    n, k = x.shape
    assert min(n, k) >= 2, "an analysis of variance needs two of each"
    x = x - x[0, 0]
    grand = x.sum() ** 2
    total = n * k * (x**2).sum() - grand
    rows = n * (x.sum(1) ** 2).sum() - grand
    columns = k * (x.sum(0) ** 2).sum() - grand
    error, nk = total - rows - columns, n * k
    return MeanSquares(
        n,
        k,
        float(rows / nk / (n - 1)),
        float(columns / nk / (k - 1)),
        float(max(error, 0.0) / nk / ((n - 1) * (k - 1))),
        float((total - rows) / nk / (n * (k - 1))),
    )


def intraclass(ratings: Sequence[Sequence[float]] | npt.NDArray[np.float64]) -> Mapping[str, Correlation]:
    """The six forms by name (`"2,1"`, `"3,k"` …) of complete ratings, n targets × k raters.

    Undefined with fewer than two targets or raters, and when what would have to vary does not: see `_why`.
    """
    x = np.asarray(ratings, dtype=float)
    if x.ndim != 2 or x.shape[0] < 2:
        return {form: Correlation(form, undefined(Reason.TOO_FEW_TARGETS)) for form in FORMS}
    if x.shape[1] < 2:
        return {form: Correlation(form, undefined(Reason.TOO_FEW_RATERS)) for form in FORMS}
    ms = mean_squares(x)
    singles = {"1": _one_way(ms), "2": _absolute(ms), "3": _consistent(ms)}
    forms = {f"{letter},1": single for letter, single in singles.items()}
    averages = (_averaged(f"{letter},k", single, ms) for letter, single in singles.items())
    return forms | {average.form: average for average in averages}


def _one_way(ms: MeanSquares) -> Correlation:
    """(MSR − MSW)/(MSR + (k − 1) MSW)."""
    df = (ms.n - 1, ms.n * (ms.k - 1))
    return _from_f("1,1", ms, ms.within, df)


def _consistent(ms: MeanSquares) -> Correlation:
    """(MSR − MSE)/(MSR + (k − 1) MSE)."""
    df = (ms.n - 1, (ms.n - 1) * (ms.k - 1))
    return _from_f("3,1", ms, ms.error, df)


def single(form: str, ms: MeanSquares) -> Figure:
    """The bare number of a form of one rater: `"1,1"`, `"2,1"` or `"3,1"`."""
    n, k, rows = ms.n, ms.k, ms.rows
    if form == "2,1":
        return _figure(ms, rows - ms.error, rows + (k - 1) * ms.error + k * (ms.columns - ms.error) / n)
    rest = ms.within if form == "1,1" else ms.error
    return _figure(ms, rows - rest, rows + (k - 1) * rest)


def _from_f(form: str, ms: MeanSquares, rest: float, df: tuple[int, int]) -> Correlation:
    rows, k, figure = ms.rows, ms.k, single(form, ms)
    if figure.value is None or not rest:
        return Correlation(form, figure)
    f = rows / rest
    low, high = f / f_quantile(0.975, *df), f * f_quantile(0.975, df[1], df[0])
    interval = Interval((low - 1) / (low + k - 1), (high - 1) / (high + k - 1))
    return Correlation(form, figure, interval, f, df, f_above(f, *df))


def _absolute(ms: MeanSquares) -> Correlation:
    """(MSR − MSE)/(MSR + (k − 1) MSE + k (MSC − MSE)/n); interval with Satterthwaite's degrees of freedom."""
    n, k = ms.n, ms.k
    figure = single("2,1", ms)
    if figure.value is None or not ms.error:
        return Correlation("2,1", figure)
    r, fc = figure.value, ms.columns / ms.error
    rest = n * (1 + (k - 1) * r) - k * r
    spread = (n - 1) * (k * r * fc) ** 2 + rest**2
    v = (k - 1) * (n - 1) * (k * r * fc + rest) ** 2 / spread if spread else 0.0
    df = (n - 1, (n - 1) * (k - 1))
    f = ms.rows / ms.error
    p = f_above(f, *df)
    upper, lower = (f_quantile(0.975, n - 1, v), f_quantile(0.975, v, n - 1)) if v > 0 else (inf, inf)
    if isinf(upper) or isinf(lower):
        return Correlation("2,1", figure, None, f, df, p)
    others = k * ms.columns + (k * n - k - n) * ms.error
    low = n * (ms.rows - upper * ms.error) / (upper * others + n * ms.rows)
    high = n * (lower * ms.rows - ms.error) / (others + n * lower * ms.rows)
    return Correlation("2,1", figure, Interval(low, high), f, df, p)


def _averaged(form: str, single: Correlation, ms: MeanSquares) -> Correlation:
    """The mean of k raters: (MSR − MSW)/MSR, (MSR − MSE)/(MSR + (MSC − MSE)/n), (MSR − MSE)/MSR."""
    parts = {
        "1,k": (ms.rows - ms.within, ms.rows),
        "2,k": (ms.rows - ms.error, ms.rows + (ms.columns - ms.error) / ms.n),
        "3,k": (ms.rows - ms.error, ms.rows),
    }
    figure = undefined(single.figure.reason) if single.figure.value is None else _figure(ms, *parts[form])
    interval = _stepped_up(single.interval, ms.k) if figure.value is not None else None
    return Correlation(form, figure, interval, single.f, single.df, single.p)


def _stepped_up(single: Interval | None, k: int) -> Interval | None:
    """Spearman and Brown's formula, which takes the interval of one rater to that of the mean of k."""
    if single is None or 1 + (k - 1) * single.low <= 0:
        return None
    low, high = (k * x / (1 + (k - 1) * x) for x in (single.low, single.high))
    return Interval(low, high)


def _figure(ms: MeanSquares, part: float, whole: float) -> Figure:
    return Figure(part / whole) if whole > 0 else undefined(_why(ms))


def _why(ms: MeanSquares) -> Reason:
    """What there is too little of for a correlation: variance at all, of the targets' means, or more than chance."""
    if ms.rows:
        return Reason.LESS_THAN_CHANCE
    if ms.error:
        return Reason.TARGETS_ALIKE
    return Reason.RATERS_APART if ms.columns else Reason.ZERO_VARIANCE
