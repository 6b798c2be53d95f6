"""The recovery code: shown and printed once, typed back once; and the dialogs that open or restore with secrets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QWidget

from app.errors import AppError
from app.i18n import Texts, now
from app.paths import free_folder
from app.reports.letters import told
from widgets.folding import size_to_fit
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.heard import telling
from widgets.look.parts import beside, button, field, label, primary_button, stacked
from widgets.new_archive import PassphraseFields

if TYPE_CHECKING:
    from app.workspace import Workspace


@dataclass(frozen=True)
class CodeDoors:
    """What the page can ask for: whether what was typed is the code, and a sheet for the printer.

    `save_sheet` tells whether it was written; else it has said why not.
    """

    confirm: Callable[[str], bool]
    save_sheet: Callable[[Path], bool]


class RecoveryCodePage(QWidget):
    """Shows a worker's new recovery code; it counts only when it has been typed back from the paper.

    `done` is told whether it was taken into use.
    """

    def __init__(self, texts: Texts, owner: str, code: str, doors: CodeDoors, done: Callable[[bool], None]) -> None:
        super().__init__()
        self._texts, self._doors, self._done, self._owner = texts, doors, done, owner
        shown = QLineEdit(code)
        shown.setReadOnly(True)
        shown.setAccessibleName(texts.tr("Recovery code"))
        shown.setCursorPosition(0)
        self._typed = QLineEdit()
        self._typed.returnPressed.connect(self._on_confirm)
        letters = texts.tr(
            "Capitals, spaces and dashes do not matter. 0 and 1 are digits; the letters O, I, L and U are not used."
        )
        self._trouble = label("", "danger", wrap=True)
        self._trouble.hide()
        self._saved = label("", "muted", wrap=True)
        self._saved.hide()
        unshown = label(told(texts, [owner]), "muted", wrap=True)
        unshown.setVisible(bool(unshown.text()))
        column = stacked(
            label(texts.tr("{name}: recovery code", name=owner), "heading"),
            label(
                texts.tr(
                    "If {name} forgets the passphrase, only this code opens {name}'s own sign-in. Print it and "
                    "keep the paper locked away, not beside the computer. Each worker has an own code.",
                    name=owner,
                ),
                wrap=True,
            ),
            shown,
            beside(button(texts.tr("Save as PDF for printing…"), self._on_save), None),
            self._saved,
            unshown,
            field(texts.tr("Type the code here from the paper"), self._typed, letters),
            self._trouble,
            beside(
                button(texts.tr("Later"), lambda: done(False), "quiet"),
                None,
                primary_button(texts.tr("Take into use"), self._on_confirm),
            ),
            spacing=14,
        )
        column.addStretch(1)
        self.setLayout(column)
        self.setFocusProxy(self._typed)

    def _on_save(self) -> None:
        name = f"{self._texts.tr('Havainto recovery code')} {self._owner}.pdf"
        chosen = FileDialogs(self).save(self._texts.tr("Save as PDF"), name, PDF)
        if chosen is None:
            return
        is_saved = self._doors.save_sheet(chosen)
        words = self._texts.tr("Saved: {file}. Print it, then delete the file: it opens the sign-in.", file=chosen.name)
        self._saved.setText(words if is_saved else "")
        self._saved.setVisible(is_saved)
        if is_saved:
            telling.say(self._saved, words)

    def _on_confirm(self) -> None:
        if self._doors.confirm(self._typed.text()):
            self._done(True)
        else:
            self._trouble.setText(self._texts.tr("That is not the code. Check it letter by letter."))
            self._trouble.show()


class RecoveryCodeDialog(QDialog):
    """The same page over a screen, for a new code in the settings."""

    def __init__(self, texts: Texts, owner: str, code: str, doors: CodeDoors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.tr("Recovery code"))
        size_to_fit(self, 560, 500)
        self.page = RecoveryCodePage(texts, owner, code, doors, self._on_done)
        self.setLayout(stacked(self.page, margins=(24, 24, 24, 20)))

    def _on_done(self, taken: bool) -> None:
        self.done(QDialog.DialogCode.Accepted if taken else QDialog.DialogCode.Rejected)


def show_code(space: Workspace, owner: str, code: str, confirm: Callable[[str], bool], parent: QWidget | None) -> None:
    """A worker's new code over a screen, until it is typed back or put off; the paper is written where one asks."""

    def save(path: Path) -> bool:
        from app.reports.recovery_sheet import write_recovery_sheet

        try:
            write_recovery_sheet(path, code, owner, space.texts, now())
        except AppError as error:
            space.notices.trouble(error)
            return False
        return True

    dialog = RecoveryCodeDialog(space.texts, owner, code, CodeDoors(confirm, save), parent)
    if dialog.exec():
        space.notices.done(space.texts.tr("The recovery code is in use."))


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
        self._ok.setDefault(True)  # Enter in a field sends the form
        self.setLayout(
            stacked(
                label(texts.tr("New passphrase for {name}", name=name), "title"),
                field(texts.tr("Recovery code"), self._code),
                self._secret,
                None,
                beside(button(texts.tr("Cancel"), self.reject, "quiet"), None, self._ok),
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )
        size_to_fit(self, 480, 420)
        self._on_change()

    def code(self) -> str:
        return self._code.text()

    def passphrase(self) -> str:
        return self._secret.passphrase()

    def _on_change(self) -> None:
        self._ok.setEnabled(bool(self._code.text().strip()) and self._secret.is_good())


def folder_field(texts: Texts, over: QDialog, name: str, line: QLineEdit) -> QWidget:
    """A folder to be typed, or chosen with the button beside it."""

    def choose() -> None:
        chosen = FileDialogs(over).folder(name, line.text())
        if chosen is not None:
            line.setText(str(chosen))

    holder = QWidget()
    row = beside(line, button(texts.tr("Choose…"), choose))
    row.setStretch(0, 1)
    line.setAccessibleName(name)
    holder.setLayout(stacked(label(name, "caption"), row, spacing=4))
    return holder


class RestoreDialog(QDialog):
    """Which backup, where to, and a passphrase that was valid when it was made."""

    def __init__(self, texts: Texts, place: Path, parent: QWidget | None = None, *, backup: Path | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.tr("Restore from a backup"))
        self._backup = QLineEdit("" if backup is None else str(backup))
        self._target, self._secret = QLineEdit(str(free_folder(place))), QLineEdit()
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
                folder_field(texts, self, texts.tr("Backup's folder"), self._backup),
                folder_field(texts, self, texts.tr("New archive's folder (empty)"), self._target),
                field(texts.tr("Passphrase"), self._secret),
                buttons,
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )
        size_to_fit(self, 560, 320)
        self._on_change()

    def _on_change(self) -> None:
        """An empty field would mean the folder that the program happened to be started in."""
        filled = (self._backup.text().strip(), self._target.text().strip(), self._secret.text())
        self._ok.setEnabled(all(filled))

    def backup(self) -> Path:
        return Path(self._backup.text())

    def target(self) -> Path:
        return Path(self._target.text())

    def passphrase(self) -> str:
        return self._secret.text()
