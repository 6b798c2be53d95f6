"""The drawer of the coder's flags and notes: go to one, edit its time or words, take it away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.coding.editor import CodingEditor
from app.model.observation import Mark
from app.settings.preferences import Preferences
from app.shortcuts.actions import MARKING
from app.shortcuts.names import on_cap, shown
from app.shortcuts.own_keys import KeyMap
from widgets.coding.editable_table import EditableTable
from widgets.coding.marks_model import AT, KIND, WORDS, MarksModel
from widgets.keys.captions import KeyFollower
from widgets.look.parts import beside, button, label, stacked


class MarksPanel(QWidget):
    """Flags stand outside every figure; here they are found again."""

    jump_requested = Signal(object)  # µs on the meeting's clock
    chosen_changed = Signal(str)  # id of the mark
    remove_asked = Signal(object)  # list of Mark

    def __init__(self, editor: CodingEditor, preferences: Preferences) -> None:
        super().__init__()
        t = editor.texts
        self._editor, self._preferences = editor, preferences
        self.model = MarksModel(editor, self)
        name, acts = t.tr("Flags and notes"), {"coding.remove": self._on_remove}
        self.table = EditableTable(name, self.model, preferences, acts, self._on_jump)
        for column, width in ((AT, 108), (KIND, 176)):
            self.table.setColumnWidth(column, width)
        self.table.doubleClicked.connect(lambda index: self._on_jump() if index.column() == KIND else None)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_chosen())
        self.setFocusProxy(self.table)
        self._none = label("", "muted", wrap=True)
        told = label("", "caption")
        KeyFollower(preferences, told, lambda keys: told.setText(self._keys_told(keys)))
        KeyFollower(preferences, self._none, lambda keys: self._none.setText(self._ways_told(keys)))
        self._jump = button(t.tr("Go to"), self._on_jump)
        self._edit = button(t.tr("Edit"), self._on_edit)
        self._remove = button(t.tr("Remove"), self._on_remove, "quiet")
        acts_row = beside(self._jump, self._edit, self._remove, None, told, spacing=6)
        self.setLayout(stacked(label(name, "title"), self._none, self.table, acts_row, spacing=10))
        self.model.modelReset.connect(self._refresh)
        editor.changed.connect(self._refresh)  # bound: the editor outlives the panel
        self._refresh()

    def _keys_told(self, keys: KeyMap) -> str:
        removes = on_cap(keys.of("coding.remove"))
        return self._editor.texts.tr("Enter goes to it · F2 edits · {remove} removes", remove=removes)

    def _ways_told(self, keys: KeyMap) -> str:
        flags = ", ".join(shown(keys.of(action.id)) for action in MARKING)
        note = shown(keys.of("coding.note"))
        return self._editor.texts.tr("{flags} leave a flag at the picture, {note} a note.", flags=flags, note=note)

    def chosen(self) -> list[Mark]:
        rows = (self.model.mark(i.row()) for i in self.table.selectionModel().selectedRows())
        return [m for m in rows if m is not None]

    def show_mark(self, mark_id: str) -> None:
        """Choose its row: it was chosen in the timeline."""
        self.table.show_row(self.model.row_of(mark_id))

    def _refresh(self, _changes: object = None) -> None:
        self._none.setVisible(self.model.rowCount() == 0)
        chosen, is_open = self.chosen(), self._editor.is_open
        self._jump.setEnabled(bool(chosen))
        self._edit.setEnabled(is_open and len(chosen) == 1)
        self._remove.setEnabled(is_open and bool(chosen))

    def _on_chosen(self) -> None:
        self._refresh()
        if chosen := self.chosen():
            self.chosen_changed.emit(chosen[0].id)

    def _on_jump(self) -> None:
        if chosen := self.chosen():
            self.jump_requested.emit(chosen[0].at)

    def _on_edit(self) -> None:
        if (chosen := self.chosen()) and self._editor.is_open:
            self.table.edit_cell(self.model.row_of(chosen[0].id), WORDS)

    def _on_remove(self) -> None:
        if chosen := self.chosen():
            self.remove_asked.emit(chosen)
