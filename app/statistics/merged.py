"""Reports of stretches that follow one another as one: sums of what each shows, and nothing that is not in them.

Whatever is added up of reports tells nothing that they do not tell. So what one of them hides is hidden in the sum, and
what cannot be added up (people and pieces of work, who may be in both; medians) is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.model.worked import WorkerRow
from app.statistics.hiding import joined
from app.statistics.work_columns import By
from app.statistics.work_report import Compared, CrossTable, Key, LineTable, Measure, WorkReport

#: what is counted once in each stretch and may be in several
_ONCE = (Measure.WHOLES, Measure.CHILDREN, Measure.ADULTS, Measure.PARTICIPANTS)


def merged(reports: Sequence[WorkReport]) -> WorkReport:
    """One report of some stretches of one year and side. Those that rest on too few add the workers' hours alone."""
    if len(reports) == 1:
        return reports[0]
    told = [report for report in reports if not report.too_few and report.lines]
    lines = tuple(made for by in By if (made := _line(by, [t for r in told if (t := r.line(by)) is not None])))
    pairs = dict.fromkeys(table.by for report in told for table in report.crossed)
    crossed = tuple(cross for pair in pairs if (cross := _crossed(pair, told)) is not None)
    few = not told and any(report.too_few for report in reports)
    minutes = sum(report.minutes for report in reports)
    workers = _workers(row for report in reports for row in report.workers)
    return WorkReport(reports[0].year, reports[0].side, few, minutes, None, lines, crossed, (), workers)


def beside(now: WorkReport, before: WorkReport) -> WorkReport:
    """The first with the hours of another year's report, in rows that both show."""
    tables = now.line(By.PRODUCT), before.line(By.PRODUCT)
    if tables[0] is None or tables[1] is None:
        return now
    rows = joined(tables[0].rows, tables[1].rows)
    sums = [_added(rows, table.rows, table.cells[Measure.MINUTES]) for table in tables if table is not None]
    if any(value is None for values in sums for value in values):
        return now
    compared = tuple(Compared(row, a or 0, b or 0) for row, a, b in zip(rows, *sums, strict=True))
    return replace(now, compared=compared, compared_with=before.year)


def _line(by: By, tables: Sequence[LineTable]) -> LineTable | None:
    if not tables:
        return None
    rows = joined(*(table.rows for table in tables))
    measures = [m for m in Measure if m not in _ONCE]
    parts = {m: [_added(rows, table.rows, table.cells[m]) for table in tables] for m in measures}
    cells = {m: tuple(_sum(values) for values in zip(*parts[m], strict=True)) for m in measures}
    return LineTable(by, rows, cells, {m: _sum(table.totals[m] for table in tables) for m in measures})


def _crossed(pair: tuple[By, By], reports: Sequence[WorkReport]) -> CrossTable | None:
    """None where a report has no such table: then nobody knows what its cells would be."""
    tables = [table for report in reports for table in report.crossed if table.by == pair]
    if len(tables) < len(reports):
        return None
    rows, columns = joined(*(t.rows for t in tables)), joined(*(t.columns for t in tables))
    if min(len(rows), len(columns)) < 2:
        return None
    cells = tuple(tuple(_sum(_cell(table, row, column) for table in tables) for column in columns) for row in rows)
    return CrossTable(
        pair, rows, columns, cells,
        tuple(sum(_whole(table.rows, table.row_totals, row) for table in tables) for row in rows),
        tuple(sum(_whole(table.columns, table.column_totals, column) for table in tables) for column in columns),
    )  # fmt: skip


def _cell(table: CrossTable, row: Key, column: Key) -> int | None:
    return _sum(
        table.cells[r][c]
        for r, held in enumerate(table.rows)
        if set(held) <= set(row)
        for c, other in enumerate(table.columns)
        if set(other) <= set(column)
    )


def _whole(keys: Sequence[Key], totals: Sequence[int], wanted: Key) -> int:
    return sum(total for key, total in zip(keys, totals, strict=True) if set(key) <= set(wanted))


def _added(rows: Sequence[Key], keys: Sequence[Key], values: Sequence[int | None]) -> list[int | None]:
    """By row the sum of what stands within it; None where any of that is hidden."""
    some = list(zip(keys, values, strict=True))
    return [_sum(value for key, value in some if set(key) <= set(row)) for row in rows]


def _sum(values: Iterable[int | None]) -> int | None:
    held = list(values)
    return None if any(value is None for value in held) else sum(value for value in held if value is not None)


def _workers(rows: Iterable[WorkerRow]) -> tuple[WorkerRow, ...]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in rows:
        for place, value in enumerate((row.minutes, row.travel, row.confirmed, row.frozen)):
            sums[row.worker_id][place] += value
    return tuple(WorkerRow(key, *sums[key]) for key in sorted(sums))
