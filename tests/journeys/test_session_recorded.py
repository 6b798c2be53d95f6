"""A session of supervision is recorded in the room and taken in from a call, coded, taken back by one, and erased."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPushButton

from app.casework.case_list import case_lines, meeting_lines
from app.filming.stages import FilmingStage
from app.i18n import now, today
from app.model.erasure import Erasure, Ground
from app.model.recording import Origin, Recording
from app.model.supervision import SUPERVISOR, Signing
from app.model.timecode import SECOND
from app.supervising.agreements import new_agreement
from tests.drivers.archive_steps import lock, make_archive
from tests.drivers.hands import one_in_sight
from tests.drivers.journey_child import ROOM
from tests.material.films import Clip, build
from widgets.coding.coding_screen import CodingScreen
from widgets.filming.filming_screen import FilmingScreen
from widgets.supervision.supervision_screen import SupervisionScreen

TITLE = "Kanarialinnun tiimi"


def agreed(space) -> str:
    """A signed agreement for two with one session of today."""
    from app.supervising.agreements import SupervisionEditor

    made = new_agreement(space.door, space.texts, TITLE, customer="Tiimi, Esimerkkilä")
    editor = SupervisionEditor(space.store, space.texts, made.id)
    for n in (1, 2):
        editor.add_supervisee(f"Ohjattava {n}", "perhetyöntekijä")
    editor.add_goal("Tuomme keskeneräistä työtä")
    assert editor.edit(start=today(), planned=1)
    assert editor.sign((Signing("Malli Päällikkö", "tilaaja", today()),))
    assert editor.plan(now())
    return made.id


def button(within, text: str) -> QPushButton:
    return next(b for b in within.findChildren(QPushButton) if b.text() == text and b.isVisible())


def everybody_says_yes(hands, room) -> None:
    """One says no first: nothing is begun, by whatever door."""
    page = room.recording
    who = list(page.words)
    assert who[0] == SUPERVISOR
    assert len(who) == 3
    assert not page.film.isEnabled()
    hands.choose(page.words[who[1]], "sanoo ei")
    assert "kieltänyt on: Ohjattava 1" in hands.words(page)
    assert not page.bring.isEnabled()
    assert room.editor.record(page.session) is None
    for one in who:
        hands.choose(page.words[one], "sanoo kyllä")
    assert "Jokainen on sanonut kyllä." in hands.words(page)
    assert page.film.isEnabled()


def filmed(hands, program, window, page) -> None:
    """In the same filming room, with nobody's child to be asked; this one is of the voices alone."""
    hands.click(page.film)
    screen = one_in_sight(window, FilmingScreen)
    room = screen.room
    hands.until(lambda: room.large.gives_pictures)
    assert "Lapsi" not in hands.words(room.prepare)
    assert TITLE in hands.words(screen)
    hands.choose(room.devices.camera_1, "Ei kuvaa, vain ääni")
    hands.until(lambda: room.capture.setup.is_sound_only and room.prepare.begin.isEnabled())
    hands.press(room.prepare, "Aloita kuvaus")
    assert room.capture.stage == FilmingStage.RECORDING
    hands.until(lambda: room.capture.now() >= SECOND)
    assert room.capture.stop()
    hands.until(lambda: room.capture.stage == FilmingStage.KEPT)
    (film,) = room.capture.filmed.films
    assert (film.facts.width, film.facts.height) == (640, 360)
    assert film.facts.sound_tracks
    assert program.preferences.remembered.last_room == ROOM, "the next filming has its camera"
    hands.press(screen.header, "Takaisin istuntoon")


def taken_in(hands, space, page, folder: Path, monkeypatch) -> None:
    film = build(folder, Clip(frames=50, sound="aac"), "puhelu")
    monkeypatch.setattr("widgets.cases.films_panel.FileDialogs.open_many", lambda *_: (film,))
    hands.click(page.bring)
    hands.until(lambda: len(space.store.find(Recording)) == 2 and not space.jobs.running)
    hands.until(lambda: "Kamera 2" in hands.words(page.films))


def coded(hands, window, page) -> None:
    """By the supervisor alone, with every tool of the coding room."""
    hands.click(page.code)
    coding = one_in_sight(window, CodingScreen)
    hands.until(lambda: coding.room.player.shown_at() is not None)
    editor = coding.room.editor
    code = editor.scheme.codes[0]
    hands.click(next(b for b in coding.room.pad.findChildren(QPushButton) if b.isVisible() and b.isEnabled()))
    assert code is not None
    hands.until(lambda: editor.coding.observations)


def nowhere_in_client_work(hands, space, window) -> None:
    store = space.store
    assert case_lines(store) == () == meeting_lines(store)
    for place in ("desk", "cases"):
        window.go(place)
        hands.settle()
        assert TITLE not in hands.words(window)


def by_keys(hands, dialog: QDialog) -> None:
    ground = hands.named(dialog, "Peruste", QComboBox)
    hands.choose(ground, "Peruttu suostumus")
    hands.type(hands.named(dialog, "Sanoin", QLineEdit), "Ohjattava perui")
    hands.click(button(dialog, "Hävitä"))


@pytest.mark.usefixtures("bugs")
def test_a_session_is_recorded_taken_in_coded_taken_back_and_erased(program, hands, tmp_path, monkeypatch) -> None:
    make_archive(hands, program, tmp_path)
    program.preferences.remember(last_room=ROOM)
    space, window = program.workspace, program.window
    agreement_id = agreed(space)
    window.go("supervision", agreement_id=agreement_id)
    screen = one_in_sight(window, SupervisionScreen)
    room = screen.room
    room.open_session(room.editor.sessions[0].id)
    hands.click(room.session.recording)
    everybody_says_yes(hands, room)
    filmed(hands, program, window, room.recording)
    page = one_in_sight(window, SupervisionScreen).room.recording
    hands.until(page.isVisible)
    taken_in(hands, space, page, tmp_path, monkeypatch)
    assert sorted(f.origin for f in space.store.find(Recording)) == [Origin.FILMED, Origin.TAKEN_IN]
    coded(hands, window, page)
    nowhere_in_client_work(hands, space, window)

    window.go("supervision", agreement_id=agreement_id, session_id=page.session.id, part="recording")
    page = one_in_sight(window, SupervisionScreen).room.recording
    hands.confirming("Peru suostumus", lambda: hands.choose(list(page.words.values())[2], "sanoo ei"))
    assert not page.code.isEnabled()
    assert not page.bring.isEnabled()
    assert all(f.closed_from_use is not None for f in space.store.find(Recording))
    hands.settle()
    hands.answering(lambda dialog: by_keys(hands, dialog), lambda: hands.click(button(page.films, "Hävitä…")))
    hands.until(lambda: space.store.find(Erasure) and not space.archive.erasing.is_unfinished())
    (certificate,) = space.store.find(Erasure)
    assert certificate.ground == Ground.WITHDRAWN
    hands.until(lambda: "Tallenne on hävitetty" in hands.words(page.films))
    hands.until(lambda: not space.jobs.running)
    assert space.archive.verify(lambda _: None, lambda: False) == ()
    lock(hands, program)
