"""A box drawn over the lanes: what it touches is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.look.look import Look
from widgets.timeline.drag import TREMBLE
from widgets.timeline.lane_items import Item


class Box:
    """From where the button went down to where the pointer is, in the widget's pixels."""

    def __init__(self, start: QPointF) -> None:
        self.start = self.end = start
        self.has_moved = False

    def to(self, point: QPointF) -> None:
        self.end = point
        self.has_moved = self.has_moved or (point - self.start).manhattanLength() > TREMBLE

    @property
    def rect(self) -> QRectF:
        return QRectF(self.start, self.end).normalized()

    def draw(self, painter: QPainter, look: Look) -> None:
        tint = QColor(look.color("focus"))
        tint.setAlphaF(0.14)
        painter.setPen(QPen(look.color("focus"), 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(tint)
        painter.drawRect(self.rect)


def items_in(box: QRectF, drawn: Iterable[tuple[Item, QRectF]]) -> Iterator[Item]:
    """The things whose drawing the box touches."""
    return (item for item, where in drawn if box.intersects(where))
