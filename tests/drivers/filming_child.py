"""The process that the kill test kills: films into an archive, and logs each picture as it comes to the recorder.

The log is a file, so that nobody who reads slowly holds a camera up; a line is `camera time`, in µs of the clock that
all processes of this computer share.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.filming.devices import Setup
from app.filming.takes import open_takes
from app.model.change import added
from app.model.meeting import Meeting
from app.ports.recorder import CameraFormat
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from video.recording.devices import EXAMPLE_CAMERAS, EXAMPLE_MICROPHONE, DeviceOpener
from video.recording.film_feed import DrawnScene
from video.recording.recorder import FilmRecorder
from video.recording.recording_clock import SystemClock


class LoggedOpener:
    """The example devices, with a line for every picture that they hand over."""

    def __init__(self, inner: DeviceOpener, log: int) -> None:
        self._inner, self._log = inner, log

    def camera(self, camera, form, take, lost):
        number = int(camera.id[-1])

        def logged(frame, at):
            os.write(self._log, f"{number} {at}\n".encode())
            take(frame, at)

        return self._inner.camera(camera, form, logged, lost)

    def microphone(self, microphone, take, lost):
        return self._inner.microphone(microphone, take, lost)


def main(folder: str, passphrase: str, log: str, size: str, second: str = "") -> None:
    app = QCoreApplication([])
    opened = ArchiveDoorway(KdfCost.FLOOR).unlock(Path(folder), "Aino", passphrase)
    (met,) = opened.store.find(Meeting)
    wide, high = (int(x) for x in size.split("x"))
    cameras = tuple((c, CameraFormat(wide, high, 30.0)) for c in EXAMPLE_CAMERAS)
    setup = Setup(cameras, EXAMPLE_MICROPHONE, second_folder=Path(second) if second else None)
    takes = open_takes(opened.media, met.id, setup, 0, datetime.now(UTC))
    opened.store.apply("filming", [added(t.book) for t in takes])
    clock = SystemClock()
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    recorder = FilmRecorder(LoggedOpener(DeviceOpener(clock, DrawnScene()), descriptor), clock)
    first: list[str] = []

    def started(recording_id: str, _at: int) -> None:
        first.append(recording_id)
        if len(first) == len(takes):
            print("filming", flush=True)

    recorder.started.connect(started)
    recorder.watch(setup.cameras, setup.microphone)
    recorder.begin([t.take for t in takes])
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
