"""Letterheads in the settings: added, filled in, a logo chosen, a bad file told, removed."""

import pytest
from PySide6.QtWidgets import QPushButton

from app.office.letterheads import letterheads
from tests.drivers.hands import Hands
from tests.material.logos import png
from widgets.forms.file_dialogs import FileDialogs
from widgets.settings import letterheads_card
from widgets.settings.letterheads_card import LetterheadPart, LetterheadsCard


@pytest.fixture
def card(settings_page) -> LetterheadsCard:
    settings_page.opened(part="letterheads")
    return settings_page.findChild(LetterheadsCard)


def only(card: LetterheadsCard) -> LetterheadPart:
    (part,) = card.parts.values()
    return part


def choose(hands: Hands, card, monkeypatch, tmp_path, content: bytes) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(content)
    monkeypatch.setattr(FileDialogs, "open", lambda *_: path)
    hands.press(card, "Choose a logo…")
    hands.settle()


def test_one_is_added_filled_in_and_has_a_logo(card, room, hands: Hands, monkeypatch, tmp_path) -> None:
    hands.press(card, "Add another")
    part = only(card)
    part.employer.setText(" Perhetyön palvelu  Esimerkki Oy ")
    part.employer.editingFinished.emit()
    part.address.setPlainText("Esimerkkikatu 1\n\n 00100  Helsinki")
    card.commit()
    (held,) = letterheads(room.store)
    assert (held.employer, held.address) == ("Perhetyön palvelu Esimerkki Oy", ("Esimerkkikatu 1", "00100 Helsinki"))
    assert part.logo.text() == "No logo"
    choose(hands, card, monkeypatch, tmp_path, png())
    assert only(card) is part, "the fields under the hands stay"
    assert letterheads(room.store)[0].logo.startswith(b"\x89PNG")
    assert not part.logo.pixmap().isNull()
    hands.press(card, "Remove the logo")
    hands.settle()
    assert letterheads(room.store)[0].logo == b""


def test_a_bad_file_is_told_and_changes_nothing(card, room, hands: Hands, monkeypatch, tmp_path) -> None:
    hands.press(card, "Add another")
    before = letterheads(room.store)
    choose(hands, card, monkeypatch, tmp_path, b"no picture")
    assert "cannot be read as a logo" in room.said[-1].text
    assert letterheads(room.store) == before


def test_it_is_removed_when_asked_twice(card, room, hands: Hands, monkeypatch) -> None:
    hands.press(card, "Add another")
    monkeypatch.setattr(letterheads_card, "confirm", lambda *_: False)
    hands.press(card, "Remove the letterhead")
    assert len(letterheads(room.store)) == 1
    monkeypatch.setattr(letterheads_card, "confirm", lambda *_: True)
    hands.press(card, "Remove the letterhead")
    hands.settle()
    assert letterheads(room.store) == ()
    assert card.parts == {}
    assert not [b for b in card.findChildren(QPushButton) if b.text() == "Choose a logo…" and b.isVisible()]
