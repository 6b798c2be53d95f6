"""Films with ten pauses in real time: each second a flash with a beep, in the pauses a tone that nobody may hear."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import av
import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from app.model.timecode import SECOND
from app.ports.recorder import CameraFormat, Take
from tests.stand_ins.hand_feeds import MemoryFile
from video.open.frame_index import index_of
from video.open.open_film import open_film
from video.playing.sound import film_samples
from video.recording.devices import EXAMPLE_CAMERAS, EXAMPLE_MICROPHONE, DeviceOpener
from video.recording.feeds import SOUND_RATE
from video.recording.film_feed import PIECE
from video.recording.recorder import FilmRecorder
from video.recording.recording_clock import SystemClock

FPS, BEEP, CANARY = 30, 1000, 3000
FLASH = SECOND // 10
SIZE = CameraFormat(320, 180, 30.0)


class FlashScene:
    """`paused`: the tone that must be in no film sounds as well."""

    def __init__(self) -> None:
        self.paused = True

    def pictures(self, view, size, now) -> Iterator[tuple[av.VideoFrame, int]]:
        wide, high = size
        shades = [np.full((high * 3 // 2, wide), 128, np.uint8) for _ in range(2)]
        shades[0][:high], shades[1][:high] = 16, 235
        number = now() * FPS // SECOND + 1
        while True:
            at = number * SECOND // FPS
            yield av.VideoFrame.from_ndarray(shades[at % SECOND < FLASH], format="yuv420p"), at
            number += 1

    def sound(self, start) -> Iterator[np.ndarray]:
        at = start * SOUND_RATE // SECOND
        while True:
            place = at + np.arange(PIECE)
            heard = 0.4 * np.sin(2 * np.pi * BEEP * place / SOUND_RATE) * (place % SOUND_RATE < SOUND_RATE // 10)
            if self.paused:
                heard = heard + 0.4 * np.sin(2 * np.pi * CANARY * place / SOUND_RATE)
            yield heard.astype(np.float32)
            at += PIECE


@dataclass
class Paused:
    """Offsets of flash and beep in µs, of every flash of every part; the canary's loudest amplitude in each part."""

    offsets: list[int] = field(default_factory=list)
    canaries: list[float] = field(default_factory=list)


def loudest(samples: np.ndarray, hertz: float) -> float:
    """How loud a tone is in the loudest twentieth of a second (Goertzel), as its amplitude."""
    count = SOUND_RATE // 20
    turns = np.exp(-2j * np.pi * hertz * np.arange(count) / SOUND_RATE)
    windows = np.lib.stride_tricks.sliding_window_view(samples, count)[:: count // 4]
    return float(np.abs(windows @ turns).max() * 2 / count)


def run(pauses: int = 10, film_ms: int = 3500, pause_ms: int = 1300) -> Paused:
    app = QCoreApplication.instance() or QCoreApplication([])
    clock, scene, loop, files = SystemClock(), FlashScene(), QEventLoop(), []
    recorder = FilmRecorder(DeviceOpener(clock, scene), clock)
    recorder.ended.connect(lambda _: loop.quit())
    recorder.watch([(EXAMPLE_CAMERAS[0], SIZE)], EXAMPLE_MICROPHONE)

    def wait(milliseconds: int) -> None:
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    wait(1000)
    for part in range(pauses + 1):
        files.append(MemoryFile(f"{part}.vau"))
        scene.paused = False
        recorder.begin([Take(str(part), 1, files[-1])])
        wait(film_ms)
        recorder.stop()
        scene.paused = True
        loop.exec()
        wait(pause_ms)
    recorder.close()
    app.processEvents()
    return _measured(files)


def _measured(files: list[MemoryFile]) -> Paused:
    found = Paused()
    for file in files:
        with open_film(io.BytesIO(bytes(file.data))) as film:
            index = index_of(film)
            film.restart()
            bright = [f.to_ndarray(format="gray").mean() > 128 for f in film.container.decode(film.pictures)]
            flashes = [int(t) for t, on, was in zip(index.times[1:], bright[1:], bright, strict=False) if on > was]
            film.restart()
            pieces, count = [], 0
            for piece in film_samples(film, index, 0):
                pieces.append(piece[:, 0])
                count += len(piece)
                if count >= index.duration * SOUND_RATE // SECOND:
                    break
        heard = np.concatenate(pieces)
        found.canaries.append(loudest(heard, CANARY))
        for flash in flashes:
            at = max((flash - SECOND // 5) * SOUND_RATE // SECOND, 0)
            loud = np.flatnonzero(np.abs(heard[at : at + SOUND_RATE // 2]) > 0.1)
            if len(loud) and at:
                found.offsets.append(int((at + loud[0]) * SECOND // SOUND_RATE) - flash)
    return found


def tell(found: Paused) -> None:
    most = max(map(abs, found.offsets)) / 1000
    print(f"  {len(found.canaries) - 1} pauses: canary at most {max(found.canaries):.5f} of 0.4   goal 0.005")
    print(
        f"  picture and sound apart in {len(found.offsets)} flashes: at most {most:.1f} ms   goal one picture, 33.3 ms"
    )
