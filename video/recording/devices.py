"""Cameras and microphones of this computer, by name, and the examples that are always there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCameraPermission, QMicrophonePermission, QObject

from app.ports.recorder import Camera, CameraFormat, DeviceKind, Devices, Microphone
from video.recording.allowance import Allowance
from video.recording.device_search import DeviceSearch
from video.recording.feeds import Feed, Lost, PictureTaker, SoundTaker
from video.recording.recording_clock import RecordingClock

if TYPE_CHECKING:
    from video.recording.film_feed import Scene, Stage

EXAMPLE_FORMAT = CameraFormat(1920, 1080, 30.0)
EXAMPLE_CAMERAS = (
    Camera("example:1", "Esimerkkikamera 1", (EXAMPLE_FORMAT, CameraFormat(1280, 720, 30.0)), is_example=True),
    Camera("example:2", "Esimerkkikamera 2", (EXAMPLE_FORMAT, CameraFormat(1280, 720, 30.0)), is_example=True),
)
EXAMPLE_MICROPHONE = Microphone("example:mic", "Esimerkkimikrofoni", is_example=True)
#: films to be played by the example devices instead of the drawn room, apart as paths are
EXAMPLE_FILMS = "HAVAINTO_EXAMPLE_FILM"
LINUX_POWER = Path("/sys/class/power_supply")


class ComputerDevices(Devices):
    """What a child process of each kind finds through QtMultimedia, then the examples. Lives in the main thread.

    Nothing of the computer's devices is asked in this process before one of them is opened.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        cameras: DeviceSearch | None = None,
        microphones: DeviceSearch | None = None,
    ) -> None:
        super().__init__(parent)
        self._searches = {
            DeviceKind.CAMERAS: cameras or DeviceSearch(DeviceKind.CAMERAS),
            DeviceKind.MICROPHONES: microphones or DeviceSearch(DeviceKind.MICROPHONES),
        }
        for search in self._searches.values():
            search.setParent(self)
            search.changed.connect(self.changed)

    def cameras(self) -> tuple[Camera, ...]:
        return (*(_camera(row) for row in self._said(DeviceKind.CAMERAS)), *EXAMPLE_CAMERAS)

    def microphones(self) -> tuple[Microphone, ...]:
        found = (Microphone(str(row["id"]), str(row["name"])) for row in self._said(DeviceKind.MICROPHONES))
        return (*found, EXAMPLE_MICROPHONE)

    def _said(self, kind: DeviceKind) -> list[dict[str, Any]]:
        search = self._searches[kind]
        search.begin()
        found: list[dict[str, Any]] = search.said[kind] if search.said is not None else []
        return found

    @property
    def is_looking(self) -> bool:
        return any(search.is_looking for search in self._searches.values())

    def silent(self) -> tuple[DeviceKind, ...]:
        return tuple(kind for kind, search in self._searches.items() if search.is_silent)

    def unusable(self) -> tuple[str, ...]:
        said = self._searches[DeviceKind.CAMERAS].said or {}
        usable = {str(row["name"]).casefold() for row in said.get(DeviceKind.CAMERAS, ())}
        return tuple(str(name) for name in said.get("known", ()) if str(name).casefold() not in usable)

    def on_battery(self) -> bool | None:
        """Whether the computer runs on its battery; None where that cannot be known."""
        if sys.platform == "win32":
            return _windows_on_battery()
        if sys.platform == "darwin":
            return _mac_on_battery()
        return linux_on_battery(LINUX_POWER)

    def close(self) -> None:
        for search in self._searches.values():
            search.close()


class DeviceOpener:
    """Opens the computer's devices through QtMultimedia, the examples as a played scene: a `FeedOpener`.

    A device that this program may not use is not there; the recorder asks again, and finds it once that is allowed.
    """

    def __init__(self, clock: RecordingClock, scene: Scene | None = None, allowance: Allowance | None = None) -> None:
        self._clock = clock
        self._allowance = allowance or Allowance()
        self._scene = scene
        self._stage: Stage | None = None

    def camera(self, camera: Camera, form: CameraFormat | None, take: PictureTaker, lost: Lost) -> Feed | None:
        """None when it is not there."""
        if camera.is_dark:
            from video.recording.film_feed import dark_camera

            form = form or camera.formats[0]
            return dark_camera(form, self._clock, take, lost)
        if camera.is_example:
            form = form or EXAMPLE_FORMAT
            view = int(camera.id.rpartition(":")[2])
            return self._example().camera(view, (form.width, form.height), take, lost)
        if not self._allowance.holds(QCameraPermission()):
            return None
        from video.recording.qt_feeds import open_camera

        return open_camera(camera.id, form, self._clock, take, lost)

    def microphone(self, microphone: Microphone, take: SoundTaker, lost: Lost) -> Feed | None:
        """None when it is not there."""
        if microphone.is_example:
            return self._example().microphone(take, lost)
        if not self._allowance.holds(QMicrophonePermission()):
            return None
        from video.recording.qt_feeds import open_microphone

        return open_microphone(microphone.id, self._clock, take, lost)

    def _example(self) -> Stage:
        from video.recording.film_feed import Stage

        if self._stage is None:
            self._stage = Stage(self._scene or _usual_scene(), self._clock)
        return self._stage


def _usual_scene() -> Scene:
    from video.recording.film_feed import DrawnScene, FilmScene

    films = [Path(p) for p in os.environ.get(EXAMPLE_FILMS, "").split(os.pathsep) if p]
    return FilmScene(*films) if films else DrawnScene()


def _camera(row: dict[str, Any]) -> Camera:
    forms = tuple(CameraFormat(int(wide), int(high), float(fps)) for wide, high, fps in row["formats"])
    return Camera(str(row["id"]), str(row["name"]), forms)


def linux_on_battery(folder: Path) -> bool | None:
    """From what the kernel says of each supply: mains that is on, else a battery that empties."""
    mains, batteries = [], []
    try:
        for supply in folder.iterdir():
            kind = (supply / "type").read_text("ascii").strip()
            if kind == "Battery" and _scope(supply) != "Device":  # a mouse has a battery too
                batteries.append((supply / "status").read_text("ascii").strip())
            elif kind in ("Mains", "USB") and (supply / "online").exists():
                mains.append((supply / "online").read_text("ascii").strip() not in ("", "0"))
    except (OSError, UnicodeDecodeError):
        return None
    if any(mains):
        return False
    if batteries:
        return "Discharging" in batteries or bool(mains)
    return False if mains else None


def _scope(supply: Path) -> str:
    scope = supply / "scope"
    return scope.read_text("ascii").strip() if scope.exists() else ""


def _windows_on_battery() -> bool | None:
    if sys.platform == "win32":
        import ctypes

        status = (ctypes.c_ubyte * 12)()  # the first byte of SYSTEM_POWER_STATUS says whether mains is on
        if ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)):
            return {0: True, 1: False}.get(status[0])
    return None


def _mac_on_battery() -> bool | None:
    try:
        said = subprocess.run(
            ["/usr/bin/pmset", "-g", "batt"], capture_output=True, text=True, timeout=5, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return mac_says_battery(said)


def mac_says_battery(said: str) -> bool | None:
    """From the first line of `pmset -g batt`."""
    if "'AC Power'" in said:
        return False
    return True if "'Battery Power'" in said else None
