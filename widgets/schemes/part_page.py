"""One part of a scheme or instrument: its entries at the left, the fields of the chosen one beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from app.error_texts import problem_in_words
from app.model.content_edits import entries
from app.model.content_problems import Problem
from app.schemes.drafts import ContentEditor
from widgets.look.look import Look
from widgets.look.parts import EmptyState, beside, button, scrolled, stacked
from widgets.schemes.entry_form import EntryForm, with_value
from widgets.schemes.entry_list import EntryLine, EntryList


class PartPage(QWidget):
    """`part` is the field of the content; subclasses say which fields an entry has and how the list names it."""

    part = ""
    typed = Signal(object)  # the content as it would be with what is being typed
    turned = Signal()  # to another entry

    def __init__(self, editor: ContentEditor, look: Look, title: str, purpose: str) -> None:
        super().__init__()
        self.editor, self.look, self.texts, self.title = editor, look, editor.texts, title
        self._number = -1
        self._problems: Sequence[Problem] = ()
        self.form = self.make_form()
        for path, field in self.form.form.widgets.items():
            if path.startswith("name.") and isinstance(field, QLineEdit):
                field.returnPressed.connect(self._on_enter)
        self.list = EntryList(self.texts, look, title)
        self.list.chosen.connect(self.choose)
        self.list.add_asked.connect(self.add_entry)
        self.list.copy_asked.connect(lambda number: self._show_new(editor.copy(self.part, number)))
        self.list.remove_asked.connect(self._remove)
        self.list.move_asked.connect(self._move)
        first = button(self.texts.tr("Add"), lambda: self.add_entry(-1))
        self.empty = EmptyState(title, purpose, first)
        self._body = QStackedWidget()
        self._whole = QWidget()
        form = scrolled(self.form)
        row = beside(self.list, form, spacing=18)
        row.setStretch(1, 1)
        self._whole.setLayout(row)
        self._body.addWidget(self._whole)
        self._body.addWidget(self.empty)
        self.setLayout(stacked(self._body, margins=(18, 14, 6, 12)))

    # what subclasses say

    def make_form(self) -> EntryForm:
        raise NotImplementedError

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        raise NotImplementedError

    def before_load(self) -> None:
        """Choices that depend on other parts are offered anew."""

    def cleaned(self, entry: Any) -> Any:
        """The entry as it is kept: what was emptied may be nothing at all."""
        return entry

    # entries

    @property
    def number(self) -> int:
        return self._number

    def entry(self) -> Any:
        return entries(self.editor.value, self.part)[self._number]

    def holds(self, part: str) -> bool:
        """Whether the entries of a part are on this page."""
        return part == self.part

    def turn_to(self, part: str) -> None:
        """Show the entries of one of the parts that the page holds; most hold one."""

    def show_entry(self, number: int, path: str = "") -> None:
        """Choose an entry, and the field at `path` in it."""
        self.choose(number)
        if not path or not self.form.focus(path):
            self.list.list.setFocus()

    def refresh(self, problems: Sequence[Problem], *, anew: bool = False) -> None:
        """Show the editor's value and what is wrong with it."""
        rows = entries(self.editor.value, self.part)
        self._body.setCurrentWidget(self._whole if rows else self.empty)
        self._number = min(max(self._number, 0), len(rows) - 1)
        self.show_problems(problems)
        if not rows:
            return
        self.before_load()
        self.form.show_languages(self.editor.value.languages)
        self.form.load(self.entry(), anew=anew)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """On the list and on the fields; what is being typed is not touched."""
        self._problems = problems
        mine = [p for p in problems if p.part == self.part]
        wrong: dict[int, list[str]] = {}
        for problem in mine:
            wrong.setdefault(problem.number, []).append(problem_in_words(self.texts, problem))
        only_unwritten = set(wrong) - {p.number for p in mine if not p.is_unwritten}
        rows = entries(self.editor.value, self.part)
        made = (self.line_of(n, e, "\n".join(wrong.get(n, ()))) for n, e in self.in_order(rows))
        lines = [replace(line, is_unwritten=line.number in only_unwritten) for line in made]
        self.list.show_lines(lines, self._number)
        here = [p for p in mine if p.number == self._number]
        calm = {p.field for p in here if p.is_unwritten} - {p.field for p in here if not p.is_unwritten}
        self.form.show_wrong({p.field: problem_in_words(self.texts, p) for p in reversed(here)}, calm)

    def in_order(self, rows: Sequence[Any]) -> list[tuple[int, Any]]:
        """The entries with their numbers as the list shows them."""
        return list(enumerate(rows))

    def commit(self) -> None:
        self.form.commit()

    def add_entry(self, near: int = -1) -> None:
        self.form.commit()
        self._show_new(self.editor.add(self.part, near))

    def _show_new(self, number: int) -> None:
        if number >= 0:
            self.show_entry(number)
            self.form.focus(self._first_path())

    #: where a new entry begins to be filled; a text without its language
    first_field = "id"

    def _first_path(self) -> str:
        path = self.first_field
        return f"{path}.{self.editor.value.languages[0]}" if path == "name" else path

    def _on_enter(self) -> None:
        """Enter in a name: what is typed is kept, and the next entry begins; one without a name gets that first."""
        self.form.commit()
        if self._number < 0:
            return
        name = getattr(self.entry(), "name", None)
        if name is not None and not self.texts.words(name).strip():
            self.form.focus(f"name.{self.editor.value.languages[0]}")
        else:
            self.add_entry(self._number)

    def _remove(self, number: int) -> None:
        if self.editor.remove(self.part, number):
            shown = [n for n, _ in self.in_order(entries(self.editor.value, self.part))]
            self.show_entry(min(number, len(shown) - 1))

    def _move(self, number: int, to: int) -> None:
        self.form.commit()
        if self.editor.move(self.part, number, to):
            self.show_entry(to)

    def choose(self, number: int) -> None:
        """Show another entry; the keys stay where they are."""
        self.form.commit()
        self._number = number
        self.refresh(self._problems, anew=True)
        self.turned.emit()

    # fields

    def edit(self, path: str, value: Any) -> bool:
        """One field of the chosen entry goes to the archive."""
        if self._number < 0:
            return False
        return self._put(self.cleaned(with_value(self.entry(), path, value)), path.split(".", maxsplit=1)[0])

    def put(self, field: str, value: Any) -> bool:
        """A whole field of the chosen entry, such as its modifiers."""
        return self.edit(field, value)

    def type(self, path: str, value: Any) -> None:
        """What the content would be with what stands in a field now."""
        entry = self.cleaned(with_value(self.entry(), path, value))
        field = path.split(".", maxsplit=1)[0]
        self.typed.emit(self.editor.with_fields(self.part, self._number, **{field: getattr(entry, field)}))

    def _put(self, entry: Any, field: str) -> bool:
        return self.editor.edit_entry(self.part, self._number, **{field: getattr(entry, field)})
