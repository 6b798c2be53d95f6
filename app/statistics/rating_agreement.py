"""Agreement of rating sheets: two of one case (domain 3.6), and all figures of two or more for the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.model.decision import DisagreementKind
from app.statistics.alpha import Level, krippendorff
from app.statistics.disagreements import Disagreement, weight_of
from app.statistics.figure import Figure, Reason, ratio, undefined
from app.statistics.intraclass import Correlation, intraclass
from app.statistics.kappa import Weights, cohen, weighted

Sheet = Mapping[str, int | None]
Scale = tuple[int, int]

INDICATIVE_BELOW = 10
WIDE_GAP = 2


@dataclass(frozen=True, slots=True)
class RatingAgreement:
    """Two sheets of one case. `rated` items have a value from both; *no occasion to observe* is a missing value.

    `same` of them have one value and `near` values that differ by one step at most; `exact` and `within_one` are these
    as shares, 0 to 1. `kappa` is quadratic over the whole declared scale. None has its reason. `gaps` are the items
    that differ by two or more, the widest first. `values` are A's and B's of each item to which somebody gave one.
    `table` counts the items with both over the scale, which begins at `least`; coder A is in rows.
    """

    rated: int
    same: int
    near: int
    exact: float | None
    within_one: float | None
    reason: Reason
    kappa: float | None
    kappa_reason: Reason
    gaps: tuple[Disagreement, ...] = ()
    values: tuple[tuple[str, int | None, int | None], ...] = ()
    least: int = 0
    table: tuple[tuple[int, ...], ...] = ()

    @property
    def indicative(self) -> bool:
        """Fewer than 10 rated items: the figure only points in a direction (domain 3.4)."""
        return self.rated < INDICATIVE_BELOW


@dataclass(frozen=True, slots=True)
class RatingFigures:
    """Everything about two or more raters. `targets` are those rated by all; alpha uses all that two have rated.

    Kappas are for two raters. `icc` is keyed as in `intraclass`, `alpha` by level.
    """

    targets: int
    exact: Figure
    within_one: Figure
    kappa: Figure
    kappa_linear: Figure
    kappa_quadratic: Figure
    icc: Mapping[str, Correlation]
    alpha: Mapping[Level, Figure]

    @property
    def indicative(self) -> bool:
        """Fewer than 10 rated targets: the figures only point in a direction (domain 3.4)."""
        return self.targets < INDICATIVE_BELOW


def agree_ratings(a: Sheet, b: Sheet, scale: Scale | None) -> RatingAgreement:
    """Agreement of two sheets, by item; `scale` is its least and greatest value, None when items differ in it."""
    pairs = {i: (x, y) for i, x in a.items() if x is not None and (y := b.get(i)) is not None}
    rows = list(pairs.values())
    exact, near = _shares(rows)
    same, close = (sum(abs(x - y) <= most for x, y in rows) for most in (0, 1))
    kappa = undefined(Reason.SEVERAL_SCALES) if scale is None else _kappa(rows, scale, Weights.QUADRATIC)
    wide = [(abs(x - y), i) for i, (x, y) in pairs.items() if abs(x - y) >= WIDE_GAP]
    kind = DisagreementKind.RATING
    gaps = tuple(
        Disagreement(kind, None, None, "", str(pairs[i][0]), str(pairs[i][1]), item=i, weight=weight_of(kind, gap))
        for gap, i in sorted(wide, key=lambda w: (-w[0], w[1]))
    )
    given = sorted(i for i in {*a, *b} if a.get(i) is not None or b.get(i) is not None)
    values = tuple((item, a.get(item), b.get(item)) for item in given)
    table = () if scale is None else tuple(map(tuple, _table(rows, scale).tolist()))
    return RatingAgreement(
        len(pairs), same, close, exact.value, near.value, exact.reason, kappa.value, kappa.reason, gaps,
        values, 0 if scale is None else scale[0], table,
    )  # fmt: skip


def rating_figures(sheets: Sequence[Sheet], scale: Scale) -> RatingFigures:
    """All figures of two or more sheets, by target. Raters' order and targets' order do not matter."""
    targets = sorted({t for sheet in sheets for t in sheet})
    rows = [[sheet.get(t) for sheet in sheets] for t in targets]
    complete = [[v for v in row if v is not None] for row in rows if None not in row]
    exact, near = _shares(complete)
    return RatingFigures(
        len(complete),
        exact,
        near,
        _kappa(complete, scale, None, len(sheets)),
        _kappa(complete, scale, Weights.LINEAR, len(sheets)),
        _kappa(complete, scale, Weights.QUADRATIC, len(sheets)),
        intraclass(complete),
        {level: krippendorff([[row[r] for row in rows] for r in range(len(sheets))], level) for level in Level},
    )


def _shares(rows: Sequence[Sequence[int]]) -> tuple[Figure, Figure]:
    """Targets on which all agree exactly, and within one step."""
    spread = [max(row) - min(row) for row in rows]
    shares = (sum(s <= most for s in spread) for most in (0, 1))
    exact, near = (ratio(count, len(rows), Reason.TOO_FEW_TARGETS) for count in shares)
    return exact, near


def _kappa(rows: Sequence[Sequence[int]], scale: Scale, weights: Weights | None, raters: int = 2) -> Figure:
    if raters != 2:
        return undefined(Reason.MORE_THAN_TWO_RATERS if raters > 2 else Reason.TOO_FEW_RATERS)
    if not rows:
        return undefined(Reason.TOO_FEW_TARGETS)
    table = _table(rows, scale)
    return cohen(table) if weights is None else weighted(table, weights)


def _table(rows: Sequence[Sequence[int]], scale: Scale) -> npt.NDArray[np.int64]:
    low, high = scale
    assert all(low <= v <= high for row in rows for v in row), "a rating lies on its scale"
    table = np.zeros((high - low + 1,) * 2, dtype=np.int64)
    for x, y in rows:
        table[x - low, y - low] += 1
    return table
