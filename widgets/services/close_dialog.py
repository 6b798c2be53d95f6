"""The day on which a piece of work ends, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from app.i18n import Texts, today
from app.model.feedback_form import FeedbackFrom
from widgets.forms.date_field import DateField
from widgets.forms.form import named
from widgets.forms.inputs import GrowingText
from widgets.look.parts import beside, button, label, primary_button, stacked
from widgets.service_feedback.teller_words import teller_word


class CloseDialog(QDialog):
    """`left` says what is still open, `unasked` who has told nothing of the service yet: neither hinders anything.

    `wanted` is set when it was left for somebody's form instead.
    """

    def __init__(self, parent: QWidget, texts: Texts, left: str, unasked: Iterable[FeedbackFrom] = ()) -> None:
        super().__init__(parent)
        t = texts
        self.wanted: FeedbackFrom | None = None
        self.asks = {who: self._ask_button(t, who) for who in unasked}
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
                self._feedback(t),
                self.day_field,
                named(t.tr("How it ended"), self.why_field),
                label(t.tr("Nothing of it changes then until it is opened again."), "caption", wrap=True),
                beside(None, button(t.tr("Cancel"), self.reject), self.done_button),
                spacing=12, margins=(20, 20, 20, 20),
            )
        )  # fmt: skip
        self.setMinimumWidth(440)
        self.day_field.line.setFocus()

    def _feedback(self, t: Texts) -> QWidget:
        """Whom one can still ask, each by a press that leads to the form; the service stays open then."""
        part = QWidget()
        words = label(t.tr("Nobody of these has told yet how the service was. They can be asked later too."), "muted")
        words.setWordWrap(True)
        part.setLayout(stacked(words, beside(*self.asks.values(), None), spacing=6))
        part.setVisible(bool(self.asks))
        return part

    def _ask_button(self, t: Texts, who: FeedbackFrom) -> QPushButton:
        made = button(f"{teller_word(t, who)}…", partial(self._leave_for, who))
        made.setAccessibleName(f"{t.tr('Ask…')} {teller_word(t, who)}")
        made.setAutoDefault(False)
        return made

    def _leave_for(self, who: FeedbackFrom) -> None:
        self.wanted = who
        self.reject()

    def day(self) -> date:
        said = self.day_field.value()
        assert isinstance(said, date)
        return said

    def why(self) -> str:
        return self.why_field.toPlainText().strip()

    def _tell(self) -> None:
        self.done_button.setEnabled(not self.day_field.is_wrong() and self.day_field.value() is not None)
