"""*Korjaa…*: which fields are open for which film, what is told where it is coded, and the way back."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app.model.change import added
from app.model.recording import Recording
from app.model.timecode import SECOND
from tests.drivers.hands import Hands
from tests.material.builders import recording
from tests.material.house import MINUTE, Home, opened
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
    assert ways() == ["Correct…: Camera 2", "Correct…: Camera 2"]
