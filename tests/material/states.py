"""Codings with states in exclusive lanes, as keys leave them, for what edits may do to them."""

import itertools
from dataclasses import replace

from hypothesis import strategies as st

from app.model.change import added
from app.model.coding import Coding
from app.model.lane_states import Lanes, end_of
from app.model.observation import Observation
from tests.material.builders import empty_coding, observation, small_scheme

SCHEME = small_scheme()
LANES = Lanes(SCHEME)
GROUP = ("DS1", "DS2", "DS3", "DS0")


def state(base: Coding, code: str, start: float, end: float | None, person: str = "dyad") -> Observation:
    made = observation(base, code, start, end, person)
    return replace(made, open=True) if end is None else made


def overlaps(coding: Coding) -> list[tuple[Observation, Observation]]:
    lanes: dict = {}
    for o in coding.sorted_observations():
        if (lane := LANES.of(o)) is not None:
            lanes.setdefault(lane, []).append(o)
    return [(a, b) for row in lanes.values() for a, b in itertools.pairwise(row) if end_of(a) > b.start]


TIMES = st.integers(0, 40)


@st.composite
def codings(draw) -> Coding:
    """A coding whose exclusive lanes hold no overlaps, as keys leave it."""
    base = empty_coding()
    edges = sorted(draw(st.sets(TIMES, min_size=2, max_size=8)))
    made = []
    for start, end in itertools.pairwise(edges):
        if draw(st.booleans()):
            made.append(state(base, draw(st.sampled_from(GROUP)), start, end))
    if draw(st.booleans()):
        made.append(state(base, draw(st.sampled_from(GROUP)), edges[-1], None))
    made += [observation(base, "AS", draw(TIMES)) for _ in range(draw(st.integers(0, 3)))]
    return base.apply(added(o) for o in made)
