"""The row beneath the picture: play, frame by frame, the time and frame on the screen, the rate, loop and sound."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QSlider, QWidget

from app.i18n import Texts
from app.model.timecode import SECOND, Micros
from app.settings.preferences import Preferences
from widgets.keys.captions import KeyTips
from widgets.look.look import Look, font
from widgets.look.parts import beside, button, label, stacked

SLIDER_STEPS = 10_000
TEN = 10 * SECOND
#: pixels from which the row has room for everything, and for all but what leads to other screens
WIDE, ROOMY = 740, 660
#: and below which the sound is only in the popover and on its keys
NARROW = 530
#: below which the loop, too, is only there; and what is always in the row
TIGHT, LEAST = 500, 392
#: pixels between the parts of the row
GAP = 6
WIDEST_TIME, WIDEST_NUMBER = "-00:00:00,000", 999_999
RATES = (0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


class Transport(QWidget):
    """Says what is pressed and shows what it is told; it plays nothing itself. Times are the meeting's, in µs."""

    play_pressed = Signal()
    step_pressed = Signal(int)  # pictures
    rate_chosen = Signal(float)
    seek_requested = Signal(object)  # µs
    dragged = Signal(object)  # µs, while the slider is held
    mute_pressed = Signal()
    more_pressed = Signal()
    screen_pressed = Signal()  # over the whole screen, and back
    second_pressed = Signal()  # on the second screen, and off it

    def __init__(self, look: Look, texts: Texts, preferences: Preferences) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._tips = KeyTips(preferences, self)
        self._start, self._length, self._has_loop, self._has_screens = 0, 1, True, True
        self._play = _square(self.play_pressed.emit)
        self._back = _square(lambda: self.step_pressed.emit(-1))
        self._on = _square(lambda: self.step_pressed.emit(1))
        self._screen, self._second = _square(self.screen_pressed.emit), _square(self.second_pressed.emit)
        for made, icon, name, action_id in (
            (self._back, "step-back", texts.tr("One frame back"), "film.frame-back"),
            (self._on, "step-forward", texts.tr("One frame on"), "film.frame-on"),
            (self._screen, "whole-screen", texts.tr("Picture over the whole screen"), "film.screen"),
            (self._second, "second-screen", texts.tr("Picture on the second screen"), "film.second"),
        ):
            made.setIcon(look.icon(icon, "text", 16))
            self._tips.set(made, name, action_id)
        self._time = label("00:00:00,000")
        self._time.setFont(font(22, weight=font().Weight.DemiBold, tabular=True))
        self._time.setStyleSheet("font-size: 22px; font-weight: 600;")
        self._frame = label(texts.tr("frame {n}", n=texts.number(WIDEST_NUMBER)), "muted")
        self._frame.setFont(font(tabular=True))
        _keep_size(self._time, QFontMetrics(self._time.font()).horizontalAdvance(WIDEST_TIME))
        _keep_size(self._frame, QFontMetrics(self._frame.font()).horizontalAdvance(self._frame.text()))
        self._rate = self._rate_button()
        self.loop = button("", kind="pill")
        self.mute = _square(self.mute_pressed.emit)
        self.more = _square(self.more_pressed.emit)
        self.more.setIcon(look.icon("sliders", "text", 18))
        self._tips.set(self.more, texts.tr("Picture and sound"), "film.more")
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, SLIDER_STEPS)
        self._slider.setMinimumWidth(60)
        self._slider.setAccessibleName(texts.tr("Place in the film"))
        self._slider.sliderMoved.connect(lambda value: self.dragged.emit(self._time_of(value)))
        self._slider.sliderReleased.connect(lambda: self.seek_requested.emit(self._time_of(self._slider.value())))
        self._slider.actionTriggered.connect(self._on_action)
        moves = (self._play, self._back, self._on, self._time, self._frame)
        screens = (self._screen, self._second)
        row = beside(*moves, None, self._rate, self.loop, self.mute, *screens, self.more, spacing=GAP)
        for part in (self._slider, self.loop, self._rate):
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setLayout(stacked(self._slider, row, spacing=4))
        self.show_playing(False)
        self.show_rate(1.0)
        self.show_loop(None)
        self.show_muted(False)

    def show_only(self, *, loop: bool = True, more: bool = True, screens: bool = True) -> None:
        """Without what a place does not need."""
        self._has_loop, self._has_screens = loop, screens
        self.loop.setVisible(loop)
        self.more.setVisible(more)
        for made in (self._screen, self._second):
            made.setVisible(screens)

    def set_span(self, start: Micros, end: Micros) -> None:
        """The first and the last moment that the slider covers."""
        self._start, self._length = start, max(end - start, 1)

    def show_place(self, time: Micros, number: int | None) -> None:
        """The time on the screen and the frame's number; None where there is no picture."""
        self._time.setText(self._texts.clock(time))
        shown = self._texts.tr("frame {n}", n="–" if number is None else self._texts.number(number))
        self._frame.setText(shown)
        if not self._slider.isSliderDown():
            self._slider.blockSignals(True)
            self._slider.setValue(round((time - self._start) / self._length * SLIDER_STEPS))
            self._slider.blockSignals(False)

    def shown_words(self) -> tuple[str, str]:
        """Time and frame as they stand there."""
        return self._time.text(), self._frame.text()

    def show_playing(self, playing: bool) -> None:
        self._play.setIcon(self._look.icon("pause" if playing else "play", "text", 18))
        self._tips.set(self._play, self._texts.tr("Pause") if playing else self._texts.tr("Play"), "film.play")

    def show_rate(self, rate: float) -> None:
        self._rate.setText(rate_words(self._texts, rate))

    def show_loop(self, loop: tuple[Micros, Micros] | None) -> None:
        t = self._texts
        if loop is None:
            self.loop.setText(t.tr("loop off"))
            self._tips.hint(self.loop, t.tr("Play a stretch over and over"), "film.loop")
        else:
            length = loop[1] - loop[0]
            self.loop.setText(t.tr("loop {seconds} s", seconds=t.number(length / SECOND, 1 if length < TEN else 0)))
            self._tips.hint(self.loop, "–".join(t.short_clock(x, digits=1) for x in loop), "film.loop")
        self.loop.setAccessibleName(f"{self.loop.text()}, {self.loop.toolTip()}")

    def show_muted(self, muted: bool) -> None:
        self.mute.setIcon(self._look.icon("sound-off" if muted else "sound", "muted" if muted else "text", 18))
        self._tips.set(self.mute, self._texts.tr("Sound on") if muted else self._texts.tr("Mute"), "film.mute")

    def _rate_button(self) -> QPushButton:
        made = button("", kind="pill")
        self._tips.set(made, self._texts.tr("Playback speed"), "film.faster", "film.slower")
        menu = QMenu(made)
        for rate in RATES:
            menu.addAction(rate_words(self._texts, rate), partial(self.rate_chosen.emit, rate))
        made.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        made.setMenu(menu)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons of single frames and other screens stand in the row where it has room; in the popover always."""
        super().resizeEvent(event)
        width = event.size().width()
        room = width - _taken(self._play, self._time, self._rate, self.more)
        loop = (self.loop,) if self._has_loop else ()
        for least, parts in (
            (LEAST, (self._frame,)),
            (TIGHT, loop),
            (NARROW, (self.mute,)),
            (ROOMY, (self._back, self._on)),
            (WIDE, (self._screen, self._second) if self._has_screens else ()),
        ):
            fits = width >= least and _taken(*parts) <= room
            room -= _taken(*parts) if fits else 0
            for part in parts:
                part.setVisible(fits)

    def minimumSizeHint(self) -> QSize:
        """Without what the row leaves out where it is narrow."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def _time_of(self, value: int) -> Micros:
        return self._start + round(value / SLIDER_STEPS * self._length)

    def _on_action(self) -> None:
        if not self._slider.isSliderDown():
            self.seek_requested.emit(self._time_of(self._slider.sliderPosition()))


def rate_words(texts: Texts, rate: float) -> str:
    """`0,75×`, `1,0×`, `−4×`."""
    digits = 2 if round(rate * 10) != rate * 10 else 1
    sign = "−" if rate < 0 else ""
    return f"{sign}{texts.number(abs(rate), digits)}×"


def _square(on_press: object) -> QPushButton:
    made = button("", on_press)  # type: ignore[arg-type]  # a signal's emit is callable, Qt's stubs do not say so
    made.setFixedSize(34, 34)
    made.setStyleSheet("padding: 0;")
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def _taken(*parts: QWidget) -> int:
    """Of the row, by parts of which some have a fixed size, and by the gap after each."""
    return sum(min(max(p.sizeHint().width(), p.minimumWidth()), p.maximumWidth()) + GAP for p in parts)


def _keep_size(shown: QLabel, wide: int) -> None:
    """So large whatever it says: a size that follows the words lays out the whole window at every picture."""
    shown.setFixedSize(wide + 4, shown.sizeHint().height())
