"""The film's picture, exactly as the player handed it over, and the row beneath that plays it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from app.i18n import Texts
from app.model.timecode import Micros
from app.ports import Picture
from widgets.look import Look, font
from widgets.parts import beside, button, label

CORNER = 8.0
SLIDER_STEPS = 10_000


class PictureView(QWidget):
    """A player's sink: `show_picture` is what it calls. Keeps the picture's bytes as long as they are drawn."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 180)
        self.setAccessibleName(texts.tr("Picture of the film"))
        self._image: QImage | None = None
        self.picture: Picture | None = None

    def show_picture(self, picture: Picture) -> None:
        stride = picture.width * 4
        self.picture = picture
        self._image = QImage(picture.pixels.data, picture.width, picture.height, stride, QImage.Format.Format_RGB32)
        self.update()

    def clear(self) -> None:
        self.picture = self._image = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image is None:
            return
        size = QSize(self._image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        round_box = QPainterPath()
        round_box.addRoundedRect(box, CORNER, CORNER)
        painter.setClipPath(round_box)
        painter.drawImage(box, self._image)
        painter.end()


class Transport(QWidget):
    """Play and pause, the time and frame on the screen, the rate, and a slider over the whole film."""

    play_pressed = Signal()
    rate_pressed = Signal()
    seek_requested = Signal(object)  # µs on the film's clock

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._length = 1
        self._play = button("")
        self._play.setFixedSize(44, 36)
        self._play.setStyleSheet("padding: 0;")
        self._time = label("00:00:00,000")
        self._time.setFont(font(22, weight=font().Weight.DemiBold, tabular=True))
        self._time.setStyleSheet("font-size: 22px; font-weight: 600;")
        self._time.setMinimumWidth(158)
        self._time.setAccessibleName(texts.tr("Time"))
        self._frame = label("", "muted")
        self._frame.setMinimumWidth(96)
        self._rate = button("", kind="pill")
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, SLIDER_STEPS)
        self._slider.setAccessibleName(texts.tr("Place in the film"))
        for part in (self._play, self._rate, self._slider):
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._play.clicked.connect(self.play_pressed)
        self._rate.clicked.connect(self.rate_pressed)
        self._slider.sliderMoved.connect(self._on_slid)
        self._slider.actionTriggered.connect(lambda _: self._on_slid(self._slider.sliderPosition()))
        row = beside(self._play, self._time, self._frame, self._slider, self._rate, spacing=12)
        row.setStretch(3, 1)
        self.setLayout(row)
        self.show_playing(False)
        self.show_rate(1.0)

    def set_length(self, length: Micros) -> None:
        self._length = max(length, 1)

    def show_place(self, film_time: Micros, meeting_time: Micros, number: int) -> None:
        self._time.setText(self._texts.clock(meeting_time))
        self._frame.setText(self._texts.tr("frame {n}", n=self._texts.number(number)))
        if not self._slider.isSliderDown():
            self._slider.blockSignals(True)
            self._slider.setValue(round(film_time / self._length * SLIDER_STEPS))
            self._slider.blockSignals(False)

    def show_playing(self, playing: bool) -> None:
        self._play.setIcon(self._look.icon("pause" if playing else "play", "text", 18))
        self._play.setAccessibleName(self._texts.tr("Pause") if playing else self._texts.tr("Play"))

    def show_rate(self, rate: float) -> None:
        digits = 0 if rate == int(rate) else 2
        self._rate.setText(f"{self._texts.number(rate, max(digits, 1) if digits < 2 else 2)}×")
        self._rate.setAccessibleName(self._texts.tr("Playback speed"))

    def _on_slid(self, value: int) -> None:
        self.seek_requested.emit(round(value / SLIDER_STEPS * self._length))
