"""Who signs: both, or one with a reason and the superior's confirmation, all of which is printed."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.model.statement import SoleSigner
from app.office.workers import names_of_workers
from app.statement.editor import StatementEditor
from app.statement.going_through import name_signers
from widgets.folding import size_to_fit
from widgets.forms.date_field import DateField
from widgets.forms.form import named
from widgets.forms.inputs import Choice, GrowingText
from widgets.look.parts import beside, button, label, primary_button, stacked


class SignersDialog(QDialog):
    """Nothing is kept before *Save*."""

    def __init__(self, editor: StatementEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        t, alone = editor.texts, editor.statement.alone
        self.setWindowTitle(t.tr("Who signs"))
        size_to_fit(self, 520, 520)
        names = names_of_workers(editor.store)
        pair = editor.pair()
        rows = [("", t.tr("Both"))] if len(pair) > 1 else []
        rows += [(w, t.tr("{name} alone", name=names.get(w, ""))) for w in pair]
        self.who = Choice(rows)
        self.reason, self.superior = GrowingText(2), QLineEdit()
        self.confirmed = DateField(t, t.tr("Day of the confirmation"))
        self.missing = label("", "danger", wrap=True)
        self.missing.hide()
        if alone is not None:
            self.who.set_value(alone.worker_id)
            self.reason.setPlainText(alone.reason)
            self.superior.setText(alone.superior)
            self.confirmed.set_value(alone.confirmed)
        note = t.tr(
            "Two sign as a rule. That one signs, why, and who of the superiors confirmed it is printed above the name. "
            "Before the confirmation it does not become final."
        )
        self.more = QWidget()
        self.more.setLayout(
            stacked(
                named(t.tr("Why one signs"), self.reason),
                named(t.tr("Superior who confirmed it"), self.superior),
                self.confirmed,
                spacing=10,
            )
        )
        self.who.activated.connect(lambda _: self._fit())
        cancel = button(t.tr("Cancel"), self.reject)
        self.save = primary_button(t.tr("Save"), self._save)
        for made in (cancel, self.save):
            made.setAutoDefault(False)
        self.setLayout(
            stacked(
                named(t.tr("Who signs"), self.who), self.more, label(note, "caption", wrap=True), self.missing, None,
                beside(None, cancel, self.save), spacing=14, margins=(22, 18, 22, 16),
            )
        )  # fmt: skip
        self._fit()

    def _fit(self) -> None:
        self.more.setVisible(bool(self.who.value()))

    def _save(self) -> None:
        t, who = self._editor.texts, str(self.who.value() or "")
        if not who:
            self._take(None)
            return
        reason = self.reason.toPlainText().strip()
        if not reason or self.confirmed.is_wrong():
            self.missing.setText(t.tr("Say why one signs."))
            self.missing.show()
            (self.confirmed if reason else self.reason).setFocus()
            return
        self._take(SoleSigner(who, reason, self.superior.text().strip(), self.confirmed.value()))

    def _take(self, alone: SoleSigner | None) -> None:
        if alone == self._editor.statement.alone or name_signers(self._editor, alone):
            self.accept()
