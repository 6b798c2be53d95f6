"""Two windows on two archives: one leads, the other follows; the wire is cut and joined again, and nothing is lost."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog

from app.bootstrap import Program
from app.comparing.led.values import point_of, ruling_of
from app.model.decision import Verdict
from tests.drivers.hands import Hands, Key
from tests.drivers.listening import listening_ports
from tests.drivers.two_places import TwoPlaces
from widgets.comparing.comparing_room import ComparingRoom


@pytest.fixture
def places(hands: Hands, program: Program, tmp_path: Path) -> Iterator[TwoPlaces]:
    made = TwoPlaces(hands, program, tmp_path)
    yield made
    made.close()


def stands(room: ComparingRoom) -> dict:
    """What stands about each difference, and who decided it."""
    coders = room.walk.found.file.meeting.coders
    return {point_of(d): ruling_of(d, coders) for d in room.walk.decisions()}


def place(room: ComparingRoom) -> str:
    chosen = room.chosen()
    assert chosen is not None
    return point_of(chosen)


def point_at(room: ComparingRoom, x: float, y: float) -> None:
    """The hand over the leading picture, without a button held down."""
    view = room.watching.pictures.view(room.player.leading())
    box = view.picture_box()
    at = QPointF(box.left() + x * box.width(), box.top() + y * box.height())
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, at, view.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, move)


def test_two_go_through_their_differences_from_two_places(places: TwoPlaces, hands: Hands) -> None:
    a, b = places.a, places.b
    quiet = listening_ports()
    assert a.together.session.line is b.together.session.line is None, "off until started"
    wire = places.meet(places.first, places.second)
    assert listening_ports() - quiet == {wire.port} if sys.platform == "linux" else True, "only the wire itself"
    first, second = places.screen(places.first), places.screen(places.second)
    assert "Sinä johdat" in hands.words(first)
    assert "Aino johtaa" in hands.words(second)
    assert not b.card.can_decide(Verdict.A)

    # selection, playhead, pointer and decision follow
    hands.key(a.list, Key.Key_Down)
    hands.until(lambda: place(b) == place(a))
    a.watching.controls.seek(2_000_000)
    hands.until(lambda: a.player.position() == 2_000_000 == b.player.position())
    a.player.play()
    hands.until(b.player.is_playing)
    a.player.pause()
    hands.until(lambda: not b.player.is_playing() and b.player.position() == a.player.position())
    point_at(a, 0.25, 0.5)
    theirs = b.watching.pictures.view(b.player.leading())
    hands.until(lambda: theirs.pointer is not None)
    assert theirs.pointer == pytest.approx((0.25, 0.5), abs=0.01)
    hands.key(a.list, "b")
    hands.until(lambda: stands(b) == stands(a))
    hands.until(lambda: b.chosen().verdict == Verdict.B and place(a) == place(b))
    assert "Aino" in hands.words(b.card)

    # the other takes the lead
    hands.press(second, "Ota johto")
    hands.until(lambda: "Sinä johdat" in hands.words(second) and a.together.session.end.is_following)
    assert theirs.pointer is None
    hands.key(b.list, "j")
    hands.until(lambda: place(a) == place(b))
    hands.key(b.list, "a")
    hands.until(lambda: stands(a) == stands(b))

    # the wire is cut: each goes on, nobody is held up
    wire.close()
    hands.until(lambda: "Ei yhteyttä. Sinä johdit" in hands.words(second))
    hands.until(lambda: "Ei yhteyttä. Leena johti" in hands.words(first))
    hands.key(b.list, "j")
    hands.key(b.list, "b")
    hands.key(a.list, "j")
    hands.key(a.list, "a")  # the same difference, otherwise
    disputed = place(a)
    assert place(b) == disputed
    assert stands(a)[disputed].verdict == Verdict.A
    assert stands(b)[disputed].verdict == Verdict.B

    # joined again: Leena led and goes on, Aino's decision comes back as a proposal
    wire = places.meet(places.first, places.second)
    hands.until(lambda: len(b.together.session.proposals()) == 1)
    assert stands(a)[disputed].verdict == Verdict.A, "it stays in her archive until it is answered"
    assert "Sinä johdat" in hands.words(second)

    def take(dialog: QDialog) -> None:
        assert "Kuten Leena" in hands.words(dialog)
        assert "Kuten Aino" in hands.words(dialog)
        hands.press(dialog, "Ota ehdotus")

    hands.answering(take, lambda: hands.press(second, "1 ehdotus…"))
    hands.until(lambda: stands(a) == stands(b))
    assert stands(a)[disputed].verdict == Verdict.A
    assert stands(a)[disputed].by == 1, "Leena took it, so she decided it"
    hands.press(second, "Lopeta yhdessä katselu")
    hands.until(lambda: "Ei yhteyttä" in hands.words(first))
    wire.close()
    assert listening_ports() == quiet

    # locking while it waits leaves nothing that listens
    def wait(dialog: QDialog) -> None:
        hands.press(dialog, "Odota työparia")
        assert len(listening_ports() - quiet) == 1 or sys.platform != "linux"
        places.second.lock()

    hands.answering(wait, lambda: places.press_begin(places.second))
    hands.until(lambda: places.second.window is None)
    hands.settle()
    assert listening_ports() == quiet
