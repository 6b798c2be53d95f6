"""Every key of the program in one list."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from app.i18n import Texts
from app.settings.preferences import Preferences
from app.shortcuts.actions import ACTIONS, Where
from app.shortcuts.names import shown
from app.shortcuts.own_keys import KeyMap
from widgets.folding import size_to_fit
from widgets.keys.captions import KeyFollower
from widgets.look.parts import beside, key_cap, label, primary_button, scrolled, section_label, stacked

#: pixels that the widest usual keys need, so that names stand below each other in every section
CAP = 104


def sections(texts: Texts) -> dict[Where, str]:
    """The parts of the program in which keys do something, in the order in which they are listed."""
    return {
        Where.EVERYWHERE: texts.tr("Everywhere"),
        Where.FILMING: texts.tr("While filming"),
        Where.MARKING: texts.tr("Marks, while filming and coding"),
        Where.FILMS: texts.tr("Wherever a film is watched"),
        Where.CODING: texts.tr("While coding"),
        Where.SAID: texts.tr("While writing what was said"),
        Where.COMPARING: texts.tr("While comparing"),
        Where.FEEDBACK: texts.tr("While choosing moments for feedback"),
        Where.SHOWING: texts.tr("While showing them to a parent"),
        Where.WRITING: texts.tr("While writing the statement"),
    }


class KeysDialog(QDialog):
    """The live keys: the worker's own where there are any."""

    def __init__(self, texts: Texts, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.tr("Keys"))
        size_to_fit(self, 520, 620)
        self._caps: dict[str, QLabel] = {}
        self._names: dict[str, QLabel] = {}
        column = stacked(spacing=12, margins=(24, 20, 24, 12))
        for where, name in sections(texts).items():
            column.addWidget(section_label(name))
            column.addLayout(self._grid(texts, where))
        inside = QWidget()
        inside.setLayout(column)
        self.setLayout(
            stacked(
                scrolled(inside),
                beside(None, primary_button(texts.tr("Close"), self.accept), margins=(24, 8, 24, 16)),
                spacing=0,
            )
        )
        KeyFollower(preferences, self, self._show)

    def _grid(self, texts: Texts, where: Where) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, CAP)
        grid.setHorizontalSpacing(16)
        for number, action in enumerate(a for a in ACTIONS if a.where == where):
            cap, name = key_cap(""), label(texts.tr(action.name))
            self._caps[action.id], self._names[action.id] = cap, name
            grid.addLayout(beside(cap, None), number, 0)
            grid.addWidget(name, number, 1)
        return grid

    def _show(self, keys: KeyMap) -> None:
        for action_id, cap in self._caps.items():
            name = self._names[action_id]
            cap.setText(shown(keys.of(action_id)))
            name.setAccessibleName(f"{name.text()}, {cap.text()}")  # who hears the list hears both at once
            for part in (cap, name):
                part.setVisible(bool(cap.text()))
