"""A confirmed common view is named a reference by one of the pair and confirmed by the other, at the one screen."""

import pytest
from PySide6.QtWidgets import QLineEdit

from app.casework.consents import withdrawn
from app.i18n import today
from app.model.consent import Consent, Purpose
from app.model.training import Reference
from tests.drivers.hands import Hands
from tests.material.trained import common_view, consents
from widgets.comparing.comparing_screen import ComparingScreen


@pytest.fixture
def place(home, stage) -> ComparingScreen:
    home.compare()
    common_view(home)
    made = stage(ComparingScreen, player=True, meeting_id=home.meeting.id)
    made.room.turn()
    return made


def test_without_everybodys_consent_it_is_not_named(place, home, room, qtbot) -> None:
    hands = Hands(qtbot)
    hands.press(place, "Name as a reference coding")
    assert home.a.find(Reference) == ()
    assert room.said[-1].text


def test_one_names_it_and_the_other_confirms_with_the_own_passphrase(place, home, room, qtbot) -> None:
    consents(home)
    hands = Hands(qtbot)
    room.archive.secrets = {home.leena.id: "leenan lause"}
    hands.press(place, "Name as a reference coding")
    (reference,) = home.a.find(Reference)
    assert [c.worker_id for c in reference.confirmations] == [home.aino.id]
    hands.settle()
    assert "once Leena stands behind it too" in hands.words(place)

    def type_it(dialog, secret):
        hands.type(dialog.findChildren(QLineEdit)[0], secret)
        hands.press(dialog, "Confirm")

    hands.answering(lambda d: type_it(d, "väärä"), lambda: hands.press(place, "Leena confirms…"))
    hands.until(lambda: not room.jobs.running)
    assert home.a.find(Reference) == (reference,)
    hands.answering(lambda d: type_it(d, "leenan lause"), lambda: hands.press(place, "Leena confirms…"))
    hands.until(lambda: not room.jobs.running and "A reference coding since" in hands.words(place))
    (both,) = home.a.find(Reference)
    assert [c.worker_id for c in both.confirmations] == [home.aino.id, home.leena.id]
    (consent, *_) = home.a.find(Consent, purpose=Purpose.REFERENCE_FILM)
    room.space.write("withdrawn", [withdrawn(consent, today())])
    place.room.refresh()
    hands.settle()
    assert "closed: consents to a reference film 1/2" in hands.words(place)
    hands.press(place, "Take out of use")
    assert home.a.find(Reference) == ()
    hands.settle()
    assert "Name as a reference coding" in hands.words(place)
