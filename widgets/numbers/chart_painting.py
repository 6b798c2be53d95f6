"""A chart's shapes on the screen, in the look of the page; and as a picture on white, to be copied."""

from __future__ import annotations

from functools import lru_cache, singledispatchmethod

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPolygonF

from app.charts.drawing import ON_PAPER, SHADES, SMALL, Bar, Drawing, Label, Line, Mark, Oval, Pen, Shape
from app.charts.picture import Picture
from widgets.look.look import CAPTION, Look, font
from widgets.look.palette import LIGHT

#: pixels of a point: the small text of the page is the smallest text of the screen
SCALE = CAPTION / SMALL
#: the shades of states in a dark room: ink is light there
IN_THE_DARK = ("#E9EDF0", "#7D8890", "#4A535B", "#1B1F23", "#98A3AC")
IMAGE_WIDTH, MARGIN = 900, 24


def pixels(size: float) -> int:
    return max(CAPTION, round(size * SCALE))


@lru_cache(maxsize=16)
def _metrics(size: int) -> QFontMetricsF:
    return QFontMetricsF(font(size))


def pen_for(width: int) -> Pen:
    """The pen of a chart that is `width` pixels wide. Text is never set smaller than captions are."""
    return Pen(width / SCALE, lambda text, size: _metrics(pixels(size)).horizontalAdvance(text) / SCALE, SMALL)


class ChartPainter:
    """Draws shapes with a painter whose origin is the chart's upper left corner."""

    def __init__(self, painter: QPainter, look: Look, drawing: Drawing) -> None:
        self._painter, self._look, self._drawing = painter, look, drawing
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self) -> None:
        for shape in self._drawing.shapes:
            self._put(shape)

    def _at(self, x: float, y: float) -> QPointF:
        return QPointF(x * SCALE, (self._drawing.height - y) * SCALE)

    def _color(self, name: str) -> QColor:
        look = self._look
        if name in SHADES:
            return QColor((IN_THE_DARK if look.is_dark else ON_PAPER)[SHADES.index(name)])
        known = {"text": "text", "muted": "muted", "line": "line", "edge": "muted", "paper": "surface"}
        return look.color(known[name]) if name in known else QColor(look.palette.dimension(name))

    @singledispatchmethod
    def _put(self, shape: Shape) -> None:
        raise AssertionError(shape)

    @_put.register
    def _(self, line: Line) -> None:
        pen = QPen(self._color(line.color), max(line.width * SCALE, 1.0))
        if line.dash:
            pen.setDashPattern([x / line.width for x in line.dash])
        self._painter.setPen(pen)
        self._painter.drawLine(self._at(line.x1, line.y1), self._at(line.x2, line.y2))

    @_put.register
    def _(self, label: Label) -> None:
        size = pixels(label.size)
        place = self._at(label.x, label.y)
        if label.centered:
            place -= QPointF(_metrics(size).horizontalAdvance(label.text) / 2, 0)
        self._painter.setFont(font(size))
        self._painter.setPen(self._color(label.color))
        self._painter.drawText(place, label.text)

    @_put.register
    def _(self, mark: Mark) -> None:
        color, middle, r = self._color(mark.color), self._at(mark.x, mark.y), mark.radius * SCALE
        is_open = mark.shape in ("ring", "hollow")
        self._painter.setPen(QPen(color, 1.3 * SCALE) if is_open else Qt.PenStyle.NoPen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush if is_open else color)
        if mark.shape in ("disc", "ring"):
            self._painter.drawEllipse(middle, r, r)
        else:
            corners = [QPointF(0, -r), QPointF(r, 0), QPointF(0, r), QPointF(-r, 0)]
            self._painter.drawPolygon(QPolygonF([middle + c for c in corners]))

    @_put.register
    def _(self, oval: Oval) -> None:
        self._painter.setPen(QPen(self._color(oval.color), max(oval.width * SCALE, 1.0)))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawEllipse(self._at(oval.x, oval.y), oval.wide * SCALE, oval.high * SCALE)

    @_put.register
    def _(self, bar: Bar) -> None:
        box = QRectF(self._at(bar.x, bar.y + bar.height), self._at(bar.x + bar.width, bar.y))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._color(bar.fill))
        if bar.radius:
            self._painter.drawRoundedRect(box, bar.radius * SCALE, bar.radius * SCALE)
            return
        self._painter.drawRect(box)
        if bar.hatch:
            self._hatch(box, bar.hatch)
        if bar.edge:
            self._painter.setPen(QPen(self._color(bar.edge), 1))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRect(box)

    def _hatch(self, box: QRectF, hatch: str) -> None:
        path = QPainterPath()
        if hatch == "level":
            for row in (1, 2, 3):
                y = box.top() + row * box.height() / 4
                path.moveTo(box.left(), y)
                path.lineTo(box.right(), y)
        else:
            at = box.left() - box.height()
            while at < box.right():
                low, high = (box.bottom(), box.top()) if hatch == "rising" else (box.top(), box.bottom())
                path.moveTo(at, low)
                path.lineTo(at + box.height(), high)
                at += 4.5 * SCALE
        self._painter.save()
        self._painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        self._painter.strokePath(path, QPen(self._color("text"), 0.9))
        self._painter.restore()


def image_of(pictures: tuple[Picture, ...], title: str, notes: tuple[str, ...]) -> QImage:
    """The charts of a sheet on white, with its title above and what the figures rest on below; twice as fine."""
    look, width = Look(LIGHT), IMAGE_WIDTH - 2 * MARGIN
    drawn = [(p.title, p.draw(pen_for(width))) for p in pictures]
    heights = [round(d.height * SCALE) + 30 for _, d in drawn]
    below = [_wrapped(note, width) for note in notes]
    full = MARGIN + 32 + sum(heights) + sum(round(b.height()) + 8 for b in below) + MARGIN
    image = QImage(2 * IMAGE_WIDTH, 2 * full, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.translate(MARGIN, MARGIN)
    _write(painter, QRectF(0, 0, width, 28), title, look.color("text"), 17)
    painter.translate(0, 32)
    for (name, drawing), height in zip(drawn, heights, strict=True):
        _write(painter, QRectF(0, 0, width, 20), name, look.color("muted"), CAPTION)
        painter.translate(0, 22)
        ChartPainter(painter, look, drawing).paint()
        painter.translate(0, height - 22)
    for note, box in zip(notes, below, strict=True):
        _write(painter, QRectF(0, 0, width, box.height() + 4), note, look.color("muted"), CAPTION)
        painter.translate(0, round(box.height()) + 8)
    painter.end()
    return image


def _wrapped(text: str, width: int) -> QRectF:
    return _metrics(CAPTION).boundingRect(QRectF(0, 0, width, 1000), Qt.TextFlag.TextWordWrap, text)


def _write(painter: QPainter, box: QRectF, text: str, color: QColor, size: int) -> None:
    painter.setFont(font(size))
    painter.setPen(color)
    painter.drawText(box, Qt.TextFlag.TextWordWrap, text)
