"""Rows of the observations table: what matches the words typed, in the chosen order; a change moves its own rows.

Sorting and filtering are done here over plain texts and keys, so that a letter typed over 20 000 rows is answered at
once, and a live press puts in one row.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from app.coding.editor import CodingEditor
from app.coding.telling import person_name, told
from app.model.change import Change
from app.model.meeting import Segment
from app.model.observation import Observation
from app.model.timecode import parse_clock
from widgets.look.look import font
from widgets.rows_model import Index, RowsModel

START, END, PERSON, CODE, MODIFIER, NOTE = range(6)
EDITABLE = (START, END, CODE, NOTE)
#: so many changed rows at once are read anew instead of moved one by one
ANEW = 200
#: so many rows are looked for one by one
FEW = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown: every word typed is somewhere in the row; of one person and one task where these are chosen."""

    words: tuple[str, ...] = ()
    person: str = ""
    task: int = 0


class ObservationsModel(RowsModel):
    """The editor's observations. `sort` and `set_filter` decide which rows there are and in which order."""

    settled = Signal()  # rows were moved, or all read anew: what was chosen lies elsewhere now

    def __init__(self, editor: CodingEditor, parent: QObject) -> None:
        t = editor.texts
        heads = (t.tr("Time"), t.tr("End"), t.tr("Who"), t.tr("Observation"), t.tr("Which"), t.tr("Note"))
        super().__init__(heads, parent)
        self._editor = editor
        self._filter = Filter()
        self._column, self._backward = START, False
        self._words: dict[str, str] = {}  # what a code and person say, for searching
        self._keys: list[tuple[Any, ...]] = []  # one per row, ascending; the last part is the id
        self.is_changing = False  #: rows come and go now, so that what the table chooses meanwhile is nobody's choice
        self.reread()
        editor.changed.connect(self._on_changed)

    # rows

    def reread(self) -> None:
        """Everything anew."""
        self.beginResetModel()
        matching = (o for o in self._editor.coding.observations.values() if self._matches(o))
        self._keys = sorted(self._key(o) for o in matching)
        self.endResetModel()
        self.settled.emit()

    def set_filter(self, wanted: Filter) -> None:
        if wanted != self._filter:
            self._filter = wanted
            self.reread()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; what is equal there by time."""
        self._column, self._backward = column, order == Qt.SortOrder.DescendingOrder
        self.reread()

    def observation(self, row: int) -> Observation:
        return self._editor.coding.observations[self._id(row)]

    def held(self, row: int) -> Observation | None:
        """The same; None while a step that took several away has its rows going one after another."""
        return self._editor.coding.observations.get(self._id(row)) if row < len(self._keys) else None

    def row_of(self, observation: Observation) -> int:
        """Its row, or −1 when the filter leaves it out."""
        key = self._key(observation)
        place = bisect_left(self._keys, key)
        if place >= len(self._keys) or self._keys[place] != key:
            return -1
        return self._turned(place)

    def rows_of(self, ids: Collection[str]) -> list[int]:
        """The rows of these observations that are shown, ascending."""
        held = self._editor.coding.observations
        if len(ids) <= FEW:
            rows = (self.row_of(held[i]) for i in ids if i in held)
            return sorted(row for row in rows if row >= 0)
        places = [place for place, key in enumerate(self._keys) if key[-1] in ids]
        return [self._turned(p) for p in (reversed(places) if self._backward else places)]

    def ids_of(self, first: int, last: int) -> list[str]:
        """The ids of the rows from `first` to `last`, both of them too."""
        return [self._id(row) for row in range(first, last + 1)]

    def nearest(self, time: int) -> int:
        """The row of the last observation shown that begins at `time` or before; −1 for none."""
        held = self._editor.coding.observations
        best, found = -1, -1
        for row in range(len(self._keys)):
            o = held[self._id(row)]
            if o.start <= time and o.start >= best:
                best, found = o.start, row
        return found

    def _id(self, row: int) -> str:
        return str(self._keys[self._turned(row)][-1])

    def _turned(self, place: int) -> int:
        return len(self._keys) - 1 - place if self._backward else place

    def _key(self, o: Observation) -> tuple[Any, ...]:
        column = self._column
        if column == START:
            return o.start, o.id
        if column == END:
            return (o.end if o.end is not None else (2**62 if o.open else -1)), o.start, o.id
        return self._text(o, column, Qt.ItemDataRole.DisplayRole).casefold(), o.start, o.id

    def _matches(self, o: Observation) -> bool:
        wanted = self._filter
        if wanted.person and o.person != wanted.person:
            return False
        if wanted.task:
            segment = self._editor.file.segment_at(o.start)
            if segment is None or segment.number != wanted.task:
                return False
        if not wanted.words:
            return True
        said = self._said(o)
        return all(word in said for word in wanted.words)

    def _said(self, o: Observation) -> str:
        """Everything that a row says, and the code's id and dimension, for searching."""
        code = self._editor.scheme.code(o.code)
        key = f"{o.code}\n{o.person}\n{code.dimension if code else ''}"
        fixed = self._words.get(key)
        if fixed is None:
            fixed = self._words[key] = self._fixed_words(o).casefold()
        t = self._editor.texts
        moving = [t.clock(o.start), o.note]
        if o.modifiers:
            moving.append(self._text(o, MODIFIER, Qt.ItemDataRole.DisplayRole))
        return f"{fixed}\n{' '.join(moving).casefold()}"

    def _fixed_words(self, o: Observation) -> str:
        t, scheme = self._editor.texts, self._editor.scheme
        code = scheme.code(o.code)
        words = [o.code, person_name(t, o.person)]
        if code is not None:
            dimension = scheme.dimension(code.dimension)
            words += [t.words(code.name), t.words(dimension.name) if dimension else ""]
        return " ".join(words)

    # what Qt asks

    def count(self) -> int:
        return len(self._keys)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        o = self.held(index.row()) if index.isValid() else None
        if o is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(o, index.column(), role)
        if role == Qt.ItemDataRole.FontRole and index.column() in (START, END):
            return font(tabular=True)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return told(self._editor.texts, self._editor.scheme, self._editor.file, o)
        return None

    def _text(self, o: Observation, column: int, role: int) -> str:
        t = self._editor.texts
        code = self._editor.scheme.code(o.code)
        if column == START:
            return t.clock(o.start)
        if column == END:
            return t.clock(o.end) if o.end is not None else (t.tr("on") if o.open else "")
        if column == PERSON:
            return person_name(t, o.person)
        if column == CODE:
            return code.key if role == Qt.ItemDataRole.EditRole and code else (t.words(code.name) if code else o.code)
        if column == MODIFIER:
            known = {m.id: t.words(m.name) for m in code.modifiers} if code else {}
            return ", ".join(known.get(m, m) for m in o.modifiers)
        return o.note

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_typed = index.isValid() and self._editor.is_open and index.column() in EDITABLE
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if is_typed else Qt.ItemFlag.NoItemFlags)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Typed times, the key of another code, a note. What does not fit leaves the cell as it was."""
        if role != Qt.ItemDataRole.EditRole or index.row() >= len(self._keys):
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

    # what changed

    def _on_changed(self, changes: Sequence[Change]) -> None:
        rows = [c for c in changes if c.kind is Observation]
        if len(rows) > ANEW or (self._filter.task and any(c.kind is Segment for c in changes)):
            self.reread()
            return
        self.is_changing = True
        moved = [self._follow(change) for change in rows]
        self.is_changing = False
        if any(moved):
            self.settled.emit()

    def _follow(self, change: Change) -> bool:
        """One row comes, goes or gets other values. True when it lies elsewhere now."""
        pair = (change.before, change.after)
        before, after = (o if isinstance(o, Observation) and self._matches(o) else None for o in pair)
        place = self._place_of(before) if before is not None else -1
        if place >= 0 and after is not None:
            return self._move(place, after)
        if place >= 0:
            self._take_out(place)
        elif after is not None:
            self._put_in(after)
        return False

    def _place_of(self, o: Observation) -> int:
        """Where its key lies; −1 when a task moved and the filter had left the row out."""
        place = bisect_left(self._keys, self._key(o))
        return place if place < len(self._keys) and self._keys[place][-1] == o.id else -1

    def _move(self, place: int, after: Observation) -> bool:
        """A row gets other values and with them its place; a cell that is being edited stays open in it."""
        keys = [*self._keys[:place], *self._keys[place + 1 :]]
        key = self._key(after)
        new = bisect_left(keys, key)
        keys.insert(new, key)
        row, target = self._turned(place), self._turned(new)
        if row != target:
            top = QModelIndex()
            self.beginMoveRows(top, row, row, top, target + 1 if target > row else target)
        self._keys = keys
        if row != target:
            self.endMoveRows()
        self.dataChanged.emit(self.index(target, 0), self.index(target, self.columnCount() - 1))
        return row != target

    def _take_out(self, place: int) -> None:
        row = self._turned(place)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._keys[place]
        self.endRemoveRows()

    def _put_in(self, o: Observation) -> None:
        key = self._key(o)
        place = bisect_left(self._keys, key)
        row = len(self._keys) - place if self._backward else place
        self.beginInsertRows(QModelIndex(), row, row)
        self._keys.insert(place, key)
        self.endInsertRows()
