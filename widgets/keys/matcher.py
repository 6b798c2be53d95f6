"""Which act a key does here: the one way from a key to what it does, for the window, its places and its dialogs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.settings.preferences import Preferences
from app.shortcuts.actions import action
from app.shortcuts.own_keys import KeyMap
from widgets.keys.captions import KeyFollower
from widgets.keys.key_names import keys_text

Act = Callable[[], object]

_Modifier = Qt.KeyboardModifier
_RELEVANT = _Modifier.ShiftModifier | _Modifier.ControlModifier | _Modifier.AltModifier | _Modifier.MetaModifier


class Matcher:
    """Acts by the ids of their actions, found by the keys that do them now.

    A key reaches it in one of two ways. `take` is for presses that nothing with the focus wanted, so that typing in a
    field types. `bind` is for what must work from every field as well: the window's own keys, and filming's.
    """

    def __init__(
        self,
        acts: Mapping[str, Act],
        preferences: Preferences,
        on_text: Callable[[str], bool] | None = None,
        fixed: Mapping[str, Act] | None = None,
    ) -> None:
        """`on_text` gets what is typed and is no action's; `fixed` are acts by keys that no setting changes."""
        self._acts, self._preferences = dict(acts), preferences
        self._on_text, self._fixed = on_text, dict(fixed or {})
        self._read: KeyMap | None = None
        self._by_keys: dict[str, str] = {}
        self._by_text: dict[str, str] = {}

    def take(self, event: QKeyEvent) -> bool:
        """True when the press was for this place. A key that is held down acts once, except where it repeats."""
        held = event.modifiers() & _RELEVANT
        keys, text = keys_text(Qt.Key(event.key()), held), event.text()
        found = self._table(self._by_keys_now(), keys)
        if found is not None:
            return self._do(found, event)
        plain = held in (_Modifier.NoModifier, _Modifier.ShiftModifier)
        if not plain or not text or not text.isprintable():
            return False
        typed = self._by_text.get(text.casefold())
        if event.isAutoRepeat():
            return self._on_text is not None or typed is not None
        if typed is not None:
            return self._do(typed, event)
        return self._on_text is not None and self._on_text(text)

    def bind(self, widget: QWidget, context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut) -> None:
        """Let the keys work wherever the focus is in `widget`, now and after they change."""
        made = {}
        for action_id, act in self._acts.items():
            shortcut = made[action_id] = QShortcut(widget)
            shortcut.setContext(context)
            shortcut.activated.connect(act)

        def follow(keys: KeyMap) -> None:
            for action_id, shortcut in made.items():
                shortcut.setKeys([QKeySequence(k) for k in keys.pressed_for(action_id)])

        KeyFollower(self._preferences, widget, follow)

    def _do(self, action_id: str, event: QKeyEvent) -> bool:
        act = self._fixed[action_id] if action_id in self._fixed else self._acts[action_id]
        if not event.isAutoRepeat() or (action_id not in self._fixed and action(action_id).repeats):
            act()
        return True

    def _table(self, by_keys: Mapping[str, str], keys: str) -> str | None:
        return by_keys.get(keys) or (keys if keys in self._fixed else None)

    def _by_keys_now(self) -> Mapping[str, str]:
        """Read anew only when the keys have changed."""
        keys = self._preferences.keys
        if keys is not self._read:
            self._read = keys
            self._by_keys, self._by_text = keys.by_keys(self._acts), keys.by_keys(self._acts, typed=True)
        return self._by_keys
