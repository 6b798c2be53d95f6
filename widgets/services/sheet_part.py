"""One sheet of a form as a card, and the fields of one row: what stands in them is the archive's."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import Texts
from app.model.service_work import FormRow
from app.model.template import Form, FormField
from app.works.editor import WorkEditor
from widgets.forms.form import columns
from widgets.look.look import Look
from widgets.look.parts import Card, beside, label, section_label, stacked
from widgets.services.field_sources import FieldSources
from widgets.services.sheet_fields import WIDE, SheetFields
from widgets.services.work_words import done_words

#: short fields that stand side by side
_BESIDE = 2


class RowFields(QWidget):
    """The fields of a sheet, of a table's own line (`line`), or of one of its added rows (`row_id`)."""

    def __init__(
        self, texts: Texts, editor: WorkEditor, sources: FieldSources, form: Form, line: str = "", row_id: str = ""
    ) -> None:
        super().__init__()
        self._editor, self._template_form, self._line, self._row_id = editor, form, line, row_id
        self.fields = SheetFields(texts, sources, self._fill)
        column = stacked(spacing=12)
        pair: list[QWidget] = []
        for field in form.fields:
            made = self.fields.made(field)
            if field.kind in WIDE:
                self._settle(column, pair)
                column.addWidget(made)
            else:
                pair.append(made)
            if len(pair) == _BESIDE:
                self._settle(column, pair)
        self._settle(column, pair)
        self.setLayout(column)
        self.show_values()

    @staticmethod
    def _settle(column: QVBoxLayout, pair: list[QWidget]) -> None:
        if pair:
            column.addLayout(columns(*pair, *([None] * (_BESIDE - len(pair)))))
            pair.clear()

    def row(self) -> FormRow | None:
        """The row as the archive has it; None where nothing is filled yet."""
        if self._row_id:
            return self._editor.file.row(self._row_id)
        return self._editor.file.on_line(self._template_form, self._line)

    def show_values(self) -> None:
        self.fields.show_row(self.row(), is_open=self._editor.work.is_open)

    def commit(self) -> None:
        self.fields.commit()

    def _fill(self, field: FormField, text: str) -> bool:
        if not self._row_id:
            return self._editor.fill(self._template_form.id, field.id, text, line=self._line)
        row = self.row()
        return row is not None and self._editor.fill(self._template_form.id, field.id, text, row=row)


class SheetPart(Card):
    """A form that is one sheet."""

    def __init__(self, _look: Look, texts: Texts, editor: WorkEditor, sources: FieldSources, form: Form) -> None:
        super().__init__(spacing=12)
        self._texts, self._editor, self.form = texts, editor, form
        self._state = label("", "caption")
        self.column.addLayout(beside(section_label(texts.words(form.name)), None, self._state))
        if form.about is not None:
            self.column.addWidget(label(texts.words(form.about), "muted", wrap=True))
        self.rows = RowFields(texts, editor, sources, form)
        self.column.addWidget(self.rows)
        self.setAccessibleName(texts.words(form.name))
        self.refresh()

    def refresh(self) -> None:
        self._state.setText(done_words(self._texts, self._editor.file.form_state(self.form)))
        self.rows.show_values()

    def commit(self) -> None:
        self.rows.commit()
