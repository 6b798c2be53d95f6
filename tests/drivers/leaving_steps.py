"""A statement on its way out: read by one whom it is about, signed with a file, covered for another, handed over."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit

from app.model.reading import Treatment
from tests.drivers.hands import Hands
from tests.drivers.statement_steps import Writer
from tests.material.signing_keys import PASSPHRASE, signer
from widgets.forms.file_dialogs import FileDialogs
from widgets.forms.inputs import Choice
from widgets.statement.copy_dialog import CopyDialog
from widgets.statement.delivery_dialog import DeliveryDialog
from widgets.statement.reading_note import ReadingNote
from widgets.statement.reading_view import ReadingView
from widgets.statement.sign_dialog import SignDialog

#: what a comment is, as the workers choose it
CALLED = {Treatment.FACT: "tosiasia korjattavaksi", Treatment.VIEW: "eriävä näkemys"}


def read_with(writer: Writer, called: str, said: dict[str, str]) -> str:
    """One reads it on the screen and says something of sections, by their keys; gives all that the screen showed."""
    hands, shown = writer.hands, []

    def read(view: QDialog) -> None:
        assert isinstance(view, ReadingView)
        shown.append(hands.words(view))
        for section, words in said.items():
            hands.type(view.fields[section], words)
        hands.press(view, "Tehty")

    def note(dialog: QDialog) -> None:
        assert isinstance(dialog, ReadingNote)
        hands.answering(read, lambda: hands.press(dialog, "Näytä lukijalle"))
        hands.press(dialog, "Kirjaa läpikäynti")

    begin = hands.named(writer.room.readings, f"Käy läpi… {called}", QAbstractButton)
    hands.answering(note, lambda: hands.click(begin))
    return shown[0]


def treat(writer: Writer, section: str, as_what: Treatment) -> None:
    """What the comment on a section is, chosen beside it."""
    writer.hands.settle()
    number = f"{writer.numbered(section)}"
    choice = writer.hands.named(writer.room.readings, f"Mikä kommentti on: {number}", Choice)
    writer.hands.choose(choice, CALLED[as_what])


def sign_with_file(writer: Writer, who: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The header's press, a file of the signer's own, its passphrase by keys."""
    hands, path = writer.hands, folder / f"{who}.p12"
    path.write_bytes(signer(who).file())
    monkeypatch.setattr(FileDialogs, "open", lambda *_: path)

    def use(dialog: QDialog) -> None:
        assert isinstance(dialog, SignDialog)
        hands.click(dialog.by_file)
        hands.press(dialog, "Valitse tiedosto…")
        hands.type(dialog.passphrase, PASSPHRASE)
        hands.press(dialog, "Allekirjoita")
        hands.until(lambda: not dialog.isVisible() or dialog.trouble.isVisible())
        assert not dialog.trouble.isVisible(), dialog.trouble.text()

    hands.answering(use, lambda: hands.press(writer.screen, "Allekirjoita…"))


def copy_for(writer: Writer, called: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A redacted copy for somebody of the case, of what is proposed alone."""
    hands = writer.hands
    monkeypatch.setattr(FileDialogs, "save", lambda *_: path)

    def use(dialog: QDialog) -> None:
        assert isinstance(dialog, CopyDialog)
        hands.choose(dialog.who, called)
        hands.press(dialog, "Ehdota")
        hands.until(dialog.make.isEnabled)
        hands.press(dialog, "Tee kopio")
        hands.until(lambda: dialog.made is not None or not writer.program.workspace.jobs.running)
        assert dialog.made is not None, hands.words(writer.program.window)

    in_sight(writer, "Uusi peitetty kopio…")
    hands.answering(use, lambda: hands.press(writer.room.panel, "Uusi peitetty kopio…"))
    hands.until(path.exists)
    return path.read_bytes()


def deliver(hands: Hands, writer: Writer, who: str, copy: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand a copy over as it is; `copy` is how its line begins."""
    folder.mkdir()
    monkeypatch.setattr(FileDialogs, "folder", lambda *_: folder)

    def use(dialog: QDialog) -> None:
        assert isinstance(dialog, DeliveryDialog)
        line = dialog.who.lineEdit()
        assert isinstance(line, QLineEdit)
        hands.fill(line, who)
        rows = [dialog.what.itemText(n) for n in range(dialog.what.count())]
        hands.choose(dialog.what, next(row for row in rows if row.startswith(copy)))
        hands.choose(dialog.file, "Sellaisenaan, salaamatta")
        hands.press(dialog, "Toimita")
        hands.until(lambda: dialog.made is not None or dialog.wrong.isVisible())
        assert dialog.made is not None, dialog.wrong.text()

    in_sight(writer, "Toimita…")
    hands.answering(use, lambda: hands.press(writer.room.panel, "Toimita…"))


def in_sight(writer: Writer, words: str) -> None:
    """What is at the right of a final version is there anew when its signatures were read."""
    hands = writer.hands
    hands.until(lambda: not writer.program.workspace.jobs.running and words in hands.words(writer.room.panel))
    hands.settle()
