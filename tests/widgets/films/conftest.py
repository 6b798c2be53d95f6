"""A meeting filmed by two cameras, being coded."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.model.change import added
from app.model.timecode import SECOND
from tests.material.builders import recording
from tests.material.house import MINUTE
from widgets.coding.coding_screen import CodingScreen

LATE = 2 * SECOND


@pytest.fixture
def second(home):
    """Camera 2 began two seconds after the reference film."""
    film = replace(recording(home.meeting.id, MINUTE), camera=2, offset=LATE)
    home.a.apply("film", [added(film)])
    return film


@pytest.fixture
def place(home, second, stage) -> CodingScreen:
    return stage(CodingScreen, player=True, meeting_id=home.meeting.id)


@pytest.fixture
def watching(place):
    return place.room.watching


@pytest.fixture
def press(place, qtbot):
    def do(key, held=Qt.KeyboardModifier.NoModifier) -> None:
        if isinstance(key, str):
            QApplication.sendEvent(place, QKeyEvent(QEvent.Type.KeyPress, ord(key.upper()), held, key))
        else:
            qtbot.keyClick(place, key, held)

    return do


@pytest.fixture
def page(qtbot) -> QWidget:
    """What a dialog stands over."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    return made


@pytest.fixture
def on_page(page):
    """A dialog shown as a part of the page: the offscreen platform has nothing to hold a dialog's size with."""

    def put(dialog):
        dialog.setWindowFlags(Qt.WindowType.Widget)
        page.show()
        dialog.show()
        return dialog

    return put
