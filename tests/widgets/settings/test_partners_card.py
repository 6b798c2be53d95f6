"""The card of partners on other computers: own key out, a partner's in by the digits that were heard."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.model.receiving_key import encoded, fingerprint
from app.packages.partners import partners
from tests.drivers.hands import Hands
from widgets.forms import file_dialogs
from widgets.settings.partners_card import PartnersCard

LEENA, OTHER = (encoded("age", bytes([n]) * 32) for n in (7, 8))


@pytest.fixture
def card(room, qtbot):
    made = PartnersCard(room.space, room.go)
    qtbot.addWidget(made)
    made.show()
    return made


def filling(hands, key, digits, name=""):
    """What is done in the dialog; what it says is kept in `hands.said`."""

    def answer(dialog) -> None:
        if name:
            hands.named(dialog, "Whose key", QLineEdit).setText(name)
        hands.named(dialog, "Receiving key", QLineEdit).setText(key)
        hands.named(dialog, "Digits as you heard them", QLineEdit).setText(" ".join(digits))
        hands.press(dialog, "Take into use")
        hands.said = hands.words(dialog)
        if dialog.isVisible():
            hands.press(dialog, "Cancel")

    return answer


def test_the_own_key_goes_out_with_the_digits_apart_from_it(qtbot, room, card, tmp_path, monkeypatch) -> None:
    hands, own = Hands(qtbot), room.space.archive.receiving_key()
    assert "   ".join(fingerprint(own)) in hands.words(card)
    hands.press(card, "Copy the key")
    assert QApplication.clipboard().text() == own
    place = tmp_path / "key.txt"
    monkeypatch.setattr(file_dialogs.QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))
    hands.press(card, "Save as a file…")
    assert place.read_text() == own + "\n"
    place.write_text(f"\n\n{LEENA}\n\n")
    monkeypatch.setattr(file_dialogs.QFileDialog, "getOpenFileName", lambda *_: (str(place), ""))

    def answer(dialog) -> None:
        hands.press(dialog, "Open a file…")
        assert hands.named(dialog, "Receiving key", QLineEdit).text() == LEENA
        assert fingerprint(LEENA)[0] not in hands.words(dialog)  # whoever types them has heard them
        hands.press(dialog, "Cancel")

    hands.answering(answer, hands.button(card, "Add a partner's key…").click)


def test_other_digits_take_nothing_into_use(qtbot, room, card) -> None:
    hands = Hands(qtbot)
    hands.answering(
        filling(hands, LEENA, fingerprint(OTHER), "Leena"), hands.button(card, "Add a partner's key…").click
    )
    assert "The digits are not those of this key" in hands.said
    assert partners(room.space.store) == ()
    assert "No keys of partners yet." in hands.words(card)


def test_a_key_is_added_changed_and_ended(qtbot, room, card, monkeypatch) -> None:
    hands = Hands(qtbot)
    hands.answering(
        filling(hands, LEENA, fingerprint(LEENA), "Leena K."), hands.button(card, "Add a partner's key…").click
    )
    hands.settle()
    assert "Leena K." in hands.words(card)
    hands.answering(filling(hands, OTHER, fingerprint(OTHER)), hands.button(card, "Another key…").click)
    hands.settle()
    assert "   ".join(fingerprint(OTHER)) in hands.words(card)
    assert "key changed, digits compared" in hands.words(card)

    def told(dialog) -> None:
        hands.named(dialog, "Whose key", QLineEdit).setText("leena k.")
        hands.said = hands.words(dialog)
        hands.press(dialog, "Cancel")

    hands.answering(told, hands.button(card, "Add a partner's key…").click)
    assert "two partners of one name" in hands.said
    hands.answering(lambda box: hands.press(box, "End"), hands.button(card, "End…").click)
    assert partners(room.space.store) == ()
