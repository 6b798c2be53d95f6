"""Fields of one entry, by dotted path (`name.sv`): filled from it, committed one by one, marked where wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from app.i18n import NAMES, Texts
from app.model.instrument import NOTHING
from app.model.words import LANGUAGES
from widgets.forms.form import Form, columns
from widgets.forms.wrong import mark_wrong
from widgets.look.parts import beside, label, stacked

Edit = Callable[[str, Any], bool]
Typed = Callable[[str, Any], None]


def value_at(entry: Any, path: str) -> Any:
    """What stands at a dotted path; empty where a part of the way is not there."""
    for name in path.split("."):
        entry = "" if entry is None else getattr(entry, name, "")
    return entry


def with_value(entry: Any, path: str, value: Any) -> Any:
    """The entry with another value at a dotted path; words that were not there begin empty."""
    name, _, rest = path.partition(".")
    if not rest:
        return replace(entry, **{name: value})
    inner = getattr(entry, name)
    return replace(entry, **{name: with_value(NOTHING if inner is None else inner, rest, value)})


class EntryForm(QWidget):
    """Makes fields with their names above and what is wrong below. `typed` hears every letter, `edit` what is left."""

    def __init__(self, texts: Texts, edit: Edit, typed: Typed) -> None:
        super().__init__()
        self.texts = texts
        self._typed = typed
        self.form = Form(texts, edit)
        self._wrong: dict[str, Any] = {}
        self._by_language: list[tuple[str, QWidget]] = []
        self._filling = False
        self.column = stacked(spacing=14, margins=(4, 4, 12, 16))
        self.setLayout(self.column)

    def load(self, entry: Any, *, anew: bool) -> None:
        """Fill from the entry; what is being typed stays, unless another entry is shown (`anew`)."""
        self._filling = True
        self.form.load({path: value_at(entry, path) for path in self.form.widgets}, anew=anew)
        self._filling = False

    def commit(self) -> None:
        self.form.commit()

    def paths(self) -> tuple[str, ...]:
        return tuple(self.form.widgets)

    def show_wrong(self, sentences: Mapping[str, str], calm: Collection[str] = ()) -> None:
        """The sentence of each field that is not right, below it and for a screen reader.

        What is only not written yet, the fields `calm`, is said without the color of a mistake.
        """
        for path, below in self._wrong.items():
            whole = path.removesuffix(f".{LANGUAGES[0]}")  # what is said of words in no language stands at the first
            said, kind = sentences.get(path, sentences.get(whole, "")), "caption" if path in calm else "danger"
            if below.text() != said or below.property("kind") != kind:
                below.setText(said)
                below.setVisible(bool(said))
                below.setProperty("kind", kind)
                below.style().unpolish(below)
                below.style().polish(below)
                mark_wrong(self.form.widgets[path], said, drawn=path not in calm)

    def show_languages(self, chosen: Collection[str]) -> None:
        """Only the fields of the languages that the content is written in."""
        for language, part in self._by_language:
            part.setVisible(language in chosen)

    def focus(self, path: str) -> bool:
        """The keys go to the field, of words to those of the first language; False when there is none."""
        widget = self.form.widgets.get(path) or self._first_of(path)
        if widget is None:
            return False
        widget.setFocus()
        return True

    def _first_of(self, path: str) -> QWidget | None:
        """The field of some words in the first language that is shown."""
        shown = {part for _, part in self._by_language if not part.isHidden()}
        some = (w for p, w in self.form.widgets.items() if p.startswith(f"{path}."))
        return next((w for w in some if any(part.isAncestorOf(w) for part in shown)), None)

    # makers: each adds to nothing, `row` does

    def line(self, path: str, name: str, note: str = "", example: str = "") -> QWidget:
        return self._held(path, self.form.line(path, name, note, example))

    def text(self, path: str, name: str) -> QWidget:
        return self._held(path, self.form.text(path, name))

    def choice(self, path: str, name: str, choices: Iterable[tuple[Any, str]] = ()) -> QWidget:
        return self._held(path, self.form.choice(path, name, choices))

    def number(self, path: str, name: str, least: int, most: int) -> QWidget:
        made = self.form.number(path, name, least, most)
        spin = self.form.widgets[path]
        assert isinstance(spin, QSpinBox)
        spin.setSingleStep(1)
        return self._held(path, made)

    def check(self, path: str, words: str) -> QWidget:
        return self._held(path, self.form.check(path, words))

    def date(self, path: str, name: str) -> QWidget:
        return self._held(path, self.form.date(path, name))

    def words(self, path: str, name: str, *, long: bool = False) -> QHBoxLayout:
        """One thing in the three languages, side by side."""
        make = self.text if long else self.line
        parts = [(lang, make(f"{path}.{lang}", f"{name} · {NAMES[lang]}")) for lang in LANGUAGES]
        self._by_language += parts
        row = beside(spacing=14)
        for _, part in parts:  # a language that is left out leaves its room to the others
            row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        return row

    def row(self, *parts: QWidget | None, shares: tuple[int, ...] = ()) -> None:
        self.column.addLayout(columns(*parts, shares=shares))

    def _held(self, path: str, made: QWidget) -> QWidget:
        below = label("", "danger", wrap=True)
        below.hide()
        self._wrong[path] = below
        widget = self.form.widgets[path]
        if isinstance(widget, QLineEdit):
            widget.textEdited.connect(lambda text: self._typed(path, text.strip()))
        elif isinstance(widget, QPlainTextEdit):
            widget.textChanged.connect(lambda: self._on_text(path, widget))
        holder = QWidget()
        holder.setLayout(stacked(made, below, spacing=2))
        return holder

    def _on_text(self, path: str, widget: QPlainTextEdit) -> None:
        if not self._filling and widget.hasFocus():
            self._typed(path, widget.toPlainText().strip())
