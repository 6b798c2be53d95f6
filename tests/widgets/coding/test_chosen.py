"""What is chosen in the timeline goes by key or right button, or gets other words; an observation beside it stays."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolTip

from app.model.observation import Mark, MarkKind
from app.model.timecode import SECOND
from app.shortcuts.own_keys import KeyMap
from tests.drivers import mouse
from tests.drivers.hands import CTRL, Hands, Key
from tests.drivers.settling import settle
from tests.material.pressing import press
from widgets.coding import drawers
from widgets.coding.coding_screen import CodingScreen

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _no_hints(monkeypatch) -> None:
    """The offscreen platform cannot raise a window of a hint."""
    monkeypatch.setattr(QToolTip, "showText", lambda *_: None)


@pytest.fixture
def hands(qtbot) -> Hands:
    return Hands(qtbot)


@pytest.fixture
def place(home, stage) -> CodingScreen:
    made = stage(CodingScreen, player=True, meeting_id=home.meeting.id)
    settle()
    return made


@pytest.fixture
def editor(place):
    made = place.room.editor
    press(made, "q", 10 * SECOND)
    made.mark(MarkKind.CLIP, 30 * SECOND, "smiles")
    return made


def clip(editor) -> Mark:
    (made,) = editor.coding.marks.values()
    return made


def click(hands: Hands, place, thing_id: str) -> None:
    place.room.timeline.show_near(place.room.timeline.thing(thing_id)[1].start)  # a hand would scroll there
    spot = place.room.timeline.place_of(thing_id)
    assert spot is not None
    hands.bot.mouseClick(place.room.timeline, LEFT, pos=spot)


def double_click(hands: Hands, place, thing_id: str) -> None:
    click(hands, place, thing_id)
    mouse.double_click(place.room.timeline, place.room.timeline.place_of(thing_id))


def menu_on(place, thing_id: str) -> QMenu:
    """The menu that the right button opens on a thing."""
    timeline = place.room.timeline
    spot = timeline.place_of(thing_id)
    assert spot is not None
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, timeline.mapToGlobal(spot))
    QApplication.sendEvent(timeline, asked)
    return popped()


def popped() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def names(menu: QMenu) -> list[str]:
    return [act.text() for act in menu.actions() if not act.isSeparator()]


def pick(hands: Hands, menu: QMenu, words: str) -> None:
    """A row of an open menu, as a press on it does; the menu closes."""
    (row,) = [act.text() for act in menu.actions() if act.text().split("\t", maxsplit=1)[0] == words]
    hands.pick(menu, row)
    menu.close()


def can(menu: QMenu) -> set[str]:
    """What of a menu can be chosen."""
    return {act.text().split("\t", maxsplit=1)[0] for act in menu.actions() if act.isEnabled() and act.text()}


def line_of(place) -> QLineEdit:
    return place.room.note.findChild(QLineEdit)


def test_delete_takes_the_mark_that_is_chosen_and_leaves_the_row_chosen_before(place, editor, hands, room) -> None:
    (point,) = editor.coding.observations.values()
    click(hands, place, point.id)
    click(hands, place, clip(editor).id)
    assert place.room.observations.chosen() == []
    hands.key(place, Key.Key_Delete)
    assert not editor.coding.marks
    assert list(editor.coding.observations) == [point.id]
    assert room.said[-1].text == "Mark removed"
    room.said[-1].action()
    assert clip(editor).text == "smiles"


def test_what_is_made_is_chosen_instead(place, editor, hands) -> None:
    click(hands, place, clip(editor).id)
    hands.key(place, "q")
    hands.key(place, Key.Key_Delete)
    assert clip(editor)
    assert len(editor.coding.observations) == 1


def test_a_double_click_gives_a_mark_other_words_and_esc_leaves_them(place, editor, hands) -> None:
    double_click(hands, place, clip(editor).id)
    line = line_of(place)
    assert (line.text(), place.room.now()) == ("smiles", 30 * SECOND)
    hands.type(line, "laughs q")
    hands.key(line, Key.Key_Return)
    assert (clip(editor).text, clip(editor).at) == ("laughs q", 30 * SECOND)
    assert QApplication.focusWidget() is place
    assert len(editor.coding.observations) == 1
    hands.key(place, Key.Key_Return)
    assert line.text() == "laughs q"
    hands.type(line, "no")
    hands.key(line, Key.Key_Escape)
    assert clip(editor).text == "laughs q"
    place.undo()
    assert clip(editor).text == "smiles"


def test_words_being_edited_are_kept_when_the_place_is_left(place, editor, hands) -> None:
    double_click(hands, place, clip(editor).id)
    hands.type(line_of(place), "half")
    place.left()
    assert clip(editor).text == "half"


def test_a_bookmark_is_edited_and_removed_the_same_way(place, editor, hands) -> None:
    editor.bookmark(45 * SECOND)
    (mark,) = editor.coding.bookmarks.values()
    double_click(hands, place, mark.id)
    hands.type(line_of(place), "again")
    hands.key(line_of(place), Key.Key_Return)
    assert [b.word for b in editor.coding.bookmarks.values()] == ["again"]
    hands.key(place, Key.Key_Delete)
    assert not editor.coding.bookmarks
    assert clip(editor)


def test_enter_on_an_observation_edits_its_note_in_the_table(place, editor, hands) -> None:
    (point,) = editor.coding.observations.values()
    click(hands, place, point.id)
    hands.key(place, Key.Key_Return)
    assert place.room.drawers.open == drawers.OBSERVATIONS
    write(hands, "warm")
    assert editor.coding.observations[point.id].note == "warm"


def test_an_observation_that_the_filter_leaves_out_is_chosen_alone(place, editor, hands) -> None:
    press(editor, "a", 20 * SECOND)
    first, second = editor.coding.sorted_observations()
    place.room.observations.table.selectRow(1)
    place.room.observations.search.setText("nothing like it")
    place.room.observations.search.setText("answers")
    click(hands, place, second.id)
    click(hands, place, first.id)
    hands.key(place, Key.Key_Delete)
    assert list(editor.coding.observations) == [second.id]


def test_the_right_button_offers_what_can_be_done_with_the_keys_of_now(place, editor, hands, room) -> None:
    room.preferences.change_keys(KeyMap().with_action("coding.remove", "F9"))
    menu = menu_on(place, clip(editor).id)
    assert names(menu) == [
        "Go to what is chosen\tCtrl+Shift+G",
        "Edit what is chosen\tEnter",
        "Begins at this picture\tCtrl+I",
        "Remove what is chosen\tF9",
    ]
    pick(hands, menu, "Go to what is chosen")
    assert place.room.now() == 30 * SECOND
    menu = menu_on(place, clip(editor).id)
    hands.key(menu, Key.Key_Up)
    hands.key(menu, Key.Key_Return)
    assert not editor.coding.marks
    place.undo()
    click(hands, place, clip(editor).id)
    hands.key(place, Key.Key_Delete)
    assert editor.coding.marks, "its usual key is free now"
    hands.key(place, Key.Key_F9)
    assert not editor.coding.marks


def ask_by_key(where) -> None:
    """The menu key, which Qt sends to what has the keys."""
    QApplication.sendEvent(where, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0)))


def test_the_menu_key_asks_on_what_is_chosen_and_else_of_the_picture(place, editor, hands) -> None:
    editor.selection.choose(())
    for where in (place.room.timeline, place):
        ask_by_key(where)
        assert "Paste at this picture" in can(popped())
        popped().close()
    click(hands, place, clip(editor).id)
    for where in (place.room.timeline, place):
        ask_by_key(where)
        assert "Remove what is chosen" in can(popped())
        popped().close()


def test_an_empty_place_is_gone_to_and_offers_what_is_done_there(place, editor, hands) -> None:
    timeline = place.room.timeline
    spot = QPoint(timeline.place_of(clip(editor).id).x() + 60, timeline.height() - 12)
    for x in (spot, QPoint(spot.x(), 8)):  # a lane, and the ruler
        QApplication.sendEvent(timeline, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, x, timeline.mapToGlobal(x)))
        at = place.room.now()
        assert at > 30 * SECOND
        pick(hands, popped(), "Bookmark")
        assert {b.at for b in editor.coding.bookmarks.values()} == {at}
    timeline.menu_asked.emit("", QPoint())
    popped().close()


def test_rows_have_the_same_menu_and_the_menu_key_opens_it(place, editor, hands) -> None:
    press(editor, "6", 20 * SECOND)
    hands.key(place, Key.Key_2, CTRL)
    table = place.room.observations.table
    row = table.visualRect(table.model().index(1, 3)).center()
    port = table.viewport()
    QApplication.sendEvent(port, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, row, port.mapToGlobal(row)))
    state = editor.selection.alone()
    assert state.start == 20 * SECOND
    menu = popped()
    assert {"Edit what is chosen", "What a code means", "Remove what is chosen"} <= can(menu)
    assert "Ends at this picture" not in can(menu), "the picture is before it"
    menu.close()
    place.room.seek(33 * SECOND)
    ask_by_key(table)
    pick(hands, popped(), "Ends at this picture")
    (ended,) = place.room.observations.chosen()
    assert (ended.id, ended.end) == (state.id, 33 * SECOND)


def test_the_right_button_drags_and_seeks_nothing(place, editor, hands) -> None:
    place.room.seek(5 * SECOND)
    timeline = place.room.timeline
    where = timeline.place_of(clip(editor).id)
    hands.bot.mousePress(timeline, Qt.MouseButton.RightButton, pos=where)
    assert not timeline.is_dragging()
    hands.bot.mouseRelease(timeline, Qt.MouseButton.RightButton, pos=where)
    assert place.room.now() == 5 * SECOND


def test_a_tasks_limits_go_by_its_menu_with_what_was_rated_there(place, editor, hands, room) -> None:
    second = editor.file.segments[1]
    editor.rate(editor.instrument.items[0].id, 3, "seen", segment_id=second.id)
    menu = menu_on(place, second.id)
    assert "Remove this task's limits" in names(menu), "the key is of the task at the picture"
    menu.close()
    place.room.seek(25 * SECOND)
    menu = menu_on(place, second.id)
    assert "Remove this task's limits\tCtrl+Del" in names(menu)
    menu.close()
    place.room.seek(0)
    pick(hands, menu_on(place, second.id), "Remove this task's limits")
    assert [s.number for s in editor.file.segments] == [1, 3]
    assert room.said[-1].text == "Task 2 is no longer marked there. Your rating of it went too."
    room.said[-1].action()
    assert [s.number for s in editor.file.segments] == [1, 2, 3]
    assert [r.value for r in editor.coding.ratings.values()] == [3]


def test_the_limits_of_the_task_at_the_picture_go_by_key(place, editor, hands) -> None:
    place.room.seek(45 * SECOND)
    hands.key(place, Key.Key_Delete, CTRL)
    assert [s.number for s in editor.file.segments] == [1, 2]
    hands.key(place, Key.Key_Delete, CTRL)
    assert [s.number for s in editor.file.segments] == [1, 2], "there is no task at the picture now"
    place.undo()
    assert [s.number for s in editor.file.segments] == [1, 2, 3]


def test_once_the_work_partner_is_ready_the_limits_stay(place, home, editor, hands) -> None:
    home.code(home.b, [("q", 5)])
    segment = editor.file.segments[0]
    menu = menu_on(place, segment.id)
    assert can(menu) == {"Go to what is chosen", "Task covered"}
    hands.key(menu, Key.Key_Escape)
    heard = []
    editor.refused.connect(lambda error: heard.append(error.key))
    click(hands, place, segment.id)
    hands.key(place, Key.Key_Delete)
    assert heard == ["segments-locked"]
    assert len(editor.file.segments) == 3


def test_nothing_is_edited_or_removed_in_a_ready_coding(place, editor, hands) -> None:
    for segment in editor.file.segments:
        editor.cover(segment, on=True)
    assert editor.mark_ready()
    before, segments = editor.coding, editor.file.segments
    for thing in (clip(editor).id, next(iter(editor.coding.observations)), segments[0].id):
        menu = menu_on(place, thing)
        assert can(menu) <= {"Go to what is chosen", "What a code means", "Copy what is chosen", "History"}
        hands.key(menu, Key.Key_Escape)
        double_click(hands, place, thing)
        for key in (Key.Key_Return, Key.Key_Delete):
            hands.key(place, key)
        hands.key(place, Key.Key_Delete, CTRL)
    assert (editor.coding, editor.file.segments) == (before, segments)
    assert not place.room.note.isVisible()


# the drawer of flags and notes


def write(hands: Hands, words: str) -> None:
    """In the cell that is being edited: other words, and Enter, which Qt lets the cell see first."""
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    hands.type(field, words)
    if not words:
        hands.key(field, Key.Key_Backspace)
    hands.key(field, Key.Key_Return)
    hands.settle()


def test_the_drawer_of_marks_by_keys_alone(place, editor, hands) -> None:
    editor.mark(MarkKind.NOTE, 5 * SECOND, "look")
    hands.key(place, Key.Key_6, CTRL)
    table = place.room.drawers.panel(drawers.MARKS).table
    QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Warning, table)
    assert QApplication.focusWidget() is table
    hands.key(table, Key.Key_Down)
    hands.key(table, Key.Key_Down)
    hands.key(table, Key.Key_Return)
    assert place.room.now() == 30 * SECOND
    hands.key(table, Key.Key_F2)
    write(hands, "0:02")
    assert sorted(m.at for m in editor.coding.marks.values()) == [2 * SECOND, 5 * SECOND]
    assert table.currentIndex().row() == 0, "the row moves with its time and stays chosen"
    for _ in range(2):
        hands.key(table, Key.Key_Right)
    hands.key(table, Key.Key_F2)
    write(hands, "laughs")
    assert [m.text for m in editor.coding.marks.values()] == ["laughs", "look"]
    hands.key(table, Key.Key_Delete)
    assert [m.text for m in editor.coding.marks.values()] == ["look"]
    place.undo()
    place.undo()
    place.undo()
    assert {m.text: m.at for m in editor.coding.marks.values()} == {"look": 5 * SECOND, "smiles": 30 * SECOND}


def test_what_is_no_time_leaves_a_mark_where_it_was(place, editor, hands) -> None:
    hands.key(place, Key.Key_6, CTRL)
    table = place.room.drawers.panel(drawers.MARKS).table
    hands.key(table, Key.Key_Down)
    hands.key(table, Key.Key_F2)
    write(hands, "soon")
    assert clip(editor).at == 30 * SECOND
    assert not editor.coding.header.covered


def test_a_note_whose_words_are_taken_out_in_the_drawer_is_gone(place, editor, hands) -> None:
    editor.remove_mark(clip(editor))
    editor.mark(MarkKind.NOTE, 5 * SECOND, "look")
    hands.key(place, Key.Key_6, CTRL)
    panel = place.room.drawers.panel(drawers.MARKS)
    hands.key(panel.table, Key.Key_Down)
    hands.press(panel, "Edit")
    write(hands, "")
    assert not editor.coding.marks
    assert "leave a flag" in hands.words(panel)
    place.undo()
    assert clip(editor).text == "look"


def test_the_drawer_and_the_timeline_choose_the_same_mark(place, editor, hands) -> None:
    hands.key(place, Key.Key_6, CTRL)
    panel = place.room.drawers.panel(drawers.MARKS)
    click(hands, place, clip(editor).id)
    assert panel.chosen() == [clip(editor)]
    hands.press(panel, "Remove")
    assert not editor.coding.marks
