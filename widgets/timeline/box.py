"""A box drawn over the lanes: what it touches is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.look.look import Look
from widgets.timeline.drag import TREMBLE
from widgets.timeline.lane_items import Item, LaneItems
from widgets.timeline.lanes import Lane


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


def things_between(
    lanes: Sequence[Lane],
    items: Mapping[str, LaneItems],
    one: tuple[Lane, Item] | None,
    other: tuple[Lane, Item] | None,
) -> set[str]:
    """The ids of what begins between two things, in their lanes and those between; of `other` alone without `one`."""
    if one is None or other is None:
        return {found[1].id for found in (one, other) if found is not None}
    low, high = sorted((lanes.index(one[0]), lanes.index(other[0])))
    left, right = sorted((one[1].start, other[1].start))
    return {
        item.id
        for lane in lanes[low : high + 1]
        for item in items[lane.key].between(left, right)
        if left <= item.start <= right
    }
