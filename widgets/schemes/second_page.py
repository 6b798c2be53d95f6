"""What a scheme asks in the second pass: of which codes' agreed events, and what can be answered."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from app.schemes.drafts import ContentEditor
from widgets.look.look import Look
from widgets.look.parts import label, section_label
from widgets.schemes.codes_page import languages, new_modifier
from widgets.schemes.entry_form import EntryForm, value_at
from widgets.schemes.entry_list import EntryLine
from widgets.schemes.part_page import PartPage
from widgets.schemes.scheme_parts import called
from widgets.schemes.small_rows import Column, SmallRows


class SecondPassPage(PartPage):
    """Questions of agreed events, each with its answers."""

    part = "second_pass"

    def __init__(self, editor: ContentEditor, look: Look) -> None:
        t = editor.texts
        purpose = t.tr(
            "After the common view both answer once more, each alone: how each event was that you agreed on. Here you"
            " write what is asked."
        )
        super().__init__(editor, look, t.tr("Second pass"), purpose)

    def make_form(self) -> EntryForm:
        return _QuestionForm(self)

    def edit(self, path: str, value: Any) -> bool:
        return super().edit(path, _split(value) if path == "codes" else value)

    def type(self, path: str, value: Any) -> None:
        super().type(path, _split(value) if path == "codes" else value)

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        return EntryLine(number, f"{called(self.texts, entry)} · {', '.join(entry.codes) or '–'}", wrong=wrong)


class _QuestionForm(EntryForm):
    """The question, the codes that it is asked of, and the answers with their keys."""

    def __init__(self, page: SecondPassPage) -> None:
        t = page.texts
        super().__init__(t, page.edit, page.type)
        self.row(
            self.line("id", t.tr("Id"), t.tr("Letters, figures and hyphens")),
            self.line("codes", t.tr("Asked of the events of these codes"), t.tr("Ids with commas between")),
            shares=(1, 2),
        )
        self.column.addLayout(self.words("name", t.tr("Name")))
        self.options = SmallRows(
            t,
            page.look,
            (
                Column("key", t.tr("Key"), numbered=True),
                Column("id", t.tr("Id"), 2),
                *(Column(f"name.{lang}", name, 3) for lang, name in languages()),
            ),
            new_modifier,
            lambda rows: page.put("options", rows),
            t.tr("Add an answer"),
        )
        self.column.addWidget(section_label(t.tr("Answers")))
        words = t.tr("At least two. Each event gets one of them. Without a key the answer's number is its key.")
        self.column.addWidget(label(words, "caption", wrap=True))
        self.column.addWidget(self.options)
        self.column.addStretch(1)

    def load(self, entry: Any, *, anew: bool) -> None:
        values = {path: value_at(entry, path) for path in self.form.widgets}
        self._filling = True
        self.form.load(values | {"codes": ", ".join(entry.codes)}, anew=anew)
        self._filling = False
        self.options.load(entry.options)

    def commit(self) -> None:
        super().commit()
        self.options.commit()

    def show_languages(self, chosen: Collection[str]) -> None:
        super().show_languages(chosen)
        self.options.show_languages(chosen)

    def show_wrong(self, sentences: Mapping[str, str], calm: Collection[str] = ()) -> None:
        super().show_wrong(sentences, calm)
        said = {f.removeprefix("options."): words for f, words in sentences.items() if f.startswith("options")}
        self.options.show_wrong(said)

    def focus(self, path: str) -> bool:
        return super().focus(path) or self.options.focus(path.removeprefix("options."))


def _split(value: Any) -> tuple[str, ...]:
    """Ids as they are typed: with commas or spaces between."""
    return tuple(x for x in re.split(r"[,;\s]+", value) if x) if isinstance(value, str) else tuple(value)
