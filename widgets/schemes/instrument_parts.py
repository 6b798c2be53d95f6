"""Items, the common scale and the subscales of a rating instrument."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.model.instrument import NOTHING, Anchor, Formula, Instrument, Scale
from app.model.scheme import Actor
from app.schemes import library
from app.schemes.drafts import ContentEditor
from widgets.look.look import Look
from widgets.look.parts import label, section_label
from widgets.schemes.codes_page import actor_word, languages
from widgets.schemes.entry_form import EntryForm, value_at
from widgets.schemes.entry_list import EntryLine
from widgets.schemes.part_page import PartPage
from widgets.schemes.scheme_parts import called
from widgets.schemes.small_rows import Column, SmallRows

LEAST, MOST = -100, 100


class ItemsPage(PartPage):
    """What is rated: the main page of an instrument. Items are numbered as they stand."""

    part = "items"
    first_field = "name"

    def __init__(self, editor: ContentEditor, look: Look) -> None:
        t = editor.texts
        super().__init__(editor, look, t.tr("Items"), t.tr("An item is one thing that is rated, about one person."))

    def make_form(self) -> EntryForm:
        return _ItemForm(self)

    def edit(self, path: str, value: Any) -> bool:
        """The box *a scale of its own* gives the item one, or takes it away."""
        if path == "own_scale":
            return super().edit("scale", own_scale(self.editor.instrument) if value else None)
        return super().edit(path, value)

    def before_load(self) -> None:
        t = self.texts
        none = ("", t.tr("none"))
        self.form.form.offer("subscale", [none, *((s.id, called(t, s)) for s in self.editor.instrument.subscales)])

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        look = self.look
        known = entry.dimension in look.palette.dimensions
        color = look.color(entry.dimension) if known else look.color("ink")
        words = f"{entry.number}   {called(self.texts, entry)}"
        return EntryLine(number, words, actor_word(self.texts, entry.actor), color, wrong=wrong)


class _ItemForm(EntryForm):
    """An item's fields, and its own scale where it has one."""

    def __init__(self, page: ItemsPage) -> None:
        t = page.texts
        super().__init__(t, page.edit, page.type)
        self._page = page
        dimensions = [(d.id, called(t, d)) for d in library.schemes()[0].dimensions]
        self.row(
            self.choice("actor", t.tr("Person"), [(a, actor_word(t, a)) for a in Actor]),
            self.choice("dimension", t.tr("Dimension"), [("", t.tr("none")), *dimensions]),
            self.choice("subscale", t.tr("Subscale")),
            self.line("id", t.tr("Id")),
        )
        self.column.addLayout(self.words("name", t.tr("Text of the item"), long=True))
        self.column.addWidget(self.check("reverse", t.tr("A high point says little of it")))
        self.own = self.form.check("own_scale", t.tr("A scale of its own"))
        self.column.addWidget(self.own)
        self._scale_heading = section_label(t.tr("Own scale"))
        self.scale = _ScaleFields(page)
        self.column.addWidget(self._scale_heading)
        self.column.addWidget(self.scale)
        self.column.addStretch(1)

    def load(self, entry: Any, *, anew: bool) -> None:
        has_own = entry.scale is not None
        values = {path: _item_value(entry, path) for path in self.form.widgets}
        self._filling = True
        self.form.load(values, anew=anew)
        self._filling = False
        self._scale_heading.setVisible(has_own)
        self.scale.setVisible(has_own)
        if has_own:
            self.scale.load(entry.scale, anew=anew)

    def commit(self) -> None:
        super().commit()
        if self._page.number >= 0 and self._page.entry().scale is not None:
            self.scale.commit()

    def show_languages(self, chosen: Collection[str]) -> None:
        super().show_languages(chosen)
        self.scale.show_languages(chosen)

    def show_wrong(self, sentences: Mapping[str, str], calm: Collection[str] = ()) -> None:
        super().show_wrong(sentences, calm)
        self.scale.show_wrong({f.removeprefix("scale."): s for f, s in sentences.items() if f.startswith("scale.")})

    def focus(self, path: str) -> bool:
        return super().focus(path) or self.scale.focus(path.removeprefix("scale."))


def _item_value(entry: Any, path: str) -> Any:
    return entry.scale is not None if path == "own_scale" else value_at(entry, path)


class _ScaleFields(EntryForm):
    """The ends and the step of an own scale, and what some of its points mean."""

    def __init__(self, page: ItemsPage) -> None:
        t = page.texts
        super().__init__(
            t,
            lambda path, value: page.edit(f"scale.{path}", value),
            lambda path, value: page.type(f"scale.{path}", value),
        )
        self.column.setContentsMargins(0, 0, 0, 0)
        self.row(
            self.number("least", t.tr("Lowest"), LEAST, MOST),
            self.number("most", t.tr("Highest"), LEAST, MOST),
            self.number("step", t.tr("Step"), 1, MOST),
            None,
        )
        self.column.addWidget(self.check("na_allowed", t.tr("There may be no occasion to observe it")))
        columns = (Column("value", t.tr("Point"), whole=True), *(Column(f"name.{i}", n, 4) for i, n in languages()))
        self.anchors = SmallRows(
            t,
            page.look,
            columns,
            _next_anchor,
            lambda rows: page.edit("scale.anchors", rows),
            t.tr("Add a point's words"),
        )
        self.column.addWidget(self.anchors)

    def load(self, entry: Any, *, anew: bool) -> None:
        super().load(entry, anew=anew)
        self.anchors.load(entry.anchors)

    def commit(self) -> None:
        super().commit()
        self.anchors.commit()

    def show_languages(self, chosen: Collection[str]) -> None:
        super().show_languages(chosen)
        self.anchors.show_languages(chosen)

    def show_wrong(self, sentences: Mapping[str, str], calm: Collection[str] = ()) -> None:
        super().show_wrong(sentences, calm)
        self.anchors.show_wrong(
            {f.removeprefix("anchors."): s for f, s in sentences.items() if f.startswith("anchors.")}
        )

    def focus(self, path: str) -> bool:
        return super().focus(path) or self.anchors.focus(path.removeprefix("anchors."))


def _next_anchor(rows: Sequence[Anchor]) -> Anchor:
    return Anchor(max((a.value for a in rows), default=0) + 1, NOTHING)


def own_scale(instrument: Instrument) -> Scale:
    """What an own scale begins as: the common one, or one to five."""
    if not instrument.anchors:
        return Scale(1, 5)
    values = [a.value for a in instrument.anchors]
    return Scale(min(values), max(values), 1, instrument.anchors)


class AnchorsPage(PartPage):
    """The scale that all items share, but for those with their own."""

    part = "anchors"
    first_field = "name"

    def __init__(self, editor: ContentEditor, look: Look) -> None:
        t = editor.texts
        purpose = t.tr("The points of the scale that items share, each with the words of what it means.")
        super().__init__(editor, look, t.tr("Scale"), purpose)

    def make_form(self) -> EntryForm:
        t = self.texts
        form = EntryForm(t, self.edit, self.type)
        form.row(form.number("value", t.tr("Point"), LEAST, MOST), None, shares=(1, 3))
        form.column.addLayout(form.words("name", t.tr("What it means"), long=True))
        form.column.addStretch(1)
        return form

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        return EntryLine(number, f"{entry.value}   {self.texts.words(entry.name)}", wrong=wrong)


class SubscalesPage(PartPage):
    """Items that a form reads together. What it makes of them is kept with the values and never shown."""

    part = "subscales"
    first_field = "name"

    def __init__(self, editor: ContentEditor, look: Look) -> None:
        t = editor.texts
        purpose = t.tr("A subscale holds items together that a form reads as one. Most forms need none.")
        super().__init__(editor, look, t.tr("Subscales"), purpose)

    def make_form(self) -> EntryForm:
        t = self.texts
        form = EntryForm(t, self.edit, self.type)
        formulas = [(Formula.NONE, t.tr("nothing")), (Formula.MEAN, t.tr("mean")), (Formula.SUM, t.tr("sum"))]
        form.row(
            form.line("id", t.tr("Id"), t.tr("Letters, figures and hyphens")),
            form.choice("formula", t.tr("The form itself counts"), formulas),
            form.number("least_answered", t.tr("At least rated"), 1, MOST),
        )
        form.column.addLayout(form.words("name", t.tr("Name")))
        words = t.tr("Kept as the form says it, for those who hold its manual. The program shows no sums and no means.")
        form.column.addWidget(label(words, "caption", wrap=True))
        form.column.addStretch(1)
        return form

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        count = sum(1 for i in self.editor.instrument.items if i.subscale == entry.id)
        words = self.texts.trn("{n} item", "{n} items", count)
        return EntryLine(number, f"{called(self.texts, entry)} · {words}", wrong=wrong)
