"""The film's picture, exactly as the player handed it over, seen whole or close up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import Texts
from app.ports import Picture
from widgets.films.zoom import WHOLE, Zoom
from widgets.look.caption import paint_caption

CORNER = 8.0
#: pixels that a press may move before it is a drag
TREMBLE = 4
#: the radius in pixels of the ring where somebody else points
POINTER = 15.0
#: the color beneath a gap and its words: a film's own black, in both palettes
GAP, GAP_WORDS = "#0C0E10", "#98A3AC"


class PictureView(QWidget):
    """A player's sink: `show_picture` is what it calls. Keeps the picture's bytes as long as they are drawn.

    Ctrl and wheel, or a pinch, zoom to the pointer; a drag pans; a double click shows the whole picture again.
    """

    pressed = Signal()  # a click, not a drag
    zoomed = Signal(float)  # the factor
    drawn_in = Signal(int, int)  # how many pixels of the screen the whole picture would take
    pointed = Signal(object)  # (x, y) of the hand as shares of the whole picture; None when it has left

    def __init__(self, texts: Texts, name: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 180)
        self.setAccessibleName(name or texts.tr("Picture of the film"))
        self._texts = texts
        self._image: QImage | None = None
        self._is_gap = False
        self._gap_words = ""
        self._grip: QPointF | None = None
        self._dragged = False
        self.is_framed = False
        self.caption = ""
        self._corner = CORNER
        self.zoom = WHOLE
        self.picture: Picture | None = None
        #: where somebody else points
        self.pointer: tuple[float, float] | None = None

    def tell_pointer(self, on: bool) -> None:
        """Whether `pointed` is told: only while somebody else follows the hand."""
        self.setMouseTracking(on)

    def show_pointer(self, place: tuple[float, float] | None) -> None:
        """Where somebody else points, as shares of the whole picture; None for nowhere."""
        if place != self.pointer:
            self.pointer = place
            self.update()

    def show_picture(self, picture: Picture | None) -> None:
        """The next picture; None where the camera has none."""
        if picture is None:
            self.clear()
            self._is_gap = True
            return
        stride = picture.width * 4
        self.picture, self._is_gap = picture, False
        self._image = QImage(picture.pixels.data, picture.width, picture.height, stride, QImage.Format.Format_RGB32)
        self.update()

    def show_why_gap(self, words: str) -> None:
        """What stands in the picture's place where there is none; empty where only this camera has none."""
        if words != self._gap_words:
            self._gap_words = words
            self.setAccessibleDescription(words)
            self.update()

    def clear(self) -> None:
        self.picture = self._image = None
        self.update()

    def show_caption(self, words: str) -> None:
        """What is said, over the picture; empty for nothing."""
        if words != self.caption:
            self.caption = words
            self.update()

    def set_framed(self, on: bool) -> None:
        """A frame around the leading one of several."""
        self.is_framed = on
        self.update()

    def set_rounded(self, on: bool) -> None:
        """Round corners, as everything in the room has them; none at the edges of the screen."""
        self._corner = CORNER if on else 0.0
        self.update()

    def set_zoom(self, zoom: Zoom) -> None:
        if zoom != self.zoom:
            self.zoom = zoom
            self.setCursor(Qt.CursorShape.OpenHandCursor if zoom != WHOLE else Qt.CursorShape.ArrowCursor)
            self.zoomed.emit(zoom.factor)
            self._tell_size()
            self.update()

    def picture_box(self) -> QRectF:
        """Where the picture is drawn, in the widget's pixels."""
        shape = self._image.size() if self._image is not None else QSize(16, 9)
        size = QSize(shape).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        # at whole pixels: half a pixel aside, all of it would be mixed anew and blurred
        return QRectF((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, *size.toTuple())

    # drawing

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_size()

    def _tell_size(self) -> None:
        share = self.devicePixelRatioF() * self.zoom.factor
        self.drawn_in.emit(round(self.width() * share), round(self.height() * share))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image is None and not self._is_gap:
            return
        box = self.picture_box()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        round_box = QPainterPath()
        round_box.addRoundedRect(box, self._corner, self._corner)
        painter.setClipPath(round_box)
        if self._image is None:
            painter.fillRect(box, GAP)
            painter.setPen(GAP_WORDS)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            words = self._gap_words or self._texts.tr("no picture at this place")
            painter.drawText(box.adjusted(8, 8, -8, -8), flags, words)
        else:
            painter.drawImage(box, self._image, self._source())
        paint_caption(painter, box, self.caption)
        if self.pointer is not None and self._image is not None:
            self._paint_pointer(painter, box, self.pointer)
        if self.is_framed:
            painter.setPen(QPen(self.palette().windowText().color(), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), self._corner, self._corner)
        painter.end()

    def _paint_pointer(self, painter: QPainter, box: QRectF, place: tuple[float, float]) -> None:
        """A quiet ring that covers nothing of what it points at, to be seen on dark and on light."""
        z = self.zoom
        x, y = ((place[0] - z.left) / z.share, (place[1] - z.top) / z.share)
        if not (0 <= x <= 1 and 0 <= y <= 1):
            return
        middle = QPointF(box.left() + x * box.width(), box.top() + y * box.height())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, wide in (("#66000000", 6.0), ("#F2FFFFFF", 3.0)):
            painter.setPen(QPen(QColor(color), wide))
            painter.drawEllipse(middle, POINTER, POINTER)

    def _source(self) -> QRectF:
        assert self._image is not None
        wide, high = self._image.width(), self._image.height()
        z = self.zoom
        return QRectF(z.left * wide, z.top * high, z.share * wide, z.share * high)

    # zoom and pan

    def _share_of(self, at: QPointF) -> tuple[float, float]:
        box = self.picture_box()
        return (at.x() - box.left()) / max(box.width(), 1), (at.y() - box.top()) / max(box.height(), 1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        self.set_zoom(self.zoom.by(1.0015 ** event.angleDelta().y(), *self._share_of(event.position())))
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self.zoom.by(1 + event.value(), *self._share_of(event.position())))
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip, self._dragged = event.position(), False

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self.hasMouseTracking():
            self.pointed.emit(None)

    def _tell_pointer(self, at: QPointF) -> None:
        x, y = self._share_of(at)
        is_inside = self._image is not None and 0 <= x <= 1 and 0 <= y <= 1
        z = self.zoom
        self.pointed.emit((z.left + x * z.share, z.top + y * z.share) if is_inside else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.hasMouseTracking():
            self._tell_pointer(event.position())
        if self._grip is None:
            return
        way = event.position() - self._grip
        if not self._dragged and way.manhattanLength() < TREMBLE:
            return
        self._dragged, self._grip = True, event.position()
        box = self.picture_box()
        self.set_zoom(self.zoom.moved(-way.x() / max(box.width(), 1), -way.y() / max(box.height(), 1)))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        grip, self._grip = self._grip, None
        if grip is not None and not self._dragged:
            self.pressed.emit()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.set_zoom(WHOLE)
