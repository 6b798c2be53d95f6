"""Actions of a header come and go with what a place shows."""

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from tests.drivers.settling import settle
from widgets.header_actions import HeaderActions
from widgets.look import look as looks
from widgets.look.parts import beside


@pytest.fixture
def header(qtbot):
    window = QWidget()
    actions = HeaderActions("More actions")
    window.setLayout(beside(None, actions))
    qtbot.addWidget(window)
    window.resize(900, 60)
    window.show()
    yield actions
    window.close()


def test_an_action_that_was_away_at_first_comes_into_sight_and_goes_again(header) -> None:
    first, main = QPushButton("Statement"), QPushButton("New case")
    for action in (first, main):
        action.hide()
    header.show_actions(first, main)
    settle()
    assert header.width() == 0
    for action in (first, main):
        action.show()
    settle()
    assert first.isVisible()
    assert main.isVisible()
    assert header.width() >= first.sizeHint().width() + main.sizeHint().width()
    first.hide()
    settle()
    assert (first.isVisible(), main.isVisible()) == (False, True)


def test_the_sign_of_what_is_folded_is_seen(header) -> None:
    """It was pushed out by its own edge and the arrow of its menu: a button with nothing on it."""
    looks.dress(header.window(), looks.Look(looks.LIGHT))
    (more,) = [b for b in header.findChildren(QPushButton) if b.text() == "⋯"]
    more.show()
    settle()
    drawn = more.grab().toImage()
    more.setText("")
    assert more.grab().toImage() != drawn
