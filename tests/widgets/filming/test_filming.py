"""The place Kuvaus over a recorder without cameras: what it shows, what its keys do, what it never cuts short."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget

from app.casework.case_editor import CaseEditor
from app.casework.case_file import case_file
from app.errors import ContainerError
from app.filming.preflight import LEVELS_HELD
from app.filming.stages import FilmingStage
from app.i18n import now, today
from app.model.change import Change, removed
from app.model.coding import CodingState
from app.model.consent import Purpose
from app.model.filming import INTERRUPTION_REASONS, Happening, Talk
from app.model.meeting import Meeting, Segment
from app.model.observation import MarkKind
from app.model.recording import Recording
from app.settings.values import FilmingPlace
from tests.drivers.film_stage import AtOnce, MemoryFilms, StagedDevices, StagedRecorder, index
from tests.drivers.settling import settle
from tests.material.house import Home, Room
from tests.stand_ins.fake_films import film_tools
from tests.stand_ins.fake_player import FakePlayer
from widgets.filming.filming_room import SLOW
from widgets.filming.filming_screen import FilmingScreen
from widgets.filming.task_rows import TaskRows

# the offscreen platform says so of menus and of windows that lie on top

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Staged:
    """A room with devices, and the place shown in it."""

    def __init__(self, room: Room, stage) -> None:
        self.room, self.stage = room, stage
        self.films, self.devices, self.recorders = MemoryFilms(), StagedDevices(), []
        self.players: list[FakePlayer] = []
        room.space.opened = replace(room.space.opened, media=self.films)
        room.space.films = film_tools(
            recorder=self._recorder, devices=lambda: self.devices, index=index, player=self._player
        )
        room.space.jobs = AtOnce()
        self.covered = 0
        self.screen: FilmingScreen

    def _recorder(self) -> StagedRecorder:
        self.recorders.append(StagedRecorder(now))
        return self.recorders[-1]

    def _player(self) -> FakePlayer:
        self.players.append(FakePlayer())
        return self.players[-1]

    @property
    def recorder(self) -> StagedRecorder:
        return self.recorders[-1]

    @property
    def capture(self):
        return self.room.space.capture

    def cover(self) -> None:
        self.covered += 1

    def open(self, **ids) -> FilmingScreen:
        self.screen = self.stage(FilmingScreen, self.cover, **ids)
        return self.screen

    def words(self) -> str:
        settle()
        screen = self.screen
        parts = [*screen.findChildren(QLabel), *screen.findChildren(QPushButton)]
        return "\n".join(p.text() for p in parts if p.isVisibleTo(screen))


@pytest.fixture
def home(qapp, request) -> Home:
    """In English, or in the language that a test names."""
    return Home(getattr(request, "param", "en"))


@pytest.fixture
def meeting(home: Home) -> Meeting:
    """A meeting of today, without a film."""
    made = home.add_meeting(home.meeting.adult_id, 5)
    today = replace(made, held=now())
    home.a.apply("today", [Change(made, today)])
    return today


@pytest.fixture
def staged(room, stage, home, meeting):
    made = Staged(room, stage)
    yield made
    made.screen.close()
    room.space.jobs = room.jobs


@pytest.fixture
def opened(staged, meeting) -> FilmingScreen:
    return staged.open(meeting_id=meeting.id)


def consent(home: Home) -> None:
    editor = CaseEditor(home.a, home.texts, home.case_id)
    day = today() - timedelta(days=1)
    for person in case_file(home.a, home.case_id).persons:
        editor.give_consent(person, Purpose.FILMING, day)


def begin(staged: Staged) -> None:
    staged.screen.room.begin()
    assert staged.capture.stage == FilmingStage.RECORDING


def press(qtbot, where, key, held=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(where, key, held)


# ── before ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_last_meetings_devices_are_chosen_again(staged, meeting) -> None:
    staged.room.preferences.remember(last_room=FilmingPlace(camera_1="cam-2", camera_2="cam-1", microphone="mic-1"))
    staged.open(meeting_id=meeting.id)
    assert [c.id for c, _ in staged.recorder.watched] == ["cam-2", "cam-1"]
    assert [f.height for _, f in staged.recorder.watched] == [1080, 1080]
    assert staged.recorder.microphone.id == "mic-1"
    assert staged.screen.room.large.gives_pictures
    assert staged.screen.room.small.isVisibleTo(staged.screen)


def test_a_room_names_devices_and_positions(staged, meeting) -> None:
    room = FilmingPlace("Playroom", "gone", "Pöytäkamera", positions="table: from the front")
    staged.room.preferences.change(rooms=(room,))
    staged.open(meeting_id=meeting.id)
    box = staged.screen.room.devices
    box.room.setCurrentIndex(1)
    box.room.activated.emit(1)
    assert [c.id for c, _ in staged.recorder.watched] == ["cam-2"], "known by its name when its id is another"
    assert "table: from the front" in staged.words()


def test_a_camera_that_is_plugged_in_is_chosen(staged, meeting) -> None:
    cameras = staged.devices.there
    staged.devices.there = ()
    staged.open(meeting_id=meeting.id)
    assert "No camera is chosen" in staged.words()
    assert not staged.screen.room.prepare.begin.isEnabled()
    staged.devices.plug(*cameras)
    assert [c.id for c, _ in staged.recorder.watched] == ["cam-1"]
    assert staged.screen.room.prepare.begin.isEnabled()


def test_one_camera_is_never_both(staged, opened) -> None:
    box = opened.room.devices
    for made, wanted in ((box.camera_2, "cam-1"),):
        made.setCurrentIndex(made.findData(wanted))
        made.activated.emit(made.currentIndex())
    assert len({c.id for c, _ in staged.capture.setup.cameras}) == len(staged.capture.setup.cameras)


def test_a_child_who_says_no_stops_it(staged, opened) -> None:
    panel = opened.room.prepare
    panel.no.click()
    assert not panel.begin.isEnabled()
    assert "The child says no today" in staged.words()
    opened.room.begin()
    assert staged.capture.stage == FilmingStage.READY
    panel.yes.click()
    assert panel.begin.isEnabled()
    assert staged.capture.meeting.child_said == "yes"


def test_warnings_are_told_and_noted(staged, opened, home) -> None:
    begin(staged)
    (event,) = staged.capture.filmed.of(Happening.STARTED_DESPITE)
    assert set(event.reason.split(",")) == {"sound-not-heard", "test-not-done", "child-not-asked"}


def test_without_a_consent_the_screen_shows_what_the_door_says(staged, opened, home, room) -> None:
    editor = room.space.editor("case", lambda: CaseEditor(home.a, home.texts, home.case_id))
    held = next(c for c in editor.file.consents if c.person_id == editor.file.child.id)
    editor.withdraw_consent(held, now().date())
    opened.room.refresh()
    assert "1/2. Consent to filming is missing: child" in staged.words()
    assert not opened.room.prepare.begin.isEnabled()
    opened.room.prepare.consents.click()
    assert room.gone[-1] == ("cases", {"case_id": home.case_id, "part": "consents"})
    assert not staged.capture.begin()
    assert staged.capture.stage == FilmingStage.READY
    assert editor.decide_despite(editor.file.child, Purpose.FILMING, now().date(), "County", "cannot be reached")
    opened.room.refresh()
    assert "2/2. By the controller's decision: child" in staged.words()
    assert opened.room.prepare.consents.isHidden()
    begin(staged)
    (event,) = staged.capture.filmed.of(Happening.STARTED_DESPITE)
    assert "consent-decided" in event.reason.split(",")


def test_when_all_is_in_order_nothing_is_noted(staged, opened, home) -> None:
    consent(home)
    staged.recorder.hear(-20.0)
    opened.room.test.is_done = True
    opened.room.prepare.yes.click()
    assert "Everything is in order." in staged.words()
    begin(staged)
    assert staged.capture.filmed.of(Happening.STARTED_DESPITE) == []
    assert "2/2 · child today ✓" in staged.words()


def test_another_person_on_the_film_needs_a_consent_too(staged, meeting, home) -> None:
    from app.model.people import Role

    consent(home)
    sister = CaseEditor(home.a, home.texts, home.case_id).add_person(Role.SIBLING, "sister")
    screen = staged.open(meeting_id=meeting.id)
    assert "2/2" in staged.words()
    screen.room.prepare.other_toggled.emit(sister.id, True)
    assert "2/3. Consent to filming is missing: sister" in staged.words()


def test_the_test_recording_is_shown_and_leaves_nothing(staged, opened, qtbot) -> None:
    room = opened.room
    room.prepare.test.click()
    assert room.test.is_on
    assert not room.prepare.begin.isEnabled()
    staged.recorder.advance(10)
    staged.recorder.stop()
    (player,) = staged.players
    assert player.is_playing()
    assert len(player.reels) == 1
    assert room.prepare.test.text() == "Stop watching"
    player.pause()
    qtbot.waitUntil(lambda: not room.test.is_on)
    assert player.closed
    assert staged.films.kept == {}
    assert staged.films.open_ones == {}
    assert staged.capture.filmed.films == ()
    assert room.large.gives_pictures
    assert room.prepare.begin.isEnabled()


def test_a_test_that_is_left_is_broken_off(staged, opened) -> None:
    staged.recorder.auto = False
    opened.room.prepare.test.click()
    staged.recorder.advance(3)
    opened.left()
    staged.recorder.finish()
    assert staged.films.open_ones == {}
    assert staged.players == []


def look_slowly(screen: FilmingScreen) -> None:
    """As many ticks as there are between two looks at what changes slowly."""
    for _ in range(SLOW):
        screen.room.tick()


def test_sound_that_breaks_is_told(staged, opened) -> None:
    staged.recorder.hear(-0.1, clipped=True)
    look_slowly(opened)
    assert "too loud" in staged.words()
    staged.recorder.hear(-55.0)
    opened.room.listening.levels.clear()
    staged.recorder.hear(-55.0)
    look_slowly(opened)
    assert "Very quiet" in staged.words()


def test_without_a_meeting_one_is_chosen(staged, room, home, meeting) -> None:
    staged.open()
    assert "TODAY" in staged.words()
    film = next(b for b in staged.screen.findChildren(QPushButton) if b.text() == "Film")
    film.click()
    assert room.gone == [("filming", {"meeting_id": meeting.id})]


def test_an_archive_without_meetings_says_what_to_do(staged, room, home, meeting) -> None:
    film = home.film
    segments = home.a.find(Segment)
    home.lose(film)
    home.a.apply("gone", [removed(s) for s in segments])
    home.a.apply("gone", [removed(m) for m in home.a.find(Meeting)])
    staged.open()
    next(b for b in staged.screen.findChildren(QPushButton) if b.text() == "Clients").click()
    assert room.gone == [("cases", {})]


# ── while ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def spoken(rows: TaskRows) -> list[str]:
    """The tasks as they are heard."""
    return [rows.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(rows.count())]


def test_page_down_goes_through_the_tasks_and_page_up_takes_it_back(staged, opened, qtbot) -> None:
    begin(staged)
    assert staged.room.preferences.remembered.last_room.camera_1 == "cam-1"
    rows = opened.room.tasks.rows
    numbers = lambda: [s.number for s in staged.capture.filmed.segments]  # noqa: E731  asked often
    for key, wanted in ((Key.Key_PageDown, [1]), (Key.Key_PageDown, [1, 2]), (Key.Key_PageUp, [1])):
        staged.recorder.advance(3)
        press(qtbot, rows, key)
        assert numbers() == wanted
    assert [heard.rpartition(", ")[2] for heard in spoken(rows)] == ["on now", "waiting", "waiting"]


def test_page_down_never_ends_filming(staged, opened, qtbot) -> None:
    begin(staged)
    for _ in range(8):
        staged.recorder.advance(2)
        press(qtbot, opened.room.tasks.rows, Key.Key_PageDown)
    assert staged.capture.stage == FilmingStage.RECORDING
    assert opened.room.tasks.main.text() == "End filming…"
    opened.room.tasks.main.click()
    assert staged.capture.stage == FilmingStage.KEPT


def letter(where, text: str) -> None:
    QApplication.sendEvent(
        where, QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_unknown, Qt.KeyboardModifier.NoModifier, text)
    )


def test_live_marks_need_no_looking(staged, opened, hands, qtbot) -> None:
    begin(staged)
    staged.recorder.advance(2)
    rows = opened.room.tasks.rows
    letter(rows, "ö")
    letter(rows, "Ä")
    letter(rows, "q")
    press(qtbot, rows, Key.Key_M, CTRL)
    line = hands.named(opened, "Note at this moment", QLineEdit)
    qtbot.keyClicks(line, "looked at mother")
    letter(line, "ö")
    press(qtbot, line, Key.Key_Return)
    marks = staged.capture.filmed.marks
    assert sorted((m.kind, m.text) for m in marks) == [
        (MarkKind.CLIP, ""),
        (MarkKind.IMPORTANT, ""),
        (MarkKind.NOTE, "looked at motherö"),
    ]
    assert "3 marks" in hands.words(opened.room.tasks)
    assert QApplication.focusWidget() is rows


def menu_of(widget) -> QMenu:
    return next(m for m in widget.findChildren(QMenu) if m.isVisible())


def test_an_interruption_has_a_reason_and_ends_with_the_same_key(staged, opened, qtbot) -> None:
    begin(staged)
    staged.recorder.advance(2)
    press(qtbot, opened.room.tasks.rows, Key.Key_F6)
    menu = menu_of(opened.room.tasks.interruption)
    menu.actions()[0].trigger()
    menu.close()
    opened.window().activateWindow()
    opened.room.tasks.rows.setFocus()
    assert "Interruption: child left. Filming goes on." in staged.words()
    staged.recorder.advance(2)
    press(qtbot, opened.room.tasks.rows, Key.Key_F6)
    (event,) = staged.capture.filmed.of(Happening.INTERRUPTION)
    assert event.end - event.start == 2_000_000


def test_a_pause_records_nothing_and_goes_on_with_the_same_task(staged, opened, qtbot) -> None:
    begin(staged)
    press(qtbot, opened.room.tasks.rows, Key.Key_PageDown)
    staged.recorder.advance(5)
    press(qtbot, opened.room.tasks.rows, Key.Key_F7)
    assert "Pause. Nothing is recorded." in staged.words()
    assert opened.room.tasks.main.text().startswith("Go on filming")
    press(qtbot, opened.room.tasks.rows, Key.Key_F7)
    assert staged.capture.stage == FilmingStage.RECORDING
    assert staged.capture.filmed.running.number == 1


def test_skipping_asks_which_and_why(staged, opened) -> None:
    begin(staged)
    tasks = opened.room.tasks
    tasks.main.click()
    tasks.skip.click()
    menu = menu_of(tasks.skip)
    words = [a.text().replace("&", "") for a in menu.actions()]
    assert words[1] == "1  Child does not want"
    assert len(words) == 10
    menu.actions()[9].trigger()
    menu.close()
    assert staged.capture.filmed.skipped == {2: "material-missing"}


def test_a_task_of_the_list_is_begun_again(staged, opened, qtbot) -> None:
    begin(staged)
    tasks = opened.room.tasks
    tasks.main.click()
    staged.recorder.advance(3)
    tasks.main.click()
    staged.recorder.advance(3)
    tasks.rows.setCurrentRow(0)
    press(qtbot, tasks.rows, Key.Key_Return)
    menu = menu_of(tasks.rows)
    assert menu.actions()[0].text() == "Do it again now"
    menu.actions()[0].trigger()
    menu.close()
    assert [s.number for s in staged.capture.filmed.segments] == [1, 2, 1]
    assert spoken(tasks.rows)[0].endswith(", on now, 2×")


def test_a_lost_camera_is_one_calm_line(staged, meeting) -> None:
    staged.room.preferences.remember(last_room=FilmingPlace(camera_1="cam-1", camera_2="cam-2", microphone="mic-1"))
    staged.open(meeting_id=meeting.id)
    begin(staged)
    staged.recorder.advance(2)
    staged.recorder.lose("camera-lost", 2)
    (line,) = [words for words in staged.words().splitlines() if words.startswith("Camera 2 stopped at ")]
    assert line.endswith("Camera 1 is recording. Go on calmly.")
    assert staged.capture.stage == FilmingStage.RECORDING
    staged.recorder.lose("camera-back", 2)
    assert "stopped at" not in staged.words()


def test_a_camera_pulled_out_with_its_microphone_is_not_told_as_recording(staged, opened) -> None:
    """The sound is told after the picture, and the film ends after both."""
    begin(staged)
    staged.recorder.advance(5)
    staged.recorder.lost[1] = staged.recorder.clock()
    for kind, camera in (("camera-lost", 1), ("sound-lost", 0)):
        staged.recorder.trouble.emit(kind, camera, staged.recorder.clock())
    staged.recorder.finish()
    assert staged.capture.stage == FilmingStage.PAUSED
    said = opened.room.line.accessibleName()
    assert said.startswith("Camera 1 stopped at ")
    assert "recorded" not in said


def test_a_lost_camera_does_not_hide_that_the_sound_is_lost(staged, meeting) -> None:
    staged.room.preferences.remember(last_room=FilmingPlace(camera_1="cam-1", camera_2="cam-2", microphone="mic-1"))
    staged.open(meeting_id=meeting.id)
    begin(staged)
    staged.recorder.advance(2)
    staged.recorder.lose("sound-lost")
    staged.recorder.lose("camera-lost", 2)
    said = opened_line(staged)
    assert "Camera 1 is recording." in said
    assert "The sound broke off" in said
    assert said.count("Go on calmly.") == 1
    staged.recorder.lose("sound-back")
    assert "The sound" not in opened_line(staged)


def opened_line(staged) -> str:
    return staged.screen.room.line.accessibleName()


def test_a_pause_says_that_nothing_is_recorded_whatever_was_lost_before(staged, opened) -> None:
    begin(staged)
    staged.recorder.advance(5)
    staged.recorder.lose("sound-lost")
    assert "The picture is recorded" in opened_line(staged)
    staged.capture.pause()
    assert opened_line(staged) == "Pause. Nothing is recorded."


def test_when_both_disks_have_failed_nothing_is_told_as_recording(staged, opened, tmp_path) -> None:
    staged.recorder.advance(1)
    staged.capture.watch(replace(staged.capture.setup, second_folder=tmp_path))
    begin(staged)
    staged.recorder.advance(5)
    staged.recorder.trouble.emit("write-failed", 1, staged.recorder.clock())
    assert "is recorded on the second disk" in opened_line(staged)
    staged.recorder.trouble.emit("second-copy-lost", 1, staged.recorder.clock())
    staged.recorder.finish()
    assert staged.capture.stage == FilmingStage.PAUSED
    assert opened_line(staged).startswith("The disk did not obey at ")


def test_a_microphone_pulled_out_in_a_pause_is_still_looked_for(staged, opened) -> None:
    begin(staged)
    staged.recorder.advance(5)
    staged.capture.pause()
    staged.devices.heard = ()
    staged.devices.changed.emit()
    staged.capture.go_on()
    assert staged.capture.setup.microphone is not None
    assert staged.recorder.microphone is not None, "the recorder tells that it is lost, and finds it again"


def test_a_camera_that_is_back_is_found_by_the_recorder_and_not_opened_anew(staged, opened) -> None:
    """Opened anew it would not be told as back, and filming would not go on by itself."""
    begin(staged)
    staged.recorder.advance(5)
    cameras = staged.devices.there
    staged.devices.plug()
    staged.recorder.lose("camera-lost", 1)
    watched = []
    staged.recorder.watch = lambda *what: watched.append(what)
    staged.devices.plug(*cameras)
    look_slowly(opened)
    assert watched == []
    staged.recorder.lose("camera-back", 1)
    assert staged.capture.stage == FilmingStage.RECORDING


def test_without_a_microphone_it_is_told_all_the_time_and_one_that_comes_is_taken_up_in_the_pause(
    staged, opened
) -> None:
    microphones, staged.devices.heard = staged.devices.heard, ()
    staged.devices.changed.emit()
    begin(staged)
    staged.recorder.advance(5)
    look_slowly(opened)
    assert "No sound comes." in staged.words()
    staged.devices.heard = microphones
    staged.devices.changed.emit()
    assert staged.recorder.microphone is None, "a film that goes on is not touched"
    staged.capture.pause()
    look_slowly(opened)
    assert staged.recorder.microphone is not None
    staged.capture.go_on()
    assert staged.capture.setup.microphone is not None


def test_a_film_that_could_not_be_finished_is_not_told_as_an_end_of_the_program(staged, opened, monkeypatch) -> None:
    begin(staged)
    staged.recorder.advance(5)

    def unread(_) -> None:
        raise ContainerError("disk-error")

    monkeypatch.setattr(staged.films, "open", unread)
    staged.capture.stop()
    assert staged.capture.stage == FilmingStage.RESCUED
    assert "A film could not be finished: it waits on the disk" in staged.words()
    assert "The program ended" not in staged.words()


def test_a_microphone_whose_plug_is_out_is_told_though_its_sound_card_goes_on(staged, opened) -> None:
    """It gives zeros: no device is lost, and no film would ever say that it is silent."""
    begin(staged)
    staged.recorder.hear(-30.0)
    for _ in range(LEVELS_HELD - 1):
        staged.recorder.hear(-90.0)
    assert "No sound comes." not in staged.words(), "somebody only holds the breath"
    staged.recorder.hear(-90.0)
    assert "No sound comes." in staged.words()
    staged.recorder.hear(-60.0)
    assert "No sound comes." not in staged.words()


def test_the_small_window_tells_what_went_wrong(staged, opened, qtbot) -> None:
    """It may be all that is seen of the program while a family is filmed."""
    begin(staged)
    staged.recorder.advance(2)
    staged.recorder.lose("sound-lost")
    opened.show_control()
    control = opened.control
    qtbot.addWidget(control)

    def told() -> str:
        return "\n".join(part.text() for part in control.findChildren(QLabel) if part.isVisibleTo(control))

    assert "The sound broke off" in told()
    staged.recorder.lose("sound-back")
    assert "The sound" not in told()
    control.close()


def test_a_calm_line_moves_nothing_and_leaves_the_clock(staged, opened, qtbot) -> None:
    begin(staged)
    staged.recorder.advance(2)
    room = opened.room
    parts = (room.large, room.status, room.tasks.pause, room.tasks.interruption, room.tasks.main)
    for size in ((1366, 768), (900, 500)):
        opened.window().resize(*size)
        opened.setGeometry(opened.window().rect())
        settle()
        before = [(p.mapTo(opened, QPoint(0, 0)), p.size()) for p in parts]
        staged.capture.interrupt("child-left")
        settle()
        assert room.line.isVisible()
        assert [(p.mapTo(opened, QPoint(0, 0)), p.size()) for p in parts] == before
        assert not room.line.geometry().intersects(room.large.clock_box())
        assert room.large.rect().contains(room.line.geometry())
        staged.capture.resume()
        assert not room.line.isVisible()
        assert [(p.mapTo(opened, QPoint(0, 0)), p.size()) for p in parts] == before


def test_a_writer_that_falls_behind_warns_and_the_warning_goes(staged, opened, hands) -> None:
    begin(staged)
    staged.recorder.lose("writer-behind", 1)
    assert "Nothing is lost yet" in staged.words()
    staged.recorder.drop(1, 2)
    assert hands.named(opened, "Lost pictures: 2", QLabel).text() == "2"
    staged.recorder.lose("writer-caught-up", 1)
    assert "Nothing is lost yet" not in staged.words()


def test_time_that_is_missing_is_named_with_whose_it_is_and_stays_in_sight(staged, opened, hands) -> None:
    begin(staged)
    staged.recorder.advance(100)
    staged.recorder.miss(1, late=71)
    staged.recorder.lose("writer-behind", 1)
    assert "The computer does not keep up: 71 s is missing." in staged.words()
    staged.recorder.lose("writer-caught-up", 1)
    assert "does not keep up" not in staged.words()
    assert hands.named(opened, "Lost pictures: 71 s", QLabel).isVisible()
    staged.recorder.lose("few-pictures", 1)
    assert "Camera 1 gives too few pictures" in staged.words()
    staged.capture.stop()
    assert "71 s of pictures is missing: the computer did not keep up." in staged.words()


@pytest.mark.parametrize("home", ["fi", "sv", "en"], indirect=True)
def test_the_words_and_keys_of_every_button_are_whole(staged, opened, qtbot) -> None:
    begin(staged)
    panel = opened.room.tasks
    for reason in ("", INTERRUPTION_REASONS[0]):
        if reason:
            staged.capture.interrupt(reason)
        settle()
        shown = [b for b in panel.findChildren(QPushButton) if b.isVisible()]
        assert [b.text() for b in shown if b.width() < b.minimumSizeHint().width()] == []
        assert panel.rect().contains(panel.childrenRect())


def test_every_button_shows_its_key_and_page_down_goes_on_from_a_pause(staged, opened, hands, qtbot) -> None:
    begin(staged)
    panel = opened.room.tasks
    shown = [b.text().split("   ") for b in (panel.back, panel.skip, panel.interruption, panel.pause, panel.end)]
    assert [key for _, key in shown] == ["PgUp", "F8", "F6", "F7", "F9"]
    staged.recorder.advance(5)
    staged.recorder.auto = False  # the films are finished slowly
    hands.click(panel.pause)
    assert panel.main.text().startswith("Go on filming")
    opened.setFocus()  # where a press of the mouse on a button leaves the keys
    press(qtbot, QApplication.focusWidget(), Key.Key_PageDown)
    staged.recorder.finish()
    assert staged.capture.stage == FilmingStage.RECORDING
    staged.recorder.auto = True
    staged.capture.stop()


def test_what_is_coded_is_not_filmed_on(staged, opened, home, monkeypatch) -> None:
    begin(staged)
    staged.recorder.advance(5)
    monkeypatch.setattr(home.a, "coding_states", lambda *_: {"a": CodingState.READY})
    staged.capture.stop()
    assert "no more is filmed of this meeting" in staged.words()
    assert "Go on filming" not in staged.words()


def test_a_meeting_with_films_of_a_card_that_is_coded_is_not_offered_to_be_filmed(staged, home, monkeypatch) -> None:
    monkeypatch.setattr(home.a, "coding_states", lambda *_: {"a": CodingState.READY})
    staged.open()
    row = next(b for b in staged.screen.findChildren(QPushButton) if b.text() == "Open")
    row.click()
    staged.screen.opened(**staged.room.gone[-1][1])
    assert staged.capture.stage == FilmingStage.READY
    assert "no more is filmed of this meeting" in staged.words()
    assert "Go on filming" not in staged.words()
    assert "Camera 1" in staged.words()


def test_ending_asks_while_tasks_are_left(staged, opened, monkeypatch) -> None:
    from widgets.filming import commands

    begin(staged)
    asked = []
    monkeypatch.setattr(commands, "confirm", lambda _w, _t, question, _yes: asked.append(question))
    opened.room.tasks.end.click()
    assert asked == ["3 tasks have not been done. End filming?"]
    assert staged.capture.stage == FilmingStage.RECORDING
    monkeypatch.setattr(commands, "confirm", lambda *_: True)
    opened.room.tasks.end.click()
    assert staged.capture.stage == FilmingStage.KEPT


def test_leaving_the_place_does_not_end_it_and_a_new_window_shows_it(staged, opened, meeting, qtbot) -> None:
    begin(staged)
    opened.left()
    assert staged.capture.stage == FilmingStage.RECORDING
    opened.close()
    again = staged.open()
    assert again.room.capture is staged.capture
    assert again.room.tasks.isVisibleTo(again)
    assert again.room.large.gives_pictures
    assert staged.recorder.is_recording()


def test_another_meeting_is_not_opened_over_a_recording(staged, opened, home, meeting) -> None:
    begin(staged)
    opened.opened(meeting_id=home.meeting.id)
    assert staged.capture.meeting.id == meeting.id


def test_leaving_before_filming_lets_go_of_the_camera(staged, opened) -> None:
    opened.left()
    assert staged.recorder.watched == ()
    opened.opened()
    assert len(staged.recorder.watched) == 1


def test_the_small_window_has_its_keys_and_nothing_else(staged, opened, qtbot) -> None:
    begin(staged)
    opened.show_control()
    control = opened.control
    qtbot.addWidget(control)
    names = {b.text().split("   ")[0] for b in control.findChildren(QPushButton)}
    assert names == {"First task", "Previous", "Interruption…", "Pause", "End at once"}
    assert all("   " in b.text() for b in control.findChildren(QPushButton)), "each with its key"
    control.activateWindow()
    control.main.setFocus()
    press(qtbot, control, Key.Key_PageDown)
    assert staged.capture.filmed.running.number == 1
    letter(control, "ö")
    assert len(staged.capture.filmed.marks) == 1
    assert control.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    control.at_once.click()
    assert staged.capture.stage == FilmingStage.KEPT
    assert opened.control is None


def test_the_red_dot_follows_the_disk_and_after_a_long_sleep_a_press_is_waited_for(staged, opened, qtbot) -> None:
    begin(staged)
    opened.show_control()
    control = opened.control
    qtbot.addWidget(control)

    def dot() -> set[str]:
        opened.room.tick()
        return {"●", "○"} & {part.text() for part in control.findChildren(QLabel)}

    assert dot() == {"○"}, "a button is no film"
    staged.recorder.advance(3)
    assert dot() == {"●"}
    staged.recorder.stuck = {1: 500_000}
    assert dot() == {"○"}
    staged.recorder.stuck = {}
    staged.recorder.sleep(3600, then="few-pictures")
    assert dot() == set()
    said = opened.room.line.accessibleName()
    assert said.startswith("The computer was asleep from ")
    assert "Nothing is filmed now" in said, "before any other trouble"
    control.pause.click()
    assert "Filming goes on in a new film." in opened.room.line.accessibleName()
    control.close()


# ── after ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def film(staged: Staged, *, at_once: bool = False) -> None:
    begin(staged)
    staged.recorder.advance(5)
    staged.capture.next_task()
    staged.recorder.advance(5)
    if at_once:
        staged.capture.stop_at_once()
    else:
        staged.capture.stop()


def test_the_talk_opens_by_itself_with_where_the_child_is(staged, opened, home, qtbot) -> None:
    film(staged)
    (form,) = opened.after.forms
    assert QApplication.focusWidget() is form.where
    qtbot.keyClicks(form.where, "in the garden")
    press(qtbot, form.where, Key.Key_Tab)
    (talk,) = home.a.find(Talk)
    assert (talk.child_where, talk.answers) == ("in the garden", ())
    qtbot.keyClicks(form.answers["alike"], "much like home")
    opened.left()
    (talk,) = home.a.find(Talk)
    assert [(a.question, a.text) for a in talk.answers] == [("alike", "much like home")]
    assert len(form.answers) == 8


def test_every_question_of_the_talk_stands_above_its_box_when_it_is_first_painted(staged, opened) -> None:
    lying = []

    class Watch(QObject):
        def eventFilter(self, form: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                parts = [p for p in form.findChildren(QWidget) if p.parent() is form and p.isVisible()]
                boxes = [p.geometry() for p in sorted(parts, key=lambda p: p.y())]
                lying.append(all(a.bottom() < b.top() for a, b in pairwise(boxes)))
            return False

    watch = Watch()
    film(staged)
    opened.after.forms[0].installEventFilter(watch)
    settle()
    opened.after.forms[0].repaint()
    assert lying
    assert all(lying)


def test_typing_is_kept_after_a_pause(staged, opened, home, qtbot) -> None:
    film(staged)
    (form,) = opened.after.forms
    qtbot.keyClicks(form.answers["best"], "the tower")
    qtbot.waitUntil(lambda: bool(home.a.find(Talk)), timeout=3000)


def test_the_talk_is_there_again_later(staged, opened, meeting, home, qtbot) -> None:
    film(staged)
    qtbot.keyClicks(opened.after.forms[0].where, "home")
    opened.left()
    opened.close()
    again = staged.open(meeting_id=meeting.id, part="talk")
    assert again.after.forms[0].where.text() == "home"


def test_ended_at_once_asks_and_closing_asks_once_more(staged, opened, home, meeting, monkeypatch) -> None:
    from widgets.filming import after_page

    film(staged, at_once=True)
    page = opened.after
    assert page.keep.isVisibleTo(page)
    monkeypatch.setattr(after_page, "confirm", lambda *_: False)
    page.close_films.click()
    assert all(f.closed_from_use is None for f in home.a.find(Recording, meeting_id=meeting.id))
    monkeypatch.setattr(after_page, "confirm", lambda *_: True)
    page.close_films.click()
    assert all(f.closed_from_use is not None for f in home.a.find(Recording, meeting_id=meeting.id))
    assert not page.keep.isVisibleTo(page)
    assert "closed from use" in staged.words()
    assert not [b for b in opened.findChildren(QPushButton) if b.text() == "Code"]


def test_filming_can_be_gone_on_with(staged, opened) -> None:
    film(staged)
    next(b for b in opened.header.findChildren(QPushButton) if b.text() == "Go on filming").click()
    assert opened.room.prepare.isVisibleTo(opened)
    assert opened.room.prepare.begin.text() == "Go on filming"
    opened.room.begin()
    assert staged.capture.stage == FilmingStage.RECORDING


def test_what_can_have_the_focus_has_a_name(staged, opened) -> None:
    from tests.widgets.test_every_screen import nameless

    assert [n for n in nameless(opened) if not n.startswith("FilmingScreen")] == []
    film(staged)
    assert [n for n in nameless(opened) if not n.startswith("FilmingScreen")] == []


# ── own keys ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_own_keys_are_shown_and_obeyed_while_filming(staged, home, meeting, qtbot) -> None:
    consent(home)
    staged.open(meeting_id=meeting.id)
    begin(staged)
    panel, preferences = staged.screen.room.tasks, staged.room.preferences
    assert "First task   PgDn" in staged.words()
    assert panel.pause.toolTip() == "Pause  F7"
    keys = preferences.keys.with_action("filming.next", "F4").with_action("filming.pause", "F5")
    keys = keys.with_action("flag.important", "w").with_action("filming.note", "Alt+N").with_action("cover", "F11")
    preferences.change_keys(keys)
    told = staged.words()
    for words in ("First task   F4", "w   important moment", "Alt N   note"):
        assert words in told
    assert panel.pause.toolTip() == "Pause  F5"
    assert "Cover the screen   F11" in [b.text() for b in staged.screen.findChildren(QPushButton)]
    qtbot.keyClick(staged.screen, Qt.Key.Key_PageDown)
    assert staged.capture.filmed.running is None, "the usual key is free"
    qtbot.keyClick(staged.screen, Qt.Key.Key_F4)
    assert staged.capture.filmed.running is not None
    qtbot.keyClick(staged.screen, Qt.Key.Key_W)
    assert [m.kind for m in staged.capture.filmed.marks] == [MarkKind.IMPORTANT]
