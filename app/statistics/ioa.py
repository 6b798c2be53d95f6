"""Interobserver agreement of behavior analysis on counts per interval (definitions of source S59; Annex A15).

Every function takes two sequences of counts of equal length, one count per interval, and gives 0 to 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.statistics.figure import Figure, Reason, ratio

Counts = Sequence[int]


def total_count(a: Counts, b: Counts) -> Figure:
    """The smaller total over the larger; undefined when neither counted anything."""
    totals = sorted((sum(a), sum(b)))
    return ratio(totals[0], totals[1], Reason.NO_EVENTS)


def interval_by_interval(a: Counts, b: Counts) -> Figure:
    """Share of intervals in which both or neither counted something."""
    return _share([(x > 0) == (y > 0) for x, y in zip(a, b, strict=True)])


def exact_count(a: Counts, b: Counts) -> Figure:
    """Share of intervals with the same count."""
    return _share([x == y for x, y in zip(a, b, strict=True)])


def partial_agreement(a: Counts, b: Counts) -> Figure:
    """Mean over intervals of the smaller count over the larger; two zeros are 1."""
    return _share([min(x, y) / max(x, y) if x or y else 1.0 for x, y in zip(a, b, strict=True)])


def scored_interval(a: Counts, b: Counts) -> Figure:
    """Of the intervals in which at least one counted something, the share in which both did."""
    return _share([x > 0 and y > 0 for x, y in zip(a, b, strict=True) if x or y])


def unscored_interval(a: Counts, b: Counts) -> Figure:
    """Of the intervals in which at least one counted nothing, the share in which neither did."""
    return _share([x == y for x, y in zip(a, b, strict=True) if not (x and y)])


def _share(parts: Sequence[float]) -> Figure:
    return ratio(sum(parts), len(parts), Reason.NO_UNITS)
