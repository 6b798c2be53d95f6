"""Which devices film: from a room's preset or what the last meeting used to what is plugged in now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from app.ports.recorder import NO_PICTURE, Camera, CameraFormat, Devices, Microphone
from app.settings.values import FilmingPlace

D = TypeVar("D", Camera, Microphone)
#: what is asked of a camera when nobody chose otherwise (video.md): 1080p at 30 pictures a second
WISHED = CameraFormat(1920, 1080, 30.0)
#: two cameras at most are kept at once
MOST_CAMERAS = 2


@dataclass(frozen=True, slots=True)
class Setup:
    """Cameras in their order with the format of each, the microphone, and the folder of a second copy."""

    cameras: tuple[tuple[Camera, CameraFormat | None], ...] = ()
    microphone: Microphone | None = None
    second_folder: Path | None = None

    @property
    def is_example(self) -> bool:
        return any(camera.is_example for camera, _ in self.cameras)

    @property
    def is_sound_only(self) -> bool:
        """Whether no camera sees anything: it is of this one session, and no next one begins with it."""
        return any(camera.is_dark for camera, _ in self.cameras)


def best_format(camera: Camera) -> CameraFormat | None:
    """The largest picture up to 1080p, at the rate nearest to 30; None leaves it to the camera."""
    fitting = [f for f in camera.formats if f.height <= WISHED.height and f.width <= WISHED.width]
    if not fitting:
        return min(camera.formats, key=lambda f: f.width * f.height, default=None)
    return max(fitting, key=lambda f: (f.width * f.height, -abs(f.fps - WISHED.fps)))


def format_key(wanted: CameraFormat | None) -> str:
    """`1920x1080@30`: how a format is kept in the settings; empty for the camera's own choice."""
    return "" if wanted is None else f"{wanted.width}x{wanted.height}@{wanted.fps:g}"


def format_of(camera: Camera, key: str) -> CameraFormat | None:
    """The camera's format of that key, or its best one."""
    return next((f for f in camera.formats if format_key(f) == key), None) or best_format(camera)


def cameras_of(devices: Devices, *, sound_only: bool) -> tuple[Camera, ...]:
    """What can film here; last, where sound is enough, no camera at all."""
    return (*devices.cameras(), *((NO_PICTURE,) if sound_only else ()))


def found(devices: Devices, preset: FilmingPlace, *, sound_only: bool = False) -> Setup:
    """What of a preset is plugged in now. A device is known by its id, and by its name when it got another id.

    A preset that names no camera takes the first one that is not the example, once all have been looked for; none of a
    preset's cameras is replaced by another, for a wrong camera is worse than a missing one.
    """
    there = cameras_of(devices, sound_only=sound_only)
    if not preset.camera_1:
        seeing = [c for c in there if not c.is_dark]
        example = None if devices.is_looking else next(iter(seeing), None)  # one of the computer's own may come
        first = next((c for c in seeing if not c.is_example), example)
        cameras = [] if first is None else [(first, best_format(first))]
    else:
        wanted = (
            (preset.camera_1, preset.camera_1_name, preset.camera_1_format),
            (preset.camera_2, preset.camera_2_name, preset.camera_2_format),
        )
        cameras = []
        for key, name, size in wanted:
            left = [c for c in there if c not in [used for used, _ in cameras]]
            camera = _named(left, key, name)
            if camera is not None:
                cameras.append((camera, format_of(camera, size)))
    heard = devices.microphones()
    own = [m for m in heard if m.is_example == any(c.is_example for c, _ in cameras)]
    microphone = _named(list(heard), preset.microphone, preset.microphone_name)
    if microphone is None and not preset.microphone:
        microphone = next(iter(own), None)
    folder = Path(preset.second_folder) if preset.second_folder else None
    return Setup(tuple(cameras), microphone, folder)


def _named(there: list[D], key: str, name: str) -> D | None:
    if not key:
        return None
    return next((d for d in there if d.id == key), None) or next((d for d in there if d.name == name), None)


def preset_of(setup: Setup, base: FilmingPlace) -> FilmingPlace:
    """The setup as a preset with the name and the positions of `base`."""
    cameras = [*setup.cameras, (None, None), (None, None)][:MOST_CAMERAS]
    (first, first_format), (second, second_format) = cameras
    return replace(
        base,
        camera_1=first.id if first else "",
        camera_1_name=first.name if first else "",
        camera_1_format=format_key(first_format),
        camera_2=second.id if second else "",
        camera_2_name=second.name if second else "",
        camera_2_format=format_key(second_format),
        microphone=setup.microphone.id if setup.microphone else "",
        microphone_name=setup.microphone.name if setup.microphone else "",
        second_folder=str(setup.second_folder) if setup.second_folder else "",
    )
