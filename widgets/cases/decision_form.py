"""The fields of a controller's decision where a consent cannot be had: who decided, when, on what ground."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import Texts, today
from widgets.forms.date_field import DateField
from widgets.forms.form import columns, named
from widgets.look.parts import beside, button, label, stacked


class DecisionForm(QWidget):
    """Nothing is in the archive before *Record* is pressed; `record(day, who, ground)` says whether it was taken."""

    def __init__(self, texts: Texts, record: Callable[[date, str, str], bool], close: Callable[[], None]) -> None:
        super().__init__()
        self._record = record
        self.day = DateField(texts, texts.tr("Decided"))
        self.who, self.ground = QLineEdit(), QLineEdit()
        self.save = button(texts.tr("Record the decision"), self._on_save)
        self.cancel = button(texts.tr("Cancel"), close, "quiet")
        fields = columns(
            self.day,
            named(texts.tr("Who decided"), self.who),
            named(texts.tr("On what ground"), self.ground),
            shares=(2, 3, 6),
        )
        words = texts.tr(
            "Only where a consent cannot be had, for example when a guardian is not reached. It is the controller's to "
            "decide, and stands against nobody's own no."
        )
        note = label(words, "caption", wrap=True)
        self.setLayout(stacked(fields, note, beside(self.save, self.cancel, None), spacing=10))

    def begin(self) -> None:
        self.day.set_value(today())
        self.who.clear()
        self.ground.clear()
        self.show()
        self.who.setFocus()

    def _on_save(self) -> None:
        day = None if self.day.is_wrong() else self.day.value()
        if day is None:
            self.day.line.setFocus()
        elif not self._record(day, self.who.text(), self.ground.text()):
            (self.ground if self.who.text().strip() else self.who).setFocus()
