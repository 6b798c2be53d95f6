"""Another last day of a guest's pass."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from app.i18n import Texts, today
from app.office.guests import latest_day
from widgets.folding import size_to_fit
from widgets.forms.date_field import DateField
from widgets.look.parts import beside, button, label, primary_button, stacked


class LastDayDialog(QDialog):
    """Begins with the day as it is; a day that is over, or more than a year ahead, cannot be taken."""

    def __init__(self, texts: Texts, who: str, until: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.tr("Last day of the pass"))
        self.until = DateField(texts, texts.tr("Last day"))
        self.until.set_value(until)
        self.until.line.textChanged.connect(lambda _: self._on_change())
        self.ok = primary_button(texts.tr("Change the last day"), self.accept)
        self.ok.setDefault(True)
        self.setLayout(
            stacked(
                label(who, "strong", wrap=True),
                self.until,
                label(texts.tr("Given until a day, at most 12 months ahead."), "caption", wrap=True),
                None,
                beside(button(texts.tr("Cancel"), self.reject, "quiet"), None, self.ok),
                spacing=12,
                margins=(24, 24, 24, 20),
            )
        )
        size_to_fit(self, 440, 240)
        self._on_change()

    def _on_change(self) -> None:
        day = None if self.until.is_wrong() else self.until.value()
        self.ok.setEnabled(day is not None and today() <= day <= latest_day())
