"""Ports of filming: cameras and microphones by name, and the recorder that keeps what they give. They carry signals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from app.model.timecode import Micros
from app.ports import NewContainer, Picture


@dataclass(frozen=True, slots=True)
class CameraFormat:
    """Size in pixels and pictures per second."""

    width: int
    height: int
    fps: float


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera of this computer. `id` is the system's and stays the same; an example camera plays a film.

    One that `is_dark` sees nothing: in its place sound alone is recorded, under a black picture.
    """

    id: str
    name: str
    formats: tuple[CameraFormat, ...] = ()
    is_example: bool = False
    is_dark: bool = False


#: no camera, where sound is enough: a small black picture keeps the film's time
NO_PICTURE = Camera("no-picture", "", (CameraFormat(640, 360, 10.0),), is_dark=True)


@dataclass(frozen=True, slots=True)
class Microphone:
    """A microphone of this computer; an example microphone plays a film's sound."""

    id: str
    name: str
    is_example: bool = False


class DeviceKind(StrEnum):
    """What is looked for, each apart: a driver that hangs costs its own kind only."""

    CAMERAS = "cameras"
    MICROPHONES = "microphones"


class Devices(QObject):
    """What can film here, as it is now; `changed` when something was plugged in or pulled out, or was found at last."""

    changed = Signal()

    @property
    def is_looking(self) -> bool:
        """Whether devices are still being looked for: what is not there yet may be there in a moment."""
        return False

    def silent(self) -> tuple[DeviceKind, ...]:
        """Kinds whose drivers do not answer: none of them is known, and they are asked again now and then."""
        return ()

    def unusable(self) -> tuple[str, ...]:
        """Names of cameras that the system knows and this program cannot use."""
        return ()

    def cameras(self) -> tuple[Camera, ...]:
        raise NotImplementedError

    def microphones(self) -> tuple[Microphone, ...]:
        raise NotImplementedError

    def on_battery(self) -> bool | None:
        """Whether the computer runs on its battery; None where that cannot be known."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class Take:
    """Where one camera's film goes. `second` is the copy on another disk."""

    recording_id: str
    camera: int
    file: NewContainer
    second: NewContainer | None = None


@dataclass(frozen=True, slots=True)
class TakeEnd:
    """How one camera's film ended. Times are microseconds since `begin`, by the recorder's own clock.

    `first` and `last` are None when no picture came at all. `dropped` pictures are those that should have come by the
    camera's rate and the clock of filming, and are not in the film, whatever became of them; `late`, `absent` and
    `silent` are as in `Shortfall`. `file_whole` is False when the film's own file could not be written to the end: then
    the second copy, where it is whole, is the film. One that `second_hangs` still waits for its disk: it is left alone.
    """

    recording_id: str
    camera: int
    first: Micros | None
    last: Micros | None
    pictures: int
    dropped: int
    second_whole: bool = False
    file_whole: bool = True
    late: Micros = 0
    absent: Micros = 0
    silent: Micros = 0
    second_hangs: bool = False


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a film lacks up to now of what should have come; it only grows.

    `late` is time whose pictures the computer lost because it did not keep up, `absent` time for which the camera gave
    none, `silent` time for which the microphone gave no sound; `unsafe` is the most of the film that was not on any
    disk yet at any moment: so much a power cut would have cost. All in microseconds.
    """

    recording_id: str
    camera: int
    late: Micros = 0
    absent: Micros = 0
    silent: Micros = 0
    unsafe: Micros = 0


@dataclass(frozen=True, slots=True)
class SoundLevel:
    """Peak and mean of the last moment, in decibels below full scale (0 is the loudest); `clipped` when it hit it."""

    peak_db: float
    mean_db: float
    clipped: bool


class Trouble(StrEnum):
    """What can go wrong while filming, as keys: the sentence is the screen's."""

    CAMERA_LOST = "camera-lost"
    CAMERA_BACK = "camera-back"  # its pictures are shown again; a film of them begins with another `begin`
    SOUND_LOST = "sound-lost"  # pictures go on, with silence
    SOUND_BACK = "sound-back"  # heard again, in the same films
    BEHIND = "writer-behind"  # the computer does not keep up; a warning before anything is dropped
    CAUGHT_UP = "writer-caught-up"
    FEW_PICTURES = "few-pictures"  # the camera gives fewer than it should, though the computer keeps up
    ENOUGH_PICTURES = "enough-pictures"
    DISK_FULL = "disk-full"
    WRITE_FAILED = "write-failed"
    SECOND_COPY_LOST = "second-copy-lost"
    SLEPT = "slept"  # the computer slept: nothing from the time given until now, and the films end there
    NO_PICTURES = "no-pictures"  # a camera that is filmed gives none for two seconds
    PICTURES_BACK = "pictures-back"
    NOT_ON_DISK = "not-on-disk"  # pictures come, and for two seconds none of them got onto a disk
    ON_DISK = "on-disk"


class Recorder(QObject):
    """Watches up to two cameras and one microphone, and keeps what they give. All signals on the main thread.

    Pictures are shown from the moment of `watch`; they are kept between `begin` and `stop`. One camera that fails never
    stops the other: its film ends there, whole. When the computer slept all films end with what came before (`SLEPT`,
    then `ended`): what comes afterward is for films of another `begin`. Lost devices are looked for as long as they are
    watched. When a disk is full or fails, that film ends there as well, unless its second copy goes on.
    """

    level = Signal(object)  # SoundLevel, about ten times a second
    trouble = Signal(str, int, object)  # a key of `Trouble`, the camera (0: all or none), Micros since `begin` or None
    dropped = Signal(int)  # pictures that should be there since `begin` and are not, all cameras; 0 when it begins
    short = Signal(object)  # Shortfall: more of a film is missing than was told before
    started = Signal(str, object)  # a recording's id and the time of its first picture, Micros since `begin`
    ended = Signal(object)  # tuple[TakeEnd, ...]: after `stop` or the end of the last film, with all on the disk

    def watch(self, cameras: Sequence[tuple[Camera, CameraFormat | None]], microphone: Microphone | None) -> None:
        """Open the devices, camera 1 first; what was watched before is let go of."""
        raise NotImplementedError

    def set_sink(self, camera: int, sink: Callable[[Picture | None], None] | None) -> None:
        """Where pictures of camera 1 or 2 are shown, on the main thread; None is given when it is lost."""
        raise NotImplementedError

    def begin(self, takes: Sequence[Take]) -> datetime:
        """Keep pictures and sound from now on, one film per camera, the sound in each. Returns the time of day.

        The recorder's clock starts here. While others are recording, takes of cameras that have none (one that came
        back) are added and the clock goes on. What is lost of the devices then is told anew, for it is missing of these
        films too. Raises FilmError(`no-camera`) when none of the cameras gives pictures.
        """
        raise NotImplementedError

    def clock(self) -> Micros:
        """Microseconds since `begin`; 0 before."""
        raise NotImplementedError

    def on_disk(self, camera: int) -> Micros | None:
        """Up to which time since `begin` a camera's film is on a disk for certain, so that no power cut takes it.

        None while nothing of it is, and for a camera that is not recorded.
        """
        raise NotImplementedError

    def stop(self) -> None:
        """Finish the films; `ended` follows with every take since `begin`. The cameras are still watched.

        When the last running film ends by itself (its camera is lost, its disk full), `ended` follows as well.
        """
        raise NotImplementedError

    def is_recording(self) -> bool:
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the devices. A recording is finished first."""
        raise NotImplementedError
