"""A press on the keyboard by the name that the table of actions has for it."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

_HELD = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def keys_text(key: Qt.Key, held: Qt.KeyboardModifier) -> str:
    """`Ctrl+Right`. The keypad's Enter is Enter, `=` is the plus beneath it."""
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    if key == Qt.Key.Key_Equal:
        key = Qt.Key.Key_Plus
    # Shift is part of how a plus is typed on many keyboards
    held &= _HELD if key != Qt.Key.Key_Plus else ~Qt.KeyboardModifier.ShiftModifier & _HELD
    return QKeySequence(QKeyCombination(held, key)).toString(QKeySequence.SequenceFormat.PortableText)
