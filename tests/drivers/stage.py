"""What stands around a player in tests: the screen and loudspeaker before it, and films with their copies behind it."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.ports import Picture
from app.ports.player import Reel, ScrubPart
from tests.material.films import read_number
from video.copies.scrub_copy import parts, write_scrub
from video.open.frame_index import FrameIndex, build_index
from video.playing.play_clock import PlainClock
from video.playing.player import FilmPlayer
from video.playing.sound import FRAME_BYTES, RATE


class Screen:
    """A sink that keeps what a view would have painted, also that there was nothing."""

    def __init__(self) -> None:
        self.given: list[Picture | None] = []

    def __call__(self, picture: Picture | None) -> None:
        self.given.append(picture)

    @property
    def pictures(self) -> list[Picture]:
        return [p for p in self.given if p is not None]

    @property
    def numbers(self) -> list[int]:
        """Read back from the pixels."""
        return [read_number(p.pixels) for p in self.pictures]

    @property
    def on(self) -> Picture | None:
        return self.given[-1] if self.given else None


class Loudspeaker:
    """An output that plays in real time what it was given, and keeps it."""

    def __init__(self) -> None:
        self.heard = bytearray()
        self.begun: float | None = None
        self.volume = 1.0
        self.closed = False
        self.stuck = False

    def _by_now(self) -> int:
        if self.begun is None or self.stuck:
            return 0
        return min(int((time.monotonic() - self.begun) * RATE) * FRAME_BYTES, len(self.heard))

    def room(self) -> int:
        return max(RATE * FRAME_BYTES // 4 - (len(self.heard) - self._by_now()), 0)

    def write(self, sound: bytes) -> int:
        if self.begun is None:
            self.begun = time.monotonic()
        self.heard += sound
        return len(sound)

    def played(self) -> int:
        return self._by_now() // FRAME_BYTES * 1_000_000 // RATE

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def close(self) -> None:
        self.closed = True


def hurried(times: float) -> type[PlainClock]:
    """The clock of films that play unheard, so many times faster than the day's: for questions that are not of time."""

    class Hurried(PlainClock):
        def played(self) -> float:
            return self._start + (super().played() - self._start) * times

    return Hurried


def until(holds: Callable[[], object], seconds: float = 10.0) -> None:
    """Let events run until it holds, looking every millisecond: who drives a player by many small moves waits often."""
    deadline, look = QDeadlineTimer(round(seconds * 1000)), QTimer(interval=1)
    look.start()
    try:
        while not holds():
            assert not deadline.hasExpired(), "it never came"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    finally:
        look.stop()


def is_at_rest(player: FilmPlayer, screen: Screen) -> bool:
    """The full picture of the place that was wished last is on camera 1's screen: nothing is still on its way."""
    resting, place = player._readers[1]._resting, player._films.strips[1].place_at(player._wanted)
    return (
        resting is not None
        and place is not None
        and resting[1] == place.position
        and resting[3] is screen.on
    )  # fmt: skip


def pixels_of(view: QWidget, picture: Picture) -> np.ndarray:
    """What a window really shows of the film: the pixels within the largest box of the picture's shape."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    whole = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    share = min(image.width() / picture.width, image.height() / picture.height)
    wide, high = round(picture.width * share), round(picture.height * share)
    left, top = (image.width() - wide) // 2, (image.height() - high) // 2
    return whole[top : top + high, left : left + wide].copy()


def scrub_parts(path: Path, length: int | None = None) -> tuple[ScrubPart, ...]:
    """A film's scrub copy, made now; parts of `length` µs."""
    index = build_index(path)
    spans = parts(index) if length is None else parts(index, length)
    return tuple(_part(path, index, span) for span in spans)


def _part(path: Path, index: FrameIndex, span: tuple[int, int]) -> ScrubPart:
    out = io.BytesIO()
    with path.open("rb") as file:
        packed = write_scrub(file, index, span, out.write, lambda _: None)
    content = out.getvalue()
    return ScrubPart(*span, lambda: io.BytesIO(content), packed)


def reel(path: Path, name: str = "a", camera: int = 1, offset: int = 0, **more: object) -> Reel:
    """A film on the disk as a player opens it."""
    opener: Callable[[], io.BufferedReader] = lambda: path.open("rb")  # noqa: E731  # a partial would need the mode
    return Reel(name, camera, opener, build_index(path).pack(), offset, **more)
