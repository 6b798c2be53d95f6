"""Own keys of the coding room: presets, every action, every code of a scheme; clashes at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from app.i18n import now
from app.model.scheme import Code, Scheme
from app.model.stored import ContentKind
from app.schemes import library
from app.settings import Settings
from app.shortcuts import PRESETS, ROOM_ACTIONS, KeyMap, action_name, preset_map
from app.workspace import Workspace
from widgets.keys.key_names import keys_text, shown
from widgets.look.parts import Card, beside, button, clear, label, section_label

_ALONE = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock)


class KeyField(QLineEdit):
    """Takes one press and shows it. Tab goes on, Delete gives the usual key back."""

    pressed = Signal(str)
    given_back = Signal()

    def __init__(self, name: str, keys: str, *, typed: bool) -> None:
        """`typed`: the key of a code is the text that it types; of an action its name with what is held."""
        super().__init__(keys if typed else shown(keys))
        self._typed = typed
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setFixedWidth(132)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in (*_ALONE, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Delete and not held & ~Qt.KeyboardModifier.KeypadModifier:
            self.given_back.emit()
        elif not self._typed:
            self.pressed.emit(keys_text(key, held))
        elif event.text().strip() and event.text().isprintable():
            self.pressed.emit(event.text().casefold())


class KeysCard(Card):
    """In the settings. What is pressed is kept at once, also what clashes: it is said until it is mended."""

    def __init__(self, workspace: Workspace, settings: Callable[[], Settings], keep: Callable[..., None]) -> None:
        super().__init__(spacing=12, padding=20)
        self._space, self._texts = workspace, workspace.texts
        self._settings, self._keep = settings, keep
        t = self._texts
        self._clashes = label("", "danger", wrap=True)
        presets = beside(*(self._preset(p.id, t.tr(p.name)) for p in PRESETS), None, spacing=6)
        self.scheme = QComboBox()
        self.scheme.setAccessibleName(t.tr("Keys of which scheme"))
        self.scheme.activated.connect(lambda _: self._fill())
        self._codes, self._actions = QGridLayout(), QGridLayout()
        words = t.tr("Go to a field and press the key. Delete gives the usual key back. Foot pedals send keys too.")
        self.column.addWidget(label(words, "muted", wrap=True))
        self.column.addLayout(presets)
        self.column.addWidget(self._clashes)
        self.column.addLayout(beside(self.scheme, None))
        self.column.addLayout(self._codes)
        self.column.addWidget(section_label(t.tr("While coding")))
        self.column.addLayout(self._actions)
        self.refresh()

    def _preset(self, preset_id: str, words: str) -> QWidget:
        made = button(words, partial(self._take_preset, preset_id))
        made.setAccessibleName(f"{self._texts.tr('Keys')}: {words}")
        return made

    @property
    def keys(self) -> KeyMap:
        return self._settings().keys

    def schemes(self) -> list[Scheme]:
        """Schemes that this worker may code with."""
        offered = library.offered(self._space.store, ContentKind.SCHEME, now().astimezone().date())
        return [library.scheme_in(p.text) for p in offered]

    def refresh(self) -> None:
        """The schemes and keys as they are now."""
        chosen = self.scheme.currentData()
        self.scheme.clear()
        for scheme in self.schemes():
            self.scheme.addItem(self._texts.words(scheme.name), scheme.id)
        self.scheme.setCurrentIndex(max(self.scheme.findData(chosen), 0))
        self._fill()

    def _scheme(self) -> Scheme | None:
        return next((s for s in self.schemes() if s.id == self.scheme.currentData()), None)

    def _fill(self) -> None:
        t, keys, scheme = self._texts, self.keys, self._scheme()
        for grid in (self._codes, self._actions):
            clear(grid)
        for number, code in enumerate(scheme.codes if scheme is not None else ()):
            assert scheme is not None
            made = KeyField(t.words(code.name), keys.of_code(scheme, code), typed=True)
            made.pressed.connect(partial(self._set_code, scheme, code))
            made.given_back.connect(partial(self._set_code, scheme, code, code.key))
            _place(self._codes, number, t.words(code.name), made)
        for number, action in enumerate(ROOM_ACTIONS):
            made = KeyField(t.tr(action.name), keys.of_action(action.keys), typed=False)
            made.pressed.connect(partial(self._set_action, action.keys))
            made.given_back.connect(partial(self._set_action, action.keys, action.keys))
            _place(self._actions, number, t.tr(action.name), made)
        self._show_clashes()

    def _show_clashes(self) -> None:
        t, scheme = self._texts, self._scheme()
        lines = []
        for clash in self.keys.clashes(scheme):
            names = [self._name(scheme, what) for what in (clash.one, clash.other)]
            lines.append(
                t.tr(
                    "{keys}: {one} and {other} are on the same key",
                    keys=shown(clash.keys),
                    one=names[0],
                    other=names[1],
                )
            )
        self._clashes.setText("\n".join(lines))
        self._clashes.setVisible(bool(lines))

    def _name(self, scheme: Scheme | None, what: str) -> str:
        code = scheme.code(what) if scheme is not None else None
        return self._texts.words(code.name) if code is not None else self._texts.tr(what)

    def _set_code(self, scheme: Scheme, code: Code, key: str) -> None:
        self._take(self.keys.with_codes(scheme, {code.id: key}))

    def _set_action(self, usual: str, keys: str) -> None:
        assert action_name(usual), "only what is in the table has a field"
        self._take(self.keys.with_action(usual, keys))

    def _take_preset(self, preset_id: str) -> None:
        preset = next(p for p in PRESETS if p.id == preset_id)
        self._take(preset_map(preset, self.schemes()))

    def _take(self, keys: KeyMap) -> None:
        new: Any = self._settings().with_keys(keys)
        self._keep(room_keys=new.room_keys, code_keys=new.code_keys)
        focused = self.window().focusWidget()
        name = focused.accessibleName() if focused is not None else ""
        self._fill()
        again = next((f for f in self.findChildren(KeyField) if f.accessibleName() == name), None)
        if again is not None:
            again.setFocus()


def _place(grid: QGridLayout, number: int, name: str, field: QWidget) -> None:
    """Two columns of names and fields."""
    row, column = divmod(number, 2)
    grid.addWidget(label(name), row, column * 2)
    grid.addWidget(field, row, column * 2 + 1)
    grid.setColumnStretch(column * 2, 1)
    grid.setHorizontalSpacing(16)
