"""The window's side of a process that makes something of a film: gives it the film's bytes and takes what it makes."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO

from app.errors import Cancelled as CancelledError
from app.errors import FilmError
from app.model.timecode import Micros
from app.ports import Cancelled, Progress
from app.ports.children import WITHOUT_WINDOW, child_environment, own_module
from video.copies.copy_child import HEAD, PLACE, READ_BYTES, SHARE, WRITE_BYTES
from video.open.film_gate import REFUSALS

#: what the child is started with
COMMAND = own_module("video.copies.copy_child")
#: seconds in which a working child says something
SILENT = 120.0
LONGEST_INDEX = 128_000_000
_LOOK_EVERY = 0.1
#: the longest content of each message
_LONGEST = {b"r": PLACE.size, b"w": WRITE_BYTES, b"p": SHARE.size, b"i": LONGEST_INDEX, b"e": 100}
_REFUSALS = REFUSALS | {
    "index-damaged", "film-too-large", "picture-not-written", "before-first", "cover-not-proven", "cover-too-long",
}  # fmt: skip


def run_copy(
    kind: str,
    film: BinaryIO,
    index: bytes,
    span: tuple[Micros, Micros],
    write: Callable[[bytes], int],
    progress: Progress,
    cancelled: Cancelled,
) -> bytes:
    """Have a child make one part (a `DerivedKind`, or `LOOKS`) and return its packed index, empty for what has none.

    `cancelled` is asked at every message and may wait: the child then waits too. Raises Cancelled, FilmError
    `copy-failed` and the film's refusals; what `film` and `write` raise comes through.
    """
    request = {"kind": str(kind), "start": span[0], "end": span[1]}
    return ask_child(COMMAND, request, film, index, write, progress, cancelled)


def ask_child(
    command: Sequence[str],
    request: Mapping[str, object],
    film: BinaryIO,
    index: bytes,
    write: Callable[[bytes], object],
    progress: Progress,
    cancelled: Cancelled,
) -> bytes:
    """Have the child that `command` starts do what `request` (JSON) asks, with a film's bytes; `run_copy` tells more.

    Raises Cancelled, also when the film is closed meanwhile, for whoever erases it wants nothing more of it; FilmError
    `copy-failed` and what the child refuses with.
    """
    child = _Child(command)
    try:
        size = film.seek(0, 2)
        child.send(b"q", json.dumps({**request, "size": size}).encode())
        child.send(b"x", index)
        while True:
            letter, content = child.next(cancelled)
            if letter == b"r":
                child.send(b"d", _bytes_of(film, content, size))
            elif letter == b"w":
                write(content)
            elif letter == b"p":
                progress(min(max(SHARE.unpack(content)[0], 0.0), 1.0))
            elif letter == b"i":
                return content
            else:
                said = content.decode("ascii", "replace")
                raise FilmError(said if said in _REFUSALS else "copy-failed")
    except ValueError:
        if not film.closed:
            raise
        raise CancelledError from None
    finally:
        child.end()


def _bytes_of(film: BinaryIO, wish: bytes, size: int) -> bytes:
    place, count = PLACE.unpack(wish)
    if count > READ_BYTES or place + count > size:
        raise FilmError("copy-failed")
    film.seek(place)
    content = film.read(count)
    if len(content) != count:
        raise FilmError("copy-failed")
    return content


class _Child:
    """The process and the thread that listens to it."""

    def __init__(self, command: Sequence[str]) -> None:
        self._heard: queue.Queue[tuple[bytes, bytes] | None] = queue.Queue(maxsize=16)
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module, nothing from outside
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
            creationflags=WITHOUT_WINDOW | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )
        self._listener = threading.Thread(target=self._listen, name="film copy", daemon=True)
        self._listener.start()

    def send(self, letter: bytes, content: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(HEAD.pack(letter, len(content)))
            self._process.stdin.write(content)
            self._process.stdin.flush()
        except OSError as error:
            raise FilmError("copy-failed") from error

    def next(self, cancelled: Cancelled) -> tuple[bytes, bytes]:
        silent = 0.0
        while True:
            if cancelled():
                raise CancelledError
            try:
                message = self._heard.get(timeout=_LOOK_EVERY)
            except queue.Empty:
                silent += _LOOK_EVERY
                if silent > SILENT:
                    raise FilmError("copy-failed") from None
                continue
            if message is None:
                raise FilmError("copy-failed")
            return message

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        while self._listener.is_alive():  # it may wait for room
            try:
                self._heard.get(timeout=_LOOK_EVERY)
            except queue.Empty:
                continue
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _closed(pipe)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        out = self._process.stdout
        while len(head := out.read(HEAD.size)) == HEAD.size:
            letter, length = HEAD.unpack(head)
            if length > _LONGEST.get(letter, -1):
                break
            content = out.read(length)
            if len(content) != length:
                break
            self._heard.put((letter, content))
        self._heard.put(None)


def _closed(pipe: object) -> None:
    """Closing writes what is left in the buffer, which nobody reads any more."""
    try:
        pipe.close()  # type: ignore[attr-defined]  # Popen calls its pipes IO[bytes]
    except OSError:
        return
