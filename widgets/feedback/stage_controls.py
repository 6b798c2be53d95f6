"""The buttons below what is shown on the second screen, their keys, and pointing at the picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.i18n import Texts
from app.settings.preferences import Preferences
from app.shortcuts.actions import action
from app.shortcuts.names import on_cap
from app.shortcuts.own_keys import KeyMap
from widgets.feedback.stage import ClipStage
from widgets.films.picture import PictureView
from widgets.keys.captions import KeyFollower
from widgets.keys.matcher import Act
from widgets.look.look import Look
from widgets.look.parts import beside, button, key_cap, stacked

#: where pointing begins, and how far an arrow moves it, as shares of the picture
_MIDDLE, _POINTS_ON = (0.5, 0.5), 0.04
#: keys that are the page's and no button's
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class StageControls(QWidget):
    """Of one stage, whose picture is `view` on the own screen. `toggle` plays where nothing was shown yet."""

    def __init__(
        self,
        look: Look,
        texts: Texts,
        preferences: Preferences,
        stage: ClipStage,
        view: PictureView,
        toggle: Callable[[], object],
    ) -> None:
        super().__init__()
        self._look, self._texts, self._stage, self._view = look, texts, stage, view
        self._toggle = toggle
        self._points, self._ring = False, _MIDDLE
        self.buttons: dict[str, QPushButton] = {}
        self._build(preferences)
        stage.turned.connect(self.show_state)
        view.pointed.connect(self._on_pointed)

    def _build(self, preferences: Preferences) -> None:
        t = self._texts
        rows = (
            ("showing.play", t.tr("Pause"), "pause"),
            ("showing.slow", t.tr("Slower"), ""),
            ("showing.still", t.tr("Hold"), ""),
            ("showing.again", t.tr("Again"), "redo"),
            ("showing.loop", t.tr("Over and over"), ""),
            ("showing.point", t.tr("Point at it"), ""),
            ("showing.black", t.tr("Black at once"), ""),
        )
        acts, parts = self.acts(), []
        for action_id, words, icon in rows:
            made = button(words, acts[action_id])
            if icon:
                made.setIcon(self._look.icon(icon, "text", 16))
            made.setCheckable(action_id in ("showing.loop", "showing.point", "showing.slow"))
            cap = key_cap("")
            KeyFollower(preferences, cap, partial(show_cap, cap, action_id))
            self.buttons[action_id] = made
            parts.append(stacked(made, beside(None, cap, None), spacing=3))
        self.setLayout(beside(*parts, spacing=8))

    def acts(self) -> dict[str, Act]:
        stage = self._stage
        return {
            "showing.play": self._toggle,
            "showing.slow": stage.slower,
            "showing.still": stage.hold,
            "showing.again": stage.again,
            "showing.loop": stage.loop,
            "showing.point": self._turn_pointing,
            "showing.black": stage.blacken,
        }

    def show_state(self) -> None:
        t, stage = self._texts, self._stage
        playing = stage.is_playing()
        play = self.buttons["showing.play"]
        play.setText(t.tr("Pause") if playing else t.tr("Play"))
        play.setIcon(self._look.icon("pause" if playing else "play", "text", 16))
        slow = self.buttons["showing.slow"]
        rate = t.number(stage.rate, 2).rstrip("0").rstrip(",.")
        slow.setText(t.tr("Slower") if stage.rate == 1 else t.tr("{rate}× as fast", rate=rate))
        slow.setChecked(stage.rate != 1)
        self.buttons["showing.loop"].setChecked(stage.is_looping)
        self.buttons["showing.point"].setChecked(self._points)
        for action_id, made in self.buttons.items():
            made.setEnabled(stage.clip is not None)
            made.setAccessibleName(t.tr(action(action_id).name))

    # pointing

    def _turn_pointing(self) -> None:
        """While it is on, the hand over the own picture is a ring on the other screen's."""
        self._points = not self._points
        self._view.tell_pointer(self._points)
        if self._points:
            self._ring = _MIDDLE
            self._on_pointed(_MIDDLE)
        else:
            self._stage.point(None)
            self._view.show_pointer(None)
        self.show_state()

    def _on_pointed(self, place: object) -> None:
        if self._points:
            at = place if isinstance(place, tuple) else None
            self._ring = self._ring if at is None else at
            self._stage.point(at)
            self._view.show_pointer(at)

    def take_arrow(self, event: QKeyEvent) -> bool:
        """Picture by picture within the moment, while it is held; while it is pointed, the ring goes."""
        by = ARROWS.get(Qt.Key(event.key()))
        if by is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if self._points:
            across, down = (min(max(at + step * _POINTS_ON, 0.0), 1.0) for at, step in zip(self._ring, by, strict=True))
            self._on_pointed((across, down))
            return True
        if by[0]:
            self._stage.step(by[0])
        return bool(by[0])


def show_cap(cap: QLabel, action_id: str, keys: KeyMap) -> None:
    """The keys of an action on its cap."""
    cap.setText(on_cap(keys.of(action_id)))
