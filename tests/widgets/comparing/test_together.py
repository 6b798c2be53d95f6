"""The room together with a partner: what dialog, lane and card say, and what is still to be done by hand."""

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from app.comparing.led.session import Stage
from app.comparing.led.values import Pointer, View, point_of
from app.model.decision import Answer, DisagreementKind, Verdict
from tests.drivers.led_seat import Seat
from tests.material.elsewhere import elsewhere
from tests.material.house import opened
from tests.stand_ins.fake_line import Network
from tests.stand_ins.fake_player import FakePlayer
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.comparing.together_dialog import TogetherDialog
from widgets.look import look as looks

CODES = [("6", 0), ("q", 5), ("a", 12), ("q", 25), ("7", 30)]
OTHERS = [("6", 0), ("q", 5.4), ("d", 12.3), ("h", 33), ("7", 36)]


@pytest.fixture
def network() -> Network:
    return Network()


@pytest.fixture
def place(home, room, qtbot, network) -> ComparingScreen:
    home.code(home.a, CODES, value=5)
    home.code(home.b, OTHERS, value=2)
    made = ComparingScreen(room.space, looks.Look(looks.LIGHT), room.go, FakePlayer, network.new_line)
    qtbot.addWidget(made)
    made.resize(1274, 712)
    made.opened(meeting_id=home.meeting.id)
    made.show()
    return made


@pytest.fixture
def partner(place, home, qtbot, network):
    with opened(home, elsewhere(home)[1]) as other:
        seat = Seat(qtbot, other.space, home.meeting.id, network)
        yield seat
        seat.session.close()


def wait_here(place, partner, qtbot) -> None:
    """The room waits, and so leads."""
    session = place.room.together.session
    session.wait()
    partner.join(session)
    qtbot.waitUntil(lambda: session.stage == Stage.TOGETHER and partner.session.end.is_following)


def join_there(place, partner, qtbot) -> None:
    """The room goes to the partner, who leads."""
    session = place.room.together.session
    partner.session.wait()
    session.join(partner.session.line.address, partner.session.line.code)
    qtbot.waitUntil(lambda: session.end.is_following)


def lane_words(place) -> str:
    lane = place.room.together.lane
    parts = (*lane.findChildren(QLabel), *lane.findChildren(QPushButton))
    return "\n".join(part.text() for part in parts if part.isVisibleTo(place))


def test_it_is_offered_and_nothing_waits_before_it_is_asked_for(place, network) -> None:
    assert "Together from two places…" in [b.text() for b in place.findChildren(QPushButton)]
    assert not place.room.together.lane.isVisibleTo(place)
    assert network.waiting == {}


def test_without_a_line_it_is_not_offered(home, stage) -> None:
    home.code(home.a, CODES)
    home.code(home.b, OTHERS)
    screen = stage(ComparingScreen, player=True, meeting_id=home.meeting.id)
    assert screen.room.together is None
    assert "Together from two places…" not in [b.text() for b in screen.findChildren(QPushButton)]


def test_leaving_the_dialog_waits_no_longer(place, hands, network) -> None:
    def wait(dialog) -> None:
        hands.press(dialog, "Wait for your partner")
        assert len(network.waiting) == 1
        assert "100 000" in hands.words(dialog)
        hands.press(dialog, "Cancel")

    hands.answering(wait, place.room.together.begin)
    assert network.waiting == {}
    assert place.room.together.session.stage == Stage.ALONE


def test_a_wrong_code_is_said_and_what_was_typed_of_the_address_stays(place, hands, network) -> None:
    waiting = network.new_line()
    waiting.wait()

    def join(dialog) -> None:
        where, code = (hands.named(dialog, name, QLineEdit) for name in ("Address", "Short code"))
        join = hands.button(dialog, "Join")
        assert not join.isEnabled()
        hands.type(where, waiting.address)
        hands.type(code, "999 999")
        hands.press(dialog, "Join")
        hands.until(lambda: "The code was not right" in hands.words(dialog))
        assert (where.text(), code.text()) == (waiting.address, "")
        dialog.reject()

    hands.answering(join, place.room.together.begin)
    waiting.close()


def test_who_leads_always_stands_above_and_the_follower_cannot_decide(place, partner, qtbot, hands) -> None:
    join_there(place, partner, qtbot)
    room = place.room
    assert "Leena leads" in lane_words(place)
    assert "Take the lead" in lane_words(place)
    assert not room.card.can_decide(Verdict.A)
    assert "Leena leads and decides now" in hands.words(room.card)
    d = partner.of(DisagreementKind.STATE)
    partner.decide(d, Answer(Verdict.B))
    qtbot.waitUntil(lambda: partner.rulings() == rulings(place))
    room.undo()
    assert partner.rulings() == rulings(place), "what the other decided is not undone here"
    hands.press(place, "Take the lead")
    qtbot.waitUntil(lambda: "You lead" in lane_words(place))
    assert room.card.can_decide(Verdict.A)


def rulings(place) -> dict:
    walk = place.room.walk
    coders = walk.found.file.meeting.coders
    return {
        point_of(d): (d.verdict, d.reason, d.reason_a, coders.index(d.decided_by) if d.decided_by else -1)
        for d in walk.decisions()
    }


def test_a_reason_that_is_being_typed_is_kept_when_the_other_takes_the_lead(place, partner, qtbot) -> None:
    wait_here(place, partner, qtbot)
    room = place.room
    room.deciding.decide(Verdict.A)
    room.card.reason.setFocus()
    room.card.reason.setText("because of the hand")
    room.card.reason.setModified(True)
    partner.session.take_lead()
    qtbot.waitUntil(lambda: place.room.together.session.end.is_following)
    assert room.chosen().reason == "because of the hand"
    qtbot.waitUntil(lambda: partner.rulings() == rulings(place))


def test_the_room_follows_place_film_and_hand(place, partner, home, qtbot) -> None:
    join_there(place, partner, qtbot)
    room = place.room
    (film,) = room.watching.session.films.values()
    d = partner.of(DisagreementKind.RATING)
    partner.session.look(View(film.sha256, 8_000_000, chosen=point_of(d), pointer=Pointer(film.sha256, 0.5, 0.25)))
    qtbot.waitUntil(lambda: room.player.position() == 8_000_000)
    assert point_of(room.chosen()) == point_of(d)
    view = room.watching.pictures.view(1)
    qtbot.waitUntil(lambda: view.pointer == (0.5, 0.25))
    assert view.grab().toImage() != drawn_without(view)
    partner.session.look(View("9" * 64, 1_000_000))
    qtbot.waitUntil(lambda: "a film that is not in this archive" in lane_words(place))
    assert room.player.position() == 8_000_000
    partner.session.look(View(film.sha256, 9_000_000, playing=True, rate=0.5))
    qtbot.waitUntil(room.player.is_playing)
    assert room.player.rate() == 0.5
    partner.session.line.cut()
    qtbot.waitUntil(lambda: "No connection. Leena led" in lane_words(place))
    assert not room.player.is_playing(), "nothing plays on by itself when the other is gone"
    assert view.pointer is None


def drawn_without(view):
    kept = view.pointer
    view.show_pointer(None)
    image = view.grab().toImage()
    view.show_pointer(kept)
    return image


def test_who_leads_stands_over_the_whole_screen_too(place, partner, qtbot, hands) -> None:
    join_there(place, partner, qtbot)
    showing = place.room.watching.showing
    showing.toggle_whole()
    hands.settle()
    assert "Leena leads" in hands.words(showing.line)
    partner.session.line.cut()
    qtbot.waitUntil(lambda: "No connection. Leena led" in hands.words(showing.line))
    showing.toggle_whole()


def test_after_a_break_each_decides_and_the_lane_can_be_put_away(place, partner, qtbot, hands) -> None:
    wait_here(place, partner, qtbot)
    partner.session.line.cut()
    qtbot.waitUntil(lambda: "No connection. You led" in lane_words(place))
    assert place.room.card.can_decide(Verdict.A)
    hands.press(place, "Go on alone")
    assert lane_words(place) == ""
    assert "Together from two places…" in [b.text() for b in place.findChildren(QPushButton)]


def test_closing_the_room_ends_the_line(place, partner, qtbot, home) -> None:
    wait_here(place, partner, qtbot)
    place.close_film()
    qtbot.waitUntil(lambda: partner.session.stage == Stage.CUT)


def test_the_dialog_is_a_window_of_its_own_with_words_for_each_field(place, qtbot) -> None:
    made = TogetherDialog(place.room.together.session, place.texts, place)
    fields = made.findChildren(QLineEdit)
    assert [f.accessibleName() for f in fields] == ["Address", "Short code"]
    made.reject()
