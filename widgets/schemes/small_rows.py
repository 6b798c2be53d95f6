"""A few rows of small fields within an entry: modifiers of a code, points of an own scale."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QToolButton, QWidget

from app.i18n import Texts
from app.model.plain_number import plain_number
from app.model.words import LANGUAGES
from widgets.forms.wrong import mark_wrong
from widgets.look.look import Look
from widgets.look.parts import beside, button, clear, label, stacked
from widgets.schemes.entry_form import value_at, with_value

#: no whole number of a scheme is as large
MOST = 10**6


@dataclass(frozen=True, slots=True)
class Column:
    """One field of every row: where it stands in the row, its name, its share of the width.

    Figures when `whole`; when `numbered` an empty one stands for the row's number, and shows it.
    """

    path: str
    name: str
    share: int = 1
    whole: bool = False
    numbered: bool = False


class SmallRows(QWidget):
    """`edit` gets all rows after a change. Rows are made anew only when their number changes."""

    def __init__(
        self,
        texts: Texts,
        look: Look,
        columns: Sequence[Column],
        blank: Callable[[Sequence[Any]], Any],
        edit: Callable[[tuple[Any, ...]], bool],
        add_words: str,
        *,
        ordered: bool = False,
    ) -> None:
        """`ordered`: rows are moved, one place up by the button or with Alt and an arrow."""
        super().__init__()
        self._ordered = ordered
        self._texts, self._look = texts, look
        self._columns, self._blank, self._edit = columns, blank, edit
        self._rows: tuple[Any, ...] = ()
        self._lines: list[list[QLineEdit]] = []
        self._languages = frozenset(LANGUAGES)
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        self._wrong = label("", "danger", wrap=True)
        self._wrong.hide()
        self.add: QPushButton = button(add_words, self._add)
        for by, keys in ((-1, "Alt+Up"), (1, "Alt+Down")) if ordered else ():
            acts = QShortcut(QKeySequence(keys), self, partial(self._shift_current, by))
            acts.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setLayout(stacked(self._grid, self._wrong, beside(self.add, None), spacing=6))

    def load(self, rows: tuple[Any, ...]) -> None:
        if len(rows) != len(self._lines):
            self._make(len(rows))
        before, self._rows = self._rows, rows
        for number, (row, lines) in enumerate(zip(rows, self._lines, strict=True)):
            held = before[number] if number < len(before) else None
            for column, line in zip(self._columns, lines, strict=True):
                said = str(value_at(row, column.path))
                typed_meanwhile = line.hasFocus() and line.isModified()
                if line.text() != said and not (typed_meanwhile and held is not None):
                    line.setText(said)
                    line.setCursorPosition(0)

    def commit(self) -> None:
        """What stands in the fields goes to the archive, all at once."""
        rows = list(self._rows)
        for number, lines in enumerate(self._lines):
            for column, line in zip(self._columns, lines, strict=True):
                rows[number] = self._read(rows[number], column, line)
        if tuple(rows) != self._rows and not self._edit(tuple(rows)):
            self.load(self._rows)

    def show_languages(self, chosen: Collection[str]) -> None:
        """Only the columns of the languages that the content is written in."""
        self._languages = frozenset(chosen)
        for place, column in enumerate(self._columns):
            is_shown = self._is_shown(column)
            self._grid.setColumnStretch(place, column.share if is_shown else 0)
            for row in range(self._grid.rowCount()):
                item = self._grid.itemAtPosition(row, place)
                part = item.widget() if item is not None else None
                if part is not None:
                    part.setVisible(is_shown)

    def _is_shown(self, column: Column) -> bool:
        language = column.path.rpartition(".")[2]
        return language not in LANGUAGES or language in self._languages

    def show_wrong(self, sentences: Mapping[str, str]) -> None:
        """Sentences by `0.key`: the number of the row and the path in it."""
        for number, lines in enumerate(self._lines):
            for column, line in zip(self._columns, lines, strict=True):
                said = sentences.get(f"{number}.{column.path}", "")
                if line.accessibleDescription() != said:
                    mark_wrong(line, said)
                    line.setToolTip(said)
        said = "\n".join(dict.fromkeys(sentences.values()))
        self._wrong.setText(said)
        self._wrong.setVisible(bool(said))

    def focus(self, path: str) -> bool:
        number, _, rest = path.partition(".")
        paths = [c.path for c in self._columns]
        if not number.isdigit() or int(number) >= len(self._lines) or rest not in paths:
            return False
        self._lines[int(number)][paths.index(rest)].setFocus()
        return True

    def _read(self, row: Any, column: Column, line: QLineEdit) -> Any:
        text = line.text().strip()
        if not column.whole:
            return with_value(row, column.path, text)
        number = plain_number(text)
        if number is None or abs(number) > MOST or number != int(number):
            line.setText(str(value_at(row, column.path)))
            return row
        return with_value(row, column.path, int(number))

    def _make(self, count: int) -> None:
        clear(self._grid)
        self._lines = []
        for place, column in enumerate(self._columns):
            self._grid.setColumnStretch(place, column.share)
            if count:
                self._grid.addWidget(label(column.name, "caption"), 0, place)
        for number in range(count):
            lines = [self._line(number, column) for column in self._columns]
            for place, line in enumerate(lines):
                self._grid.addWidget(line, number + 1, place)
            place = len(lines)
            if self._ordered:
                self._grid.addWidget(self._lifter(number), number + 1, place)
                place += 1
            self._grid.addWidget(self._remover(number), number + 1, place)
            self._lines.append(lines)
        self.show_languages(self._languages)

    def _line(self, number: int, column: Column) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(f"{column.name} {number + 1}")
        if column.numbered:
            made.setPlaceholderText(str(number + 1))
        if column.whole:
            made.setAlignment(Qt.AlignmentFlag.AlignRight)
        made.editingFinished.connect(self.commit)
        return made

    def _remover(self, number: int) -> QWidget:
        made = QToolButton()
        made.setIcon(self._look.icon("trash", "muted", 16))
        name = self._texts.tr("Remove")
        made.setAccessibleName(f"{name} {number + 1}")
        made.setToolTip(name)
        made.clicked.connect(lambda: self._edit(tuple(r for n, r in enumerate(self._rows) if n != number)))
        return made

    def _lifter(self, number: int) -> QWidget:
        made = QToolButton()
        made.setIcon(self._look.icon("chevron-up", "muted", 16))
        name = self._texts.tr("Up")
        made.setAccessibleName(f"{name} {number + 1}")
        made.setToolTip(f"{name}  Alt+↑")
        made.setEnabled(number > 0)
        made.clicked.connect(lambda: self._shift(number, -1))
        return made

    def _shift_current(self, by: int) -> None:
        """The row with the keys in it moves, and the keys with it."""
        spots = ((n, c) for n, lines in enumerate(self._lines) for c, line in enumerate(lines) if line.hasFocus())
        if (spot := next(spots, None)) is not None and self._shift(spot[0], by):
            self._lines[spot[0] + by][spot[1]].setFocus()

    def _shift(self, number: int, by: int) -> bool:
        self.commit()
        for line in (line for lines in self._lines for line in lines):
            line.setModified(False)  # what was typed is kept: the line shows another row's words now
        rows, to = list(self._rows), number + by
        if not 0 <= to < len(rows):
            return False
        rows.insert(to, rows.pop(number))
        return self._edit(tuple(rows))

    def _add(self) -> None:
        self.commit()
        if self._edit((*self._rows, self._blank(self._rows))) and self._lines:
            self._lines[-1][0].setFocus()
