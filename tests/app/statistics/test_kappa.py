"""Kappas against Annex A5–A8, A13 and A17, and the closed limit of proportional fitting against fitting itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.statistics.figure import Figure, Reason
from app.statistics.kappa import (
    Weights,
    cohen,
    fitted,
    fleiss,
    gwet_ac1,
    kappa_max,
    null_standard_error,
    percent_agreement,
    standard_error,
    weighted,
    with_nil,
)

A5 = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]
A6 = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
PARADOX = [[118, 5], [2, 0]]
RATER2 = [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4]
RATER3 = [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2]
A8 = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]
# Fleiss 1971, table 1: five diagnoses, six raters
DIAGNOSES = (
    "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 "
    "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"
)


def table_of(first: list[int], second: list[int], points: list[int]) -> np.ndarray:
    table = np.zeros((len(points), len(points)))
    for x, y in zip(first, second, strict=True):
        table[points.index(x), points.index(y)] += 1
    return table


def near(figure: Figure, value: float, digits: int = 4) -> bool:
    return figure.value == pytest.approx(value, abs=0.5001 * 10**-digits)


def test_a5_the_published_table_with_its_standard_errors() -> None:
    assert near(percent_agreement(A5), 0.6842)
    kappa, error, null = cohen(A5).value, standard_error(A5).value, null_standard_error(A5).value
    assert (kappa, error, null) == pytest.approx((0.4842, 0.1380, 0.1484), abs=0.00005)
    assert kappa - 1.959964 * error == pytest.approx(0.2137, abs=0.00005)
    assert kappa + 1.959964 * error == pytest.approx(0.7547, abs=0.00005)
    assert kappa / null == pytest.approx(3.2626, abs=0.00005)
    assert near(weighted(A5, Weights.LINEAR), 0.4701)
    assert near(weighted(A5, Weights.QUADRATIC), 0.4502)


def test_a6_more_tables() -> None:
    assert near(percent_agreement(A6), 0.89)
    assert near(cohen(A6), 0.6765)
    assert near(standard_error(A6), 0.0877)
    assert near(weighted(A6, Weights.LINEAR), 0.7222)
    assert near(weighted(A6, Weights.QUADRATIC), 0.7553)
    assert near(percent_agreement(PARADOX), 0.944)
    assert near(cohen(PARADOX), -0.0234)
    assert near(gwet_ac1(PARADOX), 0.9408)


def test_a7_weights_run_over_the_whole_declared_scale() -> None:
    whole = table_of(RATER2, RATER3, [1, 2, 3, 4, 5, 6])
    observed = table_of(RATER2, RATER3, [1, 2, 3, 4, 6])
    assert near(percent_agreement(whole), 0.20)
    assert near(cohen(whole), -0.006289, 6)
    assert near(weighted(whole, Weights.LINEAR), 0.126214, 6)
    assert near(weighted(whole, Weights.QUADRATIC), 0.229798, 6)
    assert near(weighted(observed, Weights.LINEAR), 0.145908, 5)
    assert near(weighted(observed, Weights.QUADRATIC), 0.252033, 6)


def test_a8_fleiss() -> None:
    assert near(fleiss(A8), 0.20993, 5)
    assert near(fleiss([[int(c) for c in row] for row in DIAGNOSES.split()]), 0.4302445, 7)


def test_a13_tables_with_the_nil_row() -> None:
    assert near(with_nil([[1, 1, 1], [0, 1, 1], [2, 0, 0]]), 0.0809)
    assert near(with_nil([[2, 1, 0], [0, 1, 1], [1, 0, 0]]), 0.2347)
    assert near(cohen([[1, 1, 1], [0, 1, 1], [2, 0, 0]]), -0.0938)
    assert near(cohen([[2, 1, 0], [0, 1, 1], [1, 0, 0]]), 0.1818)
    assert near(cohen([[1, 1], [0, 1]]), 0.4)
    assert near(cohen([[2, 1], [0, 1]]), 0.5)


def test_a17_what_is_undefined_says_so() -> None:
    assert cohen([[7, 0], [0, 0]]) == Figure(None, Reason.ONE_CATEGORY)
    assert cohen([[7]]) == Figure(None, Reason.ONE_CATEGORY)
    assert weighted([[0, 0], [0, 7]], Weights.QUADRATIC) == Figure(None, Reason.ONE_CATEGORY)
    assert weighted([[7]], Weights.LINEAR) == Figure(None, Reason.ONE_CATEGORY)
    assert gwet_ac1([[7]]) == Figure(None, Reason.ONE_CATEGORY)
    assert kappa_max([[7, 0], [0, 0]]) == Figure(None, Reason.ONE_CATEGORY)
    assert standard_error([[7, 0], [0, 0]]) == Figure(None, Reason.ONE_CATEGORY)
    assert null_standard_error([[7, 0], [0, 0]]) == Figure(None, Reason.ONE_CATEGORY)
    assert fleiss([[3, 0], [3, 0]]) == Figure(None, Reason.ONE_CATEGORY)
    assert fleiss([[1, 0]]) == Figure(None, Reason.TOO_FEW_RATERS)
    assert fleiss(np.zeros((0, 3))) == Figure(None, Reason.TOO_FEW_TARGETS)
    assert with_nil([[3, 1], [2, 0]]) == Figure(None, Reason.ONE_CATEGORY)
    assert with_nil([[0, 0, 2], [0, 0, 1], [0, 0, 0]]) == Figure(None, Reason.ONE_CODER_WITHOUT_EVENTS)
    assert with_nil(np.zeros((3, 3))) == Figure(None, Reason.NO_EVENTS)
    for statistic in (cohen, percent_agreement, kappa_max, gwet_ac1, lambda t: weighted(t, Weights.LINEAR)):
        assert statistic(np.zeros((2, 2))) == Figure(None, Reason.NO_UNITS)


tables = st.integers(1, 4).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 9), min_size=k, max_size=k), min_size=k, max_size=k)
)


@given(tables)
def test_kappa_is_symmetric_bounded_and_below_its_maximum(table: list[list[int]]) -> None:
    n = np.array(table)
    kappa, most = cohen(n), kappa_max(n)
    assert kappa.reason == cohen(n.T).reason == most.reason
    if kappa.value is not None and most.value is not None:
        assert kappa.value == pytest.approx(cohen(n.T).value)
        assert -1 - 1e-9 <= kappa.value <= most.value + 1e-9 <= 1 + 2e-9


@given(tables, st.permutations(range(4)))
def test_the_order_of_categories_does_not_matter_to_nominal_kappa(table: list[list[int]], order: list[int]) -> None:
    n, order = np.array(table), [i for i in order if i < len(table)]
    assert cohen(n[np.ix_(order, order)]).value == pytest.approx(cohen(n).value)


@given(tables.filter(lambda t: len(t) > 1 and sum(map(sum, t)) > 0))
def test_two_categories_make_weighted_kappa_cohens(table: list[list[int]]) -> None:
    n = np.array(table)[:2, :2]
    assert weighted(n, Weights.LINEAR).value == pytest.approx(cohen(n).value)
    assert weighted(n, Weights.QUADRATIC).value == pytest.approx(cohen(n).value)


@given(tables.filter(lambda t: len(t) > 2))
def test_the_closed_nil_kappa_is_the_limit_of_proportional_fitting(table: list[list[int]]) -> None:
    n = np.array(table, dtype=float)
    n[:-1, :-1] += 1
    n[-1, -1] = 0
    fit = fitted(n)
    assert fit.sum(0) == pytest.approx(n.sum(0))
    assert fit.sum(1) == pytest.approx(n.sum(1))
    expected, observed = np.trace(fit) / n.sum(), np.trace(n) / n.sum()
    assert with_nil(n).value == pytest.approx((observed - expected) / (1 - expected))


@given(tables.filter(lambda t: len(t) > 1))
def test_without_unmatched_events_the_nil_kappa_is_the_plain_one(table: list[list[int]]) -> None:
    n = np.array(table, dtype=float) + 1
    assert with_nil(np.pad(n, (0, 1))).value == pytest.approx(cohen(n).value)
