"""Two cameras with one playhead: which leads, which are seen, what a press codes, loop, shuttle, zoom and sound."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from app.model.change import Change, added
from app.model.meeting import Stretch
from app.model.recording import NOT_FILMED, Damage, DerivedFile, DerivedKind
from app.model.timecode import SECOND
from tests.drivers.mouse import double_click
from tests.drivers.second_screen import one_for_both
from tests.drivers.settling import settle
from tests.material.builders import A_DAY, recording
from tests.stand_ins.fake_player import FRAME
from tests.widgets.films.conftest import LATE
from widgets.coding.coding_screen import CodingScreen
from widgets.films.picture import PictureView
from widgets.films.pictures import BESIDE, LARGE, TABS
from widgets.films.transport import RATES
from widgets.films.zoom import CLOSEST, WHOLE, Zoom

Key = Qt.Key
SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def test_a_press_codes_the_leading_camera_at_the_meetings_time(place, press, home, second) -> None:
    place.room.seek(10 * SECOND)
    press("q")
    press(Key.Key_T, CTRL)
    press("a")
    one, other = place.room.editor.coding.sorted_observations()
    assert (one.start, one.seen_on, one.seen_at) == (10 * SECOND, home.film.id, 10 * SECOND)
    assert (other.start, other.seen_on, other.seen_at) == (10 * SECOND, second.id, 10 * SECOND - LATE)


def test_a_gap_is_shown_calmly_and_is_not_codable(place, press, room, watching) -> None:
    place.room.seek(SECOND)
    press(Key.Key_T, CTRL)
    assert watching.player.shown_at() is None
    assert watching.pictures.view(2).picture is None
    assert watching.transport.shown_words() == ("00:00:01.000", "frame –")
    press("q")
    assert not place.room.editor.coding.observations
    assert "nothing was coded" in room.said[-1].text
    assert "Ctrl+T" in room.said[-1].text
    press("ö")
    assert [m.at for m in place.room.editor.coding.marks.values()] == [SECOND], "a flag is no code"


def test_where_nobody_filmed_it_is_said_so_and_nothing_is_coded(home, second, stage, hands) -> None:
    """Both cameras have a hole there; where only one has, the other's picture is no gap of the meeting."""
    for film, start in ((home.film, 10), (second, 12)):
        hole = Damage(start * SECOND, 20 * SECOND, NOT_FILMED)
        home.a.apply("hole", [Change(film, replace(film, facts=replace(film.facts, damage=(hole,))))])
    place = stage(CodingScreen, player=True, meeting_id=home.meeting.id)
    said = []
    place.room.live.said.connect(lambda notice: said.append(notice.text))
    views = [place.room.watching.pictures.view(camera) for camera in (1, 2)]
    place.room.seek(11 * SECOND)
    assert [v.accessibleDescription() for v in views] == ["", ""]
    place.room.seek(15 * SECOND)
    assert [v.accessibleDescription() for v in views] == ["Not filmed 00:14.0–00:20.0"] * 2
    assert [v.picture for v in views] == [None, None]
    hands.key(place, "q")
    assert not place.room.editor.coding.observations
    assert said == ["Nobody filmed here, so nothing was coded."]
    place.room.seek(30 * SECOND)
    assert [v.accessibleDescription() for v in views] == ["", ""]
    assert place.room.timeline.unfilmed.stretches == (Stretch(14 * SECOND, 20 * SECOND),)


def test_layouts_show_who_is_in_sight_and_are_remembered(place, press, watching) -> None:
    assert (watching.pictures.layout_name, watching.pictures.seen()) == (LARGE, (1, 2))
    press(Key.Key_T, CTRL | SHIFT)
    assert (watching.pictures.layout_name, watching.preferences.remembered.film_layout) == (BESIDE, BESIDE)
    assert watching.pictures.view(1).is_framed
    press(Key.Key_T, CTRL | SHIFT)
    assert (watching.pictures.layout_name, watching.pictures.seen()) == (TABS, (1,))
    assert set(watching.player.sinks) == {1}, "who is not seen needs no pictures"
    press(Key.Key_T, CTRL)
    assert watching.pictures.seen() == (2,)
    place.room.seek(20 * SECOND)
    assert watching.pictures.view(2).picture.time == 20 * SECOND - LATE


def test_a_click_on_the_small_picture_makes_it_lead(watching, qtbot) -> None:
    qtbot.mouseClick(watching.pictures.view(2), Qt.MouseButton.LeftButton)
    assert watching.player.leading() == 2


def test_films_closed_from_use_are_not_opened(home, second, stage, hands) -> None:
    for film in (home.film, second):
        home.a.apply("close", [Change(film, replace(film, closed_from_use=A_DAY))])
    place = stage(CodingScreen, player=True, meeting_id=home.meeting.id)
    watching = place.room.watching
    assert not watching.player.reels
    assert "wait for erasure" in hands.words(watching)
    watching.show_more()
    assert watching.popover is None


def test_one_closed_film_leaves_the_other(home, second, stage) -> None:
    home.a.apply("close", [Change(second, replace(second, closed_from_use=A_DAY))])
    place = stage(CodingScreen, player=True, meeting_id=home.meeting.id)
    assert set(place.room.player.reels) == {home.film.id}
    assert not place.room.watching.pictures.side.isVisible()


def test_where_every_film_was_erased_it_says_since_when(home, second, stage, hands) -> None:
    for film in (home.film, second):
        home.erase(film)
    place = stage(CodingScreen, player=True, meeting_id=home.meeting.id)
    assert not place.room.watching.player.reels
    assert "The film was erased " in hands.words(place.room.watching)


def test_a_film_erased_while_it_is_open_is_let_go_of(place, home, second, room, watching, hands) -> None:
    assert set(watching.player.reels) == {home.film.id, second.id}
    room.space.door.tell([Change(second, home.erase(second))], None)
    assert set(watching.player.reels) == {home.film.id}
    assert watching.pictures.isVisible()
    room.space.door.tell([Change(home.film, home.erase(home.film))], None)
    assert not watching.player.reels
    assert not watching.pictures.isVisible()
    assert "The film was erased " in hands.words(watching)


def test_shuttle_runs_faster_with_every_press(press, watching, hands) -> None:
    rates = []
    for _ in range(5):
        press(Key.Key_J, CTRL)
        rates.append(watching.player.rate())
    assert rates == [-1, -2, -4, -8, -8]
    assert hands.button(watching.transport, "−8.0×").isVisible()
    press(Key.Key_K, CTRL)
    assert not watching.player.is_playing()
    rates = []
    for _ in range(5):
        press(Key.Key_L, CTRL)
        rates.append(watching.player.rate())
    assert rates == [1, 2, 4, 8, 8]


def test_rates_are_those_of_the_port() -> None:
    assert (RATES[0], RATES[-1]) == (0.1, 4.0)


def test_observations_are_jumped_between(place, press) -> None:
    for second in (5, 15):
        place.room.seek(second * SECOND)
        press("q")
    place.room.seek(0)
    press(Key.Key_Right, ALT)
    assert place.room.now() == 5 * SECOND
    press(Key.Key_Right, ALT)
    press(Key.Key_Right, ALT)
    assert place.room.now() == 15 * SECOND
    press(Key.Key_Left, ALT)
    assert place.room.now() == 5 * SECOND


def test_a_loop_is_chosen_by_keys_with_its_pre_roll(place, press, watching) -> None:
    place.room.seek(10 * SECOND)
    press(Key.Key_I, CTRL | SHIFT)
    assert watching.player.loop is None
    place.room.seek(14 * SECOND)
    press(Key.Key_O, CTRL | SHIFT)
    assert watching.player.loop == (10 * SECOND, 14 * SECOND, SECOND)
    assert watching.transport.loop.text() == "loop 4.0 s"
    assert place.room.timeline.selection == (10 * SECOND, 14 * SECOND)
    press(Key.Key_R, CTRL | SHIFT)
    assert watching.player.loop is None
    press(Key.Key_R, CTRL | SHIFT)
    assert watching.player.loop == (10 * SECOND, 14 * SECOND, SECOND)
    watching.controls.forget_loop()
    assert (watching.player.loop, place.room.timeline.selection) == (None, (None, None))


def test_a_beginning_after_the_end_begins_anew(place, press, watching) -> None:
    watching.controls.select(10 * SECOND, 14 * SECOND)
    place.room.seek(20 * SECOND)
    press(Key.Key_I, CTRL | SHIFT)
    assert watching.controls.selection == (20 * SECOND, None)
    assert watching.player.loop is None


def test_shift_and_a_drag_over_the_ruler_choose_a_loop(place, qtbot, watching) -> None:
    timeline = place.room.timeline
    start, end = (QPoint(round(172 + timeline.scale.x_of(s * SECOND)), 10) for s in (5, 9))
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, SHIFT, start)
    qtbot.mouseMove(timeline, end)
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, SHIFT, end)
    looped = watching.player.loop
    assert looped[0] == pytest.approx(5 * SECOND, abs=2 * timeline.scale.per_pixel)
    assert looped[1] == pytest.approx(9 * SECOND, abs=2 * timeline.scale.per_pixel)


def test_a_slip_chooses_no_loop(watching) -> None:
    watching.controls.select(5 * SECOND, 5 * SECOND + 1000)
    assert watching.player.loop is None


def test_this_task_and_what_was_just_seen_are_looped(place, watching) -> None:
    place.room.seek(25 * SECOND)
    watching.controls.loop_task()
    assert watching.player.loop[:2] == (20 * SECOND, 40 * SECOND)
    watching.controls.loop_last(5 * SECOND)
    assert watching.player.loop[:2] == (20 * SECOND, 25 * SECOND)


def test_playing_on_goes_back_as_set(place, press, watching) -> None:
    watching.preferences.change(rewind_seconds=3)
    place.room.seek(10 * SECOND)
    press(Key.Key_Space)
    assert place.room.now() == 7 * SECOND


def test_volume_mute_and_whose_sound(press, watching) -> None:
    press(Key.Key_Down, SHIFT)
    assert (watching.player.volume, watching.preferences.remembered.volume) == (0.9, 90)
    press(Key.Key_M, CTRL | SHIFT)
    assert watching.player.volume == 0
    press(Key.Key_Up, SHIFT)
    assert watching.player.volume == 1.0
    press(Key.Key_H, CTRL | SHIFT)
    assert watching.player.listening_to() == 2


def test_the_timelines_drag_is_rough_and_its_end_exact(place, qtbot, watching, monkeypatch) -> None:
    timeline, asked = place.room.timeline, []
    monkeypatch.setattr(watching.player, "seek", lambda time, dragging=False: asked.append(dragging))
    spot = [QPoint(round(172 + timeline.scale.x_of(s * SECOND)), 10) for s in (5, 7, 9)]
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=spot[0])
    qtbot.mouseMove(timeline, spot[1])
    qtbot.mouseMove(timeline, spot[2])
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=spot[2])
    assert asked == [False, True, True, False]


def test_a_film_that_began_before_the_reference_is_reached(home, second, stage, press, place) -> None:
    place.room.watching.films_editor.place(second.id, -3 * SECOND, 0.0)
    assert place.room.player.start() == -3 * SECOND
    press(Key.Key_T, CTRL)
    press(Key.Key_Home)
    assert place.room.now() == -3 * SECOND
    assert place.room.timeline.scale.left <= -3 * SECOND
    press("q")
    (point,) = place.room.editor.coding.observations.values()
    assert (point.start, point.seen_at) == (-3 * SECOND, 0)


def test_a_part_of_the_scrub_copy_is_used_when_it_is_made(watching, home, room) -> None:
    row = DerivedFile("d", home.film.id, DerivedKind.SCRUB, 0, 0, 5 * SECOND, "c", "0" * 64, 1, 1, b"i")
    room.space.copies.made.emit(home.film, row)
    (part,) = watching.player.reels[home.film.id].scrub
    assert (part.start, part.end, part.index) == (0, 5 * SECOND, b"i")


def test_keys_zoom_and_pan_the_leading_picture(press, watching) -> None:
    view = watching.pictures.view(1)
    press(Key.Key_Plus, CTRL)
    press(Key.Key_Plus, CTRL)
    assert view.zoom.factor == pytest.approx(1.25**2)
    left = view.zoom.left
    press(Key.Key_Right, CTRL | SHIFT)
    assert view.zoom.left > left
    assert watching.pictures.view(2).zoom == WHOLE
    press(Key.Key_0, CTRL)
    assert view.zoom == WHOLE


def wheel(view, at: QPointF, turn: int, held) -> None:
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(0, 0), QPoint(0, turn), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def test_the_mouse_zooms_pans_and_shows_the_whole_again(watching, qtbot) -> None:
    view = watching.pictures.view(1)
    settle()
    corner = view.picture_box().topLeft() + QPointF(2, 2)
    wheel(view, corner, 240, Qt.KeyboardModifier.NoModifier)
    assert view.zoom == WHOLE, "the wheel alone is not the picture's"
    wheel(view, corner, 240, CTRL)
    assert view.zoom.factor > 1.2
    assert view.zoom.left == pytest.approx(0, abs=0.01)
    middle = view.rect().center()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(view, middle - QPoint(30, 0))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle - QPoint(30, 0))
    assert view.zoom.left > 0.01
    assert watching.player.leading() == 1
    double_click(view, middle)
    assert view.zoom == WHOLE


class LaidOut(QObject):
    """Counts how often a widget was to lay out its parts anew."""

    times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_picture_lays_nothing_out_anew_and_is_drawn_at_whole_pixels(watching) -> None:
    """A label whose size follows its words lays out the whole window, thirty times a second."""
    settle()
    told = LaidOut()
    watching.installEventFilter(told)
    for number in (0, 9, 1234, 299_999):
        watching.transport.show_place(number * SECOND // 25, number)
        settle()
    assert not told.times
    for picture in watching.pictures.findChildren(PictureView):
        assert picture.picture_box().topLeft() == picture.picture_box().toRect().topLeft()


def test_zoom_stays_within_the_picture() -> None:
    close = Zoom().by(100, 1, 1)
    assert close.factor == CLOSEST
    assert close.left + close.share == pytest.approx(1)
    assert close.moved(5, 5) == close.moved(9, 9)
    assert close.by(0.001) == WHOLE
    before = Zoom().by(2, 0.25, 0.5)
    assert before.left + 0.25 * before.share == pytest.approx(0.25), "what is under the pointer stays there"


def test_the_player_knows_how_large_the_pictures_are_drawn(watching) -> None:
    view, boxes = watching.pictures.view(1), watching.player.boxes
    view.resize(640, 360)
    share = view.devicePixelRatioF()
    assert boxes[1] == (round(640 * share), round(360 * share))
    view.set_zoom(Zoom(2.0, 0.1, 0.1))
    assert boxes[1] == (round(1280 * share), round(720 * share))
    assert boxes[2][0] <= boxes[1][0]


def test_the_time_of_a_step_is_the_leading_cameras(press, watching) -> None:
    press(Key.Key_End)
    press(Key.Key_T, CTRL)
    at = watching.player.shown_at()
    press(Key.Key_Left)
    assert watching.player.shown_at() == at - FRAME


def test_a_film_taken_in_meanwhile_is_opened_when_the_room_is_come_back_to(place, home, second) -> None:
    room = place.room
    third = replace(recording(home.meeting.id), camera=3)
    home.a.apply("film", [added(third)])
    room.watching.films_editor.place(second.id, 3 * SECOND, 0.0)
    assert place.room is room
    place.opened()
    assert set(place.room.player.reels) == {home.film.id, second.id, third.id}


def test_the_key_that_changes_the_large_picture_is_named_beside_the_small_one(place, room, watching) -> None:
    caps = [w for w in watching.pictures.side.findChildren(QLabel) if w.text() == "Ctrl T"]
    assert len(caps) == 1
    room.preferences.change_keys(room.preferences.keys.with_action("film.lead", "F8"))
    assert caps[0].text() == "F8"


def test_the_log_says_what_others_saw_on_the_second_screen_the_leading_camera_alone(
    home, second, room, watching, monkeypatch
) -> None:
    one_for_both(monkeypatch)
    player = watching.player
    player.seek(10 * SECOND)
    player.play()
    player.advance(2 * SECOND)
    watching.showing.toggle_second()
    player.advance(3 * SECOND)
    player.lead(2)
    player.advance(4 * SECOND)
    watching.showing.close_second()
    player.advance(SECOND)
    player.pause()
    room.space.looking.write()
    rows = [row for row in home.a.audit_log() if row.act == "played"]
    assert [row.detail for row in rows if row.object_id == home.film.id] == [
        "played=10-12",
        "played=12-15;to=others",
        "played=15-19",
        "played=19-20",
    ]
    assert [row.detail for row in rows if row.object_id == second.id] == [
        "played=8-10",
        "played=10-13",
        "played=13-17;to=others",
        "played=17-18",
    ]
