"""Other programs' ways to an exact picture: OpenCV, Qt's media player, mpv, and PyAV without anything around it.

Each has `seek(position)` and gives back once that picture is there; `film` is a plain file with constant rate.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import cv2

from tests.benchmarks import mpv
from tests.benchmarks.long_film import FPS

LIMIT = 10.0


class OpenCv:
    name = "OpenCV, CAP_PROP_POS_FRAMES and read"

    def __init__(self, film: Path) -> None:
        self._capture = cv2.VideoCapture(str(film))
        self.pixels: Any = None

    def seek(self, position: int) -> None:
        self._capture.set(cv2.CAP_PROP_POS_FRAMES, position)
        done, self.pixels = self._capture.read()
        assert done

    def close(self) -> None:
        self._capture.release()


class PlainAv:
    """What stands in PyAV's documentation: seek to the keyframe, decode to the timestamp, make pixels of it."""

    name = "bare PyAV on the plain file"

    def __init__(self, film: Path) -> None:
        self._container = av.open(str(film))
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"
        self.pixels: Any = None

    def seek(self, position: int) -> None:
        assert self._stream.time_base is not None
        stamp = int(position / FPS / self._stream.time_base)
        self._container.seek(stamp, stream=self._stream)
        for frame in self._container.decode(self._stream):
            if frame.pts is not None and frame.pts >= stamp:
                self.pixels = frame.reformat(format="bgra").to_ndarray()
                return
        raise AssertionError(position)

    def close(self) -> None:
        self._container.close()


class QtPlayer:
    name = "QMediaPlayer, setPosition to the picture"

    def __init__(self, film: Path) -> None:
        from PySide6.QtCore import QCoreApplication, QUrl
        from PySide6.QtMultimedia import QMediaPlayer, QVideoSink

        self._app = QCoreApplication.instance() or QCoreApplication([])
        self._player, self._sink = QMediaPlayer(), QVideoSink()
        self._player.setVideoSink(self._sink)
        self._shown: list[int] = []
        self._sink.videoFrameChanged.connect(lambda frame: self._shown.append(frame.startTime()))
        self._player.setSource(QUrl.fromLocalFile(str(film)))
        self._wait(lambda: self._player.mediaStatus() == QMediaPlayer.MediaStatus.LoadedMedia)
        self._player.pause()
        self._wait(lambda: bool(self._shown))
        self.wrong = 0

    def seek(self, position: int) -> None:
        self._shown.clear()
        self._player.setPosition(round((position + 0.5) * 1000 / FPS))
        self._wait(lambda: bool(self._shown))
        self.wrong += abs(self._shown[-1] / 1_000_000 * FPS - position) > 0.1

    def _wait(self, done: Callable[[], bool]) -> None:
        until = time.perf_counter() + LIMIT
        while not done():
            self._app.processEvents()
            if time.perf_counter() > until:
                raise TimeoutError

    def close(self) -> None:
        self._player.stop()
        self._player.setVideoSink(None)
        self._player.deleteLater()
        self._app.processEvents()


class Mpv(mpv.Mpv):
    """Done when playback stands on the new picture."""

    name = "mpv, exact seek"

    def seek(self, position: int) -> None:
        self._move("seek", f"{(position + 0.5) / FPS:.6f}", "absolute+exact")

    def step_back(self) -> None:
        self._move("frame-back-step")

    def _move(self, *words: str) -> None:
        assert self._command(*words), words
        self._wait()


PEERS = (QtPlayer, OpenCv, Mpv)
