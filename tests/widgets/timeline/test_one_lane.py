"""Keys, edits, films that move and the timeline sort states alike: two share a lane in all of them or in none."""

from itertools import product

from app.model.lane_states import lane_of
from app.model.presses import PERSON_OF
from app.model.scheme import Kind
from tests.material.builders import empty_coding, observation, small_scheme
from widgets.timeline.lanes import lane_key


def test_two_states_share_a_lane_everywhere_or_nowhere() -> None:
    scheme, coding = small_scheme(), empty_coding()
    states = [c for c in scheme.codes if c.kind == Kind.STATE]
    for one, other in product(states, repeat=2):
        first, second = (observation(coding, c.id, 1, 2, PERSON_OF[c.actor]) for c in (one, other))
        shared = lane_of(scheme, first) == lane_of(scheme, second)
        assert shared == (one.group == other.group)
        assert shared == (lane_key(one) == lane_key(other))


def test_a_point_lies_in_no_lane_of_states() -> None:
    scheme, coding = small_scheme(), empty_coding()
    assert lane_of(scheme, observation(coding, "AS", 1)) is None
    assert lane_of(scheme, observation(coding, "gone", 1, 2)) is None
