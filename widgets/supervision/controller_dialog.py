"""Another controller's decision that its client's clip is shown to people of another house."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.i18n import Texts, today
from app.model.supervision_film import ControllersWord
from widgets.forms.date_field import DateField
from widgets.forms.form import named
from widgets.look.parts import beside, button, label, primary_button, stacked


class ControllerDialog(QDialog):
    """Which controller, who decided, when, and on what ground: all are asked."""

    def __init__(self, parent: QWidget, texts: Texts, controller: str, held: ControllersWord | None) -> None:
        super().__init__(parent)
        t = texts
        self.setWindowTitle(t.tr("The controller's decision on a clip"))
        self.controller, self.decided_by, self.ground = QLineEdit(), QLineEdit(), QLineEdit()
        self._day = DateField(t, t.tr("Decided on"))
        self.controller.setText(held.controller if held is not None else controller)
        if held is not None:
            self.decided_by.setText(held.decided_by)
            self.ground.setText(held.ground)
        self._day.set_value(held.day if held is not None else today())
        self.done_button = primary_button(t.tr("Note the decision"), self.accept)
        about = t.tr(
            "The client is another controller's. Before people of another house see the clip, that one decides."
        )
        self.setLayout(
            stacked(
                label(about, "muted", wrap=True),
                named(t.tr("Controller"), self.controller),
                named(t.tr("Who decided"), self.decided_by),
                self._day,
                named(t.tr("On what ground"), self.ground),
                beside(None, button(t.tr("Cancel"), self.reject), self.done_button),
                spacing=12,
                margins=(20, 20, 20, 20),
            )
        )
        self.setMinimumWidth(460)
        for line in (self.controller, self.decided_by, self.ground, self._day.line):
            line.textChanged.connect(lambda _: self._tell())
        self._tell()

    def word(self) -> ControllersWord | None:
        """What was noted; None while something lacks."""
        day = None if self._day.is_wrong() else self._day.value()
        if day is None:
            return None
        said = ControllersWord(self.controller.text(), self.decided_by.text(), day, self.ground.text())
        return said if said.says else None

    def _tell(self) -> None:
        self.done_button.setEnabled(self.word() is not None)
