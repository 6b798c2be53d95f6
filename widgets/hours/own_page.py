"""Own hours of a month: the quick row, what can be taken from meetings, the list, and what waits for the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.hours.entries import HoursEditor, added_up, month_of, periods, to_confirm
from app.hours.papers import save_period
from app.hours.products import catalogue
from app.hours.proposing import proposed
from app.hours.work_words import state_called, what_called
from app.hours.year_tables import hours_cell
from app.i18n import today
from app.jobs import JobLane
from app.model.hours import HoursState, Period, WorkEntry
from app.office.workers import names_of_workers
from app.tables import Cell, Column, Table
from app.workspace import Workspace
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.hours.correcting import ask_correction
from widgets.hours.quick_row import QuickRow
from widgets.look.look import Look
from widgets.look.parts import Card, ListCard, Row, beside, button, clear, confirm, label, section_label, stacked
from widgets.numbers.sheet_table import SheetTable

_SIDE = 340


class OwnHours(QWidget):
    """Made anew by `refresh`; the quick row stays as it is typed."""

    told = Signal(object)  # the editor of the month in sight, when it was read

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self._space, self._look, self._texts = workspace, look, workspace.texts
        self._files = FileDialogs(self)
        self.day = today()
        self._products = catalogue(workspace.store)
        self.quick = QuickRow(workspace, self._products)
        self.quick.added.connect(self._on_added)
        self._month = label("", "heading")
        t = self._texts
        earlier = button(t.tr("Earlier"), partial(self.step, -1))
        later = button(t.tr("Later"), partial(self.step, 1))
        self._list, self._side = QVBoxLayout(), QVBoxLayout()
        for column in (self._list, self._side):
            column.setSpacing(10)
        aside = QWidget()
        aside.setLayout(self._side)
        aside.setFixedWidth(_SIDE)
        body = beside(self._list, spacing=20)
        body.addWidget(aside)
        body.setStretch(0, 1)
        bar = beside(self._month, None, earlier, later)
        self.setLayout(stacked(bar, self.quick, body, None, spacing=14, margins=(24, 18, 24, 24)))

    @property
    def editor(self) -> HoursEditor:
        """That of the month in sight."""
        key = f"hours/{self.day:%Y-%m}"
        return self._space.editor(key, lambda: HoursEditor(self._space.store, self._texts, self.day))

    def step(self, by: int) -> None:
        """So many months on."""
        first, last = month_of(self.day)
        self.day = first - timedelta(days=1) if by < 0 else last + timedelta(days=1)
        self.refresh()

    def refresh(self) -> None:
        """Everything but the quick row made anew. Raises StoreError."""
        editor, t = self.editor, self._texts
        words = t.month(editor.first)
        self._month.setText(words[:1].upper() + words[1:])
        names = names_of_workers(self._space.store)
        self._products = catalogue(self._space.store)
        self.quick.offer(self._products)
        clear(self._list)
        clear(self._side)
        offered = proposed(self._space.store, editor.first, editor.last, today())
        if offered:
            self._offer(offered)
        self._list.addWidget(section_label(t.tr("Own hours")))
        if editor.entries:
            self._list.addWidget(ListCard([self._row(entry, names) for entry in editor.entries]))
        else:
            empty = t.tr("No hours in this month yet. Type them above, or hold a meeting: it is offered here.")
            self._list.addWidget(Card(label(empty, "muted", wrap=True)))
        self._list.addStretch(1)
        self._fill_side(editor, names)
        self.told.emit(editor)

    # the list

    def _row(self, entry: WorkEntry, names: dict[str, str]) -> QWidget:
        t = self._texts
        partner = names.get(entry.partner_id, "")
        about = (
            self._products.called(t, entry.product),
            entry.customer,
            t.tr("with {name}", name=partner) if partner else "",
            t.tr("{n} km", n=t.number(entry.km)) if entry.km else "",
            t.tr("correction") if entry.corrects else "",
        )
        title = f"{t.date(entry.day, year=False)}  {what_called(t, entry.what)}  {t.number(entry.minutes)} min"
        acts = self._acts(entry)
        below = " · ".join(x for x in about if x)
        return Row(self._look, title, below, "", state_called(t, entry.state), *acts)

    def _acts(self, entry: WorkEntry) -> tuple[Any, ...]:
        t = self._texts
        if entry.state == HoursState.FROZEN:
            return (button(t.tr("Correct…"), partial(self._correct, entry), "quiet"),)
        remove = button(t.tr("Remove"), partial(self._do, lambda: self.editor.remove(entry.id)), "quiet")
        if entry.state == HoursState.DRAFT:
            return button(t.tr("Confirm"), partial(self._do, lambda: self.editor.confirm(entry.id))), remove
        return (remove,)

    def _offer(self, offered: tuple[WorkEntry, ...]) -> None:
        t = self._texts
        head = t.trn("{n} entry can be taken from meetings", "{n} entries can be taken from meetings", len(offered))
        take = button(t.tr("Take all"), partial(self._do, lambda: self.editor.take(offered)))
        self._list.addLayout(beside(section_label(head), None, take))
        self._list.addWidget(ListCard([self._offered(entry) for entry in offered]))

    def _offered(self, entry: WorkEntry) -> QWidget:
        t = self._texts
        title = f"{t.date(entry.day, year=False)}  {what_called(t, entry.what)}  {t.number(entry.minutes)} min"
        below = " · ".join(x for x in (self._products.called(t, entry.product), entry.customer) if x)
        act = button(t.tr("Take"), partial(self._do, lambda: self.editor.take((entry,))), "quiet")
        return Row(self._look, title, below, "", "", act)

    # beside it

    def _fill_side(self, editor: HoursEditor, names: dict[str, str]) -> None:
        t = self._texts
        sums = added_up(editor.entries)
        if sums:
            self._side.addWidget(section_label(t.tr("Sums of the month")))
            self._side.addWidget(SheetTable(self._sums(sums), t.tr("Sums of the month"), tight=True))
        waiting = to_confirm(self._space.store)
        if waiting:
            self._side.addLayout(
                beside(
                    section_label(t.tr("Waits for you")), None,
                    button(t.tr("Confirm all"), partial(self._do, lambda: self.editor.confirm_theirs(waiting))),
                )
            )  # fmt: skip
            self._side.addWidget(ListCard([self._theirs(entry, names) for entry in waiting]))
        held = periods(self._space.store)
        if held:
            self._side.addWidget(section_label(t.tr("Closed months")))
            self._side.addWidget(ListCard([self._period(period) for period in held[:12]]))
        self._side.addStretch(1)

    def _sums(self, sums: Any) -> Table:
        t = self._texts
        columns = Column(""), Column(t.tr("60 min"), is_figure=True), Column(t.tr("45 min"), is_figure=True)
        rows = [(what_called(t, what), minutes) for what, minutes in sums.items()]
        rows.append((t.tr("Together"), sum(sums.values())))
        cells = tuple((Cell(n, n), hours_cell(t, m), hours_cell(t, m, units=True)) for n, m in rows)
        return Table(columns, cells)

    def _theirs(self, entry: WorkEntry, names: dict[str, str]) -> QWidget:
        t = self._texts
        title = f"{t.date(entry.day, year=False)}  {t.number(entry.minutes)} min"
        below = " · ".join(x for x in (names.get(entry.worker_id, ""), what_called(t, entry.what)) if x)
        act = button(t.tr("Confirm"), partial(self._do, lambda: self.editor.confirm_theirs((entry,))), "quiet")
        return Row(self._look, title, below, "", "", act)

    def _period(self, period: Period) -> QWidget:
        t = self._texts
        words = t.month(period.first)
        about = t.tr("{n} h", n=t.number(period.minutes / 60, 1))
        act = button(t.tr("Save as PDF…"), partial(self._save_period, period), "quiet")
        return Row(self._look, words[:1].upper() + words[1:], about, "lock", "", act)

    # acts

    def _do(self, act: Callable[[], bool]) -> None:
        act()

    def _on_added(self, values: dict[str, Any]) -> None:
        day: date = values.pop("day")
        minutes, product, what = (values.pop(name) for name in ("minutes", "product", "what"))
        self.day = day
        if self.editor.add(day, minutes, product, what, **values):
            self.quick.ready()

    def confirm_all(self) -> None:
        """Every draft of the month."""
        self.editor.confirm()

    def freeze(self) -> None:
        """Asked first: a closed month is never opened again."""
        t = self._texts
        question = t.tr("Close the month for good? Later corrections are entries of their own on open days.")
        if confirm(self, t, question, t.tr("Close the month")):
            self.editor.freeze()

    def _correct(self, entry: WorkEntry) -> None:
        asked = ask_correction(self, self._texts, entry)
        if asked is not None:
            self.editor.correct(entry, *asked)

    def _save_period(self, period: Period) -> None:
        t, space = self._texts, self._space
        path = self._files.save(t.tr("Save as PDF"), f"{t.tr('Working hours')} {period.first:%Y-%m}.pdf", PDF)
        if path is None:
            return
        done = t.tr("The file was saved. It is not encrypted; no client is named in it.")
        space.jobs.run(
            t.tr("Writing the hours"), lambda _: save_period(space.store, t, period, path),
            lambda _: space.notices.done(done), space.notices.trouble, lane=JobLane.ARCHIVE,
        )  # fmt: skip
