"""Rows of a list with what they say above what is about it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from widgets.look.look import Look
from widgets.look.row_delegate import TWO_LINES, RowDelegate

#: the second line of a row; its first is the row's own text
ABOUT = Qt.ItemDataRole.UserRole + 1


class TwoLines(RowDelegate):
    """Words that have no room end in dots: the whole is in the hint."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent, QSize(80, TWO_LINES))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.paint_ground(painter, option)
        upper, lower = self.two_lines(option)
        for box, role, face, color in (
            (upper, Qt.ItemDataRole.DisplayRole, self._strong, "text"),
            (lower, ABOUT, self._small, "muted"),
        ):
            painter.setFont(face)
            painter.setPen(self._look.color(color))
            words = " ".join(str(index.data(role) or "").split())
            shown = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
