"""Filming without devices: a recorder whose clock the test turns, containers in memory, work done at once."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from app.errors import AppError, ContainerError
from app.model.timecode import SECOND
from app.ports import Inspected, Picture, TakenIn
from app.ports.recorder import (
    Camera,
    CameraFormat,
    Devices,
    Microphone,
    Recorder,
    Shortfall,
    SoundLevel,
    Take,
    TakeEnd,
)
from tests.material.builders import facts

HD = CameraFormat(1920, 1080, 30.0)
CAMERAS = (
    Camera("cam-1", "Kattokamera", (CameraFormat(640, 480, 30.0), HD)),
    Camera("cam-2", "Pöytäkamera", (HD, CameraFormat(3840, 2160, 30.0))),
)
MICROPHONE = Microphone("mic-1", "Pöytämikrofoni")
NINE = datetime(2026, 11, 3, 9, 14, tzinfo=UTC)


class Clock:
    """The time of day of a test; recorder and capture look at the same one."""

    def __init__(self, at: datetime = NINE) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class MemoryContainer:
    """A container whose bytes stay here."""

    vault: "MemoryFilms"
    name: str
    wrapped_key: bytes
    data: bytearray = field(default_factory=bytearray)

    @property
    def durable(self) -> int:
        return len(self.data)

    def write(self, data: bytes) -> int:
        self.data += data
        return len(data)

    def sync(self) -> None:
        pass

    def keep(self) -> TakenIn:
        self.vault.open_ones.pop(self.name, None)
        self.vault.kept[self.name] = bytes(self.data)
        return TakenIn(self.name, self.wrapped_key, "0" * 64, len(self.data), 1)

    def keep_front(self) -> TakenIn:
        return self.keep()

    def discard(self) -> None:
        self.vault.open_ones.pop(self.name, None)


class MemoryFilms:
    """The vault of films, in memory."""

    def __init__(self) -> None:
        self.open_ones: dict[str, MemoryContainer] = {}
        self.kept: dict[str, bytes] = {}
        self.discarded: list[str] = []
        self.refuse: set[Path | None] = set()
        self.free = 200_000_000_000
        self.number = 0

    def begin(self, recording_id, wrapped_key=b"", *, live=False, folder=None) -> MemoryContainer:
        if folder in self.refuse:
            raise ContainerError("disk-full")
        self.number += 1
        made = MemoryContainer(self, f"{self.number}.vau", wrapped_key or recording_id.encode()[:8])
        self.open_ones[made.name] = made
        return made

    def open(self, recording):
        if recording.container not in self.kept:
            raise ContainerError("container-missing")
        return io.BytesIO(self.kept[recording.container])

    def discard(self, container: str) -> None:
        self.discarded.append(container)
        self.kept.pop(container, None)

    def free_bytes(self) -> int:
        return self.free


def index(film) -> Inspected:
    """The length stands in the film's bytes."""
    return Inspected(facts(int(film.read().decode() or "0")), b"index")


class StagedDevices(Devices):
    """Two cameras and a microphone that can be pulled out."""

    def __init__(self, cameras=CAMERAS, microphones=(MICROPHONE,), battery: bool | None = False) -> None:
        super().__init__()
        self.there, self.heard, self.battery, self.closed = tuple(cameras), tuple(microphones), battery, False

    def cameras(self) -> tuple[Camera, ...]:
        return self.there

    def microphones(self) -> tuple[Microphone, ...]:
        return self.heard

    def on_battery(self) -> bool | None:
        return self.battery

    def plug(self, *cameras: Camera) -> None:
        self.there = cameras
        self.changed.emit()

    def close(self) -> None:
        self.closed = True


class StagedRecorder(Recorder):
    """Keeps nothing but lengths. With `auto` the films end in `stop`, else in `finish`."""

    def __init__(self, time_of_day: Callable[[], datetime] | None = None) -> None:
        super().__init__()
        self.time_of_day = time_of_day or Clock()
        self.auto = True
        self.first_picture = 20_000
        self.watched: tuple = ()
        self.microphone: Microphone | None = None
        self.takes: tuple[Take, ...] = ()
        self.lost: dict[int, int] = {}
        self.no_pictures: set[int] = set()
        self.dropped_of: dict[int, int] = {}
        self.short_of: dict[int, Shortfall] = {}
        self.refuses: AppError | None = None
        self.closed = False
        self.begun: set[str] = set()
        self.stuck: dict[int, int] = {}  # by camera: up to where its film is on the disk
        self.ended_takes: list[Take] = []
        self.ends_of: dict[str, int] = {}
        self.starts_of: dict[str, int] = {}
        self._clock = 0
        self._sinks: dict[int, Callable[[Picture | None], None]] = {}

    def watch(self, cameras, microphone) -> None:
        self.watched, self.microphone = tuple(cameras), microphone
        for number, sink in self._sinks.items():
            sink(picture() if number <= len(self.watched) else None)

    def set_sink(self, camera, sink) -> None:
        if sink is None:
            self._sinks.pop(camera, None)
            return
        self._sinks[camera] = sink
        if camera <= len(self.watched):
            sink(picture())

    def begin(self, takes: Sequence[Take]) -> datetime:
        if self.refuses is not None:
            raise self.refuses
        if self.takes:  # a camera that came back
            self.ended_takes += [t for t in self.takes if t.camera in {new.camera for new in takes}]
            for new in takes:
                old = next(t for t in self.takes if t.camera == new.camera)
                self.ends_of[old.recording_id] = self.lost.pop(new.camera)
                self.starts_of[new.recording_id] = self._clock
            self.takes = (*(t for t in self.takes if t not in self.ended_takes), *takes)
            for new in takes:
                self.begun.add(new.recording_id)
                self.started.emit(new.recording_id, self._clock)
            return self.time_of_day()
        self.takes, self._clock, self.lost = tuple(takes), 0, {}
        self.ended_takes, self.ends_of, self.starts_of = [], {}, {}
        self.dropped.emit(0)
        return self.time_of_day()

    def clock(self) -> int:
        return self._clock

    def on_disk(self, camera) -> int | None:
        """All that was filmed, but what `stuck` cameras gave since."""
        begun = any(t.camera == camera and t.recording_id in self.begun for t in self.takes)
        return self.stuck.get(camera, self._clock) if begun else None

    def advance(self, seconds: float) -> None:
        """Time goes by, for the recorder and for the day."""
        if self.takes:
            self._clock += round(seconds * SECOND)
            for take in self.takes:
                is_new = take.recording_id not in self.begun and take.camera not in self.no_pictures
                if is_new and self._clock >= self.first_picture:
                    self.begun.add(take.recording_id)
                    self.started.emit(take.recording_id, self.first_picture)
        if isinstance(self.time_of_day, Clock):
            self.time_of_day.advance(seconds)

    def lose(self, key: str, camera: int = 0) -> None:
        if key == "camera-lost":
            self.lost[camera] = self._clock
            if camera in self._sinks:
                self._sinks[camera](None)
        self.trouble.emit(key, camera, self._clock if self.takes else None)
        over = self.takes and all(t.camera in self.lost for t in self.takes)
        if over or (key == "disk-full" and self.takes):
            self.finish()

    def sleep(self, seconds: float, then: str = "") -> None:
        """The lid was closed: the films end where it was. `then` is another trouble that is told in that moment."""
        before = self._clock
        for take in self.takes:
            self.ends_of[take.recording_id] = before
        self.advance(seconds)
        self.trouble.emit("slept", 0, before)
        if then:
            self.trouble.emit(then, 1, self._clock)
        self.finish()

    def drop(self, camera: int, pictures: int) -> None:
        self.dropped_of[camera] = self.dropped_of.get(camera, 0) + pictures
        self.dropped.emit(sum(self.dropped_of.values()))

    def miss(self, camera: int, *, late: float = 0, absent: float = 0, silent: float = 0) -> None:
        """In whole so many seconds are missing of the camera's film now; a picture each 40 ms."""
        (take,) = [t for t in self.takes if t.camera == camera]
        micros = (round(s * SECOND) for s in (late, absent, silent))
        self.short_of[camera] = Shortfall(take.recording_id, camera, *micros)
        self.dropped_of[camera] = round((late + absent) * 25)
        self.dropped.emit(sum(self.dropped_of.values()))
        self.short.emit(self.short_of[camera])

    def hear(self, peak: float, *, clipped: bool = False) -> None:
        self.level.emit(SoundLevel(peak, peak - 12, clipped))

    def stop(self) -> None:
        if self.auto:
            self.finish()

    def finish(self) -> None:
        """The films end; each container holds how long its film is."""
        takes, self.takes = (*self.ended_takes, *self.takes), ()
        ends = []
        for take in takes:
            last = self.ends_of.get(take.recording_id, self.lost.get(take.camera, self._clock))
            first = min(self.starts_of.get(take.recording_id, self.first_picture), last)
            if take.camera in self.no_pictures or last <= first:
                ends.append(TakeEnd(take.recording_id, take.camera, None, None, 0, 0))
                continue
            take.file.write(str(last - first).encode())
            lost = self.dropped_of.get(take.camera, 0)
            pictures = (last - first) // 33_333
            end = TakeEnd(take.recording_id, take.camera, first, last, pictures, lost, take.second is not None)
            short = self.short_of.get(take.camera)
            if short is not None and short.recording_id == take.recording_id:
                end = replace(end, late=short.late, absent=short.absent, silent=short.silent)
            ends.append(end)
        self.dropped_of, self.short_of = {}, {}
        self.ended.emit(tuple(ends))
        self._clock = 0

    def is_recording(self) -> bool:
        return bool(self.takes)

    def close(self) -> None:
        if self.takes:
            self.finish()
        self.closed = True


def picture() -> Picture:
    return Picture(0, 0, 64, 36, np.full((36, 64, 4), 90, np.uint8))


class AtOnce:
    """Jobs that are done when they are asked for."""

    def run(self, _label, work, done, failed=None, lane="film", _broke=None) -> None:
        try:
            result = work(None)
        except AppError as error:
            failed(error)
        else:
            done(result)

    def hold(self, *, held: bool) -> None:
        """Nothing of it lasts."""
