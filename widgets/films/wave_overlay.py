"""The sounds of two films laid over each other around the playhead: when they fit, their bars mirror each other."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import Texts
from app.model.timecode import SECOND, Micros
from widgets.look.look import CAPTION, Look, font
from widgets.timeline.scale import Scale
from widgets.timeline.strips import FilmSound, loudness

#: µs to each side of the playhead: at first, and the least and the most
SPAN, NEAREST, FARTHEST = 2 * SECOND, SECOND // 5, 30 * SECOND
BAR = 3


class WaveOverlay(QWidget):
    """The reference film's sound stands above the middle, the other's hangs below it. The wheel shows more or less."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._sounds: tuple[FilmSound | None, FilmSound | None] = (None, None)
        self._names = ("", "")
        self._at: Micros = 0
        self._span = SPAN
        self.setMinimumHeight(104)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(texts.tr("The sounds of both films around the playhead"))

    def show_sounds(self, names: tuple[str, str], sounds: tuple[FilmSound | None, FilmSound | None]) -> None:
        self._names, self._sounds = names, sounds
        self.update()

    def show_at(self, time: Micros) -> None:
        self._at = time
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._span = min(max(round(self._span * 0.9985 ** event.angleDelta().y()), NEAREST), FARTHEST)
        self.update()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(CAPTION))
        box = QRectF(self.rect())
        middle = box.center().y()
        painter.fillRect(box, self._look.color("surface"))
        painter.setPen(QPen(self._look.color("line"), 1))
        painter.drawLine(QLineF(0, middle, box.width(), middle))
        per_pixel = 2 * self._span / max(self.width(), 1)
        scale = Scale(self._at - self._span, per_pixel, self.width(), self._at + self._span, self._at - self._span)
        for sound, name, sign in zip(self._sounds, self._names, (-1, 1), strict=True):
            undrawn = self._texts.tr("its sound is not drawn yet")
            words = name if sound is not None else f"{name}: {undrawn}"
            if sound is not None:
                painter.setPen(QPen(self._look.color("text" if sign < 0 else "muted"), BAR - 1))
                high = middle - 6
                bars = loudness(sound, scale, BAR)
                painter.drawLines([QLineF(x, middle, x, middle + sign * max(high * p / 255, 1)) for x, p in bars])
            painter.setPen(self._look.color("muted"))
            side = Qt.AlignmentFlag.AlignTop if sign < 0 else Qt.AlignmentFlag.AlignBottom
            painter.drawText(box.adjusted(8, 4, -8, -4), Qt.AlignmentFlag.AlignLeft | side, words)
        painter.setPen(QPen(self._look.color("ink"), 1.6))
        painter.drawLine(QLineF(box.center().x(), 0, box.center().x(), box.height()))
        painter.end()
