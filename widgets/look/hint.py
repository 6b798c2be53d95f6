"""Help for the first time, one line at a time; what was read never comes again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QFrame

from app.i18n import Texts
from app.settings.preferences import Preferences
from app.shortcuts.key_map import KeyMap
from widgets.keys.captions import KeyFollower
from widgets.look.parts import beside, button, label


class Hint(QFrame):
    """The first of `hints` (words by name, with the keys of now) that was not put away; hidden when all were."""

    def __init__(
        self, preferences: Preferences, texts: Texts, hints: Callable[[KeyMap], Mapping[str, str]] | None
    ) -> None:
        super().__init__()
        self._preferences = preferences
        every = hints(preferences.keys) if hints is not None else {}
        self.name = next((name for name in every if name not in preferences.remembered.hints_read), "")
        self.read = button(texts.tr("Got it"), self._on_read, "pill")
        self.read.setAccessibleName(texts.tr("Got it: do not show this hint again"))
        words = label("", "muted", wrap=True)
        row = beside(words, self.read, spacing=10, margins=(16, 8, 14, 0))
        row.setStretch(0, 1)
        self.setLayout(row)
        if hints is None or not self.name:
            self.hide()  # never shown by itself: without a place yet it would be a window
        else:
            KeyFollower(preferences, self, lambda keys: words.setText(hints(keys)[self.name]))

    def _on_read(self) -> None:
        self._preferences.remember(hints_read=(*self._preferences.remembered.hints_read, self.name))
        self.hide()
