"""The window around an archive: places, keys, where undo goes, the cover, the idle lock, notices and jobs."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QCursor, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QLabel, QLineEdit, QMenu, QPushButton, QToolButton

import widgets
from app.casework.case_editor import CaseEditor
from app.errors import AppError
from app.filming.devices import Setup
from app.i18n import Texts
from app.notices import Notice, Tone
from tests.drivers.film_stage import CAMERAS, AtOnce, MemoryFilms, StagedRecorder, index
from tests.drivers.settling import settle
from tests.stand_ins.fake_films import film_tools
from tests.stand_ins.long_work import until_cancelled
from widgets import jobs_panel
from widgets.app_events import AppEvents
from widgets.cover import Cover
from widgets.filming_sign import FilmingSign
from widgets.jobs_panel import JobsPanel
from widgets.look import look as looks
from widgets.look.parts import label, stacked
from widgets.main_window import MainWindow, Maker
from widgets.notice_bar import NoticeBar
from widgets.screen import Screen

Key = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


class Plain(Screen):
    """A place that writes down what comes to it."""

    def __init__(self, workspace, look, go) -> None:
        super().__init__(workspace, look, go)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.line = QLineEdit()
        self.column.addWidget(self.line)
        self.heard: list[str] = []
        self.keys: list[str] = []
        self.playing = False

    def opened(self, **ids) -> None:
        self.heard.append(f"opened {ids}" if ids else "opened")

    def left(self) -> None:
        self.heard.append("left")

    def undo(self) -> None:
        self.heard.append("undo")

    def redo(self) -> None:
        self.heard.append("redo")

    def in_use(self) -> bool:
        return self.playing

    def keyPressEvent(self, event) -> None:
        self.keys.append(event.text())


@pytest.fixture
def window(qtbot, room):
    places = ("desk", "coding", "settings")
    made = MainWindow(room.space, {p: Maker(Plain, films=p == "coding") for p in places})
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.go("desk")
    made.show()
    made.activateWindow()
    yield made
    made.close()


def screen(window) -> Plain:
    """The place in sight."""
    (shown,) = [place for place in window.findChildren(Plain) if place.isVisible()]
    return shown


def rail(window) -> dict[str, bool]:
    """The rail's places, and which of them is lit."""
    return {b.text(): b.isChecked() for b in window.findChildren(QToolButton) if b.isVisible() and b.isCheckable()}


def cover_of(window) -> Cover:
    (cover,) = window.findChildren(Cover)
    return cover


def bar_of(made: MainWindow) -> NoticeBar:
    (bar,) = made.findChildren(NoticeBar)
    return bar


def test_alt_and_figure_open_the_places(window, qtbot) -> None:
    for key, place, name in (
        (Key.Key_4, "coding", "Coding"),
        (Key.Key_9, "settings", "Settings"),
        (Key.Key_1, "desk", "Desk"),
    ):
        qtbot.keyClick(QApplication.focusWidget(), key, ALT)
        assert window.place == place
        assert [name for name, lit in rail(window).items() if lit] == [name]


def test_the_rail_shows_only_places_that_work(window) -> None:
    assert list(rail(window)) == ["Desk", "Coding", "Settings"]
    window.go("cases")
    assert window.place == "desk"


def test_leaving_a_place_tells_it(window) -> None:
    first = screen(window)
    window.go("coding", meeting_id="m")
    assert first.heard == ["opened", "left"]
    assert screen(window).heard == ["opened {'meeting_id': 'm'}"]
    assert window.shown == {"meeting_id": "m"}


def test_a_place_that_may_not_be_left_stays_open(window, monkeypatch) -> None:
    first = screen(window)
    monkeypatch.setattr(first, "may_be_left", lambda: False)
    window.go("coding", meeting_id="m")
    assert (window.place, first.heard) == ("desk", ["opened"])
    assert rail(window)["Desk"]


def test_films_are_watched_in_the_dark(window) -> None:
    for place, least, most in (("desk", 200, 255), ("coding", 0, 60)):
        window.go(place)
        image = window.grab().toImage()
        middle, foot = image.width() // 2, image.height() - 3
        assert all(least <= image.pixelColor(x, foot).lightness() <= most for x in (3, middle))


def test_undo_goes_to_the_place(window, qtbot) -> None:
    qtbot.keyClick(screen(window), Key.Key_Z, CTRL)
    qtbot.keyClick(screen(window), Key.Key_Z, CTRL_SHIFT)
    qtbot.keyClick(screen(window), Key.Key_Y, CTRL)
    assert screen(window).heard[1:] == ["undo", "redo", "redo"]


def test_undo_in_a_text_field_is_the_fields_until_it_has_nothing_left(window, qtbot) -> None:
    place = screen(window)
    place.line.setFocus()
    qtbot.keyClicks(place.line, "word")
    qtbot.keyClick(place.line, Key.Key_Z, CTRL)
    assert place.line.text() == ""
    assert "undo" not in place.heard
    qtbot.keyClick(place.line, Key.Key_Z, CTRL)
    assert place.heard[-1] == "undo"


def test_the_cover_takes_every_key(window, qtbot) -> None:
    place, held_before = screen(window), QApplication.focusWidget()
    qtbot.keyClick(place, Key.Key_P, CTRL_SHIFT)
    cover = cover_of(window)
    assert cover.isVisible()
    assert cover.accessibleName() == "The screen is covered"
    assert cover.geometry() == window.rect()
    before = (list(place.heard), window.place, list(place.keys))
    for key, held in (
        (Key.Key_Q, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Space, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Z, CTRL),
        (Key.Key_4, ALT),
        (Key.Key_Q, CTRL),
    ):
        qtbot.keyClick(QApplication.focusWidget(), key, held)
    assert QApplication.focusWidget() is cover
    assert (place.heard, window.place, place.keys) == before
    assert window.isVisible()
    qtbot.keyClick(cover, Key.Key_P, CTRL_SHIFT)
    assert not cover.isVisible()
    assert QApplication.focusWidget() is held_before


def test_what_plays_beneath_the_cover_is_looked_at_by_nobody(window, qtbot) -> None:
    looking = window.workspace.looking
    window.act("cover")
    assert looking.is_covered
    qtbot.keyClick(cover_of(window), Key.Key_P, CTRL_SHIFT)
    assert not looking.is_covered
    window.workspace.idle.cover_due.emit()
    assert looking.is_covered
    window.act("cover")
    assert not looking.is_covered


def test_the_cover_can_be_locked(window, qtbot) -> None:
    window.act("cover")
    with qtbot.waitSignal(window.lock_requested):
        qtbot.keyClick(cover_of(window), Key.Key_L, CTRL_SHIFT)


def test_idle_time_locks(window, qtbot) -> None:
    assert window.workspace.idle.minutes == 10
    with qtbot.waitSignal(window.lock_requested):
        window.workspace.idle.lock_after(0)


def test_a_playing_film_is_use_and_a_key_begins_the_time_anew(window, qtbot) -> None:
    idle = window.workspace.idle
    assert not idle.watches()
    screen(window).playing = True
    assert idle.watches()
    idle.decide()
    assert idle.waits_ms == 60_000
    qtbot.keyClick(screen(window), Key.Key_A)
    assert idle.waits_ms == 600_000


def test_a_notice_shows_all_its_words(window, room) -> None:
    room.notices.info("A sentence that goes on and on. " * 12)
    bar = bar_of(window)
    assert bar.isVisible()
    assert bar.height() >= bar.heightForWidth(bar.width()) > 52
    tall = bar.height()
    room.notices.done("Short.")
    assert bar.height() < tall


def test_a_notice_that_waited_behind_another_shows_all_its_words(window, room, hands) -> None:
    """It was cut off above and below: it got the height of the one before it."""
    bar = bar_of(window)
    room.notices.say(Notice("A sentence that goes on and on. " * 12, stays=True))
    room.notices.info("Short.")
    hands.press(bar, "Close")
    assert bar.accessibleName().startswith("A sentence")
    assert bar.height() >= bar.heightForWidth(bar.width()) > 52


def test_many_words_beside_a_long_button_are_no_narrow_column(window, room) -> None:
    window.resize(1366, 768)
    bar = bar_of(window)
    room.notices.say(Notice("Short.", action_label="An act with a long name", action=lambda: None))
    narrow = bar.width()
    room.notices.say(Notice("A sentence goes on. " * 12, action_label="An act with a long name", action=lambda: None))
    assert narrow < bar.width() <= bar.parentWidget().width()
    assert bar.height() == bar.heightForWidth(bar.width()) < bar.heightForWidth(narrow)


def test_trouble_stays_until_it_is_closed(window, room, hands) -> None:
    bar = bar_of(window)
    room.notices.done("Done.")
    assert hands.clock(bar).isActive()
    room.notices.trouble(AppError("disk-full"))
    assert not hands.clock(bar).isActive()
    hands.press(bar, "Close")
    assert not bar.isVisible()


def test_a_notices_action_is_done_once(window, room, hands) -> None:
    from app.notices import Notice

    done = []
    room.notices.say(Notice("Gone.", action_label="Bring back", action=lambda: done.append(1)))
    hands.press(bar_of(window), "Bring back")
    assert done == [1]
    assert not bar_of(window).isVisible()


def test_a_job_is_shown_until_it_ends(window, room, qtbot, hands) -> None:
    (panel,) = window.findChildren(JobsPanel)
    assert not panel.isVisible()
    room.jobs.run("Copying", lambda j: (j.progress(1.0), until_cancelled(j)), lambda _: None)
    assert "Copying" in hands.words(panel)
    hands.click(hands.named(panel, "Cancel: Copying", QPushButton))
    hands.until(lambda: not panel.isVisible())


def test_a_window_made_anew_lets_go_of_running_jobs(window, room, qtbot, capsys) -> None:
    """The job goes on, and its next word meets no line that is gone."""
    other = MainWindow(room.space, {"desk": Maker(Plain)})
    job = room.jobs.run("Copying", until_cancelled, lambda _: None)
    other.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    other.close()
    del other
    QApplication.sendPostedEvents(None, 52)
    job.progressed.emit(0.5)
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert "Error" not in capsys.readouterr().err


def test_the_rail_stays_where_it_is_when_the_look_changes(window) -> None:
    def places() -> list[tuple[int, int, int]]:
        settle()
        return [
            (b.y(), b.width(), b.height()) for b in window.findChildren(QToolButton) if b.property("kind") == "rail"
        ]

    first = places()
    assert len(first) == 5
    window.go("coding")
    assert places() == first
    window.go("desk")
    assert places() == first


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_work_waits_for_has_room_in_every_language(qapp, language) -> None:
    words = Texts(language).tr("waits until filming ends")
    assert QFontMetrics(looks.font(looks.CAPTION)).horizontalAdvance(words) <= jobs_panel.LEFT


def test_a_notice_about_a_step_goes_with_the_step(window, room, home) -> None:
    (bar,) = window.findChildren(NoticeBar)
    editor = CaseEditor(home.a, home.texts, home.case_id)
    person = editor.file.persons[0]
    assert editor.edit(person, called="one")
    room.space.notices.say_of_step(Notice("left"), editor)
    assert editor.edit(editor.file.person(person.id), called="two")
    assert bar.isVisible()
    editor.undo()
    assert bar.isVisible()
    editor.undo()
    assert not bar.isVisible()
    assert not room.space.notices.standing
    editor.redo()
    room.space.notices.say_of_step(Notice("gone", action_label="Undo", action=editor.undo), editor)
    assert editor.edit(editor.file.person(person.id), called="three")
    assert not bar.isVisible(), "its Undo would take back another step"


def test_closing_tells_every_place(window, qtbot) -> None:
    first = screen(window)
    with qtbot.waitSignal(window.quit_requested):
        window.close()
    assert first.heard[-1] == "left"


def test_closing_ends_open_dialogs(window, qtbot) -> None:
    from widgets.keys.keys_dialog import KeysDialog

    dialog = KeysDialog(window.workspace.texts, window.workspace.preferences, window)
    dialog.setMinimumSize(0, 0)
    dialog.setVisible(False)
    with qtbot.waitSignal(dialog.finished):
        window.close()


def test_the_menu_does_what_the_keys_do(window, qtbot, hands) -> None:
    menu = hands.button(window, "Menu").menu()
    words = [a.text() for a in menu.actions() if a.text()]
    assert {"Language", "Colors", "Cover the screen", "Lock the program", "Quit"} <= set(words)
    with qtbot.waitSignal(window.lock_requested):
        hands.pick(menu, "Lock the program")
    hands.pick(menu, "Language", "Svenska")
    assert window.workspace.preferences.now.language == "sv"


# ── filming beneath ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def filming(window, room, home, qtbot):
    """Something is being filmed while another place is open."""
    room.space.films = film_tools(recorder=StagedRecorder, index=index)
    room.space.opened = replace(room.space.opened, media=MemoryFilms())
    room.space.jobs = AtOnce()
    capture = room.space.capture_of(home.meeting.id)
    capture.watch(Setup(((CAMERAS[0], None),), None))
    assert capture.begin()
    yield capture
    if capture.is_recording:
        capture.stop()
    room.space.jobs = room.jobs


def test_filming_beneath_is_seen_from_every_place(window, filming, hands) -> None:
    (sign,) = window.findChildren(FilmingSign)
    assert sign.isVisible()
    assert "Filming goes on" in hands.words(sign)
    assert window.workspace.is_filming
    filming.stop()
    assert not sign.isVisible()


def test_the_way_back_to_filming_stands_beside_what_is_said(window, filming, hands) -> None:
    (sign,) = window.findChildren(FilmingSign)
    back = hands.button(sign, "Back to filming")
    width, wanted = back.width(), back.sizeHint().width()
    filming.stop()  # or closing the window would ask
    assert width == wanted


def test_idle_time_covers_and_never_ends_a_recording(window, filming, qtbot) -> None:
    locked = []
    window.lock_requested.connect(lambda: locked.append(1))
    window.workspace.idle.lock_after(0)
    qtbot.waitUntil(cover_of(window).isVisible)
    window.act("cover")
    window.act("lock")
    assert cover_of(window).isVisible()
    assert locked == []
    assert filming.is_recording
    filming.stop()  # or closing the window would ask


def test_closing_while_filming_asks_and_closes_when_the_films_are_kept(window, filming, qtbot, monkeypatch) -> None:
    from widgets import main_window

    quits = []
    window.quit_requested.connect(lambda: quits.append(1))
    monkeypatch.setattr(main_window, "confirm", lambda *_: False)
    window.close()
    assert filming.is_recording
    assert quits == []
    monkeypatch.setattr(main_window, "confirm", lambda *_: True)
    window.close()
    qtbot.waitUntil(lambda: quits == [1])
    assert not filming.is_busy
    assert len(filming.filmed.films) == 1


def test_a_window_made_anew_does_not_ask(window, filming, qtbot) -> None:
    with qtbot.waitSignal(window.quit_requested):
        window.close_for_another()
    assert filming.is_recording


# ── notices and windows ───────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_said_before_there_was_a_window_is_shown_one_after_another(room, qtbot, hands) -> None:
    room.notices.warn("first")
    room.notices.trouble(AppError("disk-full"))
    made = MainWindow(room.space, {"desk": Maker(Plain)})
    qtbot.addWidget(made)
    made.show()
    bar = bar_of(made)
    assert bar.accessibleName() == "first"
    hands.press(bar, "Close")
    assert bar.isVisible()
    assert bar.accessibleName() == room.said[-1].text
    hands.press(bar, "Close")
    assert not bar.isVisible()
    assert room.notices.standing == ()
    made.close()


def test_a_notice_outlives_a_window_that_is_made_anew_until_it_was_read(window, room, qtbot, hands) -> None:
    room.notices.trouble(AppError("disk-full"))
    assert bar_of(window).isVisible()
    other = MainWindow(room.space, {"desk": Maker(Plain)})
    qtbot.addWidget(other)
    window.close_for_another()
    other.show()
    bar = bar_of(other)
    assert bar.isVisible()
    hands.press(bar, "Close")
    third = MainWindow(room.space, {"desk": Maker(Plain)})
    qtbot.addWidget(third)
    third.show()
    assert not bar_of(third).isVisible(), "what was read does not come again"
    other.close_for_another()
    third.close()


def test_the_newest_notice_takes_the_place_of_the_one_before(window, room, hands) -> None:
    room.notices.info("one")
    room.notices.info("two")
    bar = bar_of(window)
    assert bar.accessibleName() == "two"
    assert [n.text for n in room.notices.standing] == ["two"]
    hands.clock(bar).timeout.emit()
    assert not bar.isVisible()
    assert room.notices.standing == ()


def test_what_stays_comes_again_behind_what_was_said_after_it(window, room, hands) -> None:
    room.notices.say(Notice("stays", Tone.WARNING, "Act", room.notices.standing.count, stays=True))
    room.notices.info("passes")
    bar = bar_of(window)
    assert bar.accessibleName() == "passes"
    hands.clock(bar).timeout.emit()
    assert bar.accessibleName() == "stays"
    hands.press(bar, "Close")
    assert not bar.isVisible()


class Dressed(QObject):
    """Counts how often a widget was dressed."""

    times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.StyleChange
        return False


def screen_of(window: MainWindow, place: str) -> Plain:
    window.go(place)
    return next(s for s in window.findChildren(Plain) if s.isVisible())


def test_each_place_keeps_its_look_and_the_window_follows(window) -> None:
    """To dress all that is open takes seconds: who goes from the desk to the film does not wait for it."""
    rail, seen = window.findChild(QFrame, "rail"), Dressed()
    window.go("coding")
    window.go("desk")
    settle()
    for place in ("desk", "coding"):
        settle()
        screen_of(window, place).line.installEventFilter(seen)
    for place, palette in (("coding", looks.DARK), ("desk", looks.LIGHT), ("coding", looks.DARK)):
        window.go(place)
        settle()
        for part, ground in ((screen_of(window, place), palette.background), (rail, palette.surface)):
            image = part.grab().toImage()
            assert image.pixelColor(image.width() // 2, image.height() - 3) == QColor(ground)
    assert not seen.times


def test_a_dialog_looks_like_the_place_it_lies_over(window) -> None:
    for place, palette in (("coding", looks.DARK), ("desk", looks.LIGHT)):
        window.go(place)
        dialog = QDialog(screen_of(window, place))
        dialog.setLayout(stacked(label("words")))
        dialog.resize(300, 200)
        dialog.show()
        settle()
        assert dialog.grab().toImage().pixelColor(2, 2) == QColor(palette.background)
        assert dialog.findChild(QLabel).palette().color(QPalette.ColorRole.WindowText) == QColor(palette.text)
        dialog.close()


def test_one_listener_hears_every_event_for_the_whole_window(window) -> None:
    """Each filter of the application more is paid for every event of every widget."""
    mine = [c for c in window.children() if isinstance(c, AppEvents)]
    assert len(mine) == 1
    files = Path(widgets.__file__).parent.rglob("*.py")
    listening = {p.name for p in files if "app.installEventFilter(" in p.read_text("utf-8")}
    assert listening == {"app_events.py", "keys_ahead.py"}, "the second only until a window that was asked for has come"


def test_a_button_whose_menu_closed_is_not_drawn_as_under_the_pointer(window, qtbot) -> None:
    """Qt tells it of no pointer that left while the menu was open; it looked pressed until the program was locked."""
    button = window.findChildren(QToolButton)[-1]
    QCursor.setPos(button.mapToGlobal(button.rect().center()))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    menu = QMenu(button)
    menu.addAction("x")
    menu.popup(button.mapToGlobal(QPoint(0, -40)))
    QCursor.setPos(window.mapToGlobal(QPoint(600, 300)))
    menu.close()
    qtbot.waitUntil(lambda: not button.underMouse(), timeout=1000)
