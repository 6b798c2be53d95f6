"""Where filming shows in other places: the desk, the meeting in Clients, its films, the timeline, rooms in settings."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from app.casework.meeting_file import meeting_file
from app.coding.editor import CodingEditor
from app.coding.opening import begin
from app.door import Door
from app.i18n import now
from app.model.change import Change, added
from app.model.filming import LiveMark
from app.model.identity import new_id
from app.model.observation import MarkKind
from app.model.recording import Origin
from app.model.timecode import SECOND
from app.settings.preferences import Preferences
from app.settings.values import FilmingPlace
from tests.drivers.film_stage import StagedDevices
from tests.drivers.settling import settle
from tests.material.builders import A_DAY
from tests.stand_ins.fake_films import film_tools
from widgets.cases.films_panel import FilmsPanel
from widgets.cases.meeting_panel import MeetingPanel
from widgets.coding.coding_timeline import CodingTimeline
from widgets.coding.live_marks import LiveMarks
from widgets.coding.observations_table import ObservationsPanel
from widgets.desk.desk_screen import DeskScreen
from widgets.look import look as looks
from widgets.settings import rooms_card
from widgets.settings.rooms_card import RoomsCard

LOOK = looks.Look(looks.LIGHT)


def words(widget) -> str:
    return "\n".join(part.text() for part in widget.findChildren(QLabel))


def press(widget, text: str) -> None:
    (found,) = [b for b in widget.findChildren(QPushButton) if b.text() == text]
    found.click()


def test_todays_filming_begins_from_the_desk_with_one_press(stage, room, home) -> None:
    made = home.add_meeting(home.meeting.adult_id, 7)
    home.a.apply("today", [Change(made, replace(made, held=now()))])
    desk = stage(DeskScreen)
    press(desk, "Begin filming")
    assert room.gone == [("filming", {"meeting_id": made.id})]


def test_films_closed_from_use_wait_on_the_desk(stage, home) -> None:
    home.a.apply("close", [Change(home.film, replace(home.film, closed_from_use=A_DAY))])
    desk = stage(DeskScreen)
    assert "Films wait for erasure" in words(desk)
    assert "Star 14 · 1 film" in words(desk)
    assert "closed from use 3 Nov 2026" in words(desk)


def test_a_meeting_leads_to_filming_and_to_its_talk(qtbot, room, home) -> None:
    from app.casework.case_file import case_file
    from app.casework.plans import PlanEditor

    panel = MeetingPanel(room.space, LOOK, room.go)
    qtbot.addWidget(panel)
    file = case_file(home.a, home.case_id)
    panel.show_meeting(PlanEditor(home.a, home.texts, home.meeting.id), file)
    press(panel, "Film")
    press(panel, "Talk after filming")
    meeting = {"meeting_id": home.meeting.id}
    assert room.gone == [("filming", meeting), ("filming", {**meeting, "part": "talk"})]
    home.a.apply("close", [Change(home.film, replace(home.film, closed_from_use=A_DAY))])
    panel.show_meeting(PlanEditor(home.a, home.texts, home.meeting.id), file)
    assert not panel.code.isEnabled()


def test_a_meeting_that_is_coded_does_not_lead_to_filming(qtbot, room, home) -> None:
    from app.casework.case_file import case_file
    from app.casework.plans import PlanEditor

    home.compare()
    panel = MeetingPanel(room.space, LOOK, room.go)
    qtbot.addWidget(panel)
    panel.show_meeting(PlanEditor(home.a, home.texts, home.meeting.id), case_file(home.a, home.case_id))
    assert not panel.film.isEnabled()
    assert panel.talk.isEnabled()
    assert "no more is filmed of this meeting" in words(panel)


def test_a_films_row_says_what_happened_to_it(qtbot, room, home) -> None:
    film = replace(home.film, origin=Origin.RESCUED, lost_pictures=3, closed_from_use=A_DAY)
    home.a.apply("film", [Change(home.film, film)])
    panel = FilmsPanel(room.space, LOOK)
    qtbot.addWidget(panel)
    panel.show_films(home.meeting.id)
    said = words(panel)
    assert "Rescued: the program ended" in said
    assert "3 pictures were lost while filming." in said
    assert "Closed from use" in said


@pytest.fixture
def marked(home) -> CodingEditor:
    marks = [
        LiveMark(new_id(), home.meeting.id, MarkKind.IMPORTANT, 5 * SECOND),
        LiveMark(new_id(), home.meeting.id, MarkKind.NOTE, 9 * SECOND, "looked at mother"),
    ]
    home.a.apply("marks", [added(m) for m in marks])
    header = begin(Door(home.a), home.texts, home.meeting.id)
    return CodingEditor(home.a, home.texts, meeting_file(home.a, home.meeting.id), header)


def test_live_marks_lie_in_a_lane_of_their_own_and_do_not_move(qtbot, marked) -> None:
    timeline = CodingTimeline(marked, LOOK)
    qtbot.addWidget(timeline)
    assert len(list(timeline.items_of("live"))) == 2
    assert list(timeline.items_of("flags")) == []
    mark = marked.file.live_marks[0]
    timeline.moved.emit(mark.id, 20 * SECOND, None)
    assert marked.file.live_marks[0].at == 5 * SECOND
    assert marked.coding.marks == {}


def test_without_live_marks_there_is_no_lane(qtbot, home) -> None:
    timeline = CodingTimeline(home.editor(), LOOK)
    qtbot.addWidget(timeline)
    assert "live" not in [lane.key for lane in timeline.lanes]


def test_what_is_over_is_the_tables_where_there_are_live_marks(qtbot, marked) -> None:
    panel = ObservationsPanel(marked, Preferences())
    qtbot.addWidget(panel)
    heights = []
    for height in (600, 1000):
        panel.resize(560, height)
        panel.show()
        settle()
        assert panel.live_marks.y() - panel.many.geometry().bottom() < 16
        heights.append(panel.table.height())
    assert heights[1] - heights[0] == 400


def test_live_marks_are_listed_and_lead_to_their_moment(qtbot, marked) -> None:
    listed = LiveMarks(marked.file.live_marks, marked.texts)
    qtbot.addWidget(listed)
    assert [listed.list.item(n).text() for n in range(2)] == [
        "00:05   ★   important moment",
        "00:09   ✎   looked at mother",
    ]
    with qtbot.waitSignal(listed.seek_requested) as asked:
        listed.list.itemActivated.emit(listed.list.item(1))
    assert asked.args == [9 * SECOND]


@pytest.fixture
def rooms(qtbot, room):
    devices = StagedDevices()
    room.space.films = film_tools(devices=lambda: devices)
    kept = room.preferences
    kept.remember(last_room=FilmingPlace(camera_1="cam-2", microphone="mic-1"))
    card = RoomsCard(room.space)
    qtbot.addWidget(card)
    card.refresh()
    return card, kept, devices


def test_a_room_begins_with_what_was_used_last_and_is_kept_as_it_is_edited(rooms, qtbot) -> None:
    card, kept, _devices = rooms
    card.add.click()
    (made,) = kept.now.rooms
    assert (made.name, made.camera_1, made.microphone) == ("Room 1", "cam-2", "mic-1")
    name, positions = card.findChildren(QLineEdit)[:2]
    name.setText("Playroom")
    name.editingFinished.emit()
    positions.setText("camera 1 from the front")
    positions.editingFinished.emit()
    box = card.boxes[0]
    box.camera_2.setCurrentIndex(box.camera_2.findData("cam-1"))
    box.camera_2.activated.emit(box.camera_2.currentIndex())
    (made,) = kept.now.rooms
    assert (made.name, made.positions, made.camera_1, made.camera_2) == (
        "Playroom", "camera 1 from the front", "cam-2", "cam-1",
    )  # fmt: skip


def test_what_is_unplugged_stays_in_the_room(rooms) -> None:
    card, kept, devices = rooms
    card.add.click()
    before = kept.now.rooms
    devices.plug()
    assert kept.now.rooms == before


def test_a_room_is_removed_after_a_question(rooms, monkeypatch) -> None:
    card, kept, _devices = rooms
    card.add.click()
    monkeypatch.setattr(rooms_card, "confirm", lambda *_: False)
    press(card, "Remove")
    assert len(kept.now.rooms) == 1
    monkeypatch.setattr(rooms_card, "confirm", lambda *_: True)
    press(card, "Remove")
    assert kept.now.rooms == ()
    assert card.boxes == []
