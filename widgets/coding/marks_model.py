"""The coder's flags and notes as rows of a table, in the order of the film; time and words are edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt

from app.coding.editor import CodingEditor
from app.coding.telling import mark_name
from app.i18n import Texts
from app.model.change import Change
from app.model.observation import Mark, MarkKind
from app.model.timecode import parse_clock
from widgets.look.look import font
from widgets.rows_model import Index, RowsModel
from widgets.timeline.painting import FLAG_SIGNS

AT, KIND, WORDS = range(3)


def kind_words(t: Texts, kind: MarkKind) -> str:
    """The sign of a kind of mark and its name."""
    return f"{FLAG_SIGNS[kind.value]}  {mark_name(t, kind)}"


class MarksModel(RowsModel):
    """Every mark of the editor's coding."""

    def __init__(self, editor: CodingEditor, parent: QObject) -> None:
        t = editor.texts
        super().__init__((t.tr("Time"), t.tr("Mark"), t.tr("Note")), parent)
        self._editor = editor
        self._ids = self._in_order()
        editor.changed.connect(self._on_changed)  # bound: the editor outlives the table

    def _in_order(self) -> list[str]:
        return [m.id for m in sorted(self._editor.coding.marks.values(), key=lambda m: (m.at, m.id))]

    def mark(self, row: int) -> Mark | None:
        """The mark of a row; None while a step that takes it away is told."""
        return self._editor.coding.marks.get(self._ids[row]) if 0 <= row < len(self._ids) else None

    def row_of(self, mark_id: str) -> int:
        """Its row; −1 for what is no mark here."""
        return self._ids.index(mark_id) if mark_id in self._ids else -1

    def count(self) -> int:
        return len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        mark = self.mark(index.row())
        if mark is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            t = self._editor.texts
            return (t.clock(mark.at), kind_words(t, mark.kind), mark.text)[index.column()]
        if role == Qt.ItemDataRole.FontRole and index.column() == AT:
            return font(tabular=True)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_typed = index.isValid() and self._editor.is_open and index.column() != KIND
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if is_typed else Qt.ItemFlag.NoItemFlags)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A typed time or other words. What is no time leaves the cell as it was."""
        before = self.mark(index.row())
        if role != Qt.ItemDataRole.EditRole or before is None:
            return False
        if index.column() == WORDS:
            return self._editor.edit_mark(before, replace(before, text=str(value).strip()))
        try:
            return self._editor.edit_mark(before, replace(before, at=parse_clock(str(value))))
        except ValueError:
            return False

    def _on_changed(self, changes: Sequence[Change]) -> None:
        if not any(c.kind is Mark for c in changes):
            return
        ids = self._in_order()
        if set(ids) != set(self._ids):
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()
            return
        # a row that is being edited stays the same row for the table, wherever its new time puts it
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        moved = [self.index(ids.index(self._ids[i.row()]), i.column()) for i in held]
        self._ids = ids
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()
