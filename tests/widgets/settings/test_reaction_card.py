"""The reaction game: a press after a painted sign is timed, too few change nothing, the switch is kept."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.coding import reaction
from app.model.timecode import SECOND
from widgets.look import look as looks
from widgets.settings.reaction_card import Game, ReactionCard

LIGHT = looks.Look(looks.LIGHT)


@pytest.fixture
def card(room, qtbot, monkeypatch):
    """A game of half a second with ten signs, so that the test is quick; the field is shown in a window."""
    monkeypatch.setattr(reaction, "LENGTH", SECOND)
    monkeypatch.setattr(reaction, "signs", lambda _chance: (SECOND // 10,))
    window = QWidget()
    window.resize(700, 500)
    qtbot.addWidget(window)
    made = ReactionCard(room.space, LIGHT)
    made.setParent(window)
    made.setGeometry(window.rect())
    window.show()
    window.activateWindow()
    yield made
    made.game.give_up()
    window.close()


def is_filled(game: Game) -> bool:
    """Whether the circle in the middle is filled now."""
    return game.grab().toImage().pixelColor(game.rect().center()) == LIGHT.color("ink")


def test_the_game_s_time_has_no_steps(card, monkeypatch) -> None:
    """On Windows `time.monotonic` stands still for 15.6 ms: a median of reactions would be of that grain."""
    monkeypatch.setattr(time, "monotonic_ns", lambda: 1)
    card.game.begin()
    told = card.game.elapsed()
    assert card.game.elapsed() >= told > 0


def test_a_press_after_a_sign_is_an_answer_and_too_few_change_nothing(card, qtbot, hands) -> None:
    found = []
    card.game.over.connect(found.append)
    card.start.click()
    qtbot.waitUntil(lambda: is_filled(card.game))
    qtbot.keyClick(card.game, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(found))
    (delays,) = found
    assert len(delays) == 1
    assert 0 <= delays[0] < SECOND
    assert card.editor.newest is None
    assert "signs were answered; 8 are needed. Nothing was changed." in hands.words(card)
    assert not card.game.isVisible()


def test_esc_gives_up_without_a_result(card, qtbot) -> None:
    found = []
    card.game.over.connect(found.append)
    card.start.click()
    qtbot.keyClick(card.game, Qt.Key.Key_Escape)
    assert found == [()]
    assert not card.game.is_running()


def test_the_median_is_said_and_can_be_switched_off(card, hands) -> None:
    assert not card.use.isEnabled()
    card.game.over.emit((300_000,) * 9)
    assert card.use.isChecked()
    assert "300 ms, median of 9 presses" in hands.words(card)
    card.use.setChecked(False)
    assert card.editor.delay == 0
    card.editor.undo()
    assert card.use.isChecked()
