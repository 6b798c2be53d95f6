"""Keys as they stand on buttons, in hints and in menus: asked of the live map, and right as soon as they change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.settings.preferences import Preferences
from app.settings.values import Settings
from app.shortcuts.names import shown
from app.shortcuts.own_keys import KeyMap


class KeyFollower(QObject):
    """Shows the keys now and whenever they change, as long as `owner` lives."""

    def __init__(self, preferences: Preferences, owner: QObject, show: Callable[[KeyMap], None]) -> None:
        super().__init__(owner)
        self._preferences, self._show = preferences, show
        preferences.changed.connect(self._on_changed)  # bound: the preferences outlive every screen
        show(preferences.keys)

    def _on_changed(self, old: Settings, new: Settings) -> None:
        if (old.action_keys, old.code_keys) != (new.action_keys, new.code_keys):
            self._show(self._preferences.keys)


class KeyTips:
    """The hints of one widget's buttons: their name, and the keys that do the same."""

    def __init__(self, preferences: Preferences, owner: QWidget) -> None:
        self._preferences = preferences
        self._told: dict[QWidget, tuple[str, tuple[str, ...]]] = {}
        self._follower = KeyFollower(preferences, owner, self._show)

    def set(self, widget: QWidget, name: str, *ids: str) -> None:
        """`name` is also what is read out of it; `ids` are the actions whose keys do what it does."""
        widget.setAccessibleName(name)
        self.hint(widget, name, *ids)

    def hint(self, widget: QWidget, words: str, *ids: str) -> None:
        """The hint alone."""
        self._told[widget] = words, ids
        widget.setToolTip(with_keys(words, self._preferences.keys, *ids))

    def _show(self, keys: KeyMap) -> None:
        for widget, (words, ids) in self._told.items():
            widget.setToolTip(with_keys(words, keys, *ids))


def with_keys(words: str, keys: KeyMap, *ids: str) -> str:
    """`Mute  Ctrl+Shift+M`; the words alone where none of the actions has keys."""
    pressed = " ".join(shown(k) for action_id in ids if (k := keys.of(action_id)))
    return f"{words}  {pressed}" if pressed else words
