"""From which day and time sessions are planned."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from app.i18n import Texts
from widgets.forms.date_field import DateField, TimeField
from widgets.look.parts import beside, button, primary_button, stacked

_USUAL = time(13, 0)


class PlanDialog(QDialog):
    """A day and a time of day; the button waits for both."""

    def __init__(
        self, parent: QWidget, texts: Texts, title: str, day: date | None, *, ask_exploratory: bool = False
    ) -> None:
        super().__init__(parent)
        t = texts
        self.setWindowTitle(title)
        self.day, self.time = DateField(t, t.tr("First day") if day else t.tr("Day")), TimeField(t, t.tr("Time"))
        self.day.set_value(day)
        self.time.set_value(_USUAL)
        self._exploratory = QCheckBox(t.tr("Exploratory meeting, before the agreement"))
        self._exploratory.setAccessibleName(self._exploratory.text())
        self._exploratory.setVisible(ask_exploratory)
        self.done_button = primary_button(title, self.accept)
        for field in (self.day, self.time):
            field.line.textChanged.connect(lambda _: self._tell())
        self.setLayout(
            stacked(
                self.day, self.time, self._exploratory,
                beside(None, button(t.tr("Cancel"), self.reject), self.done_button),
                spacing=12, margins=(20, 20, 20, 20),
            )
        )  # fmt: skip
        self.setMinimumWidth(380)
        self._tell()

    def _tell(self) -> None:
        said = [not field.is_wrong() and field.value() is not None for field in (self.day, self.time)]
        self.done_button.setEnabled(all(said))

    def moment(self) -> datetime:
        """When it begins, on this computer's clock."""
        return datetime.combine(self.day.value(), self.time.value()).astimezone()

    def is_exploratory(self) -> bool:
        return self._exploratory.isChecked()
