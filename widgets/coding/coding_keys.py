"""What a key press does in the coding room. Keys are matched by the text they type; nothing fires in a text field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

Key, Modifier = Qt.Key, Qt.KeyboardModifier
Act = Callable[[], object]

_RELEVANT = Modifier.ShiftModifier | Modifier.ControlModifier | Modifier.AltModifier | Modifier.MetaModifier


class CodingKeys:
    """A table from key and modifiers to an act, and the text for what is left."""

    def __init__(self, acts: dict[tuple[Qt.Key, Qt.KeyboardModifier], Act], on_text: Callable[[str], bool]) -> None:
        self._acts = acts
        self._on_text = on_text

    def take(self, event: QKeyEvent) -> bool:
        """True when the press was for the coding room. A key that is held down acts once, except the steps."""
        held = event.modifiers() & _RELEVANT
        key = Key(event.key())
        if key == Key.Key_Enter:
            key = Key.Key_Return
        act = self._acts.get((key, held))
        if act is not None:
            if not event.isAutoRepeat() or key in (Key.Key_Left, Key.Key_Right):
                act()
            return True
        text = event.text()
        plain = held in (Modifier.NoModifier, Modifier.ShiftModifier)
        if not plain or not text or not text.isprintable() or event.isAutoRepeat():
            return plain and event.isAutoRepeat() and bool(text)
        return self._on_text(text)
