"""A disk that died in mid-session: what is lost is said, all else goes on, and a new archive comes of what is whole."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit

from app import paths
from app.bootstrap import Program
from app.model.people import Case
from app.model.statement import Paragraph
from app.settings.preferences import Preferences
from storage.rescue.reading import Reading
from storage.rescue.sealed_pages import PAGE, SealedPages
from tests.drivers.hands import Hands, Key
from tests.drivers.page_damage import TABLES_OF, keys_of
from tests.material.golden import AINO, PASSPHRASE, golden
from widgets.desk.desk_screen import DeskScreen


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Opened here before, so that the program offers it when it starts."""
    folder = golden("final", tmp_path / "Havainto")
    Preferences(paths.settings_file()).remember_archive(folder)
    return folder


def pages_of(folder: Path, kind: str) -> set[int]:
    with SealedPages(folder / "archive.db", keys_of(folder).database) as pages:
        return {page for _, on in Reading(pages, TABLES_OF).placed(kind) for page in on}


def die(folder: Path, pages: set[int]) -> None:
    """These pages of the database give something else from now on."""
    with (folder / "archive.db").open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE + 1000)
            file.write(b"\xff" * 8)


def type_passphrase(hands: Hands, program: Program) -> None:
    first = program.unlock_window
    assert first is not None
    hands.bot.waitExposed(first)
    assert hands.named(first, "Kuka olet?", QComboBox).currentText() == AINO
    field = hands.named(first, "Salalause", QLineEdit)
    hands.type(field, PASSPHRASE)
    hands.key(field, Key.Key_Return)


def test_what_a_dead_disk_took_is_said_and_what_is_whole_goes_into_a_new_archive(
    archive: Path, program: Program, hands: Hands, tmp_path: Path
) -> None:
    lost = pages_of(archive, "paragraph")
    type_passphrase(hands, program)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    space = program.workspace
    assert space is not None
    hands.until(lambda: not space.jobs.running)
    (case,) = space.store.find(Case)
    die(archive, lost)
    window = program.window
    QTimer.singleShot(0, lambda: window.go("statement", case_id=case.id))
    hands.until(lambda: "Osa arkistosta on levyllä vioittunut" in hands.words(program.window))
    hands.press(program.window, "Työpöytä")
    assert hands.one(program.window, DeskScreen).isVisible()
    assert space.store.find(Case) == (case,)
    hands.press(program.window, "Pelastus…")
    hands.until(lambda: program.unlock_window is not None and program.unlock_window.isVisible())
    assert "Osa tästä arkistosta on vioittunut." in hands.words(program.unlock_window)
    type_passphrase(hands, program)
    hands.until(lambda: "Tietokannan sivuista" in hands.words(program.unlock_window))
    new = tmp_path / "Pelastettu"

    def choose(dialog: QDialog) -> None:
        hands.fill(hands.named(dialog, "Uuden arkiston kansio (tyhjä)", QLineEdit), str(new))
        hands.press(dialog, "Pelasta")

    hands.answering(choose, lambda: hands.press(program.unlock_window, "Pelasta uuteen arkistoon…"))
    hands.until(lambda: "Uusi arkisto on valmis ja tarkistettu" in hands.words(program.unlock_window))
    hands.press(program.unlock_window, "Avaa uusi arkisto")
    type_passphrase(hands, program)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    opened = program.workspace
    assert opened is not None
    assert opened.archive.folder == new
    assert opened.store.find(Case) == (case,)
    assert len(opened.store.find(Paragraph)) > 30  # from the history of changes
    assert not opened.notices.standing
