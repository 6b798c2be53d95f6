"""*Kuva ja ääni*: moves, how a film is shown and heard, and how the cameras are laid out. None of it changes a film."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from math import log

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from app.model.recording import AS_FILMED, Recording, Viewing
from app.model.timecode import SECOND
from app.shortcuts.actions import action
from widgets.films.controls import Controls
from widgets.films.pictures import LAYOUTS, FilmPictures
from widgets.films.session import FilmSession
from widgets.forms.inputs import ChoiceBox
from widgets.keys.captions import KeyTips
from widgets.keys.matcher import Act, Matcher
from widgets.look.look import Look
from widgets.look.parts import beside, button, hairline, label, section_label, stacked

WIDTH = 404
#: contrast goes from a quarter to fourfold, evenly for the eye: 4 to the power of −1 … 1
CONTRAST_BASE = 4.0
LOUDEST_DB = 30


class PictureSound(QFrame):
    """A quiet sheet beside the picture; Esc or a press elsewhere closes it. Each let go of a slider is one step."""

    layout_chosen = Signal(str)
    align_wanted = Signal()

    def __init__(
        self,
        session: FilmSession,
        pictures: FilmPictures,
        controls: Controls,
        acts: Mapping[str, Act],
        look: Look,
        parent: QWidget,
    ) -> None:
        """`acts` are what keys do where the films are watched: they go on working here."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self._session, self._pictures, self._controls, self._acts = session, pictures, controls, acts
        self._texts, self._look = session.space.texts, look
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self._texts.tr("Picture and sound"))
        self._tips = KeyTips(session.preferences, self)
        self._keys = Matcher(acts, session.preferences)
        self._camera = session.player.leading()
        self._of_camera: dict[int, QPushButton] = {}
        self._heard: dict[int, QPushButton] = {}
        self._layouts: dict[str, QPushButton] = {}
        self._lanes: dict[str, QPushButton] = {}
        self._values: dict[QSlider, QLabel] = {}
        parts = [*self._moves(), hairline(), *self._picture(), hairline(), *self._sound()]
        if len(session.cameras) > 1:
            parts += [hairline(), *self._cameras()]
        parts += [hairline(), self._timeline()]
        column = stacked(spacing=7, margins=(16, 12, 16, 12))
        for part in parts:
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        self.setLayout(column)
        controls.volume_changed.connect(self._show_volume)

    def show_beside(self, pictures: QWidget) -> None:
        """To the right of the picture, so that what is changed is seen; held on the screen."""
        self._camera = self._session.player.leading()
        self.refresh()
        self.adjustSize()
        corner = pictures.mapToGlobal(QPoint(pictures.width() + 8, 0))
        room = pictures.screen().availableGeometry()
        x = min(corner.x(), room.right() - self.width())
        y = max(min(corner.y(), room.bottom() - self.height()), room.top())
        self.move(x, y)
        self.show()
        self.setFocus()

    # building

    def _moves(self) -> list[QWidget | QHBoxLayout]:
        t, c = self._texts, self._controls
        steps = (
            ("−5 s", "film.five-back", partial(c.move, -5 * SECOND)),
            ("−1 s", "film.second-back", partial(c.move, -SECOND)),
            ("−1", "film.frame-back", partial(c.step, -1)),
            ("+1", "film.frame-on", partial(c.step, 1)),
            ("+1 s", "film.second-on", partial(c.move, SECOND)),
            ("+5 s", "film.five-on", partial(c.move, 5 * SECOND)),
        )
        shuttle = (
            ("◀◀", "film.run-back", c.shuttle_back),
            ("■", "film.stop", c.pause),
            ("▶▶", "film.run-on", c.shuttle_on),
        )
        names = {"◀◀": t.tr("Run backward, faster with each press"), "■": t.tr("Stop the film"),
                 "▶▶": t.tr("Run forward, faster with each press"), "−1": t.tr("One frame back"),
                 "+1": t.tr("One frame on")}  # fmt: skip
        jumps = (
            (t.tr("‹ task"), "film.task-back", partial(c.jump_task, -1)),
            (t.tr("task ›"), "film.task-on", partial(c.jump_task, 1)),
            (t.tr("‹ observation"), "film.moment-back", partial(c.jump_moment, -1)),
            (t.tr("observation ›"), "film.moment-on", partial(c.jump_moment, 1)),
        )
        return [
            beside(
                section_label(t.tr("Moves")), None, *(self._small(*s, names.get(s[0], "")) for s in shuttle), spacing=4
            ),
            beside(*(self._small(*s, names.get(s[0], "")) for s in steps), spacing=4),
            beside(*(self._small(*s) for s in jumps), spacing=4),
        ]

    def _picture(self) -> list[QWidget | QHBoxLayout]:
        t = self._texts
        head = beside(section_label(t.tr("Picture")), None, spacing=4)
        if len(self._session.cameras) > 1:
            for camera in self._session.cameras:
                made = self._small(t.tr("Camera {n}", n=camera), "", partial(self._choose, camera))
                made.setCheckable(True)
                self._of_camera[camera] = made
                head.addWidget(made)
        self.brightness, bright = self._slider(t.tr("Brightness"), (-100, 100), self._show_brightness)
        self.contrast, contrast = self._slider(t.tr("Contrast"), (-100, 100), self._show_contrast)
        self.deinterlace = QCheckBox(t.tr("Remove comb lines"))
        self.deinterlace.setToolTip(t.tr("For old cameras whose moving edges look like a comb"))
        self.deinterlace.clicked.connect(lambda on: self._keep(deinterlace=on))
        turns = []
        for icon, by, name in (("turn-left", -90, t.tr("Turn left")), ("turn-right", 90, t.tr("Turn right"))):
            made = self._small("", "", partial(self._turn, by), name)
            made.setIcon(self._look.icon(icon, "text", 16))
            turns.append(made)
        self.zoom_out = self._small("−", "film.farther", self._acts["film.farther"], t.tr("Farther"))
        self.zoom_in = self._small("+", "film.closer", self._acts["film.closer"], t.tr("Closer"))
        whole = self._small(t.tr("whole"), "film.whole", self._acts["film.whole"], t.tr("Whole picture"))
        screens = [
            self._small(words, name, partial(self._elsewhere, name), t.tr(action(name).name))
            for words, name in ((t.tr("whole screen"), "film.screen"), (t.tr("second screen"), "film.second"))
        ]
        self.reset = button(t.tr("As filmed"), lambda: self._keep_all(AS_FILMED), "link")
        self.undo = button(t.tr("Undo"), self._session.undo_keep, "link")
        return [
            head,
            bright,
            contrast,
            beside(*turns, self.deinterlace, None, spacing=4),
            beside(label(t.tr("Zoom"), "muted"), self.zoom_out, self.zoom_in, whole, None, self.undo, self.reset),
            beside(label(t.tr("Show on"), "muted"), *screens, None, spacing=4),
        ]

    def _sound(self) -> list[QWidget | QHBoxLayout]:
        t, c = self._texts, self._controls
        head = beside(section_label(t.tr("Sound")), None, spacing=4)
        if len(self._session.cameras) > 1:
            for camera in self._session.cameras:
                made = self._small(t.tr("Camera {n}", n=camera), "film.hear", partial(self._hear, camera))
                made.setAccessibleName(t.tr("Hear camera {n}", n=camera))
                made.setCheckable(True)
                self._heard[camera] = made
                head.addWidget(made)
        self.volume, volume = self._slider(t.tr("Volume"), (0, 100), lambda _: None)
        self.volume.valueChanged.connect(c.set_volume)
        self.gain, gain = self._slider(t.tr("Louder voices"), (0, LOUDEST_DB), self._show_gain)
        self.track = ChoiceBox()
        self.track.setAccessibleName(t.tr("Sound track"))
        self.track.activated.connect(lambda place: self._keep_heard(sound_track=place))
        self._track_row = QWidget()
        self._track_row.setLayout(beside(_name(t.tr("Sound track")), self.track))
        return [head, volume, gain, self._track_row]

    def _cameras(self) -> list[QWidget | QHBoxLayout]:
        t = self._texts
        row = beside(spacing=4)
        for layout, name in LAYOUTS.items():
            made = self._small(t.tr(name), "film.layout", partial(self._lay_out, layout))
            made.setCheckable(True)
            self._layouts[layout] = made
            row.addWidget(made)
        align = button(t.tr("Align the cameras…"), self._align)
        return [beside(section_label(t.tr("Cameras")), None, align), row]

    def _timeline(self) -> QHBoxLayout:
        t = self._texts
        row = beside(section_label(t.tr("On the timeline")), None, spacing=4)
        for lane, name in (("sound", t.tr("Sound")), ("pictures", t.tr("Picture"))):
            made = self._small(name, "", lambda: None)
            made.setCheckable(True)
            made.toggled.connect(partial(self._session.choose_lane, lane))
            self._lanes[lane] = made
            row.addWidget(made)
        return row

    def _slider(self, name: str, limits: tuple[int, int], show: Callable[[int], None]) -> tuple[QSlider, QHBoxLayout]:
        """A slider with its name and value; shown while held, kept when let go of."""
        made, value = QSlider(Qt.Orientation.Horizontal), QLabel()
        made.setRange(*limits)
        made.setAccessibleName(name)
        self._values[made] = value
        value.setFixedWidth(52)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        made.valueChanged.connect(lambda v: value.setText(self._value_words(made, v)))
        made.valueChanged.connect(show)
        made.valueChanged.connect(lambda _: None if made.isSliderDown() else self._keep_sliders(made))
        made.sliderReleased.connect(lambda: self._keep_sliders(made))
        return made, beside(_name(name), made, value)

    def _value_words(self, slider: QSlider, value: int) -> str:
        if slider is getattr(self, "gain", None):
            return f"+{value} dB"
        if slider is getattr(self, "volume", None):
            return f"{value} %"
        return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value)}"

    # what is shown

    def refresh(self) -> None:
        """The values as they are in the archive."""
        session, film = self._session, self._film()
        viewing, heard = film.viewing, session.film_of(self._heard_camera())
        for slider, value in (
            (self.brightness, round(viewing.brightness * 100)),
            (self.contrast, round(log(viewing.contrast, CONTRAST_BASE) * 100)),
            (self.gain, round(heard.viewing.gain_db)),
        ):
            self._set(slider, value)
        self.deinterlace.setChecked(viewing.deinterlace)
        self.reset.setVisible(viewing != AS_FILMED)
        self.undo.setVisible(bool(session.can_undo_keep()))
        tracks = heard.facts.sound_tracks
        self.track.clear()
        self.track.addItems([self._texts.tr("Track {n}", n=n + 1) for n in range(len(tracks))])
        self.track.setCurrentIndex(min(heard.viewing.sound_track, max(len(tracks) - 1, 0)))
        self._track_row.setVisible(len(tracks) > 1)
        self.gain.setEnabled(bool(tracks))
        for camera, made in self._of_camera.items():
            made.setChecked(camera == self._camera)
        for camera, made in self._heard.items():
            made.setChecked(camera == self._heard_camera())
        for layout, made in self._layouts.items():
            made.setChecked(layout == self._pictures.layout_name)
        for lane, made in self._lanes.items():
            made.blockSignals(True)
            made.setChecked(lane in session.lanes())
            made.blockSignals(False)
        self._show_volume(self._controls.volume, self._controls.is_muted)

    def _set(self, slider: QSlider, value: int) -> None:
        if not slider.isSliderDown():
            slider.blockSignals(True)
            slider.setValue(value)
            slider.blockSignals(False)
        self._values[slider].setText(self._value_words(slider, slider.value()))

    def _show_volume(self, percent: int, _muted: bool) -> None:
        self._set(self.volume, percent)
        for camera, made in self._heard.items():
            made.setChecked(camera == self._heard_camera())

    # changes

    def _film(self) -> Recording:
        return self._session.film_of(self._camera)

    def _heard_camera(self) -> int:
        return self._session.player.listening_to()

    def _choose(self, camera: int) -> None:
        self._camera = camera
        self.refresh()

    def _show_brightness(self, value: int) -> None:
        film = self._film()
        self._session.preview(film.id, self._with(film, brightness=value / 100))

    def _show_contrast(self, value: int) -> None:
        film = self._film()
        self._session.preview(film.id, self._with(film, contrast=_contrast(value)))

    def _show_gain(self, value: int) -> None:
        film = self._session.film_of(self._heard_camera())
        self._session.preview(film.id, replace(film.viewing, gain_db=float(value)))

    def _with(self, film: Recording, **fields: float) -> Viewing:
        return replace(film.viewing, **fields)  # type: ignore[arg-type]  # its numbers only

    def _keep_sliders(self, slider: QSlider) -> None:
        if slider is self.gain:
            self._keep_heard(gain_db=float(slider.value()))
        elif slider is self.brightness:
            self._keep(brightness=slider.value() / 100)
        elif slider is self.contrast:
            self._keep(contrast=_contrast(slider.value()))

    def _turn(self, by: int) -> None:
        self._keep(turn=(self._film().viewing.turn + by) % 360)

    def _keep(self, **fields: object) -> None:
        film = self._film()
        self._session.keep(film.id, replace(film.viewing, **fields))  # type: ignore[arg-type]  # fields of a viewing

    def _keep_all(self, viewing: Viewing) -> None:
        self._session.keep(self._film().id, viewing)

    def _keep_heard(self, **fields: object) -> None:
        film = self._session.film_of(self._heard_camera())
        self._session.keep(film.id, replace(film.viewing, **fields))  # type: ignore[arg-type]  # fields of a viewing

    def _hear(self, camera: int) -> None:
        self._controls.hear(camera)
        self.refresh()

    def _lay_out(self, layout: str) -> None:
        self.layout_chosen.emit(layout)
        self.refresh()

    def _align(self) -> None:
        self.hide()
        self.align_wanted.emit()

    def _elsewhere(self, action_id: str) -> None:
        """The sheet goes first: it stood beside the picture."""
        self.hide()
        self._acts[action_id]()

    def _small(self, words: str, action_id: str, act: Callable[[], object], name: str = "") -> QPushButton:
        """A button of a dense row, with its keys in the hint."""
        made = button(words, act, "small")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._tips.set(made, name or words, *([action_id] if action_id else []))
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and redo are these changes'; Esc closes; the film's own keys go on working."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self._session.undo_keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif not self._keys.take(event):
            super().keyPressEvent(event)


def _contrast(value: int) -> float:
    return round(float(CONTRAST_BASE ** (value / 100)), 3)


def _name(words: str) -> QLabel:
    made = label(words, "muted")
    made.setFixedWidth(122)
    return made
