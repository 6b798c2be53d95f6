"""What a key does in the coding room: the worker's own keys over the usual ones; nothing fires in a text field."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.shortcuts import KeyMap
from widgets.keys.key_names import keys_text

Key, Modifier = Qt.Key, Qt.KeyboardModifier
Act = Callable[[], object]

_RELEVANT = Modifier.ShiftModifier | Modifier.ControlModifier | Modifier.AltModifier | Modifier.MetaModifier
#: what goes on as long as its key is held
_REPEATS = ("Left", "Right")


class CodingKeys:
    """A table from usual keys to acts, and the text for what is left. `own` says what the worker's keys are now."""

    def __init__(
        self, acts: Mapping[str, Act], on_text: Callable[[str], bool], own: Callable[[], KeyMap] = KeyMap
    ) -> None:
        self._acts = acts
        self._on_text = on_text
        self._own = own

    def take(self, event: QKeyEvent) -> bool:
        """True when the press was for the coding room. A key that is held down acts once, except the steps."""
        held = event.modifiers() & _RELEVANT
        usual = self._own().usual(keys_text(Key(event.key()), held))
        act = self._acts.get(usual) if usual is not None else None
        if act is not None:
            if not event.isAutoRepeat() or usual in _REPEATS:
                act()
            return True
        text = event.text()
        plain = held in (Modifier.NoModifier, Modifier.ShiftModifier)
        if not plain or not text or not text.isprintable() or event.isAutoRepeat():
            return plain and event.isAutoRepeat() and bool(text)
        return self._on_text(text)
