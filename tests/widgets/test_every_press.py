"""Every button in sight of every screen, and every action by its keys: afterwards the keys are where they are of use.

Never nowhere, never in the rail, and in a room of films never left in its header, where the next letter would be lost.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QFrame, QMenu, QToolTip, QWidget

from app.door import Door
from app.i18n import now
from app.model.change import added
from app.model.meeting import Meeting
from app.shortcuts.actions import ACTIONS, ROOMS, Where
from app.statement.editor import begin_statement
from tests.drivers.film_stage import MemoryFilms, StagedDevices, StagedRecorder, index
from tests.drivers.hands import Hands
from tests.material.builders import recording
from tests.material.house import MINUTE, Home, Room
from tests.stand_ins.fake_films import film_tools
from tests.stand_ins.fake_line import Network
from tests.stand_ins.fake_player import FakePlayer
from widgets.cases.cases_screen import CasesScreen
from widgets.coding.coding_screen import CodingScreen
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.desk.desk_screen import DeskScreen
from widgets.filming.filming_screen import FilmingScreen
from widgets.main_window import MainWindow, Maker
from widgets.screen import Screen
from widgets.settings.settings_screen import SettingsScreen
from widgets.statement.statement_screen import StatementScreen

#: what ends the window, or lies over all of it: other tests look at these
ENDING = {"quit", "lock", "cover"}
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Closing(QObject):
    """Closes what opens over the window once it is there: a menu, a dialog, a sheet."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self.bare: list[str] = []
        self._timer = QTimer(self, interval=5)
        self._timer.timeout.connect(self.close_all)
        self._timer.start()

    def close_all(self) -> None:
        for part in QApplication.topLevelWidgets():
            if part.isVisible() and part is not self._window and isinstance(part, QDialog | QMenu):
                if not is_dressed(part):
                    self.bare.append(type(part).__name__)
                part.reject() if isinstance(part, QDialog) else part.close()

    def stop(self) -> None:
        self._timer.stop()


def is_dressed(part: QWidget | None) -> bool:
    """Whether it, or what it lies over, wears a look of the program: there is none of the application's."""
    while part is not None:
        if part.styleSheet():
            return True
        part = part.parentWidget()
    return False


class Walk:
    """One window over the pair's archive, its places, and what was found wrong."""

    def __init__(self, window: MainWindow, hands: Hands, home: Home, draft: Meeting) -> None:
        self.window, self.hands, self.home, self.draft = window, hands, home, draft
        self.wrong: list[str] = []
        self.pressed = 0

    def screen(self) -> Screen:
        (screen,) = [s for s in self.window.findChildren(Screen) if s.isVisible()]
        return screen

    def buttons(self) -> dict[str, QAbstractButton]:
        """What can be pressed now, by what it says."""
        found: dict[str, QAbstractButton] = {}
        for button in self.screen().findChildren(QAbstractButton):
            name = (button.accessibleName() or button.text()).split("   ", maxsplit=1)[0]
            if name and button.isVisible() and button.isEnabled() and not button.visibleRegion().isEmpty():
                found.setdefault(name, button)
        return found

    def all_buttons(self, place: str, ids: dict[str, str]) -> None:
        """Each once, also those that others bring into sight."""
        done: set[str] = set()
        self.go(place, ids)
        while left := {name: b for name, b in self.buttons().items() if name not in done}:
            name, button = next(iter(left.items()))
            done.add(name)
            page = self.screen(), getattr(self.screen(), "room", None)
            self.hands.bot.mouseClick(button, LEFT)
            self.look(f"{place}: {name}")
            if page != (self.screen(), getattr(self.screen(), "room", None)):
                self.go(place, ids)
        self.pressed += len(done)

    def go(self, place: str, ids: dict[str, str]) -> None:
        self.window.go(place, **ids)
        self.look(f"{place} opens")

    def look(self, after: str) -> None:
        """Where the keys are, once everything has come to rest and nothing lies over the window."""
        for _ in range(3):
            self.hands.settle()
        if not self.window.isActiveWindow():  # a window manager would give the window its place back
            self.window.activateWindow()
            self.hands.settle()
        if said := self.amiss():
            self.wrong.append(f"{after}: {said}")
            self.screen().take_focus()

    def amiss(self) -> str:
        """What is wrong with where the keys are; empty when nothing is."""
        focused, screen = QApplication.focusWidget(), self.screen()
        if focused is None:
            return "nowhere"
        if focused is not screen and not screen.isAncestorOf(focused):
            rail = self.window.findChild(QFrame, "rail")
            popover = focused.window() is not self.window
            return "" if popover else ("the rail" if rail.isAncestorOf(focused) else type(focused).__name__)
        lost = screen.header.isAncestorOf(focused) and screen.takes_back(focused)
        return f"the header, {type(focused).__name__}" if lost else ""

    def all_actions(self, place: str, ids: dict[str, str], room: frozenset[Where]) -> None:
        """Each action that is listened to there and has keys, by these keys."""
        self.go(place, ids)
        for action in (a for a in ACTIONS if a.where in room and a.keys and a.id not in ENDING):
            if self.window.place != place:
                self.go(place, ids)
            self.press(action.keys, typed=action.typed)
            self.look(f"{place}: {action.id}")
            self.pressed += 1

    def press(self, keys: str, *, typed: bool) -> None:
        where = QApplication.focusWidget() or self.screen()
        if typed:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(where, QKeyEvent(kind, Qt.Key.Key_unknown, NONE, keys))
        else:
            stroke = QKeySequence(keys)[0]
            self.hands.key(where, stroke.key(), stroke.keyboardModifiers())


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
    devices, room = StagedDevices(), Room(home)
    space = room.space
    space.films = film_tools(recorder=lambda: StagedRecorder(now), devices=lambda: devices, index=index)
    space.opened = replace(space.opened, media=MemoryFilms())
    space.preferences.change(theme="light")
    made = MainWindow(
        space,
        {
            "desk": Maker(DeskScreen),
            "cases": Maker(CasesScreen),
            "filming": Maker(lambda *given: FilmingScreen(*given, lambda: None), films=True),
            "coding": Maker(lambda *given: CodingScreen(*given, FakePlayer), films=True),
            "comparing": Maker(lambda *given: ComparingScreen(*given, FakePlayer, Network().new_line), films=True),
            "statement": Maker(lambda *given: StatementScreen(*given, FakePlayer)),
            "settings": Maker(SettingsScreen),
        },
    )
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.go("desk")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    closing = Closing(made)
    walked = Walk(made, Hands(qtbot), home, draft)
    yield walked
    closing.stop()
    assert not closing.bare, "a dialog or menu wears no look of the program"
    made.close()
    space.close()


def test_every_button_of_every_screen_leaves_the_keys_in_it(walk) -> None:
    case, meeting = {"case_id": walk.home.case_id}, {"meeting_id": walk.home.meeting.id}
    for place, ids in (
        ("desk", {}),
        ("cases", case),
        ("filming", {}),
        ("coding", {"meeting_id": walk.draft.id}),
        ("comparing", meeting),
        ("statement", case),
        ("settings", {}),
    ):
        walk.all_buttons(place, ids)
    assert walk.wrong == []
    assert walk.pressed > 80


def test_every_action_by_its_keys_leaves_them_in_the_place(walk) -> None:
    coding, comparing, filming = ROOMS
    walk.all_actions("coding", {"meeting_id": walk.draft.id}, coding)
    walk.all_actions("comparing", {"meeting_id": walk.home.meeting.id}, comparing - {Where.EVERYWHERE})
    walk.all_actions("filming", {"meeting_id": walk.draft.id}, filming - {Where.EVERYWHERE})
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
