"""A row of the order: its grip, number, small picture, title, what it is of, how long it is and is talked about."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from widgets.look.look import Look, font
from widgets.look.row_delegate import RowDelegate

HIGH, HEAD = 58, 32
#: the small picture's box, pixels
WIDE, TALL = 62, 36
LINE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class OrderLine:
    """One clip as the list shows it; a group's head has no `clip_id` and only a title."""

    clip_id: str
    title: str
    about: str = ""
    number: int = 0
    length: str = ""
    minutes: str = ""
    dimension: str = ""
    barred: str = ""
    picture: QPixmap | None = None


class OrderDelegate(RowDelegate):
    """Paints the lines that are held in the items."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent, QSize(200, HIGH))

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = index.data(LINE)
        return QSize(200, HIGH if line is not None and line.clip_id else HEAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: OrderLine | None = index.data(LINE)
        if line is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        if line.clip_id:
            is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_clip(painter, box, line, is_chosen=is_chosen)
        else:
            painter.setPen(self._look.color("muted"))
            painter.setFont(font(12, weight=font().Weight.DemiBold))
            painter.drawText(box.adjusted(12, 4, -8, 0), Qt.AlignmentFlag.AlignVCenter, line.title.upper())
        painter.restore()

    def _paint_clip(self, painter: QPainter, box: QRect, line: OrderLine, *, is_chosen: bool) -> None:
        look = self._look
        frame = QRectF(box).adjusted(2, 2, -2, -2)
        if is_chosen:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.setBrush(look.color("raised"))
            painter.drawRoundedRect(frame, 8, 8)
        self._paint_grip(painter, box)
        painter.setPen(look.color("text"))
        painter.setFont(font(14, weight=font().Weight.DemiBold, tabular=True))
        painter.drawText(
            QRect(box.left() + 26, box.top(), 22, box.height()), Qt.AlignmentFlag.AlignCenter, str(line.number or "")
        )
        at = QRect(box.left() + 54, box.center().y() - TALL // 2, WIDE, TALL)
        if line.picture is not None:
            painter.drawPixmap(at, line.picture)
        else:
            painter.fillRect(at, look.color("line"))
        right = self._paint_lengths(painter, box, line)
        self._paint_words(painter, QRect(at.right() + 12, box.top(), right - at.right() - 18, box.height()), line)

    def _paint_grip(self, painter: QPainter, box: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("muted"))
        for row in (-5, 0, 5):
            for column in (12, 17):
                painter.drawEllipse(QRectF(box.left() + column - 1.2, box.center().y() + row - 1.2, 2.4, 2.4))

    def _paint_lengths(self, painter: QPainter, box: QRect, line: OrderLine) -> int:
        """The length of the clip and of the talk about it; returns where they begin."""
        half, right = box.height() // 2, box.right() - 12
        wide = 0
        for words, color, size, top, high in (
            (line.length, "text", 14, box.top() + 8, half - 6),
            (line.minutes, "muted", 12, box.top() + half, half - 8),
        ):
            painter.setFont(font(size, tabular=True))
            painter.setPen(self._look.color(color))
            wide = max(wide, QFontMetrics(painter.font()).horizontalAdvance(words))
            at = QRect(right - 90, top, 90, high)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        return right - wide

    def _paint_words(self, painter: QPainter, box: QRect, line: OrderLine) -> None:
        look, half = self._look, box.height() // 2
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(font(14, weight=font().Weight.Medium))
        painter.setPen(look.color("text"))
        title = QFontMetrics(painter.font()).elidedText(line.title, elide, box.width())
        painter.drawText(QRect(box.left(), box.top() + 8, box.width(), half - 6), Qt.AlignmentFlag.AlignVCenter, title)
        below = QRect(box.left(), box.top() + half, box.width(), half - 8)
        if line.barred:
            painter.drawPixmap(QRect(below.left(), below.center().y() - 7, 14, 14), look.pixmap("close", "danger", 14))
            below.adjust(20, 0, 0, 0)
        elif line.dimension:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(line.dimension))
            painter.drawRoundedRect(QRectF(below.left(), below.center().y() - 4.5, 9, 9), 2, 2)
            below.adjust(16, 0, 0, 0)
        painter.setFont(font(12))
        painter.setPen(look.color("danger" if line.barred else "muted"))
        words = QFontMetrics(painter.font()).elidedText(line.barred or line.about, elide, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, words)
