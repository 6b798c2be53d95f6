"""What the painters of rows have in common: one height, the style's ground, and two lines of words in a box."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from widgets.look.look import CAPTION, Look, font

#: the height of a row with two lines of words, in pixels
TWO_LINES = 56
_SIDE, _ABOVE = 12, 8


class RowDelegate(QStyledItemDelegate):
    """Rows of one least size, in the program's look."""

    def __init__(self, look: Look, parent: QWidget, least: QSize) -> None:
        super().__init__(parent)
        self._look, self._least = look, least
        self._strong = font(weight=font().Weight.DemiBold)
        self._small = font(CAPTION)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self._least

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """What the style sheet has under a row: chosen, under the mouse, or neither."""
        view = option.widget
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)

    def two_lines(self, option: QStyleOptionViewItem) -> tuple[QRect, QRect]:
        """The upper and the lower line within a row's margins."""
        box: QRect = option.rect.adjusted(_SIDE, _ABOVE, -_SIDE, -_ABOVE)
        half = box.height() // 2
        return (
            QRect(box.left(), box.top(), box.width(), half),
            QRect(box.left(), box.top() + half, box.width(), half),
        )
