"""Optimal pairing of events: Annex A13, brute force, and that order and sides do not matter."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.statistics.pairing import Event, pair_events

FIRST = [(3_000, "X"), (10_000, "X"), (14_000, "Y"), (25_000, "X"), (40_000, "Y")]
SECOND = [(3_400, "X"), (11_500, "X"), (14_200, "Y"), (25_300, "Y"), (55_000, "X")]


@pytest.mark.parametrize(
    ("tolerance", "pairs"),
    [(500, [(0, 0), (2, 2), (3, 3)]), (1000, [(0, 0), (2, 2), (3, 3)]), (2000, [(0, 0), (1, 1), (2, 2), (3, 3)])],
)
def test_a13_pairs(tolerance: int, pairs: list[tuple[int, int]]) -> None:
    assert pair_events(FIRST, SECOND, tolerance) == pairs


def test_the_tolerance_is_inclusive() -> None:
    assert pair_events([(0, "X")], [(10, "X")], 10) == [(0, 0)]
    assert pair_events([(0, "X")], [(10, "X")], 9) == []
    assert pair_events([], [(10, "X")], 9) == pair_events([(10, "X")], [], 9) == []


def test_more_pairs_before_same_codes_before_nearness() -> None:
    # the near one of the same code would leave the second alone
    assert pair_events([(0, "X"), (8, "X")], [(-9, "Y"), (0, "X")], 9) == [(0, 0), (1, 1)]
    assert pair_events([(0, "X")], [(1, "Y"), (9, "X")], 9) == [(0, 1)]
    assert pair_events([(0, "X")], [(-3, "X"), (2, "X")], 9) == [(0, 1)]
    assert pair_events([(0, "X"), (1, "Y")], [(2, "Y"), (3, "X")], 9) == [(0, 1), (1, 0)]
    assert pair_events([(0, "X"), (1, "X")], [(2, "X"), (3, "Y")], 9) == [(0, 0), (1, 1)]


events = st.lists(st.tuples(st.integers(0, 12), st.sampled_from("XYZ")), max_size=6)


def worth(pairs: list[tuple[int, int]], a: list[Event], b: list[Event]) -> tuple[int, int, int]:
    same = sum(a[i][1] == b[j][1] for i, j in pairs)
    return len(pairs), same, -sum(abs(a[i][0] - b[j][0]) for i, j in pairs)


def best(a: list[Event], b: list[Event], tolerance: int) -> tuple[int, int, int]:
    return max(
        worth(list(zip(chosen, order, strict=True)), a, b)
        for size in range(min(len(a), len(b)) + 1)
        for chosen in combinations(range(len(a)), size)
        for order in permutations(range(len(b)), size)
        if all(abs(a[i][0] - b[j][0]) <= tolerance for i, j in zip(chosen, order, strict=True))
    )


@given(events.map(lambda e: e[:5]), events.map(lambda e: e[:5]), st.integers(0, 6))
def test_nothing_better_can_be_found_by_trying_all(a: list[Event], b: list[Event], tolerance: int) -> None:
    pairs = pair_events(a, b, tolerance)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(abs(a[i][0] - b[j][0]) <= tolerance for i, j in pairs)
    assert worth(pairs, a, b) == best(a, b, tolerance)


many = st.lists(st.tuples(st.integers(0, 40), st.sampled_from("XYZ")), max_size=25)


@given(many, many, st.integers(0, 6), st.randoms(use_true_random=False))
def test_order_and_sides_do_not_matter(a: list[Event], b: list[Event], tolerance: int, random) -> None:
    def seen(pairs, one, other) -> list:
        return sorted((one[i], other[j]) for i, j in pairs)

    pairs = seen(pair_events(a, b, tolerance), a, b)
    assert sorted((y, x) for x, y in seen(pair_events(b, a, tolerance), b, a)) == pairs
    turned_a, turned_b = a[:], b[:]
    random.shuffle(turned_a)
    random.shuffle(turned_b)
    assert seen(pair_events(turned_a, turned_b, tolerance), turned_a, turned_b) == pairs


@given(many, st.integers(0, 6))
def test_the_same_events_are_paired_with_themselves(a: list[Event], tolerance: int) -> None:
    assert all(a[i] == a[j] for i, j in pair_events(a, a, tolerance))
    assert len(pair_events(a, a, tolerance)) == len(a)


def test_of_events_that_are_alike_the_earlier_places_are_paired_first() -> None:
    one, other = [(0, "X"), (0, "X"), (0, "X")], [(0, "Y"), (0, "X")]
    assert pair_events(one, other, 1) == [(0, 1), (1, 0)]
    assert pair_events(other, one, 1) == [(0, 1), (1, 0)]
