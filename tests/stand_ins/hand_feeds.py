"""A camera, a microphone, a clock and a disk that do what a test says, at once."""

import threading

import av
import numpy as np

from app.errors import ContainerError
from app.ports import TakenIn
from app.ports.recorder import Camera, CameraFormat, Microphone
from tests.material.films import numbered

SIZE = CameraFormat(192, 128, 25.0)
CAMERAS = (Camera("hand:1", "1", (SIZE,)), Camera("hand:2", "2", (SIZE,)))
MICROPHONE = Microphone("hand:mic", "mic")


def picture(number: int) -> av.VideoFrame:
    """A numbered picture, as a camera gives it."""
    return av.VideoFrame.from_ndarray(numbered(number), format="bgr24").reformat(format="yuv420p")


class HandClock:
    """Turned by hand; `sleep` is what the awake clock does not see."""

    def __init__(self) -> None:
        self.at, self.slept = 5_000_000, 0

    def now(self) -> int:
        return self.at

    def awake(self) -> int:
        return self.at - self.slept

    def advance(self, micros: int) -> None:
        self.at += micros

    def sleep(self, micros: int) -> None:
        self.at += micros
        self.slept += micros


class HandFeed:
    def __init__(self, take, lost) -> None:
        self._take, self.lost, self.closed = take, lost, False

    def take(self, what, at: int) -> None:
        if not self.closed:
            self._take(what, at)

    def close(self) -> None:
        self.closed = True


class HandOpener:
    """`plugged` are the ids of the devices that are there; `feeds` those that were opened last."""

    def __init__(self) -> None:
        self.plugged = {"hand:1", "hand:2", "hand:mic"}
        self.feeds: dict[str, HandFeed] = {}

    def camera(self, camera, form, take, lost):
        return self._open(camera.id, take, lost)

    def microphone(self, microphone, take, lost):
        return self._open(microphone.id, take, lost)

    def _open(self, device: str, take, lost):
        if device not in self.plugged:
            return None
        self.feeds[device] = HandFeed(take, lost)
        return self.feeds[device]

    def pull_out(self, device: str) -> None:
        self.plugged.discard(device)
        self.feeds[device].lost()


class MemoryFile:
    """A container in memory. It refuses with `error` once `fails_after` bytes are in; `gate` holds writing up."""

    def __init__(self, name: str = "a.vau") -> None:
        self.name, self.wrapped_key = name, b"key"
        self.data = bytearray()
        self.writes: list[int] = []
        self.error: str | None = None
        self.fails_after = 0
        self.gate = threading.Event()
        self.gate.set()
        self.durable = 0
        self.synced = self.kept = self.discarded = False

    def write(self, data: bytes) -> int:
        self.gate.wait(20)
        if self.error is not None and len(self.data) >= self.fails_after:
            raise ContainerError(self.error)
        self.data += data
        self.writes.append(len(data))
        self.synced = False
        return len(data)

    def sync(self) -> None:
        self.synced, self.durable = True, len(self.data)

    def keep(self) -> TakenIn:
        self.kept = True
        return TakenIn(self.name, self.wrapped_key, "0" * 64, len(self.data), 1)

    def keep_front(self) -> TakenIn:
        return self.keep()

    def discard(self) -> None:
        self.discarded = True


def beep(count: int, at: int, loud: float = 0.5) -> np.ndarray:
    """Silence of `count` samples with a tone from sample `at` on."""
    samples = np.zeros(count, np.float32)
    samples[at:] = loud * np.sin(2 * np.pi * 1000 * np.arange(count - at) / 48_000)
    return samples
