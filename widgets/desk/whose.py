"""Whose desk is shown: the worker's own, or the whole office's."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QButtonGroup, QFrame

from app.i18n import Texts
from widgets.look.parts import beside, button, label


class TurnTo(Protocol):
    """What a press does."""

    def __call__(self, *, office: bool) -> None: ...


class Whose(QFrame):
    """A bar under the header; it is there when more than one worker can sign in."""

    def __init__(self, texts: Texts, turn_to: TurnTo) -> None:
        super().__init__()
        self._texts = texts
        self.has_office = False
        self.setObjectName("header")
        self.own = button(texts.tr("My own"), lambda: turn_to(office=False), "pill")
        self.office = button(texts.tr("The office"), lambda: turn_to(office=True), "pill")
        self._group = QButtonGroup(self)
        for pill in (self.own, self.office):
            pill.setCheckable(True)
            self._group.addButton(pill)
        self._workers = label("", "muted")
        self.setLayout(beside(self.own, self.office, self._workers, None, margins=(20, 8, 20, 8)))
        self.hide()

    def show_workers(self, number: int) -> None:
        """How many can sign in."""
        self.has_office = number > 1
        self.setVisible(self.has_office)
        self._workers.setText(self._texts.trn("{n} worker", "{n} workers", number))

    def choose(self, *, office: bool) -> None:
        """Which of the two is shown."""
        (self.office if office else self.own).setChecked(True)
