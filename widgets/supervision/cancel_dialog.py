"""A session is called off: when, by whom, and what the agreement's rule invoices of it, before it is so."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.i18n import Texts, today
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.supervising import words
from app.supervising.sessions import cancelled
from widgets.forms.date_field import DateField
from widgets.forms.form import named
from widgets.look.parts import beside, button, label, primary_button, stacked


class CancelDialog(QDialog):
    """Says what follows from the day while it is typed."""

    def __init__(
        self, parent: QWidget, texts: Texts, agreement: SupervisionAgreement, session: SupervisionSession
    ) -> None:
        super().__init__(parent)
        self._texts, self._agreement, self._session = texts, agreement, session
        t = texts
        self.setWindowTitle(t.tr("Session cancelled"))
        self.day_field = DateField(t, t.tr("Cancelled on"))
        self.day_field.set_value(today())
        self._by, self._why = QLineEdit(), QLineEdit()
        self._follows = label("", wrap=True)
        self.done_button = primary_button(t.tr("Cancel the session"), self.accept)
        never = button(t.tr("Keep the session"), self.reject)
        self.setLayout(
            stacked(
                self.day_field,
                named(t.tr("Cancelled by"), self._by),
                named(t.tr("Why, if it was said"), self._why),
                self._follows,
                beside(None, never, self.done_button),
                spacing=12,
                margins=(20, 20, 20, 20),
            )
        )
        self.setMinimumWidth(420)
        self.day_field.line.textChanged.connect(lambda _: self._tell())
        self._tell()

    def _tell(self) -> None:
        wrong = self.day_field.is_wrong() or self.day_field.value() is None
        self.done_button.setEnabled(not wrong)
        if not wrong:
            after = cancelled(self._agreement, self._session, self.day(), "")
            self._follows.setText(words.outcome_line(self._texts, after).capitalize() + ".")

    def day(self) -> date:
        """The day on which it was called off."""
        said = self.day_field.value()
        assert isinstance(said, date)
        return said

    def by(self) -> str:
        return self._by.text().strip()

    def why(self) -> str:
        return self._why.text().strip()
