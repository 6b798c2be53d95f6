"""Other programs' players before the films of the corpus: every move that they have, and what picture then stands.

`python -m tests.benchmarks.corpus_peers OpenCv mkv-name …` looks at those kinds with that player and prints a line of
JSON for each. It is a process of its own: a film may end it.
"""

import contextlib
import ctypes
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np

from tests.benchmarks import mpv
from tests.drivers.taken_in import right_of
from tests.material import once
from tests.material.corpus import CORPUS
from tests.material.corpus.kind import Kind
from tests.material.films import read_number

LIMIT = 2.0
#: who was silent so often in a row is not asked on
PATIENCE = 3
JUMPS, STEPS = 5, 3


class Place(NamedTuple):
    """A picture as programs are asked for it: its position, when it comes, and a time within it, µs from the first."""

    position: int
    begins: int
    within: int


class Peer(Protocol):
    """A player with one film. `pixels` are what stands now; None for nothing."""

    def to(self, place: Place) -> None: ...

    def drag(self, places: list[Place]) -> None:
        """Many such wishes, none waited for but the last."""

    def step(self, by: int, place: Place) -> None:
        """One picture on or back; the place is told to programs that cannot."""

    def pixels(self) -> Any: ...

    def close(self) -> None: ...


class OpenCv:
    def __init__(self, film: Path) -> None:
        import cv2

        self._cv2, self._capture = cv2, cv2.VideoCapture(str(film))
        self._read: Any = None
        if not self._capture.isOpened():
            raise FileNotFoundError
        self._at = -1

    def to(self, place: Place) -> None:
        self._capture.set(self._cv2.CAP_PROP_POS_FRAMES, place.position)
        self._take(place.position)

    def drag(self, places: list[Place]) -> None:
        for place in places:
            self.to(place)

    def step(self, by: int, place: Place) -> None:
        if by > 0:
            self._take(self._at + 1)
        else:
            self.to(place)

    def _take(self, at: int) -> None:
        done, read = self._capture.read()
        self._read, self._at = read if done else None, at

    def pixels(self) -> Any:
        return self._read

    def close(self) -> None:
        self._capture.release()


class QtPlayer:
    def __init__(self, film: Path) -> None:
        from PySide6.QtCore import QCoreApplication, QUrl
        from PySide6.QtMultimedia import QMediaPlayer, QVideoSink

        self._app = QCoreApplication.instance() or QCoreApplication([])
        self._player, self._sink = QMediaPlayer(), QVideoSink()
        self._player.setVideoSink(self._sink)
        self._frame: Any = None
        self._sink.videoFrameChanged.connect(self._came)
        self._player.setSource(QUrl.fromLocalFile(str(film)))
        self._player.pause()
        self._wait()

    def _came(self, frame: Any) -> None:
        if frame.isValid():
            self._frame = frame

    def to(self, place: Place) -> None:
        self._frame = None
        self._player.setPosition(place.within // 1000)
        self._wait()

    def drag(self, places: list[Place]) -> None:
        for place in places:
            self._frame = None
            self._player.setPosition(place.within // 1000)
        self._wait()

    def step(self, _: int, place: Place) -> None:
        self.to(place)

    def _wait(self) -> None:
        """Until a picture has come, and no other follows it."""
        until, before = time.perf_counter() + LIMIT, None
        quiet = time.perf_counter()
        while time.perf_counter() < until:
            self._app.processEvents()
            if self._frame is not before:
                before, quiet = self._frame, time.perf_counter()
            if before is not None and time.perf_counter() - quiet > 0.05:
                return
            time.sleep(0.001)
        if self._frame is None:
            raise TimeoutError

    def pixels(self) -> Any:
        from PySide6.QtGui import QImage

        image = self._frame.toImage().convertToFormat(QImage.Format.Format_RGB32)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
        return rows[:, : image.width()].copy()

    def close(self) -> None:
        self._player.stop()
        self._player.setVideoSink(None)
        self._player.deleteLater()
        self._app.processEvents()


class _Bytes(ctypes.Structure):
    _fields_ = (("data", ctypes.c_void_p), ("size", ctypes.c_size_t))


class _Value(ctypes.Union):
    _fields_ = (("int64", ctypes.c_int64), ("pointer", ctypes.c_void_p))


class _Node(ctypes.Structure):
    _fields_ = (("u", _Value), ("format", ctypes.c_int))


class _List(ctypes.Structure):
    _fields_ = (
        ("num", ctypes.c_int),
        ("values", ctypes.POINTER(_Node)),
        ("keys", ctypes.POINTER(ctypes.c_char_p)),
    )


class Mpv(mpv.Mpv):
    """What stands is asked for by its raw picture of the screen."""

    limit = LIMIT

    def __init__(self, film: Path) -> None:
        super().__init__(film, keep_open="always")

    def to(self, place: Place) -> None:
        self._seek(place)
        self._wait()

    def _seek(self, place: Place) -> None:
        """To the begin of the picture: at a time within it, mpv shows the next one."""
        self._command("seek", f"{place.begins / 1_000_000 + 0.001:.6f}", "absolute+exact")

    def drag(self, places: list[Place]) -> None:
        for place in places:
            self._seek(place)
        self._wait()
        with contextlib.suppress(TimeoutError):
            self._wait(0.3)

    def step(self, by: int, _: Place) -> None:
        before = self._time()
        self._command("frame-step" if by > 0 else "frame-back-step")
        until = time.perf_counter() + LIMIT / 3
        while self._time() == before and time.perf_counter() < until:
            time.sleep(0.005)

    def _time(self) -> float:
        told = ctypes.c_double()
        self._lib.mpv_get_property(self._mpv, b"time-pos", 5, ctypes.byref(told))
        return told.value

    def pixels(self) -> Any:
        node = _Node()
        words = (ctypes.c_char_p * 3)(b"screenshot-raw", b"video", None)
        if self._lib.mpv_command_ret(self._mpv, words, ctypes.byref(node)) != 0:
            return None
        rows = _List.from_address(node.u.pointer)
        values = {rows.keys[n].decode(): rows.values[n].u for n in range(rows.num)}
        wide, high, stride = (values[name].int64 for name in ("w", "h", "stride"))
        held = _Bytes.from_address(values["data"].pointer)
        flat = np.frombuffer(ctypes.string_at(held.data, held.size), np.uint8)
        self._lib.mpv_free_node_contents(ctypes.byref(node))
        return flat.reshape(high, stride // 4, 4)[:, :wide].copy()


PEERS: dict[str, Callable[[Path], Peer]] = {"QtPlayer": QtPlayer, "OpenCv": OpenCv, "Mpv": Mpv}


class _Look:
    """Drives a peer through a kind and counts."""

    def __init__(self, kind: Kind, peer: Peer | None) -> None:
        assert kind.times is not None
        self.kind, self.times, self.peer = kind, kind.times, peer
        self.asked: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self._chance, self._silent = random.Random(kind.name), 0

    def everything(self) -> None:
        for _ in range(JUMPS):
            self._go(self._any(), "jump")
        here = min(self._any(), len(self.times) - STEPS - 1)
        self._go(max(here, 0), "jump")
        for by, move in ((1, "step on"), (-1, "step back")):
            for _ in range(STEPS if here >= 0 else 0):
                here += by
                self._ask(move, here, lambda peer, by=by, here=here: peer.step(by, self._place(here)))
        marked = self._any()
        for position in (marked, self._any(), marked):
            self._go(position, "to a mark")
        places = [self._place(self._any()) for _ in range(8)]
        self._ask("drag", places[-1].position, lambda peer: peer.drag(places))
        for position in (0, len(self.times) - 1) if not self.kind.shorter else ():
            self._go(position, "begin and end")

    def _any(self) -> int:
        return self._chance.randrange(len(self.times))

    def _place(self, position: int) -> Place:
        begin = self.times[position]
        end = self.times[position + 1] if position + 1 < len(self.times) else begin + 20_000
        return Place(position, begin, begin + (end - begin) // 2)

    def _go(self, position: int, move: str) -> None:
        self._ask(move, position, lambda peer: peer.to(self._place(position)))

    def _ask(self, move: str, position: int, do: Callable[[Peer], None]) -> None:
        if position in self.kind.hurt:
            return
        self.asked[move] += 1
        if self.peer is None or self._silent >= PATIENCE:
            return
        try:
            do(self.peer)
            self.right[move] += self._shows(self.peer.pixels(), self.kind.numbers[position])
            self._silent = 0
        except (TimeoutError, FileNotFoundError):
            self._silent += 1

    def _shows(self, pixels: Any, number: int) -> bool:
        """Whichever way up: that a raw picture of the screen is as it is stored is not the player's fault."""
        if pixels is None or min(pixels.shape[:2]) < 16:
            return False
        ways = [np.rot90(pixels, turn) for turn in range(4)]
        return any(read_number(way) == number for picture in ways for way in (picture, picture[:, ::-1]))


def looked(name: str, kind: Kind, film: Path) -> dict[str, Any]:
    """What a peer had right of a film that its own maker describes; a film that it does not open is wholly wrong."""
    try:
        peer: Peer | None = PEERS[name](film)
    except (FileNotFoundError, TimeoutError):
        peer = None
    look = _Look(kind, peer)
    look.everything()
    if peer is not None:
        peer.close()
    return {"kind": kind.name, "opened": peer is not None, "asked": look.asked, "right": look.right}


def main(name: str, kinds: list[str]) -> None:
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what a library prints is no answer
    with tempfile.TemporaryDirectory() as folder, once.run():
        for kind in kinds:
            path = CORPUS[kind].film(Path(folder))
            answers.write(json.dumps(looked(name, right_of(CORPUS[kind], path), path)) + "\n")
            path.unlink()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
