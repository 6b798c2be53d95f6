"""Noting a film that a supervisee brings: whose it is, the controller's decision, the consents, and the last day."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.i18n import Texts, today
from app.model.brought import Brought
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.model.supervision_film import ControllersWord
from widgets.folding import size_to_fit
from widgets.forms.date_field import DateField
from widgets.forms.form import columns, named
from widgets.forms.inputs import Choice
from widgets.look.parts import beside, button, label, primary_button, scrolled, section_label, stacked


class BroughtDialog(QDialog):
    """Everything is asked; nothing is taken in before it is noted."""

    def __init__(
        self, parent: QWidget, texts: Texts, agreement: SupervisionAgreement, session: SupervisionSession
    ) -> None:
        super().__init__(parent)
        t, day = texts, session.at.astimezone().date()
        self.setWindowTitle(t.tr("A film of a supervisee's own work"))
        self.code_name, self.controller, self.decided_by, self.ground = (QLineEdit() for _ in range(4))
        people = agreement.there_on(day)
        self.bringer = Choice([("", t.tr("choose who brings it")), *((s.id, s.called) for s in people)])
        self.bringer.set_value(people[0].id if len(people) == 1 else "")
        self.decided, self.consented = DateField(t, t.tr("Decided on")), DateField(t, t.tr("Consented on"))
        self.decided.set_value(None)
        self.consented.set_value(None)
        last = [(day, t.tr("the day of the session, {day}", day=t.date(day)))]
        if agreement.end is not None:
            last = [one for one in last if one[0] <= agreement.end]
            last.append((agreement.end, t.tr("the agreement's last day, {day}", day=t.date(agreement.end))))
        self.ends = Choice(last)
        self.ends.setCurrentIndex(0)
        self.done_button = primary_button(t.tr("Note it and go on"), self.accept)
        about = t.tr(
            "The clients on it are another controller's. It is taken in only by that controller's decision and the "
            "clients' consents to supervision, and is never used after the last day."
        )
        secret = t.tr("Write a code name, never a name.")
        after = t.tr("The supervisee keeps the own film. What is here is erased, and nothing of it is given to others.")
        fields = QWidget()
        fields.setLayout(
            stacked(
                label(about, "muted", wrap=True),
                columns(
                    named(t.tr("Code name of the client"), self.code_name), named(t.tr("Who brings it"), self.bringer)
                ),
                label(secret, "caption", wrap=True),
                section_label(t.tr("The controller's decision: for supervision")),
                columns(named(t.tr("Controller"), self.controller), named(t.tr("Who decided"), self.decided_by)),
                columns(named(t.tr("On what ground"), self.ground), self.decided, shares=(2, 1)),
                section_label(t.tr("The clients' consents to supervision, as the bringer tells")),
                columns(self.consented, named(t.tr("Last day of use"), self.ends), shares=(1, 2)),
                label(after, "caption", wrap=True),
                None,
                spacing=12,
                margins=(20, 20, 20, 8),
            )
        )
        acts = beside(None, button(t.tr("Cancel"), self.reject), self.done_button, margins=(20, 8, 20, 20))
        self.setLayout(stacked(scrolled(fields), acts, spacing=0))
        size_to_fit(self, 620, 540)
        lines = (self.code_name, self.controller, self.decided_by, self.ground, self.decided.line, self.consented.line)
        for line in lines:
            line.textChanged.connect(lambda _: self._tell())
        self.bringer.activated.connect(lambda _: self._tell())
        self._tell()

    def said(self) -> Brought | None:
        """What it stands on; None while something lacks, or is said of a day to come."""
        decided, consented = (None if f.is_wrong() else f.value() for f in (self.decided, self.consented))
        ends = self.ends.value()
        if decided is None or consented is None or ends is None or max(decided, consented) > min(ends, today()):
            return None
        word = ControllersWord(self.controller.text(), self.decided_by.text(), decided, self.ground.text())
        return Brought(word, consented, ends) if word.says else None

    def _tell(self) -> None:
        is_whole = bool(self.code_name.text().strip() and self.bringer.value())
        self.done_button.setEnabled(is_whole and self.said() is not None)
