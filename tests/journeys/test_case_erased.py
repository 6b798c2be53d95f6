"""A case is closed and erased whole: by keys and mouse in the real window, confirmed by the partner besides."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QLineEdit, QPushButton

from app.model.erasure import Erasure, Ground, Original
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.recording import Recording
from tests.drivers.archive_steps import lock
from tests.drivers.hands import Key, one_in_sight
from tests.material.golden import AINO, PASSPHRASE, golden
from widgets.cases.cases_screen import CasesScreen
from widgets.comparing.waiting import WitnessDialog
from widgets.settings.settings_screen import SettingsScreen


def button(within, text: str) -> QPushButton:
    return next(b for b in within.findChildren(QPushButton) if b.text() == text and b.isVisible())


def fill(hands, dialog: QDialog) -> None:
    """By its rule it may not go yet, so another ground is chosen and written."""
    words = hands.words(dialog)
    assert "1 tallenne ja kaikki siitä tehty." in words
    assert "Alkuperäiset tiedostot" in words
    ground = hands.named(dialog, "Peruste", QComboBox)
    hands.choose(ground, "Säilytysaika on ohi")
    erase = button(dialog, "Hävitä")
    hands.type(hands.named(dialog, "Sanoin", QLineEdit), "Rekisterinpitäjän päätös 12/2026")
    assert not erase.isEnabled()
    hands.choose(ground, "Muu peruste")
    assert erase.isEnabled()
    hands.choose(hands.named(dialog, "Missä alkuperäiset tiedostot ovat?", QComboBox), "Jo hävitetty")
    witness_comes(hands)
    hands.focus(erase)
    hands.key(erase, Key.Key_Space)


def witness_comes(hands) -> None:
    watch = QTimer(QApplication.instance(), interval=20)

    def look() -> None:
        asked = QApplication.activeModalWidget()
        if isinstance(asked, WitnessDialog) and asked.isVisible():
            watch.stop()
            watch.deleteLater()
            (secret,) = asked.findChildren(QLineEdit)
            hands.type(secret, PASSPHRASE)
            hands.click(button(asked, "Hävitä"))

    watch.timeout.connect(look)
    watch.start()


def test_a_closed_case_goes_whole(program, hands, tmp_path: Path, monkeypatch) -> None:
    folder = golden("case", tmp_path / "archive")
    program.unlock(folder, AINO, PASSPHRASE)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    space, window = program.workspace, program.window
    (case,), (film,) = space.store.find(Case), space.store.find(Recording)
    # the case was open everywhere before
    window.go("coding", meeting_id=film.meeting_id)
    hands.until(lambda: not space.jobs.running)
    window.go("statement", case_id=case.id)
    window.go("desk")
    window.go("cases", case_id=case.id, part="closing")
    retention = one_in_sight(window, CasesScreen).retention
    hands.type(retention.closing.reason, "Perhe muutti")
    hands.click(retention.closing.close_it)
    hands.until(lambda: space.store.get(Case, case.id).closed is not None)
    hands.settle()
    whole = next(b for b in retention.kept.findChildren(QPushButton) if b.accessibleName() == "Hävitä…: Koko asiakkuus")
    hands.answering(lambda dialog: fill(hands, dialog), lambda: hands.click(whole))
    hands.until(lambda: bool(space.store.find(Erasure)))
    hands.until(lambda: program.window is not window)
    hands.until(lambda: not space.archive.erasing.is_unfinished())
    (certificate,) = space.store.find(Erasure)
    assert (certificate.ground, certificate.words) == (Ground.OTHER, "Rekisterinpitäjän päätös 12/2026")
    assert certificate.second_id not in ("", certificate.worker_id)
    assert [f.original for f in certificate.films] == [Original.GONE]
    for kind in (Case, Meeting, Recording):
        assert space.store.find(kind) == ()
    hands.until(lambda: not any((folder / "media").iterdir()))  # a copy that was being made goes once its maker ended
    # the window was made anew where the certificate is saved
    settings = one_in_sight(program.window, SettingsScreen)
    hands.until(lambda: "Todistus…" in [b.text() for b in settings.findChildren(QPushButton) if b.isVisible()])
    assert "Koko asiakkuus" in hands.words(settings)
    paper = tmp_path / "todistus.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(paper), ""))
    hands.click(button(settings, "Todistus…"))
    hands.until(paper.exists)
    hands.until(lambda: not space.jobs.running)
    # and no place shows anything of the case
    for place in ("desk", "cases", "coding", "statement", "comparing", "filming", "calendar"):
        program.window.go(place)
        hands.settle()
        assert case.code_name not in hands.words(program.window)
    assert space.archive.verify(lambda _: None, lambda: False) == ()
    lock(hands, program)
