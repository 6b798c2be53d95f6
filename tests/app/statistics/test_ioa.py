"""Interobserver agreement on counts per interval against Annex A15."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.statistics import ioa
from app.statistics.figure import Figure, Reason

A = [1, 0, 2, 0, 1, 0, 3, 0]
B = [1, 1, 1, 0, 0, 0, 3, 0]
ALL = [
    (ioa.total_count, 6 / 7),
    (ioa.interval_by_interval, 0.75),
    (ioa.exact_count, 0.625),
    (ioa.partial_agreement, 0.6875),
    (ioa.scored_interval, 0.60),
    (ioa.unscored_interval, 0.60),
]


@pytest.mark.parametrize(("statistic", "value"), ALL)
def test_a15(statistic, value: float) -> None:
    assert statistic(A, B).value == pytest.approx(value)


def test_nothing_counted_is_undefined_where_something_is_needed() -> None:
    assert ioa.total_count([0, 0], [0, 0]) == Figure(None, Reason.NO_EVENTS)
    assert ioa.scored_interval([0, 0], [0, 0]) == Figure(None, Reason.NO_UNITS)
    assert ioa.unscored_interval([1, 1], [1, 2]) == Figure(None, Reason.NO_UNITS)
    assert ioa.exact_count([], []) == Figure(None, Reason.NO_UNITS)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1), st.sampled_from([s for s, _ in ALL]))
def test_symmetric_bounded_and_one_for_the_same(pairs: list[tuple[int, int]], statistic) -> None:
    a, b = [list(x) for x in zip(*pairs, strict=True)]
    assert statistic(a, b) == statistic(b, a)
    assert statistic(a, b).value is None or 0 <= statistic(a, b).value <= 1
    assert statistic(a, a).value in (None, 1.0)
