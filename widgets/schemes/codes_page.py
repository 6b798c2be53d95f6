"""The codes of a scheme: grouped by person and dimension, with every field of the chosen one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.i18n import NAMES, Texts
from app.model.instrument import NOTHING
from app.model.scheme import Actor, Code, Kind, Modifier
from app.model.words import LANGUAGES
from app.schemes.drafts import ContentEditor
from app.workspace import Workspace
from widgets.look.look import Look
from widgets.look.parts import label, section_label
from widgets.schemes.entry_form import EntryForm
from widgets.schemes.entry_list import EntryLine
from widgets.schemes.example_section import ExampleSection
from widgets.schemes.part_page import PartPage
from widgets.schemes.scheme_parts import called
from widgets.schemes.small_rows import Column, SmallRows


class CodesPage(PartPage):
    """The main page of a scheme."""

    part = "codes"
    first_field = "name"

    def __init__(self, workspace: Workspace, editor: ContentEditor, look: Look) -> None:
        self.workspace = workspace
        t = editor.texts
        purpose = t.tr("A code names one act or state. It has a key, a person, and words for when to use it.")
        super().__init__(editor, look, t.tr("Codes"), purpose)

    def make_form(self) -> EntryForm:
        return _CodeForm(self)

    def before_load(self) -> None:
        t, scheme, form = self.texts, self.editor.scheme, self.form.form
        none = ("", t.tr("none"))
        form.offer("dimension", [none, *((d.id, called(t, d)) for d in scheme.dimensions)])
        form.offer("group", [none, *((g.id, called(t, g)) for g in scheme.groups)])
        form.offer("layer", [("", t.tr("First pass")), *((y.id, called(t, y)) for y in scheme.layers)])

    def cleaned(self, entry: Any) -> Any:
        return replace(entry, help=None) if entry.help is not None and not _said(entry) else entry

    def in_order(self, rows: Sequence[Any]) -> list[tuple[int, Any]]:
        order = [d.id for d in self.editor.scheme.dimensions]
        actors = list(Actor)

        def place(row: tuple[int, Code]) -> tuple[int, int, int]:
            number, code = row
            known = order.index(code.dimension) if code.dimension in order else len(order)
            return actors.index(code.actor), known, number

        return sorted(enumerate(rows), key=place)

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        look, t = self.look.with_scheme(self.editor.scheme), self.texts
        dimension = self.editor.scheme.dimension(entry.dimension)
        heading = actor_word(t, entry.actor) + (f" · {called(t, dimension)}" if dimension is not None else "")
        color = look.color(entry.dimension) if dimension is not None else look.color("ink")
        layer = next((y.key for y in self.editor.scheme.layers if y.id == entry.layer), "")
        words = f"{entry.key or '–'}   {called(t, entry)}" + (f"  ({layer})" if layer else "")
        return EntryLine(number, words, heading, color, entry.mark == "harder", wrong)


def _said(code: Code) -> bool:
    return code.help is not None and any(w.strip() for w in (code.help.fi, code.help.sv, code.help.en))


def actor_word(texts: Texts, actor: Actor) -> str:
    """The person of an act in words."""
    words = {Actor.ADULT: texts.tr("Adult"), Actor.CHILD: texts.tr("Child"), Actor.DYAD: texts.tr("Interaction")}
    return words[actor]


class _CodeForm(EntryForm):
    """Every field of a code, its modifiers and its example clips."""

    def __init__(self, page: CodesPage) -> None:
        t = page.texts
        super().__init__(t, page.edit, page.type)
        self.row(
            self.line("key", t.tr("Key")),
            self.choice("actor", t.tr("Person"), [(a, actor_word(t, a)) for a in Actor]),
            self.choice("kind", t.tr("Kind"), [(Kind.POINT, t.tr("moment")), (Kind.STATE, t.tr("state"))]),
            self.line("id", t.tr("Id"), ""),
            shares=(5, 6, 6, 4),
        )
        self.row(
            self.choice("dimension", t.tr("Dimension")),
            self.choice("group", t.tr("Group")),
        )
        self.row(
            self.choice("layer", t.tr("Pass")),
            self.choice("mark", t.tr("Kind of mark"), _marks(t)),
        )
        self.column.addWidget(self.check("hold", t.tr("The state is on while its key is held down")))
        self.column.addLayout(self.words("name", t.tr("Name")))
        self.column.addLayout(self.words("code_when", t.tr("Code when"), long=True))
        self.column.addLayout(self.words("not_when", t.tr("Not when"), long=True))
        self.column.addLayout(self.words("help", t.tr("More about it"), long=True))
        self.modifiers = SmallRows(
            t,
            page.look,
            (
                Column("key", t.tr("Key"), numbered=True),
                Column("id", t.tr("Id"), 2),
                *(Column(f"name.{lang}", name, 3) for lang, name in languages()),
            ),
            new_modifier,
            lambda rows: page.put("modifiers", rows),
            t.tr("Add a modifier"),
        )
        self.column.addWidget(section_label(t.tr("Modifiers")))
        self.column.addWidget(
            label(
                t.tr("Asked right after the press. Without a key the modifier's number is its key."),
                "caption",
                wrap=True,
            )
        )
        self.column.addWidget(self.modifiers)
        self.examples = ExampleSection(page.workspace, page.editor.value.id, page.look)
        self.column.addWidget(self.examples)
        self.column.addStretch(1)

    def load(self, entry: Any, *, anew: bool) -> None:
        super().load(entry, anew=anew)
        self.modifiers.load(entry.modifiers)
        self.examples.show_code(entry.id)

    def commit(self) -> None:
        super().commit()
        self.modifiers.commit()

    def show_languages(self, chosen: Collection[str]) -> None:
        super().show_languages(chosen)
        self.modifiers.show_languages(chosen)

    def show_wrong(self, sentences: Mapping[str, str], calm: Collection[str] = ()) -> None:
        super().show_wrong(sentences, calm)
        inner = {f.removeprefix("modifiers."): said for f, said in sentences.items() if f.startswith("modifiers.")}
        self.modifiers.show_wrong(inner)

    def focus(self, path: str) -> bool:
        return super().focus(path) or self.modifiers.focus(path.removeprefix("modifiers."))


def _marks(t: Texts) -> list[tuple[str, str]]:
    return [("", t.tr("none")), ("supports", t.tr("supports")), ("harder", t.tr("harder moment"))]


def languages() -> list[tuple[str, str]]:
    """The languages of content with their own names."""
    return [(lang, NAMES[lang]) for lang in LANGUAGES]


def new_modifier(rows: Sequence[Any]) -> Modifier:
    used = {m.id for m in rows}
    return Modifier(next(f"m{n}" for n in range(1, len(rows) + 2) if f"m{n}" not in used), NOTHING)
