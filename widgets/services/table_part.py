"""A form that is a table: its rows to be read one below another, and the fields of the one that is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import Texts
from app.model.service_work import FormRow
from app.model.template import FieldKind, Form, FormField
from app.works.editor import WorkEditor
from app.works.moving import can_be_moved
from widgets.look.look import Look
from widgets.look.parts import (
    Card,
    OneLine,
    beside,
    bring_in_sight,
    button,
    clear,
    hairline,
    label,
    section_label,
    settle,
    stacked,
)
from widgets.services.field_sources import FieldSources
from widgets.services.sheet_part import RowFields
from widgets.services.work_words import done_words

#: so many columns can be read side by side, in shares of the width: the first says whose row it is
_COLUMNS = 4
_SHARES = (3, 2, 2, 2)
_NUMBER, _PRESS = 26, 84


@dataclass(frozen=True)
class _Key:
    """One place of the table: a line of its own, or a row that was added."""

    line: str = ""
    row_id: str = ""


class TablePart(Card):
    """Rows are added, read and opened one at a time; a table with lines of its own has these and no others.

    `move_asked` tells the id of a consultation that is to go over to its client's case.
    """

    move_asked = Signal(str)

    def __init__(self, look: Look, texts: Texts, editor: WorkEditor, sources: FieldSources, form: Form) -> None:
        super().__init__(spacing=10)
        self._look, self._texts, self._editor, self._sources, self.form = look, texts, editor, sources, form
        self._columns = _read_columns(form)
        self._state = label("", "caption")
        self.add = button(texts.tr("Add a row"), self._add)
        self.add.setAccessibleName(texts.tr("Add a row: {form}", form=texts.words(form.name)))
        self.column.addLayout(beside(section_label(texts.words(form.name)), None, self._state, self.add))
        if form.about is not None:
            self.column.addWidget(label(texts.words(form.about), "muted", wrap=True))
        self._none = label(texts.tr("No rows yet."), "muted")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.column.addWidget(self._none)
        self._head = self._made_head()
        self.column.addWidget(self._head)
        self.column.addLayout(self._list)
        self._shown: list[_Key] = []
        self._lines: dict[_Key, _RowLine] = {}
        self._open: _Key | None = None
        self.fields: RowFields | None = None
        self.setAccessibleName(texts.words(form.name))
        self.refresh()

    def refresh(self) -> None:
        """Show what the archive holds; the row that is open keeps its fields, and what is being typed in them."""
        keys = self._keys()
        if self._open is not None and self._open not in keys:
            self.shut()
        if keys != self._shown:
            self._build(keys)
        is_open = self._editor.work.is_open
        for number, (key, line) in enumerate(self._lines.items(), start=1):
            line.show_cells(number, self._cells(key))
        if self.fields is not None:
            self.fields.show_values()
        self._none.setVisible(not keys)
        self._head.setVisible(bool(keys))
        self.add.setVisible(not self.form.lines and is_open)
        self._state.setText(done_words(self._texts, self._editor.file.form_state(self.form)))

    def commit(self) -> None:
        if self.fields is not None:
            self.fields.commit()

    def open_row(self, number: int) -> None:
        """The fields of a row, by its place in the table from 0."""
        self._turn(self._shown[number])

    # building

    def _made_head(self) -> QWidget:
        row = beside(_gap(_NUMBER), spacing=12)
        names = [label(self._texts.words(f.name), "caption") for f in self._columns]
        if self.form.lines:
            names = [label(self._texts.words(self.form.name), "caption"), *names[: _COLUMNS - 1]]
        for share, name in zip(_SHARES, names, strict=False):
            cell = OneLine("caption")
            cell.show_text(name.text())
            row.addWidget(cell, share)
        row.addWidget(_gap(_PRESS))
        made = QWidget()
        made.setLayout(row)
        return made

    def _keys(self) -> list[_Key]:
        if self.form.lines:
            return [_Key(line=line.id) for line in self.form.lines]
        return [_Key(row_id=row.id) for row in self._editor.file.rows_of(self.form)]

    def _build(self, keys: list[_Key]) -> None:
        if self.fields is not None:
            self.fields.setParent(None)  # taken out with what is typed in it, and put back below its row
        clear(self._list)
        self._shown, self._lines = keys, {}
        count = 1 if self.form.lines else 0
        for key in keys:
            self._list.addWidget(hairline())
            made = self._lines[key] = _RowLine(self._texts, partial(self._turn, key), len(self._columns) + count)
            self._list.addWidget(made)
        self._put_fields()

    def _put_fields(self) -> None:
        if self.fields is None or self._open is None or self._open not in self._lines:
            return
        holder = QWidget()
        acts = beside(None, *self._acts(self._open))
        row = self._row(self._open)
        self.fields.setEnabled(row is None or not row.moved_to)
        holder.setLayout(stacked(self.fields, acts, spacing=10, margins=(_NUMBER, 6, 0, 14)))
        self.fields.show()
        self._list.insertWidget(self._list.indexOf(self._lines[self._open]) + 1, holder)
        settle(self)

    def _acts(self, key: _Key) -> list[QWidget]:
        t = self._texts
        moved = self._row(key)
        if moved is not None and moved.moved_to:
            return [label(t.tr("Moved to the client's case: what was said is there."), "muted", wrap=True)]
        if self.form.lines or not self._editor.work.is_open:
            return []
        place = self._shown.index(key)
        named = self._lines[key].spoken()
        found: list[QWidget] = []
        for words, act, can in (
            (t.tr("Move up"), partial(self._move, key, place - 1), place > 0),
            (t.tr("Move down"), partial(self._move, key, place + 1), place < len(self._shown) - 1),
            (t.tr("Remove the row"), partial(self._remove, key), True),
        ):
            made = button(words, act, "quiet")
            made.setAccessibleName(f"{words}: {named}" if named else words)
            made.setEnabled(can)
            found.append(made)
        row = self._row(key)
        if row is not None and can_be_moved(self._editor.file, row):
            over = button(t.tr("Move to the client's case…"), partial(self._ask_to_move, row.id), "quiet")
            over.setAccessibleName(f"{over.text()}: {named}" if named else over.text())
            found.insert(0, over)
        if row is not None and row.moved_from:
            found.insert(0, label(t.tr("Moved here from a consultation."), "muted"))
        return found

    def _ask_to_move(self, row_id: str) -> None:
        self.commit()
        self.move_asked.emit(row_id)

    def _row(self, key: _Key) -> FormRow | None:
        file = self._editor.file
        return file.row(key.row_id) if key.row_id else file.on_line(self.form, key.line)

    def _cells(self, key: _Key) -> list[str]:
        row = self._row(key)
        said = ["" if row is None else self._sources.answers.answer(f, row) for f in self._columns]
        line = self.form.line(key.line)
        return said if line is None else [self._texts.words(line.name), *said][:_COLUMNS]

    # acts

    def _turn(self, key: _Key) -> None:
        """Open a row, or shut the one that is open."""
        was = self._open
        self.commit()
        self.shut()
        if was == key or key not in self._lines:
            return
        self._open = key
        self.fields = RowFields(self._texts, self._editor, self._sources, self.form, key.line, key.row_id)
        self._put_fields()
        self._lines[key].mark(is_open=True)
        bring_in_sight(self.fields)

    def shut(self) -> None:
        """No row is open any more."""
        if self.fields is None:
            return
        holder = self.fields.parentWidget()
        if self._open in self._lines:
            self._lines[self._open].mark(is_open=False)
        self.fields, self._open = None, None
        if holder is not None:
            self._list.removeWidget(holder)
            holder.hide()
            holder.deleteLater()

    def _add(self) -> None:
        self.commit()
        row = self._editor.add_row(self.form.id)
        if row is not None:
            self.refresh()
            self._turn(_Key(row_id=row.id))

    def _remove(self, key: _Key) -> None:
        row = self._row(key)
        self.shut()
        if row is not None and self._editor.remove_row(row):
            (self.add if not self._shown else self._lines[self._shown[-1]].press).setFocus()

    def _move(self, key: _Key, to: int) -> None:
        self.commit()
        row = self._row(key)
        if row is not None:
            self._editor.move_row(row, to)


class _RowLine(QWidget):
    """One row as it is read, and the button that opens it."""

    def __init__(self, texts: Texts, on_press: Callable[[], None], count: int) -> None:
        super().__init__()
        self._texts = texts
        self._number = label("", "muted")
        self._number.setFixedWidth(_NUMBER)
        self._cells = [OneLine("") for _ in range(min(count, _COLUMNS))]
        self.press = button("", on_press, "quiet")
        self.press.setFixedWidth(_PRESS)
        row = beside(self._number, spacing=12, margins=(0, 3, 0, 3))
        for share, cell in zip(_SHARES, self._cells, strict=False):
            row.addWidget(cell, share)
        row.addWidget(self.press)
        self.setLayout(row)
        self._is_open = False

    def show_cells(self, number: int, cells: list[str]) -> None:
        self._number.setText(str(number))
        for cell, words in zip(self._cells, cells, strict=False):
            cell.show_text(words.replace("\n", " "))
        self.mark(is_open=self._is_open)

    def mark(self, *, is_open: bool) -> None:
        self._is_open = is_open
        words = self._texts.tr("Shut") if is_open else self._texts.tr("Open")
        self.press.setText(words)
        self.press.setAccessibleName(f"{words}: {self.spoken()}")

    def spoken(self) -> str:
        said = ", ".join(cell.text() for cell in self._cells if cell.text())
        return f"{self._number.text()}. {said}".strip()


def _gap(wide: int) -> QWidget:
    """As wide as what stands in the rows below."""
    made = QWidget()
    made.setFixedWidth(wide)
    return made


def _read_columns(form: Form) -> list[FormField]:
    """The fields that are read in the rows: what is needed first, then the others in their order."""
    chosen = [*form.required, *(f for f in form.fields if not f.required and f.kind != FieldKind.PRESENCE)]
    some = {f.id for f in chosen[:_COLUMNS]}
    return [f for f in form.fields if f.id in some]
