"""The window on the second screen: a film's picture on black, with what is said where that is wanted, and no more."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from app.model.feedback import WITHIN_SHARE
from app.ports import Picture
from widgets.look.caption import paint_caption

#: pixels between two pictures, and around one that lies within another
GAP, EDGE = 4, 3


class BareWindow(QWidget):
    """Takes no keys: what is pressed belongs to the window `beside` it. Black where there is no picture."""

    closed_by_hand = Signal()  # by the computer's own list of windows

    def __init__(self, beside: QWidget) -> None:
        flags = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
        super().__init__(beside, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._beside = beside
        self._image: QImage | None = None
        self._held: Picture | None = None  # its bytes are what the image draws
        self._is_covered = self._is_trial = False
        self._beside_it: tuple[QImage, Picture, bool] | None = None  # another camera's, and whether it lies within
        self.pointer: tuple[float, float] | None = None
        self.caption = ""

    def show_on(self, screen: QScreen) -> None:
        """Over all of a screen."""
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()  # `showFullScreen` would ask for the keys

    def show_picture(self, picture: Picture | None) -> None:
        """A player's sink; None is black."""
        if picture is None:
            if self._image is None:
                return
            self._held = self._image = None
        else:
            self._held, self._image = picture, _image_of(picture)
            self._is_trial = False
        self.update()

    def show_second(self, picture: Picture | None, *, within: bool = False) -> None:
        """Another camera's picture beside the first, or small within it; None for none."""
        if picture is not None or self._beside_it is not None:
            self._beside_it = None if picture is None else (_image_of(picture), picture, within)
            self.update()

    def show_pointer(self, place: tuple[float, float] | None) -> None:
        """A calm ring where the worker points, as shares of the picture; None for nowhere."""
        if place != self.pointer:
            self.pointer = place
            self.update()

    def show_trial(self, *, on: bool) -> None:
        """A plain ring on black: whoever stands before the screen sees whether it is the right one."""
        if on != self._is_trial:
            self._is_trial = on
            self.update()

    def blacken(self) -> None:
        """Black at once, and until there is another picture."""
        self._held = self._image = self._beside_it = self.pointer = None
        self._is_trial = False
        self.repaint()

    def show_caption(self, words: str) -> None:
        """What is said, over the picture; empty for nothing."""
        if words != self.caption:
            self.caption = words
            self.update()

    def set_covered(self, on: bool) -> None:
        """Black while the program is covered, whatever is played."""
        if on != self._is_covered:
            self._is_covered = on
            self.repaint()  # at once: somebody has come in

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        if not self._is_covered:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._image is not None:
                self._paint_pictures(painter, self._image)
            elif self._is_trial:
                _paint_ring(painter, QPointF(self.rect().center()), min(self.width(), self.height()) / 5)
        painter.end()

    def _paint_pictures(self, painter: QPainter, image: QImage) -> None:
        whole = self.rect()
        if self._beside_it is None:
            box = _fitted(image, whole)
            painter.drawImage(box, image)
        else:
            other, _, is_within = self._beside_it
            box, second = _within(image, other, whole) if is_within else _next_to(image, other, whole)
            painter.drawImage(box, image)
            if is_within:
                painter.fillRect(second.adjusted(-EDGE, -EDGE, EDGE, EDGE), Qt.GlobalColor.black)
            painter.drawImage(second, other)
        if self.pointer is not None:
            across, down = self.pointer
            place = QPointF(box.left() + across * box.width(), box.top() + down * box.height())
            _paint_ring(painter, place, max(box.height() / 14, 12.0))
        paint_caption(painter, QRectF(box), self.caption)

    def event(self, event: QEvent) -> bool:
        """Where a computer gives it the keys all the same, they go back."""
        kind = event.type()
        if kind == QEvent.Type.WindowActivate:
            self._beside.activateWindow()
        elif kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and isinstance(event, QKeyEvent):
            return QApplication.sendEvent(self._beside.focusWidget() or self._beside, event)
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed_by_hand.emit()


def _image_of(picture: Picture) -> QImage:
    size, stride = (picture.width, picture.height), picture.width * 4
    return QImage(picture.pixels.data, *size, stride, QImage.Format.Format_RGB32)


def _fitted(image: QImage, within: QRect) -> QRect:
    """The whole picture, as large as it can be, in the middle."""
    size = QSize(image.size()).scaled(within.size(), Qt.AspectRatioMode.KeepAspectRatio)
    box = QRect(0, 0, *size.toTuple())
    box.moveCenter(within.center())
    return box


def _next_to(first: QImage, second: QImage, whole: QRect) -> tuple[QRect, QRect]:
    half = whole.width() // 2
    left = QRect(whole.left(), whole.top(), half - GAP, whole.height())
    right = QRect(whole.left() + half + GAP, whole.top(), whole.width() - half - GAP, whole.height())
    return _fitted(first, left), _fitted(second, right)


def _within(first: QImage, second: QImage, whole: QRect) -> tuple[QRect, QRect]:
    box = _fitted(first, whole)
    small = QRect(0, 0, round(box.width() * WITHIN_SHARE), round(box.height() * WITHIN_SHARE))
    small.moveBottomRight(box.bottomRight() - QPoint(GAP * 3, GAP * 3))
    return box, _fitted(second, small)


def _paint_ring(painter: QPainter, middle: QPointF, radius: float) -> None:
    """Light with a dark edge, so that it is seen on any picture; nothing in it is covered."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, wide in ((QColor(0, 0, 0, 150), 7.0), (QColor(255, 255, 255, 230), 4.0)):
        painter.setPen(QPen(color, wide))
        painter.drawEllipse(middle, radius, radius)
