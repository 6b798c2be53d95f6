"""Into the archive and out of it: made, signed in to, locked, and a second worker let in."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QToolButton, QWidget

from app.bootstrap import Program
from tests.drivers.hands import Hands, Key
from widgets.recovery import RecoveryCodePage
from widgets.second_worker import SecondWorker

AINO, LEENA = "Aino Kivi", "Leena Salo"
SECRETS = {AINO: "kettu lampaat ruiskukka 7 valtameri", LEENA: "porkkana ikkuna kuutamo 3 villasukka"}


def make_archive(hands: Hands, program: Program, place: Path) -> None:
    """The first start: name, passphrase twice, *Tee arkisto*, and the recovery code typed from the paper."""
    first = begin_archive(hands, program)
    _type_code_back(hands, first)
    hands.until(lambda: any(p.isVisible() for p in first.findChildren(SecondWorker)))
    hands.press(first, "Myöhemmin")
    hands.until(lambda: program.window is not None and program.window.isVisible())
    hands.until(lambda: program.unlock_window is None)
    assert (place / "Havainto" / "archive.key").exists()


def begin_archive(hands: Hands, program: Program) -> QWidget:
    """The same until the first window shows the recovery code."""
    first = program.unlock_window
    assert first is not None
    hands.bot.waitExposed(first)
    hands.press(first, "Tee uusi arkisto")
    hands.type(hands.named(first, "Nimesi", QLineEdit), AINO)
    _type_passphrase_twice(hands, first, AINO)
    hands.press(first, "Tee arkisto")
    hands.until(lambda: any(p.isVisible() for p in first.findChildren(RecoveryCodePage)))
    return first


def _type_code_back(hands: Hands, within: QWidget) -> None:
    """The recovery code that is shown, typed from the paper."""
    hands.until(lambda: any(p.isVisible() for p in within.findChildren(RecoveryCodePage)))
    shown = hands.named(within, "Palautuskoodi", QLineEdit)
    hands.type(hands.named(within, "Kirjoita koodi tähän paperilta", QLineEdit), shown.text())
    hands.press(within, "Ota käyttöön")


def _type_passphrase_twice(hands: Hands, within: QWidget, name: str) -> None:
    for field in ("Salalause", "Salalause uudelleen"):
        hands.type(hands.named(within, field, QLineEdit), SECRETS[name])


def make_archive_of_two(hands: Hands, program: Program, place: Path) -> None:
    """The first start where the work partner is there too: both get a passphrase and a code before the desk."""
    first = begin_archive(hands, program)
    _type_code_back(hands, first)
    hands.until(lambda: any(p.isVisible() for p in first.findChildren(SecondWorker)))
    hands.type(hands.named(first, "Työparin nimi", QLineEdit), LEENA)
    _type_passphrase_twice(hands, first, LEENA)
    hands.press(first, "Lisää työpari")
    _type_code_back(hands, first)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    hands.until(lambda: program.unlock_window is None)
    assert (place / "Havainto" / "archive.key").exists()


def add_second_worker(hands: Hands, program: Program) -> None:
    """Settings, *Lisää työntekijä…*, and Leena types her own passphrase."""
    window = program.window
    assert window is not None
    window.go("settings", part="workers")

    def fill(dialog: QWidget) -> None:
        hands.type(hands.named(dialog, "Nimi", QLineEdit), LEENA)
        _type_passphrase_twice(hands, dialog, LEENA)
        hands.press(dialog, "Lisää")

    hands.answering(fill, lambda: hands.press(window, "Lisää työntekijä…"))
    hands.answering(lambda dialog: _type_code_back(hands, dialog), hands.settle)
    hands.until(lambda: any(part.text() == LEENA for part in window.findChildren(QLabel) if part.isVisible()))


def lock(hands: Hands, program: Program) -> None:
    """Through the menu; afterwards nothing of the archive is open."""
    window = program.window
    assert window is not None
    menus = [b.menu() for b in window.findChildren(QToolButton) if b.menu() is not None]
    action = next(a for menu in menus for a in menu.actions() if a.text().startswith("Lukitse ohjelma"))
    action.trigger()
    hands.until(lambda: program.window is None and program.unlock_window is not None)
    hands.settle()
    assert program.workspace is None


def sign_in(hands: Hands, program: Program, name: str) -> None:
    """In the unlock window: who, and the passphrase."""
    first = program.unlock_window
    assert first is not None
    hands.bot.waitExposed(first)
    names = hands.named(first, "Kuka olet?", QComboBox)
    for _ in range(names.count()):
        if names.currentText() != name:
            hands.key(names, Key.Key_Down)
    if names.currentText() != name:
        hands.key(names, Key.Key_Home)
    assert names.currentText() == name
    secret = hands.named(first, "Salalause", QLineEdit)
    hands.type(secret, SECRETS[name])
    hands.key(secret, Key.Key_Return)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    assert program.workspace is not None
    assert program.workspace.worker.name == name
