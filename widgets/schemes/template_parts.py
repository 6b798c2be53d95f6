"""Roles, phases, steps and approvals of a template: their fields and how their lists name them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.model.template_edits import without_empty_words
from app.schemes.drafts import ContentEditor
from widgets.look.look import Look
from widgets.look.parts import beside, button, label
from widgets.schemes.entry_form import EntryForm, value_at
from widgets.schemes.entry_list import EntryLine
from widgets.schemes.inner_page import InnerPage
from widgets.schemes.part_page import PartPage
from widgets.schemes.scheme_parts import called


def id_note(form: EntryForm) -> str:
    """What an id is made of."""
    return form.texts.tr("Letters, figures and hyphens")


class RolesPage(PartPage):
    """Parts that somebody has in the work, besides the workers."""

    part = "roles"
    first_field = "name"

    def __init__(self, editor: ContentEditor, look: Look) -> None:
        t = editor.texts
        purpose = t.tr("A role is a part that somebody has in the work: convener, child's helper, who orders it.")
        super().__init__(editor, look, t.tr("Roles"), purpose)

    def make_form(self) -> EntryForm:
        t = self.texts
        form = EntryForm(t, self.edit, self.type)
        form.column.addLayout(form.words("name", t.tr("Name")))
        form.column.addLayout(form.words("help", t.tr("Who it can be")))
        form.row(form.line("id", t.tr("Id"), id_note(form)), None, shares=(1, 2))
        form.column.addStretch(1)
        return form

    def cleaned(self, entry: Any) -> Any:
        return without_empty_words(entry)

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        return EntryLine(number, called(self.texts, entry), wrong=wrong)


class PhasesPage(PartPage):
    """Stretches of the work, in their order."""

    part = "phases"
    first_field = "name"

    def __init__(self, editor: ContentEditor, look: Look, to_steps: Callable[[], None]) -> None:
        """`to_steps` shows the steps of the chosen phase."""
        self._to_steps = to_steps
        t = editor.texts
        purpose = t.tr("A phase is a stretch of the work. Its steps say what is done in it.")
        super().__init__(editor, look, t.tr("Phases"), purpose)

    def make_form(self) -> EntryForm:
        t = self.texts
        form = EntryForm(t, self.edit, self.type)
        form.column.addLayout(form.words("name", t.tr("Name")))
        form.column.addLayout(form.words("about", t.tr("What is done in it"), long=True))
        form.column.addLayout(beside(button(t.tr("Steps of this phase"), self._to_steps), None))
        form.row(form.line("id", t.tr("Id"), id_note(form)), None, shares=(1, 2))
        form.column.addStretch(1)
        return form

    def cleaned(self, entry: Any) -> Any:
        return without_empty_words(entry)

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        words = self.texts.trn("{n} step", "{n} steps", len(entry.steps))
        return EntryLine(number, f"{number + 1}   {called(self.texts, entry)} · {words}", wrong=wrong)


class StepsPage(InnerPage):
    """What is to be done in a phase, and what makes it done."""

    inner = "steps"
    first_field = "name"

    def __init__(self, editor: ContentEditor, look: Look, above: PartPage) -> None:
        t = editor.texts
        purpose = t.tr("A step is done when its form is filled, when something is approved, or when it is ticked.")
        super().__init__(editor, look, above, (t.tr("Steps"), t.tr("Phase")), purpose)

    def make_form(self) -> EntryForm:
        return _StepForm(self)

    def before_load(self) -> None:
        t, template = self.texts, self.editor.template
        filled, approved = t.tr("The form is filled"), t.tr("It is approved")
        forms = [(("form", f.id), f"{filled}: {called(t, f)}") for f in template.forms]
        approvals = [(("approval", a.id), f"{approved}: {called(t, a)}") for a in template.approvals]
        self.form.form.offer("done_by", [(("", ""), t.tr("It is ticked by hand")), *forms, *approvals])

    def edit(self, path: str, value: Any) -> bool:
        if path != "done_by":
            return super().edit(path, value)
        if self.number < 0 or value is None:
            return False
        by, ident = value
        said = {"form": ident if by == "form" else "", "approval": ident if by == "approval" else ""}
        return self.editor.edit_entry(self.part, self.number, **said)

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        return EntryLine(number, called(self.texts, entry), wrong=wrong)


class _StepForm(EntryForm):
    """Its words, and the one thing that makes it done."""

    def __init__(self, page: StepsPage) -> None:
        t = page.texts
        super().__init__(t, page.edit, page.type)
        self.column.addLayout(self.words("name", t.tr("Name")))
        self.row(self.choice("done_by", t.tr("The step is done when")))
        words = t.tr("Of what is ticked by hand nothing but the tick is kept: so of the family's own time.")
        self.column.addWidget(label(words, "caption", wrap=True))
        self.row(self.line("id", t.tr("Id"), id_note(self)), None, shares=(1, 2))
        self.column.addStretch(1)

    def load(self, entry: Any, *, anew: bool) -> None:
        by = ("form", entry.form) if entry.form else ("approval", entry.approval) if entry.approval else ("", "")
        values = {path: value_at(entry, path) for path in self.form.widgets}
        self._filling = True
        self.form.load(values | {"done_by": by}, anew=anew)
        self._filling = False

    def focus(self, path: str) -> bool:
        return super().focus("done_by" if path in ("form", "approval") else path)

    def show_wrong(self, sentences: Any, calm: Any = ()) -> None:
        said = {("done_by" if path in ("form", "approval") else path): words for path, words in sentences.items()}
        super().show_wrong(said, calm)


class ApprovalsPage(PartPage):
    """What somebody accepts, or not."""

    part = "approvals"
    first_field = "name"

    def __init__(self, editor: ContentEditor, look: Look) -> None:
        t = editor.texts
        purpose = t.tr("An approval is somebody's word about something: the plan by the one who ordered it.")
        super().__init__(editor, look, t.tr("Approvals"), purpose)

    def make_form(self) -> EntryForm:
        t = self.texts
        form = EntryForm(t, self.edit, self.type)
        form.column.addLayout(form.words("name", t.tr("What is approved")))
        form.row(form.choice("role", t.tr("Who approves it")))
        form.row(form.line("id", t.tr("Id"), id_note(form)), None, shares=(1, 2))
        form.column.addStretch(1)
        return form

    def before_load(self) -> None:
        t = self.texts
        roles = [(r.id, called(t, r)) for r in self.editor.template.roles]
        self.form.form.offer("role", [("", t.tr("the workers themselves")), *roles])

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        return EntryLine(number, called(self.texts, entry), wrong=wrong)
