"""Agreement of rating sheets against Annex A2, A7 and A17, with missing values and wide gaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.decision import DisagreementKind
from app.statistics.alpha import Level
from app.statistics.disagreements import by_weight, weight_of
from app.statistics.figure import Figure, Reason
from app.statistics.rating_agreement import agree_ratings, rating_figures

A2 = ([4, 3, 5, 2, 4, 3, 4, 2, 5], [4, 3, 4, 2, 5, 3, 3, 2, 5])
A7 = (
    [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
    [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
    [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
)


def sheet(values: list) -> dict:
    return {f"{i:02}": v for i, v in enumerate(values)}


def test_a2_every_figure_of_a_pair() -> None:
    figures = rating_figures([sheet(v) for v in A2], (1, 5))
    assert figures.targets == 9
    assert figures.exact.value == pytest.approx(6 / 9)
    assert figures.within_one.value == 1.0
    kappas = [f.value for f in (figures.kappa, figures.kappa_linear, figures.kappa_quadratic)]
    assert kappas == pytest.approx([0.5574, 0.7216, 0.8541], abs=0.00005)
    icc = [figures.icc[form].figure.value for form in ("1,1", "2,1", "3,1", "2,k", "3,k")]
    assert icc == pytest.approx([0.8689, 0.8681, 0.8587, 0.9294, 0.9240], abs=0.00005)
    alpha = [figures.alpha[level].value for level in (Level.NOMINAL, Level.ORDINAL, Level.INTERVAL)]
    assert alpha == pytest.approx([0.5785, 0.8639, 0.8618], abs=0.00005)
    case = agree_ratings(sheet(A2[0]), sheet(A2[1]), (1, 5))
    assert (case.rated, case.within_one, case.gaps, case.indicative) == (9, 1.0, (), True)
    assert case.exact == pytest.approx(6 / 9)
    assert case.kappa == pytest.approx(0.8541, abs=0.00005)


def test_a7_the_whole_scale_and_three_raters() -> None:
    case = agree_ratings(sheet(A7[1]), sheet(A7[2]), (1, 6))
    assert case.exact == pytest.approx(0.20)
    assert case.kappa == pytest.approx(0.229798, abs=0.0000005)
    assert not case.indicative
    three = rating_figures([sheet(v) for v in A7], (1, 6))
    assert three.kappa_quadratic == Figure(None, Reason.MORE_THAN_TWO_RATERS)
    assert three.icc["2,1"].figure.value == pytest.approx(0.1980, abs=0.00005)


def test_missing_values_are_no_agreement_and_wide_gaps_come_first() -> None:
    a = {"i1": 1, "i2": 5, "i3": None, "i4": 2, "i5": 4, "i6": 3}
    b = {"i1": 3, "i2": 1, "i3": 2, "i4": 3, "i5": None, "i7": 3}
    case = agree_ratings(a, b, (1, 5))
    assert (case.rated, case.exact, case.within_one) == (3, 0.0, pytest.approx(1 / 3))
    assert [(g.item, g.a, g.b) for g in case.gaps] == [("i2", "5", "1"), ("i1", "1", "3")]
    assert by_weight(reversed(case.gaps)) == case.gaps
    assert case.gaps[-1].weight > weight_of(DisagreementKind.STATE, 10**11) > weight_of(DisagreementKind.UNPAIRED)


def test_a17_undefined() -> None:
    same = agree_ratings(sheet([3, 3, 3]), sheet([3, 3, 3]), (1, 5))
    assert (same.exact, same.kappa, same.kappa_reason) == (1.0, None, Reason.ONE_CATEGORY)
    nothing = agree_ratings({"i": None}, {"i": 3}, (1, 5))
    assert (nothing.exact, nothing.reason, nothing.kappa_reason) == (None, *[Reason.TOO_FEW_TARGETS] * 2)
    figures = rating_figures([sheet([3, 3, 3])] * 2, (1, 5))
    assert (figures.exact.value, figures.kappa.value) == (1.0, None)
    assert {i.figure.reason for i in figures.icc.values()} == {Reason.ZERO_VARIANCE}
    assert {f.reason for f in figures.alpha.values()} == {Reason.ZERO_VARIANCE}
    one = rating_figures([sheet([3, 4])], (1, 5))
    assert {one.kappa.reason, one.icc["1,1"].figure.reason} == {Reason.TOO_FEW_RATERS}


def test_a17_identical_sheets_are_one() -> None:
    figures = rating_figures([sheet(A2[0])] * 2, (1, 5))
    assert {figures.exact.value, figures.kappa.value, figures.kappa_quadratic.value} == {1.0}
    assert {i.figure.value for i in figures.icc.values()} == {1.0}
    assert {f.value for f in figures.alpha.values()} == {1.0}


values = st.lists(st.none() | st.integers(1, 5), min_size=8, max_size=8)


@given(values, values)
def test_sides_do_not_matter(a: list, b: list) -> None:
    there, back = (agree_ratings(*pair, (1, 5)) for pair in ((sheet(a), sheet(b)), (sheet(b), sheet(a))))
    assert (there.rated, there.exact, there.within_one, there.kappa_reason) == (
        back.rated,
        back.exact,
        back.within_one,
        back.kappa_reason,
    )
    assert there.kappa == pytest.approx(back.kappa)
    assert there.exact is None or there.exact <= there.within_one <= 1
    assert [(g.item, g.a, g.b) for g in there.gaps] == [(g.item, g.b, g.a) for g in back.gaps]
