"""Answers to press: a picture with its word below, or words alone. What is chosen has a thick edge and a tick."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from app.charts.feedback_pictures import HIGH, WIDE, picture
from widgets.look.look import Look, font
from widgets.numbers.chart_painting import ChartPainter, pen_for

#: pixels: of a picture's width and its button, of words alone, and of the letters
PICTURE, BUTTON, WORDS, LETTERS = 190, QSize(250, 262), 56, 20
WIDE_WORDS = 340
TICK = 22


class AnswerButton(QPushButton):
    """One of the answers of a question; a press on the chosen one takes it back."""

    def __init__(self, key: str, words: str, picture_key: str, look: Look) -> None:
        super().__init__()
        self.key, self._words, self._picture, self._look = key, words, picture_key, look
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("kind", "answer")
        self.setAccessibleName(words)
        if picture_key:
            self.setFixedSize(BUTTON)
        else:
            self.setMinimumHeight(WORDS)
            self.setMinimumWidth(WIDE_WORDS)

    def sizeHint(self) -> QSize:
        if self._picture:
            return BUTTON
        return QSize(max(QFontMetrics(font(LETTERS)).horizontalAdvance(self._words) + 120, WIDE_WORDS), WORDS)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(font(LETTERS))
        painter.setPen(self._look.color("text"))
        if self._picture:
            drawn = picture(self._picture, pen_for(PICTURE))
            painter.save()
            painter.translate((self.width() - PICTURE) / 2, 22)
            ChartPainter(painter, self._look, drawn).paint()
            painter.restore()
            top = 22 + PICTURE * HIGH / WIDE
            painter.drawText(
                QRectF(8, top, self.width() - 16, self.height() - top - 12), Qt.AlignmentFlag.AlignCenter, self._words
            )
        else:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
        if self.isChecked():
            painter.drawPixmap(self.width() - TICK - 12, 12, self._look.pixmap("check", "text", TICK))
        painter.end()
