"""What rests on fewer than five is told nowhere, and cannot be worked out from what is told."""

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.hours import Work
from app.model.meeting import Delivery
from app.model.sought import Side
from app.model.worked import OccasionRow, WaitRow, WorkerRow, WorkRow, YearOfWork
from app.statistics.hiding import hidden_cells, hidden_counts, is_few, joined, together
from app.statistics.waiting import spread
from app.statistics.work_columns import By
from app.statistics.work_report import Measure, report
from tests.drivers.recovering import Known, bounds, recovered, shown_by

NAMES = st.sampled_from("abcdef")
ROW = st.builds(
    WorkRow, NAMES, NAMES, st.sampled_from("no"), st.sampled_from(tuple(Delivery)[:3]),
    st.sampled_from(["", *map(str, range(40))]), st.integers(0, 300), st.just(0), st.just(0),
    st.integers(0, 3), st.integers(0, 2), st.integers(0, 8),
)  # fmt: skip
OCCASION = st.builds(
    OccasionRow, NAMES, NAMES, st.sampled_from("no"), st.sampled_from(tuple(Delivery)[:3]),
    st.sampled_from((Work.MEETING, Work.CANCELLED, Work.NO_SHOW)), st.integers(1, 7),
)  # fmt: skip


def a_year(work, occasions=(), year=2026, waits=()):
    """A year whose rows are as the store gives them: each of its own, and occasions of work alone."""
    merged = {}
    for row in work:
        merged[row.product, row.customer, row.office, row.delivery, row.whole_id] = row
    rows = tuple(merged[key] for key in sorted(merged))
    there = {(r.product, r.customer, r.office, r.delivery) for r in rows}
    held = tuple(o for o in occasions if (o.product, o.customer, o.office, o.delivery) in there)
    minutes = sum(r.minutes for r in rows)
    return YearOfWork(year, Side.CLIENTS, rows, (WorkerRow("w", minutes, 0, 0, 0),), held, tuple(waits))


@settings(max_examples=150, deadline=None)
@given(work=st.lists(ROW, max_size=120), occasions=st.lists(OCCASION, max_size=60))
def test_no_hidden_cell_comes_back_by_adding_and_subtracting_all_tables_of_a_report(work, occasions):
    made = report(a_year(work, occasions))
    assert recovered(shown_by(made)) == {}


@settings(max_examples=150, deadline=None)
@given(work=st.lists(ROW, max_size=120), occasions=st.lists(OCCASION, max_size=60))
def test_what_is_shown_is_true_and_none_of_it_rests_on_fewer_than_five(work, occasions):
    year = a_year(work, occasions)
    made = report(year)
    every = {r.whole_id for r in year.work} - {""}
    assert made.too_few == is_few(len(every))
    for table in made.lines:
        for n, row in enumerate(table.rows):
            some = [r for r in year.work if getattr(r, table.by) in row]
            wholes = {r.whole_id for r in some} - {""}
            assert table.cells[Measure.WHOLES][n] == len(wholes)
            assert not is_few(len(wholes))
            assert table.cells[Measure.MINUTES][n] == sum(r.minutes for r in some)
        people = [m for m in Measure if m not in (Measure.WHOLES, Measure.MINUTES, Measure.TRAVEL, Measure.KM)]
        shown = [v for m in people for v in (*table.cells[m], table.totals[m]) if v is not None]
        assert not any(map(is_few, shown))
        assert sorted(key for row in table.rows for key in row) == sorted({getattr(r, table.by) for r in year.work})
    for table in made.crossed:
        for row, cells in zip(table.rows, table.cells, strict=True):
            for column, value in zip(table.columns, cells, strict=True):
                first, second = table.by
                some = [r for r in year.work if getattr(r, first) in row and getattr(r, second) in column]
                if value is not None:
                    assert value == sum(r.minutes for r in some)
                    assert not is_few(len({r.whole_id for r in some} - {""}))
    assert not any(is_few(v) for v in (made.people.families, made.people.children, made.people.adults) if v is not None)


@settings(max_examples=100, deadline=None)
@given(now=st.lists(ROW, max_size=80), before=st.lists(ROW, max_size=80))
def test_a_comparison_tells_nothing_that_either_years_own_report_does_not(now, before):
    years = a_year(now), a_year(before, year=2025)
    made = report(*years)
    alone = [report(year) for year in years]
    for line in made.compared:
        for value, own in ((line.now, alone[0]), (line.before, alone[1])):
            rows = own.line(By.PRODUCT).rows
            inside = [n for n, row in enumerate(rows) if set(row) <= set(line.products)]
            assert value == sum(own.line(By.PRODUCT).cells[Measure.MINUTES][n] for n in inside)
            assert all(set(row) <= set(line.products) or not set(row) & set(line.products) for row in rows)
    if made.compared:
        assert sum(line.now for line in made.compared) == sum(r.minutes for r in years[0].work)
        assert sum(line.before for line in made.compared) == sum(r.minutes for r in years[1].work)


@settings(deadline=None)
@given(counts=st.lists(st.integers(0, 12), max_size=9))
def test_of_counts_in_a_line_none_under_five_is_told_also_by_their_sum(counts):
    hidden, is_total_hidden = hidden_counts(counts)
    assert all(is_hidden for count, is_hidden in zip(counts, hidden, strict=True) if is_few(count))
    known = Known()
    cells = [(n, None if hidden[n] else count) for n, count in enumerate(counts)]
    known.say(cells, ("total", None if is_total_hidden else sum(counts)))
    assert recovered(known) == {}
    held = [count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden]
    assert is_total_hidden == is_few(sum(counts))
    assert is_total_hidden or not held or (len(held) > 1 and sum(held) >= 5)
    assert any(hidden) == any(map(is_few, counts))


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_how_few_families_or_groups_there_are_is_not_told_by_all_pieces_of_work_together(families, groups, nobodys):
    """Of 21 pieces of work 20 are families': then the hidden number of groups is one."""

    def row(key, *people):
        return WorkRow("a", "a", "", Delivery.ROOM, key, 60, 0, 0, *people)

    rows = [row(f"f{n}", 1, 2, 0) for n in range(families)] + [row(f"g{n}", 0, 0, 8) for n in range(groups)]
    made = report(a_year([*rows, *(row(f"n{n}", 0, 0, 0) for n in range(nobodys))]))
    if made.too_few or not rows:
        return
    wholes, told = made.line(By.PRODUCT).totals[Measure.WHOLES], made.people
    assert wholes == families + groups + nobodys
    for number, shown, other in ((families, told.families, told.groups), (groups, told.groups, told.families)):
        assert shown in (number, None)
        if shown is None and other is not None:
            assert wholes - other >= 5, "it may be any of one to four"
    if families >= 5 and groups >= 5:
        assert (told.families, told.groups) == (families, groups)


def test_hiding_small_cells_alone_would_not_do_and_the_program_that_tries_finds_it():
    """The tries are worth something: what is hidden without a second step comes back, by algebra and by bounds."""
    known = Known()
    known.say([("a", None), ("b", 9), ("c", 7)], ("", 19))
    assert recovered(known) == {"a": "algebra"}
    known = Known()
    known.say([("a", None), ("b", None)], ("", 0))
    known.say([("b", None), ("c", None)], ("", 4))
    assert set(recovered(known)) == {"a", "b", "c"}
    low, high = bounds(np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]]), np.array([3.0, 2.0]))
    assert low.tolist() == [1, 0, 0]
    assert high.tolist() == [3, 2, 2]
    base = [[frozenset("a"), frozenset("bcdef")], [frozenset("bcdef"), frozenset("ghijk")]]
    hidden = hidden_cells(np.array([[4, 60], [70, 90]]), base)
    assert hidden.all()  # of two rows and columns one hidden cell takes the other three


def test_large_cells_stay_and_the_cheapest_go_with_a_small_one():
    many = [frozenset(f"{n}-{k}" for k in range(9)) for n in range(9)]
    bases = [[many[0], many[1], many[2]], [many[3], frozenset("x"), many[4]], [many[5], many[6], many[7]]]
    amounts = np.array([[500, 40, 700], [800, 3, 50], [900, 60, 70]])
    hidden = hidden_cells(amounts, bases)
    assert hidden.tolist() == [[False, False, False], [False, True, True], [False, True, True]]
    assert not hidden_cells(amounts, [[many[0]] * 3] * 3).any()


def test_categories_with_too_few_are_shown_together_and_never_alone():
    bases = {
        key: frozenset(range(n * 100, n * 100 + size)) for n, (key, size) in enumerate({"a": 9, "b": 2, "c": 6}.items())
    }
    bases = {key: frozenset(map(str, base)) for key, base in bases.items()}
    assert together(bases) == (("a",), ("b", "c"))
    assert together({**bases, "d": frozenset(("x", "y", "z"))}) == (("a",), ("c",), ("b", "d"))
    assert together({"a": bases["a"], "e": frozenset()}) == (("a",), ("e",))
    assert joined([("a",), ("b", "c")], [("a", "b"), ("d",)]) == (("d",), ("a", "b", "c"))


def test_a_year_that_rests_on_too_few_tells_the_workers_hours_alone():
    row = WorkRow("mim", "Kunta", "", Delivery.ROOM, "1", 90, 0, 0, 1, 2, 0)
    made = report(a_year([row, replace(row, whole_id="2")]))
    assert made.too_few
    assert (made.lines, made.crossed, made.people.families) == ((), (), None)
    assert made.minutes == 180


def test_waits_are_told_by_their_median_and_quartiles_of_five_or_more():
    assert spread([1, 2, 3, 4]) is None
    found = spread([7, 1, 3, 5, 9])
    assert (found.number, found.low, found.median, found.high) == (5, 3, 5, 7)
    assert spread([1, 2, 3, 4, 5, 6]).low == 2.25
    day = date(2026, 1, 1)
    waits = [
        WaitRow("K" if n < 6 else "L", day, date(2026, 1, 3 + n), date(2026, 3, 1) if n else None) for n in range(8)
    ]
    whole = [WorkRow("mim", "K", "", Delivery.ROOM, str(n), 60, 0, 0, 1, 1, 0) for n in range(6)]
    (every,) = report(a_year(whole, waits=waits)).waits  # two of one customer: together with the other, so one line
    assert every.to_meeting.number == 8
    assert every.to_meeting.median == 5.5
    assert every.between.number == 7
