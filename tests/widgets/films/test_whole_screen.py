"""F11: the picture over the whole screen in the real window. Keys act, notices are read, and everything comes back."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton

from app.model.timecode import SECOND
from tests.stand_ins.fake_player import FakePlayer
from widgets.coding.coding_screen import CodingScreen
from widgets.coding.drawers import OBSERVATIONS, PAD
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.cover import Cover
from widgets.films.pictures import LARGE
from widgets.films.whole_screen import PictureLine, WholeScreen
from widgets.main_window import MainWindow, Maker
from widgets.notice_bar import NoticeBar
from widgets.screen import Screen

pytestmark = pytest.mark.long

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(home, second, room, qtbot):
    makers = {
        "desk": Maker(Screen),
        "coding": Maker(lambda space, look, go: CodingScreen(space, look, go, FakePlayer), films=True),
        "comparing": Maker(lambda space, look, go: ComparingScreen(space, look, go, FakePlayer), films=True),
    }
    made = MainWindow(room.space, makers)
    qtbot.addWidget(made)
    made.resize(1300, 720)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


@pytest.fixture
def coding(window, home):
    window.go("coding", meeting_id=home.meeting.id)
    place = window.findChild(CodingScreen)
    place.room.seek(10 * SECOND)
    return place.room


@pytest.fixture
def press(qtbot):
    def do(key, held=Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(QApplication.focusWidget(), key, held)

    return do


def in_place(window, room) -> bool:
    """Whether everything is as it was before."""
    films = room.watching
    return (
        not window.isFullScreen()
        and films.transport.isVisible()
        and not films.showing.line.isVisible()
        and room.frame.isAncestorOf(films)
        and not room.findChild(WholeScreen).isVisible()
        and room.place.header.isVisible()
    )


def line_words(window) -> str:
    line = window.findChild(PictureLine)
    return " | ".join(part.text() for part in line.findChildren(QLabel) if part.isVisible() and part.text())


def test_the_picture_has_the_screen_and_the_keys_act(window, coding, press, hands) -> None:
    place, player = coding.place, coding.player
    press(Key.Key_F11)
    hands.settle()
    assert window.isFullScreen()
    assert coding.findChild(WholeScreen).rect() == window.rect()
    assert coding.watching.pictures.height() > window.height() - 40
    assert player.boxes[1][0] >= coding.watching.pictures.view(1).width()
    assert place.hasFocus()
    assert "00:00:10.000   frame 250   Camera 1" in line_words(window)
    press(Key.Key_Q)
    (coded,) = coding.editor.coding.sorted_observations()
    assert coded.start == 10 * SECOND
    name = coding.editor.texts.words(coding.editor.scheme.code(coded.code).name)
    assert name in line_words(window)
    assert "saved " in line_words(window)
    press(Key.Key_Z, CTRL)
    assert not coding.editor.coding.observations
    assert name not in line_words(window), "what was taken back is not said any more"
    press(Key.Key_Space)
    assert player.is_playing()
    press(Key.Key_Right, SHIFT)
    assert "00:00:11.000" in line_words(window)


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_F11])
def test_everything_comes_back(window, coding, press, hands, key) -> None:
    seen = coding.watching.pictures.seen()
    assert (coding.watching.pictures.layout_name, seen) == (LARGE, (1, 2))
    press(Key.Key_F11)
    assert coding.watching.pictures.seen() == (1,)
    assert set(coding.player.sinks) == {1}, "who is not seen needs no pictures"
    press(Key.Key_T, CTRL)
    assert coding.watching.pictures.seen() == (2,)
    press(key)
    hands.settle()
    assert in_place(window, coding)
    assert coding.watching.pictures.seen() == seen
    assert coding.place.hasFocus()
    assert coding.drawers.open == PAD


def test_a_notice_is_read_over_the_picture_and_the_cover_hides_all(window, coding, press, hands, room) -> None:
    press(Key.Key_F11)
    room.space.notices.warn("something happened")
    hands.settle()
    bar, whole = window.findChild(NoticeBar), coding.findChild(WholeScreen)
    at = bar.mapTo(window, bar.rect().center())
    assert bar.isAncestorOf(window.childAt(at)), "nothing lies over it"
    line = coding.watching.showing.line
    assert not bar.geometry().intersects(line.rect().translated(line.mapTo(bar.parentWidget(), QPoint(0, 0))))
    press(Key.Key_P, CTRL | SHIFT)
    cover = window.findChild(Cover)
    assert window.childAt(at) is cover
    press(Key.Key_P, CTRL | SHIFT)
    assert whole.isVisible()
    assert coding.place.hasFocus()


def test_a_note_is_written_there(window, coding, press, hands) -> None:
    press(Key.Key_F11)
    press(Key.Key_M, CTRL)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.isVisible()
    hands.type(field, "q then a")
    press(Key.Key_Return)
    assert [m.text for m in coding.editor.coding.marks.values()] == ["q then a"]
    assert coding.findChild(WholeScreen).isVisible()
    press(Key.Key_M, CTRL)
    press(Key.Key_Escape)
    assert coding.findChild(WholeScreen).isVisible(), "Esc leaves the innermost first"
    press(Key.Key_Escape)
    assert in_place(window, coding)


def test_what_needs_the_room_is_come_back_to(window, coding, press, hands) -> None:
    press(Key.Key_2, CTRL)
    assert coding.drawers.open == OBSERVATIONS
    press(Key.Key_F11)
    press(Key.Key_Escape)
    assert coding.drawers.open == OBSERVATIONS, "as it was"
    press(Key.Key_F11)
    press(Key.Key_2, CTRL)
    hands.settle()
    assert in_place(window, coding)
    assert coding.drawers.open == OBSERVATIONS
    press(Key.Key_F11)
    QTimer.singleShot(0, lambda: QApplication.activePopupWidget().close())  # the menu waits until it is closed
    press(Key.Key_F10)
    hands.settle()
    assert in_place(window, coding), "the menu hangs on the rail"
    press(Key.Key_F11)
    window.go("desk")
    hands.settle()
    assert not window.isFullScreen()
    assert window.findChildren(QToolButton)[0].isVisible(), "the rail"


def test_disagreements_are_walked_over_the_whole_screen(window, home, press, hands) -> None:
    home.compare()
    window.go("comparing", meeting_id=home.meeting.id)
    room = window.findChild(ComparingScreen).room
    press(Key.Key_F11)
    assert room.list.hasFocus()
    press(Key.Key_Down)
    assert room.list.currentRow() == 1
    press(Key.Key_Return)
    assert room.player.is_playing()
    press(Key.Key_Escape)
    hands.settle()
    assert not window.isFullScreen()
    assert room.watching.transport.isVisible()


def test_with_one_screen_it_is_said_what_to_do(coding, press, room) -> None:
    press(Key.Key_F11, CTRL)
    assert "has one screen" in room.said[-1].text
    assert not coding.watching.showing.is_second
    assert not coding.watching.showing.sign.isVisible()
