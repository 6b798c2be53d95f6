"""How the time of a talk is shared out: its beginning, each moment, its end, and what is left of it or too much."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import Texts
from app.model.feedback import FeedbackTalk
from widgets.look.look import Look, font


class TalkBar(QWidget):
    """A picture of what the words beside it say; it is heard by those words."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._parts: list[tuple[str, int, str]] = []  # words, minutes, tone
        self._all = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, 26)

    def show_talk(self, talk: FeedbackTalk, numbers: Sequence[tuple[int, int]]) -> None:
        """`numbers` are the number and the minutes of each moment that is there."""
        t = self._texts
        parts = [(t.tr("Start"), talk.opening, "soft"), *((str(n), m, "ink") for n, m in numbers)]
        parts.append((t.tr("Ending"), talk.closing, "soft"))
        left = talk.minutes - talk.planned
        self._parts = [*parts, *([("", left, "free")] if left > 0 else [])]
        self._all = max(talk.minutes, sum(minutes for _, minutes, _ in parts), 1)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(12))
        look, x = self._look, 0.0
        for words, minutes, tone in self._parts:
            wide = self.width() * minutes / self._all
            box = QRectF(x + 1, 1.5, max(wide - 3, 2), self.height() - 3)
            x += wide
            free = tone == "free"
            painter.setPen(QPen(look.color("muted"), 1, Qt.PenStyle.DashLine) if free else Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.NoBrush if free else look.color({"ink": "ink", "soft": "line"}[tone]))
            painter.drawRoundedRect(box, 5, 5)
            if words and box.width() > painter.fontMetrics().horizontalAdvance(words) + 4:
                painter.setPen(look.color("on_ink" if tone == "ink" else "text"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
