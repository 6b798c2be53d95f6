"""The timeline: what is hit, what a drag says, zoom about the pointer, and how little is drawn anew."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from app.model.meeting import Stretch
from app.model.timecode import SECOND
from widgets.look import look as looks
from widgets.timeline.canvas import NAME, ROW
from widgets.timeline.lane_items import Item, LaneItems
from widgets.timeline.lanes import Lane
from widgets.timeline.overview import Overview
from widgets.timeline.painting import Marks
from widgets.timeline.scale import fitted
from widgets.timeline.view import LABELS, TimelineView

LANES = (Lane("tasks", "tasks", "", "Tasks"), Lane("p", "points", "Adult", "S", "S"), Lane("s", "states", "", "State"))
POINT = Item(10 * SECOND, "point", None, "AS", "leads", "dot")
BAR = Item(20 * SECOND, "bar", 30 * SECOND, "DS1", "together", "bar")
TASK = Item(0, "task", 40 * SECOND, "", "1 Tower", "task")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _no_hints(monkeypatch) -> None:
    """The offscreen platform cannot raise a window of a hint."""
    monkeypatch.setattr(QToolTip, "showText", lambda *_: None)


@pytest.fixture
def view(qtbot, home):
    made = TimelineView(looks.Look(looks.LIGHT), home.texts, LANES, 60 * SECOND)
    qtbot.addWidget(made)
    made.resize(LABELS + 600, made.height())
    made.show()
    made.fill({"tasks": [TASK], "p": [POINT], "s": [BAR]})
    return made


def spot(view, lane: str, second: float) -> QPoint:
    return QPoint(round(LABELS + view.scale.x_of(second * SECOND)), view.top_of(lane) + 10)


def drag(qtbot, view, lane: str, start: float, end: float) -> None:
    qtbot.mousePress(view, LEFT, pos=spot(view, lane, start))
    qtbot.mouseMove(view, spot(view, lane, (start + end) / 2))
    qtbot.mouseMove(view, spot(view, lane, end))
    qtbot.mouseRelease(view, LEFT, pos=spot(view, lane, end))


def test_what_lies_under_the_pointer_is_hit(view, qtbot) -> None:
    with qtbot.waitSignal(view.selected) as chosen:
        qtbot.mouseClick(view, LEFT, pos=spot(view, "p", 10))
    assert chosen.args == ["point"]
    with qtbot.waitSignal(view.selected) as chosen:
        qtbot.mouseClick(view, LEFT, pos=spot(view, "s", 25))
    assert chosen.args == ["bar"]
    with qtbot.waitSignal(view.selected) as chosen:
        qtbot.mouseClick(view, LEFT, pos=spot(view, "tasks", 5))
    assert chosen.args == ["task"]


def test_an_empty_spot_goes_there(view, qtbot) -> None:
    with qtbot.waitSignal(view.seek_requested) as asked:
        qtbot.mouseClick(view, LEFT, pos=spot(view, "p", 40))
    assert asked.args[0] == pytest.approx(40 * SECOND, abs=view.scale.per_pixel)


def test_labels_are_no_times(view, qtbot) -> None:
    heard = []
    view.seek_requested.connect(heard.append)
    qtbot.mouseClick(view, LEFT, pos=QPoint(20, view.top_of("p") + 10))
    assert heard == []


@pytest.mark.parametrize(
    ("lane", "grip", "to", "expected"),
    [
        ("p", 10, 15, ("point", 15, None)),
        ("s", 25, 35, ("bar", 30, 40)),
        ("s", 20, 25, ("bar", 25, 30)),
        ("s", 30, 25, ("bar", 20, 25)),
        ("tasks", 40, 50, ("task", 0, 50)),
    ],
)
def test_a_drag_says_where_it_was_let_go(view, qtbot, lane, grip, to, expected) -> None:
    with qtbot.waitSignal(view.moved) as told:
        drag(qtbot, view, lane, grip, to)
    item, start, end = told.args
    step = 2 * view.scale.per_pixel
    assert item == expected[0]
    assert start == pytest.approx(expected[1] * SECOND, abs=step)
    assert end is None if expected[2] is None else end == pytest.approx(expected[2] * SECOND, abs=step)


def test_an_edge_never_passes_the_other(view, qtbot) -> None:
    with qtbot.waitSignal(view.moved) as told:
        drag(qtbot, view, "s", 20, 50)
    assert told.args[1] < told.args[2] == BAR.end


def test_a_click_moves_nothing(view, qtbot) -> None:
    heard = []
    view.moved.connect(lambda *told: heard.append(told))
    qtbot.mouseClick(view, LEFT, pos=spot(view, "s", 25))
    assert heard == []


def test_a_press_that_trembles_by_a_pixel_moves_nothing(view, qtbot) -> None:
    heard = []
    view.moved.connect(lambda *told: heard.append(told))
    place = spot(view, "p", 10)
    qtbot.mousePress(view, LEFT, pos=place)
    qtbot.mouseMove(view, place + QPoint(1, 1))
    qtbot.mouseRelease(view, LEFT, pos=place + QPoint(1, 1))
    assert heard == []


def test_two_codings_are_looked_at_not_moved(qtbot, home) -> None:
    view = TimelineView(looks.Look(looks.LIGHT), home.texts, LANES, 60 * SECOND, tracks=2)
    qtbot.addWidget(view)
    view.resize(LABELS + 600, view.height())
    view.show()
    view.fill({"p": [POINT]})
    heard = []
    view.moved.connect(lambda *told: heard.append(told))
    drag(qtbot, view, "p", 10, 20)
    assert heard == []


def wheel(view, x: float, turn: int, held=Qt.KeyboardModifier.NoModifier) -> None:
    at = QPointF(LABELS + x, 60)
    event = QWheelEvent(
        at,
        view.mapToGlobal(at),
        QPoint(0, 0),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_the_wheel_zooms_about_the_pointer(view) -> None:
    before = view.scale.time_at(200)
    wheel(view, 200, 240)
    assert view.scale.per_pixel < 60 * SECOND / 600
    assert view.scale.time_at(200) == pytest.approx(before, abs=2 * view.scale.per_pixel)
    left = view.scale.left
    wheel(view, 200, -120, Qt.KeyboardModifier.ShiftModifier)
    assert view.scale.left > left


@given(st.integers(1, 4 * 3600), st.integers(100, 2000), st.floats(0.2, 5), st.floats(0, 1), st.integers(0, 20))
def test_the_scale_never_passes_the_ends(seconds, width, factor, share, times) -> None:
    scale = fitted(seconds * SECOND, width)
    for _ in range(times):
        scale = scale.zoomed(factor, share * width)
    assert scale.left >= 0
    assert scale.right <= scale.length * 1.03 + scale.width * 400
    assert scale.time_at(scale.x_of(scale.length // 2)) == pytest.approx(scale.length // 2, abs=1)
    assert scale.showing(scale.length).left <= scale.length <= scale.showing(scale.length).right


def lanes_drawn(view, monkeypatch) -> list[str]:
    drawn: list[str] = []
    draw = TimelineView._draw_lane
    monkeypatch.setattr(
        TimelineView, "_draw_lane", lambda s, p, lane, box: (drawn.append(lane.key), draw(s, p, lane, box))
    )
    return drawn


def test_a_change_draws_only_its_lane(view, monkeypatch) -> None:
    view.grab()
    drawn = lanes_drawn(view, monkeypatch)
    view.swap("p", POINT, Item(12 * SECOND, "point", None, "AS", "leads", "dot"))
    view.grab()
    assert drawn == ["p"]
    drawn.clear()
    view.set_playhead(30 * SECOND)
    view.grab()
    assert drawn == []


def test_a_state_that_is_on_grows_with_the_playhead(view, monkeypatch) -> None:
    view.swap("s", None, Item(31 * SECOND, "on", None, "DS2", "apart", "bar", 0, True))
    view.grab()
    drawn = lanes_drawn(view, monkeypatch)
    view.set_playhead(33 * SECOND)
    view.grab()
    assert drawn == ["s"]


def test_only_what_is_in_sight_is_drawn(view, monkeypatch) -> None:
    many = [Item(n * SECOND // 100, f"{n:05}", None, "AS", "", "dot") for n in range(6000)]
    view.fill({"p": many})
    view.scale = view.scale.zoomed(20, 300)
    drawn = []
    monkeypatch.setattr(Marks, "draw_row", lambda _self, starts, *_where: drawn.extend(starts))
    view.redraw()
    view.grab()
    assert 0 < len(drawn) < 600
    assert min(drawn) >= view.scale.time_at(-31)
    assert max(drawn) <= view.scale.time_at(view.scale.width + 31)


SPANS = st.lists(st.tuples(st.integers(0, 1000), st.one_of(st.none(), st.integers(1, 300)), st.booleans()), max_size=40)


@given(SPANS, st.integers(0, 1000), st.integers(0, 300))
def test_nothing_in_sight_is_missed(spans, left, width) -> None:
    items = [Item(s, str(n), None if e is None or o else s + e, open=o) for n, (s, e, o) in enumerate(spans)]
    lane = LaneItems()
    lane.fill(items[: len(items) // 2])
    for item in items[len(items) // 2 :]:
        lane.add(item)
    found = list(lane.between(left, left + width))
    for item in items:
        until = 10**9 if item.open else (item.end or item.start)
        if item.start <= left + width and until >= left:
            assert item in found
    assert len(found) == len(set(found))


def test_plus_and_minus_zoom_and_other_keys_pass(view, qtbot) -> None:
    before = view.scale.per_pixel
    qtbot.keyClick(view, "+")
    assert view.scale.per_pixel < before
    qtbot.keyClick(view, "-")
    assert view.scale.per_pixel == pytest.approx(before)


def test_time_before_the_reference_film_is_shown_and_reached(view, qtbot) -> None:
    view.set_span(-4 * SECOND, 60 * SECOND)
    wheel(view, 0, -1200, Qt.KeyboardModifier.NoModifier)
    assert view.scale.left == -4 * SECOND
    with qtbot.waitSignal(view.seek_requested) as asked:
        qtbot.mouseClick(view, LEFT, pos=spot(view, "p", -2))
    assert asked.args[0] == pytest.approx(-2 * SECOND, abs=view.scale.per_pixel)
    with qtbot.waitSignal(view.moved) as told:
        drag(qtbot, view, "p", 10, -3)
    assert told.args[1] == pytest.approx(-3 * SECOND, abs=2 * view.scale.per_pixel)


def test_a_strip_is_drawn_only_when_its_lane_is(view, monkeypatch) -> None:
    drawn = []

    class Strip:
        def draw(self, _painter, box, scale, _look) -> None:
            drawn.append((box.left(), scale.left))

    view.show_lanes((*LANES, Lane("sound", "sound", "", "Sound")))
    view.set_strip("sound", Strip())
    view.grab()
    assert drawn == [(LABELS, 0.0)]
    view.set_playhead(30 * SECOND)
    view.swap("p", None, POINT)
    view.grab()
    assert len(drawn) == 1, "the playhead and other lanes leave it alone"
    view.redraw_lane("sound")
    view.grab()
    assert len(drawn) == 2
    view.set_strip("sound", None)
    view.grab()
    assert len(drawn) == 2


def test_a_box_with_ctrl_chooses_what_it_touches(view, qtbot) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(view.boxed) as chosen:
        qtbot.mousePress(view, LEFT, ctrl, spot(view, "p", 8))
        qtbot.mouseMove(view, spot(view, "s", 22))
        qtbot.mouseRelease(view, LEFT, ctrl, spot(view, "s", 22))
    assert chosen.args[0] == {"point", "bar"}
    with qtbot.waitSignal(view.boxed) as fewer:
        qtbot.mouseClick(view, LEFT, ctrl, spot(view, "p", 10))
    assert fewer.args[0] == {"bar"}


def test_what_is_dragged_comes_to_rest_at_an_edge_or_at_a_picture(view, qtbot) -> None:
    view.picture_time = lambda time: time // 40_000 * 40_000
    with qtbot.waitSignal(view.moved) as near:
        drag(qtbot, view, "p", 10, 20.2)
    assert near.args == ["point", 20 * SECOND, None]
    with qtbot.waitSignal(view.moved) as free:
        drag(qtbot, view, "p", 10, 14.13)
    assert free.args[1] % 40_000 == 0


def test_the_overview_brings_another_part_into_sight(view, qtbot, home) -> None:
    view.scale = view.scale.zoomed(6, 0)

    overview = Overview(view, looks.Look(looks.LIGHT), home.texts)
    qtbot.addWidget(overview)
    overview.resize(LABELS + 600, overview.height())
    overview.show()
    qtbot.mouseClick(overview, LEFT, pos=QPoint(round(overview.x_of(45 * SECOND)), 10))
    assert view.scale.left < 45 * SECOND < view.scale.right
    before = view.scale.left
    qtbot.keyClick(overview, Qt.Key.Key_Left)
    assert view.scale.left < before


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=40), st.integers(0, 60), st.integers(1, 12))
def test_points_given_apart_leave_out_only_what_lies_near_one_that_was_given(points, right, least) -> None:
    lane = LaneItems()
    lane.fill([Item(start, f"{start}/{n}/{k}") for k, (start, n) in enumerate(points)])
    given_out, _shapes = lane.thinned(0, right, least)
    assert all(later - earlier >= least for earlier, later in itertools.pairwise(given_out))
    starts = [i.start for i in lane if i.start <= right]
    assert all(any(0 <= start - given < least for given in given_out) for start in starts)
    assert set(given_out) <= set(starts)


def test_many_things_are_swapped_as_one_by_one() -> None:
    one, other = LaneItems(), LaneItems()
    items = [Item(n * 10, str(n), n * 10 + 5 if n % 3 else None) for n in range(30)]
    moved = [Item(i.start + 7, i.id, i.end) for i in items[::2]]
    for lane in (one, other):
        lane.fill(items)
    one.swap({i.id for i in moved}, moved)
    for before, after in zip(items[::2], moved, strict=True):
        other.remove(before)
        other.add(after)
    assert list(one) == list(other)
    assert list(one.between(40, 90)) == list(other.between(40, 90))


def test_a_point_is_drawn_in_the_shape_it_has_now_and_asked_for_it_once() -> None:
    asked: list[Item] = []
    lane = LaneItems(lambda thing: asked.append(thing) or thing)
    first = [Item(n * 10, str(n), shape="dot" if n % 2 else "ring") for n in range(20)]
    lane.fill(first)
    shown(lane, first)
    assert sorted(asked, key=lambda i: i.start) == first
    shown(lane, first)
    assert len(asked) == len(first), "what was seen is not asked again"
    newcomer = Item(35, "new", shape="diamond")
    lane.add(newcomer)
    shown(lane, [*first, newcomer])
    lane.remove(first[2])
    shown(lane, [*first[:2], *first[3:], newcomer])
    other = Item(50, "5", shape="diamond")
    lane.swap({"5", "new"}, [other])
    shown(lane, [*first[:2], *first[3:5], other, *first[6:]])
    lane.fill([other])
    shown(lane, [other])


def shown(lane: LaneItems, items: list[Item]) -> None:
    starts, shapes = lane.thinned(0, 1000, 1)
    assert list(zip(starts, shapes, strict=True)) == sorted((i.start, i.shape) for i in items)


def test_half_a_name_is_never_seen_above_what_is_always_in_sight(qtbot, home) -> None:
    look, many = looks.Look(looks.LIGHT), tuple(Lane(f"p{n}", "points", "Adult", f"Name {n}", "S") for n in range(6))
    view = TimelineView(look, home.texts, (LANES[0], *many, LANES[2]), 60 * SECOND)
    qtbot.addWidget(view)
    surface, names = look.color("surface").rgb(), 0
    for height in range(view.places.least, view.places.least + ROW):
        view.resize(LABELS + 200, height)
        view.show()
        last = max((lane for lane in many if view.places.sight(lane.key)[0] < view.places.band[1]), key=lambda x: x.key)
        top, end = view.places.sight(last.key)
        seen = view.grab().toImage()
        is_empty = all(seen.pixel(x, y) == surface for x in range(84, LABELS - 4) for y in range(top, end))
        assert is_empty == (end - top < NAME), (height, top, end)
        names += not is_empty
    assert 0 < names < ROW


def test_what_nobody_filmed_is_hatched_and_told(view, home, qtbot) -> None:
    """Behind the lanes and in the overview, under the pointer, and to who only hears the timeline."""

    def inked(widget, left: float, right: float, top: int) -> int:
        picture = widget.grab().toImage()
        plain = picture.pixelColor(round(left) - 6, top)
        return sum(picture.pixelColor(x, top) != plain for x in range(round(left) + 2, round(right) - 2))

    def drawn(widget, middle: int, top: int) -> int:
        """How far the darkest of some pixels is from the lightest."""
        picture = widget.grab().toImage()
        tones = [
            picture.pixelColor(x, y).lightness() for x in range(middle - 2, middle + 3) for y in range(top, top + 8)
        ]
        return max(tones) - min(tones)

    overview = Overview(view, looks.Look(looks.LIGHT), home.texts)
    qtbot.addWidget(overview)
    overview.resize(LABELS + 600, overview.height())
    (left, right), top = (LABELS + view.scale.x_of(s * SECOND) for s in (44, 47.5)), view.top_of("s") + 10
    gap = [overview.x_of(s * SECOND) for s in (44, 47.5)]
    assert inked(view, left, right, top) == inked(overview, *gap, 6) == 0
    view.set_unfilmed((Stretch(44 * SECOND, 48 * SECOND), Stretch(50 * SECOND - 1, 50 * SECOND)))
    assert inked(view, left, right, top) > 10
    qtbot.waitUntil(lambda: inked(overview, *gap, 6) > 3)
    at = {s: view.unfilmed.told_at(LABELS + view.scale.x_of(round(s * SECOND)), view.scale) for s in (43, 46, 50, 52)}
    assert (at[43], at[52]) == ("", "")
    assert at[46] == "Not filmed 00:44.0–00:48.0. In no figure."
    assert at[50] == "The film's clock jumps at 00:50.0. Nothing is counted across it."
    assert view.accessibleDescription() == f"{at[46]} {at[50]}"
    seam = round(LABELS + view.scale.x_of(50 * SECOND))
    assert drawn(view, seam, top) > 2 * drawn(view, round((left + right) / 2), top), "narrow, it would not be seen"
    view.set_unfilmed(())
    assert (inked(view, left, right, top), view.accessibleDescription()) == (0, "")
