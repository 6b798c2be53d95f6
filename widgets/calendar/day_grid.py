"""The days of a month or a week as a table: a cell for each, with its meetings; by code name only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableWidget, QTableWidgetItem

from app.casework.calendar import Entry, by_day
from app.i18n import Texts
from widgets.look.look import CAPTION, Look, font
from widgets.look.row_delegate import RowDelegate

_CELL = Qt.ItemDataRole.UserRole
_LEAST = QSize(76, 64)
_SIDE, _ABOVE, _LINE = 8, 6, 18
#: pixels from which on a day has room for two lines of each meeting
TALL = 240


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day with its meetings; one outside the month shown is told more quietly."""

    day: date
    entries: tuple[Entry, ...]
    is_within: bool
    is_today: bool


class _DayDelegate(RowDelegate):
    """Paints the day's number and, a line each, time and code name; what does not fit is counted."""

    def __init__(self, look: Look, texts: Texts, parent: QTableWidget) -> None:
        super().__init__(look, parent, _LEAST)
        self._texts = texts

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.paint_ground(painter, option)
        cell: DayCell = index.data(_CELL)
        box: QRect = option.rect.adjusted(_SIDE, _ABOVE, -_SIDE, -_ABOVE)
        painter.save()
        painter.setFont(self._strong if cell.is_today else font())
        painter.setPen(self._look.color("text" if cell.is_within else "muted"))
        number = f"{cell.day.day}." if self._texts.comma else str(cell.day.day)
        words = self._texts.tr("{day} today", day=number) if cell.is_today else number
        painter.drawText(QRect(box.left(), box.top(), box.width(), _LINE), Qt.AlignmentFlag.AlignVCenter, words)
        self._paint_entries(painter, box.adjusted(0, _LINE + 4, 0, 0), cell)
        painter.restore()

    def _paint_entries(self, painter: QPainter, box: QRect, cell: DayCell) -> None:
        """A line each of a month's day, two of a week's, where there is room for the kind of meeting too."""
        each = 2 if box.height() > TALL else 1
        room = max(box.height() // (_LINE * each), 1)
        shown = cell.entries if len(cell.entries) <= room else cell.entries[: room - 1]
        at = box.top()
        for entry in shown:
            color = "danger" if entry.is_near else "text" if cell.is_within else "muted"
            words = f"{'! ' if entry.is_near else ''}{self._texts.time(entry.held)} {entry.code_name}"
            for line in (words, entry.title)[:each]:
                self._paint_line(painter, QRect(box.left(), at, box.width(), _LINE), line, color, entry)
                at += _LINE
            at += 6 * (each - 1)
        if len(shown) < len(cell.entries):
            painter.setFont(self._small)
            painter.setPen(self._look.color("muted"))
            more = self._texts.trn("{n} more", "{n} more", len(cell.entries) - len(shown))
            painter.drawText(QRect(box.left(), at, box.width(), _LINE), Qt.AlignmentFlag.AlignVCenter, more)

    def _paint_line(self, painter: QPainter, line: QRect, words: str, color: str, entry: Entry) -> None:
        used = font(CAPTION)
        used.setStrikeOut(not entry.takes_place)
        painter.setFont(used)
        painter.setPen(self._look.color(color))
        said = QFontMetrics(used).elidedText(words, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, said)


class DayGrid(QTableWidget):
    """Seven columns from Monday on; the arrow keys go from day to day."""

    day_chosen = Signal(object)  # the day

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(0, 7)
        self._texts = texts
        self.setAccessibleName(texts.tr("Days and their meetings"))
        self.setItemDelegate(_DayDelegate(look, texts, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(_LEAST.width())
        self.verticalHeader().setMinimumSectionSize(_LEAST.height())
        self.currentCellChanged.connect(lambda *_: self._on_current())

    def show_weeks(self, weeks: Sequence[Sequence[date]], found: Sequence[Entry], chosen: date, today: date,
                   month: int | None) -> None:  # fmt: skip
        """The days with their meetings; `month` is the one that is meant, None where all days are."""
        self.blockSignals(True)
        self.setRowCount(len(weeks))
        t, days = self._texts, by_day(found)
        self.setHorizontalHeaderLabels([t.weekday(day) for day in weeks[0]])
        self.setVerticalHeaderLabels([str(week[0].isocalendar().week) for week in weeks])
        for row, week in enumerate(weeks):
            for column, day in enumerate(week):
                cell = DayCell(day, days.get(day, ()), month in (None, day.month), day == today)
                item = QTableWidgetItem(str(day.day))
                item.setData(_CELL, cell)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, self._spoken(cell))
                self.setItem(row, column, item)
                if day == chosen:
                    self.setCurrentItem(item)
        self.blockSignals(False)
        self.viewport().update()

    def cell_of(self, day: date) -> DayCell | None:
        items = (self.item(r, c) for r in range(self.rowCount()) for c in range(self.columnCount()))
        cells: list[DayCell] = [item.data(_CELL) for item in items if item is not None]
        return next((cell for cell in cells if cell.day == day), None)

    def _spoken(self, cell: DayCell) -> str:
        t = self._texts
        said = [f"{t.weekday(cell.day)} {t.date(cell.day)}"]
        said.append(t.trn("{n} meeting", "{n} meetings", len(cell.entries)) if cell.entries else t.tr("no meetings"))
        said += [f"{t.time(e.held)} {e.code_name} {e.title}" for e in cell.entries]
        return ", ".join(said)

    def _on_current(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.day_chosen.emit(item.data(_CELL).day)
