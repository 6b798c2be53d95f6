"""Devices and a recorder without cameras: pictures come when a test says so, and so does every trouble."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import numpy as np

from app.errors import ContainerError, FilmError
from app.model.timecode import SECOND, Micros
from app.ports import Picture
from app.ports.recorder import (
    Camera,
    CameraFormat,
    Devices,
    Microphone,
    Recorder,
    SoundLevel,
    Take,
    TakeEnd,
    Trouble,
)

GAP: Micros = SECOND // 25
FULL_HD = CameraFormat(1920, 1080, 30.0)
CAMERAS = (
    Camera("example:1", "Esimerkkikamera 1", (FULL_HD,), is_example=True),
    Camera("example:2", "Esimerkkikamera 2", (FULL_HD,), is_example=True),
)
MICROPHONE = Microphone("example:mic", "Esimerkkimikrofoni", is_example=True)


class FakeDevices(Devices):
    """Whatever a test plugs in."""

    def __init__(self, cameras: Sequence[Camera] = CAMERAS, microphones: Sequence[Microphone] = (MICROPHONE,)) -> None:
        super().__init__()
        self._cameras, self._microphones = tuple(cameras), tuple(microphones)
        self.battery: bool | None = False
        self.closed = False

    def cameras(self) -> tuple[Camera, ...]:
        return self._cameras

    def microphones(self) -> tuple[Microphone, ...]:
        return self._microphones

    def on_battery(self) -> bool | None:
        return self.battery

    def close(self) -> None:
        self.closed = True

    def plug(self, cameras: Sequence[Camera], microphones: Sequence[Microphone] = (MICROPHONE,)) -> None:
        """Other devices from now on."""
        self._cameras, self._microphones = tuple(cameras), tuple(microphones)
        self.changed.emit()


class FakeRecorder(Recorder):
    """Time passes and pictures come only in `film`. Each picture is written to its take's file as its number."""

    def __init__(self) -> None:
        super().__init__()
        self.watched: tuple[Camera, ...] = ()
        self.microphone: Microphone | None = None
        self._sinks: dict[int, Callable[[Picture | None], None]] = {}
        self._gone: set[int] = set()
        self._clock: Micros = 0
        self._recording = False
        self._running: dict[int, TakeEnd] = {}
        self._takes: dict[str, Take] = {}
        self._ends: list[TakeEnd] = []
        self._dropped = 0
        self._pixels = np.zeros((36, 64, 4), np.uint8)
        self.closed = False
        self.stuck: Micros | None = None  # from here on nothing gets onto the disk

    def watch(self, cameras: Sequence[tuple[Camera, CameraFormat | None]], microphone: Microphone | None) -> None:
        assert not self._recording, "what is recorded is not let go of"
        self.watched = tuple(c for c, _ in cameras)
        self.microphone = microphone
        self._gone = set()
        self._show()

    def set_sink(self, camera: int, sink) -> None:
        if sink is None:
            self._sinks.pop(camera, None)
        else:
            self._sinks[camera] = sink
            self._show()

    def begin(self, takes: Sequence[Take]) -> datetime:
        there = [t for t in takes if t.camera in self._there()]
        if not there:
            raise FilmError("no-camera")
        away = [t for t in takes if t not in there]
        if not self._recording:
            self._clock, self._dropped, self._ends, self._takes = 0, 0, [], {}
            self._recording = True
            self.dropped.emit(0)
        self._ends += [TakeEnd(t.recording_id, t.camera, None, None, 0, 0, t.second is not None) for t in away]
        for take in there:
            assert take.camera not in self._running, "one film per camera at a time"
            self._takes[take.recording_id] = take
            second = take.second is not None
            self._running[take.camera] = TakeEnd(take.recording_id, take.camera, None, None, 0, 0, second)
        return datetime.now(UTC)

    def clock(self) -> Micros:
        return self._clock

    def on_disk(self, camera: int) -> Micros | None:
        end = self._running.get(camera)
        if end is None or end.last is None:
            return None
        return min(end.last, self.stuck) if self.stuck is not None else end.last

    def stop(self) -> None:
        if not self._recording:
            return
        for camera in tuple(self._running):
            self._end(camera)

    def is_recording(self) -> bool:
        return self._recording

    def close(self) -> None:
        self.stop()
        self.watched, self.closed = (), True

    # what a test makes happen

    def film(self, micros: Micros) -> None:
        """Time passes: a picture of every camera each 40 ms, and sound."""
        until = self._clock + micros
        while self._clock < until:
            if self._recording:
                for camera in tuple(self._running):
                    self._picture(camera)
                self._clock += GAP
            else:
                until -= GAP
            self._show()
            if self.microphone is not None:
                self.level.emit(SoundLevel(-18.0, -30.0, clipped=False))

    def lose_camera(self, camera: int) -> None:
        self._gone.add(camera)
        if camera in self._sinks:
            self._sinks[camera](None)
        self._tell(Trouble.CAMERA_LOST, camera)
        if camera in self._running:
            self._end(camera)

    def return_sound(self) -> None:
        self._tell(Trouble.SOUND_BACK, 0)

    def return_camera(self, camera: int) -> None:
        self._gone.discard(camera)
        self._tell(Trouble.CAMERA_BACK, camera)
        self._show()

    def lose_sound(self) -> None:
        self._tell(Trouble.SOUND_LOST, 0)

    def drop(self, pictures: int, camera: int = 1) -> None:
        """The writer falls behind: warned first, then pictures are lost."""
        from dataclasses import replace

        self._tell(Trouble.BEHIND, camera)
        self._dropped += pictures
        if camera in self._running:
            end = self._running[camera]
            self._running[camera] = replace(end, dropped=end.dropped + pictures)
        self.dropped.emit(self._dropped)
        self._tell(Trouble.CAUGHT_UP, camera)

    def sleep(self, micros: Micros) -> None:
        """The lid was closed for so long; the films end there."""
        before = self._clock
        self._clock += micros
        self.trouble.emit(Trouble.SLEPT.value, 0, before)
        self.stop()

    def fail(self, trouble: Trouble, camera: int = 1) -> None:
        """`DISK_FULL`, `WRITE_FAILED` or `SECOND_COPY_LOST` of one camera."""
        from dataclasses import replace

        end = self._running.get(camera)
        if end is not None and trouble is Trouble.SECOND_COPY_LOST:
            self._running[camera] = replace(end, second_whole=False)
        elif end is not None:
            self._running[camera] = replace(end, file_whole=False)
        self._tell(trouble, camera)
        if end is not None and not (self._running[camera].file_whole or self._running[camera].second_whole):
            self._end(camera)

    def _there(self) -> set[int]:
        return {n for n in range(1, len(self.watched) + 1) if n not in self._gone}

    def _tell(self, trouble: Trouble, camera: int) -> None:
        self.trouble.emit(trouble.value, camera, self._clock if self._recording else None)

    def _show(self) -> None:
        for camera in self._there() & self._sinks.keys():
            self._sinks[camera](Picture(self._clock, self._clock // GAP, 64, 36, self._pixels))

    def _picture(self, camera: int) -> None:
        from dataclasses import replace

        end = self._running[camera]
        take = self._takes[end.recording_id]
        number = end.pictures.to_bytes(4, "little")
        try:
            if end.second_whole and take.second is not None:
                take.second.write(number)
        except ContainerError:
            self.fail(Trouble.SECOND_COPY_LOST, camera)
        try:
            if end.file_whole:
                take.file.write(number)
        except ContainerError as error:
            self.fail(Trouble.DISK_FULL if error.key == "disk-full" else Trouble.WRITE_FAILED, camera)
        if camera not in self._running:
            return
        end = self._running[camera]
        first = self._clock if end.first is None else end.first
        self._running[camera] = replace(end, first=first, last=self._clock, pictures=end.pictures + 1)
        if end.first is None:
            self.started.emit(end.recording_id, first)

    def _end(self, camera: int) -> None:
        self._ends.append(self._running.pop(camera))
        if not self._running:
            self._recording = False
            ends, self._ends = tuple(self._ends), []
            self.ended.emit(ends)
