"""*Tunnit ja tilastot*: own hours of a month, or a year of the office."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from app.door import Written
from app.editing import Editor
from app.errors import AppError
from app.hours.entries import HoursEditor
from app.model.billing import Price
from app.model.hours import Period, WorkEntry
from app.model.meeting import Meeting
from app.workspace import Workspace
from widgets.hours.billing_page import BillingPage
from widgets.hours.own_page import OwnHours
from widgets.hours.year_page import YearPage
from widgets.look.look import Look
from widgets.look.parts import AsHighAsItsWords, beside, button, primary_button, scrolled
from widgets.screen import Go, Screen

_OWN, _YEAR, _BILLS = "own", "year", "bills"


class HoursScreen(Screen):
    """`opened(part="year")` shows the statistics, `opened(month=…)` the own hours of the month of that ISO day."""

    def __init__(self, workspace: Workspace, look: Look, go: Go) -> None:
        super().__init__(workspace, look, go)
        t = self.texts
        self.part = _OWN
        self.parts = {
            _OWN: button(t.tr("Own hours"), partial(self._turn, _OWN), "pill"),
            _YEAR: button(t.tr("Statistics"), partial(self._turn, _YEAR), "pill"),
            _BILLS: button(t.tr("Prices and invoices"), partial(self._turn, _BILLS), "pill"),
        }
        self._choice = QButtonGroup(self)
        for made in self.parts.values():
            made.setCheckable(True)
            self._choice.addButton(made)
        self.own = OwnHours(workspace, look)
        self.own.told.connect(self._on_told)
        self.year = YearPage(workspace, look)
        self.bills = BillingPage(workspace, look)
        self._pages = QStackedWidget()
        self._shown = {
            _OWN: scrolled(self.own, AsHighAsItsWords()),
            _YEAR: scrolled(self.year, AsHighAsItsWords()),
            _BILLS: scrolled(self.bills, AsHighAsItsWords()),
        }
        for page in self._shown.values():
            self._pages.addWidget(page)
        bar = QWidget()
        bar.setLayout(beside(*self.parts.values(), None, spacing=8, margins=(24, 12, 24, 0)))
        self.column.addWidget(bar)
        self.column.addWidget(self._pages, 1)
        workspace.changed.connect(self._on_written)

    def main_thing(self) -> QWidget:
        return {_OWN: self.own.quick, _YEAR: self.year, _BILLS: self.bills.form.customer}[self.part]

    def opened(self, part: str = "", month: str = "", **_ids: str) -> None:
        if month:
            self.own.day = date.fromisoformat(month)
        self._turn(part or self.part)

    def _turn(self, part: str) -> None:
        self.part = part if part in self.parts else _OWN
        self.parts[self.part].setChecked(True)
        t = self.texts
        self._pages.setCurrentWidget(self._shown[self.part])
        about, show_acts = {
            _OWN: (t.tr("own hours, confirmed by both"), self._show_own_acts),
            _YEAR: (t.tr("sums of the office; no client is named"), self._show_year_acts),
            _BILLS: (t.tr("what work costs, and what was invoiced; no client is named"), self._show_bill_acts),
        }[self.part]
        self.set_title(t.tr("Hours and statistics"), about)
        show_acts()
        self._read()

    def _show_own_acts(self) -> None:
        t = self.texts
        self.confirm = button(t.tr("Confirm the month"), self.own.confirm_all)
        self.freeze = primary_button(t.tr("Close the month…"), self.own.freeze)
        self.set_actions(self.confirm, self.freeze)

    def _show_year_acts(self) -> None:
        t = self.texts
        self.csv = button(t.tr("Save as CSV…"), self.year.save_csv)
        self.pdf = primary_button(t.tr("Save as PDF…"), self.year.save_pdf)
        self.set_actions(self.csv, self.pdf)
        self.show_saved(None)

    def _show_bill_acts(self) -> None:
        self.make = primary_button(self.texts.tr("Make the basis…"), self.bills.make)
        self.set_actions(self.make)
        self.show_saved(self.bills.editor.saved_at)

    def _read(self) -> None:
        try:
            (self.bills if self.part == _BILLS else self.year if self.part == _YEAR else self.own).refresh()
        except AppError as error:
            self.workspace.notices.trouble(error)

    def _on_told(self, editor: HoursEditor) -> None:
        """What can be done with the month in sight."""
        self.confirm.setEnabled(bool(editor.waiting))
        self.freeze.setEnabled(editor.can_freeze)
        self.show_saved(editor.saved_at)

    def _on_written(self, written: Written) -> None:
        shown = {_OWN: (WorkEntry, Period, Meeting), _YEAR: (), _BILLS: (Price,)}[self.part]
        if self.isVisible() and any(issubclass(c.kind, shown) for c in written.changes):
            self._read()

    @property
    def _editor(self) -> Editor:
        return self.bills.editor if self.part == _BILLS else self.own.editor

    def undo(self) -> None:
        self._editor.undo()

    def redo(self) -> None:
        self._editor.redo()

    def help_page(self) -> str:
        return "hours"
