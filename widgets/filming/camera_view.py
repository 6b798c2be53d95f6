"""A camera's picture, or a word where it should be; over the large one the clock with the time of day."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from app.i18n import Texts
from app.ports import Picture
from widgets.films.picture import CORNER, PictureView
from widgets.look.look import Look, font

RECORDING, WAITING, PAUSED, LOOKING = "recording", "waiting", "paused", "looking"
PLATE = 44


class CameraView(PictureView):
    """A sink of the recorder. `say` is what stands there while no picture comes."""

    clock_moved = Signal()

    def __init__(self, look: Look, texts: Texts, name: str) -> None:
        super().__init__(texts)
        self._look, self._texts = look, texts
        self._words = ""
        self._clock: tuple[str, str, str] | None = None
        self._clock_was = QRect()
        self._state = ""
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)

    @property
    def gives_pictures(self) -> bool:
        return self.picture is not None

    def take(self, picture: Picture | None) -> None:
        """What the recorder or a player hands over; None when nothing comes any more."""
        if picture is None:
            self.clear()
        else:
            self.show_picture(picture)

    def say(self, words: str) -> None:
        self._words = words
        self.update()

    def show_clock(self, state: str, clock: str, time_of_day: str) -> None:
        """`state` is recording (a red dot), waiting (for the disk), paused or looking; both times beside it."""
        new = (state, clock, time_of_day)
        if new != self._clock:
            self._clock = new
            self.update()
            if (box := self.clock_box()) != self._clock_was:
                self._clock_was = box
                self.clock_moved.emit()

    def show_dot(self, state: str) -> None:
        """The state alone, where no clock is: recording, waiting, or nothing."""
        if state != self._state:
            self._state = state
            self.update()

    def clock_box(self) -> QRect:
        """Where the clock lies, in pixels of the view; nothing else is to lie over it."""
        return self._plate().toAlignedRect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.clock_moved.emit()

    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.picture is None:
            self._paint_empty()
        else:
            super().paintEvent(event)
        if self._clock is not None:
            self._paint_clock(*self._clock)
        elif self._state:
            self._paint_dot(self._state)

    def _paint_empty(self) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._look.color("line"))
        painter.setBrush(self._look.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        painter.setPen(self._look.color("muted"))
        painter.setFont(font())
        box = self.rect().adjusted(16, 16, -16, -16)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
        painter.end()

    def _picture_box(self) -> QRectF:
        if self.picture is None:
            return QRectF(self.rect())
        size = QSize(self.picture.width, self.picture.height).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, *size.toTuple())

    def _widths(self, clock: str, time_of_day: str) -> tuple[int, int]:
        large, small = _clock_fonts()
        return QFontMetrics(large).horizontalAdvance(clock), QFontMetrics(small).horizontalAdvance(time_of_day)

    def _plate(self) -> QRectF:
        first, second = self._widths(*(self._clock[1:] if self._clock is not None else ("", "")))
        corner = self._picture_box().topLeft()
        return QRectF(corner.x() + 16, corner.y() + 16, 14 + 20 + first + 12 + second + 14, PLATE)

    def _paint_clock(self, state: str, clock: str, time_of_day: str) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        large, small = _clock_fonts()
        first, second = self._widths(clock, time_of_day)
        plate = self._plate()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(20, 23, 26, 225))
        painter.drawRoundedRect(plate, CORNER, CORNER)
        self._paint_state(painter, plate, state)
        painter.setPen(QColor("#F2F4F5"))
        painter.setFont(large)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(plate.x() + 34, plate.y(), first + 4, PLATE), middle, clock)
        painter.setPen(QColor("#B4BDC5"))
        painter.setFont(small)
        painter.drawText(QRectF(plate.x() + 46 + first, plate.y(), second + 4, PLATE), middle, time_of_day)
        painter.end()

    def _paint_dot(self, state: str) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corner = self._picture_box().topLeft()
        plate = QRectF(corner.x() + 8, corner.y() + 8, 40, 28)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(20, 23, 26, 225))
        painter.drawRoundedRect(plate, CORNER, CORNER)
        self._paint_state(painter, plate, state)
        painter.end()

    def _paint_state(self, painter: QPainter, plate: QRectF, state: str) -> None:
        """A red dot while recording, two bars in a pause, a red ring while waiting, a gray one while only looking."""
        x, y = plate.x() + 14, plate.center().y()
        if state == RECORDING:
            painter.setBrush(QColor("#E5534B"))
            painter.drawEllipse(QRectF(x, y - 6, 12, 12))
        elif state == PAUSED:
            painter.setBrush(QColor("#F2F4F5"))
            painter.drawRect(QRectF(x + 1, y - 6, 4, 12))
            painter.drawRect(QRectF(x + 8, y - 6, 4, 12))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor("#E5534B"), 2) if state == WAITING else QColor("#B4BDC5"))
            painter.drawEllipse(QRectF(x, y - 6, 12, 12))


def _clock_fonts() -> tuple[QFont, QFont]:
    """Of the film's time, and of the time of day beside it."""
    return font(22, weight=QFont.Weight.DemiBold, tabular=True), font(tabular=True)
