"""Own keys: presets, every action by where it is done, every code of a scheme; clashes are told at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.i18n import today
from app.model.scheme import Code, Scheme
from app.model.stored import ContentKind
from app.schemes import library
from app.settings.preferences import Preferences
from app.shortcuts.actions import ACTIONS, PROTECTING, Action, Where
from app.shortcuts.names import shown
from app.shortcuts.own_keys import KeyMap
from app.shortcuts.presets import PRESETS, preset_map
from app.workspace import Workspace
from widgets.forms.inputs import ChoiceBox
from widgets.keys.captions import KeyFollower
from widgets.keys.key_names import keys_text
from widgets.keys.keys_dialog import sections
from widgets.look.flow import Flow
from widgets.look.parts import Card, beside, button, clear, label, section_label

_ALONE = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock)


class KeyField(QLineEdit):
    """Takes one press and shows it. Tab goes on, Delete gives the usual key back."""

    pressed = Signal(str)
    given_back = Signal()

    def __init__(self, name: str, preferences: Preferences, *, typed: bool) -> None:
        """`typed`: the key of a code is the text that it types; of an action its name with what is held."""
        super().__init__()
        self._typed, self._preferences = typed, preferences
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setFixedWidth(132)

    def show_keys(self, keys: str) -> None:
        self.setText(keys if self._typed else shown(keys))

    def event(self, event: QEvent) -> bool:
        """The window's own keys can be pressed here too, but for those that hide what is on the screen."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = keys_text(Qt.Key(event.key()), event.modifiers())
            event.setAccepted(keys not in self._preferences.keys.by_keys(PROTECTING))
            return True
        return super().event(event)

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

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(spacing=12, padding=20)
        self._space, self._texts = workspace, workspace.texts
        t = self._texts
        self._clashes = label("", "danger", wrap=True)
        presets = Flow()
        for preset in PRESETS:
            presets.addWidget(self._preset(preset.id, t.tr(preset.name)))
        self.scheme = ChoiceBox()
        self.scheme.setAccessibleName(t.tr("Keys of which scheme"))
        self.scheme.activated.connect(lambda _: self._fill_codes())
        self._codes = QGridLayout()
        self._of_action: dict[str, KeyField] = {}
        self._of_code: dict[str, KeyField] = {}
        words = t.tr("Go to a field and press the key. Delete gives the usual key back. Foot pedals send keys too.")
        self.column.addWidget(label(words, "muted", wrap=True))
        self.column.addLayout(presets)
        self.column.addWidget(self._clashes)
        self.column.addLayout(beside(self.scheme, None))
        self.column.addLayout(self._codes)
        for where, name in sections(t).items():
            self.column.addWidget(section_label(name))
            self.column.addLayout(self._actions(where, name))
        self.refresh()
        KeyFollower(workspace.preferences, self, self._show)

    @property
    def keys(self) -> KeyMap:
        return self._space.preferences.keys

    def refresh(self) -> None:
        """The schemes as they are now."""
        chosen = self.scheme.currentData()
        self.scheme.clear()
        for scheme in self.schemes():
            self.scheme.addItem(self._texts.words(scheme.name), scheme.id)
        self.scheme.setCurrentIndex(max(self.scheme.findData(chosen), 0))
        self._fill_codes()

    def schemes(self) -> list[Scheme]:
        """Schemes that this worker may code with."""
        offered = library.offered(self._space.store, ContentKind.SCHEME, today())
        return [library.scheme_in(p.text) for p in offered]

    def _preset(self, preset_id: str, words: str) -> QWidget:
        made = button(words, partial(self._take_preset, preset_id))
        made.setAccessibleName(f"{self._texts.tr('Keys')}: {words}")
        return made

    def _scheme(self) -> Scheme | None:
        return next((s for s in self.schemes() if s.id == self.scheme.currentData()), None)

    def _actions(self, where: Where, section: str) -> QGridLayout:
        grid, t = QGridLayout(), self._texts
        for number, action in enumerate(a for a in ACTIONS if a.where == where):
            made = self._of_action[action.id] = KeyField(t.tr(action.name), self._space.preferences, typed=action.typed)
            made.setAccessibleDescription(section)  # *Next task* is done in two of them
            made.pressed.connect(partial(self._set_action, action))
            made.given_back.connect(partial(self._set_action, action, action.keys))
            _place(grid, number, t.tr(action.name), made)
        return grid

    def _fill_codes(self) -> None:
        """A field for every code of the chosen scheme."""
        t, scheme = self._texts, self._scheme()
        clear(self._codes)
        self._of_code = {}
        for number, code in enumerate(scheme.codes if scheme is not None else ()):
            assert scheme is not None
            made = self._of_code[code.id] = KeyField(t.words(code.name), self._space.preferences, typed=True)
            made.pressed.connect(partial(self._set_code, scheme, code))
            made.given_back.connect(partial(self._set_code, scheme, code, code.key))
            _place(self._codes, number, t.words(code.name), made)
        self._show(self.keys)

    def _show(self, keys: KeyMap) -> None:
        scheme = self._scheme()
        for action_id, made in self._of_action.items():
            made.show_keys(keys.of(action_id))
        for code in scheme.codes if scheme is not None else ():
            assert scheme is not None
            if code.id in self._of_code:
                self._of_code[code.id].show_keys(keys.of_code(scheme, code))
        self._show_clashes(keys, scheme)

    def _show_clashes(self, keys: KeyMap, scheme: Scheme | None) -> None:
        t = self._texts
        lines = []
        for clash in keys.clashes(scheme):
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
        self._space.preferences.change_keys(self.keys.with_codes(scheme, {code.id: key}))

    def _set_action(self, action: Action, keys: str) -> None:
        self._space.preferences.change_keys(self.keys.with_action(action.id, keys))

    def _take_preset(self, preset_id: str) -> None:
        preset = next(p for p in PRESETS if p.id == preset_id)
        self._space.preferences.change_keys(preset_map(preset, self.schemes()))


def _place(grid: QGridLayout, number: int, name: str, field: QWidget) -> None:
    """Two columns of names and fields."""
    row, column = divmod(number, 2)
    grid.addWidget(label(name, wrap=True), row, column * 2)
    grid.addWidget(field, row, column * 2 + 1)
    grid.setColumnStretch(column * 2, 1)
    grid.setHorizontalSpacing(16)
