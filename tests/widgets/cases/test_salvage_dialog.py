"""A film that its camera never finished: what can be read is shown first, and taken in when it is wanted."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.errors import FilmError
from app.films.camera_cards import CardFile
from app.films.intake import Wish
from app.films.intake_queue import Stopped
from app.model.people import Case
from app.model.recording import Damage, Origin, Recording
from app.model.timecode import SECOND
from app.notices import Tone
from app.ports import Inspected
from app.ports.pieced_film import Salvaged
from tests.material.builders import facts
from widgets.cases import salvage_dialog
from widgets.cases.salvage_dialog import SalvageDialog
from widgets.cases.taking_in import take_in_cards
from widgets.look import look as looks

LOOK = looks.Look(looks.LIGHT)
MINUTE = 60 * SECOND
LENGTH = 6 * MINUTE + 40 * SECOND
FOUND = replace(
    facts(),
    duration=LENGTH,
    damage=(Damage(0, LENGTH, "computed-times"), Damage(0, LENGTH, "no-sound"), Damage(LENGTH, 30 * MINUTE, "empty")),
)


@pytest.fixture
def meeting_id(house) -> str:
    return house.meeting(house.case()).id


@pytest.fixture
def file(tmp_path) -> CardFile:
    path = tmp_path / "C0002.MP4"
    path.write_bytes(b"unfinished" * 10)
    (tmp_path / "C0001.MP4").write_bytes(b"whole")
    return CardFile(path, 100, 30 * MINUTE)


@pytest.fixture
def gate(house, file):
    """What is found depends on the films that are offered: only `C0001.MP4` is of the same camera."""
    asked: list[list[str]] = []

    def salvage(path: Path, references, progress, cancelled) -> Salvaged:
        asked.append([r.name for r in references])
        progress(0.5)
        if "C0001.MP4" not in asked[-1]:
            raise FilmError("salvage-other-kind")
        checksum = hashlib.sha256(path.read_bytes()).hexdigest()
        return Salvaged(Inspected(FOUND, b"index"), ((0, 100),), checksum, asked[-1].index("C0001.MP4"))

    house.gate.salvage = salvage
    house.gate.error = FilmError("film-unfinished")
    house.gate.asked = asked
    return house.gate


@pytest.fixture
def dialog(house, show, gate, file, meeting_id, qtbot):
    screen = show(meeting_id=meeting_id).screen

    def make(key: str = "film-unfinished") -> SalvageDialog:
        wish = Wish((file.path,), meeting_id)
        made = SalvageDialog(house.space, Stopped(wish, 0, ((file,),), None, FilmError(key)), screen)
        qtbot.addWidget(made)
        qtbot.waitUntil(lambda: not made.is_looking)
        return made

    return make


def test_it_says_what_can_be_read_before_anything_is_taken_in(dialog, gate) -> None:
    made = dialog()
    assert made.length.text() == "06:40 of about 30:00 can be read."
    assert made.told.text().split("\n") == [
        "The film does not say the times of its pictures: they were computed, 25 pictures/s.",
        "Its sound could not be salvaged.",
        "How its pictures are packed was read from the film C0001.MP4.",
    ]
    assert made.take.isEnabled()
    assert made.bar.isHidden()
    assert gate.asked == [["C0001.MP4"]]


def test_another_film_can_be_given_and_a_wrong_one_is_said(dialog, tmp_path, monkeypatch, qtbot) -> None:
    made = dialog()
    other = tmp_path / "other.mp4"
    other.write_bytes(b"x")
    monkeypatch.setattr(salvage_dialog.FileDialogs, "open", lambda *_: other)
    made.choose.click()
    qtbot.waitUntil(lambda: not made.is_looking)
    assert made.told.text().startswith("The films that were tried are packed in another way")
    assert not made.take.isEnabled()
    assert made.salvaged is None
    monkeypatch.setattr(salvage_dialog.FileDialogs, "open", lambda *_: None)
    made.choose.click()
    assert made.told.text().startswith("The films that were tried")
    monkeypatch.setattr(salvage_dialog.FileDialogs, "open", lambda *_: tmp_path / "C0001.MP4")
    made.choose.click()
    qtbot.waitUntil(lambda: not made.is_looking)
    assert made.take.isEnabled()


def test_a_film_without_its_beginning_needs_no_other(dialog) -> None:
    assert dialog("film-headless").choose.isHidden()


def test_leaving_it_ends_the_looking(house, show, gate, file, meeting_id, qtbot) -> None:
    screen = show(meeting_id=meeting_id).screen
    wish = Wish((file.path,), meeting_id)
    made = SalvageDialog(house.space, Stopped(wish, 0, ((file,),), None, FilmError("film-unfinished")), screen)
    qtbot.addWidget(made)
    (job,) = house.jobs.running
    made.reject()
    assert job.cancelled()
    qtbot.waitUntil(lambda: job.is_done)
    assert made.salvaged is None


def test_the_refusal_offers_it_and_the_new_film_says_what_it_is(
    house, show, gate, file, meeting_id, qtbot, monkeypatch
) -> None:
    house.consent(house.store.find(Case)[0].id)
    screen = show(meeting_id=meeting_id)
    with qtbot.waitSignal(house.notices.said):
        take_in_cards(house.space, LOOK, Wish((), meeting_id), ((file,),))
    refusal = house.said[-1]
    assert refusal.text.startswith("The camera never finished this film")
    assert (refusal.tone, refusal.action_label) == (Tone.TROUBLE, "Salvage what can be read…")

    def accepted(made: SalvageDialog) -> int:
        assert made.parent() is screen.window()
        qtbot.waitUntil(lambda: not made.is_looking)
        made.take.click()
        return made.result()

    monkeypatch.setattr(SalvageDialog, "exec", accepted)
    monkeypatch.setattr(QApplication, "activeWindow", lambda: None)  # as where an assistive program pressed it
    with qtbot.waitSignal(house.notices.said):
        refusal.action()
    assert house.said[-1].text.startswith("What can be read of the film, 06:40, is in the archive as a new film.")
    (film,) = house.store.find(Recording, meeting_id=meeting_id)
    assert film.origin == Origin.SALVAGED
    panel = screen.meetings.panel.films
    panel.show_films(meeting_id)
    words = " ".join(found.text() for found in panel.findChildren(QLabel))
    assert "Salvaged from a file that its camera never finished." in words
    assert "From 06:40.0 on the film's file is empty" in words
    assert "Empty the card" not in house.said[-1].text
