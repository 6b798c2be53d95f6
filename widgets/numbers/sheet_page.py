"""One sheet of the numbers: what it is, what can be chosen, its charts, its table, and what the figures rest on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from app.numbers.sheets.sheet import Choice, Dial, Sheet
from widgets.forms.inputs import ChoiceBox
from widgets.look.look import Look
from widgets.look.parts import button, label, stacked
from widgets.numbers.chart_view import ChartView
from widgets.numbers.sheet_table import SheetTable

#: windows that can be chosen, in seconds
WINDOWS = (1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 60)


class SheetPage(QWidget):
    """Shows a sheet; asks for another choice or window, for a file, or for a copy."""

    chosen = Signal(str, str)  # choice, option
    turned = Signal(str, int)  # dial, seconds
    export_pressed = Signal()
    copy_table_pressed = Signal()
    copy_picture_pressed = Signal()

    def __init__(self, sheet: Sheet, look: Look, words: dict[str, str]) -> None:
        """`words` are the buttons' texts by id: export, table, picture."""
        super().__init__()
        self.sheet = sheet
        self.fields: dict[str, QComboBox] = {}
        column = stacked(spacing=12, margins=(0, 0, 10, 8))
        if sheet.about:
            column.addWidget(label(sheet.about, "", wrap=True))
        if sheet.choices or sheet.dials:
            column.addLayout(self._chooser(sheet))
        self.charts = [ChartView(picture, look) for picture in sheet.pictures]
        for picture, chart in zip(sheet.pictures, self.charts, strict=True):
            column.addLayout(stacked(label(picture.title, "caption", wrap=True), chart, spacing=6))
        self.table = SheetTable(sheet.table, sheet.title) if sheet.table is not None else None
        if self.table is not None:
            column.addWidget(self.table)
            column.addLayout(self._actions(words))
        else:
            column.addWidget(label(sheet.empty, "muted", wrap=True))
        for note in sheet.notes:
            column.addWidget(label(note, "caption", wrap=True))
        column.addStretch(1)
        self.setLayout(column)

    def _chooser(self, sheet: Sheet) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 100)
        grid.setColumnStretch(2, 1)  # what a field does not take
        for choice in sheet.choices:
            self._row(grid, choice.name, self._combo(choice))
        for dial in sheet.dials:
            self._row(grid, dial.name, self._dial(dial))
        return grid

    def _row(self, grid: QGridLayout, name: str, field: QComboBox) -> None:
        title = label(name, "caption")
        title.setBuddy(field)
        field.setAccessibleName(name)
        field.setMaximumWidth(360)
        row = grid.rowCount()
        grid.addWidget(title, row, 0)
        grid.addWidget(field, row, 1)

    def _combo(self, choice: Choice) -> QComboBox:
        made = ChoiceBox()
        for option, words in choice.options:
            made.addItem(words, option)
        made.setCurrentIndex([option for option, _ in choice.options].index(choice.chosen))
        made.currentIndexChanged.connect(lambda _i: self.chosen.emit(choice.id, made.currentData()))
        self.fields[choice.id] = made
        return made

    def _dial(self, dial: Dial) -> QComboBox:
        made = ChoiceBox()
        for seconds in sorted({*WINDOWS, dial.seconds}):
            made.addItem(f"{seconds}\u00a0s", seconds)
        made.setCurrentIndex(made.findData(dial.seconds))
        made.currentIndexChanged.connect(lambda _i: self.turned.emit(dial.id, made.currentData()))
        self.fields[dial.id] = made
        return made

    def _actions(self, words: dict[str, str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        made = [button(words["export"], self.export_pressed.emit), button(words["table"], self.copy_table_pressed.emit)]
        if self.charts:
            made.append(button(words["picture"], self.copy_picture_pressed.emit))
        for place, one in enumerate(made):
            grid.addWidget(one, 0, place)
        grid.setColumnStretch(len(made), 1)
        return grid
