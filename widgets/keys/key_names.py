"""Keys as people read them: arrows for arrows, the names on a Finnish keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

Act = Callable[[], object]

_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter", "PgDown": "PgDn", "-": "−"}
_HELD = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def keys_text(key: Qt.Key, held: Qt.KeyboardModifier) -> str:
    """A press as the tables of keys name it: `Ctrl+Right`. The keypad's Enter is Enter, `=` is the plus beneath it."""
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    if key == Qt.Key.Key_Equal:
        key = Qt.Key.Key_Plus
    # Shift is part of how a plus is typed on many keyboards
    held &= _HELD if key != Qt.Key.Key_Plus else ~Qt.KeyboardModifier.ShiftModifier & _HELD
    return QKeySequence(QKeyCombination(held, key)).toString(QKeySequence.SequenceFormat.PortableText)


def shown(keys: str) -> str:
    """Keys as they stand on the screen: `Ctrl+→`."""
    head, plus, last = keys.rpartition("+")
    if keys.endswith("++"):
        return keys
    return head + plus + _SIGNS.get(last, last)


def named(acts: Mapping[tuple[Qt.Key, Qt.KeyboardModifier], Act]) -> dict[str, Act]:
    """Acts by the names of their keys, as the table of actions has them."""
    return {keys_text(key, held): act for (key, held), act in acts.items()}
