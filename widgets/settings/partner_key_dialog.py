"""A partner's receiving key is entered, and made sure of by the digits that the partner reads out.

The digits are typed as they were heard and are not shown before: who only has to say that they are right says so.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.error_texts import sentence
from app.errors import AppError, InputError
from app.model.receiving_key import MOST_CHARACTERS
from app.packages.partners import Partner, add_partner, namesakes, replace_key
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.forms.file_dialogs import FileDialogs
from widgets.look.parts import beside, button, field, label, primary_button, stacked

TEXT_FILES = "Text (*.txt)"


class PartnerKeyDialog(QDialog):
    """Closes by itself when the key is in use; what is wrong is said in it, and nothing that was typed is lost."""

    def __init__(self, workspace: Workspace, own: str, partner: Partner | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._space, self._own_key, self._partner = workspace, own, partner
        t = workspace.texts
        self.setWindowTitle(t.tr("A partner's key") if partner is None else t.tr("Another key"))
        size_to_fit(self, 560, 460)
        self._name, self._key, self._heard = QLineEdit(self), QLineEdit(), QLineEdit()
        self._name.setVisible(partner is None)
        self._name.setPlaceholderText(t.tr("First and last name"))
        self._key.setPlaceholderText("age1…")
        self._key.setMaxLength(MOST_CHARACTERS)
        self._heard.setPlaceholderText("12345 12345 12345 12345 12345 12345")
        for line in (self._name, self._key, self._heard):
            line.textChanged.connect(self._on_change)
        self._same_name = label("", "danger", wrap=True)
        self._wrong = label("", "danger", wrap=True)
        self._ok = primary_button(t.tr("Take into use"), self._take)
        self._ok.setDefault(True)  # Enter in a field sends the form
        opens = button(t.tr("Open a file…"), self._open)
        call = t.tr("Call your partner on a number that you know, and type what they read from their own screen.")
        self.setLayout(
            stacked(
                self._whose(),
                self._same_name,
                field(t.tr("Receiving key"), self._key),
                beside(opens, None),
                field(t.tr("Digits as you heard them"), self._heard, call),
                self._wrong,
                None,
                beside(button(t.tr("Cancel"), self.reject, "quiet"), None, self._ok),
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )
        self._on_change()

    def _whose(self) -> QWidget:
        """The name to be written, or whose key changes and since when the one before counted."""
        t, held = self._space.texts, QWidget()
        if self._partner is None:
            held.setLayout(field(t.tr("Whose key"), self._name))
            return held
        name, day = self._partner.person.name, t.date(self._partner.key.confirmed.astimezone().date())
        told = t.tr(
            "The key of {name} that counts now was made sure of on {day}. A key changes only with a new archive or a "
            "new sign-in: ask why before you take another one.",
            name=name,
            day=day,
        )
        held.setLayout(stacked(label(name, "title", wrap=True), label(told, "muted", wrap=True)))
        return held

    def _on_change(self) -> None:
        named = self._partner is not None or bool(self._name.text().strip())
        self._ok.setEnabled(named and bool(self._key.text().strip()) and bool(self._heard.text().strip()))
        self._wrong.hide()
        same = namesakes(self._space.store, self._name.text()) if self._partner is None else ()
        self._same_name.setVisible(bool(same))
        if same:
            self._same_name.setText(
                self._space.texts.tr(
                    "You have a key of a partner of this name, made sure of on {day}. If it is the same person, choose "
                    "Another key… in the list instead; else you have two partners of one name.",
                    day=self._space.texts.date(same[0].key.confirmed.astimezone().date()),
                )
            )

    def _open(self) -> None:
        path = FileDialogs(self).open(self._space.texts.tr("Receiving key"), TEXT_FILES)
        if path is None:
            return
        try:
            self._key.setText(_text_of(path))
        except AppError as error:
            self._say(error)

    def _take(self) -> None:
        door, texts, key, heard = self._space.door, self._space.texts, self._key.text(), self._heard.text()
        try:
            if self._partner is None:
                add_partner(door, texts, self._own_key, self._name.text(), key, heard)
            else:
                replace_key(door, texts, self._own_key, self._partner, key, heard)
        except AppError as error:
            self._say(error)
            return
        self.accept()

    def _say(self, error: AppError) -> None:
        self._wrong.setText(sentence(self._space.texts, error))
        self._wrong.show()


def _text_of(path: Path) -> str:
    """The beginning of a file as one line. Raises InputError(`receiving-key-missing`) for what is no such file."""
    try:
        with path.open("rb") as read:
            return " ".join(read.read(MOST_CHARACTERS).decode("utf-8", "replace").split())
    except OSError as error:
        raise InputError("receiving-key-missing") from error
