"""Noting who signed an agreement, and how a supervision ends: both stay, so both are asked."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from app.i18n import Texts, today
from app.model.supervision import Signing, SupervisionAgreement
from widgets.forms.date_field import DateField
from widgets.forms.form import named
from widgets.forms.inputs import GrowingText
from widgets.look.parts import beside, button, label, primary_button, stacked

_MARGINS = (20, 20, 20, 20)


class SignaturesDialog(QDialog):
    """Who signed on paper: the supervisees as they are called, the customer, the supervisor; and when."""

    def __init__(self, parent: QWidget, texts: Texts, agreement: SupervisionAgreement) -> None:
        super().__init__(parent)
        t = texts
        self.setWindowTitle(t.tr("Signatures of the agreement"))
        self._rows: list[tuple[QCheckBox, str, str]] = []
        column = stacked(
            label(
                t.tr("Have the printed agreement signed and note here who signed. Its terms stay then."),
                "muted",
                wrap=True,
            ),
            spacing=10,
            margins=_MARGINS,
        )
        people = [(s.called, s.role or t.tr("supervisee")) for s in agreement.supervisees if s.left is None]
        for name, as_what in (
            *people,
            (agreement.customer, t.tr("customer")),
            (t.tr("Supervisor"), t.tr("supervisor")),
        ):
            box = QCheckBox(f"{name}, {as_what}")
            box.setChecked(True)
            box.clicked.connect(lambda _: self._tell())
            self._rows.append((box, name, as_what))
            column.addWidget(box)
        self._other = QLineEdit()
        column.addWidget(named(t.tr("Somebody else who signed"), self._other))
        self._day = DateField(t, t.tr("Signed on"))
        self._day.set_value(today())
        self._day.line.textChanged.connect(lambda _: self._tell())
        column.addWidget(self._day)
        self.done_button = primary_button(t.tr("It is signed"), self.accept)
        column.addLayout(beside(None, button(t.tr("Cancel"), self.reject), self.done_button))
        self.setLayout(column)
        self.setMinimumWidth(460)

    def _tell(self) -> None:
        is_day = not self._day.is_wrong() and self._day.value() is not None
        self.done_button.setEnabled(is_day and any(box.isChecked() for box, _, _ in self._rows))

    def hands(self) -> tuple[Signing, ...]:
        """Who signed, as what, when."""
        day = self._day.value()
        assert isinstance(day, date)
        found = [Signing(name, as_what, day) for box, name, as_what in self._rows if box.isChecked()]
        other = self._other.text().strip()
        return (*found, Signing(other, "", day)) if other else tuple(found)


class EndDialog(QDialog):
    """The last day and what was said of the end."""

    def __init__(self, parent: QWidget, texts: Texts, day: date) -> None:
        super().__init__(parent)
        t = texts
        self.setWindowTitle(t.tr("The supervision ends"))
        self._day = DateField(t, t.tr("Last day"))
        self._day.set_value(day)
        self._words = GrowingText(3)
        self.done_button = primary_button(t.tr("End the supervision"), self.accept)
        self._day.line.textChanged.connect(
            lambda _: self.done_button.setEnabled(not self._day.is_wrong() and self._day.value() is not None)
        )
        self.setLayout(
            stacked(
                label(t.tr("Sessions planned after that day go. What was held stays."), "muted", wrap=True),
                self._day,
                named(t.tr("What was said of the end"), self._words),
                beside(None, button(t.tr("Cancel"), self.reject), self.done_button),
                spacing=12,
                margins=_MARGINS,
            )
        )
        self.setMinimumWidth(440)

    def day(self) -> date:
        said = self._day.value()
        assert isinstance(said, date)
        return said

    def words(self) -> str:
        return self._words.toPlainText().strip()
