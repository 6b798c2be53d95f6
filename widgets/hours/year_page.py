"""A year of the office: tables and charts of one side of the wall, beside the year before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QVBoxLayout, QWidget

from app.errors import NotAllowed
from app.hours.closing import Closed, ClosingEditor, can_close_until, closed, counted, stretches
from app.hours.papers import leaving_tables, save_year_csv, save_year_pdf, year_report, year_tables
from app.hours.year_tables import Part
from app.i18n import today
from app.jobs import Job, JobLane
from app.model.closed_statistics import ClosedStatistics
from app.model.sought import Side
from app.statistics.work_report import WorkReport
from app.workspace import Workspace
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.forms.form import below_name, named
from widgets.forms.inputs import Choice
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, clear, confirm, label, section_label, stacked
from widgets.numbers.chart_view import ChartView
from widgets.numbers.sheet_table import SheetTable

_CSV = "CSV (*.csv)"
_NOW, _LEAVING = "now", "leaving"


class YearPage(QWidget):
    """Counts in a job whenever a year or side is chosen; what is shown is one value that the files are made of."""

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self._space, self._look, self._texts = workspace, look, workspace.texts
        self._files = FileDialogs(self)
        self._job: Job | None = None
        self.found: WorkReport | None = None
        self.leaving: Closed | None = None
        t = self._texts
        self.year = Choice()
        self.year.activated.connect(lambda _: self.refresh())
        self.sides = {
            Side.CLIENTS: button(t.tr("Client work"), partial(self._turn, Side.CLIENTS), "pill"),
            Side.SUPERVISION: button(t.tr("Supervision and training"), partial(self._turn, Side.SUPERVISION), "pill"),
        }
        self._sides = QButtonGroup(self)
        for made in self.sides.values():
            made.setCheckable(True)
            self._sides.addButton(made)
        self.side = Side.CLIENTS
        self.sides[self.side].setChecked(True)
        self.which = Choice([(_NOW, t.tr("As it is now"))])
        self.which.set_value(_NOW)
        self.which.setMinimumContentsLength(20)
        self.which.activated.connect(lambda _: self._show())
        self.until = Choice()
        self.until.setMinimumContentsLength(12)
        self.close_it = button(t.tr("Close the statistics…"), self.close_statistics)
        self._closing = self._new_closing()
        self.workers = QCheckBox(t.tr("With hours of the workers"))
        self.workers.setChecked(True)
        self.workers.toggled.connect(lambda _: self._show())
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        bar = beside(
            named(t.tr("Year"), self.year), named(t.tr("Shown"), self.which),
            *(below_name(made) for made in self.sides.values()), None, below_name(self.workers), spacing=10,
        )  # fmt: skip
        self.setLayout(stacked(bar, self._closing, self._column, None, spacing=14, margins=(24, 18, 24, 24)))

    def refresh(self) -> None:
        """Count anew; what was being counted is let go. Raises StoreError."""
        store = self._space.store
        years = store.years_of_work()
        self.year.offer([(year, str(year)) for year in years])
        if self.year.value() is None and years:
            self.year.set_value(years[0])
        if self._job is not None:
            self._job.cancel()
        year = self.year.value()
        if year is None:
            self._take(None)
            return
        before = year - 1 if year - 1 in years else None
        side = self.side

        def count(job: Job) -> tuple[WorkReport, Closed | None]:
            return year_report(store, year, side, job.cancelled, before), closed(store, year, side)

        self._job = self._space.jobs.run(
            self._texts.tr("Counting the year"), count, self._take, self._space.notices.trouble, lane=JobLane.ARCHIVE
        )

    def _turn(self, side: Side) -> None:
        self.side = side
        self.refresh()

    def _take(self, found: tuple[WorkReport, Closed | None] | None) -> None:
        self._job = None
        self.found, self.leaving = found if found is not None else (None, None)
        self._offer()
        self._show()

    def _offer(self) -> None:
        """Which of the two can be shown, and until when the rest can be closed."""
        t, year = self._texts, self.year.value()
        rows = [(_NOW, t.tr("As it is now"))]
        if self.leaving is not None:
            rows.append((_LEAVING, t.tr("Closed until {day}", day=t.date(self.leaving.last))))
        self.which.set_value(_NOW if self.leaving is None else self.which.value())
        self.which.offer(rows)
        held = stretches(self._space.store, year, self.side) if year is not None else ()
        ends = can_close_until(held, year, today()) if year is not None else ()
        self.until.set_value(None)
        self.until.offer([(day, t.date(day)) for day in ends])
        self.until.set_value(ends[-1] if ends else None)
        self._closing.setVisible(bool(ends) and self.found is not None)

    def _show(self) -> None:
        t = self._texts
        clear(self._column)
        if self.found is None:
            words = t.tr("There are no hours yet. A year is counted here as soon as somebody has written some down.")
            self._column.addWidget(Card(label(words, "muted", wrap=True)))
            return
        is_leaving = self.leaving is not None and self.which.value() == _LEAVING
        found = self.leaving.report if self.leaving is not None and is_leaving else self.found
        if found.too_few:
            words = t.tr("The year rests on fewer than five cases, groups or agreements, so only hours are told.")
            self._column.addWidget(Card(label(words, wrap=True)))
        if self.leaving is not None and is_leaving:
            made = leaving_tables(self._space.store, t, self.leaving)
        else:
            made = year_tables(self._space.store, t, found)
        for part in made.parts(workers=self.workers.isChecked()):
            self._part(part)
        for note in made.notes:
            said = label(note, "caption", wrap=True)
            said.setMaximumWidth(880)
            line = beside(said, None)  # whose height is that of the words in the width that they have
            line.setStretch(0, 3)
            self._column.addLayout(line)

    def _part(self, part: Part) -> None:
        self._column.addSpacing(8)
        self._column.addWidget(section_label(part.title))
        if part.about:
            self._column.addWidget(label(part.about, "caption", wrap=True))
        if part.picture is not None:
            self._column.addWidget(Card(ChartView(part.picture, self._look)))
        self._column.addWidget(SheetTable(part.table, part.title))

    # what may leave

    def _new_closing(self) -> QWidget:
        t = self._texts
        about = t.tr(
            "Only closed statistics are saved as files. They are counted once and stay, and hours on their days change "
            "no more: two countings at different times would tell by their difference of a single family."
        )
        fields = beside(named(t.tr("Until"), self.until), below_name(self.close_it), None, spacing=12)
        return Card(label(about, "muted", wrap=True), fields)

    def close_statistics(self) -> None:
        """Asked first: what is closed is not opened again."""
        t, space, year, side, last = self._texts, self._space, self.year.value(), self.side, self.until.value()
        question = t.tr("Close the statistics until {day}? Hours until then change no more.", day=t.date(last))
        if confirm(self, t, question, t.tr("Close the statistics")):
            space.jobs.run(
                t.tr("Closing the statistics"), lambda job: counted(space.store, year, side, last, job.cancelled),
                self._close, space.notices.trouble, lane=JobLane.ARCHIVE,
            )  # fmt: skip

    def _close(self, made: ClosedStatistics) -> None:
        editor = self._space.editor("closing", lambda: ClosingEditor(self._space.store, self._texts))
        if editor.close(made):
            self.which.set_value(_LEAVING)
        self.refresh()

    # files

    @property
    def can_save(self) -> bool:
        return self.leaving is not None

    def save_csv(self) -> None:
        """All tables, for a spreadsheet."""
        self._save(self._texts.tr("Save as CSV"), "csv", _CSV, save_year_csv)

    def save_pdf(self) -> None:
        """All tables and charts, on paper."""
        self._save(self._texts.tr("Save as PDF"), "pdf", PDF, save_year_pdf)

    def _save(self, title: str, suffix: str, kinds: str, write: Callable[..., None]) -> None:
        t, space, found, workers = self._texts, self._space, self.leaving, self.workers.isChecked()
        if found is None:
            space.notices.trouble(NotAllowed("statistics-open"))
            return
        name = t.tr("Statistics")
        path = self._files.save(title, f"{name} {found.last:%Y-%m}.{suffix}", kinds)
        if path is not None:
            self._write(lambda: write(space.store, t, found, path, workers=workers))

    def _write(self, write: Callable[[], object]) -> None:
        t, space = self._texts, self._space
        done = t.tr("The file was saved. It is not encrypted; no client is named in it.")
        space.jobs.run(
            t.tr("Writing the statistics"), lambda _: write(), lambda _: space.notices.done(done),
            space.notices.trouble, lane=JobLane.ARCHIVE,
        )  # fmt: skip
