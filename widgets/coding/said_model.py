"""The lines of what was said as rows of a table, in the order of the film: when, who, which words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from app.casework.said import SaidEditor
from app.casework.said_words import more_of
from app.model.timecode import Micros
from app.model.utterance import Utterance
from widgets.look.look import font
from widgets.rows_model import Index, RowsModel

AT, WHO, WORDS = range(3)
Called = Callable[[Utterance], str]


class SaidModel(RowsModel):
    """Every line that has all of the words searched for, in what was said or in who says it."""

    reworded = Signal(int)  # a row whose line was changed
    followed = Signal()  # the rows are those of the archive again

    def __init__(self, editor: SaidEditor, called: Called, parent: QObject) -> None:
        t = editor.texts
        super().__init__((t.tr("Time"), t.tr("Who speaks"), t.tr("Words")), parent)
        self._editor, self._called = editor, called
        self._wanted: tuple[str, ...] = ()
        self._on: frozenset[str] = frozenset()
        self.is_changing = False  #: rows go or come: what the table stands on meanwhile was nobody's choice
        self._rows = self._found()
        editor.changed.connect(self.refresh)  # bound: the editor outlives the table
        editor.read_anew.connect(self.refresh)

    def _found(self) -> tuple[Utterance, ...]:
        if not self._wanted:
            return self._editor.lines
        return tuple(u for u in self._editor.lines if self._has_all(u))

    def _has_all(self, line: Utterance) -> bool:
        said = f"{self._called(line)} {line.text}".casefold()
        return all(word in said for word in self._wanted)

    def search(self, words: str) -> None:
        """Only the lines with all of these words; of no words all."""
        self._wanted = tuple(words.casefold().split())
        self.refresh()

    def refresh(self, _changes: object = None) -> None:
        """As the archive has it now. A line that comes or goes moves only what lies below it."""
        was, now = self._rows, self._found()
        same = _same_ends([u.id for u in was], [u.id for u in now])
        if same is None:
            for row, (before, after) in enumerate(zip(was, now, strict=True)):
                if before != after:
                    self._rows = now
                    self._tell(row)
                    self.reworded.emit(row)
            self._rows = now
        else:
            self._exchange(now, *same)
        self.followed.emit()

    def _exchange(self, now: tuple[Utterance, ...], first: int, gone: int, come: int) -> None:
        """From row `first` on so many rows go and so many come."""
        top, was = QModelIndex(), self._rows
        self.is_changing = True
        if gone:
            self.beginRemoveRows(top, first, first + gone - 1)
            self._rows = was[:first] + was[first + gone :]
            self.endRemoveRows()
        if come:
            self.beginInsertRows(top, first, first + come - 1)
            self._rows = now
            self.endInsertRows()
        self._rows = now
        self.is_changing = False

    def line(self, row: int) -> Utterance | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def words(self, row: int) -> str:
        """What stands in the last column of a row."""
        line = self.line(row)
        return "" if line is None else self._words(line)

    def row_of(self, line_id: str) -> int:
        """Its row; −1 for what is none here."""
        return next((row for row, u in enumerate(self._rows) if u.id == line_id), -1)

    def show_at(self, time: Micros) -> int:
        """Mark what is being said at a time; the first of its rows where that changed, else −1."""
        on = frozenset(u.id for u in self._editor.at(time))
        if on == self._on:
            return -1
        changed, self._on = on ^ self._on, on
        for row in (self.row_of(i) for i in changed):
            if row >= 0:
                self._tell(row)
        return min((row for i in on if (row := self.row_of(i)) >= 0), default=-1)

    def _tell(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, WORDS))

    def count(self) -> int:
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row())
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self._editor.texts.short_clock(line.start), self._called(line), self._words(line))[index.column()]
        if role == Qt.ItemDataRole.FontRole:
            made = font(tabular=index.column() == AT)
            made.setBold(line.id in self._on)
            return made
        return None

    def _words(self, line: Utterance) -> str:
        more = more_of(self._editor.texts, line)
        return f"{line.text} ({more})" if more else line.text


def _same_ends(was: list[str], now: list[str]) -> tuple[int, int, int] | None:
    """Where two lists begin to differ, and of how many in each; None when they are the same."""
    if was == now:
        return None
    shorter = min(len(was), len(now))
    first = next((n for n in range(shorter) if was[n] != now[n]), shorter)
    last = next((n for n in range(shorter - first) if was[-1 - n] != now[-1 - n]), shorter - first)
    return first, len(was) - first - last, len(now) - first - last
