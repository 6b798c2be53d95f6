"""The first window: its sentences, the wait after wrong passphrases, and what a new archive needs."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from app.errors import AppError, ArchiveError
from app.i18n import Texts
from app.settings.preferences import Preferences
from app.settings.values import Remembered
from widgets.look import look as looks
from widgets.recovery import CodeDoors, RecoverDialog, RecoveryCodeDialog, RestoreDialog
from widgets.unlock import Doors, UnlockWindow

# the offscreen platform knows no least size of a window

GOOD = "ruohikko kattila yhdeksän lokki vene"


class Asked(list):
    def door(self, name: str):
        return lambda *what: self.append((name, *what))


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def window(qtbot, asked, tmp_path: Path):
    folder = tmp_path / "Home"
    folder.mkdir()
    (folder / "archive.key").touch()
    return made(qtbot, asked, tmp_path, Preferences(remembered=Remembered().with_archive(folder)))


def made(qtbot, asked, place: Path, preferences: Preferences) -> UnlockWindow:
    names = ("Aino", "Leena")
    doors = Doors(
        lambda _: names, *(asked.door(n) for n in ("unlock", "create", "recover", "restore", "demo", "cancel"))
    )
    window = UnlockWindow(Texts("en"), looks.Look(looks.LIGHT), preferences, doors, place)
    qtbot.addWidget(window)
    window.show()
    return window


def button(window, words: str) -> QPushButton:
    (found,) = [b for b in window.findChildren(QPushButton) if b.isVisible() and b.text() == words]
    return found


def wrong(window, wait: int = 0) -> None:
    window._before_busy = window._open_page
    window.failed(ArchiveError("wrong-passphrase", wait=wait))


def test_the_first_start_offers_an_archive_and_the_example(qtbot, asked, tmp_path) -> None:
    window = made(qtbot, asked, tmp_path, Preferences())
    assert button(window, "Make a new archive").isVisible()
    button(window, "Try it with example material").click()
    assert asked == [("demo", tmp_path, "")]
    button(window, "Cancel").click()
    assert asked[-1] == ("cancel",)


def test_a_passphrase_and_enter_open(window, qtbot, asked, tmp_path) -> None:
    qtbot.keyClick(window._passphrase, Qt.Key.Key_Return)
    assert asked == []
    qtbot.keyClicks(window._passphrase, "secret")
    qtbot.keyClick(window._passphrase, Qt.Key.Key_Return)
    assert asked == [("unlock", tmp_path / "Home", "Aino", "secret")]
    assert window._pages.currentWidget() is window._progress


def test_a_wrong_passphrase_is_a_sentence_and_a_fresh_field(window, qtbot) -> None:
    qtbot.keyClicks(window._passphrase, "wrong")
    button(window, "Open").click()
    window.failed(ArchiveError("wrong-passphrase"))
    assert window._trouble.isVisible()
    assert "passphrase" in window._trouble.text()
    assert window._passphrase.text() == ""
    assert window._pages.currentWidget() is window._open_page


def test_trouble_before_anything_was_asked_is_said(window) -> None:
    window.failed(AppError("disk-full"))
    assert window._trouble.isVisible()


def test_the_wait_is_the_archives_and_as_long_as_it_says(window, qtbot, asked) -> None:
    wrong(window)
    assert window._open_button.isEnabled()
    wrong(window, 2)
    assert not window._open_button.isEnabled()
    assert "2 s" in window._trouble.text()
    window._on_second()
    assert "1 s" in window._trouble.text()
    assert not window._open_button.isEnabled()
    window._passphrase.setText("again")
    qtbot.keyClick(window._passphrase, Qt.Key.Key_Return)
    assert asked == []
    window._on_second()
    assert window._open_button.isEnabled()
    assert not window._wait.isActive()
    window.failed(ArchiveError("too-many-tries", wait=900))
    assert "900 s" in window._trouble.text()
    assert not window._open_button.isEnabled()
    window.close()


def test_a_new_archive_needs_name_place_and_a_good_passphrase_twice(window, qtbot, asked, tmp_path) -> None:
    window._show_new()
    page = window._new_page
    assert not page._make.isEnabled()
    qtbot.keyClicks(page._name, "Aino Esimerkki")
    page._secret._first.setText("kissa")
    page._secret._again.setText("kissa")
    assert not page._make.isEnabled()
    page._secret._first.setText(GOOD)
    assert not page._make.isEnabled()
    assert page._secret._words.text() == "The two are not alike yet."
    page._secret._again.setText(GOOD)
    assert page._make.isEnabled()
    page._folder.setText("  ")
    assert not page._make.isEnabled()
    page._folder.setText(str(tmp_path / "New"))
    page._make.click()
    assert asked == [("create", tmp_path / "New", "Aino Esimerkki", GOOD)]


def test_a_name_typed_after_the_passphrase_still_counts(window) -> None:
    page = window._new_page
    page._folder.setText("/x")
    for line in (page._secret._first, page._secret._again):
        line.setText("Korpikuusikko Vesanen")
    page._name.setText("Someone Else")
    assert page._make.isEnabled()
    page._name.setText("Korpikuusikko Vesanen")
    assert not page._make.isEnabled()


def test_another_language_is_asked_for(window, qtbot) -> None:
    choice = next(c for c in window.findChildren(QComboBox) if c.accessibleName() == "Language")
    with qtbot.waitSignal(window.language_chosen) as chosen:
        choice.activated.emit(choice.findData("sv"))
    assert chosen.args == ["en"]


def test_a_restored_archive_is_offered(window, tmp_path) -> None:
    folder = tmp_path / "Back"
    folder.mkdir()
    (folder / "archive.key").touch()
    window.busy("Restoring", can_cancel=True)
    window.restored(folder)
    assert window._archives.currentData() == folder
    assert window._pages.currentWidget() is window._open_page


def test_recovery_needs_code_and_a_good_passphrase(qtbot) -> None:
    dialog = RecoverDialog(Texts("en"), "Aino")
    qtbot.addWidget(dialog)
    dialog._secret._first.setText(GOOD)
    dialog._secret._again.setText(GOOD)
    assert not dialog._ok.isEnabled()
    dialog._code.setText("ABCD")
    assert dialog._ok.isEnabled()
    assert (dialog.code(), dialog.passphrase()) == ("ABCD", GOOD)


def test_the_code_counts_when_it_is_typed_back(qtbot) -> None:
    doors = CodeDoors(lambda typed: typed == "ABCD-EFGH", lambda _: None)
    dialog = RecoveryCodeDialog(Texts("en"), "Aino", "ABCD-EFGH", doors)
    qtbot.addWidget(dialog)
    page = dialog.page
    page._typed.setText("ABCD")
    qtbot.keyClick(page._typed, Qt.Key.Key_Return)
    assert dialog.result() == 0
    assert "letter by letter" in page._trouble.text()
    page._typed.setText("ABCD-EFGH")
    qtbot.keyClick(page._typed, Qt.Key.Key_Return)
    assert dialog.result() == 1


def test_a_new_archive_leads_to_its_workers_own_code(window, qtbot) -> None:
    went: list[bool] = []
    window.show_code(
        "Aino Esimerkki", "ABCD-EFGH", CodeDoors(lambda _: True, lambda _: None), lambda: went.append(True)
    )
    shown = [e for e in window.findChildren(QLineEdit) if e.isVisible() and e.isReadOnly()]
    assert [e.text() for e in shown] == ["ABCD-EFGH"]
    button(window, "Later").click()
    assert went == [True]


def test_a_restore_needs_all_three(qtbot, tmp_path) -> None:
    dialog = RestoreDialog(Texts("en"), tmp_path)
    qtbot.addWidget(dialog)
    ok = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Restore")
    assert not ok.isEnabled()
    dialog._backup.setText(str(tmp_path / "b"))
    dialog._secret.setText("x")
    assert ok.isEnabled()
    dialog._target.clear()
    assert not ok.isEnabled()
    assert all(e.accessibleName() for e in dialog.findChildren(QLineEdit))
