"""What nobody filmed, as the timeline shows it: quiet hatching behind the lanes, and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter

from app.i18n import Texts
from app.model.meeting import Stretch
from app.model.timecode import SECOND, Micros
from widgets.look.look import Look
from widgets.timeline.ruler import LABELS
from widgets.timeline.scale import Scale

#: a place where a film's clock jumps has no length of its own; it is drawn so wide, in pixels
NARROWEST = 4
#: a stretch shorter than this is such a place
SEAM_LONGEST: Micros = SECOND // 20


class Unfilmed:
    """Stretches of the meeting that no camera filmed, ascending."""

    def __init__(self, texts: Texts, stretches: Iterable[Stretch] = ()) -> None:
        self._texts, self.stretches = texts, tuple(stretches)

    def draw(self, painter: QPainter, box: QRectF, scale: Scale, look: Look) -> None:
        """Behind what lies in `box`."""
        ground, lines = QColor(look.color("muted")), QColor(look.color("muted"))
        ground.setAlphaF(0.10)
        painter.setPen(Qt.PenStyle.NoPen)
        for stretch, left, right in self._in_sight(box, scale):
            lines.setAlphaF(0.90 if stretch.length < SEAM_LONGEST else 0.40)  # so narrow, it would not be seen
            across = QRectF(left, box.top(), right - left, box.height())
            painter.fillRect(across, ground)
            painter.fillRect(across, QBrush(lines, Qt.BrushStyle.BDiagPattern))

    def draw_words(self, painter: QPainter, box: QRectF, scale: Scale, look: Look) -> None:
        """*Ei kuvattu* in one lane's box, where the stretch is wide enough for it."""
        words, metrics = self._texts.tr("not filmed"), QFontMetricsF(painter.font())
        wide = metrics.horizontalAdvance(words) + 10
        for _, left, right in self._in_sight(box, scale):
            if right - left < wide + 4:
                continue
            plate = QRectF((left + right - wide) / 2, box.center().y() - 8, wide, 16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("surface"))
            painter.drawRoundedRect(plate, 3, 3)
            painter.setPen(look.color("muted"))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)

    def _in_sight(self, box: QRectF, scale: Scale) -> Iterator[tuple[Stretch, float, float]]:
        """Each stretch of which something lies in the box, with its left and right side there."""
        for stretch in self.stretches:
            left, right = (LABELS + scale.x_of(time) for time in (stretch.start, stretch.end))
            if right - left < NARROWEST:
                left, right = left - NARROWEST / 2, left + NARROWEST / 2
            left, right = max(left, box.left()), min(right, box.right())
            if left < right:
                yield stretch, left, right

    def told_at(self, x: float, scale: Scale) -> str:
        """What is said of the place `x` pixels from the left; empty where somebody filmed."""
        found = (s for s, left, right in self._in_sight(QRectF(x, 0, 1, 1), scale) if left <= x + 1 and x <= right)
        return next(map(self._told, found), "")

    def told(self) -> str:
        """All of it in words, for who hears the timeline; empty for nothing."""
        return " ".join(map(self._told, self.stretches))

    def _told(self, stretch: Stretch) -> str:
        t = self._texts
        start, end = (t.short_clock(time, digits=1) for time in (stretch.start, stretch.end))
        if stretch.length < SEAM_LONGEST:
            return t.tr("The film's clock jumps at {time}. Nothing is counted across it.", time=start)
        return t.tr("Not filmed {start}–{end}. In no figure.", start=start, end=end)
