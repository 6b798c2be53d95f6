"""What frames the timeline's lanes: the ruler with its times, the lanes' names, the stretch that is looped."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from app.i18n import Texts
from app.model.timecode import Micros
from widgets.look.look import CAPTION, Look, font
from widgets.timeline.lanes import Lane
from widgets.timeline.scale import Scale

LABELS = 172
RULER = 26
#: the ruler's times stand above, the head of the playhead below them, so that it covers none
TIMES = 16


def draw_ruler(painter: QPainter, scale: Scale, texts: Texts, look: Look) -> None:
    painter.setPen(look.color("muted"))
    ticks, fine = scale.ticks()
    for time in ticks:
        x = LABELS + scale.x_of(time)
        if x >= LABELS - 1:
            text = texts.short_clock(time, digits=2 if fine else 0)
            painter.drawText(QRectF(x + 4, 0, 80, TIMES), Qt.AlignmentFlag.AlignVCenter, text)


def draw_label(painter: QPainter, box: QRectF, lane: Lane, lanes: tuple[Lane, ...], look: Look) -> None:
    """A lane's name in `box`, left of its things; the person's once, at the first lane of its group."""
    first = next(other for other in lanes if other.person == lane.person and other.kind == lane.kind)
    if lane.person and first is lane:
        painter.setFont(font(CAPTION, weight=font().Weight.DemiBold))
        painter.setPen(look.color("text"))
        room = QRectF(12, box.top(), LABELS - 16 if not lane.name else 66, box.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, lane.person)
        painter.setFont(font(CAPTION, tabular=True))
    if lane.name:
        left = 84 if lane.person else 12
        if lane.dimension:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(lane.dimension))
            painter.drawRoundedRect(QRectF(70, box.center().y() - 4, 8, 8), 2, 2)
        painter.setPen(look.color("muted"))
        room = QRectF(left, box.top(), LABELS - left - 4, box.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, lane.name)


def draw_tint(
    painter: QPainter, box: QRectF, scale: Scale, span: tuple[Micros, Micros], strength: float, look: Look
) -> None:
    """A stretch of a lane in the color of what is chosen."""
    x1, x2 = (LABELS + scale.x_of(t) for t in span)
    tint = QColor(look.color("focus"))
    tint.setAlphaF(strength)
    painter.fillRect(QRectF(x1, box.top(), max(x2 - x1, 3), box.height()), tint)


def draw_selection(painter: QPainter, scale: Scale, selection: tuple[Micros | None, Micros | None], look: Look) -> None:
    """A bar along the ruler's foot with its ends marked; one end alone while the other is not chosen yet."""
    ends = [LABELS + scale.x_of(t) for t in selection if t is not None]
    if not ends:
        return
    painter.save()
    painter.setClipRect(QRectF(LABELS, 0, scale.width, RULER))
    ink = look.color("focus")
    if len(ends) == len(selection):
        tint = QColor(ink)
        tint.setAlphaF(0.35)
        painter.fillRect(QRectF(ends[0], RULER - 7, max(ends[1] - ends[0], 2), 5), tint)
    for x in ends:
        painter.fillRect(QRectF(x - 1, RULER - 12, 2, 11), ink)
    painter.setClipping(False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.restore()
