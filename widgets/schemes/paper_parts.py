"""The parts of a paper: forms of the template in their order, of each all its fields or some."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.i18n import Texts
from app.model.template import Form, Part, Template
from app.model.template_edits import without_empty_words
from app.model.words import LANGUAGES
from widgets.forms.inputs import Choice
from widgets.forms.wrong import mark_wrong
from widgets.look.look import Look
from widgets.look.parts import beside, button, clear, label, stacked
from widgets.schemes.codes_page import languages
from widgets.schemes.entry_form import value_at, with_value
from widgets.schemes.scheme_parts import called

Edit = Callable[[tuple[Part, ...]], bool]


class PaperParts(QWidget):
    """`edit` gets all parts after a change. Cards are made anew only when their number changes."""

    def __init__(self, texts: Texts, look: Look, edit: Edit) -> None:
        super().__init__()
        self._texts, self._look, self._edit = texts, look, edit
        self._template: Template | None = None
        self.parts: tuple[Part, ...] = ()
        self._languages: Collection[str] = LANGUAGES
        self.cards: list[_PartCard] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self.add = button(texts.tr("Add a part"), self._add)
        self.setLayout(stacked(self._column, beside(self.add, None), spacing=8))

    def load(self, template: Template, parts: tuple[Part, ...]) -> None:
        """Show the parts as they are now."""
        self._template, self.parts = template, parts
        self.add.setEnabled(bool(template.forms))
        if len(parts) != len(self.cards):
            clear(self._column)
            self.cards = [_PartCard(self, self._texts, self._look, n) for n in range(len(parts))]
            for card in self.cards:
                card.show_languages(self._languages)
                self._column.addWidget(card)
        for card, part in zip(self.cards, parts, strict=True):
            card.load(template, part, is_last=card.number == len(parts) - 1)

    def commit(self) -> None:
        """What stands in the titles goes to the archive, all at once."""
        if len(self.cards) != len(self.parts):  # cards are being made anew, and one of them lost the keys
            return
        rows = tuple(card.with_titles(part) for card, part in zip(self.cards, self.parts, strict=True))
        if rows != self.parts and not self._edit(rows) and self._template is not None:
            self.load(self._template, self.parts)
        for card in self.cards:
            card.settle()

    def show_languages(self, chosen: Collection[str]) -> None:
        self._languages = chosen
        for card in self.cards:
            card.show_languages(chosen)

    def show_wrong(self, sentences: Mapping[str, str]) -> None:
        """Sentences by `0.form`: the number of the part and the field in it."""
        for card in self.cards:
            begin = f"{card.number}."
            card.show_wrong([said for path, said in sentences.items() if path.startswith(begin)])

    def focus(self, path: str) -> bool:
        number, _, field = path.partition(".")
        if not number.isdigit() or int(number) >= len(self.cards):
            return False
        return self.cards[int(number)].focus(field)

    def put(self, number: int, part: Part) -> bool:
        """Another value of one part."""
        self.commit()
        return self._edit(tuple(part if n == number else p for n, p in enumerate(self.parts)))

    def remove(self, number: int) -> None:
        self.commit()
        self._edit(tuple(p for n, p in enumerate(self.parts) if n != number))

    def shift(self, number: int, by: int) -> None:
        """One place up or down; the keys go with the part."""
        self.commit()
        rows, to = list(self.parts), number + by
        if 0 <= to < len(rows):
            rows.insert(to, rows.pop(number))
            if self._edit(tuple(rows)):
                self.cards[to].form.setFocus()

    def _add(self) -> None:
        """A form that the paper has not yet, or the first one again."""
        self.commit()
        assert self._template is not None
        forms = [f.id for f in self._template.forms]
        used = {p.form for p in self.parts}
        new = next((f for f in forms if f not in used), forms[0])
        if self._edit((*self.parts, Part(new))) and self.cards:
            self.cards[-1].form.setFocus()


class _PartCard(QFrame):
    """One part: its form, which of its fields, and a title in the place of the form's name."""

    def __init__(self, owner: PaperParts, texts: Texts, look: Look, number: int) -> None:
        super().__init__()
        self.setObjectName("card")
        self._owner, self._texts, self.number = owner, texts, number
        self._form_of: Form | None = None
        t, place = texts, number + 1
        self.form = Choice()
        self.form.setAccessibleName(t.tr("Form of part {n}", n=place))
        self.form.setMinimumContentsLength(14)
        self.form.activated.connect(lambda _: self._choose_form())
        self.fields: QPushButton = button("")
        self.fields.setMenu(QMenu(self.fields))
        self._up = self._tool(look, "chevron-up", t.tr("Up"), lambda: owner.shift(number, -1))
        self._down = self._tool(look, "chevron-down", t.tr("Down"), lambda: owner.shift(number, 1))
        remove = self._tool(look, "trash", t.tr("Remove"), lambda: owner.remove(number))
        self.titles: dict[str, QLineEdit] = {}
        row, title = beside(spacing=8), t.tr("Title of part {n}", n=place)
        for language, name in languages():
            line = self.titles[language] = QLineEdit()
            line.setAccessibleName(f"{title} · {name}")
            line.setPlaceholderText(t.tr("Title, else the form's name · {language}", language=name))
            line.editingFinished.connect(owner.commit)
            row.addWidget(line, 1)
        self._wrong = label("", "danger", wrap=True)
        self._wrong.hide()
        first = beside(self.form, self.fields, None, self._up, self._down, remove, spacing=6)
        self.setLayout(stacked(first, row, self._wrong, spacing=6, margins=(10, 8, 10, 8)))

    def load(self, template: Template, part: Part, *, is_last: bool) -> None:
        t = self._texts
        known = [(f.id, called(t, f)) for f in template.forms]
        self.form.offer(known if any(f == part.form for f, _ in known) else [(part.form, part.form), *known])
        self.form.set_value(part.form)
        self._up.setEnabled(self.number > 0)
        self._down.setEnabled(not is_last)
        for language, line in self.titles.items():
            said = str(value_at(part, f"title.{language}"))
            if line.text() != said and not (line.hasFocus() and line.isModified()):
                line.setText(said)
                line.setCursorPosition(0)
        self._form_of = template.form(part.form)
        self._offer_fields(part)

    def with_titles(self, part: Part) -> Part:
        """The part with what stands in the titles."""
        for language, line in self.titles.items():
            if line.text().strip() != value_at(part, f"title.{language}"):
                part = with_value(part, f"title.{language}", line.text().strip())
        kept: Part = without_empty_words(part)
        return kept

    def settle(self) -> None:
        """What was typed is kept: the titles may show another part's words now."""
        for line in self.titles.values():
            line.setModified(False)

    def show_languages(self, chosen: Collection[str]) -> None:
        for language, line in self.titles.items():
            line.setVisible(language in chosen)

    def show_wrong(self, said: list[str]) -> None:
        words = "\n".join(dict.fromkeys(said))
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        mark_wrong(self.form, words)

    def focus(self, field: str) -> bool:
        name, _, language = field.partition(".")
        part: QWidget = self.fields if name == "fields" else self.titles.get(language, self.form)
        part.setFocus()
        return True

    def _offer_fields(self, part: Part) -> None:
        t, form, menu = self._texts, self._form_of, self.fields.menu()
        menu.clear()
        rows = () if form is None else form.fields
        words = t.tr("all its fields")
        if part.fields:
            words = t.tr("{n} of {count} fields", n=len(part.fields), count=len(rows))
        self.fields.setText(words)
        name = t.tr("Fields of part {n}", n=self.number + 1)
        self.fields.setAccessibleName(f"{name}: {words}")
        every = menu.addAction(t.tr("All its fields"), lambda: self._owner.put(self.number, replace(part, fields=())))
        every.setCheckable(True)
        every.setChecked(not part.fields)
        menu.addSeparator()
        for field in rows:
            act = menu.addAction(called(t, field), partial(self._tick, field.id))
            act.setCheckable(True)
            act.setChecked(field.id in part.fields)

    def _tick(self, field_id: str) -> None:
        """One field more or less; fields stand in the order of the form. With none chosen all are meant."""
        part = self._owner.parts[self.number]
        chosen = set(part.fields) ^ {field_id}
        rows = () if self._form_of is None else self._form_of.fields
        self._owner.put(self.number, replace(part, fields=tuple(f.id for f in rows if f.id in chosen)))

    def _choose_form(self) -> None:
        part = self._owner.parts[self.number]
        if (form := self.form.value()) is not None and form != part.form:
            self._owner.put(self.number, replace(part, form=str(form), fields=()))

    def _tool(self, look: Look, icon: str, name: str, act: Callable[[], Any]) -> QToolButton:
        made = QToolButton()
        made.setIcon(look.icon(icon, "muted", 16))
        made.setAccessibleName(f"{name} {self.number + 1}")
        made.setToolTip(name)
        made.clicked.connect(lambda _checked=False: act())
        return made
