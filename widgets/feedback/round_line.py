"""A parent's own numbers over the rounds of filming and looking: a line for one person, and never a measure of one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import Texts
from app.model.feedback import FAR, THERE, FeedbackTalk
from widgets.look.look import Look, font

MARGIN = 28


class RoundLine(QWidget):
    """From 0 to 10 at the left, the rounds below; a round without a number leaves a gap."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._rounds: Sequence[FeedbackTalk] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(320, 150)

    def show_rounds(self, rounds: Sequence[FeedbackTalk]) -> None:
        t = self._texts
        self._rounds = rounds
        said = [t.tr("round {n}: {number}", n=r.cycle, number="–" if r.scaling is None else r.scaling) for r in rounds]
        self.setAccessibleName(t.tr("The parent's own numbers by round"))
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(12))
        box = QRectF(self.rect()).adjusted(MARGIN, 10, -14, -MARGIN + 4)
        self._paint_axes(painter, box)
        before: QPointF | None = None
        for number, one in enumerate(self._rounds):
            x = box.left() + box.width() * (number + 0.5) / max(len(self._rounds), 1)
            painter.setPen(self._look.color("muted"))
            below = QRectF(x - 30, box.bottom() + 4, 60, 16)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(one.cycle))
            if one.scaling is None:
                before = None
                continue
            place = QPointF(x, self._y(box, one.scaling))
            painter.setPen(QPen(self._look.color("ink"), 2))
            if before is not None:
                painter.drawLine(before, place)
            painter.setBrush(self._look.color("ink"))
            painter.drawEllipse(place, 4, 4)
            painter.setPen(self._look.color("text"))
            painter.drawText(QRectF(x - 20, place.y() - 20, 40, 16), Qt.AlignmentFlag.AlignCenter, str(one.scaling))
            before = place
        painter.end()

    def _paint_axes(self, painter: QPainter, box: QRectF) -> None:
        for number in (FAR, (FAR + THERE) // 2, THERE):
            y = self._y(box, number)
            painter.setPen(QPen(self._look.color("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(self._look.color("muted"))
            painter.drawText(QRectF(0, y - 8, MARGIN - 8, 16), Qt.AlignmentFlag.AlignRight, str(number))

    @staticmethod
    def _y(box: QRectF, number: int) -> float:
        return box.bottom() - box.height() * (number - FAR) / (THERE - FAR)
