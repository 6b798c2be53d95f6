"""Before anything of a film is seen it is asked whether the plain ring is on the screen that others look at."""

from __future__ import annotations

from collections.abc import Callable

from app.i18n import Texts
from widgets.look.parts import Card, beside, button, label, primary_button
from widgets.second_display.second_display import SecondDisplay


class TrialCard(Card):
    """Opens the second screen with the ring; `begin` is what its first button does once the ring is seen."""

    def __init__(self, texts: Texts, display: SecondDisplay, words: str, begin: Callable[[], object]) -> None:
        super().__init__(spacing=8, padding=12)
        self._display = display
        t = texts
        self.start = primary_button(t.tr("Yes, begin"), begin)
        self._other_screen = button(t.tr("Another screen"), display.go_on)
        self._open_again = button(t.tr("Open the second screen"), self.show_trial)
        row = beside(label(words, "strong", wrap=True), self._open_again, self._other_screen, self.start, spacing=10)
        row.setStretch(0, 1)
        self.column.addLayout(row)

    def show_trial(self) -> None:
        """The ring on the second screen, which is opened for it."""
        if not self._display.is_on:
            self._display.open()
        self._display.show_trial(on=True)

    def show_display(self, *, on: bool, ready: bool = True) -> None:
        """Whether there is a second screen; the ring comes back to it until it was said to be right."""
        self.start.setEnabled(on and ready)
        self._other_screen.setVisible(on and self._display.has_another())
        self._open_again.setVisible(not on)
        if not on:
            self.show()
        elif not self.isHidden():
            self._display.show_trial(on=True)

    def pass_on(self) -> None:
        """The ring was where it belongs."""
        self._display.show_trial(on=False)
        self.hide()

    def lead(self) -> None:
        """The keys go to what is asked first; without a second screen, to what opens one."""
        (self.start if self.start.isEnabled() else self._open_again).setFocus()
