"""On a small screen every place is whole: 1366 × 768 at 150 % and 1920 × 1080 at 200 %, less the folded rail."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.stand_ins.fake_player import FakePlayer
from tests.widgets.test_every_screen import filled, screens  # noqa: F401  the fixture is used by its name
from widgets.coding import drawers
from widgets.coding.coding_screen import CodingScreen
from widgets.folding import LEAST
from widgets.look import look as looks
from widgets.rail import FOLDED

SIZES = [QSize(911 - FOLDED, 512), QSize(960 - FOLDED, 540)]


def settle() -> None:
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def outside(screen: QWidget) -> list[str]:
    """Buttons of the header in sight of which a part is not on the screen."""
    buttons = [b for b in screen.header.findChildren(QAbstractButton) if b.isVisible()]
    return [
        b.text()
        for b in buttons
        if not screen.rect().contains(b.rect().translated(b.mapTo(screen, b.rect().topLeft())))
    ]


@pytest.mark.parametrize("size", SIZES, ids=["150 percent", "200 percent"])
def test_every_place_fits(filled, qtbot, size) -> None:  # noqa: F811
    assert size.width() + FOLDED >= LEAST.width()
    for screen, ids in screens(filled):
        qtbot.addWidget(screen)
        screen.resize(size)
        screen.show()
        screen.opened(**ids)
        settle()
        needs = screen.minimumSizeHint()
        assert screen.size() == size, f"{type(screen).__name__} {ids} grew to {screen.size()}"
        assert needs.width() <= size.width(), f"{type(screen).__name__} {ids} needs {needs}"
        assert needs.height() <= size.height(), f"{type(screen).__name__} {ids} needs {needs}"
        assert outside(screen) == []
        screen.hide()


def test_the_coding_room_fits_with_each_drawer(filled, qtbot) -> None:  # noqa: F811
    screen = CodingScreen(filled.space, looks.Look(looks.LIGHT), filled.go, FakePlayer)
    ids = {"meeting_id": filled.home.meeting.id}
    qtbot.addWidget(screen)
    screen.resize(SIZES[0])
    screen.show()
    screen.opened(**ids)
    settle()
    timeline = screen.room.timeline
    for name in (drawers.RATINGS, drawers.OBSERVATIONS, drawers.NUMBERS, drawers.NOTES, drawers.MARKS, drawers.PAD):
        screen.room.drawers.show_drawer(name)
        settle()
        needs = screen.minimumSizeHint()
        assert (needs.width() <= screen.width(), needs.height() <= screen.height()) == (True, True), f"{name} {needs}"
        assert timeline.places.sight("tasks")[1] <= timeline.height(), "the tasks are in sight"
    screen.resize(1274, 712)
    settle()
    states = [lane.key for lane in timeline.lanes if lane.kind == "states"]
    for key in ("tasks", *states):
        top, end = timeline.places.sight(key)
        assert end - top == timeline.places.height(key), "what is always in sight is whole"
