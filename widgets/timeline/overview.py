"""The whole meeting in one strip above the lanes: where something was coded, the tasks, and what is in sight below."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from app.i18n import Texts
from app.model.timecode import Micros
from widgets.heard.telling import told_by
from widgets.look.look import Look
from widgets.timeline.ruler import LABELS
from widgets.timeline.view import TimelineView

HEIGHT = 22
#: so many observations in one pixel are drawn as high as more
FULL = 6
#: changes are gathered for so long before the strip is drawn anew, ms
GATHER = 120


class _OverviewTold(QAccessibleWidget):
    """Heard with what of the meeting is in sight."""

    def __init__(self, overview: Overview) -> None:
        super().__init__(overview, QAccessible.Role.Slider)

    def text(self, kind: QAccessible.Text) -> str:
        overview = self.widget()
        said = super().text(kind)
        if kind != QAccessible.Text.Name or not isinstance(overview, Overview):
            return said
        return f"{said}, {overview.in_sight()}"


@told_by(_OverviewTold)
class Overview(QWidget):
    """Press or drag in it to bring another part of the films into sight; Left and Right turn a page."""

    def __init__(self, timeline: TimelineView, look: Look, texts: Texts) -> None:
        super().__init__()
        self._timeline, self._look, self._texts = timeline, look, texts
        self._still: QPixmap | None = None
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(texts.tr("Overview of the whole meeting"))
        self.setToolTip(texts.tr("The whole meeting. Press or drag to see another part of it below."))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(GATHER)
        self._later.timeout.connect(self._draw_anew)
        timeline.filled_anew.connect(self._later.start)
        timeline.scrolled.connect(self.update)

    def in_sight(self) -> str:
        """From when to when the timeline shows: `00:10–01:20`."""
        scale = self._timeline.scale
        first, last = max(round(scale.left), scale.first), min(round(scale.right), scale.length)
        return f"{self._texts.short_clock(first)}–{self._texts.short_clock(last)}"

    def x_of(self, time: Micros) -> float:
        """Where a moment is, in the widget's pixels."""
        scale = self._timeline.scale
        return LABELS + (time - scale.first) / max(scale.length - scale.first, 1) * self._room

    @property
    def _room(self) -> int:
        return max(self.width() - LABELS, 1)

    def _time_at(self, x: float) -> Micros:
        scale = self._timeline.scale
        return scale.first + round((x - LABELS) / self._room * (scale.length - scale.first))

    def _draw_anew(self) -> None:
        self._still = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw_anew()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._still is None:
            self._still = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still)
        scale = self._timeline.scale
        left, right = self.x_of(max(round(scale.left), scale.first)), self.x_of(min(round(scale.right), scale.length))
        tint = QColor(self._look.color("focus"))
        tint.setAlphaF(0.16)
        painter.setPen(QPen(self._look.color("focus"), 1.4))
        painter.setBrush(tint)
        painter.drawRoundedRect(QRectF(left, 1.5, max(right - left, 6), HEIGHT - 3), 3, 3)
        x = self.x_of(self._timeline.playhead)
        painter.setPen(QPen(self._look.color("ink"), 1.6))
        painter.drawLine(round(x), 1, round(x), HEIGHT - 1)
        if self.hasFocus():
            painter.setPen(QPen(self._look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(self._look.color("surface"))
        painter = QPainter(made)
        self._draw_unfilmed(painter)
        for item in self._timeline.items("tasks"):
            left, right = self.x_of(item.start), self.x_of(item.end if item.end is not None else item.start)
            painter.fillRect(QRectF(left, HEIGHT - 5, max(right - left - 1, 1), 3), self._look.color("muted"))
        scale = self._timeline.scale
        first, per_pixel = scale.first, max(scale.length - scale.first, 1) / self._room
        starts = chain(self._timeline.starts("points"), self._timeline.starts("states"))
        counts = Counter([int((start - first) / per_pixel) for start in starts])
        highs = [3 + (HEIGHT - 11) * count / FULL for count in range(FULL + 1)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("text"))
        rects = ((x + LABELS, highs[min(count, FULL)]) for x, count in counts.items())
        painter.drawRects([QRectF(x, HEIGHT - 6 - high, 1, high) for x, high in rects])
        painter.end()
        return made

    def _draw_unfilmed(self, painter: QPainter) -> None:
        hatch = QColor(self._look.color("muted"))
        hatch.setAlphaF(0.45)
        for stretch in self._timeline.unfilmed.stretches:
            left, right = self.x_of(stretch.start), self.x_of(stretch.end)
            box = QRectF(left, 0, max(right - left, 2), HEIGHT)
            painter.fillRect(box, QBrush(hatch, Qt.BrushStyle.BDiagPattern))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._timeline.show_around(self._time_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._timeline.show_around(self._time_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turn = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if turn is None:
            event.ignore()
            return
        scale = self._timeline.scale
        self._timeline.show_around(round((scale.left + scale.right) / 2 + turn * (scale.right - scale.left)))
