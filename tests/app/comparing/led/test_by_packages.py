"""Two real archives whose codings came by packages: the same subject at both, and one common view from two places."""

from pathlib import Path

from app.comparing.led.values import subject_of
from app.jobs import Jobs
from app.model.decision import Answer, Verdict
from app.notices import Notices
from app.settings.preferences import Preferences
from app.workspace import Workspace
from tests.drivers.led_seat import Seat
from tests.material.two_computers import AINO, LEENA, TEXTS, TwoComputers, meeting_id
from tests.stand_ins.fake_films import film_tools
from tests.stand_ins.fake_line import Network

A = [("6", 0), ("q", 5), ("a", 12), ("q", 25), ("7", 30)]
B = [("6", 0), ("q", 5.4), ("d", 12.3), ("h", 33), ("7", 36)]


def exchanged(place: Path) -> TwoComputers:
    """Each coded on the own computer; both codings went over and are open at both."""
    two = TwoComputers(place)
    two.take(LEENA, two.hand_over())
    two.code(AINO, A)
    two.code(LEENA, B, 2)
    first, second = two.send(AINO), two.send(LEENA)
    two.take(LEENA, first)
    two.take(AINO, second)
    for name, other in ((AINO, LEENA), (LEENA, AINO)):
        two.take(name, two.key(other))
    return two


def test_codings_that_came_by_packages_are_walked_together(qapp, qtbot, tmp_path) -> None:
    two, network, spaces, seats = exchanged(tmp_path), Network(), [], []
    for name in (AINO, LEENA):
        with two.at(name) as opened:
            space = Workspace(opened, film_tools(), TEXTS, Jobs(), Notices(TEXTS), Preferences())
            spaces.append(space)
            seats.append(Seat(qtbot, space, meeting_id(opened), network))
    a, b = seats
    assert a.walk.found.file.meeting.coders != b.walk.found.file.meeting.coders, "each archive has ids of its own"
    assert subject_of(a.walk.found, a.walk.decisions()) == subject_of(b.walk.found, b.walk.decisions())
    a.meet(b)
    for d in a.walk.rows():
        a.decide(d, Answer(Verdict.A))
    qtbot.waitUntil(lambda: a.rulings() == b.rulings())
    b.session.take_lead()
    qtbot.waitUntil(lambda: b.session.leads)
    d = b.walk.rows()[0]
    b.decide(d, Answer(Verdict.DIFFERENTLY, reasons=("käsi", "katse")))
    qtbot.waitUntil(lambda: a.same(d).reason_b == "katse")
    assert a.rulings() == b.rulings()
    assert {r[3] for r in a.rulings().values()} == {0, 1}, "each decision has its one decider"
    for seat, space in zip(seats, spaces, strict=True):
        seat.session.close()
        space.close()
    two.leave()
    for name in (AINO, LEENA):
        with two.at(name) as opened:
            assert opened.archive.verify(lambda _: None, lambda: False) == ()
    two.leave()
