"""A letter becomes an observation only where somebody looks at the film; figures rate where the sheet has the keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.drivers.hands import Hands
from widgets.coding.coding_screen import CodingScreen

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def place(home, stage) -> CodingScreen:
    return stage(CodingScreen, player=True, meeting_id=home.meeting.id)


@pytest.fixture
def press(qtbot):
    def do(key, held=Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(QApplication.focusWidget(), key, held)

    return do


def codes(place) -> list[str]:
    return [o.code for o in place.room.editor.coding.observations.values()]


def values(place) -> dict[str, int | None]:
    return {r.item: r.value for r in place.room.editor.coding.ratings.values()}


def test_a_figure_in_the_sheet_rates_the_row_and_codes_nothing(place, press) -> None:
    press(Key.Key_1, CTRL)
    items = [i.id for i in place.room.editor.instrument.items]
    press("3")
    assert values(place) == {items[0]: 3}
    press(Key.Key_Down)
    press("1")
    press(Key.Key_Down)
    press("-")
    assert values(place) == {items[0]: 3, items[1]: 1, items[2]: None}
    press(Key.Key_Up)
    press("5")
    assert values(place)[items[1]] == 5
    assert codes(place) == []


def test_what_is_no_point_of_the_scale_does_nothing(place, press) -> None:
    press(Key.Key_1, CTRL)
    for key in "908q":
        press(key)
    assert (values(place), codes(place)) == ({}, [])


@pytest.mark.parametrize("drawer", [Key.Key_1, Key.Key_2])
def test_a_sentence_typed_beside_a_field_becomes_no_observation(place, press, drawer) -> None:
    press(drawer, CTRL)
    for letter in "aqua dahl":
        press(letter)
    assert codes(place) == []


def test_back_at_the_film_letters_code_again(place, press) -> None:
    press(Key.Key_1, CTRL)
    press("q")
    press(Key.Key_1, CTRL)
    press("q")
    assert len(codes(place)) == 1


def test_several_codes_at_one_paused_picture_are_taken_back_in_one_press(room, place, press) -> None:
    press("q")
    press("a")
    assert not room.said
    press("d")
    press("l")
    told = room.said[-1]
    assert (told.text, len(codes(place))) == ("4 codes at one picture.", 4)
    told.action()
    assert codes(place) == []


def test_only_what_still_stands_on_top_is_taken_back(room, place, press) -> None:
    for key in "qad":
        press(key)
    editor = place.room.editor
    told = room.said[-1]
    editor.undo()
    told.action()
    assert len(codes(place)) == 2


def test_codes_at_different_pictures_are_not_asked_about(room, place, press) -> None:
    for key in "qad":
        press(key)
        press(Key.Key_Right)
    assert [n.text for n in room.said if "at one picture" in n.text] == []


def test_the_keys_leave_no_main_action_for_the_rail(place, press, qtbot) -> None:
    """Each button of the room and of its header: afterwards the next letter codes, or a drawer has the keys."""
    buttons = [
        b for b in place.header.findChildren(QPushButton) if b.isVisible() and b.isEnabled() and b.menu() is None
    ]
    assert len(buttons) > 2
    hands = Hands(qtbot)
    for text in [b.text() for b in buttons][:3]:
        hands.press(place.header, text.split("   ", maxsplit=1)[0])
        focused = QApplication.focusWidget()
        assert place.isAncestorOf(focused) or focused is place, text
        assert not place.header.isAncestorOf(focused), text
