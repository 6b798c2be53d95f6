"""Every button in sight of every screen, and every action by its keys: afterwards the keys are where they are of use.

Never nowhere, never in the rail, and in a room of films never left in its header, where the next letter would be lost.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QToolTip

from app.door import Door
from app.model.change import added
from app.shortcuts.actions import ROOMS, Where
from app.statement.beginning import begin_statement
from app.works.beginning import begin
from tests.drivers.every_press import Closing, Walk, come, whole_window
from tests.drivers.hands import Hands
from tests.material.builders import recording
from tests.material.house import MINUTE, Home, Room

pytestmark = pytest.mark.long


@pytest.fixture
def walk(qtbot, monkeypatch) -> Iterator[Walk]:
    for name in ("getSaveFileName", "getOpenFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, lambda *_a, **_k: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: "")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    monkeypatch.setattr(QToolTip, "showText", lambda *_: None)
    home = Home()
    home.compare()
    begin_statement(Door(home.a), home.texts, home.case_id, "en")
    draft = home.add_meeting(home.meeting.adult_id, 5)
    home.a.apply("film", [added(recording(draft.id, MINUTE))])
    home.mark_tasks(draft)
    room, hands = Room(home), Hands(qtbot)
    made = whole_window(room)
    come(made, hands)
    closing = Closing(made)
    walked = Walk(made, hands, home, draft)
    yield walked
    closing.stop()
    assert not closing.bare, "a dialog or menu wears no look of the program"
    made.close()
    room.space.close()


def test_every_button_of_every_screen_leaves_the_keys_in_it(walk) -> None:
    case, meeting = {"case_id": walk.home.case_id}, {"meeting_id": walk.home.meeting.id}
    work = begin(Door(walk.home.a), walk.home.texts, "laheisneuvonpito", **case)
    for place, ids in (
        ("desk", {}),
        ("cases", case),
        ("filming", {}),
        ("coding", {"meeting_id": walk.draft.id}),
        ("comparing", meeting),
        ("feedback", case),
        ("service", {"work_id": work.id}),
        ("service", {"part": "groups"}),
        ("statement", case),
        ("supervision", {}),
        ("settings", {}),
    ):
        walk.all_buttons(place, ids)
    assert walk.wrong == []
    assert walk.pressed > 80


def test_every_action_by_its_keys_leaves_them_in_the_place(walk) -> None:
    coding, comparing, filming, choosing, _showing, writing = ROOMS  # what is shown needs a second screen
    walk.all_actions("coding", {"meeting_id": walk.draft.id}, coding)
    walk.all_actions("comparing", {"meeting_id": walk.home.meeting.id}, comparing - {Where.EVERYWHERE})
    walk.all_actions("filming", {"meeting_id": walk.draft.id}, filming - {Where.EVERYWHERE})
    walk.all_actions("feedback", {"case_id": walk.home.case_id}, choosing - {Where.EVERYWHERE, Where.FILMS})
    walk.all_actions("statement", {"case_id": walk.home.case_id}, writing - {Where.EVERYWHERE})
    assert walk.wrong == []
    assert walk.pressed > 100


def test_a_room_that_is_opened_by_a_key_has_the_keys_at_its_main_thing(walk, qtbot) -> None:
    for place in ("coding", "comparing", "statement"):
        walk.window.go(place)
        chosen = next(b for words, b in walk.buttons().items() if words.startswith(("Open: ", "Write: ")))
        chosen.setFocus()
        qtbot.keyClick(chosen, Qt.Key.Key_Return)
        screen = walk.screen()
        assert screen.room is not None, place
        qtbot.waitUntil(lambda now=screen: QApplication.focusWidget() is now.main_thing())


def test_a_place_that_is_opened_again_has_the_keys_at_its_main_thing(walk, qtbot) -> None:
    walk.window.go("desk")
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QAbstractButton))
        assert walk.screen().isAncestorOf(QApplication.focusWidget())
