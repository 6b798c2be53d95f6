"""One key makes a moment for feedback where a film is coded and where codings are compared."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.model.feedback import CameFrom, Clip
from app.model.timecode import SECOND
from widgets.coding.coding_screen import CodingScreen
from widgets.comparing.comparing_screen import ComparingScreen

CTRL = Qt.KeyboardModifier.ControlModifier


def choose(place) -> None:
    QTest.keyClick(place, Qt.Key.Key_Adiaeresis, CTRL)


def test_while_coding_it_is_what_is_chosen_else_what_is_on_the_screen_and_nobody_elses(home, room, stage) -> None:
    place = stage(CodingScreen, player=True, meeting_id=home.meeting.id)
    place.room.seek(30 * SECOND)
    choose(place)
    (clip,) = home.a.find(Clip)
    assert (clip.came_from, clip.first, clip.last) == (CameFrom.SELECTION, 22 * SECOND, 42 * SECOND)
    assert home.b.find(Clip) == ()
    assert "Nobody else sees it" in room.said[-1].text
    room.said[-1].action()
    assert room.gone[-1] == ("feedback", {"case_id": home.case_id, "clip_id": clip.id})
    place.room.editor.bookmark(50 * SECOND, "katso")
    (mark,) = place.room.editor.coding.bookmarks.values()
    place.room.editor.selection.choose(())
    place.room.editor.selection.choose({mark.id})
    choose(place)
    assert home.a.find(Clip)[1].came_from == CameFrom.BOOKMARK
    assert home.a.find(Clip)[1].source_id == mark.id
    place.room.watching.controls.select(10 * SECOND, 12 * SECOND)
    place.room.editor.selection.choose(())
    choose(place)
    assert (home.a.find(Clip)[2].first, home.a.find(Clip)[2].last) == (10 * SECOND, 12 * SECOND)


def test_while_comparing_it_is_the_difference_that_is_looked_at(home, stage) -> None:
    home.compare()
    place = stage(ComparingScreen, player=True, meeting_id=home.meeting.id)
    d = next(d for d in place.room.walk.rows() if d.start is not None)
    place.room.walked.show_id(d.id)
    choose(place)
    (clip,) = home.a.find(Clip)
    assert (clip.came_from, clip.source_id) == (CameFrom.DISAGREEMENT, d.id)
    assert home.b.find(Clip) == (clip,), "both codings are open"
