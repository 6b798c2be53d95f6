"""What the filler will see of a form: its fields in their order, empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from app.i18n import Texts
from app.model.template import FieldKind, Form, FormField, Template
from widgets.look.parts import Card, beside, clear, label, scrolled, section_label, stacked
from widgets.schemes.scheme_parts import called
from widgets.schemes.template_words import kind_word

LEAST, MOST = 300, 460
#: a scale of more points is shown by its ends
_MOST_POINTS = 11


class FormPreview(QFrame):
    """A picture: it takes no keys and fills nothing. It is drawn anew only when the form changed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._shown: Form | None = None
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 8, 0)
        self._place.setSpacing(12)
        inside = QFrame()
        inside.setLayout(self._place)
        page = scrolled(inside)
        inside.setObjectName("panel")  # the card stands out from it, as from the panel around it
        heading = section_label(texts.tr("As the filler sees it"))
        self.setLayout(stacked(heading, page, spacing=8, margins=(12, 14, 14, 12)))
        self.setMinimumWidth(LEAST)
        self.setMaximumWidth(MOST)
        self.setObjectName("panel")

    def show_form(self, template: Template, number: int) -> None:
        """The form at `number`, as it is now; nothing where there is none."""
        form = template.forms[number] if 0 <= number < len(template.forms) else None
        if form == self._shown:
            return
        self._shown = form
        clear(self._place)
        if form is not None:
            self._draw(form)
        self._place.addStretch(1)

    def _draw(self, form: Form) -> None:
        t = self._texts
        self._place.addWidget(label(called(t, form), "heading", wrap=True))
        if form.about is not None and (about := t.words(form.about).strip()):
            self._place.addWidget(label(about, "muted", wrap=True))
        if form.table:
            names = ", ".join(called(t, line) for line in form.lines)
            words = t.tr("A row of each: {names}", names=names) if names else t.tr("Rows are added. In each row:")
            self._place.addWidget(label(words, "caption", wrap=True))
        card = Card(*(self._field(field) for field in form.fields), spacing=12)
        for part in card.findChildren(QWidget):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._place.addWidget(card)

    def _field(self, field: FormField) -> QWidget:
        t = self._texts
        name = called(t, field) + (" *" if field.required else "")
        drawn = _DRAWN.get(field.kind, _line)(t, field)
        parts: list[QWidget] = [drawn] if field.kind == FieldKind.TICK else [label(name, "caption", wrap=True), drawn]
        for part in (drawn, *drawn.findChildren(QWidget)):
            if not part.accessibleName():
                part.setAccessibleName(name)
        if field.help is not None and (words := t.words(field.help).strip()):
            parts.append(label(words, "caption", wrap=True))
        holder = QWidget()
        holder.setLayout(stacked(*parts, spacing=4))
        return holder


def _line(texts: Texts, field: FormField) -> QWidget:
    made = QLineEdit()
    if field.kind != FieldKind.LINE:
        made.setPlaceholderText(kind_word(texts, field.kind))
    return made


def _text(_texts: Texts, _field: FormField) -> QWidget:
    made = QPlainTextEdit()
    made.setFixedHeight(72)
    return made


def _tick(texts: Texts, field: FormField) -> QWidget:
    return QCheckBox(called(texts, field) + (" *" if field.required else ""))


def _choices(make: Callable[[str], QWidget], texts: Texts, field: FormField) -> QWidget:
    holder = QWidget()
    holder.setLayout(stacked(*(make(called(texts, c)) for c in field.choices), spacing=4))
    return holder


def _scale(texts: Texts, field: FormField) -> QWidget:
    least, most = field.least or 0, field.most or 0
    holder = QWidget()
    if 0 < most - least < _MOST_POINTS:
        points = (label(str(n), "caption") for n in range(least, most + 1))
        holder.setLayout(beside(*points, spacing=10))
    else:
        holder.setLayout(stacked(label(texts.tr("from {least} to {most}", least=least, most=most), "caption")))
    return holder


#: how a field of each kind is drawn; the others are one line
_DRAWN: Mapping[FieldKind, Callable[[Texts, FormField], QWidget]] = {
    FieldKind.TEXT: _text,
    FieldKind.TICK: _tick,
    FieldKind.CHOICE: partial(_choices, QRadioButton),
    FieldKind.SEVERAL: partial(_choices, QCheckBox),
    FieldKind.SCALE: _scale,
}
