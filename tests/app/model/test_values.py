"""The smaller values: time, stretches, places, consents, ids, codings."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import StaleChange
from app.model.change import Change, added, removed
from app.model.consent import Consent, Purpose
from app.model.identity import new_id
from app.model.meeting import Stretch, intersection, merged, without
from app.model.order_keys import after_last, between
from app.model.people import age_on
from app.model.recording import Recording
from app.model.timecode import clock, from_seconds, parse_clock, short_clock
from tests.material.builders import empty_coding, observation, recording

stretches = st.lists(
    st.tuples(st.integers(-50, 50), st.integers(1, 20)).map(lambda p: Stretch(p[0], p[0] + p[1])), max_size=8
).map(tuple)


def inside(of: tuple[Stretch, ...]) -> set[int]:
    return {t for s in of for t in range(s.start, s.end)}


def test_ids_ascend_and_are_version_7() -> None:
    ids = [new_id() for _ in range(2000)]
    assert ids == sorted(set(ids))
    assert all(i[14] == "7" and i[19] in "89ab" for i in ids)


def test_a_clock_without_fractions_says_the_second_and_else_the_nearest() -> None:
    assert clock(95_000_000) == "00:01:35,000"
    assert clock(3_599_999_400, comma=False) == "00:59:59.999"
    assert clock(3_599_999_999, comma=False, digits=0) == "00:59:59"
    assert short_clock(1_370_000, digits=1) == "00:01,4"
    assert short_clock(1_350_000, digits=1) == "00:01,4"
    assert short_clock(59_960_000, digits=1) == "01:00,0"
    assert short_clock(-1_370_000, digits=1) == "−00:01,4"
    assert short_clock(33_366_667, digits=3) == "00:33,367"
    assert short_clock(76_960_000) == "01:16"
    assert short_clock(3_600_000_000) == "01:00:00"
    assert clock(-1_500_000) == "−00:00:01,500"


@given(st.integers(0, 10**11))
def test_a_shown_time_reads_back_to_the_millisecond(time: int) -> None:
    assert parse_clock(clock(time)) == (time + 500) // 1000 * 1000


@pytest.mark.parametrize("bad", ["", "a", "1::2", "1:2:3:4", ":"])
def test_what_is_no_time_is_refused(bad: str) -> None:
    with pytest.raises(ValueError):
        parse_clock(bad)


def test_typed_times() -> None:
    assert parse_clock("1:35,5") == from_seconds(95.5)
    assert parse_clock("95.5") == from_seconds(95.5)


@given(stretches, stretches)
def test_stretches_are_sets_of_time(one: tuple[Stretch, ...], two: tuple[Stretch, ...]) -> None:
    assert inside(merged(one)) == inside(one)
    assert inside(intersection(one, two)) == inside(one) & inside(two)
    left = one
    for gone in two:
        left = without(left, gone)
    assert inside(left) == inside(one) - inside(two)
    joined = merged(one)
    assert all(a.end < b.start for a, b in itertools.pairwise(joined))


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60))
def test_there_is_always_room_between_two_places(where: list[int]) -> None:
    places = [after_last([])]
    for spot in where:
        index = min(spot, len(places))
        before = places[index - 1] if index else ""
        after = places[index] if index < len(places) else ""
        places.insert(index, between(before, after))
    assert places == sorted(set(places))


def test_a_consent_ends_on_the_day_it_is_withdrawn() -> None:
    consent = Consent("c", "k", "p", Purpose.FILMING, date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 1))
    assert consent.valid_on(date(2026, 5, 31))
    assert not consent.valid_on(date(2026, 6, 1))
    assert not consent.valid_on(date(2025, 12, 31))


def test_age_in_years_and_months() -> None:
    assert age_on(date(2021, 2, 28), date(2026, 11, 3)) == (5, 8)
    assert age_on(date(2021, 11, 3), date(2026, 11, 3)) == (5, 0)
    assert age_on(date(2021, 11, 4), date(2026, 11, 3)) == (4, 11)


@given(st.integers(-(10**10), 10**10), st.integers(-(10**9), 10**9), st.floats(-200, 200))
def test_film_and_meeting_time_map_both_ways(time: int, offset: int, drift: float) -> None:
    base = recording("m")
    film = Recording(base.id, "m", 1, "", 0, 0, "", base.facts, offset, drift)
    assert abs(film.to_meeting(film.to_film(time)) - time) <= 1


def test_a_coding_refuses_a_stale_before_and_takes_nothing_in() -> None:
    coding = empty_coding()
    one, two = observation(coding, "AS", 1), observation(coding, "AS", 2)
    held = coding.apply([added(one)])
    with pytest.raises(StaleChange):
        held.apply([added(two), removed(observation(coding, "CE", 3))])
    assert set(held.observations) == {one.id}
    assert held.apply([Change(one, None)]).observations == {}


@given(st.lists(st.sampled_from(["add", "remove", "swap"]), max_size=30), st.randoms())
def test_changes_reversed_in_reverse_order_give_back_the_coding(ops: list[str], random) -> None:
    coding = start = empty_coding()
    steps: list[Change] = []
    for op in ops:
        some = list(coding.observations.values())
        if op == "add" or not some:
            change = added(observation(coding, "AS", random.randint(0, 99)))
        elif op == "remove":
            change = removed(random.choice(some))
        else:
            before = random.choice(some)
            moved = observation(coding, "CE", random.randint(0, 99))
            change = Change(before, type(before)(before.id, coding.id, "CE", "child1", moved.start))
        coding = coding.apply([change])
        steps.append(change)
    for change in reversed(steps):
        coding = coding.apply([change.reversed()])
    assert coding.observations == start.observations
