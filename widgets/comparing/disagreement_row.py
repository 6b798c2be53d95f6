"""A disagreement in the list: when, what it is about, and what A and B each have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from app.comparing.words import DisagreementLine
from widgets.look.look import Look, font
from widgets.look.row_delegate import RowDelegate

HEIGHT = 36
WHEN, ABOUT = 112, 84


def both(line: DisagreementLine) -> str:
    """What A has and what B has, side by side."""
    return f"{line.a} ↔ {line.b}"


class DisagreementDelegate(RowDelegate):
    """Draws the three columns of a row."""

    def __init__(self, look: Look, lines: Sequence[DisagreementLine], parent: QWidget) -> None:
        super().__init__(look, parent, QSize(200, HEIGHT))
        self._lines = lines

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line, look = self._lines[index.row()], self._look
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("hover"))
            painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), 8, 8)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(tabular=True))
        painter.setPen(look.color("text"))
        metrics = painter.fontMetrics()
        when = metrics.elidedText(line.when, Qt.TextElideMode.ElideRight, WHEN - 8)
        painter.drawText(box.adjusted(12, 0, 0, 0), middle, when)
        painter.setPen(look.color("muted"))
        about = metrics.elidedText(line.about, Qt.TextElideMode.ElideRight, ABOUT - 6)
        painter.drawText(box.adjusted(12 + WHEN, 0, 0, 0), middle, about)
        painter.setPen(look.color("text"))
        room = int(box.width()) - 20 - WHEN - ABOUT
        words = metrics.elidedText(both(line), Qt.TextElideMode.ElideRight, room)
        painter.drawText(box.adjusted(12 + WHEN + ABOUT, 0, -6, 0), middle, words)
        painter.restore()
