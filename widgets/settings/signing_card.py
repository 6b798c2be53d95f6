"""How statements are signed on this computer: a driver of one's own, and services that are asked only when set here."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.workspace import Workspace
from widgets.forms.file_dialogs import FileDialogs
from widgets.look.parts import Card, beside, button, field, label, stacked


class SigningCard(Card):
    """What is chosen is kept at once."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(spacing=16, padding=20)
        self._texts, self._preferences = workspace.texts, workspace.preferences
        t = self._texts
        self.driver, self.issuers = label("", "muted", wrap=True), label("", "muted", wrap=True)
        self.column.addWidget(
            self._file(
                t.tr("Driver of the card, if it is not found by itself"), self.driver, "card_driver",
                t.tr("Usual drivers are found when the card's own software is installed. Yours is tried last."),
            )
        )  # fmt: skip
        self.service = QLineEdit(self._preferences.now.time_stamp_service)
        self.service.setPlaceholderText("https://")
        self.service.setMaximumWidth(520)
        self.service.editingFinished.connect(self._on_service)
        self.column.addLayout(
            field(
                t.tr("Address of a time stamp service"), self.service,
                t.tr(
                    "Left empty, signing asks no other computer. With an address, a checksum of the signature goes "
                    "there and a time comes back; nothing of the text leaves this computer."
                ),
            )
        )  # fmt: skip
        self.column.addWidget(
            self._file(
                t.tr("Certificates of issuers, to ask whether a certificate was revoked"), self.issuers, "issuers_file",
                t.tr(
                    "Only with a time stamp service. What the issuers answer goes into the file, to be checked later."
                ),
            )
        )  # fmt: skip
        self.refresh()

    def _file(self, name: str, shown: QLabel, setting: str, about: str) -> QWidget:
        t = self._texts
        choose = button(t.tr("Choose a file…"), lambda: self._choose(name, setting))
        leave = button(t.tr("Leave out"), lambda: self._keep(setting, ""), "quiet")
        for made_of in (choose, leave):
            made_of.setAccessibleName(f"{made_of.text()}: {name}")
        made = QWidget()
        made.setLayout(
            stacked(
                label(name, "caption"), shown, beside(choose, leave, None), label(about, "caption", wrap=True),
                spacing=4,
            )
        )  # fmt: skip
        return made

    def refresh(self) -> None:
        """As it is kept now."""
        t, now = self._texts, self._preferences.now
        self.driver.setText(now.card_driver or t.tr("none of your own"))
        self.issuers.setText(now.issuers_file or t.tr("none"))
        self.service.setText(now.time_stamp_service)

    def _choose(self, name: str, setting: str) -> None:
        path = FileDialogs(self).open(name, "")
        if path is not None:
            self._keep(setting, str(path))

    def _keep(self, setting: str, value: str) -> None:
        self._preferences.change(**{setting: value})
        self.refresh()

    def _on_service(self) -> None:
        """An address, or nothing; what can be none is put back as it was."""
        typed = self.service.text().strip()
        if typed and not typed.startswith(("https://", "http://")):
            typed = f"https://{typed}"
        self._keep("time_stamp_service", typed)
