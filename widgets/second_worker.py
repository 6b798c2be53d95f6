"""The last step of a new archive: the work partner, who codes the same films alone, gets a sign-in of their own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import Texts
from widgets.look.parts import Card, beside, button, field, label, primary_button, stacked
from widgets.new_archive import PassphraseFields


class SecondWorker(QWidget):
    """`add(name, passphrase)` when the partner typed both here; `skip` leaves it for the settings."""

    def __init__(self, texts: Texts, add: Callable[[str, str], None], skip: Callable[[], None]) -> None:
        super().__init__()
        self._add = add
        self._name = QLineEdit()
        self._name.setPlaceholderText(texts.tr("First and last name"))
        self._name.textChanged.connect(self._on_change)
        self._secret = PassphraseFields(texts, self._on_change)
        self._ok = primary_button(texts.tr("Add the work partner"), self._on_add)
        for typed in (self._name.returnPressed, self._secret.sent):
            typed.connect(self._ok.click)
        words = texts.tr(
            "A meeting is coded by two, each alone. If your work partner is here, they can choose an own passphrase "
            "now. Nobody else opens their coding before both are ready. It can also be done later in the settings."
        )
        column = stacked(
            Card(
                label(texts.tr("Your work partner"), "heading"),
                label(words, "muted", wrap=True),
                field(texts.tr("Your work partner's name"), self._name),
                self._secret,
                beside(button(texts.tr("Later"), skip, "quiet"), None, self._ok),
                spacing=14,
                padding=24,
            )
        )
        column.addStretch(1)
        self.setLayout(column)
        self._on_change()

    def begin(self) -> None:
        """The keys go to the first field."""
        self._name.setFocus()

    def _on_change(self) -> None:
        self._secret.think_of(self._name.text())
        self._ok.setEnabled(bool(self._name.text().strip()) and self._secret.is_good())

    def _on_add(self) -> None:
        self._add(self._name.text().strip(), self._secret.passphrase())
