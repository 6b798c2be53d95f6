"""*Korjaa…*: which fields are open for which film, what is told where it is coded, and the way back."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app.casework.case_editor import CaseEditor
from app.model.change import Change, added
from app.model.circumstance import CircumstanceKind
from app.model.erasure import Original
from app.model.meeting import Delivery, Meeting
from app.model.plan import Arrangement
from app.model.recording import Recording
from app.model.timecode import SECOND
from tests.drivers.hands import Hands
from tests.material.builders import recording
from tests.material.house import LONG_AGO, MINUTE, Home, opened
from widgets.cases.films_panel import FilmsPanel
from widgets.films.correct_film import CorrectFilm
from widgets.look import look as looks


@pytest.fixture
def hands(qtbot) -> Hands:
    return Hands(qtbot)


@pytest.fixture
def home(qapp) -> Home:
    return Home("en")


@pytest.fixture
def second(home) -> Recording:
    film = replace(recording(home.meeting.id, MINUTE), camera=2)
    home.a.apply("film", [added(film)])
    return film


@pytest.fixture
def room(home):
    with opened(home) as made:
        yield made


def dialog(qtbot, room, film) -> CorrectFilm:
    made = CorrectFilm(room.space, film, None)
    qtbot.addWidget(made)
    made.show()
    return made


def words(within) -> str:
    return "\n".join(part.text() for part in within.findChildren(QLabel) if part.isVisibleTo(within))


def test_where_a_film_begins_is_typed_and_taken_back(qtbot, hands, home, room, second) -> None:
    made = dialog(qtbot, room, second)
    assert not made.undo.isVisible()
    made.offset.line.clear()
    hands.type(made.offset.line, "0:00:02,5")
    hands.click(made.apply)
    assert home.a.get(Recording, second.id).offset == 2.5 * SECOND
    assert not made.isVisible()
    again = dialog(qtbot, room, home.a.get(Recording, second.id))
    hands.click(again.undo)
    assert home.a.get(Recording, second.id) == second
    assert again.offset.value() == 0


def test_the_film_that_the_meeting_goes_by_keeps_its_beginning(qtbot, home, room, second) -> None:
    made = dialog(qtbot, room, home.film)
    assert (made.camera.isEnabled(), made.offset.isEnabled()) == (True, False)
    assert "goes by this film's clock" in words(made)


def test_where_coding_has_begun_it_is_told_and_the_camera_stays(qtbot, home, room, second) -> None:
    home.editor()
    made = dialog(qtbot, room, second)
    assert (made.camera.isEnabled(), made.offset.isEnabled()) == (False, True)
    assert "What was marked stays at its time" in words(made)


def test_each_row_that_can_be_put_right_has_the_way(qtbot, home, room, second) -> None:
    panel = FilmsPanel(room.space, looks.look_for("light", films=False))
    qtbot.addWidget(panel)

    def ways() -> list[str]:
        panel.show_films(home.meeting.id)
        return [b.accessibleName() for b in panel.findChildren(QPushButton) if b.text() == "Correct…"]

    assert ways() == ["Correct…: Camera 1", "Correct…: Camera 2"]
    home.editor()
    other = replace(recording(home.meeting.id, MINUTE), camera=2, offset=MINUTE)
    home.a.apply("film", [added(other)])
    assert ways() == ["Correct…: Camera 1", "Correct…: Camera 2", "Correct…: Camera 2"]


def test_where_the_camera_stood_and_the_original_lies_is_one_step_and_told_on_the_films_row(
    qtbot, hands, home, room
) -> None:
    plan = home.a.get(Meeting, home.meeting.id)
    home.a.apply("plan", [Change(plan, replace(plan, arranged=Arrangement(cameras=("by the door",))))])
    home.editor()  # coding has begun, and this still can be told
    made = dialog(qtbot, room, home.film)
    assert made.stood.placeholderText() == "by the door"
    hands.type(made.stood, "Room 2, by the window")
    made.original.set_value(Original.PHONE)
    hands.click(made.apply)
    film = home.a.get(Recording, home.film.id)
    assert (film.stood, film.original, film.offset) == ("Room 2, by the window", Original.PHONE, home.film.offset)
    panel = FilmsPanel(room.space, looks.look_for("light", films=False))
    qtbot.addWidget(panel)
    panel.show_films(home.meeting.id)
    assert "Camera: Room 2, by the window · Original: on a phone" in words(panel)
    again = dialog(qtbot, room, film)
    hands.click(again.undo)
    assert home.a.get(Recording, film.id) == home.film


def test_while_an_address_is_kept_back_no_room_is_shown_and_none_is_lost(qtbot, hands, home, room) -> None:
    before = home.a.get(Recording, home.film.id)
    home.a.apply("film", [Change(before, replace(before, stood="Kuusitie 4, kitchen"))])
    editor = CaseEditor(home.a, home.texts, home.case_id)
    assert editor.change_circumstance(editor.file.child, CircumstanceKind.NON_DISCLOSURE, "", LONG_AGO)
    panel = FilmsPanel(room.space, looks.look_for("light", films=False))
    qtbot.addWidget(panel)
    panel.show_films(home.meeting.id)
    assert "Kuusitie" not in words(panel)
    made = dialog(qtbot, room, home.a.get(Recording, before.id))
    assert not made.stood.isVisible()
    made.original.set_value(Original.GONE)
    hands.click(made.apply)
    film = home.a.get(Recording, before.id)
    assert (film.stood, film.original) == ("Kuusitie 4, kitchen", Original.GONE)


def test_of_a_meeting_over_a_video_link_its_recording_is_offered(qtbot, home, room) -> None:
    meeting = home.a.get(Meeting, home.meeting.id)
    home.a.apply("link", [Change(meeting, replace(meeting, delivery=Delivery.VIDEO))])
    assert dialog(qtbot, room, home.film).original.value() == Original.VIDEO_LINK
