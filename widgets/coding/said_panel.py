"""The drawer of what was said: the lines with their search, and below them the line that is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontMetrics, QShowEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)

from app.casework.said import SaidEditor
from app.casework.said_leaving import PURPOSES
from app.model.timecode import Micros
from app.settings.preferences import Preferences
from app.shortcuts.names import on_cap
from app.shortcuts.own_keys import KeyMap
from app.vocabulary import StatementTexts
from widgets.coding.editable_table import ROW, EditableTable
from widgets.coding.said_line import SaidLine
from widgets.coding.said_model import AT, WHO, WORDS, Called, SaidModel
from widgets.keys.captions import KeyFollower
from widgets.keys.matcher import Act
from widgets.look.flow import Flow
from widgets.look.look import Look, font
from widgets.look.parts import button, hairline, label, stacked

AROUND = 20  # pixels of a cell beside its words
ABOVE_AND_BELOW = 10  # pixels of a row beside its words
WHO_WIDTH = 110
LEAST_HEIGHT = 108  # pixels: the head and two lines


class SaidTable(EditableTable):
    """Words are read whole: each row is as high as they need."""

    def __init__(self, model: SaidModel, preferences: Preferences, name: str, jump: Act, remove: Act) -> None:
        super().__init__(name, model, preferences, {"coding.remove": remove}, jump)
        self._lines = model
        bold = font()
        bold.setBold(True)  # as the line that is said now is written: it must not need another row then
        self._letters = QFontMetrics(bold)
        self.setWordWrap(True)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setColumnWidth(AT, QFontMetrics(font(tabular=True)).horizontalAdvance("0:00:00") + AROUND)
        self.setColumnWidth(WHO, WHO_WIDTH)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        model.rowsInserted.connect(lambda _, first, last: self._fit(first, last))
        model.reworded.connect(lambda row: self._fit(row, row))
        self.resized.connect(lambda _: self._fit_all())

    def _fit_all(self) -> None:
        self._fit(0, self._lines.rowCount() - 1)

    def _fit(self, first: int, last: int) -> None:
        """Rows as high as their words. Thousands are measured here at once, which the table's own way is slow at."""
        room = QRect(0, 0, max(self.columnWidth(WORDS) - AROUND, 40), 10**5)
        for row in range(first, last + 1):
            words = self._lines.words(row)
            needed = self._letters.boundingRect(room, Qt.TextFlag.TextWordWrap, words).height() + ABOVE_AND_BELOW
            self.setRowHeight(row, max(needed, ROW))


class SaidPanel(QWidget):
    """`now` is the meeting's time of the picture on the screen."""

    jump_requested = Signal(object)  # µs on the meeting's clock
    captions_chosen = Signal()  # on or off
    leaving_asked = Signal(object)  # Purpose

    def __init__(
        self,
        editor: SaidEditor,
        preferences: Preferences,
        look: Look,
        speakers: Sequence[tuple[str, str]],
        called: Called,
        now: Callable[[], Micros],
    ) -> None:
        super().__init__()
        t = editor.texts
        self._editor, self._preferences, self._now = editor, preferences, now
        self.model = SaidModel(editor, called, self)
        self.table = SaidTable(self.model, preferences, t.tr("Said on film"), self._on_jump, self._on_remove)
        self.search = QLineEdit()
        self.search.setPlaceholderText(t.tr("Search: words, who speaks"))
        self.search.setAccessibleName(t.tr("Search what was said"))
        self.search.setClearButtonEnabled(True)
        self._count = label("", "caption")
        self.captions = button("", kind="pill")
        self.captions.setCheckable(True)
        self.leave = self._leaving_button()
        self.writing = SaidLine(editor, speakers, now, look)
        self._told = label("", "caption", wrap=True)
        self._build()
        self._connect()
        self._count_rows()

    def _build(self) -> None:
        t = self._editor.texts
        # what changes its width stands last: no button moves when a line comes
        head = Flow(label(t.tr("Said on film"), "title"), self.captions, self.leave, self._count)
        column = stacked(head, self.search, self.table, hairline(), self.writing, self._told, spacing=8)
        column.setStretch(2, 1)
        self.setLayout(column)

    def _leaving_button(self) -> QPushButton:
        t = self._editor.texts
        made = button(t.tr("Take out…"))
        menu, words = QMenu(made), StatementTexts(t.language)
        for purpose in PURPOSES:
            menu.addAction(words.purpose(purpose), partial(self.leaving_asked.emit, purpose))
        made.setMenu(menu)
        return made

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._to_first)
        self.captions.clicked.connect(self.captions_chosen)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        self.table.clicked.connect(lambda _: self._on_jump())
        self.writing.went_to.connect(self._show_written)
        self.model.followed.connect(self._count_rows)
        KeyFollower(self._preferences, self._told, self._tell_keys)
        self.setFocusProxy(self.writing.text)

    def _tell_keys(self, keys: KeyMap) -> None:
        t = self._editor.texts
        named = {name: on_cap(keys.of(f"said.{name}")) for name in ("play", "back", "on", "slower", "private", "new")}
        words = t.tr(
            "Enter ends the line here · {play} plays and pauses · {back} {on} three seconds back and on · {slower} "
            "slower · {new} new line · {private} keeps words back",
            **named,
        )
        self._told.setText(words)
        cap = on_cap(keys.of("film.captions"))
        words = t.tr("On the picture")
        self.captions.setText(f"{words}   {cap}".rstrip())

    # rows

    def show_at(self, time: Micros, *, follows: bool) -> None:
        """What is being said at the picture stands out; `follows`: it is brought into sight."""
        if not self.isVisible():
            return
        row = self.model.show_at(time)
        if row >= 0 and follows:
            self.table.scrollTo(self.model.index(row, WORDS))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_at(self._now(), follows=True)

    def show_captions(self, on: bool) -> None:
        self.captions.setChecked(on)

    def to_search(self) -> None:
        """To the search, with what it holds chosen."""
        self.search.setFocus()
        self.search.selectAll()

    def commit(self) -> None:
        """What is being typed goes to the archive."""
        self.writing.commit()

    def _on_search(self, words: str) -> None:
        self.model.search(words)
        self._show_written(self._written())

    def _to_first(self) -> None:
        """The first hit, and its moment."""
        if self.model.rowCount():
            self.table.show_row(0)
            self._on_jump()
            self.table.setFocus()

    def _on_row(self) -> None:
        line = self.model.line(self.table.currentIndex().row())
        if line is not None and not self.model.is_changing:
            self.writing.write(line)

    def _on_jump(self) -> None:
        line = self.model.line(self.table.currentIndex().row())
        if line is not None:
            self.jump_requested.emit(line.start)

    def _on_remove(self) -> None:
        if self.model.line(self.table.currentIndex().row()) is not None:
            self.writing.remove()

    def _written(self) -> str:
        line = self.writing.line
        return "" if line is None else line.id

    def _show_written(self, line_id: str) -> None:
        """The row of the line that is written, and no other; none for a new one."""
        row = self.model.row_of(line_id) if line_id else -1
        with QSignalBlocker(self.table.selectionModel()):
            self.table.clearSelection()
            if row >= 0:
                self.table.show_row(row)
        self.table.viewport().update()

    def _count_rows(self) -> None:
        t, shown, n = self._editor.texts, self.model.rowCount(), len(self._editor.lines)
        words = t.trn("{n} line", "{n} lines", n)
        self._count.setText(words if shown == n else t.tr("{shown} of {all}", shown=t.number(shown), all=words))
