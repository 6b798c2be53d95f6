"""What of hours leaves the archive: a year as PDF or CSV, and a frozen month to sign. Invoices have `invoices`.

Files are written whole or not at all, and every one is in the access log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.casework.page_heads import page_head
from app.exchange.spreadsheets import csv_file
from app.garbage import paused
from app.hours.closing import Closed
from app.hours.entries import added_up
from app.hours.participants_told import told_on
from app.hours.products import catalogue
from app.hours.told_tables import told_parts
from app.hours.work_words import what_called
from app.hours.year_tables import Part, YearTables, count_cell, hours_cell
from app.i18n import Texts, today
from app.model.hours import Period, WorkEntry
from app.model.people import Worker
from app.model.sought import Side
from app.model.units import Year
from app.office.workers import names_of_workers
from app.ports import Cancelled, Store
from app.statistics.work_report import WorkReport, report
from app.whole_file import write_whole

if TYPE_CHECKING:
    from app.reports.hours_pdf import HoursPaper, PaperPart

#: columns of a table across a page; what is named is the widest of them
_MOST_ON_PAPER = 6
_LAST_MONTH = 12


def year_report(
    store: Store, year: Year, side: Side, cancelled: Cancelled, compared_with: Year | None = None
) -> WorkReport:
    """A year of one side of the wall, beside another where one is named. For a job. Raises Cancelled, StoreError."""
    with paused():  # none of the ten thousands of rows is garbage before the report is made
        now = store.year_of_work(year, side, cancelled)
        before = None if compared_with is None else store.year_of_work(compared_with, side, cancelled)
        return report(now, before)


def title_of(texts: Texts, made: Closed) -> str:
    """Which year, of what, and until when where it is not the whole."""
    title = _title(texts, made.report)
    if made.last.month == _LAST_MONTH:
        return title
    return texts.tr("{title}, until {day}", title=title, day=texts.date(made.last))


def _title(t: Texts, found: WorkReport) -> str:
    if found.side == Side.CLIENTS:
        return t.tr("Statistics {year}: client work", year=found.year)
    return t.tr("Statistics {year}: supervision and training", year=found.year)


def year_tables(store: Store, texts: Texts, found: WorkReport) -> YearTables:
    """The tables as they are now, with the names of the workers, and what was told of the year. Raises StoreError.

    For the office's own eyes: what may leave is `leaving_tables`.
    """
    told = told_parts(texts, told_on(store, found.year, found.side), catalogue(store))
    return YearTables(texts, found, names_of_workers(store), told, catalogue(store))


def leaving_tables(store: Store, texts: Texts, made: Closed) -> YearTables:
    """The tables of what is closed, read from nothing but what was kept. Raises StoreError."""
    products = catalogue(store)
    told = told_parts(texts, made.told, products)
    return YearTables(texts, made.report, names_of_workers(store), told, products)


# ── a year ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def save_year_csv(store: Store, texts: Texts, found: Closed, path: Path, *, workers: bool = True) -> None:
    """All tables below each other, as a Finnish Excel opens them. Raises AppError `cannot-write`, StoreError."""
    made = leaving_tables(store, texts, found)
    rows: list[tuple[str, ...]] = [(title_of(texts, found),)]
    for part in made.parts(workers=workers):
        rows += [(), (part.title,), *part.table.exported()]
    write_whole(path, csv_file(rows, made.notes))
    _note(store, "statistics", found)


def save_year_pdf(store: Store, texts: Texts, found: Closed, path: Path, *, workers: bool = True) -> None:
    """With the letterhead of the worker's employer. Raises AppError `cannot-write`, StoreError."""
    from app.reports.hours_pdf import HoursPaper, hours_pdf

    made = leaving_tables(store, texts, found)
    parts = tuple(p for part in made.parts(workers=workers) for p in _on_paper(texts, part))
    head = page_head(store, texts, store.worker.employer)
    lead = texts.tr("Sums of the office's hours. No client is named, and nothing here tells how well anybody works.")
    paper = HoursPaper(title_of(texts, found), lead, (), parts, made.notes, head=head)
    write_whole(path, hours_pdf(paper, texts, today()))
    _note(store, "statistics", found)


def _on_paper(texts: Texts, part: Part) -> Iterator[PaperPart]:
    """A table that a page is too narrow for stands on it as two: the hours, and then meetings and people."""
    from app.reports.hours_pdf import PaperPart

    head = tuple(column.name for column in part.table.columns)
    rows = (head, *(tuple(cell.shown for cell in row) for row in part.table.rows))
    if len(head) <= _MOST_ON_PAPER:
        yield PaperPart(part.title, part.about, rows, part.picture)
        return
    yield PaperPart(part.title, part.about, tuple(row[:_MOST_ON_PAPER] for row in rows), part.picture)
    rest = tuple((row[0], *row[_MOST_ON_PAPER:]) for row in rows)
    yield PaperPart(texts.tr("{title}: meetings and people", title=part.title), "", rest)


def _note(store: Store, what: str, found: Closed) -> None:
    report, until = found.report, found.last.isoformat()
    store.note("export", Worker, store.me, f"{what}={report.year};side={report.side.value};until={until}")


# ── a frozen month ───────────────────────────────────────────────────────────────────────────────────────────────────


def save_period(store: Store, texts: Texts, period: Period, path: Path) -> None:
    """A frozen period with its figures, and lines for those who confirm it on paper. Raises AppError `cannot-write`."""
    from app.reports.hours_pdf import hours_pdf

    write_whole(path, hours_pdf(period_paper(store, texts, period), texts, today()))
    store.note("export", Worker, store.me, f"period={period.first.isoformat()}")


def period_paper(store: Store, texts: Texts, period: Period) -> HoursPaper:
    """What stands on it. Raises StoreError."""
    from app.reports.hours_pdf import HoursPaper, PaperPart

    t, me = texts, store.worker
    entries, named = store.find(WorkEntry, period_id=period.id), catalogue(store)
    head = (t.tr("Service"), t.tr("What was done"), t.tr("Entries"), t.tr("Hours"), t.tr("45 min"), t.tr("Kilometers"))
    rows = [
        (
            named.called(t, f.product), what_called(t, f.what), count_cell(t, f.entries).shown,
            hours_cell(t, f.minutes).shown, hours_cell(t, f.minutes, units=True).shown, count_cell(t, f.km).shown,
        )
        for f in period.figures
    ]  # fmt: skip
    whole = sum(f.km for f in period.figures)
    rows.append(
        (t.tr("Together"), "", count_cell(t, sum(f.entries for f in period.figures)).shown,
         hours_cell(t, period.minutes).shown, hours_cell(t, period.minutes, units=True).shown,
         count_cell(t, whole).shown)
    )  # fmt: skip
    names = names_of_workers(store)
    partners = sorted({names[e.partner_id] for e in entries if e.partner_id in names}, key=str.casefold)
    days = f"{t.date(period.first)}–{t.date(period.last)}"
    facts = (
        (t.tr("Worker"), me.name),
        (t.tr("Days"), days),
        (t.tr("Closed"), t.date(period.frozen.astimezone().date())),
    )
    office = ((t.tr("Region office"), me.office),) if me.office else ()
    lead = t.tr("Hours confirmed by the worker and by the work partner of what was done together. They change no more.")
    sums = _by_what(t, entries)
    return HoursPaper(
        t.tr("Working hours"), lead, (*facts, *office),
        (PaperPart(t.tr("By service"), "", (head, *rows)), PaperPart(t.tr("By what was done"), "", sums)),
        (), (me.name, *partners, t.tr("Superior")), page_head(store, t, me.employer),
    )  # fmt: skip


def _by_what(t: Texts, entries: Sequence[WorkEntry]) -> tuple[tuple[str, ...], ...]:
    head = (t.tr("What was done"), t.tr("60 min"), t.tr("45 min"))
    rows = [
        (what_called(t, what), hours_cell(t, minutes).shown, hours_cell(t, minutes, units=True).shown)
        for what, minutes in added_up(entries).items()
    ]
    return (head, *rows)
