"""A year's statistics in words: titled tables and charts, the same on the screen, on paper and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.charts.bars import Cell as BarCell
from app.charts.bars import Head, grid
from app.charts.picture import Picture
from app.hours.products import Catalogue, shipped_catalogue
from app.i18n import Texts
from app.model.hours import units_of
from app.model.units import Minutes
from app.statistics.waiting import Spread
from app.statistics.work_columns import By
from app.statistics.work_report import CrossTable, Key, LineTable, Measure, People, WaitLine, WorkReport
from app.tables import Cell, Column, Table
from app.vocabulary import StatementTexts

#: what is hidden, as official statistics of Finland mark it
HIDDEN = ".."
#: a table of two lists is as wide as a page when it has no more columns
_MOST_COLUMNS = 7
#: the widest list that a chart shows
_MOST_BARS = 14


@dataclass(frozen=True, slots=True)
class Part:
    """One titled table of the statistics. `key` names it in files; `about` says what it counts."""

    key: str
    title: str
    about: str
    table: Table
    picture: Picture | None = None


def hours_cell(texts: Texts, minutes: Minutes | None, *, units: bool = False) -> Cell:
    """Hours, or units of 45 minutes, with one digit; what is None is hidden."""
    if minutes is None:
        return Cell(HIDDEN, HIDDEN, is_figure=True)
    value = units_of(minutes) if units else minutes / 60
    plain = f"{value:.2f}"
    return Cell(texts.number(value, 1), plain.replace(".", ",") if texts.comma else plain, is_figure=True)


def count_cell(texts: Texts, number: int | None) -> Cell:
    """A number of people or times; what is None is hidden."""
    if number is None:
        return Cell(HIDDEN, HIDDEN, is_figure=True)
    return Cell(texts.number(number), str(number), is_figure=True)


class YearTables:
    """The parts of one report in one language. `names` are those of the workers, by id; `told` stands behind them."""

    def __init__(
        self,
        texts: Texts,
        report: WorkReport,
        names: Mapping[str, str],
        told: tuple[Part, ...] = (),
        products: Catalogue | None = None,
    ) -> None:
        """`products` are those of the archive; without them the program's own."""
        self._t, self._report, self._names, self._told = texts, report, names, told
        self._products = products or shipped_catalogue()

    def parts(self, *, workers: bool = True) -> tuple[Part, ...]:
        """In their order; without the workers' hours in what goes to an orderer."""
        return tuple(self._all(workers=workers))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the figures rest on."""
        t = self._t
        hidden = t.tr(
            "{sign} is hidden: fewer than five, or together with others it would tell of fewer than five. What rests "
            "on fewer than five cases, groups or agreements stands together on one row.",
            sign=HIDDEN,
        )
        counted = t.tr(
            "A meeting is counted once, however many workers were there. Hours are those written down, also of periods "
            "that are open. A unit is 45 minutes."
        )
        if self._report.people is not None or self._report.too_few:
            return hidden, counted
        stretches = t.tr(
            "Counted in stretches, each once: what one of them hides is hidden in the sum. People, cases and waiting "
            "are told of a stretch alone, for they may be in several."
        )
        return hidden, counted, stretches

    def _all(self, *, workers: bool) -> Iterator[Part]:
        report = self._report
        if not report.too_few:
            if report.people is not None:
                yield self._people(report.people)
            if report.compared:
                yield self._compared()
            yield from map(self._line, report.lines)
            yield from map(self._crossed, report.crossed)
            if report.waits:
                yield self._waits()
        if workers and report.workers:
            yield self._workers()
        yield from self._told

    # rows

    def _row_name(self, by: By, row: Key, *, short: bool = False) -> str:
        if len(row) == 1:
            return self._category(by, row[0])
        if short:
            return self._t.tr("Others together")
        names = ", ".join(self._category(by, key) for key in row)
        return self._t.tr("Others together: {names}", names=names)

    def _category(self, by: By, key: str) -> str:
        t = self._t
        if by == By.PRODUCT:
            return self._products.called(t, key)
        if by == By.DELIVERY:
            return StatementTexts(t.language).of("deliveries", key)
        return key or t.tr("not said")

    def _by(self, by: By) -> str:
        t = self._t
        return {
            By.PRODUCT: t.tr("Service"),
            By.CUSTOMER: t.tr("Customer"),
            By.OFFICE: t.tr("Region office"),
            By.DELIVERY: t.tr("How people met"),
        }[by]

    # tables

    def _people(self, people: People) -> Part:
        t = self._t
        rows = (
            (t.tr("Families"), people.families),
            (t.tr("Children"), people.children),
            (t.tr("Adults"), people.adults),
            (t.tr("Groups"), people.groups),
            (t.tr("Participants of groups"), people.participants),
        )
        cells = tuple((Cell(name, name), count_cell(t, number)) for name, number in rows)
        columns = (Column(t.tr("Worked with")), Column(t.tr("Number"), is_figure=True))
        return Part("people", t.tr("People"), t.tr("Each is counted once in the year."), Table(columns, cells))

    def _line(self, table: LineTable) -> Part:
        t = self._t
        shown = [(measure, name) for measure, name in self._measures(table.by) if self._has(table, measure)]
        head = [
            Column(self._by(table.by)),
            Column(t.tr("Hours"), is_figure=True),
            Column(t.tr("45 min"), is_figure=True),
        ]
        head += [Column(name, is_figure=True) for _, name in shown]
        rows = [self._line_row(table, shown, n, self._row_name(table.by, row)) for n, row in enumerate(table.rows)]
        rows.append(self._line_row(table, shown, None, t.tr("Together")))
        title = t.tr("By {what}", what=self._by(table.by).lower())
        return Part(table.by, title, "", Table(tuple(head), tuple(rows)), self._bars(table, title))

    def _measures(self, by: By) -> tuple[tuple[Measure, str], ...]:
        """Columns after the hours. The same people meet in several ways, so by these they are not counted."""
        t = self._t
        people = (
            (Measure.CHILDREN, t.tr("Children")),
            (Measure.ADULTS, t.tr("Adults")),
            (Measure.PARTICIPANTS, t.tr("Participants")),
        )
        return (
            (Measure.TRAVEL, t.tr("of it travel")),
            (Measure.KM, t.tr("Kilometers")),
            (Measure.WHOLES, t.tr("Cases and groups")),
            (Measure.HELD, t.tr("Held")),
            (Measure.CANCELLED, t.tr("Cancelled")),
            (Measure.MISSED, t.tr("Did not come")),
            *(people if by != By.DELIVERY else ()),
        )

    @staticmethod
    def _has(table: LineTable, measure: Measure) -> bool:
        """Whether a column is there and has anything but nothing."""
        return any(value != 0 for value in table.cells.get(measure, ()))

    def _line_row(
        self, table: LineTable, shown: Sequence[tuple[Measure, str]], row: int | None, name: str
    ) -> tuple[Cell, ...]:
        t = self._t

        def of(measure: Measure) -> int | None:
            return table.totals[measure] if row is None else table.cells[measure][row]

        minutes = of(Measure.MINUTES)
        figures = (
            hours_cell(t, of(measure)) if measure == Measure.TRAVEL else count_cell(t, of(measure))
            for measure, _ in shown
        )
        return Cell(name, name), hours_cell(t, minutes), hours_cell(t, minutes, units=True), *figures

    def _bars(self, table: LineTable, title: str) -> Picture | None:
        t, minutes = self._t, table.cells[Measure.MINUTES]
        rows = [
            (self._row_name(table.by, row, short=True), (BarCell(value / 60, t.number(value / 60, 1)),))
            for row, value in zip(table.rows, minutes, strict=True)
            if value is not None
        ]
        if len(rows) < 2 or len(rows) > _MOST_BARS:
            return None
        told = "; ".join(f"{name}: {bars[0].words}" for name, bars in rows)
        return Picture(title, told, lambda pen: grid([Head(t.tr("Hours"))], rows, pen))

    def _crossed(self, table: CrossTable) -> Part:
        t, (first, second) = self._t, table.by
        name = t.tr("Hours by {one} and {other}", one=self._by(first).lower(), other=self._by(second).lower())
        make = self._matrix if len(table.columns) <= _MOST_COLUMNS else self._listed
        return Part(f"{first}-{second}", name, "", make(table))

    def _matrix(self, table: CrossTable) -> Table:
        t, (first, second) = self._t, table.by
        names = [self._row_name(second, column, short=True) for column in table.columns]
        columns = (Column(self._by(first)), *(Column(name, is_figure=True) for name in (*names, t.tr("Together"))))
        rows = [
            (self._row_name(first, row), (*cells, total))
            for row, cells, total in zip(table.rows, table.cells, table.row_totals, strict=True)
        ]
        rows.append((t.tr("Together"), (*table.column_totals, sum(table.row_totals))))
        return Table(columns, tuple((Cell(name, name), *(hours_cell(t, x) for x in cells)) for name, cells in rows))

    def _listed(self, table: CrossTable) -> Table:
        """A row for each pair that has hours; what is empty is left out, what is hidden is not."""
        t, (first, second) = self._t, table.by
        columns = (Column(self._by(first)), Column(self._by(second)), Column(t.tr("Hours"), is_figure=True))
        rows = [
            (self._row_name(first, row, short=True), self._row_name(second, column, short=True), value)
            for row, cells in zip(table.rows, table.cells, strict=True)
            for column, value in zip(table.columns, cells, strict=True)
            if value != 0
        ]
        return Table(columns, tuple((Cell(a, a), Cell(b, b), hours_cell(t, value)) for a, b, value in rows))

    def _compared(self) -> Part:
        t, report = self._t, self._report
        now, before = str(report.year), str(report.compared_with)
        columns = tuple(
            Column(name, is_figure=n > 0)
            for n, name in enumerate((self._by(By.PRODUCT), before, now, t.tr("Change from it")))
        )
        rows = [(self._row_name(By.PRODUCT, line.products), line.before, line.now) for line in report.compared]
        rows.append((t.tr("Together"), sum(r[1] for r in rows), sum(r[2] for r in rows)))
        cells = tuple(
            (Cell(name, name), hours_cell(t, was), hours_cell(t, is_now), self._signed(is_now - was))
            for name, was, is_now in rows
        )
        title = t.tr("Hours beside the year before")
        return Part("years", title, "", Table(columns, cells), self._two_years(title))

    def _signed(self, minutes: Minutes) -> Cell:
        made = hours_cell(self._t, minutes)
        return Cell(f"+{made.shown}", made.exported, is_figure=True) if minutes > 0 else made

    def _two_years(self, title: str) -> Picture | None:
        t, report = self._t, self._report
        rows = [
            (
                self._row_name(By.PRODUCT, line.products, short=True),
                tuple(BarCell(m / 60, t.number(m / 60, 1)) for m in (line.before, line.now)),
            )
            for line in report.compared
        ]
        if not 2 <= len(rows) <= _MOST_BARS:
            return None
        heads = [Head(str(report.compared_with)), Head(str(report.year))]
        told = "; ".join(f"{name}: {was.words}, {is_now.words}" for name, (was, is_now) in rows)
        return Picture(title, told, lambda pen: grid(heads, rows, pen))

    def _waits(self) -> Part:
        t = self._t
        columns = (
            Column(t.tr("Customer")),
            Column(t.tr("Orders"), is_figure=True),
            Column(t.tr("Order to first meeting"), is_figure=True),
            Column(t.tr("Order to statement"), is_figure=True),
            Column(t.tr("Meeting to statement"), is_figure=True),
        )
        about = t.tr(
            "Days, by commissions ordered in the year: half took the median or less; in brackets both quartiles."
        )
        rows = tuple(self._wait(line) for line in self._report.waits)
        return Part("waiting", t.tr("Waiting"), about, Table(columns, rows))

    def _wait(self, line: WaitLine) -> tuple[Cell, ...]:
        t = self._t
        name = self._row_name(By.CUSTOMER, line.customers) if line.customers else t.tr("Together")
        number = count_cell(t, line.orders)
        return Cell(name, name), number, *map(self._spread, (line.to_meeting, line.to_statement, line.between))

    def _spread(self, found: Spread | None) -> Cell:
        t = self._t
        if found is None:
            return Cell(HIDDEN, HIDDEN, is_figure=True)
        low, median, high = (
            t.number(x) if x == int(x) else t.number(x, 1) for x in (found.low, found.median, found.high)
        )
        words = f"{median} ({low}–{high})"
        return Cell(words, words, is_figure=True)

    def _workers(self) -> Part:
        t = self._t
        names = (
            t.tr("Hours"),
            t.tr("45 min"),
            t.tr("of it travel"),
            t.tr("confirmed by both"),
            t.tr("in closed periods"),
        )
        columns = (Column(t.tr("Worker")), *(Column(name, is_figure=True) for name in names))
        rows = sorted(
            ((self._names.get(row.worker_id, t.tr("not known")), row) for row in self._report.workers),
            key=lambda pair: pair[0].casefold(),
        )
        cells = tuple(
            (
                Cell(name, name), hours_cell(t, row.minutes), hours_cell(t, row.minutes, units=True),
                *(hours_cell(t, minutes) for minutes in (row.travel, row.confirmed, row.frozen)),
            )
            for name, row in rows
        )  # fmt: skip
        about = t.tr("By name. Hours alone: they tell how much was done, never how well.")
        return Part("workers", t.tr("Hours of the workers"), about, Table(columns, cells))
