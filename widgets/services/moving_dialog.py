"""To which client's case a consultation goes over, in which the client was named."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from app.i18n import Texts
from widgets.forms.form import named
from widgets.forms.inputs import Choice
from widgets.look.parts import beside, button, label, primary_button, stacked


class MovingDialog(QDialog):
    """`cases` are the worker's open ones, by code name."""

    def __init__(self, parent: QWidget, texts: Texts, cases: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent)
        t = texts
        self.setWindowTitle(t.tr("Move to the client's case"))
        self.case = Choice([("", t.tr("choose a case")), *cases])
        self.case.set_value("")
        self.done_button = primary_button(t.tr("Move it"), self.accept)
        self.done_button.setEnabled(False)
        self.case.currentIndexChanged.connect(lambda _: self.done_button.setEnabled(bool(self.case_id())))
        told = t.tr(
            "Who asked, the question and the advice go into the case as a consultation about this client. Here stays "
            "who asked and when, and that it was moved. It cannot be taken back."
        )
        none = label(t.tr("You have no open case to which it could go."), wrap=True)
        none.setVisible(not cases)
        self.setLayout(
            stacked(
                named(t.tr("Case"), self.case),
                none,
                label(told, "caption", wrap=True),
                beside(None, button(t.tr("Cancel"), self.reject), self.done_button),
                spacing=12, margins=(20, 20, 20, 20),
            )
        )  # fmt: skip
        self.setMinimumWidth(460)

    def case_id(self) -> str:
        """Empty while none is chosen."""
        return str(self.case.value() or "")
