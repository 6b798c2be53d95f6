"""Fills the fields of a service's sheets as hands do: typed or chosen, then left."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QCheckBox

from app.model.template import FieldKind, FormField
from widgets.services.service_room import ServiceRoom
from widgets.services.sheet_fields import PICKED, SheetFields
from widgets.services.sheet_part import RowFields
from widgets.services.table_part import TablePart

#: what is typed into a field of each kind, and what the archive then has
TYPED = {
    FieldKind.LINE: ("Esimerkki", "Esimerkki"),
    FieldKind.CODE: ("A1", "A1"),
    FieldKind.NUMBER: ("2,5", "2.5"),
    FieldKind.MINUTES: ("45", "45"),
    FieldKind.DATE: ("3.11.2026", "2026-11-03"),
    FieldKind.TIME: ("9.30", "09:30"),
}


def put(fields: SheetFields, field: FormField, said: str = "") -> str:
    """Fill a field and leave it; gives what the archive should have. Empty where there is nothing to choose.

    `said` is the text, or the value of a choice, where it is not just any.
    """
    made = fields.widgets[field.id]
    if field.kind in PICKED:
        place = made.findText(said) if said else 1
        if not 0 < place < made.count():
            return ""
        made.setCurrentIndex(place)
        made.activated.emit(place)
        return made.value()
    if field.kind == FieldKind.TEXT:
        made.setPlainText(said or "Esimerkki ja toinen")
        QApplication.sendEvent(made, QFocusEvent(QEvent.Type.FocusOut))
        return said or "Esimerkki ja toinen"
    if field.kind == FieldKind.TICK:
        made.click()
        return "yes"
    if field.kind in (FieldKind.SEVERAL, FieldKind.PRESENCE):
        return _mark(made)
    text, kept = TYPED[field.kind]
    line = made if field.kind == FieldKind.LINE else made.line
    line.setText(said or text)
    line.editingFinished.emit()
    return said or kept


def _mark(made) -> str:
    """The first of several, or everybody was there."""
    for box in made.boxes.values():
        if isinstance(box, QCheckBox):
            box.click()
            break
        box.setCurrentIndex(1)
        box.activated.emit(1)
    return made.value()


def to_form(room: ServiceRoom, form_id: str) -> RowFields:
    """The fields of a form: of its sheet, or of a row that is added, or of its first line."""
    template = room.editor.template
    phase = next((p for p in template.phases if any(s.form == form_id for s in p.steps)), None)
    room.show_phase(phase.id if phase is not None else "")
    part = room.phase.parts[form_id]
    if not isinstance(part, TablePart):
        return part.rows
    if part.form.lines:
        if part.fields is None:
            part.open_row(0)
    else:
        part.add.click()
    return part.fields


def fill(room: ServiceRoom, form_id: str, **said: str) -> None:
    """What a form needs, in a sheet or in a new row; `said` by field, with _ for -."""
    fields = to_form(room, form_id)
    form = room.editor.template.form(form_id)
    texts = {key.replace("_", "-"): text for key, text in said.items()}
    for field in form.fields:
        if field.required or field.id in texts:
            put(fields.fields, field, texts.get(field.id, ""))
