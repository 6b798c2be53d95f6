"""Nothing moves under a hand: long work and notices come and go, and every button stays where it is."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from app.error_texts import sentence
from app.errors import AppError, FilmError
from app.i18n import Texts
from app.jobs import JobLane
from app.notices import Notice, Tone
from tests.drivers.film_stage import MemoryFilms, StagedDevices, StagedRecorder, index
from tests.drivers.settling import settle
from tests.stand_ins.fake_cards import FakeCards
from tests.stand_ins.fake_films import film_tools
from tests.stand_ins.fake_player import FakePlayer
from tests.stand_ins.long_work import until_cancelled
from widgets.cases.cases_screen import CasesScreen
from widgets.coding.coding_screen import CodingScreen
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.desk.desk_screen import DeskScreen
from widgets.filming.filming_screen import FilmingScreen
from widgets.foot import Foot
from widgets.jobs_panel import JobsPanel
from widgets.main_window import MainWindow, Maker
from widgets.notice_bar import LOW, NoticeBar
from widgets.settings.settings_screen import SettingsScreen
from widgets.statement.statement_screen import StatementScreen


@pytest.fixture
def window(qtbot, room, home):
    """The real window with all its places, a meeting that is filmed, coded and compared."""
    home.compare()
    room.space.opened = replace(room.space.opened, media=MemoryFilms())
    room.space.films = film_tools(recorder=StagedRecorder, devices=StagedDevices, index=index, player=FakePlayer)
    makers = {
        "desk": Maker(DeskScreen),
        "cases": Maker(CasesScreen),
        "filming": Maker(lambda *of: FilmingScreen(*of, lambda: None), films=True),
        "coding": Maker(lambda *of: CodingScreen(*of, FakePlayer), films=True),
        "comparing": Maker(lambda *of: ComparingScreen(*of, FakePlayer), films=True),
        "statement": Maker(lambda *of: StatementScreen(*of, FakePlayer, FakeCards)),
        "settings": Maker(SettingsScreen),
    }
    room.preferences.change(theme="light")  # one look in every place: another is put on slowly
    made = MainWindow(room.space, makers)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.go("desk")
    made.show()
    yield made
    made.close()


def places(window) -> dict[str, QRect]:
    """Where every button of the window is that can be pressed now, but for those that came with the work itself."""
    settle()
    foot, bar = window.findChild(Foot), window.findChild(NoticeBar)
    found = {}
    for part in window.findChildren(QAbstractButton):
        if part.isVisible() and not foot.isAncestorOf(part) and not bar.isAncestorOf(part):
            corner = part.mapTo(window, QPoint(0, 0))
            found[f"{len(found)} {part.text() or part.accessibleName()}"] = QRect(corner, part.size())
    return found


def kept_in_sight(window, place: str) -> list[QRect]:
    """The lanes of flags and states, which lie at the foot of coding and comparing."""
    room = {"coding": CodingScreen, "comparing": ComparingScreen}.get(place)
    if room is None:
        return []
    timeline = window.findChild(room).room.timeline
    assert timeline.places.below > 0
    corner = timeline.mapTo(window.findChild(NoticeBar).parentWidget(), QPoint(0, timeline.places.band[1]))
    return [QRect(corner, QSize(timeline.width(), timeline.places.below))]


def test_no_button_of_any_place_moves_when_work_or_a_notice_comes_and_goes(window, room, home, hands, qtbot) -> None:
    meeting, case = home.meeting.id, home.case_id
    jobs = room.space.jobs
    for place, ids in (
        ("desk", {}),
        ("cases", {"case_id": case}),
        ("coding", {"meeting_id": meeting}),
        ("comparing", {"meeting_id": meeting}),
        ("statement", {"case_id": case}),
        ("settings", {}),
        ("filming", {"meeting_id": home.add_meeting(home.meeting.adult_id, 5).id}),
    ):
        window.go(place, **ids)
        hands.settle()
        before = places(window)
        assert len(before) > 9, place
        running = [jobs.run(f"Copying {n}", until_cancelled, lambda _: None, lane=JobLane.COPIES) for n in (1, 2)]
        room.notices.trouble(AppError("disk-full"))
        assert places(window) == before, place
        bar, foot = window.findChild(NoticeBar), window.findChild(Foot)
        assert bar.isVisible()
        assert foot.jobs.isVisible()
        for kept in kept_in_sight(window, place):
            assert not bar.geometry().intersects(kept), f"{place}: what a press has just made lies under a notice"
        assert not bar.geometry().intersects(QRect(foot.mapTo(bar.parentWidget(), QPoint(0, 0)), foot.size())), place
        for job in running:
            with qtbot.waitSignal(job.finished):
                job.cancel()
        assert places(window) == before, place


def test_while_filming_heavy_work_waits_and_nothing_lies_over_the_buttons(window, room, home, hands, qtbot) -> None:
    window.go("filming", meeting_id=home.add_meeting(home.meeting.adult_id, 5).id)
    capture, jobs = room.space.capture, room.space.jobs
    assert capture.begin()
    before = places(window)
    copies = jobs.run("Making the film quick to move in", until_cancelled, lambda _: None, lane=JobLane.COPIES)
    room.notices.warn("A sentence that goes on and on. " * 12)
    assert copies.is_held
    assert places(window) == before
    assert "waits until filming ends" in hands.words(window.findChild(JobsPanel))
    panel = window.findChild(FilmingScreen).room.tasks
    over = QRect(panel.mapTo(window.findChild(NoticeBar).parentWidget(), QPoint(0, 0)), panel.size())
    assert not window.findChild(NoticeBar).geometry().intersects(over)
    capture.pause()
    assert copies.is_held, "a pause is not the end"
    window.go("desk")
    elsewhere = places(window)
    capture.stop()
    qtbot.waitUntil(lambda: not copies.is_held)
    assert places(window) == elsewhere, "the sign of filming went"
    with qtbot.waitSignal(copies.finished):
        copies.cancel()


def test_a_press_on_cancel_never_meets_the_next_work(window, room, hands, qtbot) -> None:
    first, second = (room.space.jobs.run(f"Copying {n}", until_cancelled, lambda _: None) for n in (1, 2))
    panel = window.findChild(JobsPanel)
    assert "1 more" in hands.words(panel)
    place = QPointF(panel.rect().center())
    QApplication.sendEvent(panel, QEnterEvent(place, place, place))
    with qtbot.waitSignal(first.finished):
        first.cancel()
    (cancel,) = [b for b in panel.findChildren(QAbstractButton) if b.isVisible() and b is not panel.more]
    assert not cancel.isEnabled()
    QApplication.sendEvent(panel, QEvent(QEvent.Type.Leave))
    hands.settle()
    hands.click(hands.named(panel, "Cancel: Copying 2", QAbstractButton))
    qtbot.waitUntil(lambda: second.is_done)
    hands.until(lambda: not panel.isVisible())


@pytest.mark.parametrize("width", [420, 540, 700, 840])
def test_two_buttons_never_squeeze_the_words_of_a_notice(window, room, width, monkeypatch) -> None:
    """In a narrow place they stand below the words, which have the whole width; short words have them beside."""
    bar, texts = window.findChild(NoticeBar), Texts("fi")
    screen = window.findChild(DeskScreen)
    narrow = QWidget(screen)
    narrow.setGeometry(0, 100, width, 500)
    monkeypatch.setattr(screen, "notice_place", lambda: narrow)

    def shown(text: str, action: str) -> tuple[QLabel, list[QAbstractButton]]:
        room.notices.say(Notice(text, Tone.TROUBLE, action, lambda: None, stays=True))
        settle()
        (words,) = [label for label in bar.findChildren(QLabel) if label.text()]
        buttons = [b for b in bar.findChildren(QAbstractButton) if b.isVisible()]
        assert bar.width() <= width - 40
        assert words.height() >= words.heightForWidth(words.width())
        assert all(bar.rect().contains(b.geometry()) and not b.geometry().intersects(words.geometry()) for b in buttons)
        return words, buttons

    words, buttons = shown(sentence(texts, FilmError("film-unfinished")), texts.tr("Salvage what can be read…"))
    assert words.width() > 0.48 * bar.width()
    assert all(b.y() >= words.geometry().bottom() for b in buttons) == (bar.height() > LOW)
    words, buttons = shown("Poistettu.", "Kumoa")
    assert all(b.x() > words.geometry().right() for b in buttons)


def test_a_notice_stays_in_its_place_and_trouble_waits_there(window, room, hands) -> None:
    bar = window.findChild(NoticeBar)
    room.notices.done("Saved on the desk.")
    settle()
    window.go("settings")
    assert not bar.isVisible()
    room.notices.trouble(AppError("disk-full"))
    settle()
    window.go("desk")
    assert not bar.isVisible()
    room.notices.say(Notice("Rescued.", Tone.WARNING, stays=True))
    settle()
    window.go("settings")
    assert bar.isVisible()
    hands.press(bar, "Close")
    hands.press(bar, "Close")
    assert not bar.isVisible()
    assert room.notices.standing == ()
    room.notices.done("Said together with the way there.")
    window.go("desk")
    assert bar.isVisible()
