"""What a phase asks for: its days, and the sheets and tables of its steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import Texts
from app.model.template import Form as TemplateForm
from app.model.template import Phase
from app.works.editor import WorkEditor
from widgets.forms.form import Form, columns
from widgets.look.look import Look
from widgets.look.parts import Card, bring_in_sight, label, stacked
from widgets.services.field_sources import FieldSources
from widgets.services.sheet_part import SheetPart
from widgets.services.table_part import TablePart


class PhasePart(QWidget):
    """The phase in front; None shows the sheets that no phase asks for. `move_asked` is that of its tables."""

    move_asked = Signal(str)

    def __init__(
        self, look: Look, texts: Texts, editor: WorkEditor, sources: FieldSources, phase: Phase | None
    ) -> None:
        super().__init__()
        self._editor, self.phase = editor, phase
        self.parts: dict[str, SheetPart | TablePart] = {}
        self.dates: Form | None = None
        column = stacked(spacing=14)
        if phase is not None:
            column.addWidget(self._head(texts, phase))
        for form in forms_of(editor, phase):
            kind = TablePart if form.table else SheetPart
            made = self.parts[form.id] = kind(look, texts, editor, sources, form)
            if isinstance(made, TablePart):
                made.move_asked.connect(self.move_asked)
            column.addWidget(made)
        column.addStretch(1)
        self.setLayout(column)
        self.refresh()

    def refresh(self) -> None:
        """Show what the archive holds of the phase, and of each of its forms."""
        if self.dates is not None and self.phase is not None:
            state = self._editor.work.phase(self.phase.id)
            self.dates.load({"planned": state.planned, "begun": state.begun, "done": state.done})
            for made in self.dates.widgets.values():
                made.setEnabled(self._editor.work.is_open)
        self.refresh_forms(self.parts)

    def refresh_forms(self, form_ids: Iterable[str]) -> None:
        """Some forms alone; those of another phase are not in sight."""
        for form_id in form_ids:
            if form_id in self.parts:
                self.parts[form_id].refresh()

    def commit(self) -> None:
        if self.dates is not None:
            self.dates.commit()
        for part in self.parts.values():
            part.commit()

    def shut_rows(self) -> None:
        """No row of a table is open any more."""
        for part in self.parts.values():
            if isinstance(part, TablePart):
                part.shut()

    def show_form(self, form_id: str) -> None:
        """Bring a form in sight, with the keys in its first field."""
        part = self.parts.get(form_id)
        if part is not None:
            bring_in_sight(part)

    def _head(self, texts: Texts, phase: Phase) -> Card:
        self.dates = Form(texts, self._set_date)
        made = Card(label(texts.words(phase.name), "title"), spacing=10)
        if phase.about is not None:
            made.column.addWidget(label(texts.words(phase.about), "muted", wrap=True))
        t = texts
        days = (("planned", t.tr("Planned for")), ("begun", t.tr("Phase begun")), ("done", t.tr("Phase done")))
        made.column.addLayout(columns(*(self.dates.date(key, name) for key, name in days)))
        return made

    def _set_date(self, key: str, value: Any) -> bool:
        assert self.phase is not None, "days are those of a phase"
        return self._editor.set_phase(self.phase.id, **{key: value})


def forms_of(editor: WorkEditor, phase: Phase | None) -> list[TemplateForm]:
    """The forms that a phase's steps ask for, each once; of None those that no step does."""
    template = editor.template
    if phase is None:
        asked = {step.form for step in template.steps()}
        return [form for form in template.forms if form.id not in asked]
    wanted = dict.fromkeys(step.form for step in phase.steps if step.form)
    return [form for key in wanted if (form := template.form(key)) is not None]
