"""Films two noisy cameras at 1080p30 with sound into encrypted containers for as long as wished, and measures."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
import cv2
import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from app.model.identity import new_id
from app.ports.recorder import Shortfall, Take, TakeEnd
from storage.vault.film_vault import FilmVault
from video.demo.picture import Room
from video.demo.script import demo_script
from video.recording.devices import EXAMPLE_CAMERAS, EXAMPLE_FORMAT, EXAMPLE_MICROPHONE, DeviceOpener
from video.recording.film_feed import DRAWN_FPS, DrawnScene
from video.recording.recorder import FilmRecorder
from video.recording.recording_clock import SystemClock

PICTURES = 30


class NoisyScene(DrawnScene):
    """The drawn room as a camera sees it in a dim room: with noise, which costs an encoder far more than drawings do.

    A second of pictures is made before, so that what is measured is filming.
    """

    def __init__(self, size: tuple[int, int], noise: float = 3.0) -> None:
        room, chance = Room(demo_script()), np.random.default_rng(1)
        self._made = []
        for number in range(PICTURES):
            drawn = cv2.resize(room.picture(10_000_000 + number * 1_000_000 // DRAWN_FPS), size).astype(np.float32)
            noisy = np.clip(drawn + chance.normal(0, noise, drawn.shape), 0, 255).astype(np.uint8)
            self._made.append(cv2.cvtColor(noisy, cv2.COLOR_BGR2YUV_I420))

    def pictures(self, view, size, now) -> Iterator[tuple[av.VideoFrame, int]]:
        number = now() * DRAWN_FPS // 1_000_000 + 1
        while True:
            planes = self._made[(number + view * 7) % PICTURES]
            yield av.VideoFrame.from_ndarray(planes, format="yuv420p"), number * 1_000_000 // DRAWN_FPS
            number += 1


@dataclass
class Measured:
    """Memory in MB by second since filming began; CPU seconds per second (2.0 is two whole cores)."""

    seconds: float = 0.0
    cpu: float = 0.0
    memory: list[tuple[float, float]] = field(default_factory=list)
    ends: tuple[TakeEnd, ...] = ()
    troubles: list[str] = field(default_factory=list)
    shown: int = 0
    size: int = 0
    unsafe: int = 0  # µs: the most of a film that was on no disk yet, so that a power cut would have cost it

    def memory_around(self, second: float) -> float:
        """The median of the ten seconds before."""
        return float(np.median([mb for at, mb in self.memory if second - 10 <= at <= second]))


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


#: a program beside that writes 8 MB and forces them to the disk, again and again
BUSY_DISK = """
import os, sys
out = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
while True:
    os.pwrite(out, os.urandom(8_000_000), 0)
    os.fsync(out)
"""


@contextlib.contextmanager
def busy_disk(folder: Path, programs: int) -> Iterator[None]:
    """So many programs beside that keep the folder's disk busy."""
    command = [sys.executable, "-S", "-c", BUSY_DISK]
    beside = [subprocess.Popen([*command, str(folder / f"busy-{n}")]) for n in range(programs)]
    try:
        yield
    finally:
        for one in beside:
            one.kill()
            one.wait()


def run(seconds: float, busy: int = 0) -> Measured:
    """Film for so long; the preview is looked at all the time. `busy` programs beside keep the disk busy."""
    app = QCoreApplication.instance() or QCoreApplication([])
    clock, found, loop = SystemClock(), Measured(), QEventLoop()
    size = EXAMPLE_FORMAT.width, EXAMPLE_FORMAT.height
    recorder = FilmRecorder(DeviceOpener(clock, NoisyScene(size)), clock)

    def seen(picture: object) -> None:
        found.shown += picture is not None

    def ended(ends: tuple[TakeEnd, ...]) -> None:
        found.ends = ends
        loop.quit()

    recorder.trouble.connect(lambda key, camera, at: found.troubles.append(f"{key} {camera} {at}"))
    recorder.ended.connect(ended)

    def short(what: Shortfall) -> None:
        found.unsafe = max(found.unsafe, what.unsafe)

    recorder.short.connect(short)
    folder = Path.cwd() / "build" if Path("build").exists() else None
    with tempfile.TemporaryDirectory(dir=folder) as place, busy_disk(Path(place), busy):
        vault = FilmVault(Path(place), os.urandom(32))
        for camera in (1, 2):
            recorder.set_sink(camera, seen)
        recorder.watch([(c, EXAMPLE_FORMAT) for c in EXAMPLE_CAMERAS], EXAMPLE_MICROPHONE)
        takes = [Take(i, n, vault.begin(i, live=True)) for n, i in enumerate((new_id(), new_id()), start=1)]
        QTimer.singleShot(1000, loop.quit)
        loop.exec()  # the devices have begun
        begun, cpu = time.monotonic(), time.process_time()
        recorder.begin(takes)
        look = QTimer()
        look.timeout.connect(lambda: found.memory.append((time.monotonic() - begun, resident())))
        look.start(500)
        QTimer.singleShot(int(seconds * 1000), recorder.stop)
        loop.exec()
        look.stop()
        found.seconds = time.monotonic() - begun
        found.cpu = (time.process_time() - cpu) / found.seconds
        recorder.close()
        found.size = sum(take.file.keep().size for take in takes)
        vault.close()
    app.processEvents()
    return found


def tell(found: Measured) -> None:
    """The figures as lines."""
    dropped, kept = sum(e.dropped for e in found.ends), sum(e.pictures for e in found.ends)
    print(f"  2 x 1080p30 + sound for {found.seconds:.0f} s: {kept} pictures kept, {dropped} dropped   goal 0 dropped")
    shown = found.shown / found.seconds / 2
    kinds = Counter(t.split()[0] for t in found.troubles)
    said = ", ".join(f"{key} {n}" for key, n in kinds.items()) or "none"
    print(f"  warnings: {said}; {shown:.1f} previews/s and camera")
    rate = found.size * 8 / found.seconds / 2e6
    print(f"  CPU: {found.cpu:.2f} of {os.cpu_count()} cores; {rate:.1f} Mbit/s and camera")
    print(f"  on no disk yet at any moment: at most {found.unsafe / 1e6:.1f} s of a film   goal 1.5 s")
    middle, most = min(60.0, found.seconds / 2), max(m for _, m in found.memory)
    first, last = found.memory_around(middle), found.memory_around(found.seconds)
    print(f"  memory at {middle:.0f} s: {first:.0f} MB, at the end: {last:.0f} MB, most: {most:.0f} MB")
