"""The sound level as a bar of ink: it fills with the loudness, and a word says when the sound breaks.

A screen reader is told no level, for it would read figures without end: what is read out is that word.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import Texts
from app.ports.recorder import SoundLevel
from widgets.look.look import Look

#: the quietest that is drawn, in decibels below full scale
FLOOR = -60.0
HEIGHT = 14
#: how far the mark of the loudest falls back with each new level, in decibels
FALL = 1.5


class SoundMeter(QWidget):
    """Mean as the bar, the loudest of the last moments as a line."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look = look
        self._mean = self._peak = FLOOR
        self._is_on = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(80)
        self.setAccessibleName(texts.tr("Sound level"))
        self.silence()

    def sizeHint(self) -> QSize:
        return QSize(180, HEIGHT)

    def show_level(self, level: SoundLevel) -> None:
        self._is_on = True
        self._mean = level.mean_db
        self._peak = max(level.peak_db, self._peak - FALL)
        self.update()

    def silence(self) -> None:
        """Nothing is heard any more."""
        self._is_on, self._mean, self._peak = False, FLOOR, FLOOR
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        painter.setBrush(self._look.color("line"))
        painter.drawRoundedRect(box, 4, 4)
        if self._is_on:
            painter.setBrush(self._look.color("muted"))
            painter.drawRoundedRect(QRectF(0, 0, box.width() * _share(self._mean), box.height()), 4, 4)
            at = box.width() * _share(self._peak)
            painter.fillRect(QRectF(max(at - 2, 0), 0, 2, box.height()), self._look.color("ink"))
        painter.end()


def _share(db: float) -> float:
    return min(max((db - FLOOR) / -FLOOR, 0.0), 1.0)
