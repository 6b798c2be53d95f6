"""One chart on the screen: as wide as there is room, told in words to a screen reader."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.charts.drawing import Drawing
from app.charts.picture import Picture
from widgets.look.look import Look
from widgets.numbers.chart_painting import SCALE, ChartPainter, pen_for

#: a chart does not stretch without end: bars must stay comparable at a glance
WIDEST = 980


class ChartView(QWidget):
    """Lays the picture out anew when its width changes."""

    def __init__(self, picture: Picture, look: Look) -> None:
        super().__init__()
        self._picture, self._look = picture, look
        self.drawing = Drawing(0, 0, ())
        self.setAccessibleName(picture.title)
        self.setAccessibleDescription(picture.told)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(WIDEST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.drawing = self._picture.draw(pen_for(self.width()))
            self.setFixedHeight(round(self.drawing.height * SCALE) + 4)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ChartPainter(painter, self._look, self.drawing).paint()
        painter.end()
