"""Rooms over an archive in memory, and screens shown in windows of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.i18n import Texts
from app.model.stored import ContentKind
from tests.drivers.content_pages import settle, shelf
from tests.drivers.hands import Hands
from tests.drivers.led_seat import Seat
from tests.material.elsewhere import elsewhere
from tests.material.house import Home, Room, opened
from tests.stand_ins.fake_line import Network
from tests.stand_ins.fake_player import FakePlayer
from widgets.look import look as looks
from widgets.screen import Screen
from widgets.settings.settings_screen import SettingsScreen


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Every window that a test shows wears the program's look, as it does in the program."""
    add = qtbot.addWidget

    def dressed(widget: QWidget, **more) -> None:
        if not widget.styleSheet():
            looks.dress(widget, looks.Look(looks.LIGHT))
        add(widget, **more)

    qtbot.addWidget = dressed
    return qtbot


@pytest.fixture
def hands(qtbot) -> Hands:
    return Hands(qtbot)


@pytest.fixture
def home(qapp: QApplication) -> Home:
    return Home()


@pytest.fixture
def room(home: Home) -> Iterator[Room]:
    with opened(home) as made:
        yield made


@pytest.fixture
def stage(qtbot, room: Room):
    """`stage(Kind, player=True)` shows a place in a window; keys go to it."""

    windows: list[QWidget] = []

    def make(kind: type[Screen], *more, player: bool = False, **ids: str) -> Screen:
        window = QWidget()
        window.resize(1274, 712)
        qtbot.addWidget(window)
        windows.append(window)
        rest = (*more, FakePlayer) if player else more
        screen = kind(room.space, looks.Look(looks.LIGHT), room.go, *rest)
        screen.setParent(window)
        screen.setGeometry(window.rect())
        window.show()
        window.activateWindow()
        screen.opened(**ids)
        screen.take_focus()
        return screen

    return make


@pytest.fixture
def two_places(qtbot, home: Home) -> Iterator[Callable[..., tuple[Seat, Seat]]]:
    """`two_places(language)` gives two seats with the same two open codings, each with an archive of its own."""
    home.code(home.a, [("6", 0), ("q", 5), ("a", 12), ("q", 25), ("7", 30)], value=5)
    home.code(home.b, [("6", 0), ("q", 5.4), ("d", 12.3), ("h", 33), ("7", 36)], value=2)
    with ExitStack() as stack:

        def make(language: str = "en") -> tuple[Seat, Seat]:
            window, network = QWidget(), Network()
            qtbot.addWidget(window)
            made = []
            for store in (home.a, elsewhere(home)[1]):
                space = stack.enter_context(opened(home, store)).space
                space.use_texts(Texts(language))
                made.append(Seat(qtbot, space, home.meeting.id, network, window))
                stack.callback(made[-1].session.close)
            return made[0], made[1]

        yield make


@pytest.fixture
def settings_page(stage) -> SettingsScreen:
    return stage(SettingsScreen)


@pytest.fixture
def page(settings_page):
    """A copy of the core scheme, opened."""
    card = shelf(settings_page, ContentKind.SCHEME)
    card.copy(card.shelf.row("perusrunko"))
    settle()
    return settings_page.content_page


@pytest.fixture
def sheet(settings_page):
    """A copy of the own instrument, opened."""
    card = shelf(settings_page, ContentKind.INSTRUMENT)
    card.copy(card.shelf.row("ulottuvuuskooste-5"))
    settle()
    return settings_page.content_page
