"""Reports of one year made at different times: nothing hidden comes back from all of them together."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import NotAllowed
from app.hours import closing
from app.hours.closing import ClosingEditor, can_close_until, closed, counted, stretches
from app.hours.entries import HoursEditor
from app.i18n import now
from app.model.change import Change, added, removed
from app.model.hours import Work, WorkEntry
from app.model.identity import new_id
from app.model.meeting import Delivery
from app.model.sought import Side
from app.model.worked import WorkRow
from app.statistics.hiding import is_few
from app.statistics.merged import merged
from app.statistics.work_columns import By
from app.statistics.work_report import Measure, report
from tests.app.statistics.test_hiding import OCCASION, ROW, a_year
from tests.drivers.recovering import Known, recovered, shown_by
from tests.material.house import Home

A_ROW = WorkRow("mim", "Kunta", "", Delivery.ROOM, "0", 100, 0, 0, 1, 2, 0)
STRETCHES = st.lists(
    st.tuples(st.lists(ROW, max_size=60), st.lists(OCCASION, max_size=30)), min_size=2, max_size=4
)  # fmt: skip


def say_sums(known, parts, whole):
    """What a sum of stretches says of the cells of each: names are those that `shown_by` gives them, by stretch."""
    for table in whole.lines:
        for measure, cells in table.cells.items():
            for row, value in zip(table.rows, cells, strict=True):
                inside = [
                    ((n, table.by, held, measure), cell)
                    for n, part in enumerate(parts)
                    if (other := part.line(table.by)) is not None
                    for held, cell in zip(other.rows, other.cells[measure], strict=True)
                    if set(held) <= set(row)
                ]
                known.say(inside, (("sum", len(parts), table.by, row, measure), value))
    for table in whole.crossed:
        for row, cells in zip(table.rows, table.cells, strict=True):
            for column, value in zip(table.columns, cells, strict=True):
                inside = [
                    ((n, table.by, r, c), cell)
                    for n, part in enumerate(parts)
                    for other in part.crossed
                    if other.by == table.by
                    for r, line in zip(other.rows, other.cells, strict=True)
                    for c, cell in zip(other.columns, line, strict=True)
                    if set(r) <= set(row) and set(c) <= set(column)
                ]
                known.say(inside, (("sum", len(parts), table.by, row, column), value))


@settings(max_examples=60, deadline=None)
@given(some=STRETCHES)
def test_of_all_reports_of_a_growing_year_no_hidden_cell_comes_back(some):
    parts = [report(a_year(work, occasions)) for work, occasions in some]
    told = [part for part in parts if not part.too_few]
    known = Known()
    for n, part in enumerate(told):
        alone = shown_by(part)
        for sums, rest in alone.sums:
            names = {place: name for name, place in alone.names.items()}
            known.sums.append(
                ({known.names.setdefault((n, *names[p]), len(known.names)): sign for p, sign in sums.items()}, rest)
            )
    for until in range(2, len(told) + 1):
        say_sums(known, told[:until], merged(told[:until]))
    assert recovered(known) == {}


@settings(max_examples=60, deadline=None)
@given(some=STRETCHES)
def test_the_difference_of_any_two_reports_of_a_year_rests_on_none_or_on_five(some):
    years = [a_year(work, occasions) for work, occasions in some]
    reports = [merged([report(year) for year in years[:until]]) for until in range(1, len(years) + 1)]
    for early, late in combinations(range(len(reports)), 2):
        between = [row for year in years[early + 1 : late + 1] for row in year.work]
        tables = {t.by: t for t in reports[early].lines}
        for table in reports[late].lines:
            if table.by not in tables:
                continue
            for row, value in zip(table.rows, table.cells[Measure.MINUTES], strict=True):
                inside = [n for n, key in enumerate(tables[table.by].rows) if set(key) <= set(row)]
                before = sum(tables[table.by].cells[Measure.MINUTES][n] for n in inside)
                some_rows = [r for r in between if getattr(r, table.by) in row]
                shown = [y for y in years[early + 1 : late + 1] if not report(y).too_few]
                assert value - before == sum(r.minutes for y in shown for r in y.work if getattr(r, table.by) in row)
                each = [{r.whole_id for r in y.work if getattr(r, table.by) in row} - {""} for y in shown]
                assert not any(is_few(len(base)) for base in each)
                assert some_rows or value == before


def test_two_countings_of_the_same_days_tell_by_their_difference_what_came_between():
    """Why stretches are counted once: each report alone is safe, and the second gives one family's hours away."""
    early = [replace(A_ROW, whole_id=str(n)) for n in range(6)]
    later = [*early, replace(A_ROW, whole_id="6", minutes=37)]
    first, second = (report(a_year(work)).line(By.CUSTOMER).cells[Measure.MINUTES] for work in (early, later))
    assert second[0] - first[0] == 37


# ── in the archive ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def home():
    return Home()


def put(home, day, number, **fields):
    made = [
        WorkEntry(
            new_id(), home.a.me, day, 60, ("mim", "parenting")[n % 2], Work.MEETING, whole_id=f"w{n}", children=1,
            customer=("Kunta", "Satula")[n % 3 == 0], confirmed=now(), **fields,
        )
        for n in range(number)
    ]  # fmt: skip
    home.a.apply("x", [added(e) for e in made])
    return made


def close(home, last, year=2025):
    made = counted(home.a, year, Side.CLIENTS, last, lambda: False)
    assert ClosingEditor(home.a, home.texts).close(made)
    return made


def test_a_stretch_is_counted_once_and_hours_on_its_days_change_no_more(home):
    (held, *_) = put(home, date(2025, 2, 3), 12)
    assert closed(home.a, 2025, Side.CLIENTS) is None
    assert can_close_until((), 2025, date(2025, 4, 1)) == (date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31))
    close(home, date(2025, 3, 31))
    first = closed(home.a, 2025, Side.CLIENTS)
    assert first.report.minutes == 720
    assert first.report.line(By.PRODUCT).cells[Measure.WHOLES] == (6, 6)
    put(home, date(2025, 4, 2), 12)
    assert closed(home.a, 2025, Side.CLIENTS) == first  # printing again reads what was kept
    for change in (
        Change(held, replace(held, minutes=30, confirmed=None)),
        removed(held),
        added(replace(held, id=new_id(), confirmed=None)),
        Change(held, replace(held, day=date(2025, 5, 2), confirmed=None)),
    ):
        with pytest.raises(NotAllowed, match="hours-counted"):
            home.a.apply("x", [change])
    home.a.apply("x", [Change(held, replace(held, confirmed=None))])  # what is no figure of it goes on
    assert can_close_until(stretches(home.a, 2025, Side.CLIENTS), 2025, date(2025, 5, 1)) == (date(2025, 4, 30),)
    close(home, date(2025, 12, 31))
    whole = closed(home.a, 2025, Side.CLIENTS)
    assert (whole.report.minutes, whole.last, whole.report.people) == (1440, date(2025, 12, 31), None)
    assert sum(whole.report.line(By.PRODUCT).cells[Measure.MINUTES]) == 1440
    made = stretches(home.a, 2025, Side.CLIENTS)[0]
    for key, change in (
        ("statistics-closed", removed(made)),
        ("statistics-closed", Change(made, replace(made, report="{}"))),
        ("statistics-days", added(replace(made, id=new_id()))),
    ):
        with pytest.raises(NotAllowed, match=key):
            home.a.apply("x", [change])
    other = HoursEditor(home.a, home.texts, date(2025, 2, 3))
    assert other.add(date(2025, 2, 3), 30, "training", Work.MEETING)  # the other side of the wall is open


def test_hours_that_are_written_while_it_is_counted_are_not_left_out_for_good(home):
    put(home, date(2025, 2, 3), 12)
    made = counted(home.a, 2025, Side.CLIENTS, date(2025, 3, 31), lambda: False)
    put(home, date(2025, 3, 3), 6)  # a colleague, at the office's server
    editor = ClosingEditor(home.a, home.texts)
    refused = []
    editor.refused.connect(lambda error: refused.append(error.key))
    assert not editor.close(made)
    assert (refused, stretches(home.a, 2025, Side.CLIENTS)) == (["statistics-changed"], ())
    close(home, date(2025, 3, 31))
    assert closed(home.a, 2025, Side.CLIENTS).report.minutes == 18 * 60


def test_a_whole_closed_year_stands_beside_the_one_before_when_both_are_closed(home):
    for year in (2024, 2025):
        put(home, date(year, 2, 3), 12)
    close(home, date(2025, 12, 31))
    assert closed(home.a, 2025, Side.CLIENTS).report.compared == ()
    close(home, date(2024, 12, 31), 2024)
    found = closed(home.a, 2025, Side.CLIENTS).report
    assert found.compared_with == 2024
    assert sum(line.before for line in found.compared) == sum(line.now for line in found.compared) == 720
    assert closing.closed(home.a, 2024, Side.CLIENTS).report.compared == ()


def test_days_of_a_stretch_are_those_between_and_no_others(home):
    put(home, date(2025, 3, 31), 6)
    put(home, date(2025, 4, 1), 7)
    days = date(2025, 1, 1), date(2025, 3, 31)
    assert len(home.a.work_between(*days, Side.CLIENTS).work) == 6
    assert home.a.work_between(days[1] + timedelta(days=1), date(2025, 12, 31), Side.CLIENTS).work != ()
    assert home.a.work_between(date(2025, 1, 1), date(2025, 12, 31), Side.CLIENTS) == home.a.year_of_work(
        2025, Side.CLIENTS
    )
