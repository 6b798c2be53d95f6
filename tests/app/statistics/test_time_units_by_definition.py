"""Time-based tables against the words of domain 3.6, followed unit by unit in plain Python."""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.meeting import Stretch
from app.model.scheme import Kind, Scheme
from app.statistics.acts import Act
from app.statistics.agreement import AgreementSettings, Compared, agree
from app.statistics.figure import Reason
from app.statistics.intervals import intervals

S = 1_000_000
WINDOW = [Stretch(0, 9_800_001), Stretch(12 * S, 24_300_000)]


def states(parts: list[tuple[int, int, str]]) -> list[Act]:
    """States one after the other: a gap, a length and a code each, in tenths of a second."""
    acts, time = [], -S
    for gap, length, code in parts:
        time += gap * 100_000
        acts.append(Act("dyad", code, time, time + length * 100_000, f"{time}"))
        time += length * 100_000
    return acts


coded = st.lists(
    st.tuples(st.sampled_from([0, 0, 7, 15]), st.integers(1, 60), st.sampled_from(["DS1", "DS2", "DS3", "DS0"])),
    max_size=9,
).map(states)
marked = st.lists(st.integers(-5, 250), max_size=8).map(lambda ts: [Act("adult1", "AS", t * 100_000) for t in ts])


def on_at(acts: list[Act], midpoint: Fraction) -> str:
    return next((a.code for a in acts if a.end and a.start <= midpoint < a.end), "")


def by_definition(a: list[Act], b: list[Act], unit: int, tolerance: int, *, code: str = "") -> tuple[Counter, int]:
    """Pairs (a's category, what it is tallied with) over units, and the number of units left out."""
    rows = []
    for number, stretch in enumerate(WINDOW):
        start = stretch.start
        while start + Fraction(unit, 2) < stretch.end:
            midpoint = start + Fraction(unit, 2)
            lost = any(on_at(x, midpoint) == "DS0" for x in (a, b))
            inside = [
                any(p.code == code and start <= p.start < min(start + unit, stretch.end) for p in x) for x in (a, b)
            ]
            seen = [code if yes else "" for yes in inside] if code else [on_at(x, midpoint) for x in (a, b)]
            rows.append((number, lost, *seen))
            start += unit
    reach = tolerance // unit
    tally: Counter = Counter()
    for i, (number, lost, mine, other) in enumerate(rows):
        around = [r for r in rows[max(0, i - reach) : i + reach + 1] if r[0] == number and not r[1]]
        if not lost:
            tally[mine, mine if any(r[3] == mine for r in around) else other] += 1
    return tally, sum(lost for _, lost, _, _ in rows)


def counter(table: tuple, categories: tuple[str, ...]) -> Counter:
    cells = ((x, y, n) for x, row in zip(categories, table, strict=True) for y, n in zip(categories, row, strict=True))
    return Counter({(x, y): n for x, y, n in cells if n})


@given(
    coded, coded, marked, marked, st.sampled_from([100_000, 300_000, S, 1_500_001]), st.sampled_from([0, S, 2_500_000])
)
def test_tables_are_what_the_words_say(scheme: Scheme, a, b, points_a, points_b, unit: int, tolerance: int) -> None:
    a, b = [*a, *points_a], [*b, *points_b]
    result = agree(Compared(a, b, scheme, WINDOW, AgreementSettings(unit, tolerance, S)))
    for row in result.time_based:
        there, left_out = by_definition(a, b, unit, tolerance, code=row.code)
        back, _ = by_definition(b, a, unit, tolerance, code=row.code)
        assert counter(row.table_a_to_b, row.categories) == there
        assert counter(row.table_b_to_a, row.categories) == back
        assert (row.units, result.excluded_units) == (there.total(), left_out)


def alike(i: int) -> tuple[list[Act], list[Act]]:
    """The same ten seconds again and again: states that differ for three of them, three events of which two are met."""
    t = 10 * i * S
    one = [Act("dyad", "DS1", t, t + 6 * S), Act("dyad", "DS2", t + 6 * S, t + 10 * S)]
    other = [Act("dyad", "DS1", t, t + 3 * S), Act("dyad", "DS2", t + 3 * S, t + 10 * S)]
    one += [Act("adult1", c, t + s * S) for c, s in (("AS", 1), ("AE", 5), ("AM", 9))]
    other += [Act("adult1", c, t + s * S) for c, s in (("AS", 1), ("AM", 5))]
    return one, other


def test_tasks_that_are_all_alike_tell_of_no_spread(scheme: Scheme) -> None:
    """An interval without width would promise what nobody knows."""
    one, other = ([x for i in range(6) for x in alike(i)[coder]] for coder in (0, 1))
    tasks = [Stretch(10 * i * S, 10 * (i + 1) * S) for i in range(6)]
    result = agree(Compared(one, other, scheme, [Stretch(0, 60 * S)], AgreementSettings(S, 0, 2 * S), tasks))
    for row in (result.time_based[-1], result.events[0]):
        assert row.kappa is not None
        assert (row.interval, row.interval_reason) == (None, Reason.TASKS_ALIKE)


def few_in_five(scheme: Scheme) -> tuple[list[Act], list[Act], list[Stretch]]:
    """Events in the first three of five tasks of a minute."""
    codes = [c.id for c in scheme.codes if c.kind == Kind.POINT and c.actor == "adult"][:3]
    own = [Act("adult1", codes[i % 3], (20 * i + i // 4) * S, None, str(i)) for i in range(9)]
    other = [
        Act(x.person, codes[2] if i in {1, 5, 6} else x.code, x.start, None, "b" + x.id) for i, x in enumerate(own)
    ]
    return own, other, [Stretch(60 * i * S, 60 * (i + 1) * S) for i in range(5)]


def test_tasks_that_hold_nothing_of_a_row_do_not_narrow_its_interval(scheme: Scheme) -> None:
    """Three tasks with events among five are three tasks."""
    one, other, tasks = few_in_five(scheme)
    found = agree(Compared(one, other, scheme, [Stretch(0, 300 * S)], AgreementSettings(), tasks))
    assert found.tasks == 5
    row = found.events[0]
    assert row.kappa is not None
    assert (row.interval, row.interval_reason) == (None, Reason.FEWER_THAN_FIVE_TASKS)


def test_a_task_of_which_no_unit_counts_is_no_task(scheme: Scheme) -> None:
    one, other, tasks = few_in_five(scheme)
    away = Act("dyad", scheme.cannot_be_coded, 180 * S, 240 * S, "away")
    not_codable = agree(Compared([*one, away], other, scheme, [Stretch(0, 300 * S)], AgreementSettings(), tasks))
    assert not_codable.tasks == 4
    touched = agree(Compared(one, other, scheme, [Stretch(0, 180 * S + 1)], AgreementSettings(), tasks))
    assert touched.tasks == 3


def test_an_interval_says_how_many_tasks_it_rests_on() -> None:
    without = np.array([[0.5, 0.62, 0.7, 0.58, 0.61, 0.6, 0.6]])
    held = np.array([[True, True, True, True, True, False, False]])
    ((of_some, _),) = intervals(np.array([0.6]), without, held)
    ((of_five, _),) = intervals(np.array([0.6]), without[:, :5])
    assert of_some is not None
    assert of_some.tasks == 5
    assert of_some == of_five


def test_the_interval_is_what_its_formula_says() -> None:
    without = np.array([[0.5, 0.62, 0.7, 0.58, 0.61], [0.5, np.nan, 0.7, 0.58, 0.61], [0.9, 1.0, 0.9, 0.9, 0.9]])
    (found, why), (gone, undefined), (whole, certain) = intervals(np.array([0.6, 0.6, 0.92]), without)
    z = np.arctanh(without[0])
    reach = 2.7764451 * np.sqrt(((z - z.mean()) ** 2).sum())
    assert (found.low, found.high) == pytest.approx(tuple(np.tanh(np.arctanh(0.6) + reach * np.array([-1, 1]))))
    assert why == Reason.NONE
    assert (gone, undefined) == (None, Reason.UNDEFINED_WITHOUT_A_TASK)
    assert (whole, certain) == (None, Reason.TASKS_ALIKE)
    assert intervals(np.array([0.6]), without[:1, :4]) == [(None, Reason.FEWER_THAN_FIVE_TASKS)]


def test_an_interval_leaves_out_whole_tasks(scheme: Scheme) -> None:
    """By the slow way: the codings without the acts of each task, and the window without it."""
    rng = np.random.default_rng(4)
    one, other = [], []
    for i in range(40):
        t, length = 3 * i * S, int(rng.integers(1, 3)) * S
        mine, theirs = rng.choice(["AS", "AE", "AM"], 2)
        one += [Act("adult1", mine, t), Act("dyad", str(rng.choice(["DS1", "DS2"])), t, t + length)]
        other += [Act("adult1", mine if i % 3 else theirs, t + S // 4), Act("dyad", "DS1", t, t + 2 * S)]
    tasks = [Stretch(20 * i * S, 20 * (i + 1) * S) for i in range(6)]
    exact = AgreementSettings(S, 0, S)
    whole = agree(Compared(one, other, scheme, [Stretch(0, 120 * S)], exact, tasks))
    fewer = [agree(Compared(one, other, scheme, [s for s in tasks if s is not gone], exact)) for gone in tasks]
    for row, slow in (
        (whole.time_based[-1], [r.time_based[-1].kappa for r in fewer]),
        (whole.events[0], [r.events[0].kappa for r in fewer]),
    ):
        z = np.arctanh(slow)
        reach = 2.5705818 * np.sqrt(((z - z.mean()) ** 2).sum())
        low, high = np.tanh(np.arctanh(row.kappa) + reach * np.array([-1, 1]))
        assert (row.interval.low, row.interval.high) == (pytest.approx(low), pytest.approx(high))
