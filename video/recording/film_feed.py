"""Example cameras and an example microphone: a film, or the drawn room, played as if it happened in front of them.

All of them look at one scene that goes on by the recording clock, so that lips and voices belong together.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import av
import cv2
import numpy as np
from av.video.reformatter import VideoReformatter

from app.errors import AppError
from app.model.timecode import SECOND, Micros
from app.model.units import CameraNumber
from app.ports.recorder import CameraFormat
from video.recording.feeds import SOUND_RATE, Lost, PictureTaker, SoundTaker
from video.recording.recording_clock import RecordingClock

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: samples in a piece of sound, as a microphone gives them
PIECE = SOUND_RATE // 50
#: pictures per second of the drawn cameras
DRAWN_FPS = 30
#: what is later than this is passed over, as a camera that was held up would
LATE: Micros = SECOND // 2


class Scene(Protocol):
    """What happens in front of the example devices, again and again. `view` is the camera's number, from 1."""

    def pictures(
        self, view: int, size: tuple[int, int], now: Callable[[], Micros]
    ) -> Iterator[tuple[av.VideoFrame, Micros]]:
        """Pictures in this size and their times, always rising, from `now` (time of the scene) on.

        What is long past by the time it could be shown may be left out, as a camera that is held up would.
        """
        ...

    def sound(self, start: Micros) -> Iterator[NDArray[Any]]:
        """Float32, one channel at `SOUND_RATE`, from `start` on, in pieces of `PIECE` samples."""
        ...


class DrawnScene:
    """The two drawn people at their table; the second camera sees them closer and from the other side."""

    def pictures(
        self, view: int, size: tuple[int, int], now: Callable[[], Micros]
    ) -> Iterator[tuple[av.VideoFrame, Micros]]:
        from video.demo.picture import Room
        from video.demo.script import LENGTH, demo_script

        room, number = Room(demo_script()), now() * DRAWN_FPS // SECOND + 1
        while True:
            current = now() * DRAWN_FPS // SECOND
            if current - number > LATE * DRAWN_FPS // SECOND:
                number = current  # what nobody would see is not drawn
            time = number * SECOND // DRAWN_FPS
            drawn = room.picture(time % LENGTH)
            if view % 2 == 0:
                high, wide = drawn.shape[:2]
                drawn = cv2.flip(drawn[high // 6 :, wide // 12 : -wide // 12], 1)
            planes: Any = cv2.cvtColor(cv2.resize(drawn, size), cv2.COLOR_BGR2YUV_I420)
            yield av.VideoFrame.from_ndarray(planes, format="yuv420p"), time
            number += 1

    def sound(self, start: Micros) -> Iterator[NDArray[Any]]:
        from video.demo.script import demo_script
        from video.demo.voices import demo_sound

        voices = demo_sound(demo_script())
        at = start * SOUND_RATE // SECOND
        while True:
            yield np.take(voices, np.arange(at, at + PIECE), mode="wrap")
            at += PIECE


def dark_camera(form: CameraFormat, clock: RecordingClock, take: PictureTaker, lost: Lost) -> SceneFeed:
    """What stands in a camera's place where sound alone is recorded: black pictures at the rate of `form`."""

    def play(closed: threading.Event) -> None:
        begun, number = clock.now(), 0
        black = np.full((form.height * 3 // 2, form.width), 128, np.uint8)
        black[: form.height] = 16
        while True:
            number += 1
            due = begun + round(number * SECOND / form.fps)
            if closed.wait(max(due - clock.now(), 0) / SECOND):
                return
            if clock.now() - due > LATE:
                number = int((clock.now() - begun) * form.fps / SECOND)  # as a camera that was held up
            take(av.VideoFrame.from_ndarray(black, format="yuv420p"), clock.now())

    return SceneFeed("no camera", play, lost)


class FilmScene:
    """Films played in a loop: the first for camera 1 and the microphone, the second (or the same) for camera 2."""

    def __init__(self, *films: Path) -> None:
        assert films, "a scene shows something"
        self._films = films

    def pictures(
        self, view: int, size: tuple[int, int], now: Callable[[], Micros]
    ) -> Iterator[tuple[av.VideoFrame, Micros]]:
        path, start = self._films[min(view, len(self._films)) - 1], now()
        length, turn = self._length(path), start // self._length(path)
        while True:
            for frame, time in _decoded(path, size, max(start - turn * length, 0)):
                yield frame, turn * length + time
            turn += 1

    def sound(self, start: Micros) -> Iterator[NDArray[Any]]:
        from video.open.frame_index import index_of
        from video.open.open_film import open_film
        from video.playing.sound import film_samples

        path = self._films[0]
        length, rest = self._length(path), np.zeros(0, np.float32)
        at = start % length
        while True:
            with open_film(path) as film:
                index = index_of(film)
                has_sound = bool(film.container.streams.audio)
                film.restart()
                left = (length - at) * SOUND_RATE // SECOND
                for samples in film_samples(film, index, at) if has_sound else _silence():
                    whole = np.concatenate((rest, samples[:left].mean(axis=1)))
                    left -= min(left, len(samples))
                    end = len(whole) // PIECE * PIECE
                    yield from whole[:end].reshape(-1, PIECE)
                    rest = whole[end:]
                    if left <= 0:
                        break
            at = 0

    def _length(self, path: Path) -> Micros:
        from video.open.frame_index import index_of
        from video.open.open_film import open_film

        with open_film(path) as film:
            return max(index_of(film).duration, 1)


def _silence() -> Iterator[NDArray[Any]]:
    while True:
        yield np.zeros((PIECE, 2), np.float32)


def _decoded(path: Path, size: tuple[int, int], start: Micros) -> Iterator[tuple[av.VideoFrame, Micros]]:
    """A film's pictures from film time `start` on with their times."""
    from video.open.frame_index import all_pictures, index_of
    from video.open.open_film import open_film

    reformatter = VideoReformatter()
    with open_film(path) as film:
        index = index_of(film)
        film.restart()
        film.pictures.thread_count = 1
        key = index.key_before(max(index.position_at(start), 0))
        if key > 0:
            film.container.seek(int(index.stamps[key]), stream=film.pictures, backward=True)
        for frame in all_pictures(film):
            position = index.position_of(frame.pts) if frame.pts is not None else None
            if position is not None and int(index.times[position]) >= start:
                fits = (frame.width, frame.height) == size
                yield (frame if fits else reformatter.reformat(frame, *size)), int(index.times[position])


class SceneFeed:
    """Plays one line of a scene in a thread of its own: the feed of an example camera or microphone."""

    def __init__(self, name: str, play: Callable[[threading.Event], None], lost: Lost) -> None:
        self._play, self._lost = play, lost
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closed.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        try:
            self._play(self._closed)
        except AppError:
            self._lost()  # as a camera that breaks


class Stage:
    """The example devices' common scene: it began with the first of them that was opened."""

    def __init__(self, scene: Scene, clock: RecordingClock) -> None:
        self._scene, self._clock = scene, clock
        self._zero: Micros | None = None

    def camera(self, view: CameraNumber, size: tuple[int, int], take: PictureTaker, lost: Lost) -> SceneFeed:
        zero = self._begun()

        def play(closed: threading.Event) -> None:
            for frame, time in self._scene.pictures(view, size, lambda: self._clock.now() - zero):
                wait = zero + time - self._clock.now()
                if closed.wait(max(wait, 0) / SECOND):
                    return
                if wait < -LATE:
                    continue
                take(frame, self._clock.now())

        return SceneFeed("example camera", play, lost)

    def microphone(self, take: SoundTaker, lost: Lost) -> SceneFeed:
        zero = self._begun()

        def play(closed: threading.Event) -> None:
            start = self._clock.now() - zero
            due = zero + start
            for number, samples in enumerate(self._scene.sound(start), start=1):
                end = due + number * PIECE * SECOND // SOUND_RATE
                if closed.wait(max(end - self._clock.now(), 0) / SECOND):
                    return
                take(samples, self._clock.now())

        return SceneFeed("example microphone", play, lost)

    def _begun(self) -> Micros:
        if self._zero is None:
            self._zero = self._clock.now()
        return self._zero
