"""Films a meeting: the port `Recorder` over camera and microphone feeds, one writer per film, a preview and one clock.

Nothing here waits for a device or a disk; what goes wrong with one is told and leaves the others alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import av  # here and not in the threads: when several begin to import it at once, each finds a half of it
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.errors import FilmError
from app.model.timecode import SECOND, Micros
from app.model.units import CameraNumber
from app.ports import Picture
from app.ports.recorder import Camera, CameraFormat, Microphone, Recorder, Shortfall, SoundLevel, Take, TakeEnd, Trouble
from video.recording.feeds import Feed, FeedOpener
from video.recording.film_writer import FilmWriter, Hearing, SoundPacket
from video.recording.preview import Preview
from video.recording.recording_clock import RecordingClock, SystemClock
from video.recording.sound_recorder import SoundRecorder
from video.recording.unseen import Unseen

TICK_MS = 500
#: so long a microphone may give nothing before that is told: with the tick it is two seconds
MUTE: Micros = 3 * SECOND // 2
#: a device that gives nothing for so long while the computer is awake is lost, and is opened anew
DEAD: Micros = 3 * SECOND
#: and so long it may take to give its first, or anything while the computer does not keep up
WAKING: Micros = 10 * SECOND
#: a look that comes later than this shows that the computer does not keep up
LATE_LOOK: Micros = SECOND
#: so long nothing more is missing before the trouble is told as over
PASSED: Micros = 5 * SECOND
#: a lost device is looked for so often
RETRY: Micros = 2 * SECOND
#: pictures per second when a camera does not say
USUAL_FPS = 30.0
#: a sleep that is worth telling
SLEEP: Micros = SECOND
#: what a power cut would cost at worst is told anew when it has grown by so much
UNSAFE_STEP: Micros = SECOND // 10


@dataclass
class _Watched:
    """A camera or the microphone as it is now. `opening` counts, so that a closed feed's last words are known."""

    device: Camera | Microphone
    form: CameraFormat | None = None
    feed: Feed | None = None
    opening: int = 0
    last: Micros = 0  # when it last gave something, by the awake clock; one that was just opened has time to
    gave: Micros = 0  # the same without that patience
    was_lost: bool = False  # and has given nothing since
    looked: Micros = 0  # when it was last tried to be opened, by the awake clock


class FilmRecorder(Recorder):
    """Lives in the main thread; `opener` opens the devices."""

    _posted = Signal(object)

    def __init__(
        self, opener: FeedOpener | None = None, clock: RecordingClock | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock: RecordingClock = clock or SystemClock()
        self._opener = opener or _usual_opener(self._clock)
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)
        self._cameras: dict[int, _Watched] = {}
        self._microphone: _Watched | None = None
        self._sinks: dict[int, Callable[[Picture | None], None]] = {}
        self._preview: Preview | None = None
        self._sound: SoundRecorder | None = None
        self._writers: dict[int, FilmWriter] = {}  # by camera: what is filmed now
        self._open: dict[str, FilmWriter] = {}  # by recording: what is not finished yet
        self._ends: list[TakeEnd] = []
        self._all: list[FilmWriter] = []
        self._writing = threading.Lock()
        self._zero: Micros | None = None
        self._told_dropped = 0
        self._told_short: dict[str, Shortfall] = {}
        self._standing: dict[int, Trouble] = {}  # by camera: what of its pictures was told as missing and lasts
        self._grew: dict[int, Micros] = {}  # by camera, when more was missing
        self._looked: Micros | None = None
        self._begun_awake: Micros = 0
        self._slept = self._seen = 0  # what the computer had slept; when films were last looked at, on their clock
        self._unseen = Unseen()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.look)

    # watching

    def watch(self, cameras: Sequence[tuple[Camera, CameraFormat | None]], microphone: Microphone | None) -> None:
        """Open the devices, camera 1 first; see the port. Films that are being recorded are finished first."""
        self._finish_now()
        self._let_go()
        if not cameras and microphone is None:
            return
        self._preview = Preview(lambda c, p: self._post(self._show, c, p))
        self._sound = SoundRecorder(
            self._clock, lambda level: self._post(self._tell_level, level), self._on_packet, self._has_slept
        )
        self._slept = self._clock.now() - self._clock.awake()
        for number, (camera, form) in enumerate(cameras, start=1):
            self._cameras[number] = _Watched(camera, form)
            self._preview.want(number, wanted=number in self._sinks)
            self._open_camera(number)
            if self._cameras[number].feed is None:
                self._cameras[number].was_lost = True
                self._post(self._tell, Trouble.CAMERA_LOST, number)
        if microphone is not None:
            self._microphone = _Watched(microphone)
            self._open_microphone()
            if self._microphone.feed is None:
                self._microphone.was_lost = True
                self._post(self._tell, Trouble.SOUND_LOST, 0)
        self._tick.start()

    def set_sink(self, camera: CameraNumber, sink: Callable[[Picture | None], None] | None) -> None:
        """Where pictures of camera 1 or 2 are shown; see the port."""
        if sink is None:
            self._sinks.pop(camera, None)
        else:
            self._sinks[camera] = sink
        if self._preview is not None:
            self._preview.want(camera, wanted=sink is not None)

    def _open_camera(self, number: int) -> None:
        watched = self._cameras[number]
        assert isinstance(watched.device, Camera)
        watched.opening += 1
        watched.looked = self._clock.awake()
        watched.last, watched.gave = watched.looked + WAKING - DEAD, watched.gave or watched.looked
        take = partial(self._on_picture, number, watched, watched.opening)
        lost = partial(self._post, self._on_camera_lost, number, watched, watched.opening)
        watched.feed = self._opener.camera(watched.device, watched.form, take, lost)

    def _open_microphone(self) -> None:
        watched = self._microphone
        assert watched is not None
        assert isinstance(watched.device, Microphone)
        watched.opening += 1
        watched.looked = self._clock.awake()
        watched.last = watched.looked + WAKING - DEAD
        lost = partial(self._post, self._on_sound_lost, watched, watched.opening)
        take = partial(self._on_sound, watched, watched.opening)
        watched.feed = self._opener.microphone(watched.device, take, lost)

    def _let_go(self) -> None:
        self._tick.stop()
        for watched in (*self._cameras.values(), self._microphone):
            if watched is not None and watched.feed is not None:
                watched.feed.close()
                watched.feed = None
        self._cameras, self._microphone = {}, None
        preview, self._preview = self._preview, None
        sound, self._sound = self._sound, None
        for part in (preview, sound):
            if part is not None:
                part.close()

    # recording

    def begin(self, takes: Sequence[Take]) -> datetime:
        """Keep pictures and sound from now on; see the port. Raises FilmError `no-camera` when none is there."""
        there = {n for n, w in self._cameras.items() if w.feed is not None}
        if not any(t.camera in there for t in takes):
            raise FilmError("no-camera")
        assert not any(t.camera in self._writers for t in takes), "one film per camera at a time"
        begun, is_first = datetime.now(UTC), self._zero is None
        if self._zero is None:
            self._zero = self._clock.now()
            self._ends, self._all, self._told_dropped = [], [], 0
            self._told_short, self._standing, self._unseen, self._looked = {}, {}, Unseen(), None
            self._begun_awake = self._clock.awake()
            self._slept, self._seen = self._clock.now() - self._begun_awake, 0
            if self._sound is not None and self._microphone is not None:
                self._sound.begin(self._zero)
            self.dropped.emit(0)
        for take in takes:
            if take.camera in there:
                self._write(take, self._zero)
            else:
                self._ends.append(TakeEnd(take.recording_id, take.camera, None, None, 0, 0, take.second is not None))
        if is_first:
            self._tell_what_is_lost()
        return begun

    def _tell_what_is_lost(self) -> None:
        """A device that was lost before, as in a pause, is missing of these films too, and is told once they began."""
        for number, watched in self._cameras.items():
            if watched.feed is None:
                self._post(self._tell, Trouble.CAMERA_LOST, number)
        if self._microphone is not None and self._microphone.was_lost:
            self._post(self._tell, Trouble.SOUND_LOST, 0)

    def _write(self, take: Take, zero: Micros) -> None:
        watched = self._cameras[take.camera]
        hearing = Hearing(
            started=lambda w, at: self._post(self.started.emit, w.take.recording_id, at),
            trouble=lambda w, what, at: self._post(self.trouble.emit, what.value, w.take.camera, at),
            dropped=lambda _w: self._post(self._tell_dropped),
            ended=lambda w, end: self._post(self._on_ended, w, end),
        )
        fps = watched.form.fps if watched.form is not None else USUAL_FPS
        has_sound = self._microphone is not None
        writer = FilmWriter(take, fps, sound=has_sound, zero=zero, hearing=hearing, now=self._clock.now)
        self._all.append(writer)
        self._open[take.recording_id] = writer
        with self._writing:
            self._writers[take.camera] = writer

    def clock(self) -> Micros:
        return 0 if self._zero is None else self._clock.now() - self._zero

    def film_of(self, camera: CameraNumber) -> FilmWriter | None:
        """What writes a camera's film now."""
        with self._writing:
            return self._writers.get(camera)

    def on_disk(self, camera: CameraNumber) -> Micros | None:
        """Up to which time a camera's film is on a disk for certain; see the port."""
        writer = self.film_of(camera)
        return None if writer is None else writer.on_disk

    def stop(self) -> None:
        """Finish the films; `ended` follows."""
        if self._zero is None:
            return
        with self._writing:
            writers = tuple(self._writers.values())
        for writer in writers:
            writer.halt()  # nobody is filmed after the press, however long the last sound takes
        # the last sound goes into the films before they end
        if self._sound is not None and self._microphone is not None:
            self._sound.finish(lambda: _end(writers))
        else:
            _end(writers)

    def is_recording(self) -> bool:
        return self._zero is not None

    def close(self) -> None:
        """Let go of the devices. A recording is finished first, and its `ended` told before this returns."""
        self._finish_now()
        self._let_go()
        self._sinks.clear()

    def _finish_now(self) -> None:
        if self._zero is None:
            return
        finished = threading.Event()
        writers = tuple(self._open.values())
        if self._sound is not None and self._microphone is not None:
            self._sound.finish(finished.set)
            finished.wait()
        _end(writers)
        for writer in writers:
            self._on_ended(writer, writer.join())

    # from the feeds' threads

    def _on_picture(self, number: int, watched: _Watched, opening: int, frame: av.VideoFrame, at: Micros) -> None:
        if watched.opening != opening:
            return
        self._gives(watched, Trouble.CAMERA_BACK, number)
        with self._writing:
            writer = self._writers.get(number)
        if writer is not None and not self._has_slept():
            writer.take_picture(frame, at, watched.last)
        preview = self._preview
        if preview is not None and (writer is None or not writer.is_behind):
            preview.offer(number, frame)

    def _on_sound(self, watched: _Watched, opening: int, samples: Any, end: Micros) -> None:
        sound = self._sound
        if watched.opening != opening or sound is None or not sound.is_working:
            return  # what comes into no film is as good as nothing, and is told as that
        self._gives(watched, Trouble.SOUND_BACK, 0)
        if not self._has_slept():
            sound.take(samples, end)

    def _gives(self, watched: _Watched, back: Trouble, number: int) -> None:
        watched.last = watched.gave = self._clock.awake()
        if watched.was_lost:
            watched.was_lost = False
            self._post(self._tell, back, number)

    def _on_packet(self, packet: SoundPacket) -> None:
        with self._writing:
            writers = tuple(self._writers.values())
        for writer in writers:
            writer.take_sound(packet)

    def _post(self, call: Callable[..., object], *values: object) -> None:
        """Have it called in the main thread, in order."""
        self._posted.emit(partial(call, *values))

    # in the main thread again

    def _on_posted(self, call: Callable[[], object]) -> None:
        call()

    def _show(self, camera: int, picture: Picture) -> None:
        watched = self._cameras.get(camera)
        if self._preview is not None:
            self._preview.seen(camera)
        if watched is not None and watched.feed is not None and camera in self._sinks:
            self._sinks[camera](picture)

    def _tell_level(self, level: SoundLevel) -> None:
        if self._microphone is not None and self._microphone.feed is not None:
            self.level.emit(level)

    def _tell_dropped(self) -> None:
        count = sum(w.short.pictures for w in self._all)
        if count != self._told_dropped:
            self._told_dropped = count
            self.dropped.emit(count)

    def _tell(self, trouble: Trouble, camera: int, at: Micros | None = None) -> None:
        self.trouble.emit(trouble.value, camera, self.clock() if at is None and self._zero is not None else at)

    def _on_camera_lost(self, number: int, watched: _Watched, opening: int) -> None:
        if self._cameras.get(number) is not watched or watched.opening != opening or watched.feed is None:
            return
        feed, watched.feed = watched.feed, None
        feed.close()
        watched.opening += 1
        is_new, watched.was_lost = not watched.was_lost, True
        with self._writing:
            writer = self._writers.pop(number, None)
        self._unseen.forget(number)
        if self._preview is not None:
            self._preview.forget(number)
        if number in self._sinks:
            self._sinks[number](None)
        if is_new:  # one that was opened again and gave nothing is still the same loss
            self._tell(Trouble.CAMERA_LOST, number)
        if writer is not None:
            writer.end()

    def _on_sound_lost(self, watched: _Watched, opening: int) -> None:
        if self._microphone is not watched or watched.opening != opening or watched.feed is None:
            return
        feed, watched.feed = watched.feed, None
        feed.close()
        watched.opening += 1
        is_new, watched.was_lost = not watched.was_lost, True
        if is_new:
            self._tell(Trouble.SOUND_LOST, 0)

    def _on_ended(self, writer: FilmWriter, end: TakeEnd) -> None:
        if self._open.pop(end.recording_id, None) is None:
            return
        with self._writing:
            if self._writers.get(end.camera) is writer:
                del self._writers[end.camera]
        self._ends.append(replace(end, silent=self.silent()))
        self._tell_dropped()
        if not self._open:
            self._zero = None
            if self._sound is not None:
                self._sound.finish(lambda: None)
            ends, self._ends = tuple(self._ends), []
            self.ended.emit(ends)

    def silent(self) -> Micros:
        """For how long the microphone gave no sound since films began."""
        return self._sound.missing if self._sound is not None and self._microphone is not None else 0

    def _look_for_missing(self) -> None:
        """What should have come is counted against what came; what became more is told, and whose it is."""
        now = self._clock.awake()
        strained = self._looked is not None and now - self._looked > LATE_LOOK
        self._looked = now
        with self._writing:
            writers = dict(self._writers)
        for camera, writer in writers.items():
            found = writer.look(now, strained=strained)
            before = self._told_short.get(writer.take.recording_id)
            unsafe = -(-writer.worst // UNSAFE_STEP) * UNSAFE_STEP
            short = Shortfall(writer.take.recording_id, camera, found.late, found.absent, self.silent(), unsafe)
            if short != (before or Shortfall(short.recording_id, camera)):
                self._told_short[short.recording_id] = short
                self.short.emit(short)
            self._tell_whose(camera, before, short)
        self._tell_dropped()

    def _tell_whose(self, camera: int, before: Shortfall | None, now: Shortfall) -> None:
        """The trouble that a growing shortfall is, told once; its end when a look finds no more missing."""
        late, absent = (0, 0) if before is None else (before.late, before.absent)
        standing = self._standing.get(camera)
        found = Trouble.BEHIND if now.late > late else Trouble.FEW_PICTURES if now.absent > absent else None
        if found is not None and found != standing:
            self._standing[camera] = found
            self._tell(found, camera)
        elif found is None and standing is not None and self._clock.now() - self._grew.get(camera, 0) > PASSED:
            del self._standing[camera]
            self._tell(Trouble.CAUGHT_UP if standing == Trouble.BEHIND else Trouble.ENOUGH_PICTURES, camera)
        if found is not None:
            self._grew[camera] = self._clock.now()

    def _patience(self, number: int) -> Micros:
        """How long a camera may give nothing before it is lost."""
        writer = self._writers.get(number)
        is_strained = self._standing.get(number) == Trouble.BEHIND or (writer is not None and writer.is_strained)
        return WAKING if is_strained else DEAD

    def look(self) -> None:
        """What only time tells: sleep, pictures that should have come, devices that fell silent. Twice a second."""
        self._look_for_sleep()
        self._look_for_missing()
        now = self._clock.awake()
        for number, watched in self._cameras.items():
            if watched.feed is not None and now - watched.last > self._patience(number):
                self._on_camera_lost(number, watched, watched.opening)
            elif watched.feed is None and now - watched.looked > RETRY:
                self._open_camera(number)
        self._look_for_unseen()
        self._look_at_microphone(now)

    def _look_at_microphone(self, now: Micros) -> None:
        """One that gives nothing is told before it is given up: it may only be held up."""
        microphone = self._microphone
        if microphone is None:
            return
        quiet = now - microphone.last
        if microphone.feed is None:
            if now - microphone.looked > RETRY:
                self._open_microphone()
        elif quiet > DEAD:
            self._on_sound_lost(microphone, microphone.opening)
        elif quiet > MUTE and not microphone.was_lost:
            microphone.was_lost = True
            self._tell(Trouble.SOUND_LOST, 0)

    def _look_for_unseen(self) -> None:
        """What is on the disk says whether a film grows, not that it was begun."""
        now = self._clock.awake()
        with self._writing:
            writers = dict(self._writers)
        for camera, writer in writers.items():
            nothing_for = now - max(self._cameras[camera].gave, self._begun_awake)
            for trouble in self._unseen.look(camera, nothing_for, writer.unsafe):
                self._tell(trouble, camera)

    def _has_slept(self) -> bool:
        """Whether the computer slept since the films that are recorded now began. In whatever thread."""
        return self._zero is not None and self._clock.now() - self._clock.awake() - self._slept > SLEEP

    def _look_for_sleep(self) -> None:
        """The two clocks part while the computer sleeps: the films end with what came before, and that is told."""
        if self._has_slept():
            self._tell(Trouble.SLEPT, 0, max(self._seen, 0))
            self.stop()
        self._slept = self._clock.now() - self._clock.awake()
        self._seen = self.clock()


def _end(writers: Sequence[FilmWriter]) -> None:
    for writer in writers:
        writer.end()


def _usual_opener(clock: RecordingClock) -> FeedOpener:
    from video.recording.devices import DeviceOpener

    return DeviceOpener(clock)
