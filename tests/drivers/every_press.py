"""Walks through the main window and presses everything: every button in sight, every action by its keys."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFrame, QMenu, QWidget

from app.i18n import now
from app.model.meeting import Meeting
from app.shortcuts.actions import ACTIONS, Where
from tests.drivers.film_stage import MemoryFilms, StagedDevices, StagedRecorder, index
from tests.drivers.hands import Hands
from tests.material.house import Home, Room
from tests.stand_ins.fake_cards import FakeCards
from tests.stand_ins.fake_films import film_tools
from tests.stand_ins.fake_line import Network
from tests.stand_ins.fake_player import FakePlayer
from widgets.calendar.calendar_screen import CalendarScreen
from widgets.cases.cases_screen import CasesScreen
from widgets.coding.coding_screen import CodingScreen
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.desk.desk_screen import DeskScreen
from widgets.feedback.feedback_screen import FeedbackScreen
from widgets.filming.filming_screen import FilmingScreen
from widgets.main_window import MainWindow, Maker
from widgets.screen import Screen
from widgets.services.service_screen import ServiceScreen
from widgets.settings.settings_screen import SettingsScreen
from widgets.statement.statement_screen import StatementScreen
from widgets.supervision.supervision_screen import SupervisionScreen

#: what ends the window, or lies over all of it: other tests look at these
ENDING = {"quit", "lock", "cover"}
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Closing(QObject):
    """Closes what opens over the window once it is there: a menu, a dialog, a sheet."""

    def __init__(self, window: QWidget, reads: Callable[[QWidget], None] = lambda _part: None) -> None:
        """`reads` sees each of them before it goes."""
        super().__init__()
        self._window, self._reads = window, reads
        self.bare: list[str] = []
        self._timer = QTimer(self, interval=5)
        self._timer.timeout.connect(self.close_all)
        self._timer.start()

    def close_all(self) -> None:
        for part in QApplication.topLevelWidgets():
            if part.isVisible() and part is not self._window and isinstance(part, QDialog | QMenu):
                if not is_dressed(part):
                    self.bare.append(type(part).__name__)
                self._reads(part)
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
        self.reads: Callable[[str], None] = lambda _after: None  # what is on the screen, after whatever was pressed

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
        self.reads(after)
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


def whole_window(room: Room) -> MainWindow:
    """The main window over a worker's room with every place, on a large laptop; films and cameras are staged."""
    devices, space = StagedDevices(), room.space
    space.films = film_tools(recorder=lambda: StagedRecorder(now), devices=lambda: devices, index=index)
    space.opened = replace(space.opened, media=MemoryFilms())
    space.preferences.change(theme="light")
    made = MainWindow(
        space,
        {
            "desk": Maker(DeskScreen),
            "calendar": Maker(CalendarScreen),
            "cases": Maker(CasesScreen),
            "filming": Maker(lambda *given: FilmingScreen(*given, lambda: None), films=True),
            "coding": Maker(lambda *given: CodingScreen(*given, FakePlayer), films=True),
            "comparing": Maker(lambda *given: ComparingScreen(*given, FakePlayer, Network().new_line), films=True),
            "feedback": Maker(lambda *given: FeedbackScreen(*given, FakePlayer)),
            "supervision": Maker(lambda *given: SupervisionScreen(*given, FakePlayer)),
            "service": Maker(lambda *given: ServiceScreen(*given, FakePlayer)),
            "statement": Maker(lambda *given: StatementScreen(*given, FakePlayer, FakeCards)),
            "settings": Maker(SettingsScreen),
        },
    )
    made.resize(1366, 768)
    return made


def come(window: MainWindow, hands: Hands) -> None:
    """Onto the screen, with the keys."""
    hands.bot.addWidget(window)
    window.go("desk")
    window.show()
    window.activateWindow()
    hands.until(window.isActiveWindow)
