"""The moments of a talk while they are shown: which is on, which were seen, and which may not be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyleOptionViewItem, QWidget

from widgets.look.look import Look, font
from widgets.look.row_delegate import RowDelegate

_LINE = Qt.ItemDataRole.UserRole
HIGH = 40
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
#: the list's own keys; every other one is the page's
_OWN = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}


@dataclass(frozen=True)
class ShowingLine:
    """One moment as the list shows it; `barred` says why it may not be shown."""

    number: int
    title: str
    length: str
    barred: str = ""
    is_on: bool = False
    was_shown: bool = False


class ShowingList(QListWidget):
    """A press on a row, or Enter, shows its moment."""

    asked = Signal(int)  # row

    def __init__(self, look: Look, name: str, shown: str) -> None:
        """`name` and `shown` are read out: of the list, and of a moment that was on the screen."""
        super().__init__()
        self._shown = shown
        self.setAccessibleName(name)
        self.setItemDelegate(_Rows(look, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda item: self.asked.emit(self.row(item)))

    def show_lines(self, lines: Sequence[ShowingLine]) -> None:
        self.clear()
        for line in lines:
            said = (str(line.number), line.title, line.length, line.barred, self._shown if line.was_shown else "")
            item = QListWidgetItem(", ".join(word for word in said if word))
            item.setData(_LINE, line)
            self.addItem(item)
            if line.is_on:
                self.setCurrentItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ENTER and self.currentRow() >= 0:
            self.asked.emit(self.currentRow())
        elif key in _OWN:
            super().keyPressEvent(event)
        else:
            event.ignore()


class _Rows(RowDelegate):
    """A sign, the number, the title, and behind it the length or why it is not shown."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent, QSize(120, HIGH))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: ShowingLine = index.data(_LINE)
        self.paint_ground(painter, option)
        painter.save()
        box, look = QRect(option.rect).adjusted(10, 0, -12, 0), self._look
        if icon := _sign(line):
            color = "danger" if line.barred else "text"
            painter.drawPixmap(box.left(), box.center().y() - 7, look.pixmap(icon, color, 14))
        end, side = line.barred or line.length, Qt.AlignmentFlag.AlignVCenter
        weight = font().Weight.DemiBold if line.is_on else font().Weight.Normal
        small, plain = font(12, tabular=True), font(14, weight=weight, tabular=True)
        wide = min(QFontMetrics(small).horizontalAdvance(end) + 4, box.width() // 2)
        painter.setFont(small)
        painter.setPen(look.color("muted"))
        behind = QFontMetrics(small).elidedText(end, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignRight, behind)
        painter.setFont(plain)
        painter.setPen(look.color("muted" if line.barred else "text"))
        painter.drawText(box.adjusted(24, 0, 0, 0), side, str(line.number))
        words = box.adjusted(46, 0, -wide - 8, 0)
        title = QFontMetrics(plain).elidedText(line.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, side, title)
        painter.restore()


def _sign(line: ShowingLine) -> str:
    if line.barred:
        return "close"
    if line.is_on:
        return "play"
    return "check" if line.was_shown else ""
