"""How a film is seen and heard: shown while a hand is on it, one step when it is let go, and never a changed film."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton

from app.i18n import Texts
from app.model.recording import AS_FILMED, Recording, Viewing
from app.model.timecode import SECOND
from widgets.films.picture_sound import WIDTH
from widgets.films.watching import Watching
from widgets.look import look as looks

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sheet(watching: Watching, monkeypatch):
    # the offscreen platform has no popups that take the keyboard: the sheet is shown as a part of the page
    made = watching.make_sheet()
    made.setWindowFlags(Qt.WindowType.Widget)
    watching.popover = made
    made.refresh()
    made.show()
    return made


def kept(home, film) -> Viewing:
    return home.a.get(Recording, film.id).viewing


def named(sheet, name: str) -> QPushButton:
    return next(b for b in sheet.findChildren(QPushButton) if b.accessibleName() == name)


def test_a_slider_shows_at_once_and_is_kept_when_let_go(sheet, watching, home) -> None:
    sheet.brightness.setSliderDown(True)
    sheet.brightness.setValue(40)
    assert watching.player.reels[home.film.id].viewing.brightness == 0.4
    assert kept(home, home.film) == AS_FILMED
    sheet.brightness.setSliderDown(False)
    assert kept(home, home.film).brightness == 0.4
    assert watching.films_editor.stack.count() == 1
    watching.session.undo_keep()
    assert watching.player.reels[home.film.id].viewing == AS_FILMED
    assert sheet.brightness.value() == 0


def test_a_key_on_a_slider_is_a_step(sheet, home, qtbot) -> None:
    qtbot.keyClick(sheet.contrast, Key.Key_Right)
    assert kept(home, home.film).contrast > 1


def test_the_ends_of_contrast_are_those_of_the_model(sheet, home) -> None:
    sheet.contrast.setValue(100)
    assert kept(home, home.film).contrast == 4.0
    sheet.contrast.setValue(-100)
    assert kept(home, home.film).contrast == 0.25


def test_turning_goes_around(sheet, home) -> None:
    turns = []
    for _ in range(4):
        named(sheet, "Turn right").click()
        turns.append(kept(home, home.film).turn)
    assert turns == [90, 180, 270, 0]
    named(sheet, "Turn left").click()
    assert kept(home, home.film).turn == 270


def test_the_other_camera_has_its_own(sheet, home, second) -> None:
    named(sheet, "Camera 2").click()
    sheet.deinterlace.click()
    assert kept(home, second).deinterlace
    assert kept(home, home.film) == AS_FILMED
    sheet.reset.click()
    assert kept(home, second) == AS_FILMED


def test_gain_is_of_the_camera_that_is_heard(sheet, home, second, watching) -> None:
    named(sheet, "Hear camera 2").click()
    assert watching.player.listening_to() == 2
    sheet.gain.setValue(12)
    assert (kept(home, second).gain_db, kept(home, home.film).gain_db) == (12.0, 0.0)


def test_a_ready_coding_may_be_looked_at_otherwise(sheet, home, place) -> None:
    editor = place.room.editor
    for segment in editor.file.segments:
        editor.cover(segment, on=True)
    assert editor.mark_ready()
    sheet.brightness.setValue(-20)
    assert kept(home, home.film).brightness == -0.2


def test_undo_in_the_room_takes_the_latest_step_back(sheet, home, place, press) -> None:
    press("q")
    sheet.brightness.setValue(30)
    place.undo()
    assert kept(home, home.film) == AS_FILMED
    assert len(place.room.editor.coding.observations) == 1
    place.undo()
    assert not place.room.editor.coding.observations
    place.redo()
    place.redo()
    assert kept(home, home.film).brightness == 0.3


def test_the_room_stays_open_when_its_film_is_seen_otherwise(sheet, place, home) -> None:
    room = place.room
    sheet.brightness.setValue(30)
    place.opened()
    assert place.room is room


def test_moves_and_layouts_stand_there_too(sheet, watching, place) -> None:
    place.room.seek(10 * SECOND)
    named(sheet, "+5 s").click()
    assert place.room.now() == 15 * SECOND
    named(sheet, "One frame back").click()
    assert place.room.now() < 15 * SECOND
    named(sheet, "Side by side").click()
    assert watching.pictures.layout_name == "side-by-side"


def test_keys_of_the_film_work_on_the_sheet_and_undo_is_its_own(sheet, watching, place, home, qtbot) -> None:
    qtbot.keyClick(sheet, Key.Key_Right)
    assert place.room.now() == 40_000
    sheet.brightness.setValue(30)
    qtbot.keyClick(sheet, Key.Key_Z, CTRL)
    assert kept(home, home.film) == AS_FILMED
    qtbot.keyClick(sheet, Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_words_of_the_jumps_are_whole_in_every_language(qapp, language) -> None:
    t = Texts(language)
    letters = QFontMetrics(looks.font(weight=looks.font().Weight.Medium))
    words = [t.tr(name) for name in ("‹ task", "task ›", "‹ observation", "observation ›")]
    beside_them = 34 + 3 * 4  # the popover's margins and edges, and the gaps
    assert sum(letters.horizontalAdvance(w) + 18 for w in words) + beside_them <= WIDTH
