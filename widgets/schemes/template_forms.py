"""Forms of a template and their fields: sheets and tables, and what each field holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from app.i18n import Texts
from app.model.template import CHOSEN, OF_ROWS, FieldKind
from app.model.template_edits import new_choice, of_kind, without_empty_words
from app.schemes.drafts import ContentEditor
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, section_label
from widgets.schemes.codes_page import languages
from widgets.schemes.entry_form import EntryForm, value_at
from widgets.schemes.entry_list import EntryLine
from widgets.schemes.inner_page import InnerPage
from widgets.schemes.part_page import PartPage
from widgets.schemes.scheme_parts import called
from widgets.schemes.small_rows import Column, SmallRows
from widgets.schemes.template_parts import id_note
from widgets.schemes.template_words import kind_word

#: the highest point that a scale can have
HIGHEST = 1000


def _columns(texts: Texts) -> tuple[Column, ...]:
    words = (Column(f"name.{lang}", name, 3) for lang, name in languages())
    return (*words, Column("id", texts.tr("Id"), 2))


class _WithRows(EntryForm):
    """A form with small rows in the field `rows_name`: choices, or lines of a table."""

    rows_name = ""
    rows: SmallRows

    def commit(self) -> None:
        super().commit()
        if not self.rows.isHidden():
            self.rows.commit()

    def show_languages(self, chosen: Collection[str]) -> None:
        super().show_languages(chosen)
        self.rows.show_languages(chosen)

    def show_wrong(self, sentences: Mapping[str, str], calm: Collection[str] = ()) -> None:
        super().show_wrong(sentences, calm)
        mine = {f: said for f, said in sentences.items() if f.split(".")[0] == self.rows_name}
        self.rows.show_wrong({f.removeprefix(f"{self.rows_name}."): said for f, said in mine.items()})

    def focus(self, path: str) -> bool:
        if super().focus(path) or self.rows.focus(path.removeprefix(f"{self.rows_name}.")):
            return True
        if path == self.rows_name:
            self.rows.add.setFocus()
        return path == self.rows_name


class FormsPage(PartPage):
    """Sheets and tables."""

    part = "forms"
    first_field = "name"

    def __init__(self, editor: ContentEditor, look: Look, to_fields: Callable[[], None]) -> None:
        """`to_fields` shows the fields of the chosen form."""
        self.to_fields = to_fields
        t = editor.texts
        purpose = t.tr("A form is one sheet to fill, or a table to which rows are added.")
        super().__init__(editor, look, t.tr("Forms"), purpose)

    def make_form(self) -> EntryForm:
        return _FormForm(self)

    def cleaned(self, entry: Any) -> Any:
        return without_empty_words(entry)

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        t = self.texts
        kind = t.tr("table") if entry.table else t.tr("sheet")
        return EntryLine(number, f"{called(t, entry)} · {kind}", wrong=wrong)


class _FormForm(_WithRows):
    """A form's words, whether it is a table, and the lines that it has from the beginning."""

    rows_name = "lines"

    def __init__(self, page: FormsPage) -> None:
        t = page.texts
        super().__init__(t, page.edit, page.type)
        self.column.addLayout(self.words("name", t.tr("Name")))
        self.column.addLayout(self.words("about", t.tr("Words above it"), long=True))
        self.fields = button(t.tr("Fields of this form"), page.to_fields)
        self.column.addLayout(beside(self.fields, None))
        self.column.addWidget(self.check("table", t.tr("It is a table: a row for each meeting, person or matter")))
        self._heading = section_label(t.tr("Lines of the table"))
        self._note = label(
            t.tr("With lines of its own the table has one row of each and no others. Without any, rows are added."),
            "caption",
            wrap=True,
        )
        self.rows = SmallRows(
            t,
            page.look,
            _columns(t),
            lambda rows: new_choice(rows, "line-"),
            lambda rows: page.put("lines", rows),
            t.tr("Add a line"),
            ordered=True,
        )
        for part in (self._heading, self._note, self.rows):
            self.column.addWidget(part)
        self.row(self.line("id", t.tr("Id"), id_note(self)), None, shares=(1, 2))
        self.column.addStretch(1)

    def load(self, entry: Any, *, anew: bool) -> None:
        super().load(entry, anew=anew)
        for part in (self._heading, self._note, self.rows):
            part.setVisible(entry.table or bool(entry.lines))
        self.rows.load(entry.lines)

    def focus(self, path: str) -> bool:
        if path == "fields":
            self.fields.setFocus()
            return True
        return super().focus(path)


class FieldsPage(InnerPage):
    """The fields of one form, in the order in which they are filled."""

    inner = "fields"
    first_field = "name"

    def __init__(self, editor: ContentEditor, look: Look, above: PartPage) -> None:
        t = editor.texts
        purpose = t.tr("A field is one thing that is filled: a line, a date, one of choices, a point of a scale.")
        super().__init__(editor, look, above, (t.tr("Fields"), t.tr("Form of these fields")), purpose)

    def make_form(self) -> EntryForm:
        return _FieldForm(self)

    def cleaned(self, entry: Any) -> Any:
        return without_empty_words(entry)

    def before_load(self) -> None:
        t = self.texts
        tables = [(f.id, called(t, f)) for f in self.editor.template.forms if f.table]
        self.form.form.offer("of", tables)

    def edit(self, path: str, value: Any) -> bool:
        """Another kind takes with it what it has not, and begins what it needs, in one step."""
        if path != "kind" or self.number < 0:
            return super().edit(path, value)
        after = of_kind(self.editor.template, self.entry(), value)
        names = ("kind", "choices", "of", "least", "most")
        return self.editor.edit_entry(self.part, self.number, **{name: getattr(after, name) for name in names})

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        sign = " *" if entry.required else ""
        return EntryLine(number, f"{called(self.texts, entry)}{sign}", wrong=wrong)


class _FieldForm(_WithRows):
    """What every field has, and what only its kind has."""

    rows_name = "choices"

    def __init__(self, page: FieldsPage) -> None:
        t = page.texts
        super().__init__(t, page.edit, page.type)
        self.column.addLayout(self.words("name", t.tr("Name")))
        kinds = [(kind, kind_word(t, kind)) for kind in FieldKind]
        self.row(self.choice("kind", t.tr("What is filled in it"), kinds))
        self.column.addWidget(self.check("required", t.tr("The form is not whole without it")))
        self._of = self.choice("of", t.tr("Rows of this table"))
        self._least = self.number("least", t.tr("Lowest point"), 0, HIGHEST)
        self._most = self.number("most", t.tr("Highest point"), 0, HIGHEST)
        self.row(self._of)
        self.row(self._least, self._most, None)
        self._heading = section_label(t.tr("Choices"))
        self.rows = SmallRows(
            t,
            page.look,
            _columns(t),
            new_choice,
            lambda rows: page.put("choices", rows),
            t.tr("Add a choice"),
            ordered=True,
        )
        self.column.addWidget(self._heading)
        self.column.addWidget(self.rows)
        self.column.addLayout(self.words("help", t.tr("Help"), long=True))
        self.row(self.line("id", t.tr("Id"), id_note(self)), None, shares=(1, 2))
        self.column.addStretch(1)

    def load(self, entry: Any, *, anew: bool) -> None:
        values = {path: value_at(entry, path) for path in self.form.widgets}
        ends = {end: getattr(entry, end) or 0 for end in ("least", "most")}
        self._filling = True
        self.form.load(values | ends, anew=anew)
        self._filling = False
        has_choices = entry.kind in CHOSEN or bool(entry.choices)
        self._heading.setVisible(has_choices)
        self.rows.setVisible(has_choices)
        self.rows.load(entry.choices)
        self._of.setVisible(entry.kind in OF_ROWS or bool(entry.of))
        has_ends = entry.kind == FieldKind.SCALE or entry.least is not None or entry.most is not None
        self._least.setVisible(has_ends)
        self._most.setVisible(has_ends)
