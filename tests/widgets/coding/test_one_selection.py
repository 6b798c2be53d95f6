"""What is chosen is one value: table, timeline and drawers show it, whoever chose, and keys act on it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from app.coding.offers import is_possible
from app.model.edges import LEAST
from app.model.observation import MarkKind
from app.model.timecode import SECOND
from tests.drivers.hands import CTRL, Hands, Key
from tests.drivers.settling import settle
from tests.material.pressing import press
from widgets.coding import drawers
from widgets.coding.coding_screen import CodingScreen
from widgets.coding.observations_model import END
from widgets.timeline.ruler import LABELS

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def told(monkeypatch) -> list[str]:
    """The hints shown: the offscreen platform cannot raise their window."""
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, words, *_: said.append(words))
    return said


@pytest.fixture
def place(home, stage, told) -> CodingScreen:
    """Coded: q at 5, a at 12, h at 20, 6 from 30 to 40, 7 from 40 on; the observations drawer is open."""
    made = stage(CodingScreen, player=True, meeting_id=home.meeting.id)
    for key, second in (("q", 5), ("a", 12), ("h", 20), ("6", 30), ("7", 40)):
        press(made.room.editor, key, second * SECOND)
    made.room.show_drawer(drawers.OBSERVATIONS)
    settle()
    made.room.editor.selection.choose(())
    return made


def ids(place) -> list[str]:
    return [o.id for o in place.room.editor.coding.sorted_observations()]


def spot(place, thing_id: str, by: int = 0) -> QPoint:
    timeline = place.room.timeline
    timeline.show_lane(timeline.thing(thing_id)[0].key)  # a hand would scroll there
    found = timeline.place_of(thing_id)
    assert found is not None
    return found + QPoint(by, 0)


def chosen_rows(place) -> list[int]:
    return sorted(i.row() for i in place.room.observations.table.selectionModel().selectedRows())


def chosen_everywhere(place, *rows: int) -> None:
    """Selection, rows and timeline say the same."""
    wanted = {ids(place)[row] for row in rows}
    assert place.room.editor.selection.ids == wanted
    assert place.room.timeline.picked == wanted
    assert chosen_rows(place) == sorted(rows)


def test_clicks_in_the_timeline_choose_in_the_table(place, qtbot) -> None:
    timeline, every = place.room.timeline, ids(place)
    qtbot.mouseClick(timeline, LEFT, pos=spot(place, every[1]))
    chosen_everywhere(place, 1)
    qtbot.mouseClick(timeline, LEFT, CTRL, spot(place, every[0]))
    chosen_everywhere(place, 0, 1)
    qtbot.mouseClick(timeline, LEFT, CTRL, spot(place, every[1]))
    chosen_everywhere(place, 0)
    qtbot.mouseClick(timeline, LEFT, SHIFT, spot(place, every[3]))
    chosen_everywhere(place, 0, 1, 2, 3)


def test_arrows_in_the_timeline_choose_and_reach(place, hands: Hands) -> None:
    timeline = place.room.timeline
    for key, held, rows in (
        (Key.Key_Down, Qt.KeyboardModifier.NoModifier, (0,)),
        (Key.Key_Down, Qt.KeyboardModifier.NoModifier, (1,)),
        (Key.Key_Down, SHIFT, (1, 2)),
        (Key.Key_Up, Qt.KeyboardModifier.NoModifier, (1,)),
        (Key.Key_A, CTRL, (0, 1, 2, 3, 4)),
    ):
        hands.key(timeline, key, held)
        chosen_everywhere(place, *rows)


def test_rows_choose_in_the_timeline_and_bring_it_into_sight(place, qtbot, hands: Hands) -> None:
    timeline, table = place.room.timeline, place.room.observations.table
    timeline.scale = timeline.scale.zoomed(12, 0)
    assert timeline.scale.right < 40 * SECOND
    rows = [table.visualRect(table.model().index(row, 3)).center() for row in range(5)]
    qtbot.mouseClick(table.viewport(), LEFT, pos=rows[4])
    chosen_everywhere(place, 4)
    assert timeline.scale.left < 40 * SECOND < timeline.scale.right
    qtbot.mouseClick(table.viewport(), LEFT, SHIFT, rows[2])
    chosen_everywhere(place, 2, 3, 4)
    qtbot.mouseClick(table.viewport(), LEFT, CTRL, rows[3])
    chosen_everywhere(place, 2, 4)
    hands.key(table, Key.Key_A, CTRL)
    chosen_everywhere(place, 0, 1, 2, 3, 4)
    assert "5 chosen" in hands.words(place.room.observations)


def test_what_was_dragged_is_chosen_where_it_lies_now(place, qtbot) -> None:
    timeline, first = place.room.timeline, ids(place)[0]
    start = spot(place, first)
    qtbot.mousePress(timeline, LEFT, pos=start)
    for by in (40, 200):
        qtbot.mouseMove(timeline, start + QPoint(by, 0))
    qtbot.mouseRelease(timeline, LEFT, pos=start + QPoint(200, 0))
    place_now = ids(place).index(first)
    assert place_now > 0, "it lies behind others now"
    chosen_everywhere(place, place_now)


def test_what_comes_is_chosen_at_its_place_in_the_order_and_in_sight(place) -> None:
    editor, table = place.room.editor, place.room.observations.table
    for n in range(40):
        press(editor, "a", (41 + n // 4) * SECOND)
    press(editor, "q", 8 * SECOND)
    chosen_everywhere(place, 1)
    assert table.viewport().rect().intersects(table.visualRect(table.model().index(1, 0)))
    place.undo()
    assert chosen_rows(place) == []
    place.redo()
    chosen_everywhere(place, 1)


def test_order_filter_and_a_drawer_that_was_shut_keep_what_is_chosen(place, qtbot) -> None:
    panel, every = place.room.observations, ids(place)
    place.room.editor.selection.choose([every[0], every[2]])
    panel.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert chosen_rows(place) == [2, 4]
    panel.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    chosen_everywhere(place, 0, 2)
    panel.person.setCurrentIndex(panel.person.findData("child1"))
    assert place.room.editor.selection.ids == {every[2]}, "what the filter hides is no longer chosen"
    panel.person.setCurrentIndex(0)
    chosen_everywhere(place, 2)
    place.room.show_drawer(drawers.PAD)
    qtbot.mouseClick(place.room.timeline, LEFT, pos=spot(place, every[1]))
    place.room.show_drawer(drawers.OBSERVATIONS)
    chosen_everywhere(place, 1)


def test_marks_are_chosen_in_their_drawer_and_never_beside_observations(place, qtbot, hands: Hands) -> None:
    editor = place.room.editor
    for second in (10, 11):
        editor.mark(MarkKind.CLIP, second * SECOND)
    place.room.show_drawer(drawers.MARKS)
    table = place.room.drawers.panel(drawers.MARKS).table
    hands.key(table, Key.Key_A, CTRL)
    assert place.room.timeline.picked == set(editor.coding.marks)
    qtbot.mouseClick(place.room.timeline, LEFT, CTRL, spot(place, ids(place)[1]))
    assert place.room.timeline.picked == {ids(place)[1]}


def test_a_thing_says_the_same_in_its_hint_and_in_its_row(place, qtbot, told) -> None:
    editor, first = place.room.editor, place.room.editor.coding.sorted_observations()[0]
    words = "She leans over and shows with her finger where the red block could go on top"
    editor.edit(first, replace(first, note=words))
    qtbot.mouseMove(place.room.timeline, spot(place, first.id, 1))
    panel = place.room.observations
    row = panel.model.row_of(editor.coding.observations[first.id])
    assert panel.model.index(row, 3).data(Qt.ItemDataRole.ToolTipRole) == told[-1]
    assert told[-1] == "leads clearly, Adult, 00:05.0. She leans over and shows with her finger where the red block…"


def test_each_worker_goes_on_where_the_film_was_left(home, stage, room, hands: Hands) -> None:
    first = stage(CodingScreen, player=True, meeting_id=home.meeting.id)
    first.room.seek(41 * SECOND)
    first.left()
    again = stage(CodingScreen, player=True, meeting_id=home.meeting.id)
    assert again.room.now() == 41 * SECOND
    again.room.seek(13 * SECOND)
    again.close_film()
    again.opened(meeting_id=home.meeting.id)
    assert again.room.now() == 13 * SECOND
    again.opened(meeting_id=home.meeting.id, at=str(7 * SECOND))
    assert again.room.now() == 7 * SECOND
    assert room.preferences.remembered.place_of(home.leena.id, home.meeting.id) is None


# edges


def states(place) -> list[tuple[str, int, int | None]]:
    held = place.room.editor.coding.sorted_observations()
    return [(o.code, o.start // SECOND, None if o.end is None else o.end // SECOND) for o in held if o.person == "dyad"]


def drag(place, qtbot, start: QPoint, seconds: float, held=Qt.KeyboardModifier.NoModifier) -> None:
    timeline = place.room.timeline
    by = QPoint(round(seconds * SECOND / timeline.scale.per_pixel), 0)
    qtbot.mousePress(timeline, LEFT, held, start)
    for at in (start + by / 2, start + by):
        # the mouse of QTest holds no key down while it moves
        QApplication.sendEvent(timeline, _moved(timeline, at, held))
    qtbot.mouseRelease(timeline, LEFT, held, start + by)


def _moved(timeline, at: QPoint, held) -> QMouseEvent:
    over = timeline.mapToGlobal(at)
    kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
    return QMouseEvent(kind, QPointF(at), QPointF(over), none, LEFT, held)


@pytest.fixture
def three(place):
    """States 6 from 30, 7 from 40, 8 from 50 to 55; the timeline shows them all."""
    editor = place.room.editor
    press(editor, "8", 50 * SECOND)
    last = editor.coding.sorted_observations()[-1]
    editor.edit(last, replace(last, end=55 * SECOND, open=False))
    assert states(place) == [("DS1", 30, 40), ("DS2", 40, 50), ("DS3", 50, 55)]
    return editor


def end_of_first(place) -> QPoint:
    timeline = place.room.timeline
    x = round(LABELS + timeline.scale.x_of(40 * SECOND)) - 2
    return QPoint(x, spot(place, ids(place)[3]).y())


def test_a_drawn_edge_stops_before_its_neighbor_is_gone_and_with_shift_goes_over_it(
    place, three, qtbot, told, room
) -> None:
    before = len(three.coding.observations)
    drag(place, qtbot, end_of_first(place), 14)
    assert len(three.coding.observations) == before
    assert states(place) == [("DS1", 30, 49), ("DS2", 49, 50), ("DS3", 50, 55)]
    assert told[-1].endswith("Stops at its neighbor; with Shift it goes over it.")
    assert three.selection.alone().code == "DS1"
    place.undo()
    room.said.clear()
    drag(place, qtbot, end_of_first(place), 12, SHIFT)
    assert [code for code, *_ in states(place)] == ["DS1", "DS3"]
    assert room.said[-1].text == "1 other state lay under it and is gone. 1 other state became shorter."
    room.said[-1].action()
    assert states(place) == [("DS1", 30, 40), ("DS2", 40, 50), ("DS3", 50, 55)]


def test_a_typed_time_stops_too_and_going_over_is_a_press_away(place, three, room, hands: Hands) -> None:
    hands.key(place.room.timeline, Key.Key_Down)  # the table has the keys of what is chosen
    model = place.room.observations.model
    first = next(o for o in three.coding.sorted_observations() if o.code == "DS1")
    assert model.setData(model.index(model.row_of(first), END), "00:00:53")
    assert states(place) == [("DS1", 30, 49), ("DS2", 49, 50), ("DS3", 50, 55)]
    assert room.said[-1].action_label == "Go over the neighbor"
    room.said[-1].action()
    assert states(place) == [("DS1", 30, 53), ("DS3", 53, 55)]


def test_edges_are_moved_to_the_picture_by_keys(place, three, room, hands: Hands) -> None:
    second = next(o for o in three.coding.sorted_observations() if o.code == "DS2")
    three.selection.choose([second.id])
    for key, at, wanted in (
        (Key.Key_I, 43, [("DS1", 30, 43), ("DS2", 43, 50), ("DS3", 50, 55)]),
        (Key.Key_O, 46, [("DS1", 30, 43), ("DS2", 43, 46), ("DS3", 46, 55)]),
        (Key.Key_O, 59, [("DS1", 30, 43), ("DS2", 43, 54), ("DS3", 54, 55)]),
    ):
        place.room.seek(at * SECOND)
        hands.key(place, key, CTRL)
        assert states(place) == wanted
    assert "stops where the one beside it" in room.said[-1].text
    point = three.coding.sorted_observations()[0]
    three.selection.choose([point.id])
    hands.key(place, Key.Key_O, CTRL)
    hands.key(place, Key.Key_I, CTRL)
    assert three.coding.observations[point.id].start == place.room.now()


def test_a_tasks_limits_stop_at_its_neighbor_and_push_it_when_asked(place, three, room, hands: Hands) -> None:
    first = three.file.segments[0]
    three.selection.choose([first.id])
    place.room.seek(45 * SECOND)
    hands.key(place, Key.Key_O, CTRL)
    assert three.file.segments[0].end == 20 * SECOND
    room.said[-1].action()
    edges = [(s.number, s.start, s.end) for s in three.file.segments]
    assert edges == [(1, 0, 40 * SECOND - LEAST), (2, 40 * SECOND - LEAST, 40 * SECOND), (3, 40 * SECOND, 60 * SECOND)]


def test_states_that_others_were_moved_over_are_told(place, three, room) -> None:
    states_now = [o for o in three.coding.sorted_observations() if o.person == "dyad"]
    three.shift(states_now[:1], 19 * SECOND)
    assert room.said[-1].text.startswith("1 other state lay under it and is gone.")


def test_the_lanes_hold_still_while_codes_are_pressed(place, qtbot) -> None:
    timeline = place.room.timeline
    timeline.resize(timeline.width(), 200)
    moved = []
    timeline.lanes_moved.connect(lambda: moved.append(True))
    for key in "qadz1fhmuos":
        press(place.room.editor, key, 30 * SECOND)
    assert timeline.picked
    assert not moved


def test_a_point_is_not_offered_to_be_split(place) -> None:
    editor = place.room.editor
    press(editor, "6", 10 * SECOND)
    press(editor, "a", 12 * SECOND)
    assert editor.selection.alone().end is None
    assert not is_possible(editor, "coding.split", 13 * SECOND)
    editor.selection.choose([])
    assert is_possible(editor, "coding.split", 13 * SECOND)
    press(editor, "7", 20 * SECOND)
    states = {o.start: o.id for o in editor.coding.observations.values() if o.end is not None}
    editor.selection.choose([states[30 * SECOND]])
    assert not is_possible(editor, "coding.split", 15 * SECOND), "the menu of one state parts no other"
    editor.selection.choose([states[10 * SECOND]])
    assert is_possible(editor, "coding.split", 15 * SECOND)
