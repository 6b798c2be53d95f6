"""A film's file is gone from the disk: told in the coding room, and fetched from a copy that a family has, by hand."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog

from app.model.observation import Observation
from app.model.recording import Again, Recording
from tests.drivers.archive_steps import lock
from tests.drivers.hands import one_in_sight
from tests.material.again_films import Copy, made
from tests.material.golden import AINO, PASSPHRASE, golden
from widgets.cases.cases_screen import CasesScreen
from widgets.coding.coding_screen import CodingScreen
from widgets.films.fetch_again import FetchAgain

#: what a phone made of it: every second picture, in another file, without sound
HALF = Copy(range(0, 75, 2), range(0, 3_000_000, 80_000))


def test_a_lost_film_is_fetched_from_a_copy(program, hands, tmp_path: Path, monkeypatch) -> None:
    folder = golden("drafts", tmp_path / "archive")
    copy = made(tmp_path, HALF, "puhelimesta")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([str(copy)], ""))
    program.unlock(folder, AINO, PASSPHRASE)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    space, window = program.workspace, program.window
    (film,) = space.store.find(Recording)
    marks = space.store.find(Observation)
    assert marks
    hands.until(lambda: space.copies.is_idle() and not space.jobs.running)
    (folder / "media" / film.container).unlink()

    def by_hand(dialog: QDialog) -> None:
        assert isinstance(dialog, FetchAgain)
        hands.click(hands.button(dialog, "Valitse tiedosto…"))
        hands.until(lambda: "Kuvat osuvat enintään 40 ms päähän" in hands.words(dialog))
        assert "Siinä ei ole ääntä." in hands.words(dialog)
        assert space.store.get(Recording, film.id) == film
        hands.click(hands.button(dialog, "Ota käyttöön"))

    window.go("coding", meeting_id=film.meeting_id)
    coding = one_in_sight(window, CodingScreen)
    hands.until(lambda: "Hae tallenne uudelleen…" in hands.words(window))
    window.go("cases", meeting_id=film.meeting_id)
    panel = one_in_sight(window, CasesScreen).meetings.panel.films
    hands.until(lambda: "Koodaukset ovat tallessa." in hands.words(panel))
    hands.answering(by_hand, lambda: hands.click(hands.button(panel, "Hae tallenne uudelleen…")))
    hands.until(lambda: "saman tallenteen toisella tiedostolla" in hands.words(panel))
    after = space.store.get(Recording, film.id)
    assert (after.replaced[0].how, after.replaced[0].sha256) == (Again.PICTURES, film.sha256)
    assert space.store.find(Observation) == marks
    # the room shows it at once, and the archive is whole
    window.go("coding", meeting_id=film.meeting_id)
    hands.until(lambda: coding.room.player.shown_at() is not None)
    hands.until(lambda: space.copies.is_idle() and not space.jobs.running)
    assert space.archive.verify(lambda _: None, lambda: False) == ()
    lock(hands, program)
