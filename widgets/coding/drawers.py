"""What lies at the right of the picture: the key pad, or one of the drawers over it. Each is made when first opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.i18n import Texts
from app.shortcuts.actions import action
from widgets.heard.telling import GroupTold, told_by
from widgets.look.parts import OnePage, stacked

PAD, RATINGS, OBSERVATIONS, NUMBERS = "pad", "ratings", "observations", "numbers"
NOTES, HISTORY, MARKS, SAID = "notes", "history", "marks", "said"
#: the actions that open the drawers are called as the drawers are
ACTIONS = {RATINGS: "ratings", OBSERVATIONS: "observations", NUMBERS: "numbers", NOTES: "own-notes"}
ACTIONS |= {HISTORY: "history", MARKS: "marks", SAID: "said"}
#: what is the pair's own, or tells of the pair's codings: none of it stands beside a coding made for learning
NOT_FOR_LEARNING = (NUMBERS, NOTES, SAID)


class Committing(Protocol):
    """A drawer in which something may be typed."""

    def commit(self) -> None: ...


class Held(QScrollArea):
    """What is too large for a small screen can be scrolled to; keys are the room's, none of them scrolls."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(inside)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


@told_by(GroupTold)
class Drawers(OnePage):
    """`makers` make each drawer's panel; the pad is there from the start. Heard by the name of what is open."""

    turned = Signal()  # another one is open

    def __init__(self, texts: Texts, pad: QWidget, makers: dict[str, Callable[[], QWidget]]) -> None:
        super().__init__()
        self._texts = texts
        self._makers = makers
        self._panels: dict[str, QWidget] = {}
        self._holders: dict[str, QWidget] = {PAD: pad}
        self.addWidget(pad)
        self._open(PAD)

    def panel(self, name: str) -> QWidget:
        """The panel of a drawer, made now if it was not yet."""
        if name not in self._panels:
            made = self._panels[name] = self._makers[name]()
            inside = QWidget()
            inside.setLayout(stacked(made, margins=(4, 12, 14, 8)))
            holder = Held(inside)
            self._holders[name] = holder
            self.addWidget(holder)
        return self._panels[name]

    def made(self, name: str) -> QWidget | None:
        return self._panels.get(name)

    def show_drawer(self, name: str) -> None:
        if name != PAD:
            self.panel(name)
        self._open(name)
        self.setCurrentWidget(self._holders[name])
        self.turned.emit()

    @property
    def is_drawer_open(self) -> bool:
        """Whether something else than the keys is open."""
        return self.open != PAD

    def _open(self, name: str) -> None:
        self.open = name
        t = self._texts
        self.setAccessibleName(t.tr("Codes") if name == PAD else t.tr(action(f"coding.{ACTIONS[name]}").name))

    def commit(self) -> None:
        """What is being typed in any drawer goes to the archive."""
        for panel in self._panels.values():
            commit = getattr(panel, "commit", None)
            if commit is not None:
                commit()
