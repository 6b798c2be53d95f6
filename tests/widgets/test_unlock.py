"""The first window: its sentences, the wait after wrong passphrases, and what a new archive needs."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QProgressBar, QPushButton

from app.errors import AppError, ArchiveError
from app.i18n import Texts
from app.office import rescue_words
from app.paths import free_folder
from app.ports.rescue import FilesFound, Found, KindFound, KnownBackup
from app.settings.preferences import Preferences
from app.settings.values import Remembered
from storage.store.kinds import KINDS
from tests.drivers.hands import Hands
from widgets.forms import file_dialogs
from widgets.look import look as looks
from widgets.recovery import CodeDoors, RecoverDialog, RecoveryCodeDialog, RestoreDialog
from widgets.unlock import Doors, UnlockWindow

DOORS = ("unlock", "create", "recover", "restore", "demo", "cancel", "look", "rescue")
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
    doors = Doors(lambda _: names, *map(asked.door, DOORS))
    window = UnlockWindow(Texts("en"), looks.Look(looks.LIGHT), preferences, doors, place)
    qtbot.addWidget(window)
    window.show()
    return window


def shown(qtbot, dialog):
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def secret(hands: Hands, window) -> QLineEdit:
    return hands.named(window, "Passphrase", QLineEdit)


def twice(hands: Hands, window, passphrase: str, again: str | None = None) -> None:
    secret(hands, window).setText(passphrase)
    hands.named(window, "Passphrase again", QLineEdit).setText(passphrase if again is None else again)


def wrong(hands: Hands, window, wait: int = 0) -> None:
    """Somebody opens with a wrong passphrase, and the archive says how long to wait."""
    secret(hands, window).setText("wrong")
    hands.press(window, "Open")
    window.failed(ArchiveError("wrong-passphrase", wait=wait))


def a_second_passes(hands: Hands, window) -> bool:
    """Whether the window waits on."""
    second = hands.clock(window)
    assert second.isActive()
    second.timeout.emit()
    return second.isActive()


def test_the_first_start_offers_an_archive_and_the_example(qtbot, hands, asked, tmp_path) -> None:
    window = made(qtbot, asked, tmp_path, Preferences())
    assert hands.button(window, "Make a new archive").isEnabled()
    hands.press(window, "Try it with example material")
    assert asked == [("demo", tmp_path, "")]
    hands.press(window, "Cancel")
    assert asked[-1] == ("cancel",)


def test_a_passphrase_and_enter_open(window, hands, asked, tmp_path) -> None:
    hands.key(secret(hands, window), Qt.Key.Key_Return)
    assert asked == []
    field = secret(hands, window)
    hands.type(field, "secret")
    hands.key(field, Qt.Key.Key_Return)
    assert asked == [("unlock", tmp_path / "Home", "Aino", "secret")]
    assert "Opening the archive…" in hands.words(window)
    assert not field.isVisible()


def test_a_wrong_passphrase_is_told_beside_the_field_and_what_was_typed_can_be_looked_at(window, hands) -> None:
    hands.type(secret(hands, window), "wrong")
    hands.press(window, "Open")
    window.failed(ArchiveError("wrong-passphrase"))
    assert "The passphrase is not right." in hands.words(window)
    field = secret(hands, window)
    assert (field.selectedText(), field.property("wrong"), field.hasFocus()) == ("wrong", True, True)
    assert field.echoMode() == QLineEdit.EchoMode.Password
    hands.press(window, "Show what is typed")
    assert field.echoMode() == QLineEdit.EchoMode.Normal
    hands.type(field, "another")
    assert "The passphrase is not right." not in hands.words(window)
    assert not field.property("wrong")
    assert hands.button(window, "Open").isEnabled()


def test_opening_that_makes_the_index_anew_says_so(window, hands) -> None:
    field = secret(hands, window)
    hands.type(field, "secret")
    hands.key(field, Qt.Key.Key_Return)
    window.making_index(0.3)
    window.progress(0.3)
    words = "Making the search ready for this version. It is done once for an archive…"
    assert words in hands.words(window)
    bar = next(bar for bar in window.findChildren(QProgressBar) if bar.isVisible())
    assert (bar.value(), bar.maximum(), bar.accessibleName()) == (300, 1000, words)


def test_trouble_before_anything_was_asked_is_said(window, hands) -> None:
    window.failed(AppError("disk-full"))
    assert "The disk is full." in hands.words(window)


def test_on_a_small_screen_the_trouble_is_scrolled_to(window, qtbot) -> None:
    window.resize(948, 440)
    window.show()
    window.failed(AppError("disk-full"))
    told = next(w for w in window.findChildren(QLabel) if w.text().startswith("The disk is full."))
    qtbot.waitUntil(lambda: told.visibleRegion().boundingRect() == told.rect(), timeout=1000)


def test_the_wait_is_the_archives_and_as_long_as_it_says(window, hands, asked) -> None:
    wrong(hands, window)
    opens = hands.button(window, "Open")
    assert opens.isEnabled()
    wrong(hands, window, 2)
    assert not opens.isEnabled()
    assert "2 s" in hands.words(window)
    asked.clear()
    assert a_second_passes(hands, window)
    assert "1 s" in hands.words(window)
    assert not opens.isEnabled()
    hands.type(secret(hands, window), "again")
    hands.key(secret(hands, window), Qt.Key.Key_Return)
    assert asked == []
    assert not a_second_passes(hands, window)
    assert opens.isEnabled()
    assert "try again" not in hands.words(window)
    window.failed(ArchiveError("too-many-tries", wait=900))
    assert "900 s" in hands.words(window)
    assert not opens.isEnabled()
    window.close()


def test_a_new_archive_needs_name_place_and_a_good_passphrase_twice(window, hands, asked, tmp_path) -> None:
    hands.press(window, "Make a new archive…")
    make, place = hands.button(window, "Make the archive"), hands.named(window, "Place", QLineEdit)
    assert not make.isEnabled()
    hands.type(hands.named(window, "Your name", QLineEdit), "Aino Esimerkki")
    twice(hands, window, "kissa")
    assert not make.isEnabled()
    twice(hands, window, GOOD, again="kissa")
    assert not make.isEnabled()
    assert "The two are not alike yet." in hands.words(window)
    twice(hands, window, GOOD)
    assert make.isEnabled()
    place.setText("  ")
    assert not make.isEnabled()
    place.setText(str(tmp_path / "New"))
    hands.click(make)
    assert asked == [("create", tmp_path / "New", "Aino Esimerkki", GOOD)]


def test_enter_goes_through_a_new_archive_as_it_does_everywhere(qtbot, hands, asked, tmp_path) -> None:
    window = made(qtbot, asked, tmp_path, Preferences())
    first = hands.button(window, "Make a new archive")
    hands.until(first.hasFocus)
    hands.key(first, Qt.Key.Key_Return)
    hands.type(hands.named(window, "Your name", QLineEdit), "Aino Esimerkki")
    hands.type(secret(hands, window), GOOD)
    hands.key(secret(hands, window), Qt.Key.Key_Return)
    again = hands.named(window, "Passphrase again", QLineEdit)
    assert again.hasFocus()
    hands.key(again, Qt.Key.Key_Return)
    assert asked == []
    hands.type(again, GOOD)
    hands.key(again, Qt.Key.Key_Return)
    assert asked == [("create", tmp_path / "Havainto", "Aino Esimerkki", GOOD)]


def test_a_name_typed_after_the_passphrase_still_counts(window, hands) -> None:
    hands.press(window, "Make a new archive…")
    make, name = hands.button(window, "Make the archive"), hands.named(window, "Your name", QLineEdit)
    twice(hands, window, "Korpikuusikko Vesanen")
    name.setText("Someone Else")
    assert make.isEnabled()
    name.setText("Korpikuusikko Vesanen")
    assert not make.isEnabled()


def test_another_language_is_asked_for(window, qtbot, hands) -> None:
    with qtbot.waitSignal(window.language_chosen) as chosen:
        hands.choose(hands.named(window, "Language", QComboBox), "Svenska")
    assert chosen.args == ["sv"]


def test_a_restored_archive_is_offered(window, hands, tmp_path) -> None:
    folder = tmp_path / "Back"
    folder.mkdir()
    (folder / "archive.key").touch()
    window.busy("Restoring", can_cancel=True)
    window.restored(folder)
    assert hands.named(window, "Archive", QComboBox).currentData() == folder
    assert hands.button(window, "Open").isEnabled()


def test_recovery_needs_code_and_a_good_passphrase(qtbot, hands) -> None:
    dialog = shown(qtbot, RecoverDialog(Texts("en"), "Aino"))
    opens = hands.button(dialog, "Open")
    twice(hands, dialog, GOOD)
    assert not opens.isEnabled()
    hands.named(dialog, "Recovery code", QLineEdit).setText("ABCD")
    assert opens.isEnabled()
    assert (dialog.code(), dialog.passphrase()) == ("ABCD", GOOD)


def test_the_code_counts_when_it_is_typed_back(qtbot, hands) -> None:
    doors = CodeDoors(lambda typed: typed == "ABCD-EFGH", lambda _: True)
    dialog = shown(qtbot, RecoveryCodeDialog(Texts("en"), "Aino", "ABCD-EFGH", doors))
    typed = hands.named(dialog, "Type the code here from the paper", QLineEdit)
    hands.type(typed, "ABCD")
    hands.key(typed, Qt.Key.Key_Return)
    assert dialog.result() == 0
    assert "letter by letter" in hands.words(dialog)
    hands.type(typed, "ABCD-EFGH")
    hands.key(typed, Qt.Key.Key_Return)
    assert dialog.result() == 1


@pytest.mark.parametrize("is_saved", [True, False])
def test_that_the_paper_of_the_code_was_saved_is_said(qtbot, hands, monkeypatch, tmp_path, is_saved) -> None:
    saved: list[Path] = []
    doors = CodeDoors(lambda _: False, lambda path: saved.append(path) or is_saved)
    dialog = shown(qtbot, RecoveryCodeDialog(Texts("en"), "Aino", "ABCD-EFGH", doors))
    monkeypatch.setattr(file_dialogs.FileDialogs, "save", lambda *_: tmp_path / "code.pdf")
    hands.press(dialog, "Save as PDF for printing…")
    assert saved == [tmp_path / "code.pdf"]
    assert ("Saved: code.pdf. Print it" in hands.words(dialog)) == is_saved


@pytest.mark.parametrize(("owner", "told"), [("Анна Ǩiõtt", False), ("张 Esimerkki", True)])
def test_letters_that_the_sheet_cannot_show_are_told_before_it_is_saved(qtbot, hands, owner, told) -> None:
    doors = CodeDoors(lambda _: False, lambda _: True)
    dialog = shown(qtbot, RecoveryCodeDialog(Texts("en"), owner, "ABCD-EFGH", doors))
    assert ("these letters: 张 (U+5F20)" in hands.words(dialog)) == told


def test_a_new_archive_leads_to_its_workers_own_code(window, hands) -> None:
    went: list[bool] = []
    window.show_code(
        "Aino Esimerkki", "ABCD-EFGH", CodeDoors(lambda _: True, lambda _: True), lambda: went.append(True)
    )
    code = hands.named(window, "Recovery code", QLineEdit)
    assert (code.text(), code.isReadOnly()) == ("ABCD-EFGH", True)
    hands.press(window, "Later")
    assert went == [True]


def test_the_folder_that_is_offered_is_free(qtbot, hands, tmp_path) -> None:
    """Over an archive nothing is made, and who restores one has often still the other."""
    offered = []
    for name in ("Havainto", "Havainto 2"):
        dialog = shown(qtbot, RestoreDialog(Texts("en"), tmp_path))
        offered.append(hands.named(dialog, "New archive's folder (empty)", QLineEdit).text())
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "archive").touch()
    (tmp_path / "Havainto 3").mkdir()
    assert offered == [str(tmp_path / "Havainto"), str(tmp_path / "Havainto 2")]
    assert free_folder(tmp_path) == tmp_path / "Havainto 3"


def test_a_restore_needs_all_three(qtbot, hands, tmp_path) -> None:
    dialog = shown(qtbot, RestoreDialog(Texts("en"), tmp_path))
    restore = hands.button(dialog, "Restore")
    assert not restore.isEnabled()
    hands.named(dialog, "Backup's folder", QLineEdit).setText(str(tmp_path / "b"))
    secret(hands, dialog).setText("x")
    assert restore.isEnabled()
    hands.named(dialog, "New archive's folder (empty)", QLineEdit).clear()
    assert not restore.isEnabled()
    assert all(e.accessibleName() for e in dialog.findChildren(QLineEdit))


FOUND = Found(
    pages=40,
    damaged=1,
    kinds=(KindFound("client_case", 3), KindFound("observation", 18, 2), KindFound("worker", 2)),
    files=(FilesFound("recording", 4, 1, 1), FilesFound("final_statement", 2)),
    drafts=1,
    log_rows=90,
    rows_missing=7,
    backups=(
        KnownBackup(datetime(2026, 11, 3, 9, tzinfo=UTC), Path("/disk/backup-2"), is_here=True),
        KnownBackup(datetime(2026, 10, 3, 9, tzinfo=UTC), Path("/gone/backup-1"), is_here=False),
    ),
)


def test_a_damaged_archive_leads_to_the_page_that_shows_what_is_whole(window, hands, asked, tmp_path) -> None:
    hands.type(secret(hands, window), "secret")
    hands.press(window, "Open")
    window.failed(ArchiveError("database-damaged"))
    assert asked == [("unlock", tmp_path / "Home", "Aino", "secret"), ("look", tmp_path / "Home", "secret")]
    assert "Looking at what of the archive is whole…" in hands.words(window)
    window.show_rescue(tmp_path / "Home", FOUND)
    words = hands.words(window)
    assert "Home was opened only for reading; nothing in it was changed. One page of the database is damaged." in words
    assert "its disk is not here now: /gone" in words
    lines = {line.name: (line.read, line.missing) for line in rescue_words.lines(Texts("en"), FOUND)}
    assert lines == {
        "Cases and people": ("3", ""),
        "Codings": ("18", "2"),
        "What is the office's own": ("2", ""),
        "Films": ("4", "1 damaged in places, 1"),
        "Pages and photos": ("2", ""),
        "Sealed codings, unopened": ("1", ""),
        "Rows of the access log": ("90", "7"),
    }
    assert all(said in words for line in lines.items() for said in (line[0], *line[1]))
    offered = [one.text() for one in window.findChildren(QPushButton) if one.isVisible()]
    assert offered == [
        "Help", "Rescue into a new archive…", "Restore a backup…", "Back", "Restore…",
    ]  # fmt: skip


def test_nothing_of_the_archive_fits_and_that_is_said_once(window, hands, asked) -> None:
    hands.type(secret(hands, window), "secret")
    hands.press(window, "Open")
    window.failed(ArchiveError("database-damaged"))
    window.failed(ArchiveError("database-damaged"))
    assert [name for name, *_ in asked] == ["unlock", "look"]
    assert "could not be opened whole" in hands.words(window)
    assert secret(hands, window).isVisible()


def test_from_the_page_a_new_archive_is_made_or_a_backup_put_back(window, hands, asked, tmp_path) -> None:
    hands.type(secret(hands, window), "secret")
    hands.press(window, "Rescue a damaged archive…")
    window.show_rescue(tmp_path / "Home", FOUND)

    def choose(dialog) -> None:
        hands.named(dialog, "New archive's folder (empty)", QLineEdit).setText(str(tmp_path / "new"))
        hands.press(dialog, "Rescue now")

    hands.answering(choose, lambda: hands.press(window, "Rescue into a new archive…"))
    assert asked == [("look", tmp_path / "Home", "secret"), ("rescue", tmp_path / "Home", tmp_path / "new", "secret")]
    window.show_rescue(tmp_path / "new", replace(FOUND, stood_in=1), is_done=True)
    assert "new: The new archive is ready and was checked. The damaged one is as it was." in hands.words(window)
    assert "One was made anew under the name “?”, so that what belongs to it stays." in hands.words(window)
    hands.press(window, "Back")
    assert secret(hands, window).isVisible()


def test_without_a_passphrase_the_rescue_asks_for_it_first(window, hands, asked) -> None:
    hands.press(window, "Rescue a damaged archive…")
    assert asked == []
    assert "Type your passphrase first: it opens the archive for reading." in hands.words(window)


def test_after_a_session_that_met_damage_the_passphrase_leads_to_the_page(window, hands, asked, tmp_path) -> None:
    window.lead_to_rescue(tmp_path / "Home")
    assert "A part of this archive is damaged. Type your passphrase" in hands.words(window)
    hands.type(secret(hands, window), "secret")
    hands.press(window, "Look at what is whole")
    assert asked == [("look", tmp_path / "Home", "secret")]


def test_every_kind_of_row_is_counted_under_a_name() -> None:
    grouped = [kind for _, kinds in rescue_words.GROUPS for kind in kinds.split()]
    known = {kind.name for kind in KINDS}
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= known
    of_office = {
        "worker", "partner_key", "stored_content", "content_draft", "content_terms", "plan_template", "own_task",
        "licensed_package", "office_rule", "own_word", "text_block", "letterhead", "erasure", "made_backup",
    }  # fmt: skip
    assert known - set(grouped) == of_office


@pytest.mark.parametrize(
    "lost",
    [
        {"damaged": 2},
        {"log_lost": 3},
        {"unsealed": True},
        {"untold": 1},
        {"kinds": (KindFound("client_case", 3, 1),)},
        {"files": (FilesFound("recording", 4, 1),)},
        {"drafts_lost": 1},
        {"rows_missing": 5},
    ],
)
def test_whatever_is_missing_is_said_before_a_rescue(lost) -> None:
    whole = Found(pages=9, damaged=0, kinds=(KindFound("client_case", 3),), log_rows=4)
    one, t = replace(whole, **lost), Texts("en")
    assert whole.is_whole
    assert not one.is_whole
    said = [(rescue_words.summary(t, found), rescue_words.lines(t, found)) for found in (whole, one)]
    of_rows = {"kinds", "files", "drafts_lost", "rows_missing"} & lost.keys()
    assert [line for line in said[1][1] if line.missing] if of_rows else said[1][0] != said[0][0]
    counted = not lost.keys().isdisjoint({"log_lost", "unsealed", "untold"})
    assert not counted or rescue_words.finished(t, one) != rescue_words.finished(t, whole), "and after it"


def test_what_a_rescue_left_out_is_said() -> None:
    assert "3 were left out, for what they belong to is lost." in rescue_words.finished(
        Texts("en"), replace(FOUND, dropped=3)
    )
