"""*Kalenteri*: the meetings of the worker's own cases by month or week; code names only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QWidget

from app.casework.agenda import save_agenda, save_calendar
from app.casework.calendar import Entry, entries, later_month, on, week_of, weeks_of
from app.door import Written
from app.errors import AppError
from app.i18n import today
from app.jobs import JobLane
from app.model.apart import KeptApart
from app.model.circumstance import Circumstance
from app.model.meeting import Meeting, Outcome
from app.model.people import Case, Person
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.calendar.day_grid import DayGrid
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.look.look import Look
from widgets.look.parts import ListCard, Row, beside, button, clear, label, scrolled, section_label, stacked
from widgets.screen import Go, Screen

SHOWN = (Meeting, Case, Person, KeptApart, Circumstance)
SIDE = 320


class CalendarScreen(Screen):
    """A day is chosen in the grid; its meetings stand beside with what opens each."""

    def __init__(self, workspace: Workspace, look: Look, go: Go) -> None:
        super().__init__(workspace, look, go)
        t = self.texts
        self.day = today()
        self.by_week = False
        self.found: tuple[Entry, ...] = ()
        self._told: tuple[date, tuple[Entry, ...]] | None = None
        self._files = FileDialogs(self)
        self.grid = DayGrid(look, t)
        self.grid.day_chosen.connect(self._choose)
        self.month = button(t.tr("Month"), partial(self._turn, by_week=False), "pill")
        self.week = button(t.tr("Week"), partial(self._turn, by_week=True), "pill")
        self._views = QButtonGroup(self)
        for made in (self.month, self.week):
            made.setCheckable(True)
            self._views.addButton(made)
        self.earlier = button(t.tr("Earlier"), partial(self.step, -1))
        self.now = button(t.tr("Today"), self._to_today)
        self.later = button(t.tr("Later"), partial(self.step, 1))
        self._days = label("", "heading")
        self.ics = button(t.tr("Save for another calendar…"), self.save_ics)
        self.pdf = button(t.tr("Save as PDF…"), self.save_pdf)
        self.set_actions(self.ics, self.pdf)
        self._list = stacked(spacing=10, margins=(0, 0, 8, 0))
        side = QWidget()
        side.setLayout(self._list)
        aside = scrolled(side)
        aside.setFixedWidth(SIDE)
        bar = beside(self._days, None, self.month, self.week, self.earlier, self.now, self.later, spacing=8)
        body = beside(self.grid, aside, spacing=20)
        body.setStretch(0, 1)
        whole = stacked(bar, body, spacing=14, margins=(24, 18, 16, 20))
        whole.setStretch(1, 1)
        inside = QWidget()
        inside.setLayout(whole)
        self.column.addWidget(inside, 1)
        self.set_title(t.tr("Calendar"), t.tr("own cases, by code name"))
        workspace.changed.connect(self._on_changed)

    def main_thing(self) -> QWidget:
        return self.grid

    def opened(self, **_ids: str) -> None:
        self.refresh()

    def refresh(self) -> None:
        """The days read anew."""
        t = self.texts
        weeks = (week_of(self.day),) if self.by_week else weeks_of(self.day)
        first, last = self._span()
        try:
            self.found = entries(self.workspace.store, t, first, last, today())
        except AppError as error:
            self.workspace.notices.trouble(error)
            return
        only = None if self.by_week else self.day.month
        self.grid.show_weeks(weeks, self.found, self.day, today(), only)
        self.month.setChecked(not self.by_week)
        self.week.setChecked(self.by_week)
        span = f"{t.date(first)} – {t.date(last)}"
        month = t.month(self.day)
        self._days.setText(span if self.by_week else month[:1].upper() + month[1:])
        self._show_day()

    def step(self, by: int) -> None:
        """So many weeks or months on."""
        self.day = self.day + timedelta(weeks=by) if self.by_week else later_month(self.day, by)
        self.refresh()

    def _turn(self, *, by_week: bool) -> None:
        self.by_week = by_week
        self.refresh()

    def _to_today(self) -> None:
        self.day = today()
        self.refresh()

    def _choose(self, day: date) -> None:
        self.day = day
        self._show_day()

    def _show_day(self) -> None:
        t, held = self.texts, on(self.found, self.day)
        if (self.day, held) == self._told:
            return  # as it stands: its rows need not be made anew
        self._told = self.day, held
        clear(self._list)
        self._list.addWidget(section_label(f"{t.weekday(self.day)} {t.date(self.day)}"))
        rows: list[QWidget] = [self._row(entry) for entry in held]
        self._list.addWidget(ListCard(rows) if rows else label(t.tr("No meetings on this day."), "muted", wrap=True))
        if any(e.is_near for e in held):
            words = t.tr("! Too near to a meeting of somebody who is kept apart. Leave half an hour between them.")
            self._list.addWidget(label(words, "danger", wrap=True))
        if any(e.takes_place for e in held):
            self._list.addLayout(beside(button(t.tr("Save this day as PDF…"), self.save_day, "quiet"), None))
        self._list.addStretch(1)

    def _row(self, entry: Entry) -> QWidget:
        t = self.texts
        times = f"{t.time(entry.held)}–{t.time(entry.end)}"
        words = StatementTexts(t.language)
        said = "" if entry.outcome == Outcome.OPEN else words.of("outcomes", entry.outcome)
        below = " · ".join(x for x in (times, entry.title, entry.how, entry.place, said) if x)
        act = button(t.tr("Open"), partial(self._open, entry))
        sign = "warning" if entry.is_near else "film" if entry.is_filmed else "person"
        return Row(self.look, entry.code_name, below, sign, "", act)

    def _open(self, entry: Entry) -> None:
        self.go("cases", case_id=entry.case_id, meeting_id=entry.meeting_id)

    # what leaves

    def save_ics(self) -> None:
        """The days that are shown, for another calendar."""
        t = self.texts
        path = self._files.save(t.tr("Save for another calendar"), f"{self._name()}.ics", "iCalendar (*.ics)")
        if path is not None:
            store, found = self.workspace.store, self.found
            self._write(t.tr("Saving the calendar"), lambda: save_calendar(store, found, path))

    def save_pdf(self) -> None:
        """The days that are shown, on paper."""
        self._save_agenda(self.found, *self._span())

    def save_day(self) -> None:
        """The chosen day alone, on paper."""
        self._save_agenda(on(self.found, self.day), self.day, self.day)

    def _save_agenda(self, found: tuple[Entry, ...], first: date, last: date) -> None:
        store, t = self.workspace.store, self.texts
        path = self._files.save(t.tr("Save as PDF"), f"{t.tr('Calendar')} {first.isoformat()}.pdf", PDF)
        if path is not None:
            self._write(t.tr("Writing the agenda"), lambda: save_agenda(store, t, found, first, last, path))

    def _span(self) -> tuple[date, date]:
        weeks = (week_of(self.day),) if self.by_week else weeks_of(self.day)
        return weeks[0][0], weeks[-1][-1]

    def _name(self) -> str:
        return f"{self.texts.tr('Calendar')} {self._span()[0].isoformat()}"

    def _write(self, title: str, write: Callable[[], None]) -> None:
        notices, t = self.workspace.notices, self.texts
        done = t.tr("The file was saved. It is not encrypted; it has code names and no other names.")
        self.workspace.jobs.run(
            title, lambda _job: write(), lambda _: notices.done(done), notices.trouble, lane=JobLane.ARCHIVE
        )

    def _on_changed(self, written: Written) -> None:
        if self.isVisible() and any(issubclass(change.kind, SHOWN) for change in written.changes):
            self.refresh()
