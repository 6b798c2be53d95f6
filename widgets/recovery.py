"""The recovery code: shown and printed once, typed back once; and the dialogs that open or restore with secrets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLineEdit, QWidget

from app.i18n import Texts
from widgets.look.parts import beside, button, field, label, primary_button, stacked
from widgets.new_archive import PassphraseFields


class RecoveryCodeDialog(QDialog):
    """Shows a new recovery code; it counts only when it has been typed back from the paper."""

    def __init__(
        self,
        texts: Texts,
        code: str,
        confirm: Callable[[str], bool],
        save_sheet: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.tr("Recovery code"))
        self.resize(560, 420)
        self._texts, self._confirm, self._save_sheet = texts, confirm, save_sheet
        shown = QLineEdit(code)
        shown.setReadOnly(True)
        shown.setAccessibleName(texts.tr("Recovery code"))
        mono = QFont(shown.font())
        mono.setPixelSize(16)
        shown.setFont(mono)
        self._typed = QLineEdit()
        self._typed.returnPressed.connect(self._on_confirm)
        self._trouble = label("", "danger", wrap=True)
        self.setLayout(
            stacked(
                label(texts.tr("Recovery code"), "heading"),
                label(
                    texts.tr(
                        "With this code the archive opens if the passphrase is forgotten. Print it and keep the paper "
                        "locked away, not beside the computer."
                    ),
                    wrap=True,
                ),
                shown,
                beside(button(texts.tr("Save as PDF for printing…"), self._on_save), None),
                field(texts.tr("Type the code here from the paper"), self._typed),
                self._trouble,
                beside(
                    button(texts.tr("Later"), self.reject, "quiet"),
                    None,
                    primary_button(texts.tr("Take into use"), self._on_confirm),
                ),
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )
        self._typed.setFocus()

    def _on_save(self) -> None:
        name = self._texts.tr("Havainto recovery code") + ".pdf"
        chosen, _ = QFileDialog.getSaveFileName(self, self._texts.tr("Save as PDF"), name, "PDF (*.pdf)")
        if chosen:
            self._save_sheet(Path(chosen))

    def _on_confirm(self) -> None:
        if self._confirm(self._typed.text()):
            self.accept()
        else:
            self._trouble.setText(self._texts.tr("That is not the code. Check it letter by letter."))


class RecoverDialog(QDialog):
    """The recovery code, and a new passphrase for whoever lost theirs."""

    def __init__(self, texts: Texts, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.tr("Open with the recovery code"))
        self._code = QLineEdit()
        self._code.textChanged.connect(self._on_change)
        self._secret = PassphraseFields(texts, self._on_change)
        self._secret.think_of(name)
        self._ok = primary_button(texts.tr("Open"), self.accept)
        self.setLayout(
            stacked(
                label(texts.tr("New passphrase for {name}", name=name), "title"),
                field(texts.tr("Recovery code"), self._code),
                self._secret,
                beside(button(texts.tr("Cancel"), self.reject, "quiet"), None, self._ok),
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )
        self.resize(480, 420)
        self._on_change()

    def code(self) -> str:
        return self._code.text()

    def passphrase(self) -> str:
        return self._secret.passphrase()

    def _on_change(self) -> None:
        self._ok.setEnabled(bool(self._code.text().strip()) and self._secret.is_good())


class RestoreDialog(QDialog):
    """Which backup, where to, and a passphrase that was valid when it was made."""

    def __init__(self, texts: Texts, place: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.tr("Restore from a backup"))
        self._texts = texts
        self._backup, self._target, self._secret = QLineEdit(), QLineEdit(str(place / "Havainto")), QLineEdit()
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        buttons = QDialogButtonBox()
        ok = buttons.addButton(texts.tr("Restore"), QDialogButtonBox.ButtonRole.AcceptRole)
        ok.setProperty("kind", "primary")
        buttons.addButton(texts.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._ok = ok
        for line in (self._backup, self._target, self._secret):
            line.textChanged.connect(self._on_change)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(
            stacked(
                label(texts.tr("Restore from a backup"), "title"),
                self._folder_field(texts.tr("Backup's folder"), self._backup),
                self._folder_field(texts.tr("New archive's folder (empty)"), self._target),
                field(texts.tr("Passphrase"), self._secret),
                buttons,
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )
        self.resize(560, 320)
        self._on_change()

    def _on_change(self) -> None:
        """An empty field would mean the folder that the program happened to be started in."""
        filled = (self._backup.text().strip(), self._target.text().strip(), self._secret.text())
        self._ok.setEnabled(all(filled))

    def _folder_field(self, name: str, line: QLineEdit) -> QWidget:
        def choose() -> None:
            chosen = QFileDialog.getExistingDirectory(self, name, line.text())
            if chosen:
                line.setText(chosen)

        holder = QWidget()
        row = beside(line, button(self._texts.tr("Choose…"), choose))
        row.setStretch(0, 1)
        line.setAccessibleName(name)
        holder.setLayout(stacked(label(name, "caption"), row, spacing=4))
        return holder

    def backup(self) -> Path:
        return Path(self._backup.text())

    def target(self) -> Path:
        return Path(self._target.text())

    def passphrase(self) -> str:
        return self._secret.text()
