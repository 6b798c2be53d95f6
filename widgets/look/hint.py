"""Help for the first time, one line at a time; what was read never comes again."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QFrame

from app.i18n import Texts
from app.settings.preferences import Preferences
from widgets.look.parts import beside, button, label


class Hint(QFrame):
    """The first of `hints` (words by name) that was not put away yet; hidden when all were."""

    def __init__(self, preferences: Preferences, texts: Texts, hints: Mapping[str, str]) -> None:
        super().__init__()
        self._preferences = preferences
        self.name = next((name for name in hints if name not in preferences.remembered.hints_read), "")
        self.read = button(texts.tr("Got it"), self._on_read, "pill")
        self.read.setAccessibleName(texts.tr("Got it: do not show this hint again"))
        self._words = label("", "muted", wrap=True)
        row = beside(self._words, self.read, spacing=10, margins=(16, 8, 14, 0))
        row.setStretch(0, 1)
        self.setLayout(row)
        self.retell(hints)
        if not self.name:
            self.hide()  # never shown by itself: without a place yet it would be a window

    def retell(self, hints: Mapping[str, str]) -> None:
        """The same hint in other words: a key that it names is another now."""
        self._words.setText(hints.get(self.name, ""))

    def show_where(self, *, needed: bool) -> None:
        """Only where there is something to do; what was put away stays away."""
        self.setVisible(needed and bool(self.name) and self.name not in self._preferences.remembered.hints_read)

    def _on_read(self) -> None:
        self._preferences.remember(hints_read=(*self._preferences.remembered.hints_read, self.name))
        self.hide()
