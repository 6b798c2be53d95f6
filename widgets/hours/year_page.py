"""A year of the office: tables and charts of one side of the wall, beside the year before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QVBoxLayout, QWidget

from app.hours.papers import save_year_csv, save_year_pdf, year_report, year_tables
from app.hours.year_tables import Part
from app.jobs import Job, JobLane
from app.model.sought import Side
from app.statistics.work_report import WorkReport
from app.workspace import Workspace
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.forms.form import below_name, named
from widgets.forms.inputs import Choice
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, clear, label, section_label, stacked
from widgets.numbers.chart_view import ChartView
from widgets.numbers.sheet_table import SheetTable

_CSV = "CSV (*.csv)"


class YearPage(QWidget):
    """Counts in a job whenever a year or side is chosen; what is shown is one value that the files are made of."""

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self._space, self._look, self._texts = workspace, look, workspace.texts
        self._files = FileDialogs(self)
        self._job: Job | None = None
        self.found: WorkReport | None = None
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
        self.workers = QCheckBox(t.tr("With hours of the workers"))
        self.workers.setChecked(True)
        self.workers.toggled.connect(lambda _: self._show())
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        bar = beside(
            named(t.tr("Year"), self.year), *(below_name(made) for made in self.sides.values()), None,
            below_name(self.workers), spacing=10,
        )  # fmt: skip
        self.setLayout(stacked(bar, self._column, None, spacing=14, margins=(24, 18, 24, 24)))

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

        def count(job: Job) -> WorkReport:
            return year_report(store, year, side, job.cancelled, before)

        self._job = self._space.jobs.run(
            self._texts.tr("Counting the year"), count, self._take, self._space.notices.trouble, lane=JobLane.ARCHIVE
        )

    def _turn(self, side: Side) -> None:
        self.side = side
        self.refresh()

    def _take(self, found: WorkReport | None) -> None:
        self._job, self.found = None, found
        self._show()

    def _show(self) -> None:
        t = self._texts
        clear(self._column)
        if self.found is None:
            words = t.tr("There are no hours yet. A year is counted here as soon as somebody has written some down.")
            self._column.addWidget(Card(label(words, "muted", wrap=True)))
            return
        if self.found.too_few:
            words = t.tr("The year rests on fewer than five cases, groups or agreements, so only hours are told.")
            self._column.addWidget(Card(label(words, wrap=True)))
        made = year_tables(self._space.store, t, self.found)
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

    # files

    @property
    def can_save(self) -> bool:
        return self.found is not None

    def save_csv(self) -> None:
        """All tables, for a spreadsheet."""
        self._save(self._texts.tr("Save as CSV"), "csv", _CSV, save_year_csv)

    def save_pdf(self) -> None:
        """All tables and charts, on paper."""
        self._save(self._texts.tr("Save as PDF"), "pdf", PDF, save_year_pdf)

    def _save(self, title: str, suffix: str, kinds: str, write: Callable[..., None]) -> None:
        t, space, found, workers = self._texts, self._space, self.found, self.workers.isChecked()
        if found is None:
            return
        path = self._files.save(title, f"{t.tr('Statistics')} {found.year}.{suffix}", kinds)
        if path is not None:
            self._write(lambda: write(space.store, t, found, path, workers=workers))

    def _write(self, write: Callable[[], object]) -> None:
        t, space = self._texts, self._space
        done = t.tr("The file was saved. It is not encrypted; no client is named in it.")
        space.jobs.run(
            t.tr("Writing the statistics"), lambda _: write(), lambda _: space.notices.done(done),
            space.notices.trouble, lane=JobLane.ARCHIVE,
        )  # fmt: skip
