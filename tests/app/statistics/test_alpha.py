"""Krippendorff's alpha against Annex A2, A9 and A17."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.statistics.alpha import Level, coincidences, krippendorff
from app.statistics.figure import Figure, Reason

A9 = [
    [None if v == "–" else int(v) for v in line.split()]
    for line in (
        "1 2 3 3 2 1 4 1 2 – – –",
        "1 2 3 3 2 2 4 1 2 5 – 3",
        "– 3 3 3 2 3 4 2 2 5 1 –",
        "1 2 3 3 2 4 4 1 2 5 1 –",
    )
]
A2 = [[4, 3, 5, 2, 4, 3, 4, 2, 5], [4, 3, 4, 2, 5, 3, 3, 2, 5]]


@pytest.mark.parametrize(
    ("level", "value"), [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)]
)
def test_a9_published_data_with_missing_values(level: str, value: float) -> None:
    assert krippendorff(A9, Level(level)).value == pytest.approx(value, abs=0.0000005)


def test_a9_pairable_values() -> None:
    met = coincidences(A9)
    assert list(met.counts) == pytest.approx([9, 13, 10, 5, 3])
    assert met.counts.sum() == pytest.approx(40)


@pytest.mark.parametrize(("level", "value"), [("nominal", 0.5785), ("ordinal", 0.8639), ("interval", 0.8618)])
def test_a2_a_pair(level: str, value: float) -> None:
    assert krippendorff(A2, Level(level)).value == pytest.approx(value, abs=0.00005)


def test_a17_undefined_and_perfect() -> None:
    for level in Level:
        assert krippendorff([[3, 3, 3], [3, 3, 3]], level) == Figure(None, Reason.ZERO_VARIANCE)
        assert krippendorff([[1, None], [None, 2]], level) == Figure(None, Reason.NO_SHARED_TARGET)
        assert krippendorff([[1, 2]], level) == Figure(None, Reason.TOO_FEW_RATERS)
        assert krippendorff([[1, 2, 5], [1, 2, 5]], level).value == 1.0
    assert krippendorff([[0, 1, 0], [0, 1, 1]], Level.RATIO).value == pytest.approx(4 / 9)


@given(
    st.lists(st.lists(st.none() | st.integers(1, 5), min_size=6, max_size=6), min_size=2, max_size=4),
    st.permutations(range(6)),
    st.sampled_from(Level),
)
def test_order_does_not_matter_and_one_is_the_most(ratings: list[list], order: list[int], level: Level) -> None:
    value = krippendorff(ratings, level).value
    turned = [[row[i] for i in order] for row in reversed(ratings)]
    assert krippendorff(turned, level).value == pytest.approx(value)
    assert value is None or value <= 1 + 1e-12
