"""Fields of one value: filled from it, and committed one by one when a field is left or something is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from app.i18n import Texts
from widgets.forms.date_field import DateField, ParsedField, TimeField
from widgets.forms.inputs import Choice, GrowingText, Number, Suggestions
from widgets.look.parts import beside, field, label, stacked

#: a field that was never filled, and one whose text stands for nothing
UNFILLED, UNREADABLE = object(), object()


@dataclass
class _Bound:
    """One field: how to read and fill it, and what it was filled with last."""

    read: Callable[[], Any]
    write: Callable[[Any], None]
    settle: Callable[[], None]
    shown: Any = UNFILLED


class Form:
    """`edit(key, value)` commits one field and says whether it was taken. The makers give a field with its name."""

    def __init__(self, texts: Texts, edit: Callable[[str, Any], bool]) -> None:
        self._texts = texts
        self._edit = edit
        self._bound: dict[str, _Bound] = {}
        self.widgets: dict[str, QWidget] = {}

    def load(self, values: Mapping[str, Any], *, anew: bool = False) -> None:
        """Fill from `values`. What is being typed is kept, unless another thing is shown (`anew`)."""
        for key, bound in self._bound.items():
            value = values[key]
            if value == bound.shown and not anew:
                continue
            is_typed = bound.shown is not UNFILLED and bound.read() != bound.shown
            bound.shown = value
            if anew or not is_typed:
                bound.write(value)

    def commit(self) -> None:
        """What stands in the fields goes to the archive."""
        for key in self._bound:
            self._commit(key)

    def _commit(self, key: str) -> None:
        bound = self._bound[key]
        value, before = bound.read(), bound.shown
        if value is UNREADABLE or before is UNFILLED or value == before:
            return
        bound.shown = value
        if self._edit(key, value):
            bound.settle()
        else:
            bound.shown = before
            bound.write(before)

    def _bind(
        self,
        key: str,
        widget: QWidget,
        read: Callable[[], Any],
        write: Callable[[Any], None],
        settle: Callable[[], None] = lambda: None,
    ) -> None:
        self._bound[key] = _Bound(read, write, settle)
        self.widgets[key] = widget

    def rename(self, key: str, name: str) -> None:
        """Another name for a field, on the screen and as it is heard: it is asked of somebody else."""
        made = self.widgets[key]
        made.setAccessibleName(name)
        holder = made.parentWidget()
        for title in () if holder is None else holder.findChildren(QLabel):
            if title.buddy() is made:
                title.setText(name)

    # makers

    def line(self, key: str, name: str, note: str = "", example: str = "") -> QWidget:
        made = QLineEdit()
        made.setPlaceholderText(example)
        self._bind(key, made, lambda: made.text().strip(), lambda v: _fill(made, v), lambda: _settle(made))
        made.editingFinished.connect(lambda: self._commit(key))
        return named(name, made, note)

    def text(self, key: str, name: str, least_lines: int = 1) -> QWidget:
        made = GrowingText(least_lines)
        forget = made.document().clearUndoRedoStacks
        self._bind(key, made, lambda: made.toPlainText().strip(), made.setPlainText, forget)
        made.left.connect(lambda: self._commit(key))
        return named(name, made)

    def choice(self, key: str, name: str, choices: Iterable[tuple[Any, str]] = ()) -> QWidget:
        """One of `choices`, (value, words) each."""
        made = Choice(choices)
        self._bind(key, made, made.value, made.set_value)
        made.activated.connect(lambda _: self._commit(key))
        return named(name, made)

    def offer(self, key: str, choices: Iterable[tuple[Any, str]]) -> None:
        """Other choices for a pick-list of this form."""
        made = self.widgets[key]
        assert isinstance(made, Choice)
        made.offer(choices)

    def suggestions(self, key: str, name: str, choices: Iterable[tuple[str, str]]) -> QWidget:
        """One of `choices`, (value, words) each, or own words; these are kept as they are written."""
        made = Suggestions(choices)
        line = made.lineEdit()
        assert line is not None
        line.setAccessibleName(name)
        self._bind(key, made, made.value, made.set_value, lambda: _settle(line))
        made.activated.connect(lambda _: self._commit(key))
        line.editingFinished.connect(lambda: self._commit(key))
        return named(name, made)

    def number(self, key: str, name: str, least: int, most: int, suffix: str = "") -> QWidget:
        made = Number(least, most, 5, suffix)
        self._bind(key, made, made.value, made.setValue)
        made.editingFinished.connect(lambda: self._commit(key))
        return named(name, made)

    def check(self, key: str, words: str) -> QWidget:
        made = QCheckBox(words)
        made.setAccessibleName(words)
        self._bind(key, made, made.isChecked, made.setChecked)
        made.clicked.connect(lambda _: self._commit(key))
        return made

    def date(self, key: str, name: str) -> QWidget:
        return self._parsed(key, DateField(self._texts, name))

    def time(self, key: str, name: str) -> QWidget:
        return self._parsed(key, TimeField(self._texts, name))

    def _parsed(self, key: str, made: ParsedField) -> QWidget:
        def read() -> Any:
            return UNREADABLE if made.is_wrong() else made.value()

        self._bind(key, made, read, made.set_value, lambda: _settle(made.line))
        made.committed.connect(lambda _: self._commit(key))
        return made


def _fill(line: QLineEdit, text: str) -> None:
    line.setText(text)
    line.setCursorPosition(0)


def _settle(line: QLineEdit) -> None:
    """Forget the line's own undo: what is committed is taken back by the screen's editor."""
    place = line.cursorPosition()
    line.setText(line.text())
    line.setCursorPosition(place)


def named(name: str, widget: QWidget, note: str = "") -> QWidget:
    """A field with its name above, as one widget."""
    return held(field(name, widget, note))


def held(layout: Any) -> QWidget:
    """A layout as a widget, so that it can take its share of a row."""
    holder = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(layout)
    return holder


def columns(*parts: QWidget | None, shares: tuple[int, ...] = ()) -> QHBoxLayout:
    """Fields side by side, aligned at their tops; `shares` of the width, equal when left out. None leaves a gap."""
    row = beside(spacing=14)
    for number, part in enumerate(parts):
        share = shares[number] if shares else 1
        if part is None:
            row.addStretch(share)
        else:
            holder = stacked(part)
            holder.addStretch(1)
            row.addLayout(holder, share)
    return row


def below_name(widget: QWidget) -> QWidget:
    """A button or box in a row of fields, at the height of the fields and not of their names."""
    return held(stacked(label(" ", "caption"), widget, spacing=4))
