"""Edits of many observations: whatever is done, states of an exclusive group never overlap and nothing else is lost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.change import added, removed
from app.model.coding import Coding
from app.model.lane_states import NEVER_ENDS, end_of
from app.model.observation import How, Observation
from app.model.observation_edits import Clipping, edited, from_on, merged, pasted, shifted, split
from tests.material.builders import empty_coding, observation
from tests.material.states import LANES, SCHEME, TIMES, codings, overlaps, state


def coding_of(*observations: Observation) -> Coding:
    return empty_coding().apply(added(o) for o in observations)


def lane_of(coding: Coding, person: str = "dyad") -> list[tuple[str, float, float | None]]:
    found = [o for o in coding.sorted_observations() if o.person == person and LANES.of(o) is not None]
    return [(o.code, o.start / 1e6, None if o.end is None else o.end / 1e6) for o in found]


@pytest.fixture
def three() -> Coding:
    base = empty_coding()
    rows = (("DS1", 0, 10), ("DS2", 10, 20), ("DS3", 20, None))
    return base.apply(added(replace(state(base, c, s, e), coding_id=base.id)) for c, s, e in rows)


def named(coding: Coding, code: str) -> Observation:
    return next(o for o in coding.sorted_observations() if o.code == code)


def test_an_edge_takes_its_neighbor_along_in_an_exhaustive_group(three) -> None:
    first = named(three, "DS1")
    shorter = three.apply(edited(three, SCHEME, [(first, replace(first, end=6_000_000))]))
    assert lane_of(shorter) == [("DS1", 0, 6), ("DS2", 6, 20), ("DS3", 20, None)]
    longer = three.apply(edited(three, SCHEME, [(first, replace(first, end=14_000_000))]))
    assert lane_of(longer) == [("DS1", 0, 14), ("DS2", 14, 20), ("DS3", 20, None)]


def test_an_edge_drawn_over_a_neighbor_takes_it_away_and_cuts_the_next(three) -> None:
    first = named(three, "DS1")
    drawn = three.apply(edited(three, SCHEME, [(first, replace(first, end=25_000_000))]))
    assert lane_of(drawn) == [("DS1", 0, 25), ("DS3", 25, None)]


def test_a_start_drawn_back_takes_the_end_before_along(three) -> None:
    second = named(three, "DS2")
    drawn = three.apply(edited(three, SCHEME, [(second, replace(second, start=4_000_000))]))
    assert lane_of(drawn) == [("DS1", 0, 4), ("DS2", 4, 20), ("DS3", 20, None)]


def test_a_state_laid_into_an_open_one_splits_it_and_the_rest_stays_open() -> None:
    base = coding_of(state(empty_coding(), "DS1", 0, None))
    copied = Clipping((state(base, "DS2", 100, 105),))
    after = base.apply(pasted(base, SCHEME, copied, 10_000_000))
    assert lane_of(after) == [("DS1", 0, 10), ("DS2", 10, 15), ("DS1", 15, None)]


def test_states_outside_exhaustive_groups_leave_a_gap() -> None:
    base = coding_of(state(empty_coding(), "XA", 0, 10, "adult1"), state(empty_coding(), "XB", 10, 20, "adult1"))
    first = named(base, "XA")
    after = base.apply(edited(base, SCHEME, [(first, replace(first, end=6_000_000))]))
    assert lane_of(after, "adult1") == [("XA", 0, 6), ("XB", 10, 20)]


def test_points_make_no_room_and_need_none(three) -> None:
    point = observation(three, "AS", 5)
    coding = three.apply([added(point)])
    after = coding.apply(edited(coding, SCHEME, [(point, replace(point, start=15_000_000))]))
    assert lane_of(after) == lane_of(three)
    assert after.observations[point.id].how == How.EDITED


def test_a_shift_moves_all_by_the_same_and_keeps_what_was_seen(three) -> None:
    pressed = replace(observation(three, "AS", 5), pressed=5_100_000, seen_on="film", seen_at=5_100_000)
    coding = three.apply([added(pressed)])
    after = coding.apply(shifted(coding, SCHEME, from_on(coding, 0), 2_000_000))
    assert lane_of(after) == [("DS1", 2, 12), ("DS2", 12, 22), ("DS3", 22, None)]
    assert (after.observations[pressed.id].pressed, after.observations[pressed.id].seen_at) == (5_100_000, 5_100_000)
    assert shifted(coding, SCHEME, from_on(coding, 0), 0) == ()


def test_a_shift_of_the_rest_leaves_what_began_before(three) -> None:
    after = three.apply(shifted(three, SCHEME, from_on(three, 10_000_000), 5_000_000))
    assert lane_of(after) == [("DS1", 0, 15), ("DS2", 15, 25), ("DS3", 25, None)]


def test_states_of_one_code_become_one_with_their_notes_and_modifiers() -> None:
    base = empty_coding()
    parts = [
        replace(state(base, "XA", 0, 5, "adult1"), note="eka", modifiers=("m",)),
        replace(state(base, "XA", 8, 12, "adult1"), note="toka", modifiers=("n", "m")),
    ]
    coding = coding_of(*parts, state(base, "XB", 5, 8, "adult1"))
    after = coding.apply(merged(coding, parts, SCHEME))
    one = named(after, "XA")
    assert (one.start, one.end, one.note, one.modifiers) == (0, 12_000_000, "eka toka", ("m", "n"))
    assert lane_of(after, "adult1") == [("XA", 0, 12)]


def test_what_is_not_one_code_is_not_merged(three) -> None:
    assert merged(three, [named(three, "DS1"), named(three, "DS2")], SCHEME) == ()
    assert merged(three, [named(three, "DS1")], SCHEME) == ()


def test_a_split_meets_at_its_time_and_only_inside(three) -> None:
    first, last = named(three, "DS1"), named(three, "DS3")
    assert lane_of(three.apply(split(first, 4_000_000)))[:2] == [("DS1", 0, 4), ("DS1", 4, 10)]
    assert lane_of(three.apply(split(last, 30_000_000)))[2:] == [("DS3", 20, 30), ("DS3", 30, None)]
    assert split(first, 0) == split(first, 10_000_000) == ()


def test_a_paste_leaves_out_what_the_scheme_lacks(three) -> None:
    foreign = replace(observation(three, "AS", 1), code="ZZ")
    made = pasted(three, SCHEME, Clipping((foreign, observation(three, "AS", 2))), 50_000_000)
    assert [(c.after.code, c.after.start) for c in made] == [("AS", 51_000_000)]


@given(codings(), st.data())
def test_whatever_is_edited_states_of_a_group_never_overlap_and_undo_brings_all_back(coding: Coding, data) -> None:
    now = coding
    for _ in range(data.draw(st.integers(1, 4))):
        held = now.sorted_observations()
        if not held:
            break
        some = data.draw(st.lists(st.sampled_from(held), min_size=1, unique_by=lambda o: o.id))
        act = data.draw(st.sampled_from(["edge", "shift", "paste", "merge", "split", "remove"]))
        at = data.draw(TIMES) * 1_000_000
        if act == "edge":
            one = some[0]
            end = None if one.end is None else max(at, one.start + 1)
            changes = edited(now, SCHEME, [(one, replace(one, end=end))])
        elif act == "shift":
            changes = shifted(now, SCHEME, some, at - 20_000_000)
        elif act == "paste":
            changes = pasted(now, SCHEME, Clipping(tuple(some)), at)
        elif act == "merge":
            changes = merged(now, some, SCHEME)
        elif act == "split":
            changes = split(some[0], at)
        else:
            changes = tuple(removed(o) for o in some)
        after = now.apply(changes)
        assert not overlaps(after), act
        assert after.apply([c.reversed() for c in reversed(changes)]).observations == now.observations
        assert all(o.end is None or o.end > o.start for o in after.observations.values() if LANES.of(o))
        now = after


@given(codings(), st.integers(-60, 60))
def test_a_shift_of_everything_changes_no_length(coding: Coding, seconds: int) -> None:
    after = coding.apply(shifted(coding, SCHEME, coding.sorted_observations(), seconds * 1_000_000))
    for o in coding.observations.values():
        moved = after.observations[o.id]
        assert moved.start == o.start + seconds * 1_000_000
        assert end_of(moved) - moved.start == end_of(o) - o.start or NEVER_ENDS in (end_of(moved), end_of(o))
