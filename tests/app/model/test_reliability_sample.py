"""The draw of tasks for a second coding: the same for the same seed everywhere, and about nothing else."""

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.model.reliability_sample import (
    Drawing,
    ReliabilitySample,
    SampledTask,
    drawn,
    is_seed,
    lot,
    rounded_up,
    sample_id,
)

SEEDS = st.from_regex(r"[0-9]{1,18}", fullmatch=True)
DIMENSIONS = st.sets(st.sampled_from("SENCR"), max_size=3).map(lambda some: tuple(sorted(some)))
TASKS = st.lists(st.tuples(st.integers(1, 4), DIMENSIONS), min_size=1, max_size=40).map(
    lambda rows: tuple(SampledTask(f"m{m}", n, f"T{n}", of) for n, (m, of) in enumerate(rows, start=1))
)
DRAWINGS, PERCENT = st.sampled_from(Drawing), st.integers(1, 100)


def nine() -> tuple[SampledTask, ...]:
    return tuple(SampledTask("m", n, f"T{n}", ("SENCR"[n % 5],)) for n in range(1, 10))


def sample(seed: str = "48210377", tasks=None, drawing: Drawing = Drawing.RANDOM) -> ReliabilitySample:
    tasks = tasks or nine()
    places, size = drawn(seed, 20, drawing, tasks)
    at = datetime(2026, 11, 30, tzinfo=UTC)
    return ReliabilitySample(sample_id("d", "m"), "m", "d", 20, seed, drawing, tasks, places, size, "w", at)


def test_the_lot_is_what_a_shell_prints() -> None:
    # printf 48210377:3 | sha256sum
    assert lot("48210377", 3) == "6c389d991e8863d3fbd48ab2ab842aba5973684b1f8bee2c700be0b565f2692d"


def test_a_draw_is_for_good_what_it_was() -> None:
    """Frozen: another order would make every draw of an archive untrue."""
    assert drawn("48210377", 20, Drawing.RANDOM, nine()) == ((6, 3, 9, 1, 4, 2, 5, 8, 7), 2)
    assert drawn("48210377", 20, Drawing.BY_DIMENSION, nine()) == ((6, 3, 9, 2, 5, 1, 4, 8, 7), 5)


@given(SEEDS, PERCENT, DRAWINGS, TASKS)
def test_it_is_the_same_whatever_the_tasks_are_called(seed, percent, drawing, tasks) -> None:
    other = tuple(replace(t, task_id="x", number=t.number + 5, meeting_id=f"other {t.meeting_id}") for t in tasks)
    assert drawn(seed, percent, drawing, tasks) == drawn(seed, percent, drawing, other)


@given(SEEDS, PERCENT, DRAWINGS, TASKS)
def test_every_task_is_in_the_draw_once_and_enough_are_drawn(seed, percent, drawing, tasks) -> None:
    places, size = drawn(seed, percent, drawing, tasks)
    assert sorted(places) == list(range(1, len(tasks) + 1))
    assert rounded_up(percent, len(tasks)) <= size <= len(tasks)
    assert rounded_up(percent, len(tasks)) * 100 >= percent * len(tasks)


@given(SEEDS, PERCENT, DRAWINGS, TASKS)
def test_each_meeting_and_by_dimension_each_dimension_has_one(seed, percent, drawing, tasks) -> None:
    places, size = drawn(seed, percent, drawing, tasks)
    chosen = [tasks[p - 1] for p in places[:size]]
    assert {t.meeting_id for t in chosen} == {t.meeting_id for t in tasks}
    if drawing == Drawing.BY_DIMENSION:
        assert {d for t in chosen for d in t.dimensions} == {d for t in tasks for d in t.dimensions}


@given(SEEDS, TASKS)
def test_without_strata_it_is_the_order_of_the_lots(seed, tasks) -> None:
    alike = tuple(replace(t, meeting_id="m", dimensions=()) for t in tasks)
    places, _size = drawn(seed, 50, Drawing.RANDOM, alike)
    assert list(places) == sorted(places, key=lambda p: hashlib.sha256(f"{seed}:{p}".encode()).digest())


def test_each_task_is_drawn_about_as_often_as_another() -> None:
    """2 of 9 over 4 500 seeds: 1 000 each, give or take five of the spread that chance has."""
    found = Counter(p for n in range(4500) for p in drawn(str(n), 20, Drawing.RANDOM, nine())[0][:2])
    assert all(abs(found[p] - 1000) < 5 * 28 for p in range(1, 10))


def test_a_task_left_out_while_filming_is_replaced_by_the_next_of_its_meeting() -> None:
    made = sample()
    first, second, third = (made.tasks[p - 1].number for p in made.places[:3])
    assert made.size == 2
    assert made.asked() == made.drawn_numbers == tuple(sorted((first, second)))
    assert made.asked({first}) == tuple(sorted((second, third)))
    assert made.asked(set(range(1, 10))) == ()


def test_what_is_no_draw_is_found_out() -> None:
    made = sample()
    assert made.is_as_drawn
    for wrong in (
        replace(made, places=(*made.places[1:], made.places[0])),
        replace(made, size=3),
        replace(made, percent=101),
        replace(made, seed="x"),
        replace(made, seed="48210378"),
        replace(made, meeting_id="another"),
    ):
        assert not wrong.is_as_drawn


def test_a_seed_is_plain_digits() -> None:
    assert all(map(is_seed, ("0", "007", "9" * 18)))
    assert not any(map(is_seed, ("", "9" * 19, "1 2", "-1", "٣", "1\n", "x")))
