"""The fields of a form, made from what its template says of them; each is written when it is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from app.i18n import Texts
from app.model import form_value
from app.model.form_value import Presence
from app.model.service_work import FormRow
from app.model.template import FieldKind, FormField
from app.works.answers import presence_word
from widgets.forms.date_field import ParsedField
from widgets.forms.form import Form, held
from widgets.forms.inputs import Choice
from widgets.look.flow import Flow
from widgets.look.parts import label, stacked
from widgets.services.field_sources import FieldSources

#: kinds that are chosen from a list
PICKED = (
    FieldKind.CHOICE, FieldKind.SCALE, FieldKind.DELIVERY, FieldKind.WORKER, FieldKind.PERSON, FieldKind.PARTICIPANT,
)  # fmt: skip
#: kinds that take the whole width
WIDE = (FieldKind.TEXT, FieldKind.SEVERAL, FieldKind.PRESENCE)


class SheetFields(Form):
    """`edit(field, text)` writes one value as the archive keeps it, and says whether it was taken."""

    def __init__(self, texts: Texts, sources: FieldSources, edit: Callable[[FormField, str], bool]) -> None:
        super().__init__(texts, lambda key, value: edit(self._fields[key], as_text(value)))
        self._sources = sources
        self._fields: dict[str, FormField] = {}
        self._makers: dict[FieldKind, Callable[[FormField, str], QWidget]] = {
            FieldKind.LINE: lambda field, name: self.line(field.id, name),
            FieldKind.TEXT: lambda field, name: self.text(field.id, name, least_lines=2),
            FieldKind.TICK: lambda field, name: self.check(field.id, name),
            FieldKind.DATE: lambda field, name: self.date(field.id, name),
            FieldKind.TIME: lambda field, name: self.time(field.id, name),
            FieldKind.SEVERAL: self._several,
            FieldKind.PRESENCE: self._presence,
        }

    def made(self, field: FormField) -> QWidget:
        """The field with its name above and what is told of it below."""
        self._fields[field.id] = field
        name = self._texts.words(field.name)
        shown = self._texts.tr("{field} (needed)", field=name) if field.required else name
        if field.kind in PICKED:
            part = self.choice(field.id, shown, self._sources.choices(field))
        else:
            part = self._makers.get(field.kind, self._checked)(field, shown)
        if field.help is None:
            return part
        return held(stacked(part, label(self._texts.words(field.help), "caption", wrap=True), spacing=4))

    def show_row(self, row: FormRow | None, *, is_open: bool) -> None:
        """What the archive holds of it; None where nothing is filled yet. What is being typed stays."""
        for field in self._fields.values():
            made = self.widgets[field.id]
            if field.kind in PICKED:
                self.offer(field.id, self._sources.choices(field))
            elif isinstance(made, PresenceBoxes):
                made.offer(self._sources.rows(field.of))
            made.setEnabled(is_open)
        self.load({f.id: as_value(f, row.value(f.id) if row is not None else "") for f in self._fields.values()})

    # fields that are not among the makers of every form

    def _checked(self, field: FormField, name: str) -> QWidget:
        """A line whose text must be of a kind: a code or a number. What is none stays typed, and why is said below."""
        return self._parsed(field.id, CheckedLine(self._texts, name, field))

    def _several(self, field: FormField, name: str) -> QWidget:
        made = SeveralBoxes(self._texts, field, name)
        self._bind(field.id, made, made.value, made.set_value)
        for box in made.boxes.values():
            box.clicked.connect(lambda _: self._commit(field.id))
        return made

    def _presence(self, field: FormField, name: str) -> QWidget:
        made = PresenceBoxes(self._texts, name, lambda: self._commit(field.id))
        made.offer(self._sources.rows(field.of))
        self._bind(field.id, made, made.value, made.set_value)
        return made


class CheckedLine(ParsedField):
    """A code of a participant, a number or minutes, as text."""

    def __init__(self, texts: Texts, name: str, field: FormField) -> None:
        def parse(typed: str) -> str:
            text = form_value.number_text(typed) if field.kind != FieldKind.CODE else typed.strip()
            if not form_value.is_value(field, text):
                raise ValueError(typed)
            return text

        def show(text: str) -> str:
            return text.replace(".", ",") if field.kind == FieldKind.NUMBER and texts.comma else text

        def complain(_: str) -> str:
            if field.kind == FieldKind.CODE:
                return texts.tr("Write a short code with a number in it, such as A1. Nobody's name stands here.")
            if field.kind == FieldKind.NUMBER:
                return texts.tr("Write a number here.")
            return texts.tr("Write a whole number here.")

        super().__init__(name, parse, show, complain, "", "000000")


class SeveralBoxes(QWidget):
    """Any of a field's choices, a box each."""

    def __init__(self, texts: Texts, field: FormField, name: str) -> None:
        super().__init__()
        self._field = field
        self.setAccessibleName(name)
        self.boxes = {c.id: QCheckBox(texts.words(c.name)) for c in field.choices}
        for box in self.boxes.values():
            box.setAccessibleName(f"{name}: {box.text()}")
            box.setMinimumHeight(32)
        row = QWidget()
        row.setLayout(Flow(*self.boxes.values()))
        self.setLayout(stacked(label(name, "caption"), row, spacing=2))

    def value(self) -> str:
        return form_value.several(self._field, (key for key, box in self.boxes.items() if box.isChecked()))

    def set_value(self, text: str) -> None:
        chosen = text.split(" ")
        for key, box in self.boxes.items():
            box.setChecked(key in chosen)


class PresenceBoxes(QWidget):
    """Of each participant whether they were there."""

    def __init__(self, texts: Texts, name: str, on_chosen: Callable[[], None]) -> None:
        super().__init__()
        self._texts, self._name, self._on_chosen = texts, name, on_chosen
        self.setAccessibleName(name)
        self.boxes: dict[str, Choice] = {}
        self._names: list[tuple[str, str]] = []
        self._flow = QWidget()
        self._none = label(texts.tr("Nobody is in the list of participants yet."), "muted", wrap=True)
        self.setLayout(stacked(label(name, "caption"), self._flow, self._none, spacing=4))

    def offer(self, rows: list[tuple[FormRow, str]]) -> None:
        """A box for each row of the list of participants."""
        names = [(row.id, words) for row, words in rows]
        self._none.setVisible(not names)
        if names == self._names:
            return
        value, self._names = self.value(), names
        fresh = QWidget()
        self.boxes = {}
        parts = []
        for row_id, words in names:
            choices = [("", "–"), *((str(how), presence_word(self._texts, how)) for how in Presence)]
            box = self.boxes[row_id] = Choice(choices)
            box.setAccessibleName(f"{self._name}: {words}")
            box.activated.connect(lambda _: self._on_chosen())
            title: QLabel = label(words, "caption")
            title.setBuddy(box)
            parts.append(held(stacked(title, box, spacing=2)))
        fresh.setLayout(Flow(*parts))
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(self._flow, fresh)
        self._flow.deleteLater()
        self._flow = fresh
        self.set_value(value)

    def value(self) -> str:
        said = {key: box.value() for key, box in self.boxes.items()}
        return form_value.written_presence({key: Presence(how) for key, how in said.items() if how})

    def set_value(self, text: str) -> None:
        said = form_value.presence(text)
        for key, box in self.boxes.items():
            box.set_value(str(said[key]) if key in said else "")


def as_text(value: Any) -> str:
    """What a field holds, as the archive keeps it."""
    if value is None or value is False:
        return ""
    if value is True:
        return form_value.TICKED
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


def as_value(field: FormField, text: str) -> Any:
    """What the archive keeps, as its field holds it."""
    if field.kind == FieldKind.TICK:
        return text == form_value.TICKED
    if field.kind == FieldKind.DATE:
        return date.fromisoformat(text) if text else None
    if field.kind == FieldKind.TIME:
        return time.fromisoformat(text) if text else None
    return text
