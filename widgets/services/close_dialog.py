"""The day on which a piece of work ends, and how it ended."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from app.i18n import Texts, today
from widgets.forms.date_field import DateField
from widgets.forms.form import named
from widgets.forms.inputs import GrowingText
from widgets.look.parts import beside, button, label, primary_button, stacked


class CloseDialog(QDialog):
    """`left` says what is still open: it is told, and hinders nothing."""

    def __init__(self, parent: QWidget, texts: Texts, left: str) -> None:
        super().__init__(parent)
        t = texts
        self.setWindowTitle(t.tr("End the service"))
        self.day_field = DateField(t, t.tr("Last day"))
        self.day_field.set_value(today())
        self.why_field = GrowingText(2)
        self.done_button = primary_button(t.tr("End the service"), self.accept)
        self.day_field.line.textChanged.connect(lambda _: self._tell())
        still = label(left, "muted", wrap=True)
        still.setVisible(bool(left))
        self.setLayout(
            stacked(
                still,
                self.day_field,
                named(t.tr("How it ended"), self.why_field),
                label(t.tr("Nothing of it changes then until it is opened again."), "caption", wrap=True),
                beside(None, button(t.tr("Cancel"), self.reject), self.done_button),
                spacing=12, margins=(20, 20, 20, 20),
            )
        )  # fmt: skip
        self.setMinimumWidth(440)

    def day(self) -> date:
        said = self.day_field.value()
        assert isinstance(said, date)
        return said

    def why(self) -> str:
        return self.why_field.toPlainText().strip()

    def _tell(self) -> None:
        self.done_button.setEnabled(not self.day_field.is_wrong() and self.day_field.value() is not None)
