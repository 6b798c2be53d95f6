"""What keeps work of no case from being erased: a hold or a request is noted, and what was answered to a request."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from app.i18n import Texts, today
from app.model.hold import Held
from widgets.forms.date_field import DateField
from widgets.forms.form import named
from widgets.forms.inputs import Choice, GrowingText
from widgets.look.parts import beside, button, label, primary_button, stacked

_WIDTH = 440


class KeepingDialog(QDialog):
    """A hold or a request, since when, and on what ground."""

    def __init__(self, parent: QWidget, texts: Texts) -> None:
        super().__init__(parent)
        t = texts
        self.setWindowTitle(t.tr("A hold or a request"))
        kinds = [(Held.BY_HOLD, t.tr("Legal hold")), (Held.BY_REQUEST, t.tr("Request to see or correct data"))]
        self.why_field = Choice(kinds)
        self.why_field.set_value(Held.BY_HOLD)
        self.day_field = DateField(t, t.tr("Since"))
        self.day_field.set_value(today())
        self.ground_field = GrowingText(2)
        self.done_button = primary_button(t.tr("Note it"), self.accept)
        self.done_button.setEnabled(False)
        self.ground_field.textChanged.connect(self._tell)
        self.day_field.line.textChanged.connect(lambda _: self._tell())
        told = t.tr("While it stands nothing of this can be erased, by anybody. It ends by hand only.")
        self.setLayout(
            stacked(
                named(t.tr("What it is"), self.why_field),
                self.day_field,
                named(t.tr("On what ground, or who asks what"), self.ground_field),
                label(told, "caption", wrap=True),
                beside(None, button(t.tr("Cancel"), self.reject), self.done_button),
                spacing=12, margins=(20, 20, 20, 20),
            )
        )  # fmt: skip
        self.setMinimumWidth(_WIDTH)

    def why(self) -> Held:
        return Held(self.why_field.value())

    def day(self) -> date:
        said = self.day_field.value()
        assert isinstance(said, date)
        return said

    def ground(self) -> str:
        return self.ground_field.toPlainText().strip()

    def _tell(self) -> None:
        has_day = not self.day_field.is_wrong() and self.day_field.value() is not None
        self.done_button.setEnabled(bool(self.ground()) and has_day)


class AnswerDialog(QDialog):
    """What was answered to a request."""

    def __init__(self, parent: QWidget, texts: Texts) -> None:
        super().__init__(parent)
        t = texts
        self.setWindowTitle(t.tr("The request was answered"))
        self.answer_field = GrowingText(2)
        self.done_button = primary_button(t.tr("Note it"), self.accept)
        self.done_button.setEnabled(False)
        self.answer_field.textChanged.connect(lambda: self.done_button.setEnabled(bool(self.answer())))
        told = t.tr("What was given or not, on what ground, and who decided. The request stays on record.")
        self.setLayout(
            stacked(
                named(t.tr("What was answered"), self.answer_field),
                label(told, "caption", wrap=True),
                beside(None, button(t.tr("Cancel"), self.reject), self.done_button),
                spacing=12, margins=(20, 20, 20, 20),
            )
        )  # fmt: skip
        self.setMinimumWidth(_WIDTH)

    def answer(self) -> str:
        return self.answer_field.toPlainText().strip()
