"""Agreement of two codings as domain 3.6 defines it: Annex A10, A13 and A17, and what must hold of any two codings."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.model.coding import Coding, CodingHeader
from app.model.decision import DisagreementKind
from app.model.meeting import Stretch
from app.model.observation import Observation
from app.model.scheme import Group, Scheme
from app.schemes import library
from app.statistics.acts import Act, acts_of
from app.statistics.agreement import Agreement, AgreementSettings, Compared, agree
from app.statistics.figure import Reason

S = 1_000_000
MINUTE = [Stretch(0, 60 * S)]


def states(person: str, *parts: tuple[str, float, float]) -> list[Act]:
    return [Act(person, c, round(f * S), round(t * S), f"{c}{f}") for c, f, t in parts]


def points(person: str, *parts: tuple[str, float]) -> list[Act]:
    return [Act(person, c, round(t * S), None, f"{c}{t}") for c, t in parts]


FIRST = states("dyad", ("DS1", 0, 20), ("DS2", 20, 30), ("DS1", 30, 50), ("DS2", 50, 60))
SECOND = states("dyad", ("DS1", 0, 22), ("DS2", 22, 30), ("DS1", 30, 47), ("DS2", 47, 60))


def within(tolerance: float) -> AgreementSettings:
    return AgreementSettings(S, round(tolerance * S), round(tolerance * S))


@pytest.mark.parametrize(
    ("tolerance", "table", "percent", "kappa"),
    [
        (0, [[37, 3], [2, 18]], 0.9167, 0.8148),
        (1, [[38, 2], [1, 19]], 0.9500, 0.8889),
        (2, [[39, 1], [0, 20]], 0.9833, 0.9630),
        (3, [[40, 0], [0, 20]], 1.0, 1.0),
        (1.9, [[38, 2], [1, 19]], 0.9500, 0.8889),
    ],
)
def test_a10_states_with_tolerance(scheme: Scheme, tolerance: float, table: list, percent: float, kappa: float) -> None:
    (row,) = agree(Compared(FIRST, SECOND, scheme, MINUTE, within(tolerance))).time_based
    assert (row.person, row.group, row.code, row.units) == ("dyad", "D", "", 60)
    assert row.categories == ("", "DS1", "DS2", "DS3")
    assert [list(r[1:3]) for r in row.table_a_to_b[1:3]] == table
    assert row.percent == pytest.approx(percent, abs=0.00005)
    for value in (row.kappa, row.kappa_a_to_b, row.kappa_b_to_a):
        assert value == pytest.approx(kappa, abs=0.00005)
    assert (row.reason, row.interval, row.interval_reason) == (Reason.NONE, None, Reason.FEWER_THAN_FIVE_TASKS)


X1 = points("adult1", ("X", 3), ("X", 10), ("Y", 14), ("X", 25), ("Y", 40))
X2 = points("adult1", ("X", 3.4), ("X", 11.5), ("Y", 14.2), ("Y", 25.3), ("X", 55))


@pytest.mark.parametrize(
    ("tolerance", "table", "agreement", "linked", "nil"),
    [
        (0.5, ((1, 1, 1), (0, 1, 1), (2, 0, 0)), 2 / 7, 0.4000, 0.0809),
        (1.0, ((1, 1, 1), (0, 1, 1), (2, 0, 0)), 2 / 7, 0.4000, 0.0809),
        (2.0, ((2, 1, 0), (0, 1, 1), (1, 0, 0)), 3 / 6, 0.5000, 0.2347),
    ],
)
def test_a13_events(
    scheme: Scheme, tolerance: float, table: tuple, agreement: float, linked: float, nil: float
) -> None:
    result = agree(Compared(X1, X2, scheme, MINUTE, within(tolerance)))
    (row,) = result.events
    assert (row.person, row.dimension, row.codes, row.table) == ("adult1", "", ("X", "Y"), table)
    assert (row.a, row.b, row.paired, row.agreed) == (
        5,
        5,
        sum(map(sum, (r[:2] for r in table[:2]))),
        agreement * (10 - row.paired),
    )
    assert row.agreement == pytest.approx(agreement)
    assert row.kappa_paired == pytest.approx(linked, abs=0.00005)
    assert row.kappa == pytest.approx(nil, abs=0.00005)
    x, y = result.codes
    assert (x.code, x.a, x.b, x.agreed, x.agreement) == ("X", 3, 3, table[0][0], table[0][0] / (6 - table[0][0]))
    assert (y.code, y.a, y.b, y.agreed, y.agreement) == ("Y", 2, 2, 1, 1 / 3)
    assert len(result.pairs) == row.paired


def test_a17_one_coder_without_events(scheme: Scheme) -> None:
    result = agree(Compared(X1, [], scheme, MINUTE))
    (row,) = result.events
    assert (row.agreement, row.a, row.b, row.paired) == (0.0, 5, 0, 0)
    assert (row.kappa, row.reason) == (None, Reason.ONE_CODER_WITHOUT_EVENTS)
    assert (row.kappa_paired, row.paired_reason) == (None, Reason.NO_PAIRS)
    assert [d.kind for d in result.disagreements] == [DisagreementKind.UNPAIRED] * 5


def test_a17_nobody_has_events(scheme: Scheme) -> None:
    for acts in ([], FIRST):
        for row in agree(Compared(acts, acts, scheme, MINUTE)).events:
            assert (row.agreement, row.kappa, row.reason) == (None, None, Reason.NO_EVENTS)
    assert [r.person for r in agree(Compared([], [], scheme, MINUTE)).events] == ["adult1", "child1", "dyad"]


def test_a17_one_code_has_no_kappa(scheme: Scheme) -> None:
    one, other = points("adult1", ("X", 3), ("X", 9)), points("adult1", ("X", 3), ("X", 30))
    person = agree(Compared(one, other, scheme, MINUTE)).events[0]
    assert (person.agreement, person.kappa, person.reason) == (1 / 3, None, Reason.ONE_CATEGORY)
    always = states("dyad", ("DS1", 0, 60))
    (row,) = agree(Compared(always, always, scheme, MINUTE)).time_based
    assert (row.percent, row.kappa, row.kappa_a_to_b, row.reason) == (1.0, None, None, Reason.ONE_CATEGORY)


def test_a17_identical_codings_agree_wholly(scheme: Scheme) -> None:
    acts = [*FIRST, *X1, *points("child1", ("CE", 4), ("CS", 5), ("CE", 30))]
    result = agree(Compared(acts, acts, scheme, MINUTE))
    figures = [(r.percent, r.kappa, r.kappa_a_to_b, r.kappa_b_to_a) for r in result.time_based]
    assert set(figures) == {(1.0, 1.0, 1.0, 1.0)}
    people = [r for r in result.events if not r.dimension and r.person != "dyad"]
    assert {(r.agreement, r.kappa, r.kappa_paired) for r in people} == {(1.0, 1.0, 1.0)}
    assert {c.agreement for c in result.codes} == {1.0}
    assert result.disagreements == ()


def test_the_last_partial_unit_counts_if_its_midpoint_is_inside(scheme: Scheme) -> None:
    for end, units in ((10.4, 10), (10.5, 10), (10.6, 11), (0.4, 0)):
        result = agree(Compared(FIRST, SECOND, scheme, [Stretch(0, round(end * S))]))
        assert result.units == units
    (row,) = agree(Compared(FIRST, SECOND, scheme, [Stretch(0, 400_000)])).time_based
    assert (row.percent, row.kappa, row.reason) == (None, None, Reason.NO_UNITS)


def test_units_start_anew_in_each_stretch_and_tolerance_stays_inside_it(scheme: Scheme) -> None:
    window = [Stretch(10 * S, 20 * S), Stretch(25 * S + 500_000, 31 * S)]
    one = states("dyad", ("DS1", 0, 20), ("DS2", 25, 40))
    other = states("dyad", ("DS1", 0, 19), ("DS2", 19, 27), ("DS1", 27, 28), ("DS2", 28, 40))
    (row,) = agree(Compared(one, other, scheme, window, AgreementSettings(S, S, S))).time_based
    assert row.units == 15
    assert row.table_a_to_b[1][1:3] == (10, 0)
    # B's DS2 in the last second of the first stretch is not excused by A's DS2 in the next
    assert row.table_b_to_a[2][1] == 1


def test_time_that_somebody_could_not_code_is_left_out_of_everything(scheme: Scheme) -> None:
    one = [*states("dyad", ("DS1", 0, 20), ("DS0", 20, 30), ("DS2", 30, 60)), *points("adult1", ("AS", 5), ("AE", 25))]
    other = [*states("dyad", ("DS1", 0, 25), ("DS3", 25, 58), ("DS0", 58, 60)), *points("adult1", ("AS", 5), ("AE", 7))]
    result = agree(Compared(one, other, scheme, MINUTE))
    assert (result.units, result.excluded_units) == (48, 12)
    assert [(r.person, r.group, r.code, r.units) for r in result.time_based] == [
        ("adult1", "", "AE", 48),
        ("adult1", "", "AS", 48),
        ("dyad", "D", "", 48),
    ]
    assert "DS0" not in result.time_based[2].categories
    person = result.events[0]
    assert (person.a, person.b, person.paired) == (1, 2, 1)
    state, event = result.disagreements
    assert (state.start, state.end, state.a, state.b) == (30 * S, 58 * S, "DS2", "DS3")
    assert (event.start, event.a, event.b, event.b_ids) == (7 * S, "", "AE", ("AE7",))


def test_disagreements_states_by_length_then_events(scheme: Scheme) -> None:
    one = [*states("dyad", ("DS1", 0, 10), ("DS2", 10, 40)), *points("adult1", ("AS", 3), ("AE", 9), ("AM", 50))]
    other = [
        *states("dyad", ("DS1", 0.3, 12.5), ("DS2", 12.5, 20.25), ("DS3", 20.25, 40)),
        *points("adult1", ("AS", 3.2), ("AM", 9.5), ("AM", 44)),
    ]
    kinds = DisagreementKind
    found = [
        (d.kind, d.start / S, d.end and d.end / S, d.a, d.b)
        for d in agree(Compared(one, other, scheme, MINUTE)).disagreements
    ]
    assert found == [
        (kinds.STATE, 20.25, 40, "DS2", "DS3"),
        (kinds.STATE, 10, 12.5, "DS2", "DS1"),
        (kinds.CODE, 9, 9.5, "AE", "AM"),
        (kinds.UNPAIRED, 44, None, "", "AM"),
        (kinds.UNPAIRED, 50, None, "AM", ""),
    ]
    first = agree(Compared(one, other, scheme, MINUTE)).disagreements[0]
    assert (first.a_ids, first.b_ids) == (("DS210",), ("DS320.25",))
    assert [d.weight for d in agree(Compared(one, other, scheme, MINUTE)).disagreements][:2] == [
        3 * 10**15 + 19_750_000,
        3 * 10**15 + 2_500_000,
    ]


def test_a_code_that_the_scheme_lacks_counts_on_its_own(scheme: Scheme) -> None:
    one = [*states("adult1", ("E", 0, 20), ("E", 30, 50)), *points("adult2", ("P", 4))]
    other = [*states("adult1", ("E", 0, 22), ("E", 30, 47)), *points("adult2", ("P", 4.9))]
    state, point = agree(Compared(one, other, scheme, MINUTE, within(1))).time_based
    assert (state.code, state.categories, point.code) == ("E", ("", "E"), "P")
    assert state.table_a_to_b == ((19, 1), (2, 38))
    assert state.kappa == pytest.approx(0.8889, abs=0.00005)
    assert point.table_a_to_b == ((59, 0), (0, 1))
    assert [(e.person, e.dimension, e.a) for e in agree(Compared(one, other, scheme, MINUTE)).events] == [
        ("adult1", "", 0),
        ("adult2", "", 1),
    ]


def test_the_interval_needs_five_tasks_and_is_the_same_every_time(scheme: Scheme) -> None:
    parts = [("DS1", "DS2", "DS3")[i % 3] for i in range(12)]
    one = states("dyad", *((c, 5 * i, 5 * i + 5) for i, c in enumerate(parts)))
    other = states(
        "dyad", *((c, 5 * i + (i % 4) - 1 if i else 0, 5 * i + 5 + ((i + 1) % 4) - 1) for i, c in enumerate(parts))
    )
    one += points("adult1", *((("AS", "AE")[i % 2], 2.5 * i) for i in range(24)))
    other += points("adult1", *((("AS", "AE", "AE")[i % 3], 2.5 * i + 0.3) for i in range(22)))
    tasks = [Stretch(12 * i * S, 12 * (i + 1) * S) for i in range(5)]
    few = agree(Compared(one, other, scheme, MINUTE, tasks=tasks[:4]))
    assert (few.tasks, {r.interval for r in (*few.time_based, *few.events)}) == (4, {None})
    enough = agree(Compared(one, other, scheme, MINUTE, tasks=tasks))
    assert enough.tasks == 5
    for row in [r for r in (*enough.time_based, *enough.events) if r.interval]:
        assert -1 <= row.interval.low <= row.kappa <= row.interval.high <= 1
    assert [bool(r.interval) for r in enough.events] == [True, False, False]
    assert enough.events[1].interval_reason == Reason.ONE_CATEGORY
    assert enough == agree(Compared(one[::-1], other[::-1], scheme, MINUTE, tasks=tasks[::-1]))
    outside = [Stretch(100 * S + i, 100 * S + i + 1) for i in range(9)]
    assert agree(Compared(one, other, scheme, MINUTE, tasks=outside)).tasks == 0


def test_settings_refuse_what_makes_no_sense() -> None:
    for wrong in ((0, S, S), (S, -1, S), (S, S, -1)):
        with pytest.raises(AssertionError):
            AgreementSettings(*wrong)


def test_acts_of_a_coding_close_what_is_still_on() -> None:
    covered = (Stretch(0, 10 * S), Stretch(20 * S, 30 * S))
    header = CodingHeader("c", "m", "w", "s", 1, "i", 1, covered=covered)
    seen = [
        Observation("1", "c", "AS", "adult1", 5 * S),
        Observation("2", "c", "DS1", "dyad", 2 * S, 4 * S),
        Observation("3", "c", "DS2", "dyad", 22 * S, open=True),
        Observation("4", "c", "DS3", "dyad", 50 * S, open=True),
        Observation("5", "c", "DS1", "dyad", 15 * S, open=True),
    ]
    acts = acts_of(Coding(header, {o.id: o for o in seen}), 40 * S)
    assert [(a.id, a.start, a.end) for a in acts] == [
        ("2", 2 * S, 4 * S),
        ("1", 5 * S, None),
        ("5", 15 * S, 40 * S),
        ("3", 22 * S, 30 * S),
    ]


def lane(times: list[int], codes: list[str]) -> list[Act]:
    return [
        Act("dyad", c, f * 250_000, t * 250_000, f"{f}{c}") for (f, t), c in zip(pairwise(times), codes, strict=False)
    ]


coded = st.builds(
    lambda marks, times, codes: [
        *(Act(p, c, t * 250_000, None, f"{i}") for i, (p, c, t) in enumerate(marks)),
        *lane(sorted(times), codes),
    ],
    st.lists(
        st.tuples(
            st.sampled_from(["adult1", "child1"]), st.sampled_from(["AS", "AE", "AM", "U"]), st.integers(-4, 130)
        ),
        max_size=15,
    ),
    st.sets(st.integers(-4, 130), max_size=8),
    st.lists(st.sampled_from(["DS1", "DS2", "DS3", "DS0"]), min_size=8, max_size=8),
)
windows = st.sampled_from([[Stretch(0, 30 * S)], [Stretch(0, 9_800_000), Stretch(12 * S, 29_300_000)]])
settings_of = st.builds(within, st.sampled_from([0, 0.5, 1, 2, 3]))
HALVES = [Stretch(5 * i * S, 5 * (i + 1) * S) for i in range(6)]


def figures(result: Agreement) -> list[float]:
    time = [(r.percent, r.kappa, r.kappa_a_to_b, r.kappa_b_to_a) for r in result.time_based]
    events = [(e.agreement, e.kappa, e.kappa_paired) for e in result.events]
    return [f for row in (*time, *events, *((c.agreement,) for c in result.codes)) for f in row if f is not None]


@pytest.fixture(scope="module")
def plain(scheme: Scheme) -> Scheme:
    return replace(scheme, groups=(Group("D", scheme.name),))


@example(
    [Act("adult1", "AS", 250_000, None, "0"), Act("adult1", "AS", 250_000, None, "1")],
    [Act("adult1", "AE", 500_000, None, "0"), Act("adult1", "AE", 250_000, None, "1")],
    [Stretch(0, 30 * S)],
    within(0.5),
)
@given(coded, coded, windows, settings_of)
def test_sides_and_order_do_not_matter(plain: Scheme, a: list, b: list, window: list, chosen) -> None:
    there, back = (agree(Compared(*acts, plain, window, chosen, HALVES)) for acts in ((a, b), (b, a)))
    assert there == agree(Compared(a[::-1], b[::-1], plain, window[::-1], chosen, HALVES))
    assert (there.units, there.excluded_units) == (back.units, back.excluded_units)
    for r, m in zip(there.time_based, back.time_based, strict=True):
        assert (r.percent, r.kappa, r.interval) == (m.percent, m.kappa, m.interval)
        assert (r.kappa_a_to_b, r.table_a_to_b, r.reason) == (m.kappa_b_to_a, m.table_b_to_a, m.reason)
    for e, m in zip(there.events, back.events, strict=True):
        assert (e.a, e.paired, e.agreed, e.agreement, e.kappa) == (m.b, m.paired, m.agreed, m.agreement, m.kappa)
        assert e.table == tuple(zip(*m.table, strict=True))
    assert [(d.start, d.end, d.a, d.b, d.a_ids) for d in there.disagreements] == [
        (d.start, d.end, d.b, d.a, d.b_ids) for d in back.disagreements
    ]


@given(coded, coded, windows, settings_of)
def test_bounds_and_reasons(plain: Scheme, a: list, b: list, window: list, chosen) -> None:
    result = agree(Compared(a, b, plain, window, chosen, HALVES))
    assert all(-1 - 1e-12 <= f <= 1 + 1e-12 for f in figures(result))
    for row in (*result.time_based, *result.events):
        assert (row.kappa is None) == bool(row.reason)
        assert (row.interval is None) == bool(row.interval_reason)
    assert all(e.agreed <= e.paired <= min(e.a, e.b) for e in result.events)
    assert list(result.disagreements) == sorted(result.disagreements, key=lambda d: -d.weight)
    for d in result.disagreements:
        assert d.a != d.b
        assert d.end is None or d.start < d.end
        assert bool(d.a) == bool(d.a_ids)
        assert bool(d.b) == bool(d.b_ids)


@given(coded, windows, settings_of)
def test_the_same_coding_twice_is_one_or_undefined(plain: Scheme, a: list, window: list, chosen) -> None:
    result = agree(Compared(a, a, plain, window, chosen))
    assert set(figures(result)) <= {1.0}
    assert result.disagreements == ()


@given(coded, coded, windows)
def test_a_wider_tolerance_never_lessens_agreement_in_time(plain: Scheme, a: list, b: list, window: list) -> None:
    shares = [[r.percent or 0 for r in agree(Compared(a, b, plain, window, within(t))).time_based] for t in (0, 1, 3)]
    for narrow, wide in pairwise(shares):
        assert all(x <= y + 1e-12 for x, y in zip(narrow, wide, strict=True))


def test_the_parts_of_one_task_are_drawn_together() -> None:
    """A pause cuts a task in two; the interval still draws whole tasks, and the number of tasks is what it was."""
    from app.statistics.intervals import tasks_in
    from app.statistics.sampling import task_of

    window = (Stretch(0, 100),)
    parts = (Stretch(60, 80), Stretch(0, 20), Stretch(30, 50))
    tasks = tasks_in(window, parts, (2, 1, 2))
    assert len(tasks) == 2
    assert task_of([5, 25, 35, 65, 90], tasks).tolist() == [0, 2, 1, 1, 2]
    assert len(tasks_in(window, parts)) == 3
    assert len(tasks_in((Stretch(0, 10),), parts, (2, 1, 2))) == 1


def test_a_row_of_one_code_does_not_hang_on_what_another_person_did() -> None:
    """The core scheme has one code of structure for the adult and one for the child: neither has a row of its own."""
    core = library.scheme("perusrunko")
    adult, child = points("adult1", ("AS", 5)), points("child1", ("CS", 9))
    for both in (adult, child, [*adult, *child]):
        assert [r.dimension for r in agree(Compared(both, both, core, MINUTE)).events if r.dimension] == []
    strange = points("adult1", ("AS", 5), ("CS", 9))  # a code that the scheme offers of the child alone
    assert [r.dimension for r in agree(Compared(strange, adult, core, MINUTE)).events if r.dimension] == ["S"]
