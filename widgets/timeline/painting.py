"""How things of the timeline look: dots, diamonds, bars with lightness and hatching, tasks, flags."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import repeat

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from app.model.timecode import Micros
from widgets.look.look import Look

RADIUS = 5.0
SHAPES = ("dot", "diamond", "ring")
MARK = 14  # pixels of the square that a point's mark lies in
FLAG_SIGNS = {"important": "★", "clip": "▶", "ask": "?", "safety": "!", "note": "✎"}
#: a bookmark by its color: the shape says the same
FLAG_SIGNS |= {"bookmark-blue": "●", "bookmark-yellow": "▲", "bookmark-green": "■", "bookmark-violet": "◆"}
#: lightness of a state's bar by its code, 0 nothing to 1 ink; hatched ones carry lines as well
STATE_TONES = {"DS1": (0.42, False), "DS2": (0.16, False), "DS3": (0.10, True), "DS0": (0.0, True)}
OTHER_TONES = ((0.42, False), (0.28, False), (0.16, True), (0.10, True))


def draw_point(
    painter: QPainter, x: float, y: float, shape: str, color: QColor, *, selected: bool, look: Look, small: bool = False
) -> None:
    """Adults and both together are dots, children diamonds, harder moments of adults rings.

    `small`: one of those that the common view was made from.
    """
    if selected:
        painter.setPen(QPen(look.color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, y), RADIUS + 3.5, RADIUS + 3.5)
    if small:
        _draw_mark(painter, x, y, shape, color, RADIUS - 1.5)
    else:
        Marks(painter, color).draw(shape, x, y)


class Marks:
    """Marks of one color: each shape is drawn once and then copied, for thousands are in sight at once."""

    def __init__(self, painter: QPainter, color: QColor) -> None:
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        self._painter = painter
        self._marks = {shape: _mark(shape, color.rgba(), ratio) for shape in SHAPES}

    def draw(self, shape: str, x: float, y: float) -> None:
        self._painter.drawPixmap(round(x - MARK / 2), round(y - MARK / 2), self._marks[shape])

    def draw_row(
        self, starts: Iterable[Micros], shapes: Iterable[str], origin: float, per_pixel: float, y: float
    ) -> None:
        """Many at one height `y`; time 0 is at x = `origin`, and a pixel is `per_pixel` µs.

        At whole pixels, as a picture is copied anyway: whole numbers reach Qt in half the time that points need.
        """
        left = origin - MARK / 2 + 0.5  # cut off below, that is rounding: what is drawn lies right of the lanes' names
        across = [int(left + start / per_pixel) for start in starts]
        draw: Callable[[int, int, QPixmap], None] = self._painter.drawPixmap
        for _ in map(draw, across, repeat(round(y - MARK / 2)), map(self._marks.__getitem__, shapes)):
            pass


@lru_cache(maxsize=256)
def _mark(shape: str, rgba: int, ratio: float) -> QPixmap:
    made = QPixmap(round(MARK * ratio), round(MARK * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_mark(painter, MARK / 2, MARK / 2, shape, QColor.fromRgba(rgba))
    painter.end()
    return made


def _draw_mark(painter: QPainter, x: float, y: float, shape: str, color: QColor, radius: float = RADIUS) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    if shape == "diamond":
        r = radius + 1
        painter.drawPolygon(QPolygonF([QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y)]))
    elif shape == "ring":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, 2))
        painter.drawEllipse(QPointF(x, y), radius - 1, radius - 1)
    else:
        painter.drawEllipse(QPointF(x, y), radius, radius)


def tone_of(code: str, place: int) -> tuple[float, bool]:
    return STATE_TONES.get(code) or OTHER_TONES[place % len(OTHER_TONES)]


def draw_state(
    painter: QPainter, box: QRectF, words: str, tone: tuple[float, bool], *, selected: bool, look: Look
) -> None:
    """A bar with its word; a tick of ink where it begins."""
    lightness, hatched = tone
    ink = look.color("ink")
    fill = QColor(ink)
    fill.setAlphaF(lightness)
    painter.setPen(QPen(look.color("focus"), 2) if selected else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 4, 4)
    if hatched:
        lines = QColor(ink)
        lines.setAlphaF(0.45)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(lines, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, 4, 4)
    painter.fillRect(QRectF(box.left(), box.top() - 1, 2, box.height() + 2), ink)
    if box.width() > 34 and words:
        room = box.adjusted(7, 0, -4, 0)
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width() - 8)
        plate = QRectF(room.left(), box.top() + 1, metrics.horizontalAdvance(text) + 8, box.height() - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("background"))
        painter.drawRoundedRect(plate, 3, 3)
        painter.setPen(look.color("text"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def draw_task(painter: QPainter, box: QRectF, words: str, *, covered: bool, selected: bool, look: Look) -> None:
    """A labeled block; a line of ink beneath says that it is covered."""
    painter.setPen(QPen(look.color("focus") if selected else look.color("line"), 2 if selected else 1))
    painter.setBrush(look.color("raised"))
    painter.drawRoundedRect(box, 4, 4)
    if covered:
        painter.fillRect(QRectF(box.left() + 3, box.bottom() - 2, max(box.width() - 6, 1), 2), look.color("ink"))
    if box.width() > 20:
        text = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, box.width() - 12)
        painter.setPen(look.color("text"))
        painter.drawText(box.adjusted(7, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, text)
