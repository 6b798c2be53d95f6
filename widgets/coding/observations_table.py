"""Every observation in a table: filter as you type, edit in place, jump. The timeline's text equivalent."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from app.coding import CodingEditor
from app.comparing import person_name
from app.model.change import Change
from app.model.observation import Observation
from app.model.timecode import parse_clock
from widgets.coding.live_marks import LiveMarks
from widgets.look import font
from widgets.parts import beside, button, label, stacked

START, END, PERSON, CODE, MODIFIER, NOTE = range(6)
EDITABLE = (START, END, CODE, NOTE)
Index = QModelIndex | QPersistentModelIndex


class ObservationsModel(QAbstractTableModel):
    """The editor's observations by time; a change moves only its own rows."""

    def __init__(self, editor: CodingEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._rows: list[tuple[int, str]] = []
        self.reread()
        editor.changed.connect(self._on_changed)

    def reread(self) -> None:
        self.beginResetModel()
        self._rows = [(o.start, o.id) for o in self._editor.coding.sorted_observations()]
        self.endResetModel()

    def observation(self, row: int) -> Observation:
        return self._editor.coding.observations[self._rows[row][1]]

    def row_of(self, observation: Observation) -> int:
        return bisect_left(self._rows, (observation.start, observation.id))

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return len(self._rows)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        t = self._editor.texts
        names = (t.tr("Time"), t.tr("End"), t.tr("Who"), t.tr("Observation"), t.tr("Which"), t.tr("Note"))
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if self._rows[index.row()][1] not in self._editor.coding.observations:
            return None  # a step took several away, and its rows go one after another
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(self.observation(index.row()), index.column(), role)
        if role == Qt.ItemDataRole.FontRole and index.column() in (START, END):
            return font(tabular=True)
        return None

    def _text(self, o: Observation, column: int, role: int) -> str:
        t, scheme = self._editor.texts, self._editor.scheme
        code = scheme.code(o.code)
        name = code.key if role == Qt.ItemDataRole.EditRole and code else (t.words(code.name) if code else o.code)
        known = {m.id: t.words(m.name) for m in code.modifiers} if code else {}
        return {
            START: lambda: t.clock(o.start),
            END: lambda: t.clock(o.end) if o.end is not None else (t.tr("on") if o.open else ""),
            PERSON: lambda: person_name(t, o.person),
            CODE: lambda: name,
            MODIFIER: lambda: ", ".join(known.get(m, m) for m in o.modifiers),
            NOTE: lambda: o.note,
        }[column]()

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._editor.is_open and index.column() in EDITABLE:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Typed times, the key of another code, a note. What does not fit leaves the cell as it was."""
        if role != Qt.ItemDataRole.EditRole or index.row() >= len(self._rows):
            return False
        before = self.observation(index.row())
        after = self._edited(before, index.column(), str(value))
        return after is not None and after != before and self._editor.edit(before, after)

    def _edited(self, o: Observation, column: int, text: str) -> Observation | None:
        if column == NOTE:
            return replace(o, note=text.strip())
        if column == CODE:
            code = self._editor.scheme.code_for(text.strip())
            was = self._editor.scheme.code(o.code)
            fits = code is not None and was is not None and (code.kind, code.actor) == (was.kind, was.actor)
            return replace(o, code=code.id, modifiers=()) if fits and code is not None else None
        try:
            time = parse_clock(text)
        except ValueError:
            return None
        if column == START:
            return replace(o, start=time) if o.end is None or time < o.end else None
        return replace(o, end=time, open=False) if (o.end is not None or o.open) and time > o.start else None

    def _on_changed(self, changes: Sequence[Change]) -> None:
        rows = [c for c in changes if c.kind is Observation]
        if len(rows) > 200:
            self.reread()
            return
        for change in rows:
            if isinstance(change.before, Observation):
                self._take_out(change.before)
            if isinstance(change.after, Observation):
                self._put_in(change.after)

    def _take_out(self, o: Observation) -> None:
        row = self.row_of(o)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[row]
        self.endRemoveRows()

    def _put_in(self, o: Observation) -> None:
        row = self.row_of(o)
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.insert(row, (o.start, o.id))
        self.endInsertRows()


class _Table(QTableView):
    """Enter jumps, Delete removes; letters never search here, for they are codes elsewhere."""

    jump = Signal()
    remove = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.jump.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        return


class ObservationsPanel(QWidget):
    """The drawer Ctrl+2: search field, table, jump and remove."""

    jump_requested = Signal(object)  # Observation

    def __init__(self, editor: CodingEditor) -> None:
        super().__init__()
        t = editor.texts
        self._editor = editor
        self.model = ObservationsModel(editor, self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self.model)
        self._shown.setFilterKeyColumn(-1)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = QLineEdit()
        self.search.setPlaceholderText(t.tr("Search: code, note, time"))
        self.search.setAccessibleName(t.tr("Search observations"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._shown.setFilterFixedString)
        self.table = self._build_table(t.tr("Observations"))
        self._count = label("", "caption")
        self.live_marks = LiveMarks(editor.file.live_marks, t)
        self._jump = button(t.tr("Go to"), self._on_jump)
        self._remove = button(t.tr("Remove"), self._on_remove, "quiet")
        self.setLayout(
            stacked(
                beside(label(t.tr("Observations"), "title"), None, self._count),
                self.search,
                self.table,
                beside(self._jump, self._remove, None, label(t.tr("Enter goes to it · F2 edits"), "caption")),
                self.live_marks,
                spacing=10,
            )
        )
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            signal.connect(self._count_rows)
        self._count_rows()

    def _build_table(self, name: str) -> _Table:
        table = _Table()
        table.setModel(self._shown)
        table.setAccessibleName(name)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(30)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(40)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in ((START, 104), (END, 104), (PERSON, 112), (CODE, 176), (MODIFIER, 70)):
            table.setColumnWidth(column, width)
        table.jump.connect(self._on_jump)
        table.remove.connect(self._on_remove)
        table.doubleClicked.connect(lambda index: None if index.column() in EDITABLE else self._on_jump())
        return table

    def show_observation(self, observation: Observation) -> None:
        """Select its row."""
        index = self._shown.mapFromSource(self.model.index(self.model.row_of(observation), 0))
        if index.isValid():
            self.table.selectRow(index.row())
            self.table.scrollTo(index)

    def chosen(self) -> list[Observation]:
        rows = self.table.selectionModel().selectedRows()
        return [self.model.observation(self._shown.mapToSource(r).row()) for r in rows]

    def _on_jump(self) -> None:
        chosen = self.chosen()
        if chosen:
            self.jump_requested.emit(chosen[0])

    def _on_remove(self) -> None:
        chosen = self.chosen()
        if chosen and self._editor.is_open:
            self._editor.remove(*chosen)

    def _count_rows(self) -> None:
        n = self.model.rowCount()
        self._count.setText(self._editor.texts.trn("{n} observation", "{n} observations", n))
