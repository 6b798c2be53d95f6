"""What both coders marked alike is offered for feedback, and nothing before both are ready."""

from app.comparing.marked_by_both import marked_by_both
from app.model.feedback import CameFrom
from app.model.timecode import SECOND
from tests.material.house import Home


def test_only_what_both_marked_and_only_when_both_are_ready(qapp) -> None:
    home = Home()
    home.code(home.a, [("6", 0), ("q", 5), ("a", 12), ("q", 25), ("7", 30)])
    assert marked_by_both(home.a, home.texts, home.meeting.id) == ()
    home.code(home.b, [("6", 0), ("q", 5.4), ("q", 25.2), ("h", 33), ("7", 36)], value=3)
    for store in (home.a, home.b):
        found = marked_by_both(store, home.texts, home.meeting.id)
        assert [one.at for one in found] == [5 * SECOND, 25 * SECOND]
        assert {one.came_from for one in found} == {CameFrom.OBSERVATION}
        assert all(one.text and one.dimension for one in found)
