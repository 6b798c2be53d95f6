"""Asks what a frozen entry lacks, or has too many: minutes and kilometers, on an open day."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from app.i18n import Texts, today
from app.model.hours import LONGEST_DAY, WorkEntry
from widgets.forms.date_field import DateField
from widgets.forms.form import named
from widgets.forms.inputs import Number
from widgets.look.parts import beside, button, label, primary_button, stacked

_MOST_KM = 2000


class CorrectingDialog(QDialog):
    """`day`, `minutes` and `km` hold what was typed."""

    def __init__(self, parent: QWidget, texts: Texts, entry: WorkEntry) -> None:
        super().__init__(parent)
        t = texts
        self.setWindowTitle(t.tr("Correct closed hours"))
        self.day = DateField(t, t.tr("Day of the correction"))
        self.day.set_value(today())
        self.minutes = Number(-LONGEST_DAY, LONGEST_DAY, 15, t.tr(" min"))
        self.km = Number(-_MOST_KM, _MOST_KM, 1, t.tr(" km"))
        about = t.tr(
            "The closed entry of {day} stays as it is: {n} min. Write what it lacks, or with minus what is too much.",
            day=t.date(entry.day), n=t.number(entry.minutes),
        )  # fmt: skip
        acts = beside(
            None, button(t.tr("Cancel"), self.reject, "quiet"), primary_button(t.tr("Write the correction"), self._take)
        )
        fields = beside(self.day, named(t.tr("Minutes"), self.minutes), named(t.tr("Kilometers"), self.km), spacing=12)
        self.setLayout(stacked(label(about, wrap=True), fields, acts, spacing=16, margins=(20, 20, 20, 20)))
        self.setMinimumWidth(520)

    def _take(self) -> None:
        if self.day.is_wrong() or self.day.value() is None:
            self.day.setFocus()
            return
        self.accept()


def ask_correction(parent: QWidget, texts: Texts, entry: WorkEntry) -> tuple[date, int, int] | None:
    """Day, minutes and kilometers of a correction; None when nothing was typed or it was left."""
    asked = CorrectingDialog(parent, texts, entry)
    if asked.exec() != QDialog.DialogCode.Accepted or not (asked.minutes.value() or asked.km.value()):
        return None
    return asked.day.value(), asked.minutes.value(), asked.km.value()
