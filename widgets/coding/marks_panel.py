"""The drawer of the coder's flags and notes: go to one, edit its time or words, take it away."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
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
    remove_asked = Signal(object)  # list of Mark
    menu_asked = Signal(str, object)  # id, where on the screen: the right button, or the menu key, on a row

    def __init__(self, editor: CodingEditor, preferences: Preferences) -> None:
        super().__init__()
        t = editor.texts
        self._editor, self._preferences = editor, preferences
        self._is_showing = False  # the rows follow the selection now
        self.model = MarksModel(editor, self)
        name, acts = t.tr("Flags and notes"), {"coding.remove": self._on_remove}
        self.table = EditableTable(name, self.model, preferences, acts, self._on_jump)
        for column, width in ((AT, 108), (KIND, 176)):
            self.table.setColumnWidth(column, width)
        self.table.doubleClicked.connect(lambda index: self._on_jump() if index.column() == KIND else None)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_rows_chosen())
        self.table.menu_asked.connect(self._on_menu)
        self.setFocusProxy(self.table)
        self._none = label("", "muted", wrap=True)
        told = label("", "caption", wrap=True)
        KeyFollower(preferences, told, lambda keys: told.setText(self._keys_told(keys)))
        KeyFollower(preferences, self._none, lambda keys: self._none.setText(self._ways_told(keys)))
        self._jump = button(t.tr("Go to"), self._on_jump)
        self._edit = button(t.tr("Edit"), self._on_edit)
        self._remove = button(t.tr("Remove"), self._on_remove, "quiet")
        acts_row = beside(self._jump, self._edit, self._remove, told, spacing=6)
        acts_row.setStretch(3, 1)
        self.setLayout(stacked(label(name, "title"), self._none, self.table, acts_row, spacing=10))
        self.model.modelReset.connect(self._refresh)
        editor.changed.connect(self._refresh)  # bound: the editor outlives the panel
        editor.selection.changed.connect(self._show_chosen)
        self._refresh()
        self._show_chosen()

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

    def _show_chosen(self) -> None:
        """The rows of the marks that are chosen, wherever that was done."""
        selection = self._editor.selection
        rows = sorted(row for i in selection.ids if (row := self.model.row_of(i)) >= 0)
        if rows != sorted(self.model.row_of(m.id) for m in self.chosen()):
            self._is_showing = True
            self.table.choose_rows(rows)
            if rows:
                self.table.point_at(max(self.model.row_of(selection.last), rows[0]))
            self._is_showing = False
        self._refresh()

    def _on_menu(self, row: int, at: QPoint) -> None:
        if (mark := self.model.mark(row)) is not None:
            self.menu_asked.emit(mark.id, at)

    def _refresh(self, _changes: object = None) -> None:
        self._none.setVisible(self.model.rowCount() == 0)
        chosen, is_open = self.chosen(), self._editor.is_open
        self._jump.setEnabled(bool(chosen))
        self._edit.setEnabled(is_open and len(chosen) == 1)
        self._remove.setEnabled(is_open and bool(chosen))

    def _on_rows_chosen(self) -> None:
        """Rows were chosen by hand."""
        if not self._is_showing and (chosen := self.chosen()):
            mark = self.model.mark(self.table.currentIndex().row())
            self._editor.selection.choose([m.id for m in chosen], mark.id if mark in chosen and mark else "")
        self._refresh()

    def _on_jump(self) -> None:
        if chosen := self.chosen():
            self.jump_requested.emit(chosen[0].at)

    def _on_edit(self) -> None:
        if (chosen := self.chosen()) and self._editor.is_open:
            self.table.edit_cell(self.model.row_of(chosen[0].id), WORDS)

    def _on_remove(self) -> None:
        if chosen := self.chosen():
            self.remove_asked.emit(chosen)
