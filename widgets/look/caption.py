"""What is said, painted over a film's picture: white on black, whatever the film shows, larger on a larger one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from widgets.look.look import font

#: of the picture's height
LETTERS, FOOT = 1 / 19, 1 / 28
#: of the picture's width
WIDEST = 0.86
LEAST_LETTERS = 13  # pixels
GROUND = QColor(0, 0, 0, 205)
WORDS = QColor("#FFFFFF")
_FLAGS = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap


def paint_caption(painter: QPainter, box: QRectF, words: str) -> None:
    """`words`, one or several lines, at the foot of a picture that fills `box`."""
    if not words:
        return
    letters = font()
    letters.setPixelSize(max(round(box.height() * LETTERS), LEAST_LETTERS))
    letters.setWeight(letters.Weight.Medium)
    painter.setFont(letters)
    width, foot = box.width() * WIDEST, box.height() * FOOT
    room = QRectF(box.center().x() - width / 2, box.top(), width, box.height() - foot)
    needed = painter.boundingRect(room, _FLAGS, words)
    margin = letters.pixelSize() * 0.45
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(GROUND)
    painter.drawRoundedRect(needed.adjusted(-margin, -margin / 2, margin, margin / 2), margin / 1.5, margin / 1.5)
    painter.setPen(WORDS)
    painter.drawText(room, _FLAGS, words)
