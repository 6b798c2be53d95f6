"""The second pass on the screen: a key answers and goes on, Enter plays, and nothing of the other's is seen before."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.casework.meeting_file import meeting_file
from app.comparing.second_pass.editor import SecondPassEditor, begin_second
from app.door import Door
from tests.material.agreed import agree, use_second_pass
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.comparing.second_room import SecondRoom

Key = Qt.Key


def action(place, words) -> QPushButton | None:
    return next((b for b in place.window().findChildren(QPushButton) if b.text() == words and b.isVisible()), None)


def answer_all(home, store, option) -> None:
    header = begin_second(Door(store), home.texts, home.meeting.id)
    editor = SecondPassEditor(store, home.texts, meeting_file(store, home.meeting.id), header)
    for number, asked in enumerate(editor.asked):
        assert editor.answer(number, asked.question.options[option].id)
    assert editor.mark_ready()


def said(room) -> str:
    return "\n".join(x.text() for x in room.findChildren(QLabel) if x.isVisible())


@pytest.fixture
def place(home, stage) -> ComparingScreen:
    use_second_pass(home)
    home.compare()
    agree(home)
    return stage(ComparingScreen, player=True, meeting_id=home.meeting.id)


def test_it_is_begun_from_comparing_once_the_common_view_is_confirmed(place) -> None:
    begin = action(place, "Begin the second pass")
    assert begin is not None
    begin.click()
    assert isinstance(place.room, SecondRoom)
    action(place, "Back to comparing").click()
    assert action(place, "Go on with the second pass") is not None


def test_a_key_answers_and_goes_on_to_the_next_and_plays_it(place, home, qtbot) -> None:
    place.opened(meeting_id=home.meeting.id, part="second")
    room = place.room
    assert QApplication.focusWidget() is room.list
    room.list.setFocus()
    qtbot.keyClick(room.list, Key.Key_1)
    assert room.editor.said(0) == "warm"
    assert room.list.currentRow() == 1
    assert room.player.is_playing()
    start = room.editor.asked[1].event.start
    assert room.player.range == (max(start - 2_000_000, 0), start + 2_000_000)
    room.undo()
    assert room.editor.said(0) == ""
    qtbot.keyClick(room.list, Key.Key_Up)
    qtbot.keyClick(room.list, Key.Key_X)  # the answer's own key
    assert room.editor.said(0) == "hasty"
    qtbot.keyClick(room.list, Key.Key_9)
    assert len(room.editor.open_places()) == len(room.editor.asked) - 1


def test_ready_waits_for_all_and_for_the_other(place, home, qtbot) -> None:
    place.opened(meeting_id=home.meeting.id, part="second")
    room = place.room
    assert action(place, "Mark as ready") is None
    for number, asked in enumerate(room.editor.asked):
        room.list.setCurrentRow(number)
        room.answer(asked.question.options[0].id)
    action(place, "Mark as ready").click()
    assert "Your answers are ready." in said(place.room)
    action(place, "Take ready back").click()
    answer_all(home, home.b, 1)
    action(place, "Mark as ready").click()
    shown = said(place.room)
    assert place.room.figures is not None
    count = sum(a.question.id == "tone" for a in place.room.editor.asked)
    assert f"Same answer to 0 of {count} agreed events, 0%" in shown
    assert "Both answers are kept" in shown
    assert "nothing is matched" in shown
    room = place.room
    qtbot.keyClick(room.figures.differing, Key.Key_Down)
    qtbot.keyClick(room.figures.differing, Key.Key_Return)
    assert room.player.is_playing()
    assert room.figures.chosen() == room.editor.asked[1]


def test_with_the_common_view_open_anew_it_says_so_and_keeps_what_was_answered(place, home) -> None:
    answer_all(home, home.a, 0)
    walk = place.room.walk
    walk.editor.take_back()
    assert action(place, "Second pass") is not None
    action(place, "Second pass").click()
    assert "The common view is open anew." in said(place.room)
    assert place.room.editor.open_places() == ()
