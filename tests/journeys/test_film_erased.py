"""A film taken in by mistake goes: by keys and mouse in the real window, while it is open in the coding room."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QLineEdit, QPushButton

from app.model.erasure import Erasure, Ground, Original
from app.model.recording import DerivedFile, Recording
from tests.drivers.archive_steps import lock
from tests.drivers.hands import Key, one_in_sight
from tests.material.golden import AINO, PASSPHRASE, golden
from widgets.cases.cases_screen import CasesScreen
from widgets.coding.coding_screen import CodingScreen
from widgets.comparing.waiting import WitnessDialog


def button(within, text: str) -> QPushButton:
    return next(b for b in within.findChildren(QPushButton) if b.text() == text and b.isVisible())


def by_keys(hands, dialog: QDialog) -> None:
    """The ground is chosen with the arrow, the words are typed, the last button is reached with Tab."""
    ground = hands.named(dialog, "Peruste", QComboBox)
    hands.focus(ground)
    hands.key(ground, Key.Key_Down)
    assert ground.currentText() == "Otettu arkistoon vahingossa"
    words = hands.named(dialog, "Sanoin", QLineEdit)
    hands.type(words, "Väärän perheen kortti")
    original = hands.named(dialog, "Missä alkuperäinen tiedosto on?", QComboBox)
    hands.choose(original, "Kameran muistikortilla")
    # something rests on the film by now, so the partner looks at it too and types the own passphrase
    assert hands.named(dialog, "Kuka katsoo tämän kanssasi ja vahvistaa", QComboBox).isVisibleTo(dialog)
    witness_comes(hands)
    erase = button(dialog, "Hävitä")
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


def test_a_film_taken_in_by_mistake(program, hands, tmp_path: Path, monkeypatch) -> None:
    folder = golden("case", tmp_path / "archive")
    program.unlock(folder, AINO, PASSPHRASE)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    space, window = program.workspace, program.window
    (film,) = space.store.find(Recording)
    window.go("coding", meeting_id=film.meeting_id)
    coding = one_in_sight(window, CodingScreen)
    hands.until(lambda: coding.room.player.shown_at() is not None)
    hands.until(lambda: not space.jobs.running)
    window.go("cases", meeting_id=film.meeting_id)
    panel = one_in_sight(window, CasesScreen).meetings.panel.films
    hands.until(lambda: "Kamera 1" in hands.words(panel))
    hands.answering(lambda dialog: by_keys(hands, dialog), lambda: hands.click(button(panel, "Hävitä…")))
    hands.until(lambda: not space.archive.erasing.is_unfinished() and space.store.find(Erasure))
    hands.until(lambda: "Tallenne on hävitetty" in hands.words(panel))
    (certificate,) = space.store.find(Erasure)
    assert (certificate.ground, certificate.words) == (Ground.MISTAKE, "Väärän perheen kortti")
    assert certificate.films[0].original == Original.CARD
    assert certificate.second_id not in ("", certificate.worker_id)
    assert certificate.films[0].sha256 == film.sha256
    assert space.store.find(DerivedFile) == ()
    assert [p.name for p in (folder / "media").iterdir()] == []
    # the coding room says so where it would open the film
    window.go("coding", meeting_id=film.meeting_id)
    hands.until(lambda: "Tallenne on hävitetty" in hands.words(coding))
    # and the certificate is saved from the film's row
    window.go("cases", meeting_id=film.meeting_id)
    paper = tmp_path / "todistus.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(paper), ""))
    hands.until(lambda: "Todistus…" in [b.text() for b in panel.findChildren(QPushButton)])
    hands.click(button(panel, "Todistus…"))
    hands.until(paper.exists)
    hands.until(lambda: not space.jobs.running)
    assert space.archive.verify(lambda _: None, lambda: False) == ()
    lock(hands, program)
