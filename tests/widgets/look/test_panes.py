"""Boundaries between parts: a mouse and the arrows move them, they are remembered as shares, and put back as usual."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.i18n import Texts
from app.settings.preferences import Preferences
from tests.drivers.mouse import double_click
from widgets.look.panes import STEP, Panes, panes

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
ACROSS, DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


@pytest.fixture
def kept() -> Preferences:
    return Preferences()


def shown(qtbot, kept: Preferences, way: Qt.Orientation = ACROSS, name: str = "a") -> Panes:
    made = panes(name, way, kept, Texts("en"), (QLabel("one"), 500), (QLabel("two"), 500))
    qtbot.addWidget(made)
    made.resize(1009, 1009)
    made.show()
    assert made.sizes() == [500, 500]
    return made


def test_a_mouse_moves_a_boundary_and_the_next_window_has_it(qtbot, kept) -> None:
    first = shown(qtbot, kept)
    boundary = first.handle(1)
    middle = boundary.rect().center()
    QTest.mousePress(boundary, LEFT, pos=middle)
    QTest.mouseMove(boundary, middle + QPoint(200, 0))
    QTest.mouseRelease(boundary, LEFT, pos=boundary.rect().center())
    assert first.sizes() == [700, 300]
    second = panes("a", ACROSS, kept, Texts("en"), (QLabel("one"), 500), (QLabel("two"), 500))
    qtbot.addWidget(second)
    second.resize(2009, 300)
    second.show()
    assert second.sizes() == [1400, 600]
    double_click(second.handle(1))
    assert second.sizes() == [1000, 1000]
    assert kept.remembered.panes == {}


@pytest.mark.parametrize(
    ("way", "more", "less"), [(ACROSS, Key.Key_Right, Key.Key_Left), (DOWN, Key.Key_Down, Key.Key_Up)]
)
def test_arrows_move_a_boundary_and_enter_puts_it_back(qtbot, kept, way, more, less) -> None:
    other = shown(qtbot, kept, way, "b")
    QTest.keyClick(other.handle(1), more)
    made = shown(qtbot, kept, way)
    boundary = made.handle(1)
    assert boundary.focusPolicy() & Qt.FocusPolicy.TabFocus
    for _ in range(3):
        QTest.keyClick(boundary, more)
    QTest.keyClick(boundary, less)
    assert made.sizes() == [500 + 2 * STEP, 500 - 2 * STEP]
    QTest.keyClick(boundary, more, Qt.KeyboardModifier.ControlModifier)  # another's key
    assert made.sizes() == [500 + 2 * STEP, 500 - 2 * STEP]
    QTest.keyClick(boundary, Key.Key_Return)
    assert made.sizes() == [500, 500]
    assert list(kept.remembered.panes) == ["b"], "the others of its kind forget nothing"


def test_no_part_is_made_smaller_than_it_can_be(qtbot, kept) -> None:
    made = shown(qtbot, kept)
    made.widget(1).setMinimumWidth(450)
    for _ in range(5):
        QTest.keyClick(made.handle(1), Key.Key_Right)
    assert made.sizes() == [550, 450]


def test_what_fits_no_more_is_as_usual(qtbot, kept) -> None:
    kept.remember(panes={"a": "300 300 400"})
    assert shown(qtbot, kept).sizes() == [500, 500]
    kept.remember(panes={"a": "x 400"})
    assert shown(qtbot, kept).sizes() == [500, 500]
