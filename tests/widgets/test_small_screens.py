"""On a small screen every place is whole: 1366 × 768 at 150 % and 1920 × 1080 at 200 %, less the folded rail."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from app.filming.devices import Setup
from app.model.observation import MarkKind
from app.model.request import Reply, RequestKind
from app.model.stored import ContentKind
from tests.drivers.content_pages import shelf
from tests.drivers.film_stage import CAMERAS, HD, MICROPHONE, AtOnce, Clock, MemoryFilms, StagedDevices, StagedRecorder
from tests.drivers.film_stage import index as index_film
from tests.drivers.settling import settle
from tests.stand_ins.fake_films import film_tools
from tests.stand_ins.fake_player import FakePlayer
from tests.widgets.test_every_press import walk  # noqa: F401  the fixture is used by its name
from tests.widgets.test_every_screen import filled, screens  # noqa: F401  the fixture is used by its name
from widgets.cases.cases_screen import CasesScreen
from widgets.coding import drawers
from widgets.coding.coding_screen import CodingScreen
from widgets.coding.drawers import Held
from widgets.coding.observations_model import START
from widgets.filming.control_window import ControlWindow
from widgets.filming.filming_screen import FilmingScreen
from widgets.folding import LEAST
from widgets.forms.date_field import WholeLine
from widgets.look import look as looks
from widgets.look.look import font
from widgets.look.parts import OneLine
from widgets.rail import FOLDED
from widgets.settings.settings_screen import SettingsScreen

pytestmark = pytest.mark.long

SIZES = [QSize(911 - FOLDED, 512), QSize(960 - FOLDED, 540)]


def cut(top: QWidget) -> list[str]:
    """What is wider than its room: a scrolled page that never scrolls sideways, a control not in sight whole."""
    rows = []
    for area in top.findChildren(QScrollArea):
        inside, is_fixed = area.widget(), area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if area.isVisible() and is_fixed and inside is not None and inside.width() > area.viewport().width():
            rows.append(f"page of {inside.width()} in {area.viewport().width()}")
    for part in top.findChildren(QWidget):
        seen = part.visibleRegion().boundingRect()
        words = part.minimumSizeHint().width() if isinstance(part, WORDS) and not isinstance(part, OneLine) else 0
        if part.isVisible() and part.width() < words:
            rows.append(f"{type(part).__name__} {part.accessibleName()}, its words: {part.width()} of {words}")
        if part.isVisible() and isinstance(part, CONTROLS) and not seen.isEmpty() and seen.width() < part.width():
            rows.append(f"{type(part).__name__} {part.accessibleName()} {seen.width()} of {part.width()}")
    return rows


WORDS = (QCheckBox, QPushButton, WholeLine, QLabel)
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)


def outside(screen: QWidget) -> list[str]:
    """Buttons of the header in sight of which a part is not on the screen."""
    buttons = [b for b in screen.header.findChildren(QAbstractButton) if b.isVisible()]
    return [
        b.text()
        for b in buttons
        if not screen.rect().contains(b.rect().translated(b.mapTo(screen, b.rect().topLeft())))
    ]


@pytest.mark.parametrize("size", SIZES, ids=["150 percent", "200 percent"])
def test_every_place_fits(filled, qtbot, size) -> None:  # noqa: F811
    assert size.width() + FOLDED >= LEAST.width()
    for screen, ids in screens(filled):
        qtbot.addWidget(screen)
        screen.resize(size)
        screen.show()
        screen.opened(**ids)
        settle()
        needs = screen.minimumSizeHint()
        assert screen.size() == size, f"{type(screen).__name__} {ids} grew to {screen.size()}"
        assert needs.width() <= size.width(), f"{type(screen).__name__} {ids} needs {needs}"
        assert needs.height() <= size.height(), f"{type(screen).__name__} {ids} needs {needs}"
        assert outside(screen) == []
        assert cut(screen) == [], f"{type(screen).__name__} {ids}"
        screen.hide()


@pytest.mark.parametrize("size", SIZES, ids=["150 percent", "200 percent"])
def test_every_page_of_the_settings_fits(filled, qtbot, size) -> None:  # noqa: F811
    screen = SettingsScreen(filled.space, looks.Look(looks.LIGHT), filled.go)
    qtbot.addWidget(screen)
    screen.resize(size)
    screen.show()
    index = screen.index
    assert index.pages is index.choice
    for row in range(index.choice.count()):
        index.choice.setCurrentIndex(row)
        index.choice.activated.emit(row)
        settle()
        assert index.current == index.choice.currentData()
        assert cut(screen) == [], index.current
    for kind in (ContentKind.SCHEME, ContentKind.INSTRUMENT):
        card = shelf(screen, kind)
        card.copy(card.shelf.rows()[0])
        settle()
        tabs = screen.content_page.tabs
        for n in range(tabs.count()):
            tabs.setCurrentIndex(n)
            settle()
            needs = screen.minimumSizeHint()
            assert (needs.width() <= size.width(), needs.height() <= size.height()) == (True, True), f"{n} {needs}"
            assert cut(screen) == [], f"{kind} {n}"
        drawer = screen.content_page.drawer
        if drawer is not None:
            drawer.open(True)
            settle()
            assert screen.content_page.rect().contains(screen.content_page.preview.geometry())
        screen.close_content()
    qtbot.keyClicks(index.search, "zzz")
    assert index.choice.count() == 0
    index.search.clear()
    screen.resize(1274, 712)
    assert index.pages is index.list


def test_the_window_with_its_rail_fits(walk) -> None:  # noqa: F811
    """The rail and the foot are the same round every place; the places are looked at alone."""
    window, small = walk.window, QSize(SIZES[0].width() + FOLDED, SIZES[0].height())
    window.resize(small)
    settle()
    needs = window.minimumSizeHint()
    assert (needs.width() <= small.width(), needs.height() <= small.height()) == (True, True), needs
    assert window.size() == small
    assert cut(window) == []


@pytest.mark.parametrize("size", SIZES, ids=["150 percent", "200 percent"])
def test_every_tab_of_the_clients_fits_with_what_opens_in_it(filled, qtbot, size) -> None:  # noqa: F811
    screen = CasesScreen(filled.space, looks.Look(looks.LIGHT), filled.go)
    qtbot.addWidget(screen)
    screen.resize(size)
    screen.show()

    def fits(what: str) -> None:
        settle()
        assert (outside(screen), cut(screen)) == ([], []), what

    for part in ("details", "commission", "meetings", "consents"):
        screen.opened(case_id=filled.home.case_id, part=part)
        fits(part)
    screen.opened(case_id=filled.home.case_id, part="requests")
    asked = screen.requests
    asked.record.click()
    fits("a request that arrived")
    asked.editor.record_request(RequestKind.FILM, date(2026, 11, 3), asked_by="somebody")
    (row,) = asked.rows.values()
    row.answer.click()
    row.answering.answer.set_value(Reply.REFUSED)
    row.answering.answer.activated.emit(0)
    fits("its answer")
    asked.close_form()
    screen.opened(case_id=filled.home.case_id, part="consents")
    consents = screen.consents
    for person in tuple(consents.pills):
        consents.pills[person].click()
        consents.record.click()
        fits("the consent form")
        consents.close_form()
    for row in consents.rows.values():
        row.open_details()
        fits("a consent's own fields")
        row.open_decision()
        fits("a decision")


@pytest.fixture
def at_once(room):
    room.space.jobs = AtOnce()
    yield room
    room.space.jobs = room.jobs


@pytest.mark.parametrize("size", SIZES, ids=["150 percent", "200 percent"])
def test_filming_fits(at_once, home, qtbot, size) -> None:
    films = MemoryFilms()
    at_once.space.opened = replace(at_once.space.opened, media=films)
    recorder = StagedRecorder(Clock())
    at_once.space.films = film_tools(recorder=lambda: recorder, devices=StagedDevices, index=index_film)
    screen = FilmingScreen(at_once.space, looks.Look(looks.DARK), at_once.go, lambda: None)
    meeting = home.add_meeting(home.meeting.adult_id, 5)
    qtbot.addWidget(screen)
    screen.resize(size)
    screen.show()

    def fits(what: str) -> None:
        settle()
        needs = screen.minimumSizeHint()
        assert (needs.width() <= size.width(), needs.height() <= size.height()) == (True, True), f"{what} {needs}"
        assert (outside(screen), cut(screen)) == ([], []), what

    screen.opened()
    fits("choice")
    screen.opened(meeting_id=meeting.id)
    capture = at_once.space.capture
    capture.watch(Setup(((CAMERAS[0], HD), (CAMERAS[1], HD)), MICROPHONE))
    fits("before")
    assert capture.begin()
    recorder.advance(5)
    capture.next_task()
    fits("filming")
    capture.mark(MarkKind.IMPORTANT, "", capture.now())
    screen.room.commands.ask_note()
    fits("a note")
    recorder.trouble.emit("sound-lost", 0, None)
    fits("a failure")
    capture.pause()
    fits("pause")
    control = ControlWindow(looks.Look(looks.DARK), at_once.space.texts, screen.room.commands)
    qtbot.addWidget(control)
    control.show()
    control.refresh()
    settle()
    assert cut(control) == []
    control.hide()
    capture.stop()
    fits("after")
    screen.close()


@pytest.mark.parametrize("size", SIZES, ids=["150 percent", "200 percent"])
def test_the_coding_room_fits_with_each_drawer(filled, qtbot, size) -> None:  # noqa: F811
    screen = CodingScreen(filled.space, looks.Look(looks.LIGHT), filled.go, FakePlayer)
    ids = {"meeting_id": filled.home.meeting.id}
    qtbot.addWidget(screen)
    screen.resize(size)
    screen.show()
    screen.opened(**ids)
    settle()
    timeline = screen.room.timeline
    table = screen.room.drawers.panel(drawers.OBSERVATIONS).table
    clock = QFontMetrics(font(tabular=True)).horizontalAdvance("00:00:00,000")
    assert table.columnWidth(START) > clock + 8, "a time is read whole"
    for name in (
        drawers.RATINGS,
        drawers.OBSERVATIONS,
        drawers.NUMBERS,
        drawers.NOTES,
        drawers.MARKS,
        drawers.SAID,
        drawers.HISTORY,
        drawers.PAD,
    ):
        screen.room.drawers.show_drawer(name)
        settle()
        needs = screen.minimumSizeHint()
        assert (needs.width() <= screen.width(), needs.height() <= screen.height()) == (True, True), f"{name} {needs}"
        across = [a.horizontalScrollBar() for a in screen.findChildren(Held) if a.isVisible()]
        assert not any(bar.isVisible() for bar in across), f"{name} is to be scrolled sideways"
        assert timeline.places.sight("tasks")[1] <= timeline.height(), "the tasks are in sight"
    screen.resize(1274, 712)
    settle()
    states = [lane.key for lane in timeline.lanes if lane.kind == "states"]
    for key in ("tasks", *states):
        top, end = timeline.places.sight(key)
        assert end - top == timeline.places.height(key), "what is always in sight is whole"
