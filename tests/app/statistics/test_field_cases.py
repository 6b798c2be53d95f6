"""Inputs of which others' programs made a wrong number, or a right one that was taken for wrong (field 1C)."""

import pytest

from app.statistics.alpha import Level, krippendorff
from app.statistics.figure import Reason
from app.statistics.intraclass import intraclass
from app.statistics.kappa import cohen
from app.statistics.rating_agreement import agree_ratings


def test_44_an_empty_rating_is_no_category() -> None:
    assert krippendorff([[1, 1, 2], [1, 1, None], [None, 1, 2]], Level.NOMINAL).value == 1.0


def test_47_one_other_among_many_is_exactly_zero_and_a_crossing_pair_is_below() -> None:
    """Shown as it is: what the number cannot tell is said in words beside it."""
    alike, other = [1] * 22, [1] * 21 + [2]
    assert krippendorff([alike, other], Level.NOMINAL).value == pytest.approx(0.0, abs=1e-12)
    assert krippendorff([[1, 2], [2, 1]], Level.NOMINAL).value == pytest.approx(-0.5)
    assert cohen([[21, 1], [0, 0]]).value == 0.0
    assert cohen([[0, 1], [1, 0]]).value == -1.0


def test_48_no_number_where_there_is_none_and_the_reason_says_which() -> None:
    assert krippendorff([[3, 3, 3], [3, 3, 3]], Level.ORDINAL).reason
    assert krippendorff([[3, 2, 1]], Level.ORDINAL).reason
    assert krippendorff([[1, None], [None, 2]], Level.NOMINAL).reason
    same = agree_ratings({"a": 3, "b": 3}, {"a": 3, "b": 3}, (1, 5))
    assert (same.kappa, same.kappa_reason, same.exact) == (None, Reason.ONE_CATEGORY, 1.0)


def test_49_a_rater_who_is_one_higher_is_consistent_and_not_in_absolute_agreement() -> None:
    found = intraclass([[n, n + 1] for n in (1, 2, 3, 4, 5, 6)])
    by_meaning = {form: c.figure.value for form, c in found.items()}
    assert by_meaning["3,1"] == pytest.approx(1.0)
    assert by_meaning["2,1"] < 1
