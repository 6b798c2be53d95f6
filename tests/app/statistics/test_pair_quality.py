"""Agreement over meetings against the published examples of Annex A, and each pair of several workers on its own."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.statistics.alpha import Level
from app.statistics.figure import Reason
from app.statistics.intraclass import FORMS, intraclass, mean_squares, single
from app.statistics.kappa import with_nil
from app.statistics.pair_quality import EventTable, Target, agreed, between, events_agreed, meetings_in, pairs_in
from tests.app.statistics.test_alpha import A2, A9
from tests.app.statistics.test_kappa import A8

#: Shrout & Fleiss 1979: 6 targets × 4 judges
A1 = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
TEN = tuple(range(1, 11))


def rated(rows, workers="abcd") -> list[Target]:
    """One target a meeting; None is no value."""
    return [
        Target(f"m{n}", tuple((w, v) for w, v in zip(workers, row, strict=False) if v is not None))
        for n, row in enumerate(rows)
    ]


def test_a1_shrout_and_fleiss_1979() -> None:
    made = agreed(rated(A1), TEN, Level.ORDINAL)
    assert made.form == "1,1", "nobody named the workers: each meeting may have had others"
    assert made.icc.figure.value == pytest.approx(0.16574, abs=0.000005)
    assert (made.by_f.interval.low, made.by_f.interval.high) == pytest.approx((-0.133, 0.723), abs=0.0005)
    assert made.squares.rows == pytest.approx(11.2417, abs=0.00005)
    assert single("2,1", made.squares).value == pytest.approx(0.28976, abs=0.000005)
    assert single("3,1", made.squares).value == pytest.approx(0.71484, abs=0.000005)


def test_a2_of_one_pair() -> None:
    made = agreed(rated(zip(*A2, strict=True), "ab"), (1, 2, 3, 4, 5), Level.ORDINAL, ("a", "b"))
    assert (made.meetings, made.targets, made.same, made.near, made.pairs) == (9, 9, 6, 9, 9)
    assert made.form == "2,1"
    assert made.icc.figure.value == pytest.approx(0.8681, abs=0.00005)
    assert (made.by_f.interval.low, made.by_f.interval.high) == pytest.approx((0.531, 0.969), abs=0.0005)
    assert made.alpha.figure.value == pytest.approx(0.8639, abs=0.00005)
    assert sum(map(sum, made.table)) == 9
    assert sum(made.table[n][n] for n in range(5)) == 6


def test_a8_fleiss_1971_whoever_the_raters_were() -> None:
    """Its subjects may each have other raters: the same counts under other names give the same kappa."""
    rows = [[(f"w{n}-{k}", k + 1) for k, times in enumerate(row) for n in range(times)] for row in A8]
    targets = [Target(f"m{n}", tuple(row)) for n, row in enumerate(rows)]
    assert agreed(targets, (1, 2, 3, 4, 5), Level.NOMINAL).fleiss.figure.value == pytest.approx(0.20993, abs=0.000005)


@pytest.mark.parametrize(("level", "value"), [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107)])
def test_a9_krippendorff_2011_with_what_is_missing(level: str, value: float) -> None:
    made = agreed(rated(zip(*A9, strict=True)), (1, 2, 3, 4, 5), Level(level))
    assert made.alpha.figure.value == pytest.approx(value, abs=0.0000005)
    assert made.fleiss.figure.reason == Reason.UNEQUAL_RATERS
    if made.icc is not None:
        assert made.icc.figure.reason == Reason.UNEQUAL_RATERS


def test_of_three_workers_of_whom_one_is_off_each_pair_tells_who_agree() -> None:
    """seolmatrix #12: one figure of all three tells nobody where to look; a table of each pair does."""
    targets = rated([[n % 5 + 1, n % 5 + 1, (n + 2) % 5 + 1] for n in range(12)], "abc")
    assert list(pairs_in(targets)) == [("a", "b"), ("a", "c"), ("b", "c")]
    alone = {two: agreed(between(targets, two), (1, 2, 3, 4, 5), Level.ORDINAL, two) for two in pairs_in(targets)}
    assert alone["a", "b"].same == 12
    assert alone["a", "b"].alpha.figure.value == 1.0
    assert alone["a", "c"].same == alone["b", "c"].same == 0
    assert alone["a", "c"].alpha.figure.value < 0
    assert all(sum(map(sum, made.table)) == 12 for made in alone.values())
    assert agreed(targets, (1, 2, 3, 4, 5), Level.ORDINAL).pairs == 36


def test_what_one_alone_judged_is_in_no_figure() -> None:
    targets = [Target("m1", (("a", 3),)), Target("m2", (("a", 3), ("b", 4)))]
    assert meetings_in(targets) == {"m2"}
    made = agreed(targets, (1, 2, 3, 4, 5), Level.ORDINAL)
    assert (made.meetings, made.targets, made.pairs, made.near) == (1, 1, 1, 1)
    empty = agreed([], (1, 2, 3), Level.ORDINAL)
    assert (empty.meetings, empty.fleiss.figure.value, empty.alpha.figure.value) == (0, None, None)


def test_an_interval_leaves_out_whole_meetings_and_none_is_told_of_what_cannot_move() -> None:
    """Five targets of one meeting hang together: they are left out at once."""
    values = [(4, 4), (3, 2), (5, 5), (2, 3), (4, 5), (3, 3), (1, 2), (4, 3), (2, 2), (5, 4)]
    one = [Target(f"m{n}", (("a", x), ("b", y))) for n, (x, y) in enumerate(values)]
    apart = agreed(one, (1, 2, 3, 4, 5), Level.ORDINAL, ("a", "b"))
    five = [Target(t.meeting, t.values) for t in one for _ in range(5)]
    together = agreed(five, (1, 2, 3, 4, 5), Level.ORDINAL, ("a", "b"))
    assert together.fleiss == apart.fleiss, "what is the same five times tells no more"
    assert apart.alpha.interval.tasks == 10
    assert apart.alpha.interval.low < apart.alpha.figure.value < apart.alpha.interval.high
    alike = agreed([Target(t.meeting, (("a", x), ("b", x))) for t, (x, _) in zip(one, values, strict=True)],
                   (1, 2, 3, 4, 5), Level.ORDINAL, ("a", "b"))  # fmt: skip
    assert (alike.alpha.figure.value, alike.alpha.interval) == (1.0, None)


TARGETS = st.lists(
    st.builds(
        lambda m, values: Target(f"m{m}", tuple(sorted(values.items()))),
        st.integers(0, 5),
        st.dictionaries(st.sampled_from("abc"), st.integers(1, 5), min_size=2, max_size=2),
    ),
    min_size=1,
    max_size=12,
)


@given(TARGETS, st.permutations("abc"), st.integers(1, 3))
def test_names_order_and_repetition_do_not_matter(targets: list[Target], names, times: int) -> None:
    """Whoever is called what, in whatever order; and a target that is there thrice counts as three."""
    scale = (1, 2, 3, 4, 5)
    called = dict(zip("abc", names, strict=True))
    other = [Target(t.meeting, tuple(sorted((called[w], v) for w, v in t.values)), times) for t in reversed(targets)]
    often = [t for t in targets for _ in range(times)]
    one, two = agreed(often, scale, Level.ORDINAL), agreed(other, scale, Level.ORDINAL)
    assert (one.targets, one.pairs, one.same, one.near) == (two.targets, two.pairs, two.same, two.near)
    for mine, theirs in ((one.fleiss, two.fleiss), (one.alpha, two.alpha)):
        assert (mine.figure.value is None) == (theirs.figure.value is None)
        if mine.figure.value is not None:
            assert mine.figure.value == pytest.approx(theirs.figure.value)
            assert mine.figure.value <= 1 + 1e-12
    assert sum(agreed(between(often, p), scale, Level.ORDINAL, p).pairs for p in pairs_in(often)) == one.pairs


@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=9))
def test_the_bare_number_of_a_form_is_that_of_the_whole_analysis(rows: list[list[int]]) -> None:
    whole, squares = intraclass(rows), mean_squares(rows)
    for form in (f for f in FORMS if f.endswith(",1")):
        assert single(form, squares) == whole[form].figure


def test_a13_events_of_two_meetings_are_added_and_the_same_two_alone_have_a_kappa() -> None:
    two = ("a", "b")
    first = EventTable("m1", two, ("X", "Y"), ((2, 1, 0), (0, 0, 1), (0, 0, 0)))
    second = EventTable("m2", two, ("Y",), ((1, 0), (0, 0)))
    third = EventTable("m2", two, ("X",), ((0, 0), (1, 0)))
    made = events_agreed([first, second, third], two)
    assert made.table == ((2, 1, 0), (0, 1, 1), (1, 0, 0))
    assert (made.meetings, made.same, made.of) == (2, 3, 6)
    assert made.kappa.figure.value == pytest.approx(0.2347, abs=0.00005)
    assert made.kappa.figure == with_nil(np.array(made.table))
    assert events_agreed([first, second, third], None).kappa is None
    assert events_agreed([first], ("a", "c")).of == 0


def test_every_pair_of_many_workers_is_found_once() -> None:
    targets = rated([[1, 2, 3, 4]] * 2)
    assert set(pairs_in(targets)) == set(combinations("abcd", 2))
    assert all(meetings == {"m0", "m1"} for meetings in pairs_in(targets).values())
