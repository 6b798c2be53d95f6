"""The tasks while filming: a sign for what is done, on, left out; the name; how long each took."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyleOptionViewItem,
)

from app.filming.words import interruption_words
from app.i18n import Texts
from app.model.filmed import Filmed
from app.model.timecode import Micros
from widgets.look.look import Look, font
from widgets.look.row_delegate import RowDelegate

_LINE = int(Qt.ItemDataRole.UserRole)
ROW_HEIGHT = 38
#: sign at the left of a task
SIGNS = {"done": "check", "on": "play", "left-out": "close", "waiting": ""}


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task as it stands: `state` is done, on, left-out or waiting."""

    number: int
    name: str
    state: str
    time: str = ""
    spoken: str = ""


def lines(t: Texts, filmed: Filmed, now: Micros, with_whom: Callable[[int], str]) -> tuple[TaskLine, ...]:
    """Every task of the plan. A task done twice shows the time of both, with the number of times.

    `with_whom` says who of a family does a task that not everybody does.
    """
    rows = []
    skipped, running = filmed.skipped, filmed.running
    for number, task in enumerate(filmed.meeting.plan, start=1):
        who = with_whom(number)
        name = f"{t.words(task.name)} ({who})" if who else t.words(task.name)
        spent = filmed.times_of(number)
        times = sum(s.number == number for s in filmed.segments)
        if running is not None and running.number == number:
            state, words = "on", t.tr("on now")
            spent += max(now - running.start, 0)
        elif number in filmed.done:
            state, words = "done", t.tr("done")
        elif number in skipped:
            state, words = "left-out", t.tr("left out: {reason}", reason=interruption_words(t, skipped[number]))
        else:
            state, words = "waiting", t.tr("waiting")
        clock = t.short_clock(spent) if times else ""
        shown = f"{times}×  {clock}" if times > 1 else clock
        if state == "left-out":
            shown = interruption_words(t, skipped[number])
        heard = (f"{number} {name}", words, clock if state == "done" else "", f"{times}×" if times > 1 else "")
        rows.append(TaskLine(number, name, state, shown, ", ".join(filter(None, heard))))
    return tuple(rows)


class FilmedTaskDelegate(RowDelegate):
    """A row as the design sheet has it: the running one stands out, figures keep their width."""

    def __init__(self, look: Look, parent: QListWidget) -> None:
        super().__init__(look, parent, QSize(200, ROW_HEIGHT))
        self._font, self._running = font(tabular=True), font(weight=font().Weight.DemiBold, tabular=True)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = index.data(_LINE)
        if not isinstance(line, TaskLine):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect.adjusted(1, 1, -1, -1)
        state: QStyle.StateFlag = option.state
        is_on = line.state == "on"
        if is_on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("raised"))
            painter.drawRoundedRect(box, 8, 8)
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._look.color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 8, 8)
        sign = SIGNS[line.state]
        if sign:
            mark = self._look.pixmap(sign, "text" if is_on else "muted", 16)
            painter.drawPixmap(QPoint(box.left() + 10, box.center().y() - 8), mark)
        self._paint_words(painter, box, line, is_on=is_on)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRect, line: TaskLine, *, is_on: bool) -> None:
        fnt = self._running if is_on else self._font
        painter.setFont(fnt)
        metrics = QFontMetrics(fnt)
        middle = Qt.AlignmentFlag.AlignVCenter
        width = metrics.horizontalAdvance(line.time)
        painter.setPen(self._look.color("muted"))
        right = box.adjusted(0, 0, -12, 0)
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, line.time)
        painter.setPen(self._look.color("muted" if line.state in ("done", "left-out") else "text"))
        number = QRect(box.left() + 36, box.top(), 22, box.height())
        painter.drawText(number, middle | Qt.AlignmentFlag.AlignRight, str(line.number))
        words = QRect(box.left() + 68, box.top(), box.width() - 68 - width - 24, box.height())
        painter.drawText(words, middle, metrics.elidedText(line.name, Qt.TextElideMode.ElideRight, words.width()))


class TaskRows(QListWidget):
    """The list; Enter or the right button on a task asks what to do with it. Letters and PgDn are the room's."""

    menu_asked = Signal(int, QPoint)  # task number, place on the screen

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._lines: tuple[TaskLine, ...] = ()
        self.setAccessibleName(texts.tr("Tasks"))
        self.setStyleSheet("QListView { border: none; background: transparent; }")
        self.setItemDelegate(FilmedTaskDelegate(look, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.itemDoubleClicked.connect(lambda item: self._ask(self.row(item)))

    def show_lines(self, new: tuple[TaskLine, ...]) -> None:
        """Only what changed is drawn anew: the running task's clock ticks."""
        if len(new) != len(self._lines):
            self.clear()
            for _ in new:
                self.addItem(QListWidgetItem())
            self._lines = ()
        for row, line in enumerate(new):
            if row < len(self._lines) and self._lines[row] == line:
                continue
            item = self.item(row)
            item.setData(_LINE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
            item.setToolTip(line.spoken)
            if line.state == "on" and (row >= len(self._lines) or self._lines[row].state != "on"):
                self.scrollToItem(item)
        self._lines = new

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self._ask(self.currentRow())
        else:
            event.ignore()

    def keyboardSearch(self, _search: str) -> None:
        return

    def _on_menu(self, at: QPoint) -> None:
        item = self.itemAt(at)
        if item is not None:
            self.menu_asked.emit(self.row(item) + 1, self.viewport().mapToGlobal(at))

    def _ask(self, row: int) -> None:
        box = self.visualItemRect(self.item(row))
        self.menu_asked.emit(row + 1, self.viewport().mapToGlobal(box.bottomLeft() + QPoint(36, 0)))
