"""The films of one meeting while they are recorded: devices, clock, losses, and how each comes into the archive.

The recorder's films lie on one clock: 0 is the first picture of camera 1's first film, and films that follow a pause or
a rescue lie where they were in real time, unless it was so long that nothing can have gone on (`LONGEST_PAUSE`). When
the archive refuses a step, the recording itself goes on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app import i18n
from app.casework import consents
from app.casework.meeting_file import read_filmed
from app.casework.pair import tasks_fixed
from app.editing import Editor
from app.errors import AppError
from app.filming import takes as film_takes
from app.filming.devices import Setup
from app.filming.stages import BEGINNABLE, ENDED_BY, HAPPENED, LOSSES, PART_OF_LOST, UNDER_WAY, Failure, FilmingStage
from app.filming.takes import OpenTake
from app.filming.words import seconds_words
from app.i18n import Texts
from app.jobs import JobLane, Jobs
from app.model import filmed as steps
from app.model import shortfall
from app.model.change import Change, added, removed
from app.model.consent import Purpose
from app.model.filming import Happening
from app.model.meeting import Meeting
from app.model.recording import Recording
from app.model.timecode import SECOND, Micros
from app.model.units import CameraNumber
from app.ports import MediaVault, Store
from app.ports.films import FilmTools
from app.ports.recorder import Recorder, Shortfall, TakeEnd, Trouble
from app.ports.wakeful import Held, Wakeful

#: what is missing is written into the archive so often at most, in milliseconds
COUNT_EVERY = 5_000
#: a pause up to this lies on the meeting's clock as it was, so that a camera that went on fits with its one film (µs)
LONGEST_PAUSE = 4 * 3600 * SECOND
#: what was filmed longer ago and is not on a disk yet is late: the red dot goes out (µs)
SEEN_WITHIN = 2 * SECOND
#: after a longer sleep, or a longer time without the camera, filming waits for a press: who is before the camera then
#: may have said no yes to it (µs)
SHORT_SLEEP = 300 * SECOND
#: what a longer one becomes: filming that goes on another day is no hour of the meeting later (µs)
PARTED = 60 * SECOND


def _first_picture(ends: Sequence[TakeEnd]) -> Micros:
    """When the first picture came that camera 1 kept; when it kept none, the first of any camera."""
    kept = [(e.camera != 1, e.first) for e in ends if e.first is not None]
    return min(kept)[1] if kept else 0


class FilmingSession(Editor):
    """What is recorded of one meeting. What the worker does beside beginning is `app/filming/capture`'s."""

    stage_changed = Signal(object)  # Stage
    failed = Signal(object)  # Failure: something was lost, the rest goes on
    lost_changed = Signal(int)  # pictures lost in this meeting
    kept = Signal(object)  # Recording: a film is in the archive

    def __init__(
        self,
        store: Store,
        media: MediaVault,
        films: FilmTools,
        jobs: Jobs,
        texts: Texts,
        meeting_id: str,
        time_of_day: Callable[[], dt.datetime] = i18n.now,
        parent: QObject | None = None,
        wakeful: Wakeful | None = None,
    ) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self._media, self._films, self._jobs, self._time_of_day = media, films, jobs, time_of_day
        self.filmed = read_filmed(store, meeting_id)
        self.recorder: Recorder = films.recorder()
        self.wakeful = wakeful if wakeful is not None else Wakeful(self)
        self.wakeful.told.connect(self._on_held)
        self.setup = Setup()
        self.failures: tuple[Failure, ...] = ()
        self.is_behind = False
        self.second_lost = False
        self.was_recording = False  # since this filming was opened, and it has not ended
        self._rate = 0.0  # bytes a second
        self._takes: dict[str, OpenTake] = {}
        self._keeping = 0
        self.has_unfinished = False  # a film of this run could not be finished, and waits for its rescue
        self._base: Micros = 0
        self._dropped = 0
        self._stopping = self._is_pausing = self._goes_on = False
        self._has_zero = self._was_filmed() or bool(self.filmed.films)
        self.waits_for_rescue = False  # the films of an earlier run are being rescued: the books may still change
        self._cut: dt.datetime | None = None  # when the last film ended because its camera was lost
        self._shown: Micros = 0  # what a screen showed of the clock last
        self._sleep: tuple[Micros, Micros] | None = None  # when the computer slept, by the recorder's clock
        self.recorder.started.connect(self._on_started)
        self.recorder.trouble.connect(self._on_trouble)
        self.recorder.dropped.connect(self._on_dropped)
        self.recorder.short.connect(self._on_short)
        self._short: dict[str, Shortfall] = {}  # by recording: what is not in the archive yet
        self._counting = QTimer(self, singleShot=True, interval=COUNT_EVERY)
        self._counting.timeout.connect(self._count)
        self.recorder.ended.connect(self._on_ended)
        self._told_stage = self.stage

    # how it stands

    @property
    def meeting(self) -> Meeting:
        return self.filmed.meeting

    @property
    def stage(self) -> FilmingStage:
        if self._stopping:
            return FilmingStage.CLOSING
        if self._takes:
            return FilmingStage.RECORDING
        if self.filmed.lasting(Happening.PAUSE) is not None:
            return FilmingStage.PAUSED
        if self._keeping:
            return FilmingStage.CLOSING
        if self.filmed.lasting(Happening.RESCUED) is not None or self.filmed.being_recorded:
            return FilmingStage.RESCUED
        return FilmingStage.KEPT if self._was_filmed() else FilmingStage.READY

    @property
    def is_fixed(self) -> bool:
        """Whether nothing more is filmed of this meeting: a coding of it is marked as ready."""
        return tasks_fixed(self._store, self.meeting.id)

    def _was_filmed(self) -> bool:
        return self.meeting.clock_zero is not None

    @property
    def is_under_way(self) -> bool:
        return self.stage in UNDER_WAY

    @property
    def is_recording(self) -> bool:
        return bool(self._takes) and not self._stopping

    @property
    def is_busy(self) -> bool:
        """Whether films are being recorded or finished: the program must not end now."""
        return bool(self._takes or self._keeping)

    def now(self) -> Micros:
        """The meeting's clock; it stands still while nothing is recorded."""
        return self._base + self.recorder.clock() if self._takes else self.filmed.latest

    @property
    def lost_pictures(self) -> int:
        return self.filmed.lost_pictures + self._dropped

    def on_disk(self, camera: CameraNumber) -> Micros | None:
        """How far a camera's film is on a disk for certain, on the meeting's clock; None while nothing of it is."""
        safe = self.recorder.on_disk(camera) if self.is_recording else None
        return None if safe is None else self._base + safe

    @property
    def filming_cameras(self) -> frozenset[CameraNumber]:
        """Cameras whose films are being recorded."""
        return frozenset(t.take.camera for t in self._takes.values() if not t.is_over)

    def shown_clock(self) -> Micros:
        """The clock that a screen shows: it stands still where what is on the disk does."""
        if not self.is_recording:
            return self.now()
        if self.filming_cameras:  # else the last films are being finished
            safe = [self.on_disk(n) for n in self.filming_cameras]
            newest = max((s for s in safe if s is not None), default=self._base)
            self._shown = self.now() if self.now() - newest <= SEEN_WITHIN else newest
        return self._shown

    def is_growing(self, camera: CameraNumber) -> bool:
        """Whether a camera's film is seen to grow on the disk: what a red dot stands for."""
        safe = self.on_disk(camera) if camera in self.filming_cameras else None
        return safe is not None and self.now() - safe <= SEEN_WITHIN

    @property
    def grows(self) -> bool:
        """Whether the film of every camera that is filmed is seen to grow, and there is one."""
        cameras = self.filming_cameras if self.is_recording else frozenset()
        return bool(cameras) and all(self.is_growing(n) for n in cameras)

    def missing(self) -> shortfall.Missing:
        """What is missing up to now of the camera that lacks most, also what is not in the archive yet."""
        filmed = self.filmed.after(self._uncounted())
        found = [shortfall.of_camera(filmed, n) for n in shortfall.cameras(filmed)]
        return max(found, key=lambda m: (m.pictures, m.silent), default=shortfall.Missing())

    def free_bytes(self) -> int:
        return self._media.free_bytes()

    def byte_rate(self) -> float:
        """Bytes a second that filming with this setup takes: what earlier films took, or more where more is measured.

        While filming it never becomes less: how long the disk lasts is told with caution, and does not jump about.
        """
        if not self.was_recording or not self._rate:
            self._rate = film_takes.expected_rate(self._store.find(Recording), len(self.setup.cameras))
        seconds = self.recorder.clock() / 1_000_000 if self._takes else 0.0
        if seconds >= film_takes.SURE_SECONDS:
            self._rate = max(self._rate, sum(t.written for t in self._takes.values()) / seconds)
        return self._rate

    def writes_second_copy(self) -> bool | None:
        """Whether the second copy is being written; None when none was wished."""
        if self.setup.second_folder is None:
            return None
        return not self.second_lost

    def reread(self) -> None:
        """Another door changed the meeting (a rescue, the place Clients): as the archive has it now."""
        if not self.is_busy:
            self.filmed = read_filmed(self._store, self.meeting.id)
            self.changed.emit(())
            self._tell_stage()

    # before

    def watch(self, setup: Setup) -> None:
        """Show what these devices give; nothing is kept yet. Whether the computer can be kept awake is tried out."""
        self.setup = setup
        if setup.cameras and self.wakeful.held.sleep is None:
            self.wakeful.keep()
        self.recorder.watch(setup.cameras, setup.microphone)

    def rest(self) -> None:
        """Let go of the devices while nothing is being recorded."""
        if not self._takes:
            self.setup = Setup()
            self.recorder.watch((), None)

    # recording

    def begin(self, despite: Sequence[str] = ()) -> bool:
        """Film with what is watched: the first film, or on after a pause, an end or a rescue.

        Refused when the child says no today, and while a consent to being filmed is missing of anybody on the film.
        `despite` are the keys of the preflight's warnings that were known.
        """
        if self.stage not in BEGINNABLE:
            return False
        if key := self._stopped_by():
            self.refused.emit(AppError(key))
            return False
        self._base = self._base_at(self._time_of_day())
        try:
            consents.demand(self._store, self.meeting, Purpose.FILMING, self._time_of_day().astimezone().date())
            takes = film_takes.open_takes(self._media, self.meeting.id, self.setup, self._base, self._time_of_day())
        except AppError as error:
            self.refused.emit(error)
            return False
        changes = [added(t.book) for t in takes]
        if despite:
            reason = ",".join(despite)
            changes.append(steps.happened(self.filmed, Happening.STARTED_DESPITE, self._base, reason=reason))
        if not self.commit(self.texts.tr("Filming begins"), *changes) or not self._start(takes):
            film_takes.discard(takes)
            return False
        self._tell_stage()
        return True

    def _stopped_by(self) -> str:
        """Why nothing can be filmed now; empty when it can."""
        if self.waits_for_rescue:
            return "rescue-running"
        if self.is_fixed:
            return "segments-locked"
        return "" if self.setup.cameras else "no-camera"

    def _start(self, takes: Sequence[OpenTake]) -> bool:
        """Start the recorder and put right in the books where its clock begins."""
        self.second_lost = self.setup.second_folder is not None and all(t.take.second is None for t in takes)
        try:
            begun = self.recorder.begin([t.take for t in takes])
        except AppError as error:
            self.commit(self.texts.tr("Filming did not begin"), *(removed(t.book) for t in takes))
            self.refused.emit(error)
            return False
        slept = tuple(replace(f, waits=False) for f in self.failures if f.kind == Trouble.SLEPT)
        self._dropped, self.failures, self.is_behind = 0, slept, False
        self._base = self._base_at(begun)
        self._takes, self.was_recording = {t.id: t for t in takes}, True
        for take in takes:
            before = take.book
            take.book = replace(before, begun=begun, offset=self._base)
        changes = [c for c in (self._book_change(t) for t in takes) if c is not None]
        self._has_zero, self._cut, self._shown = self._was_filmed() or bool(self.filmed.films), None, self._base
        if self.meeting.clock_zero is None or self._is_parted(begun):
            zero = begun - dt.timedelta(microseconds=self._base)
            changes.append(Change(self.meeting, replace(self.meeting, clock_zero=zero)))
        if self.second_lost:
            changes.append(steps.happened(self.filmed, Happening.SECOND_COPY_LOST, self._base))
        changes += steps.go_on(self.filmed, self._base)
        self.commit(self.texts.tr("Filming begins"), *changes)  # when refused the recording goes on all the same
        return True

    def _book_change(self, take: OpenTake) -> Change | None:
        held = next((o for o in self.filmed.being_recorded if o.id == take.book.id), None)
        return Change(held, take.book) if held is not None and held != take.book else None

    def _base_at(self, moment: dt.datetime) -> Micros:
        """Where the recorder's clock begins on the meeting's: in real time, and never over an earlier film."""
        is_first = self.meeting.clock_zero is None and not self.filmed.films
        gone = self.filmed.films_end + PARTED if self._is_parted(moment) else self._since_zero(moment)
        return 0 if is_first else max(gone, self.filmed.latest + 1)

    def _is_parted(self, moment: dt.datetime) -> bool:
        """Whether filming that begins now is of another time than what was filmed before."""
        return self._since_zero(moment) - self.filmed.films_end > LONGEST_PAUSE

    def _since_zero(self, moment: dt.datetime) -> Micros:
        zero = self.meeting.clock_zero
        return 0 if zero is None else round((moment - zero) / dt.timedelta(microseconds=1))

    def go_on(self) -> bool:
        """On after a pause; while its films are still being finished, as soon as they are."""
        if self._stopping and self._is_pausing:
            self._goes_on = True
            return True
        return self.stage == FilmingStage.PAUSED and self.begin()

    @property
    def is_pausing(self) -> bool:
        """Whether a pause was asked for and its films are being finished."""
        return self._stopping and self._is_pausing

    def _stop(self, *, pausing: bool) -> bool:
        self._stopping, self._is_pausing, self._goes_on = True, pausing, False
        self._tell_stage()
        self.recorder.stop()
        return True

    def _end_instead(self, label: str, changes: Sequence[Change]) -> bool:
        """A pause whose films are still being finished becomes the end; nor does filming go on after them."""
        self._is_pausing = self._goes_on = False
        self._step(label, changes)
        return True

    def _step(self, label: str, changes: Sequence[Change]) -> bool:
        """Commands of filming have no undo: what happened has happened; *previous* is a command of its own."""
        taken = not changes or self.commit(label, *changes)
        self._tell_stage()
        return taken

    def accept(self, changes: Sequence[Change]) -> None:
        self.filmed = self.filmed.after(changes)

    def hear(self, changes: Sequence[Change]) -> None:
        """The meeting was changed in Clients, or a film of it taken in: filming goes on with what is so now."""
        after = self.filmed.after(changes)
        if after != self.filmed:
            self.filmed = after
            self.changed.emit(())
            self._tell_stage()

    # from the recorder

    def _on_trouble(self, key: str, camera: int, at: Micros | None) -> None:
        kind = Trouble(key)
        if not self._takes:
            self._on_trouble_between(kind)
            return
        self._note_trouble(kind, camera, self.now() if at is None else self._base + at)
        if kind == Trouble.SLEPT:
            self.failed.emit(self.failures[-1])
            return
        self.second_lost = self.second_lost or kind == Trouble.SECOND_COPY_LOST
        self.is_behind = kind == Trouble.BEHIND or (self.is_behind and kind != Trouble.CAUGHT_UP)
        failure = Failure(kind, camera, self._time_of_day())
        over = ENDED_BY.get(kind)
        gone = PART_OF_LOST if kind == Trouble.CAMERA_LOST else (over,)
        kept = [f for f in self.failures if f.kind not in gone or f.camera != camera]
        self.failures = tuple(kept) if over is not None else (*kept, failure)
        if kind == Trouble.CAMERA_BACK:
            self._film_again(camera)
        if kind in LOSSES:
            self._note_loss(kind, camera)
        self.failed.emit(failure)

    def _on_trouble_between(self, kind: Trouble) -> None:
        """In a pause. What is lost is told again when films begin; here counts what came back."""
        if self.stage != FilmingStage.PAUSED:
            return
        if kind == Trouble.SOUND_BACK:
            self._note_trouble(kind, 0, self.now())
        if kind == Trouble.CAMERA_BACK and self._is_cut_off():
            self.begin()  # nobody asked for this pause

    def _is_cut_off(self) -> bool:
        """Whether a lost camera ended the films, and so lately that nobody else is before it now."""
        return self._cut is not None and abs(self._time_of_day() - self._cut) <= dt.timedelta(microseconds=SHORT_SLEEP)

    def _note_trouble(self, kind: Trouble, camera: int, at: Micros) -> None:
        """What the meeting must remember; what only falls behind is told and no more."""
        label = self.texts.tr("Trouble while filming")
        if kind == Trouble.SLEPT:
            self._fell_asleep(max(at, self._base))
        elif kind == Trouble.SOUND_BACK:
            lost = self.filmed.lasting(Happening.SOUND_LOST)
            if lost is not None:
                self.commit(label, Change(lost, replace(lost, end=max(at, lost.start + 1))))
        elif kind == Trouble.SOUND_LOST and self.filmed.lasting(Happening.SOUND_LOST) is not None:
            return  # it lasts over a pause
        elif kind in HAPPENED:
            self.commit(label, steps.happened(self.filmed, HAPPENED[kind], max(at, self._base), camera))

    def _fell_asleep(self, at: Micros) -> None:
        """The films end there (`ended` follows). Soon after, filming goes on by itself; later it waits for a press."""
        until, day = max(self.now(), at + 1), self._time_of_day()
        since = day - dt.timedelta(microseconds=until - at)
        self._sleep = (at - self._base, until - self._base)
        rest = [f for f in self.failures if f.kind != Trouble.SLEPT]
        self.failures = (*rest, Failure(Trouble.SLEPT, 0, day, since, waits=until - at > SHORT_SLEEP))

    def forget_sleep(self) -> None:
        """The line of a sleep after which filming went on by itself was read."""
        self.failures = tuple(f for f in self.failures if f.kind != Trouble.SLEPT)

    def _note_loss(self, kind: Trouble, camera: int) -> None:
        """A camera's film ends with it, or with the last disk that took it; when it was the last one, `ended` comes."""
        for take in self._takes.values():
            if camera in (0, take.take.camera):
                take.lose(kind)

    def _film_again(self, camera: int) -> None:
        """A camera that was lost gives pictures again: a new film of it, on the same clock."""
        if not self.is_recording or camera > len(self.setup.cameras):
            return
        if any(t.take.camera == camera and not t.is_over for t in self._takes.values()):
            return
        at = self.now()
        alone = replace(self.setup, cameras=self.setup.cameras[camera - 1 : camera])
        try:
            (take,) = film_takes.open_takes(
                self._media, self.meeting.id, alone, at, self._time_of_day(), first_camera=camera
            )
        except AppError as error:
            self.refused.emit(error)
            return
        noted = self.commit(self.texts.tr("Filming goes on"), added(take.book))
        try:
            self.recorder.begin([take.take])
        except AppError as error:
            film_takes.discard([take])
            if noted:
                self.commit(self.texts.tr("Filming did not begin"), removed(take.book))
            self.refused.emit(error)
            return
        self._takes[take.id] = take

    def _on_started(self, recording_id: str, first: Micros) -> None:
        """A film's first picture came: where the film lies is known from now on, also after a kill."""
        take = self._takes.get(recording_id)
        if take is None:
            return
        take.has_begun = True
        changes = self._zero_at(first) if not self._has_zero and take.take.camera == 1 else []
        take.book = replace(take.book, offset=self._base + first)
        changes += [c for c in (self._book_change(t) for t in self._takes.values()) if c is not None]
        if changes:
            self.commit(self.texts.tr("Filming begins"), *changes)

    def _zero_at(self, first: Micros) -> list[Change]:
        """The meeting's clock begins with the first picture: what was noted counted from the press."""
        self._base -= first
        self._has_zero = True
        for take in self._takes.values():
            take.book = replace(take.book, offset=take.book.offset - first)
        changes: list[Change] = [*steps.shifted(self.filmed, -first)]
        zero = self.meeting.clock_zero
        if first and zero is not None:
            moved = replace(self.meeting, clock_zero=zero + dt.timedelta(microseconds=first))
            changes.append(Change(self.meeting, moved))
        return changes

    def _on_dropped(self, pictures: int) -> None:
        self._dropped = pictures
        self.lost_changed.emit(self.lost_pictures)

    def _on_short(self, short: Shortfall) -> None:
        self._short[short.recording_id] = short
        if not self._counting.isActive():
            self._count()

    def _count(self) -> None:
        """What is missing goes into the archive while filming: a kill does not make it forgotten."""
        changes = self._uncounted()
        self._short = {}
        if changes:
            self._counting.start()
            self.commit(self.texts.tr("What is missing was counted"), *changes)

    def _uncounted(self) -> list[Change]:
        """What the recorder counted since it was written last."""
        changes: list[Change] = []
        for take in (self._takes[i] for i in self._short if i in self._takes):
            short = self._short[take.id]
            if take.has_begun:
                at = take.book.offset
                changes += shortfall.counted(self.filmed, short.camera, at, short.late, short.absent, short.silent)
                changes += shortfall.on_no_disk(self.filmed, short.camera, at, short.unsafe)
        return changes

    def _on_ended(self, ends: tuple[TakeEnd, ...]) -> None:
        """Every film's end is known: its place on the clock goes into the books, and each film is kept by a job."""
        takes, self._takes = self._takes, {}
        if not takes:
            return
        self._counting.stop()
        self._short = {}
        was_asked, is_pausing = self._stopping, self._is_pausing
        goes_on, self._goes_on = self._goes_on, False
        self._stopping = self._is_pausing = False
        self._dropped = 0
        sleep, self._sleep = self._sleep, None
        if not was_asked:
            self._note_own_end(ends, steps.LOST if sleep is None else steps.ASLEEP)
        changes, wanted = self._closing(takes, ends)
        self._keeping += len(wanted)
        if changes:
            self.commit(self.texts.tr("Films finished"), *changes)
        if sleep is not None:
            slept = steps.happened(self.filmed, Happening.SLEPT, self._end_of(ends), until=self._base + sleep[1])
            self.commit(self.texts.tr("The computer slept"), slept)
        if not was_asked:
            is_cut = sleep is None and any(f.kind == Trouble.CAMERA_LOST for f in self.failures)
            self._cut = self._time_of_day() if is_cut else None
            goes_on = self._wakes_up(sleep)
        for take, end in wanted:
            self._keep(take, end)
        if not is_pausing and was_asked and not wanted:
            self.refused.emit(AppError("no-pictures"))
        self._tell_stage()
        if goes_on:
            self.begin()

    def _note_own_end(self, ends: Sequence[TakeEnd], reason: str) -> None:
        """The recorder ended by itself (a full disk, the last camera lost, sleep): as if paused where it did."""
        self.commit(self.texts.tr("Pause"), *steps.pause(self.filmed, self._end_of(ends), reason))

    def _end_of(self, ends: Sequence[TakeEnd]) -> Micros:
        return self._base + max((e.last for e in ends if e.last is not None), default=0)

    def _wakes_up(self, sleep: tuple[Micros, Micros] | None) -> bool:
        """Whether filming goes on by itself, at once or as soon as its camera gives pictures again."""
        if sleep is None or sleep[1] - sleep[0] > SHORT_SLEEP:
            return False
        self._cut = self._time_of_day()
        return True

    def _closing(
        self, takes: dict[str, OpenTake], ends: Sequence[TakeEnd]
    ) -> tuple[list[Change], list[tuple[OpenTake, TakeEnd]]]:
        """Changes that put the clock right and clip what has no film, and the films that hold something."""
        held = {b.id: b for b in self.filmed.being_recorded}
        changes: list[Change] = []
        if not self._has_zero:
            changes += self._zero_at(_first_picture(ends))
        wanted: list[tuple[OpenTake, TakeEnd]] = []
        for end in ends:
            take = takes[end.recording_id]
            book = held.get(take.book.id)
            if end.first is None or end.last is None:
                changes += [removed(book)] if book is not None else []
                film_takes.discard([take])
                continue
            take.book = replace(take.book, offset=self._base + end.first)
            changes += [Change(book, take.book)] if book is not None and book != take.book else []
            wanted.append((take, end))
        last = self._base + max((e.last for e in ends if e.last is not None), default=0)
        changes += steps.clipped(self.filmed.after(changes), last)
        for take, _ in wanted:  # all of it is on the disk
            changes += shortfall.on_no_disk(self.filmed, take.take.camera, take.book.offset, 0)
        for end in ends:
            if end.first is not None:
                at = takes[end.recording_id].book.offset
                changes += shortfall.counted(self.filmed, end.camera, at, end.late, end.absent, end.silent)
            if end.dropped:
                lost = steps.happened(self.filmed, Happening.PICTURES_LOST, last, end.dropped, str(end.camera))
                changes.append(lost)
        return changes, wanted

    def _keep(self, take: OpenTake, end: TakeEnd) -> None:
        def done(recording: Recording) -> None:
            self._keeping -= 1
            if steps.is_closed(self.filmed, recording.offset):
                recording = replace(recording, closed_from_use=self._time_of_day())
            books = [o for o in self.filmed.being_recorded if o.id == take.book.id]
            changes = [*(removed(o) for o in books), added(recording)]
            changes += self._asleep_after(recording)
            lost = film_takes.lost_end(recording, end)
            if lost:
                changes += self._end_was_lost(recording, lost)
            if take.is_second_refused:
                self.second_lost = True
                changes.append(steps.happened(self.filmed, Happening.SECOND_COPY_LOST, recording.end, recording.camera))
            if self.commit(self.texts.tr("Film kept"), *changes):
                self.kept.emit(recording)
            if lost:
                kept = seconds_words(self.texts, recording.facts.duration)
                error = AppError("film-end-lost", kept=kept, lost=seconds_words(self.texts, lost))
                self.refused.emit(error)
            if take.is_second_refused:
                self.refused.emit(AppError("second-copy-refused"))
            self._tell_stage()

        def broke() -> None:
            self._keeping -= 1  # its books stay open: the next start rescues it
            self.has_unfinished = True
            self._tell_stage()

        def failed(error: AppError) -> None:
            self.refused.emit(error)
            broke()

        label = self.texts.tr("Finishing the film of camera {n}", n=take.take.camera)
        self._jobs.run(
            label,
            lambda _job: film_takes.keep(self._media, self._films.index, take, end),
            done,
            failed,
            JobLane.KEEPING,
            broke,
        )

    def _asleep_after(self, film: Recording) -> list[Change]:
        """The computer's sleep begins where the last picture before it is over, which the film itself says."""
        into = [e for e in self.filmed.of(Happening.SLEPT) if e.end is not None and e.start < film.end < e.end]
        return [Change(e, replace(e, start=film.end)) for e in into if e.start > film.offset]

    def _end_was_lost(self, film: Recording, lost: Micros) -> list[Change]:
        """What the disk did not take is remembered, unless it was when it happened."""
        known = [e for e in self.filmed.of(Happening.WRITE_FAILED) if film.offset <= e.start <= film.end + lost]
        return [] if known else [steps.happened(self.filmed, Happening.WRITE_FAILED, film.end, film.camera)]

    def _tell_stage(self) -> None:
        self._keep_awake()
        stage = self.stage
        if stage != self._told_stage:
            self._told_stage = stage
            self.was_recording = self.was_recording and stage in UNDER_WAY
            self.stage_changed.emit(stage)

    def _keep_awake(self) -> None:
        """While films are written; in a pause nothing is lost by sleep, and a laptop may be put into its bag."""
        if self.is_busy:
            self.wakeful.keep()
        else:
            self.wakeful.let_go()

    def _on_held(self, _held: Held) -> None:
        """It was tried out before filming."""
        if not self.is_busy:
            self.wakeful.let_go()
        self.changed.emit(())

    def close(self) -> None:
        """Let go of the devices; a recording is finished first, and its books stay open for a rescue when need be."""
        self.recorder.close()
        self.wakeful.told.disconnect(self._on_held)
        self.wakeful.let_go()
