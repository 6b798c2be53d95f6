"""Intraclass correlations, their intervals and the F distribution against Annex A1, A2 and A7."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.statistics.f_distribution import f_above, f_below, f_quantile, incomplete_beta
from app.statistics.figure import Figure, Reason
from app.statistics.intraclass import FORMS, intraclass, mean_squares

A1 = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
A2 = list(zip([4, 3, 5, 2, 4, 3, 4, 2, 5], [4, 3, 4, 2, 5, 3, 3, 2, 5], strict=True))
A7 = list(
    zip(
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
        strict=True,
    )
)


def test_a1_mean_squares() -> None:
    ms = mean_squares(A1)
    assert (ms.rows, ms.columns) == pytest.approx((11.2417, 32.4861), abs=0.00005)
    assert (ms.error, ms.within) == pytest.approx((1.01944, 6.26389), abs=0.000005)


@pytest.mark.parametrize(
    ("form", "value", "low", "high"),
    [
        ("1,1", 0.16574, -0.133, 0.723),
        ("2,1", 0.28976, 0.019, 0.761),
        ("3,1", 0.71484, 0.342, 0.946),
        ("1,k", 0.44280, -0.884, 0.912),
        ("2,k", 0.62005, 0.071, 0.927),
        ("3,k", 0.90932, 0.676, 0.986),
    ],
)
def test_a1_six_forms_with_intervals(form: str, value: float, low: float, high: float) -> None:
    icc = intraclass(A1)[form]
    assert icc.figure.value == pytest.approx(value, abs=0.000006)
    assert (icc.interval.low, icc.interval.high) == pytest.approx((low, high), abs=0.00051)


def test_a1_tests_against_zero() -> None:
    icc = intraclass(A1)
    assert icc["1,1"].f == pytest.approx(1.795, abs=0.0005)
    assert icc["1,1"].df == (5, 18)
    assert icc["1,1"].p == pytest.approx(0.165, abs=0.0005)
    for form in ("2,1", "3,1"):
        assert icc[form].f == pytest.approx(11.027, abs=0.0005)
        assert icc[form].df == (5, 15)
        assert icc[form].p < 0.001


def test_a2_a_pair() -> None:
    icc = intraclass(A2)
    values = {form: icc[form].figure.value for form in FORMS}
    assert values["1,1"] == pytest.approx(0.8689, abs=0.00005)
    assert values["2,1"] == pytest.approx(0.8681, abs=0.00005)
    assert values["3,1"] == pytest.approx(0.8587, abs=0.00005)
    assert values["2,k"] == pytest.approx(0.9294, abs=0.00005)
    assert values["3,k"] == pytest.approx(0.9240, abs=0.00005)
    assert (icc["2,1"].interval.low, icc["2,1"].interval.high) == pytest.approx((0.531, 0.969), abs=0.0005)
    assert (icc["3,1"].interval.low, icc["3,1"].interval.high) == pytest.approx((0.496, 0.966), abs=0.0005)


def test_a7_three_raters() -> None:
    icc = intraclass(A7)
    values = [icc[form].figure.value for form in FORMS]
    assert values == pytest.approx([0.1750, 0.1980, 0.2160, 0.3889, 0.4255, 0.4526], abs=0.00005)


def test_a17_undefined_and_perfect() -> None:
    assert {i.figure for i in intraclass([[3, 3]] * 5).values()} == {Figure(None, Reason.ZERO_VARIANCE)}
    # the ratings vary, the targets' means do not
    turned = intraclass([[1, 2], [2, 1]])
    assert turned["1,1"].figure == turned["3,1"].figure == Figure(-1.0)
    assert {turned[form].figure for form in ("2,1", "1,k", "2,k", "3,k")} == {Figure(None, Reason.TARGETS_ALIKE)}
    # one rater gives one more throughout, and all targets are alike
    apart = intraclass([[1, 2]] * 5)
    assert {apart[form].figure for form in ("3,1", "3,k", "1,k")} == {Figure(None, Reason.RATERS_APART)}
    assert apart["2,1"].figure == Figure(0.0)
    assert {i.figure for i in intraclass([[3, 3]]).values()} == {Figure(None, Reason.TOO_FEW_TARGETS)}
    assert {i.figure for i in intraclass([]).values()} == {Figure(None, Reason.TOO_FEW_TARGETS)}
    assert {i.figure for i in intraclass([[3], [4]]).values()} == {Figure(None, Reason.TOO_FEW_RATERS)}
    assert [i.figure.value for i in intraclass([[1, 1], [2, 2], [5, 5]]).values()] == [1.0] * 6
    assert all(i.interval is None for i in intraclass([[1, 1], [2, 2], [5, 5]]).values())


def test_the_f_distribution_against_tables() -> None:
    # Upper 2.5 % points of F as printed in common tables, and I_x(a, b) in closed form
    assert f_quantile(0.975, 5, 18) == pytest.approx(3.382, abs=0.0005)
    assert f_quantile(0.975, 5, 15) == pytest.approx(3.576, abs=0.0005)
    assert f_quantile(0.95, 1, 1) == pytest.approx(161.4476, abs=0.0001)
    assert f_quantile(0.95, 10, 120) == pytest.approx(1.9105, abs=0.0001)
    assert incomplete_beta(1, 3, 0.2) == pytest.approx(1 - 0.8**3)
    assert incomplete_beta(2, 1, 0.3) == pytest.approx(0.09)


@given(st.floats(0.01, 0.99), st.floats(0.3, 200), st.floats(0.3, 200))
@example(0.99, 15.0, 0.328125)  # an f of millions of millions: x is too near to 1 to be told from it
@example(0.01, 0.328125, 15.0)
def test_a_quantile_leads_back_to_its_probability(p: float, d1: float, d2: float) -> None:
    f = f_quantile(p, d1, d2)
    if 1e-12 < f < 1e12:
        assert f_below(f, d1, d2) == pytest.approx(p, abs=1e-6)
        assert f_above(f, d1, d2) == pytest.approx(1 - p, abs=1e-6)


sheets = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(st.integers(1, 5), min_size=k, max_size=k), min_size=2, max_size=12)
)


@given(sheets, st.randoms(use_true_random=False))
def test_order_of_targets_and_raters_does_not_matter(sheet: list[list[int]], random) -> None:
    x = np.array(sheet)
    rows, columns = list(range(x.shape[0])), list(range(x.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    before, after = intraclass(x), intraclass(x[np.ix_(rows, columns)])
    for form in FORMS:
        assert after[form].figure.value == pytest.approx(before[form].figure.value)
        assert before[form].figure.value is None or before[form].figure.value <= 1 + 1e-9


@given(sheets)
def test_the_interval_holds_its_figure(sheet: list[list[int]]) -> None:
    for icc in intraclass(sheet).values():
        if icc.interval is not None and icc.form in {"1,1", "3,1"}:
            assert icc.interval.low - 1e-9 <= icc.figure.value <= icc.interval.high + 1e-9
