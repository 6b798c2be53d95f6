"""Where two codings cannot be compared yet it is said why, and a partner who is here opens what waits."""

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from app.errors import ArchiveError
from app.model.change import added
from app.model.coding import CodingHeader
from tests.drivers.hands import Hands
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.comparing.waiting import WitnessDialog


@pytest.fixture
def place(home, stage) -> ComparingScreen:
    """Leena was ready first and left; Aino, who is signed in, is ready now."""
    home.code(home.b, [("q", 5)])
    home.b.close()
    home.code(home.a, [("q", 5)])
    return stage(ComparingScreen, player=True, meeting_id=home.meeting.id)


def together(place) -> QPushButton:
    (made,) = [b for b in place.findChildren(QPushButton) if "open together" in b.text()]
    return made


def types(hands: Hands, secret: str):
    def answer(dialog) -> None:
        assert isinstance(dialog, WitnessDialog)
        field = dialog.findChild(QLineEdit)
        assert field.echoMode() == QLineEdit.EchoMode.Password
        assert not next(b for b in dialog.findChildren(QPushButton) if b.text() == "Open").isEnabled()
        hands.type(field, secret)
        hands.press(dialog, "Open")

    return answer


def test_whose_sign_in_is_waited_for_is_said_by_name(place) -> None:
    assert place.room is None
    said = " ".join(part.text() for part in place.findChildren(QLabel))
    assert "Comparing opens when Leena Malli has signed in" in said


def test_the_partners_passphrase_opens_it_beside_the_open_archive(qtbot, room, place) -> None:
    home, typed = room.home, []

    def witness(worker_id, secret):
        typed.append((worker_id, secret))
        home.b = home.held.open(home.leena.id)
        return tuple(added(h) for h in home.a.find(CodingHeader, coder=home.leena.id))

    room.archive.witness = witness
    hands = Hands(qtbot)
    hands.answering(types(hands, "leenan pitkä lause"), together(place).click)
    qtbot.waitUntil(lambda: place.room is not None)
    assert typed == [(home.leena.id, "leenan pitkä lause")]
    place.close_film()


def test_a_wrong_passphrase_is_said_and_opens_nothing(qtbot, room, place) -> None:
    def witness(worker_id, secret):
        raise ArchiveError("wrong-passphrase", wait=0)

    room.archive.witness = witness
    hands = Hands(qtbot)
    hands.answering(types(hands, "arvaus"), together(place).click)
    qtbot.waitUntil(lambda: bool(room.said))
    assert "passphrase" in room.said[-1].text
    assert place.room is None
    assert together(place).isEnabled()


def test_where_nothing_waited_after_all_it_is_said(qtbot, room, place) -> None:
    hands = Hands(qtbot)
    hands.answering(types(hands, "leenan pitkä lause"), together(place).click)
    qtbot.waitUntil(lambda: bool(room.said))
    assert "Nothing waited" in room.said[-1].text
