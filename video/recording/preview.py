"""Pictures of the cameras for the screen: fewer and smaller than those that are kept, and never in their way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.model.units import CameraNumber
from app.ports import Picture
from video.open.frames import fitted

if TYPE_CHECKING:
    import av
    from av.video.reformatter import VideoReformatter

#: pictures per second and camera, and the box into which they fit
RATE = 20.0
BOX = (1280, 720)


class Preview:
    """Scales the newest picture of each camera in a thread of its own. `made` is called there.

    A camera whose picture is still on its way to the screen gets no other until `seen`.
    """

    def __init__(self, made: Callable[[int, Picture], None], rate: float = RATE) -> None:
        self._made, self._pause = made, 1 / rate
        self._newest: dict[int, av.VideoFrame] = {}
        self._on_the_way: set[int] = set()
        self._wanted: set[int] = set()
        self._numbers: dict[int, int] = {}
        self._ended = threading.Event()
        self._change = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="film preview", daemon=True)
        self._thread.start()

    def want(self, camera: CameraNumber, *, wanted: bool) -> None:
        """Whether anybody looks at this camera."""
        with self._change:
            self._wanted.discard(camera)
            if wanted:
                self._wanted.add(camera)

    def offer(self, camera: CameraNumber, frame: av.VideoFrame) -> None:
        with self._change:
            if camera in self._wanted:
                self._newest[camera] = frame
                self._change.notify_all()

    def forget(self, camera: CameraNumber) -> None:
        """The camera is lost: what was last seen of it is no picture of now."""
        with self._change:
            self._newest.pop(camera, None)

    def seen(self, camera: CameraNumber) -> None:
        with self._change:
            self._on_the_way.discard(camera)
            self._change.notify_all()

    def close(self) -> None:
        self._ended.set()
        with self._change:
            self._change.notify_all()
        self._thread.join()

    def _run(self) -> None:
        from av.video.reformatter import VideoReformatter

        reformatter = VideoReformatter()
        while not self._ended.wait(self._pause):
            for camera, frame in self._take():
                number = self._numbers[camera] = self._numbers.get(camera, -1) + 1
                self._made(camera, _picture(reformatter, frame, number))

    def _take(self) -> list[tuple[int, av.VideoFrame]]:
        def ready() -> list[int]:
            return [c for c in self._newest if c not in self._on_the_way]

        with self._change:
            self._change.wait_for(lambda: ready() or self._ended.is_set())
            cameras = ready()
            self._on_the_way.update(cameras)
            return [(c, self._newest.pop(c)) for c in cameras]


def _picture(reformatter: VideoReformatter, frame: av.VideoFrame, number: int) -> Picture:
    wide, high = fitted((frame.width, frame.height), BOX)
    pixels = reformatter.reformat(frame, wide, high, "bgra", interpolation="BILINEAR").to_ndarray()
    return Picture(0, number, wide, high, pixels)
