"""Codings above one another in each lane: one alone, two that are compared, or two with their common view between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.model.timecode import Micros
from widgets.look.look import Look

#: of two codings with their common view between: A, common, B
UPPER, MIDDLE, LOWER = 0, 1, 2
#: what stands in the common view where no mark does
CROSS, DIFFER, OPEN = "cross", "differ", "open"
SIGNS = {CROSS: "×", DIFFER: "≠", OPEN: "?"}


class Link(NamedTuple):
    """A short line in a lane from one track's time down to another's, µs."""

    start: Micros
    end: Micros
    upper: int = 0
    lower: int = 1


@dataclass(frozen=True, slots=True)
class Tracks:
    """Where the tracks lie in a lane: the height of its kinds in rows, and each track's middle and bar, as shares."""

    count: int
    points: float
    states: float
    middles: tuple[float, ...]
    bars: tuple[tuple[float, float], ...]

    def y_of(self, top: float, height: float, track: int) -> float:
        """The middle of a track in a lane."""
        return top + height * self.middles[track]

    def bar_of(self, top: float, height: float, track: int) -> tuple[float, float]:
        """Top and height of a track's bars in a lane of states."""
        first, last = self.bars[track]
        return top + height * first, height * (last - first)


ONE = Tracks(1, 1.0, 1.0, (0.5,), ((0.0, 1.0),))
TWO = Tracks(2, 1.4, 2.0, (0.3, 0.7), ((0.0, 0.5), (0.5, 1.0)))
#: the common view is larger than the two that it was made from, which stay in sight
THREE = Tracks(3, 2.4, 2.9, (0.17, 0.5, 0.83), ((0.0, 0.27), (0.27, 0.73), (0.73, 1.0)))
BY_COUNT = {t.count: t for t in (ONE, TWO, THREE)}


def draw_middle(painter: QPainter, box: QRectF, tracks: Tracks, look: Look) -> None:
    """The ground of the common view in a lane of points, so that it is told from the two beside it."""
    if tracks.count == THREE.count:
        y = tracks.y_of(box.top(), box.height(), MIDDLE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("raised"))
        painter.drawRoundedRect(QRectF(box.left(), y - 9, box.width(), 18), 4, 4)


def draw_links(painter: QPainter, ends: Sequence[tuple[QPointF, QPointF]], color: QColor) -> None:
    """Lines that say: this is the same observation, or it comes from there."""
    painter.setPen(QPen(color, 1.4))
    for upper, lower in ends:
        painter.drawLine(upper, lower)


def draw_sign(painter: QPainter, center: QPointF, shape: str, *, selected: bool, look: Look) -> None:
    """What was decided where no mark stands: × for neither, ≠ in a box for *differently*, ? for what is open."""
    box = QRectF(center.x() - 8, center.y() - 8, 16, 16)
    ink = look.color("text" if shape != OPEN else "muted")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if shape == DIFFER or selected:
        painter.setPen(QPen(look.color("focus") if selected else ink, 1.4))
        painter.setBrush(look.color("background"))
        painter.drawRoundedRect(box, 4, 4)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, SIGNS[shape])


def draw_blank(painter: QPainter, box: QRectF, shape: str, *, selected: bool, look: Look) -> None:
    """A stretch of the common view that holds no state: outlined, with the sign of what was decided."""
    ink = look.color("focus" if selected else "muted")
    painter.setPen(QPen(ink, 2 if selected else 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
    if box.width() >= 16:
        draw_sign(painter, box.center(), shape, selected=False, look=look)


def draw_letter(painter: QPainter, place: QPointF, letter: str, look: Look) -> None:
    """Beside a mark of the common view: whose it was, or + for a new one."""
    painter.setPen(look.color("text"))
    painter.drawText(QRectF(place.x() + 8, place.y() - 8, 30, 16), Qt.AlignmentFlag.AlignVCenter, letter)
