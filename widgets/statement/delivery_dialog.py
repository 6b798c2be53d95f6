"""A copy of a statement is handed over: to whom, which copy, how, and what the file is under when it goes."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.errors import InputError
from app.i18n import today
from app.model.receiving_key import fingerprint, key_in
from app.model.statement import Statement
from app.model.statement_delivery import DeliveryWay, Sealing, StatementDelivery
from app.statement import delivery, redacting
from app.statement.delivery import Handing, Recipient
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.forms.date_field import DateField
from widgets.forms.file_dialogs import FileDialogs
from widgets.forms.form import columns, named
from widgets.forms.inputs import Choice, Suggestions
from widgets.look.parts import beside, button, label, primary_button, scrolled, stacked

#: what is written: nothing, for a paper copy or one that was saved already
_PAPER = "paper"


class DeliveryDialog(QDialog):
    """Nothing is written or noted before *Deliver*; `made` is the row then."""

    def __init__(self, space: Workspace, statement: Statement, parent: QWidget, known: Recipient | None = None) -> None:
        super().__init__(parent)
        self._space, self._statement, self._texts = space, statement, space.texts
        self.made: StatementDelivery | None = None
        t, words = space.texts, StatementTexts(space.texts.language)
        self._recipients = {r.name: r for r in delivery.recipients(space.store, statement)}
        self.setWindowTitle(t.tr("Deliver the statement"))
        size_to_fit(self, 600, 640)
        self.who = Suggestions([(name, name) for name in self._recipients])
        self.who.activated.connect(self._fill)
        self.unit, self.role = QLineEdit(), QLineEdit()
        copies = redacting.copies(space.store, statement.id)
        rows = [("", t.tr("Original, version {n}", n=statement.version))]
        rows += [(c.id, self._copy_called(c.person_id, c.reader, c.made.astimezone().date())) for c in copies]
        self.what = Choice(rows)
        self.what.set_value("")
        self.way = Choice([(way, words.of("delivery_ways", way)) for way in DeliveryWay])
        self.way.set_value(DeliveryWay.SECURE_MAIL)
        self.day = DateField(t, t.tr("Day of the delivery"))
        self.day.set_value(today())
        kinds = [
            (Sealing.PASSPHRASE, t.tr("Encrypted with a passphrase")),
            (Sealing.KEY, t.tr("Sealed for the recipient's key")),
            (Sealing.NOTHING, t.tr("As it is, not encrypted")),
            (_PAPER, t.tr("No file now: paper, or saved already")),
        ]
        self.file = Choice(kinds)
        self.file.set_value(Sealing.PASSPHRASE)
        self.file.activated.connect(lambda _: self._fit())
        self.secret = QLineEdit()
        self.secret.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.secret.textChanged.connect(lambda _: self._fit())
        self.another = button(t.tr("Make a passphrase"), self._make_up)
        self.note, self.wrong = label("", "caption", wrap=True), label("", "danger", wrap=True)
        self.replaced = label(delivery.replaced_words(t, space.store, statement), "danger", wrap=True)
        self.replaced.setVisible(bool(self.replaced.text()))
        self.secret_name = label("", "caption")
        self.secret_name.setBuddy(self.secret)
        self._build()
        if known is not None:
            self._show(known)
        self._make_up()
        self._fit()

    def _build(self) -> None:
        t = self._texts
        cancel = button(t.tr("Cancel"), self.reject)
        self.deliver = primary_button(t.tr("Deliver"), self._deliver)
        for made in (cancel, self.deliver, self.another):
            made.setAutoDefault(False)
        self.lock = QWidget()
        row = beside(self.secret, self.another)
        row.setStretch(0, 1)
        self.lock.setLayout(stacked(self.secret_name, row, spacing=4))
        inside = QWidget()
        inside.setLayout(
            stacked(
                self.replaced,
                named(t.tr("Who receives it"), self.who),
                columns(named(t.tr("Unit or office"), self.unit), named(t.tr("Role"), self.role)),
                named(t.tr("Which copy"), self.what),
                columns(named(t.tr("How"), self.way), self.day),
                named(t.tr("File"), self.file), self.lock, self.note, None, spacing=12, margins=(22, 18, 22, 12),
            )
        )  # fmt: skip
        page = stacked(
            scrolled(inside), self.wrong, beside(None, cancel, self.deliver, margins=(22, 8, 22, 16)), spacing=0
        )
        page.setStretch(0, 1)
        self.wrong.setContentsMargins(22, 4, 22, 4)
        self.wrong.hide()
        self.setLayout(page)

    def _copy_called(self, person_id: str, reader: str, day: date) -> str:
        t = self._texts
        who = redacting.reader_called(self._space.store, self._statement.case_id, person_id, reader)
        return t.tr("Redacted copy for {reader}, {date}", reader=who, date=t.date(day))

    def _fill(self, *_: object) -> None:
        found = self._recipients.get(self.who.currentText())
        if found is not None:
            self._show(found)

    def _show(self, recipient: Recipient) -> None:
        self.who.setEditText(recipient.name)
        self.unit.setText(recipient.unit)
        self.role.setText(recipient.role)

    def _make_up(self) -> None:
        if self.file.value() == Sealing.PASSPHRASE:
            self.secret.setText(delivery.passphrase_made())

    def _fit(self) -> None:
        t, kind = self._texts, self.file.value()
        self.lock.setVisible(kind in (Sealing.KEY, Sealing.PASSPHRASE))
        self.another.setVisible(kind == Sealing.PASSPHRASE)
        self.secret_name.setText(t.tr("Passphrase") if kind == Sealing.PASSPHRASE else t.tr("Recipient's key (age1…)"))
        notes = {
            Sealing.PASSPHRASE: t.tr(
                "Write the passphrase down and tell it another way than the file goes, such as by phone. It is kept "
                "nowhere. A sheet that goes with the file says how it is opened; Havainto is not needed."
            ),
            Sealing.NOTHING: t.tr("The file is not encrypted: only where the way itself protects it."),
            _PAPER: t.tr("The row is noted and nothing is written."),
        }
        self.note.setText(notes.get(kind) or self._digits())

    def _digits(self) -> str:
        """The digits of the key, for comparing by phone."""
        t = self._texts
        try:
            key = key_in(self.secret.text())
        except InputError:
            return t.tr("Paste the key that the recipient gave.")
        return t.tr("Compare by phone before you deliver: {digits}", digits=" ".join(fingerprint(key)))

    def _deliver(self) -> None:
        t, kind, day = self._texts, self.file.value(), self.day.value()
        name = self.who.currentText().strip()
        wrong = "" if name else t.tr("Say who receives it.")
        if day is None or self.day.is_wrong():
            wrong = t.tr("Say the day.")
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        if wrong or day is None:
            return
        sealing = Sealing.NOTHING if kind == _PAPER else kind
        who = self._recipients.get(name, Recipient(name))
        recipient = Recipient(who.name, self.unit.text(), self.role.text())
        handing = Handing(recipient, self.way.value(), day, str(self.what.value() or ""), sealing, self.secret.text())
        folder: Path | None = None
        if kind != _PAPER:
            folder = FileDialogs(self).folder(t.tr("Where the files are written"))
            if folder is None:
                return
        space = self._space
        act = partial(delivery.hand_over, space.door, space.media, self._statement.id, handing, folder)
        space.jobs.run(t.tr("Delivering"), lambda _job: act(), self._done)

    def _done(self, made: StatementDelivery) -> None:
        self.made = made
        self.accept()
