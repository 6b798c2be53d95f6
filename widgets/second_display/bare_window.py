"""The window on the second screen: a film's picture on black, with what is said where that is wanted, and no more."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from app.ports import Picture
from widgets.look.caption import paint_caption


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
        self._is_covered = False
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
            self._held = picture
            size, stride = (picture.width, picture.height), picture.width * 4
            self._image = QImage(picture.pixels.data, *size, stride, QImage.Format.Format_RGB32)
        self.update()

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
        if self._image is not None and not self._is_covered:
            size = QSize(self._image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRect(0, 0, *size.toTuple())
            box.moveCenter(self.rect().center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self._image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_caption(painter, QRectF(box), self.caption)
        painter.end()

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
