"""The own picture of what a group sees of a clip: the question of the right screen, the picture, its buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.clips.words import length
from app.model.timecode import Micros
from app.ports import Picture
from app.ports.player import Player
from widgets.feedback.held_clip import Doors
from widgets.feedback.stage import ClipStage
from widgets.feedback.stage_controls import StageControls
from widgets.feedback.trial_card import TrialCard
from widgets.films.picture import PictureView
from widgets.look.parts import beside, label, stacked
from widgets.screen import Screen
from widgets.second_display.second_display import SecondDisplay


class ClipScreen(QWidget):
    """Nothing is shown before the ring was seen on the right screen; `right` is told then."""

    right = Signal()
    turned = Signal()  # the second screen came or went
    moved = Signal(object)  # µs from the beginning of the clip

    def __init__(
        self, place: Screen, doors: Doors, new_player: Callable[[], Player], toggle: Callable[[], object]
    ) -> None:
        super().__init__()
        t, space = place.texts, place.workspace
        self._texts = t
        self.is_right = False
        self.display = SecondDisplay(self, space.notices)
        self.stage = ClipStage(space, self.display, new_player, doors, self)
        self.view = PictureView(t, t.tr("What the group sees"))
        self.view.setMinimumSize(480, 270)
        self.view.show_why_gap(t.tr("Nothing is shown to the group now."))
        self.other = PictureView(t, t.tr("The other camera"))
        self.other.setMinimumSize(160, 90)
        self.other.hide()
        self.controls = StageControls(place.look, t, space.preferences, self.stage, self.view, toggle)
        asked = t.tr("Is there a plain ring on the screen that the group looks at, and nowhere else?")
        self.trial = TrialCard(t, self.display, asked, self.begin)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        self._progress.setAccessibleName(t.tr("How far the clip is"))
        self._now, self._long = label("00:00", "caption"), label("00:00", "caption")
        line = beside(self._now, self._progress, self._long, spacing=8)
        line.setStretch(1, 1)
        pictures = beside(self.view, self.other, spacing=8)
        pictures.setStretch(0, 1)
        column = stacked(self.trial, pictures, line, self.controls, spacing=8)
        column.setStretch(1, 1)
        self.setLayout(column)
        self.stage.shown.connect(self.view.show_picture)
        self.stage.second_shown.connect(self._show_second)
        self.stage.moved.connect(self._on_moved)
        self.display.turned.connect(self._on_display)
        self.controls.show_state()
        self.trial.hide()
        self.view.show_picture(None)

    @property
    def is_under_way(self) -> bool:
        """Whether people sit before the second screen now."""
        return self.is_right and self.display.is_on

    def show_length(self, words: str) -> None:
        self._long.setText(words)

    def ask(self) -> None:
        """The plain ring on the second screen, and the question here."""
        self.is_right = False
        self.trial.show()
        self.trial.show_trial()
        self._on_display(self.display.is_on)
        self.trial.lead()

    def begin(self) -> None:
        """The ring was seen where it belongs."""
        self.is_right = True
        self.trial.pass_on()
        self.right.emit()

    def close_clip(self) -> None:
        """Black at once on both screens, and the film let go of."""
        self.stage.close_now()
        self._show_nothing()

    def end(self) -> None:
        """Nothing is shown elsewhere; the second screen is the computer's own again."""
        self.stage.close()
        self._show_nothing()
        self.display.close()
        self.is_right = False
        self.trial.hide()

    def _show_second(self, picture: Picture | None) -> None:
        """The other camera, where two are seen."""
        self.other.setVisible(picture is not None)
        self.other.show_picture(picture)

    def _show_nothing(self) -> None:
        self.view.show_picture(None)
        self._show_second(None)

    def _on_display(self, on: bool) -> None:
        self.trial.show_display(on=on)
        if not on:
            self.stage.blacken()
            self.is_right = False
            self.trial.setVisible(self.stage.clip is not None)
        self.turned.emit()

    def _on_moved(self, since: Micros) -> None:
        clip = self.stage.clip
        if clip is not None:
            self._now.setText(length(self._texts, since))
            self._progress.setRange(0, max(clip.length // 1000, 1))
            self._progress.setValue(since // 1000)
            self.moved.emit(since)
