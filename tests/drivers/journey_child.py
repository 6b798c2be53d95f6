"""The process whose plug is pulled: films a meeting with the example camera up to its sixth task, and is then killed.

Tasks one to three with an interruption, the fourth left out, a pause in the fifth, the first once more, then the sixth.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer

from app.bootstrap import film_tools
from app.filming.capture import Capture
from app.filming.devices import found
from app.filming.stages import FilmingStage
from app.i18n import Texts
from app.jobs import Jobs
from app.settings.values import FilmingPlace
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost

ROOM = FilmingPlace(camera_1="example:1", camera_1_format="1280x720@30", microphone="example:mic")
LONGEST = 30_000


def until(holds: Callable[[], object]) -> None:
    """Let events run until it holds."""
    watch = QElapsedTimer()
    watch.start()
    while not holds():
        assert watch.elapsed() < LONGEST, "it never came"
        QCoreApplication.processEvents()


def film_for(capture: Capture, seconds: float) -> None:
    end = capture.now() + round(seconds * 1_000_000)
    until(lambda: capture.now() >= end)


def main(folder: Path, name: str, passphrase: str, meeting_id: str) -> None:
    QCoreApplication([])
    opened = ArchiveDoorway(KdfCost.FLOOR).unlock(folder, name, passphrase)
    tools, jobs = film_tools(), Jobs()
    capture = Capture(opened.store, opened.media, tools, jobs, Texts("fi"), meeting_id)
    devices = tools.devices()
    seen: list[object] = []
    capture.recorder.set_sink(1, seen.append)
    capture.watch(found(devices, ROOM))
    until(lambda: any(p is not None for p in seen))
    assert capture.begin()
    film_for(capture, 0.6)
    for _ in range(3):
        assert capture.next_task()
        film_for(capture, 0.8)
    assert capture.interrupt("child-left")
    film_for(capture, 0.5)
    assert capture.resume()
    assert capture.skip(4, "material-missing")
    assert capture.next_task()
    film_for(capture, 0.6)
    assert capture.pause()
    until(lambda: capture.stage == FilmingStage.PAUSED and not capture.is_busy)
    assert capture.begin()
    film_for(capture, 0.6)
    assert capture.start_task(1)
    film_for(capture, 0.6)
    assert capture.start_task(6)
    film_for(capture, 1.5)
    sys.stdout.write("sixth\n")
    sys.stdout.flush()
    film_for(capture, LONGEST)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:5])
