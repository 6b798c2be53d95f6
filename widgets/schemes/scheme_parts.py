"""Dimensions, groups and passes of a scheme: their fields and how their lists name them."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog

from app.i18n import Texts
from app.model.colors import is_color
from app.model.content_checks import PASS_KEYS
from app.schemes.drafts import ContentEditor
from widgets.forms.form import held
from widgets.look.look import Look
from widgets.look.palette import DARK, LIGHT
from widgets.look.parts import beside, button, label
from widgets.schemes.entry_form import EntryForm
from widgets.schemes.entry_list import EntryLine
from widgets.schemes.part_page import PartPage


def called(texts: Texts, entry: Any) -> str:
    """An entry's name with its first letter large; its id until it has one."""
    name = texts.words(entry.name).strip() or str(getattr(entry, "id", ""))
    return name[:1].upper() + name[1:]


class DimensionsPage(PartPage):
    """Words and colors; the letters that the palettes know keep theirs."""

    part = "dimensions"

    def __init__(self, editor: ContentEditor, look: Look) -> None:
        t = editor.texts
        purpose = t.tr("A dimension holds codes of one theme together and gives them a color.")
        super().__init__(editor, look, t.tr("Dimensions"), purpose)

    def make_form(self) -> EntryForm:
        t = self.texts
        form = EntryForm(t, self.edit, self.type)
        form.row(form.line("id", t.tr("Id"), t.tr("Letters and figures")), None, shares=(1, 3))
        form.column.addLayout(form.words("name", t.tr("Name")))
        pick = [button(t.tr("Choose…"), partial(self._pick, name)) for name in ("light", "dark")]
        names = (t.tr("Color on light"), t.tr("Color on dark"))
        for made, name in zip(pick, names, strict=True):
            made.setAccessibleName(f"{name}: {made.text()}")
        form.row(
            form.line("light", names[0], example=LIGHT.muted),
            form.line("dark", names[1], example=DARK.muted),
        )
        form.row(*(held(beside(made, None)) for made in pick))
        words = t.tr(
            "S, E, N, C and R have their colors; leave these empty for them. Write colors as #rrggbb; each must "
            "stand out from its background, at least 3 to 1."
        )
        form.column.addWidget(label(words, "caption", wrap=True))
        form.column.addStretch(1)
        return form

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        look = self.look.with_scheme(self.editor.scheme)
        color = look.color(entry.id) if entry.id in look.palette.dimensions else look.color("muted")
        return EntryLine(number, f"{called(self.texts, entry)}  ({entry.id})", color=color, wrong=wrong)

    def _pick(self, path: str) -> None:
        """Qt's own color sheet: what is chosen is one step as if it had been typed."""
        held = getattr(self.entry(), path)
        fallback = (LIGHT if path == "light" else DARK).dimension(self.entry().id)
        chosen = QColorDialog.getColor(QColor(held if is_color(held) else fallback), self, self.texts.tr("Color"))
        if chosen.isValid():
            self.edit(path, chosen.name().upper())


class GroupsPage(PartPage):
    """States that end each other, and whether one of them is always on."""

    part = "groups"

    def __init__(self, editor: ContentEditor, look: Look) -> None:
        t = editor.texts
        purpose = t.tr("States of one group end each other: only one of them is on at a time.")
        super().__init__(editor, look, t.tr("Groups"), purpose)

    def make_form(self) -> EntryForm:
        t = self.texts
        form = EntryForm(t, self.edit, self.type)
        form.row(form.line("id", t.tr("Id"), t.tr("Letters and figures")), None, shares=(1, 3))
        form.column.addLayout(form.words("name", t.tr("Name")))
        form.column.addWidget(form.check("exhaustive", t.tr("One of them is always on")))
        words = t.tr("Only one state of a group is on at a time. When one is always on, the next begins without a gap.")
        form.column.addWidget(label(words, "caption", wrap=True))
        form.column.addStretch(1)
        return form

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        count = len(self.editor.scheme.in_group(entry.id))
        words = self.texts.trn("{n} code", "{n} codes", count)
        return EntryLine(number, f"{called(self.texts, entry)} · {words}", wrong=wrong)


class PassesPage(PartPage):
    """Passes after the first, each with its key."""

    part = "layers"

    def __init__(self, editor: ContentEditor, look: Look) -> None:
        t = editor.texts
        purpose = t.tr(
            "The first pass is there always. A further one shows only its own codes and lanes and has its own key."
        )
        super().__init__(editor, look, t.tr("Passes"), purpose)

    def make_form(self) -> EntryForm:
        t = self.texts
        form = EntryForm(t, self.edit, self.type)
        keys = [(k, k) for k in PASS_KEYS]
        form.row(
            form.line("id", t.tr("Id"), t.tr("Letters, figures and hyphens")),
            form.choice("key", t.tr("Key"), keys),
            None,
            shares=(2, 1, 1),
        )
        form.column.addLayout(form.words("name", t.tr("Name")))
        form.column.addStretch(1)
        return form

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        return EntryLine(number, f"{entry.key}  {called(self.texts, entry)}", wrong=wrong)
