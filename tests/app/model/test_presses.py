"""Keys to changes: points, states, exclusive groups and their edges."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from app.model.coding import Coding
from app.model.presses import Press, close_open, on_code
from app.model.scheme import Kind
from tests.material.builders import empty_coding, small_scheme

SCHEME = small_scheme()


def pressed(coding: Coding, key: str, at: int) -> Coding:
    code = SCHEME.code_for(key)
    assert code is not None
    return coding.apply(on_code(coding, SCHEME, code, Press(at, at, "film", at)))


def test_a_tap_is_a_point_with_both_times_and_the_film() -> None:
    coding = pressed(empty_coding(), "q", 5_000_000)
    (point,) = coding.observations.values()
    assert (point.code, point.person, point.start, point.end, point.open) == ("AS", "adult1", 5_000_000, None, False)
    assert (point.pressed, point.seen_on, point.seen_at) == (5_000_000, "film", 5_000_000)


def test_another_of_an_exclusive_group_ends_the_first_without_gap() -> None:
    coding = pressed(pressed(empty_coding(), "6", 1_000_000), "7", 4_000_000)
    first, second = coding.sorted_observations()
    assert (first.code, first.end, first.open) == ("DS1", 4_000_000, False)
    assert (second.code, second.start, second.open) == ("DS2", 4_000_000, True)


def test_the_same_key_again_changes_nothing_in_an_exhaustive_group() -> None:
    once = pressed(empty_coding(), "6", 1_000_000)
    assert pressed(once, "6", 2_000_000) == once


def test_the_same_key_again_ends_a_state_of_a_loose_group() -> None:
    coding = pressed(pressed(empty_coding(), "x", 1_000_000), "x", 2_500_000)
    (state,) = coding.observations.values()
    assert (state.start, state.end, state.open) == (1_000_000, 2_500_000, False)


def test_a_state_pressed_before_a_coded_one_ends_where_that_begins() -> None:
    coding = pressed(pressed(empty_coding(), "6", 10_000_000), "7", 4_000_000)
    first, second = coding.sorted_observations()
    assert (first.code, first.start, first.end) == ("DS2", 4_000_000, 10_000_000)
    assert second.open


def test_a_state_without_length_was_a_slip_and_goes() -> None:
    coding = pressed(pressed(empty_coding(), "6", 3_000_000), "7", 3_000_000)
    (state,) = coding.observations.values()
    assert state.code == "DS2"


def test_open_states_close_at_the_end() -> None:
    coding = pressed(empty_coding(), "6", 1_000_000)
    closed = coding.apply(close_open(coding, 9_000_000))
    assert [o.end for o in closed.observations.values()] == [9_000_000]


@given(st.lists(st.tuples(st.sampled_from("6780"), st.integers(0, 100)), max_size=40))
def test_states_of_a_group_never_overlap_however_they_are_pressed(presses: list[tuple[str, int]]) -> None:
    coding = empty_coding()
    for key, second in presses:
        coding = pressed(coding, key, second * 1_000_000)
    closed = coding.apply(close_open(coding, 200_000_000))
    states = sorted((o.start, o.end) for o in closed.observations.values())
    assert all(end is not None and start < end for start, end in states)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(states))


def test_keys_are_case_folded() -> None:
    assert SCHEME.code_for("Q") == SCHEME.code_for("q")
    assert SCHEME.code_for("6").kind == Kind.STATE  # type: ignore[union-attr]
