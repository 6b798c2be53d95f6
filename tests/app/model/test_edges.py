"""Edges of states and tasks stop at their neighbors: nothing else goes by moving one, and nothing runs over another."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.coding import Coding
from app.model.edges import LEAST, Limits, limits_of_state, limits_of_task, pushed
from app.model.lane_states import end_of
from app.model.meeting import Segment
from app.model.observation_edits import edited, gave_way
from app.model.timecode import SECOND
from tests.material.states import LANES, SCHEME, codings, overlaps


@given(codings(), st.data())
def test_a_held_edge_takes_no_neighbor_away_and_goes_as_far_as_there_is_room(coding: Coding, data) -> None:
    states = [o for o in coding.sorted_observations() if LANES.of(o) is not None]
    if not states:
        return
    state = data.draw(st.sampled_from(states))
    by = data.draw(st.integers(-80, 80)) * SECOND // 4
    part = data.draw(st.sampled_from(["start", "end", "body"] if state.end is not None else ["start"]))
    start = state.start + (by if part != "end" else 0)
    end = None if state.end is None else state.end + (by if part != "start" else 0)
    if end is not None and end <= start:
        return
    limits = limits_of_state(coding.observations.values(), SCHEME, state)
    held = limits.held((state.start, state.end), (start, end))
    if held[1] is not None:
        assert held[0] < held[1]
        if part == "body":
            assert held[1] - held[0] == state.end - state.start
    changes = edited(coding, SCHEME, [(state, replace(state, start=held[0], end=held[1]))])
    assert gave_way(changes, frozenset({state.id}))[0] == 0
    after = coding.apply(changes)
    assert set(after.observations) == set(coding.observations)
    assert not overlaps(after)
    for o in coding.observations.values():
        now = after.observations[o.id]
        if o.id != state.id and o.end is not None:
            assert end_of(now) - now.start >= min(o.end - o.start, LEAST)
    if held == (start, end) or part == "body":
        return  # a body does not leap over its neighbor, also where there is room behind it
    # it stopped: one step farther and a neighbor would go, or be run over without sharing the edge
    wanted = edited(coding, SCHEME, [(state, replace(state, start=start, end=end))])
    assert sum(gave_way(wanted, frozenset({state.id}))) > 0


@given(st.lists(st.integers(1, 20), min_size=3, max_size=12), st.data())
def test_tasks_are_held_and_pushed_without_one_going(lengths, data) -> None:
    edges = [sum(lengths[:n]) * SECOND for n in range(len(lengths) + 1)]
    tasks = [
        Segment(f"t{n}", "m", n + 1, edges[n], edges[n + 1]) for n in range(len(lengths)) if data.draw(st.booleans())
    ]
    if not tasks:
        return
    task = data.draw(st.sampled_from(tasks))
    start = data.draw(st.integers(0, edges[-1] - 1))
    end = data.draw(st.integers(start + 1, edges[-1]))
    held = limits_of_task(tasks, task).held((task.start, task.end), (start, end))
    for moved in (
        [replace(task, start=held[0], end=held[1])],
        list(pushed(tasks, task, start, end)) if start < task.end and end > task.start else [],
    ):
        if not moved or moved[0].start >= moved[0].end:
            continue
        now = sorted(({s.id: s for s in tasks} | {s.id: s for s in moved}).values(), key=lambda s: s.start)
        assert all(a.end <= b.start for a, b in itertools.pairwise(now))
        assert all(s.end - s.start >= LEAST or s.id == task.id for s in now)
        assert len(now) == len(tasks)


@pytest.mark.parametrize(
    ("before", "wanted", "held"),
    [
        ((10, 20), (5, 20), (8, 20)),  # the left edge
        ((10, 20), (10, 40), (10, 30)),  # the right one
        ((10, 20), (25, 35), (20, 30)),  # a body keeps its length
        ((10, 20), (0, 10), (8, 18)),
        ((10, None), (2, None), (8, None)),
        ((10, 20), (9, 29), (9, 29)),
    ],
)
def test_what_is_held(before, wanted, held) -> None:
    assert Limits(8, 30).held(before, wanted) == held
