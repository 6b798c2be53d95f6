"""Lists of tasks: a row with name, dimension marks with their words, and what to be careful about."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
)

from widgets.look.look import Look, font
from widgets.look.row_delegate import TWO_LINES, RowDelegate

_LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class TaskLine:
    """What a row shows: `marks` are dimension ids with their words; `locked` is the word why it cannot move.

    `source` says whose words they are, where they are not the program's.
    """

    id: str
    name: str
    marks: tuple[tuple[str, str], ...]
    careful: str = ""
    number: int = 0
    locked: str = ""
    text: str = ""
    source: str = ""

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        number = f"{self.number}. " if self.number else ""
        return number + ", ".join(
            part
            for part in (self.name, self.source, *(w for _, w in self.marks), self.careful, self.locked, self.text)
            if part
        )


class TaskDelegate(RowDelegate):
    """Paints one row of a list of tasks."""

    def __init__(self, look: Look, parent: QListWidget) -> None:
        super().__init__(look, parent, QSize(160, TWO_LINES))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.paint_ground(painter, option)
        line: TaskLine = index.data(_LINE)
        upper, lower = self.two_lines(option)
        painter.save()
        if line.number:
            painter.setFont(font(tabular=True))
            painter.setPen(self._look.color("muted"))
            painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, f"{line.number}.")
            upper.setLeft(upper.left() + 28)
            lower.setLeft(lower.left() + 28)
        self._paint_name(painter, upper, line)
        self._paint_marks(painter, lower, line)
        painter.restore()

    def _paint_name(self, painter: QPainter, box: QRect, line: TaskLine) -> None:
        painter.setFont(self._strong)
        painter.setPen(self._look.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, line.name)
        taken = QFontMetrics(self._strong).horizontalAdvance(line.name) + 16
        side = " · ".join(part for part in (line.source, line.locked) if part)
        if side:
            self._paint_side(painter, box.adjusted(taken, 0, 0, 0), side)

    def _paint_marks(self, painter: QPainter, box: QRect, line: TaskLine) -> None:
        metrics = QFontMetrics(self._small)
        painter.setFont(self._small)
        at = box.left()
        for dimension, word in line.marks:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._look.palette.dimension(dimension)))
            painter.drawEllipse(at, box.center().y() - 4, 9, 9)
            painter.setPen(self._look.color("text"))
            width = metrics.horizontalAdvance(word)
            painter.drawText(QRect(at + 14, box.top(), width + 2, box.height()), Qt.AlignmentFlag.AlignVCenter, word)
            at += 14 + width + 12
        if line.careful:
            self._paint_side(painter, QRect(at, box.top(), box.right() - at, box.height()), line.careful)

    def _paint_side(self, painter: QPainter, box: QRect, words: str) -> None:
        """Muted words at the right, cut with dots when there is no room; the whole is in the tip."""
        painter.setFont(self._small)
        painter.setPen(self._look.color("muted"))
        shown = QFontMetrics(self._small).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)


class TaskList(QListWidget):
    """Rows of tasks that keep their place and their choice when they are shown anew."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(TaskDelegate(look, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)

    def line(self) -> TaskLine | None:
        """The chosen row."""
        item = self.currentItem()
        found = item.data(_LINE) if item is not None else None
        return found if isinstance(found, TaskLine) else None

    def lines(self) -> tuple[TaskLine, ...]:
        return tuple(self.item(n).data(_LINE) for n in range(self.count()))

    def show_lines(self, lines: tuple[TaskLine, ...]) -> None:
        """Other rows; what was scrolled to and chosen stays, or the next one is chosen when it went."""
        if lines == self.lines():
            return
        chosen, row, place = self.line(), self.currentRow(), self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.name)
            item.setData(_LINE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
            item.setToolTip("\n".join(part for part in (line.text, line.careful, line.locked) if part))
            self.addItem(item)
        again = next((n for n, line in enumerate(lines) if chosen is not None and line.id == chosen.id), row)
        self.setCurrentRow(min(again, len(lines) - 1))
        self.blockSignals(False)
        self.verticalScrollBar().setValue(place)
        self.currentItemChanged.emit(self.currentItem(), None)


class CardList(TaskList):
    """Tasks that can be chosen; Enter or a double press chooses one, or it is dragged over."""

    chosen = Signal(str)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.itemDoubleClicked.connect(lambda _: self._choose())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        line = self.line()
        if line is not None:
            self.chosen.emit(line.id)


class PlanList(TaskList):
    """The plan in its order: Alt+Up and Alt+Down or dragging move a task, Del takes it out."""

    moved = Signal(int, int)  # task number, its new number
    dropped = Signal(str, int)  # card id, its number
    removed = Signal(int)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)

    def number(self) -> int:
        """The chosen task's number; 0 when none is."""
        return self.currentRow() + 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        number = self.number()
        if number and alt and event.key() == Qt.Key.Key_Up:
            self.moved.emit(number, number - 1)
        elif number and alt and event.key() == Qt.Key.Key_Down:
            self.moved.emit(number, number + 1)
        elif number and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(number)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """The rows follow the archive, so nothing moves here: the wish is told and the plan is shown anew."""
        row = self._row_at(event)
        source = event.source()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if source is self:
            number = self.number()
            to = row if number - 1 < row else row + 1
            if number and to != number:
                self.moved.emit(number, to)
        elif isinstance(source, CardList) and (line := source.line()) is not None:
            self.dropped.emit(line.id, row + 1)

    def _row_at(self, event: QDropEvent) -> int:
        """Before which row the drop falls; the number of rows for behind the last."""
        at = event.position().toPoint()
        item = self.itemAt(at)
        if item is None:
            return self.count()
        return self.row(item) + (at.y() > self.visualItemRect(item).center().y())
