"""Every key of the program in one list."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from app.i18n import Texts
from app.shortcuts import ROOM_ACTIONS, KeyMap
from widgets.keys.actions import ACTIONS, FILMING_KEYS, PLACES
from widgets.keys.key_names import shown
from widgets.look.parts import beside, key_cap, label, primary_button, scrolled, section_label, stacked


class KeysDialog(QDialog):
    """Places, actions everywhere, filming and the coding room."""

    def __init__(self, texts: Texts, parent: QWidget | None = None, own: KeyMap | None = None) -> None:
        """`own` are the worker's own keys of the coding room."""
        super().__init__(parent)
        own = own or KeyMap()
        self.setWindowTitle(texts.tr("Keys"))
        self.resize(520, 620)
        anywhere = [(p.keys, texts.tr(p.name)) for p in PLACES]
        anywhere += [(a.keys, texts.tr(a.name)) for a in ACTIONS if a.keys]
        coding = [(shown(own.of_action(a.keys)), texts.tr(a.name)) for a in ROOM_ACTIONS]
        filming = [(keys, texts.tr(name)) for keys, name in FILMING_KEYS]
        inside = QWidget()
        inside.setLayout(
            stacked(
                section_label(texts.tr("Everywhere")),
                _grid(anywhere),
                section_label(texts.tr("While filming")),
                _grid(filming),
                section_label(texts.tr("While coding")),
                _grid(coding),
                spacing=12,
                margins=(24, 20, 24, 12),
            )
        )
        self.setLayout(
            stacked(
                scrolled(inside),
                beside(None, primary_button(texts.tr("Close"), self.accept), margins=(24, 8, 24, 16)),
                spacing=0,
            )
        )


def _grid(rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setColumnStretch(1, 1)
    grid.setHorizontalSpacing(16)
    for number, (keys, name) in enumerate(rows):
        grid.addLayout(beside(key_cap(keys), None), number, 0)
        grid.addWidget(label(name), number, 1)
    return grid
