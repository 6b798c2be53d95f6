"""Every observation in a table: filter, sort, edit one or many. The timeline's text equivalent."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.coding.editor import CodingEditor
from app.coding.telling import person_name
from app.model.observation import Observation
from app.model.observation_edits import Clipping
from app.settings.preferences import Preferences
from app.shortcuts.names import on_cap
from app.shortcuts.own_keys import KeyMap
from widgets.coding.edit_many import EditMany
from widgets.coding.editable_table import EditableTable
from widgets.coding.folding_columns import FoldingColumns
from widgets.coding.live_marks import LiveMarks
from widgets.coding.observations_model import (
    CODE,
    EDITABLE,
    END,
    MODIFIER,
    NOTE,
    PERSON,
    START,
    Filter,
    ObservationsModel,
)
from widgets.forms.inputs import named_choice
from widgets.keys.captions import KeyFollower
from widgets.look.look import font
from widgets.look.parts import beside, button, label, stacked

#: pixels of the columns beside the code's own whose words may be cut
WIDTHS = {MODIFIER: 90, NOTE: 96}
#: pixels beside the words of a cell that must be read whole
AROUND = 22


class ObservationsPanel(QWidget):
    """The drawer Ctrl+2: search field, filters, table, and what can be done with the chosen rows."""

    jump_requested = Signal(object)  # Observation
    paste_requested = Signal(object)  # Clipping, at the picture on the screen
    menu_asked = Signal(str, object)  # id, where on the screen: the right button, or the menu key, on a row

    def __init__(self, editor: CodingEditor, preferences: Preferences) -> None:
        super().__init__()
        t = editor.texts
        self._editor, self._preferences = editor, preferences
        self._clipping: Clipping | None = None
        self._is_showing = False  # the rows follow the selection now
        self.model = ObservationsModel(editor, self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(t.tr("Search: code, note, time"))
        self.search.setAccessibleName(t.tr("Search observations"))
        self.search.setClearButtonEnabled(True)
        self.search.returnPressed.connect(self._to_table)
        self.person = self._choice(t.tr("Whose acts"), [("", t.tr("Everybody")), *self._persons()])
        self.task = self._choice(t.tr("In which task"), [(0, t.tr("All tasks")), *self._tasks()])
        self.search.textChanged.connect(self._on_filter)
        self.table = self._build_table(t.tr("Observations"))
        self._count = label("", "caption")
        self.many = EditMany(editor, self.chosen)
        self.live_marks = LiveMarks(editor.file.live_marks, t)
        self._build()
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            signal.connect(self._count_rows)
        self.model.settled.connect(self._show_chosen)
        editor.selection.changed.connect(self._show_chosen)  # bound: the editor outlives the panel
        self._count_rows()
        self._show_chosen()

    def _build(self) -> None:
        t = self._editor.texts
        jump, told = button(t.tr("Go to"), self._on_jump), label("", "caption")
        KeyFollower(self._preferences, told, lambda keys: told.setText(self._keys_told(keys)))
        filters = beside(self.search, self.person, self.task, spacing=6)
        filters.setStretch(0, 1)
        self.setLayout(
            stacked(
                beside(label(t.tr("Observations"), "title"), None, self._count),
                filters,
                self.table,
                self.many,
                self.live_marks,
                beside(jump, None, told),
                spacing=10,
            )
        )

    def _keys_told(self, keys: KeyMap) -> str:
        copy, paste = (on_cap(keys.of(f"coding.{name}")) for name in ("copy", "paste"))
        return self._editor.texts.tr("Enter goes to it · F2 edits · {copy}, {paste} copies", copy=copy, paste=paste)

    def _choice(self, name: str, rows: list[tuple[object, str]]) -> QComboBox:
        made = named_choice(name, rows)
        made.currentIndexChanged.connect(self._on_filter)
        return made

    def _persons(self) -> list[tuple[object, str]]:
        return [(p, person_name(self._editor.texts, p)) for p in ("adult1", "child1", "dyad")]

    def _tasks(self) -> list[tuple[object, str]]:
        file, language = self._editor.file, self._editor.texts.language
        return [(n, f"{n} {file.task_name(n, language)}") for n in range(1, len(file.meeting.plan) + 1)]

    def _build_table(self, name: str) -> EditableTable:
        acts = {"remove": self.remove_chosen, "copy": self.copy, "paste": self.paste}
        named = {f"coding.{act}": do for act, do in acts.items()}
        table = EditableTable(name, self.model, self._preferences, named, self._on_jump)
        table.setSortingEnabled(True)
        table.sortByColumn(START, Qt.SortOrder.AscendingOrder)
        has_kinds = any(code.modifiers for code in self._editor.scheme.codes)
        FoldingColumns(table, self._widths(), CODE, 150, (NOTE, MODIFIER, END), () if has_kinds else (MODIFIER,))
        table.doubleClicked.connect(lambda index: None if index.column() in EDITABLE else self._on_jump())
        table.selectionModel().selectionChanged.connect(lambda *_: self._on_rows_chosen())
        table.menu_asked.connect(self._on_menu)
        return table

    def _widths(self) -> dict[int, int]:
        """Times are read whole, and whose acts they are."""
        times = QFontMetrics(font(tabular=True)).horizontalAdvance(self._editor.texts.clock(0)) + AROUND
        names = max(self.fontMetrics().horizontalAdvance(name) for _, name in self._persons()) + AROUND
        return {START: times, END: times, PERSON: names, **WIDTHS}

    # showing and choosing

    def edit_note(self, observation: Observation) -> None:
        """Begin to type the note of what has a row here."""
        if (row := self.model.row_of(observation)) >= 0:
            self.table.setColumnHidden(NOTE, False)
            self.table.edit_cell(row, NOTE)

    def show_time(self, time: int) -> None:
        """Select the row of what was coded last before a time: from the film to the table."""
        self.table.show_row(self.model.nearest(time))

    def chosen(self) -> list[Observation]:
        return self._editor.selection.observations()

    def _on_rows_chosen(self) -> None:
        """Rows were chosen by hand."""
        if self._is_showing or self.model.is_changing:
            return
        ids, current = self._rows_chosen(), self.table.currentIndex()
        at = self.model.ids_of(current.row(), current.row())[0] if current.isValid() else ""
        self._editor.selection.choose(ids, at if at in ids else "")

    def _rows_chosen(self) -> set[str]:
        chosen = self.table.selectionModel().selection()
        ranges = (chosen.at(n) for n in range(chosen.count()))
        return {i for r in ranges for i in self.model.ids_of(r.top(), min(r.bottom(), self.model.rowCount() - 1))}

    def _show_chosen(self) -> None:
        """The rows of what is chosen, wherever that was done; the one that was pointed at comes into sight."""
        if not self.isVisible():
            return  # shown when the drawer opens
        selection = self._editor.selection
        self.many.refresh(self.chosen())
        rows = self.model.rows_of(selection.ids)
        if rows and self.model.rows_of(self._rows_chosen()) == rows:
            return
        self._is_showing = True
        self.table.choose_rows(rows)
        if rows:
            last = self._editor.coding.observations.get(selection.last)
            row = self.model.row_of(last) if last is not None else -1
            self.table.point_at(row if row >= 0 else rows[0])
        self._is_showing = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_chosen()

    def _on_menu(self, row: int, at: QPoint) -> None:
        if (o := self.model.held(row)) is not None:
            self.menu_asked.emit(o.id, at)

    # acts

    def copy(self) -> None:
        chosen = self.chosen()
        if chosen:
            self._clipping = Clipping(tuple(chosen))

    def paste(self) -> None:
        """What was copied, at the picture on the screen."""
        if self._clipping is not None and self._editor.is_open:
            self.paste_requested.emit(self._clipping)

    def _to_table(self) -> None:
        if self.model.rowCount():
            self.table.show_row(max(self.table.currentIndex().row(), 0))
            self.table.setFocus()

    def _on_jump(self) -> None:
        chosen = self.chosen()
        if chosen:
            self.jump_requested.emit(chosen[0])

    def remove_chosen(self) -> None:
        chosen = self.chosen()
        if chosen and self._editor.is_open:
            self._editor.remove(*chosen)

    def _on_filter(self, _changed: object = None) -> None:
        words = tuple(self.search.text().casefold().split())
        self.model.set_filter(Filter(words, str(self.person.currentData()), int(self.task.currentData())))
        if seen := [o.id for o in self.chosen() if self.model.row_of(o) >= 0]:
            self._editor.selection.choose(seen, self._editor.selection.last)
        elif self.chosen():
            self._editor.selection.choose(())

    def _count_rows(self) -> None:
        t = self._editor.texts
        shown, n = self.model.rowCount(), len(self._editor.coding.observations)
        words = t.trn("{n} observation", "{n} observations", n)
        self._count.setText(words if shown == n else t.tr("{shown} of {all}", shown=t.number(shown), all=words))
