"""The one rule of where the keys are, in a window with a rail: never lost, never in the rail by themselves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton

from app.workspace import Workspace
from tests.drivers.hands import Hands
from widgets.look.look import Look
from widgets.main_window import MainWindow, Maker
from widgets.screen import Go, Screen

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


class Place(Screen):
    """A first button, a field, and a button that goes when it is pressed."""

    def __init__(self, workspace: Workspace, look: Look, go: Go) -> None:
        super().__init__(workspace, look, go)
        self.first, self.field, self.goes = QPushButton("First"), QLineEdit(), QPushButton("Goes")
        self.pressed: list[str] = []
        self.goes.clicked.connect(self.goes.hide)
        self.first.clicked.connect(lambda: self.pressed.append("First"))
        for part in (self.first, self.field, self.goes):
            self.column.addWidget(part)


class Giving(Place):
    """A place whose buttons give the keys back."""

    def takes_back(self, pressed) -> bool:
        return pressed is self.goes or pressed is self.first

    def main_thing(self):
        return self.field


@pytest.fixture
def window(room, qtbot):
    made = MainWindow(room.space, {"desk": Maker(Place), "cases": Maker(Giving), "coding": Maker(Place)})
    qtbot.addWidget(made)
    made.go("desk")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


@pytest.fixture
def hands(qtbot) -> Hands:
    return Hands(qtbot)


def shown(window) -> Place:
    (place,) = [s for s in window.findChildren(Place) if s.isVisible()]
    return place


def has_keys(window, part) -> None:
    assert QApplication.focusWidget() is part


def test_every_place_that_opens_by_its_keys_has_them_at_its_main_thing(window, qtbot) -> None:
    for key in (Key.Key_2, Key.Key_4, Key.Key_1, Key.Key_2):
        qtbot.keyClick(QApplication.focusWidget(), key, ALT)
        has_keys(window, shown(window).main_thing())


def test_opening_the_same_place_again_leads_to_its_main_thing(window, qtbot) -> None:
    shown(window).goes.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_1, ALT)
    has_keys(window, shown(window).first)


def test_when_what_had_the_keys_goes_they_stay_in_the_place(window, hands, qtbot) -> None:
    place = shown(window)
    place.goes.setFocus()
    hands.click(place.goes)
    hands.settle()
    qtbot.waitUntil(lambda: place.isAncestorOf(QApplication.focusWidget()))


def test_what_is_taken_out_of_the_window_leaves_the_keys_in_the_place(window, qtbot) -> None:
    place = shown(window)
    place.field.setFocus()
    place.field.setParent(None)
    qtbot.waitUntil(lambda: place.isAncestorOf(QApplication.focusWidget()))
    place.field.deleteLater()


def test_tab_still_reaches_the_rail(window, qtbot) -> None:
    place = shown(window)
    place.first.setFocus()
    seen = []
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        qtbot.wait(1)
        seen.append(QApplication.focusWidget())
    assert any(isinstance(part, QToolButton) for part in seen)


def test_a_button_gives_the_keys_back_where_the_place_says_so(window, hands, qtbot) -> None:
    window.go("cases")
    place = shown(window)
    hands.click(place.first)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is place.field)
    window.go("desk")
    place = shown(window)
    hands.click(place.first)
    hands.settle()
    has_keys(window, place.first)


def test_enter_presses_the_button_that_has_the_keys(window, qtbot) -> None:
    place = shown(window)
    place.first.setFocus()
    for key in (Key.Key_Return, Key.Key_Enter):
        qtbot.keyClick(place.first, key)
    assert place.pressed == ["First", "First"]
    place.first.setEnabled(False)
    qtbot.keyClick(place, Key.Key_Return)
    assert place.pressed == ["First", "First"]


class Off(Place):
    """Its button is off from its press until it is set on again; another one stands behind it."""

    def __init__(self, workspace: Workspace, look: Look, go: Go) -> None:
        super().__init__(workspace, look, go)
        self.off, self.behind = QPushButton("Off"), QPushButton("Behind")
        self.off.clicked.connect(lambda: self.off.setEnabled(False))
        self.behind.clicked.connect(lambda: self.pressed.append("Behind"))
        for part in (self.off, self.behind):
            self.column.addWidget(part)


@pytest.fixture
def off(room, qtbot):
    made = MainWindow(room.space, {"desk": Maker(Off)})
    qtbot.addWidget(made)
    made.go("desk")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    place = shown(made)
    place.off.setFocus()
    qtbot.keyClick(place.off, Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is place)
    yield place
    made.close()


def test_a_button_turned_off_by_its_press_does_not_hand_the_keys_to_its_neighbor(off, qtbot) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert off.pressed == []
    off.off.setEnabled(True)
    has_keys(off, off.off)


def test_tab_goes_on_from_a_button_that_is_off(off, qtbot) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    has_keys(off, off.behind)
    off.off.setEnabled(True)
    has_keys(off, off.behind)
