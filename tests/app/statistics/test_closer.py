"""The figures task by task: they add up to the whole, and a count of another kind finds the same."""

import pytest
from hypothesis import given

from app.comparing.comparison import Comparison, closer_of
from app.errors import Cancelled
from app.model.coding import Coding, CodingHeader, CodingState
from app.model.meeting import Stretch
from app.statistics.closer import BETWEEN
from tests.material.builders import small_scheme
from tests.material.two_codings import LENGTH, compared, pairs_of_codings
from tests.recount import figures

SCHEME = small_scheme()


def _sum(tables):
    return tuple(tuple(map(sum, zip(*rows, strict=True))) for rows in zip(*tables, strict=True))


@given(pairs_of_codings())
def test_the_tasks_and_the_time_between_add_up_to_the_whole(found: Comparison) -> None:
    closer, agreement = closer_of(found), found.agreement
    assert closer.whole.time_based == agreement.time_based
    assert tuple(row.event for row in closer.whole.events) == agreement.events
    assert sum(part.units for part in closer.tasks) == agreement.units == closer.whole.units
    for row in agreement.time_based:
        about = row.person, row.group, row.code
        own = [r for p in closer.tasks for r in p.time_based if (r.person, r.group, r.code) == about]
        if row.units:
            assert _sum([r.table_a_to_b for r in own]) == row.table_a_to_b
            assert _sum([r.table_b_to_a for r in own]) == row.table_b_to_a
    for whole in closer.whole.events:
        of = whole.event.person, whole.event.dimension
        own = [r for p in closer.tasks for r in p.events if (r.event.person, r.event.dimension) == of]
        for name in ("a", "b", "paired", "agreed", "of"):
            assert sum(getattr(r.event, name) for r in own) == getattr(whole.event, name)
        assert sorted(x for r in own for x in r.links) == sorted(whole.links)
        assert len(whole.links) == whole.event.of
        assert sum(bool(x.a_id and x.b_id) for x in whole.links) == whole.event.paired
    assert all(row.interval is None for part in closer.tasks for row in part.time_based)


def _both(found: Comparison) -> figures.Both:
    marks = [
        tuple(figures.Mark(o.code, o.person, o.start, o.end) for o in coding.observations.values())
        for coding in (found.a, found.b)
    ]
    covered = [tuple((s.start, s.end) for s in c.header.covered) for c in (found.a, found.b)]
    tasks = tuple(figures.Task(s.number, s.start, s.end) for s in found.file.segments)
    points = {"AS": "S", "CE": "E"}
    return figures.Both(*marks, tuple(covered), tasks, points, ("DS1", "DS2", "DS3"), SCHEME.cannot_be_coded)


@given(pairs_of_codings())
def test_a_count_by_plain_loops_finds_the_same_events_in_each_task(found: Comparison) -> None:
    closer, both = closer_of(found), _both(found)
    for person, code in (("adult1", "AS"), ("child1", "CE")):
        rows = figures.matches(both, person, [code])
        for number in (1, 2, BETWEEN):
            here = [m for m in rows if figures.task_at(both, m.at) == number]
            part = closer.part(number)
            told = [r.event for r in part.events if (r.event.person, r.event.dimension) == (person, "")] if part else []
            assert sum(e.of for e in told) == len(here)
            assert sum(e.agreed for e in told) == sum(m.agrees for m in here)


@given(pairs_of_codings())
def test_a_count_by_plain_loops_finds_the_same_units_in_each_task(found: Comparison) -> None:
    closer, rows = closer_of(found), figures.seconds(_both(found))
    for number in (1, 2, BETWEEN):
        here = [r for r in rows if r.task == number]
        part = closer.part(number)
        assert (part.units if part else 0) == sum(not r.dark for r in here)
        if part is not None and part.units:
            assert part.left_out == sum(r.dark for r in here)


def test_work_that_is_called_off_ends() -> None:
    heads = [
        CodingHeader(
            f"coding-{s}", "m", f"worker-{s}", "small", 1, "sheet", 1, CodingState.READY, (Stretch(0, LENGTH),)
        )
        for s in "AB"
    ]
    found = compared(*(Coding(head, {}) for head in heads))
    with pytest.raises(Cancelled):
        closer_of(found, lambda: True)
