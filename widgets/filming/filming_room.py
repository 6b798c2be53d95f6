"""One meeting being prepared and filmed: pictures and facts at the left, checks or tasks at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.casework.apart import nameable
from app.casework.case_file import CaseFile
from app.casework.consents import childs_word
from app.casework.people_called import not_everybody
from app.filming import preflight
from app.filming.capture import Capture
from app.filming.devices import Setup
from app.filming.preflight import Listening, Situation
from app.filming.stages import Failure, FilmingStage, standing
from app.filming.trial import FilmTest
from app.filming.words import device_name, failure_words, interruption_words, sound_lost_too
from app.i18n import now, today
from app.model.filmed import cut_off
from app.model.filming import Happening
from app.model.shortfall import Missing
from app.model.units import CameraNumber
from app.ports.player import Player
from app.ports.recorder import SoundLevel, Trouble
from app.settings.values import FilmingPlace
from widgets.filming.calm_line import CalmLine
from widgets.filming.camera_view import LOOKING, PAUSED, RECORDING, WAITING, CameraView
from widgets.filming.commands import Commands
from widgets.filming.device_box import DeviceBox
from widgets.filming.prepare_panel import PreparePanel
from widgets.filming.status_card import StatusCard, clock_of
from widgets.filming.tasks_panel import TasksPanel
from widgets.films.session_ids import session_ids
from widgets.look.parts import beside, stacked
from widgets.screen import Screen

RIGHT = 364
#: pixels of camera 2 below camera 1, and in its corner
SMALL, CORNER_WIDTH = 292, 176
TICK = 250
#: the facts that change slowly are looked at every so many ticks
SLOW = 8


class FilmingRoom(QWidget):
    """Follows its capture; it can be made anew at any moment while that goes on."""

    ended = Signal()  # filming came to its end
    failed_told = Signal(str)  # what went wrong and has not passed, in words; empty when nothing has
    ticked = Signal(object)  # µs on the meeting's clock, four times a second

    def __init__(self, place: Screen, capture: Capture) -> None:
        super().__init__()
        self.place, self.capture = place, capture
        self._texts, self._look, self._space = place.texts, place.look, place.workspace
        self.case: CaseFile = self._space.case_of(capture.meeting)
        self.listening = Listening()
        self.commands = Commands(capture, self._texts, self._space.preferences, self)
        self.test = FilmTest(self._space.media, self._space.films, self._space.jobs, capture.recorder, self)
        self._shows_test = False
        self._ticks = 0
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.tick)
        self._connect()
        self.refresh()

    # building

    def _build(self) -> None:
        t, look = self._texts, self._look
        self.large = CameraView(look, t, t.tr("Camera 1"))
        self.small = CameraView(look, t, t.tr("Camera 2"))
        self.status = StatusCard(look, t)
        self.line = CalmLine(self.large, look)
        self._below = below = beside(self.small, self.status, spacing=14)
        below.setStretch(1, 1)
        self._corner = QGridLayout(self.large)
        self._corner.setContentsMargins(10, 10, 10, 10)
        self.status.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        left = stacked(self.large, spacing=12, margins=(16, 14, 16, 14))
        left.setStretch(0, 1)
        left.addLayout(below)
        self.devices = DeviceBox(
            t, self._space.devices, lambda: self._space.preferences.now.rooms, sound_only=self.case.case.is_folder
        )
        self.prepare = PreparePanel(look, t, self.devices)
        self.tasks = TasksPanel(look, t, self.commands, self._with_whom)
        self._right = QStackedWidget()
        self._right.addWidget(self.prepare)
        self._right.addWidget(self.tasks)
        side = QFrame()
        side.setObjectName("panel")
        side.setFixedWidth(RIGHT)
        side.setLayout(stacked(self._right))
        upright = QFrame()
        upright.setObjectName("upright")
        upright.setFixedWidth(1)
        page = beside(spacing=0)
        page.addLayout(left, 1)
        page.addWidget(upright)
        page.addWidget(side)
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addLayout(page)
        self.setLayout(holder)
        self.place.folding.changed.connect(self._fold)
        self._fold()

    def _fold(self) -> None:
        """On a small screen camera 2 lies in a corner of camera 1: below it there is room for the facts alone."""
        narrow = self.place.folding.is_narrow
        width = CORNER_WIDTH if narrow else SMALL
        self.small.setFixedSize(width, width * 9 // 16)
        if narrow:
            self._corner.addWidget(self.small, 0, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        else:
            self._below.insertWidget(0, self.small)

    def _connect(self) -> None:
        capture, prepare = self.capture, self.prepare
        capture.recorder.level.connect(self._on_level)
        capture.recorder.trouble.connect(self._on_trouble)
        capture.changed.connect(self.refresh)
        capture.stage_changed.connect(self._on_stage)
        capture.failed.connect(self._on_failed)
        capture.lost_changed.connect(self._on_lost)  # bound: the capture outlives the room
        capture.saved.connect(self.place.show_saved)
        self.commands.marked.connect(lambda _: self.tasks.tell_marks())
        self.devices.chosen.connect(self._on_setup)
        prepare.begin_pressed.connect(self.begin)
        prepare.test_pressed.connect(self._on_test)
        prepare.consents_asked.connect(self._on_consents)
        prepare.child_said.connect(self._on_child)
        prepare.other_toggled.connect(lambda p, on: self.capture.film_also(p, on=on))
        self.test.ready.connect(self._show_test)
        self.test.finished.connect(self._after_test)
        self.test.failed.connect(self._space.notices.trouble)
        self.commands.bind(self, self.tasks.interruption)

    # devices

    def open(self, preset: FilmingPlace) -> None:
        """Watch what was used last; while films are being recorded nothing of that is touched."""
        self._timer.start()
        self._bind_sinks()
        if not self.capture.is_busy:
            self.devices.use(preset)
            if self.devices.setup != self.capture.setup or self.capture.setup == Setup():
                self._on_setup(self.devices.setup)

    def _bind_sinks(self) -> None:
        for camera, view in ((1, self.large), (2, self.small)):
            self.capture.recorder.set_sink(camera, view.take)

    def _on_setup(self, setup: Setup) -> None:
        if self.capture.is_busy or self._is_held(setup):
            return
        self.test.finish()
        for view in (self.large, self.small):
            view.clear()
        self.listening = Listening()
        self.status.meter.silence()
        self.capture.watch(setup)
        self._bind_sinks()
        self.refresh()

    def _is_held(self, setup: Setup) -> bool:
        """In a pause, whether it has nothing new: the recorder itself looks for what was pulled out, and tells it."""
        held = self.capture.setup
        is_mute = setup.microphone is None and held.microphone is not None
        is_less = len(setup.cameras) < len(held.cameras) or is_mute or setup == held
        return self.capture.stage == FilmingStage.PAUSED and is_less

    def _take_up(self) -> None:
        """What was plugged in while nothing could be changed, as while films are finished, films after a pause."""
        if self.capture.stage == FilmingStage.PAUSED:
            self._on_setup(self.devices.setup)

    def close_devices(self) -> None:
        """The place is left: devices are let go of, but never in the middle of filming."""
        self._timer.stop()
        self.test.finish()
        for camera in (1, 2):
            self.capture.recorder.set_sink(camera, None)
        if not self.capture.is_recording:
            self.capture.rest()

    # doing

    def begin(self) -> None:
        rows = self.rows()
        if preflight.stopped_by(rows) is None and not self.test.is_on:
            self.capture.begin(preflight.warnings(rows))

    def rows(self) -> tuple[preflight.Row, ...]:
        """The preflight as things are now."""
        capture = self.capture
        views = (self.large, self.small)
        pictures = tuple(
            (device_name(self._texts, camera), views[n].gives_pictures or self._shows_test)
            for n, (camera, _) in enumerate(capture.setup.cameras)
        )
        return preflight.rows(
            Situation(
                capture.meeting,
                self.case,
                today(),
                pictures,
                capture.setup.microphone is not None,
                self.listening,
                self.test.lost,
                capture.free_bytes(),
                capture.byte_rate(),
                self._space.devices.on_battery(),
                capture.wakeful.held,
            )
        )

    def commit(self) -> None:
        self.tasks.note.commit()

    def _on_consents(self) -> None:
        if self.case.case.is_folder:
            self.place.go("supervision", **session_ids(self._space, self.case))
            return
        self.place.go("cases", case_id=self.capture.meeting.case_id, part="consents")

    def _on_child(self, word: str) -> None:
        said = childs_word(self.capture.meeting, today())
        self.capture.child_says("" if said == word else word)

    # test recording

    def _on_test(self) -> None:
        if self.test.is_on:
            self.test.finish()
        else:
            self.test.begin(self.capture.setup)
        self.refresh()

    def _show_test(self, player: Player) -> None:
        """Played back in the place of the cameras' own pictures."""
        self._shows_test = True
        for camera, view in ((1, self.large), (2, self.small)):
            self.capture.recorder.set_sink(camera, None)
            player.set_sink(camera, view.take)
        player.playing_changed.connect(self._on_test_playing)
        self.refresh()

    def _on_test_playing(self, playing: bool) -> None:
        if not playing:
            QTimer.singleShot(0, self, self.test.finish)

    def _after_test(self) -> None:
        self._shows_test = False
        for view in (self.large, self.small):
            view.clear()
        self._bind_sinks()
        self.refresh()

    # what is shown

    def refresh(self, _changes: object = None) -> None:
        self.case = self._space.case_of(self.capture.meeting)
        stage = self.capture.stage
        is_filming = stage in (FilmingStage.RECORDING, FilmingStage.PAUSED, FilmingStage.CLOSING)
        self._right.setCurrentWidget(self.tasks if is_filming else self.prepare)
        self.small.setVisible(len(self.capture.setup.cameras) > 1)
        for view, number in ((self.large, 1), (self.small, 2)):
            view.say(self._texts.tr("No picture from camera {n}", n=number))
        self._show_line()
        self.tasks.refresh()
        self.tasks.tell_marks()
        self.prepare.tell(self._told())
        self.prepare.show_others(self._others())
        self._slow()
        self.tick()

    def _told(self) -> str:
        """What was before: where filming goes on."""
        t, filmed = self._texts, self.capture.filmed
        if self.capture.stage == FilmingStage.RESCUED:
            time = clock_of(t, filmed.films_end)
            if self.capture.has_unfinished:
                return t.tr(
                    "A film could not be finished: it waits on the disk, and the next start rescues it. {time} of film "
                    "is in the archive.", time=time,
                )  # fmt: skip
            safe = t.tr("The program ended while filming. {time} of film is safe.", time=time)
            cut = cut_off(filmed)
            if cut is None:
                return safe
            name = f"{cut} {t.words(filmed.meeting.plan[cut - 1].name)}"
            goes_on = t.tr("Filming goes on with task {task}.", task=name)
            return f"{safe} {goes_on}"
        return ""

    def _with_whom(self, number: int) -> str:
        """Who of a family does a task that not everybody does."""
        filmed = self.capture.filmed
        return not_everybody(self.case, filmed.meeting, number, filmed.segments)

    def _others(self) -> tuple[tuple[str, str, bool], ...]:
        meeting = self.capture.meeting
        if self.case.case.is_folder:
            return ()  # who is there is the session's to say
        on_film = (meeting.adult_id, meeting.child_id)
        may_be_named = {p.id for p in nameable(self.case, on_film)}
        rest = [p for p in self.case.persons if p.id in may_be_named and p.id not in on_film]
        return tuple((p.id, p.called, p.id in meeting.others) for p in rest)

    def _show_line(self) -> None:
        """One big calm line: a failure, an interruption, a pause; nothing when all is well."""
        t, capture = self._texts, self.capture
        away = capture.filmed.lasting(Happening.INTERRUPTION)
        failed = self._failures_words()
        self.failed_told.emit(failed)
        if failed:
            words, sign = failed, "warning"
        elif capture.stage == FilmingStage.PAUSED:
            words, sign = t.tr("Pause. Nothing is recorded."), "pause"
        elif away is not None:
            words = t.tr("Interruption: {reason}. Filming goes on.", reason=interruption_words(t, away.reason))
            sign = "pause"
        elif capture.stage == FilmingStage.CLOSING:
            words, sign = t.tr("The films are being finished…"), "clock"
        else:
            words, sign = "", ""
        self.line.say(words, sign)

    def _failures_words(self) -> str:
        """What went wrong and has not passed; empty when nothing has."""
        capture, t = self.capture, self._texts
        if capture.stage not in (FilmingStage.RECORDING, FilmingStage.PAUSED):
            return ""
        told = standing(capture.failures, is_recording=capture.is_recording)
        cameras, missing = len(capture.setup.cameras), capture.missing() if told else Missing()
        first = [failure_words(t, f, cameras, is_recording=self._goes_on(f), missing=missing) for f in told[:1]]
        return " ".join([*first, *(sound_lost_too(t, f) for f in told[1:])])

    def _goes_on(self, failure: Failure) -> bool:
        """Whether a film goes on in spite of it: the other camera's, or the same one on its other disk."""
        capture = self.capture
        if failure.kind != Trouble.CAMERA_LOST:
            return capture.is_recording and capture.is_growing(failure.camera)
        is_alone = len(capture.setup.cameras) == 1
        return capture.is_recording and (is_alone or 3 - failure.camera in capture.filming_cameras)

    def tick(self) -> None:
        """A quarter of a second went by."""
        t, capture = self._texts, self.capture
        state = {FilmingStage.RECORDING: self._dot(1), FilmingStage.PAUSED: PAUSED}.get(capture.stage, LOOKING)
        self.small.show_dot(self._dot(2) if capture.stage == FilmingStage.RECORDING else "")
        if self._shows_test:
            self.large.show_clock(LOOKING, t.tr("Test recording"), "")
        else:
            time = t.tr("at {time}", time=t.time(now()))
            self.large.show_clock(state, clock_of(t, capture.shown_clock()), time)
        if self._right.currentWidget() is self.tasks:
            self.tasks.tick(capture.now())
        self.ticked.emit(capture.now())
        self._ticks += 1
        if self._ticks % SLOW == 0:
            self._take_up()
            self._show_line()
        if self._ticks % SLOW == 0 or self.test.is_on:
            self._slow()

    def _dot(self, camera: CameraNumber) -> str:
        """The red dot follows what is on the disk, not the press of a button."""
        return RECORDING if self.capture.is_growing(camera) else WAITING

    def _on_lost(self, _lost: object) -> None:
        self._slow()

    def _slow(self) -> None:
        t, capture = self._texts, self.capture
        day = today()
        consents = preflight.consent_line(t, self.case, capture.meeting, day)
        self.status.show_facts(capture, consents, on_battery=self._space.devices.on_battery())
        if capture.is_recording and capture.setup.microphone is None:
            self.status.silence()  # of a film without sound that is told all the time
        if self._right.currentWidget() is not self.prepare:
            return
        said = childs_word(capture.meeting, day)
        goes_on = bool(capture.filmed.films or capture.meeting.clock_zero)
        self.prepare.care.show_care(self.case, (capture.meeting.adult_id, *capture.meeting.others), day)
        self.prepare.show_rows(self.rows(), said, goes_on=goes_on, is_testing=self.test.is_on)
        seconds = self.test.seconds_left()
        if self._shows_test:
            self.prepare.show_test(t.tr("Stop watching"), can=True)
        elif self.test.is_on:
            words = t.tr("Recording, {n} s left", n=seconds) if seconds else t.tr("One moment…")
            self.prepare.show_test(words, can=False)
        else:
            again = t.tr("Make a new test recording") if self.test.is_done else t.tr("Make a test recording")
            self.prepare.show_test(again, can=bool(capture.setup.cameras))

    def _on_level(self, level: SoundLevel) -> None:
        self.listening.hear(level)
        self.status.hear(level, self.listening)

    def _on_trouble(self, key: str, _camera: int, _at: object) -> None:
        if key == Trouble.SOUND_LOST:
            self.listening.lose()
            self.status.silence()
        self.refresh()

    def _on_failed(self, _failure: Failure) -> None:
        self._show_line()

    def _on_stage(self, stage: FilmingStage) -> None:
        if stage == FilmingStage.RECORDING:
            self.tasks.rows.setFocus()
        self.refresh()
        if stage == FilmingStage.KEPT:
            self.ended.emit()
