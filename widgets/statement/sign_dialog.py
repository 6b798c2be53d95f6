"""Signing: with a card in the reader or with a file that holds a key; the secret is typed here and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialog, QLineEdit, QWidget

from app.error_texts import sentence
from app.errors import AppError, SigningError
from app.ports.signing import CardCertificate, Cards, CardsSeen, SigningKey
from app.statement import signing, signing_card, signing_services
from app.statement.signing_file import opened, read_file
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.forms.file_dialogs import FileDialogs
from widgets.forms.inputs import ChoiceBox
from widgets.look.parts import OnePage, beside, button, confirm, field, label, primary_button, stacked

KEY_FILES = "PKCS#12 (*.p12 *.pfx)"


class SignDialog(QDialog):
    """`cards` looks into the readers in a thread; the dialog is accepted when the statement is signed."""

    def __init__(self, space: Workspace, statement_id: str, name: str, cards: Cards, parent: QWidget) -> None:
        """`name` is the signer's, as it stands on the page."""
        super().__init__(parent)
        self._space, self._statement, self._name, self._cards = space, statement_id, name, cards
        self._file, self._busy, self._over = b"", False, False
        t = space.texts
        self.setWindowTitle(t.tr("Sign the statement"))
        size_to_fit(self, 560, 480)
        self.by_card = button(t.tr("With a card"), kind="pill")
        self.by_file = button(t.tr("With a certificate file"), kind="pill")
        ways = QButtonGroup(self)
        for way in (self.by_card, self.by_file):
            way.setCheckable(True)
            ways.addButton(way)
        self.by_card.setChecked(True)
        self._pages = OnePage()
        self._pages.addWidget(self._card_page())
        self._pages.addWidget(self._file_page())
        self.trouble = label("", "danger", wrap=True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.hide()
        self.without = button(t.tr("Sign without a time stamp"), lambda: self._sign(stamped=False), "link")
        self.without.hide()
        self.ok = primary_button(t.tr("Sign"), self._sign)
        self.ok.setDefault(True)  # Enter in a field sends the form
        fixed = t.tr("After a signature the text cannot be changed. A correction is a new version.")
        self.setLayout(
            stacked(
                label(t.tr("{name} signs", name=name), "heading", wrap=True),
                label(fixed, "muted", wrap=True),
                beside(self.by_card, self.by_file, None, spacing=8),
                self._pages,
                self.trouble,
                beside(self.without, None),
                None,
                beside(button(t.tr("Cancel"), self.reject, "quiet"), None, self.ok),
                spacing=12,
                margins=(24, 22, 24, 20),
            )
        )
        self.by_card.toggled.connect(lambda on: self._show_way(int(not on)))
        for line in (self.pin, self.passphrase):
            line.textChanged.connect(lambda _: self._refresh())
        self.finished.connect(lambda _: self._forget())
        self.look()

    def _card_page(self) -> QWidget:
        t = self._space.texts
        self.state = label("", "muted", wrap=True)
        self.certificate = ChoiceBox()
        self.certificate.setAccessibleName(t.tr("Certificate"))
        self.certificate.currentIndexChanged.connect(lambda _: self._refresh())
        self.pin = _secret()
        self._pin_field = QWidget()
        self._pin_field.setLayout(
            field(t.tr("PIN for signing"), self.pin, t.tr("It goes to the card only, and is not kept."))
        )
        self.again = button(t.tr("Search again"), self.look, "link")
        page = QWidget()
        page.setLayout(stacked(self.state, self.certificate, self._pin_field, beside(self.again, None), spacing=10))
        return page

    def _file_page(self) -> QWidget:
        t = self._space.texts
        self.chosen = label(t.tr("No file is chosen yet."), "muted", wrap=True)
        self.passphrase = _secret()
        page = QWidget()
        choose = beside(button(t.tr("Choose a file…"), self.choose), None)
        secret = field(t.tr("Passphrase of the file"), self.passphrase, t.tr("It opens the file, and is not kept."))
        page.setLayout(stacked(choose, self.chosen, secret, spacing=10))
        return page

    # what is there to sign with

    def look(self) -> None:
        """See what is in the readers now, beside the window: a driver may take its time."""
        t = self._space.texts
        self.state.setText(t.tr("Looking for cards…"))
        self.certificate.hide()
        self._pin_field.hide()
        self.certificate.clear()
        self._refresh()
        own = self._space.preferences.now.card_driver
        self._space.jobs.run(t.tr("Looking for cards"), lambda _job: self._cards.look(own), self._on_seen)

    def _on_seen(self, seen: CardsSeen) -> None:
        if self._over:
            return
        t, found = self._space.texts, signing_card.for_signing(seen)
        self.certificate.clear()
        for one in found:
            self.certificate.addItem(self._called(one), one)
        key = signing_card.trouble(seen)
        self.state.setText(sentence(t, SigningError(key)) if key else self._about_card(found[0]))
        self.certificate.setVisible(len(found) > 1)
        self._pin_field.setVisible(bool(found) and not found[0].own_keys)
        self._refresh()
        if found and self.by_card.isChecked():
            self.pin.setFocus()

    def _called(self, one: CardCertificate) -> str:
        from app.reports.certificates import certified

        held, t = certified(one.certificate), self._space.texts
        until = t.date(held.valid_until.astimezone().date())
        return t.tr("{name}, in force until {date}", name=held.subject, date=until)

    def _about_card(self, one: CardCertificate) -> str:
        t = self._space.texts
        lines = [t.tr("A card is in the reader: {card}", card=self._called(one))]
        if one.locked:
            lines.append(sentence(t, SigningError("card-pin-locked")))
        elif one.last_try:
            lines.append(t.tr("One try is left for its PIN: another wrong one locks the card."))
        if one.own_keys:
            lines.append(t.tr("The PIN is typed at the reader, when you have pressed Sign."))
        return "\n".join(lines)

    def choose(self) -> None:
        """A file with a key."""
        path = FileDialogs(self).open(self._space.texts.tr("Choose a certificate file"), KEY_FILES)
        if path is not None:
            self.use_file(path)

    def use_file(self, path: Path) -> None:
        """The key will be from this file. What cannot be one is said at once."""
        self._say("")
        try:
            self._file = read_file(path)
        except SigningError as error:
            self._file = b""
            self._fail(error)
        else:
            self.chosen.setText(path.name)
            self.passphrase.setFocus()
        self._refresh()

    def _show_way(self, number: int) -> None:
        self._pages.setCurrentIndex(number)
        self._say("")
        self._refresh()

    # signing

    def _refresh(self) -> None:
        one = self.certificate.currentData()
        if self.by_card.isChecked():
            ready = one is not None and not one.locked and (one.own_keys or bool(self.pin.text()))
        else:
            ready = bool(self._file)  # a file without a passphrase opens with an empty one
        self.ok.setEnabled(ready and not self._busy)

    def _key(self) -> Callable[[], SigningKey]:
        """What makes the key in the thread: opening a file takes its time."""
        if self.by_card.isChecked():
            certificate, pin = self.certificate.currentData(), self.pin.text()
            return lambda: self._cards.key(certificate, pin)
        data, passphrase = self._file, self.passphrase.text()
        return lambda: opened(data, passphrase)

    def _sign(self, *, stamped: bool = True, another_name: bool = False) -> None:
        space, statement_id, key = self._space, self._statement, self._key()
        preferences = space.preferences.now
        self._busy = True
        self._say("")
        self._refresh()

        def work(_job: object) -> object:
            made = key()
            services = signing_services.services(preferences) if stamped else None
            return signing.sign(space.door, space.media, statement_id, made, services, another_name=another_name)

        def failed(error: AppError) -> None:
            self._busy = False
            if error.key == "signing-other-name" and self._agrees():
                self._sign(stamped=stamped, another_name=True)
                return
            self._fail(error)

        space.jobs.run(space.texts.tr("Signing"), work, lambda _: self.accept(), failed)

    def _agrees(self) -> bool:
        """Asked, not refused: people change their names, and certificates their spelling."""
        t = self._space.texts
        question = t.tr(
            "The certificate is in another name than {name}. Whoever opens the file sees both. Sign all the same?",
            name=self._name,
        )
        return confirm(self, t, question, t.tr("Sign"))

    def _fail(self, error: AppError) -> None:
        self._say(sentence(self._space.texts, error))
        self.without.setVisible(error.key == "signing-service")
        for line in (self.pin, self.passphrase):
            line.setText("")
        (self.pin if self.by_card.isChecked() else self.passphrase).setFocus()
        if error.key == "card-taken-out":
            self.look()
        self._refresh()

    def _say(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        self.without.hide()

    def reject(self) -> None:
        """While a card signs there is no way back: it is taken out, or it signs."""
        if not self._busy:
            super().reject()

    def _forget(self) -> None:
        self._over = True
        for line in (self.pin, self.passphrase):
            line.setText("")
        self._file = b""


def _secret() -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
