"""Looks at untrusted films in a child process that holds no keys, and believes only what it can check.

What a film does to the child stays in the child: it dies, or is ended when it takes too long, and a sentence says so.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import os
import queue
import re
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from app.errors import Cancelled as CancelledError
from app.errors import FilmError
from app.model.recording import Damage
from app.model.timecode import Micros
from app.model.units import ByteCount
from app.ports import Cancelled, Inspected, Progress
from app.ports.children import WITHOUT_WINDOW, child_environment, own_module
from app.ports.copy_sink import CopySink
from app.ports.file_part import Stretch
from app.ports.pieced_film import Piece, Salvaged
from video.open.film_gate_child import MEMORY
from video.open.frame_index import LONGEST, unpack
from video.open.handed_file import CAN_HAND, Way, hand_over, way
from video.open.layout import believed_layout
from video.open.probe import DAMAGES, facts_of

#: the refusals that a child may speak of
REFUSALS = frozenset(
    [
        "film-missing",
        "film-empty",
        "film-playlist",
        "film-not-a-film",
        "film-damaged",
        "film-no-picture",
        "film-unknown-codec",
        "film-too-large",
        "film-without-times",
        "film-clock-restarts",
        "film-unfinished",
        "film-unfinished-full",
        "film-headless",
        "salvage-needs-reference",
        "salvage-other-kind",
        "salvage-nothing",
    ]
)
#: a salvaged film is made of so many pieces at most
MOST_PIECES = 64
#: a file that holds more recordings than this, or is larger, is not parted
MOST_PARTS, MOST_BYTES = 200, 2**50
LONGEST_ANSWER = 128_000_000
_SHA256 = re.compile("[0-9a-f]{64}")
#: lines of a child that wait to be read
MOST_HEARD = 16
_LOOK_EVERY = 0.1  # seconds between two looks at the cancel button and the clock


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a film may take.

    `silent`: seconds without progress; `whole`: seconds in all; `cpu`: seconds of processor time; `memory`: bytes of
    address space; `films_per_child`: after so many a child is replaced by a new one.
    """

    silent: float = 60.0
    whole: float = 4 * 3600.0
    cpu: int = 8 * 3600
    memory: int = MEMORY
    films_per_child: int = 1


class Receiver(Protocol):
    """Takes what a child tells of copies, and settles which of them are kept once the film is known."""

    def take(self, message: dict[str, Any]) -> None: ...
    def settle(self, found: Inspected) -> None: ...


class ChildFilmGate:
    """The port `FilmGate`. May be asked from several threads; each film has a child of its own at that time.

    Makes no copies: `video.copies.checking_gate` does.
    """

    #: what the child runs
    module = "video.open.film_gate_child"

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._idle: list[_Child] = []
        self._lock = threading.Lock()

    def inspect(
        self,
        path: Path,
        progress: Progress,
        cancelled: Cancelled,
        stretch: Stretch | None = None,
        copies: CopySink | None = None,
        behind: Sequence[Path] = (),
    ) -> Inspected:
        """Probe, index and decode a film completely, also a stretch of its file, or one that goes on in those `behind`.

        Raises FilmError: what `open_film` refuses, `film-damaged`, `film-dangerous` when the child died of it,
        `film-too-slow`; and Cancelled. What `copies` raises comes through.
        """
        if not all(file.is_file() for file in (path, *behind)):
            raise FilmError("film-missing")
        receiver = None if copies is None else self._receiver(copies)
        wish = {"stretch": stretch, "copies": receiver is not None}
        found = _believed(self._asked((path, *behind), wish, progress, cancelled, receiver))
        if receiver is not None:
            receiver.settle(found)
        return found

    def _receiver(self, _: CopySink) -> Receiver | None:
        return None

    def salvage(self, path: Path, references: Sequence[Path], progress: Progress, cancelled: Cancelled) -> Salvaged:
        """What can be made of an unfinished film, with whole films of the same camera as references.

        Raises FilmError: `salvage-needs-reference`, `salvage-other-kind`, `salvage-nothing`, and what `inspect` does of
        a child; Cancelled.
        """
        if not path.is_file():
            raise FilmError("film-missing")
        size = path.stat().st_size
        answer = self._asked((path, *references), {"salvages": True}, progress, cancelled)
        return _believed_salvage(answer, size, len(references))

    def _asked(
        self,
        files: Sequence[Path],
        wish: dict[str, Any],
        progress: Progress,
        cancelled: Cancelled,
        receiver: Receiver | None = None,
    ) -> dict[str, Any]:
        child = self._take()
        try:
            answer = child.ask(files, wish, progress, cancelled, receiver)
        except BaseException:
            child.end()
            raise
        self._give_back(child)
        return answer

    def close(self) -> None:
        """End the children that wait for another film."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    def _take(self) -> _Child:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return _Child(self.module, self._limits)

    def _give_back(self, child: _Child) -> None:
        if child.served >= self._limits.films_per_child:
            child.end()
            return
        with self._lock:
            self._idle.append(child)


class _Child:
    """One child process and the thread that listens to it."""

    def __init__(self, module: str, limits: Limits) -> None:
        self._limits = limits
        self.served = 0
        self._heard: queue.Queue[bytes | None] = queue.Queue(MOST_HEARD)
        pair = way() if CAN_HAND else (None, None)
        self._hands: Way | None = pair[0]
        theirs: Way | None = pair[1]
        passed = () if theirs is None else (theirs.fileno(),)
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module, nothing from outside
            own_module(module, str(limits.memory), *map(str, passed)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
            creationflags=WITHOUT_WINDOW,
            pass_fds=passed,
        )
        if theirs is not None:
            theirs.close()
        self._listener = threading.Thread(target=self._listen, name="film gate", daemon=True)
        self._listener.start()

    def ask(
        self,
        files: Sequence[Path],
        wish: dict[str, Any],
        progress: Progress,
        cancelled: Cancelled,
        receiver: Receiver | None = None,
    ) -> dict[str, Any]:
        """The child's last word on a film. Raises FilmError and Cancelled; the child is of no use after that."""
        self.served += 1
        if self.served == 1:
            self._next(time.monotonic() + self._limits.silent, cancelled)  # it is ready
        whole = time.monotonic() + self._limits.whole
        self._request({"cpu": self._limits.cpu} | wish, files)
        while True:
            message = self._next(min(time.monotonic() + self._limits.silent, whole), cancelled)
            if receiver is not None and "copy" in message:
                receiver.take(message)
                continue
            if "progress" not in message:
                return message
            share = message["progress"]
            if isinstance(share, int | float) and 0 <= share <= 1:
                progress(float(share))

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        while self._listener.is_alive():  # it may wait for room
            with contextlib.suppress(queue.Empty):
                self._heard.get(timeout=_LOOK_EVERY)
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout, self._hands):
            if pipe is not None:
                pipe.close()

    def _request(self, wish: dict[str, Any], files: Sequence[Path]) -> None:
        """With the files, which are opened here where the child is not to open any."""
        if self._hands is None:
            self._send(wish | {"files": [_told(file) for file in files]})
            return
        with contextlib.ExitStack() as held:
            try:
                opened = [held.enter_context(file.open("rb")) for file in files]
            except OSError as error:
                raise FilmError("film-missing") from error
            self._send(wish | {"files": len(opened)})
            try:
                hand_over(self._hands, opened)
            except OSError as error:
                raise FilmError("film-dangerous") from error

    def _send(self, request: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise FilmError("film-dangerous") from error

    def _next(self, until: float, cancelled: Cancelled) -> dict[str, Any]:
        while True:
            if cancelled():
                raise CancelledError
            if time.monotonic() > until:
                raise FilmError("film-too-slow")
            try:
                line = self._heard.get(timeout=_LOOK_EVERY)
            except queue.Empty:
                continue
            if line is None:
                raise FilmError(self._cause_of_death())
            return _parsed(line)

    def _cause_of_death(self) -> str:
        ended = self._process.wait()
        used_up = getattr(signal, "SIGXCPU", None)
        return "film-too-slow" if used_up is not None and ended == -used_up else "film-dangerous"

    def _listen(self) -> None:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline(LONGEST_ANSWER):
            self._heard.put(line)
        self._heard.put(None)


def _told(path: Path) -> str:
    return os.fsencode(path.absolute()).hex()


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError as error:
        raise FilmError("film-dangerous") from error
    if not isinstance(message, dict):
        raise FilmError("film-dangerous")
    return message


def _believed(answer: dict[str, Any]) -> Inspected:
    """The facts recomputed from the child's index; raises FilmError for a refusal or an answer that is none."""
    if "error" in answer:
        said = answer["error"]
        key = said if isinstance(said, str) and said in REFUSALS else "film-damaged"
        begins = _places(answer.get("begins"))
        jumps = _jumps(answer.get("jumps"), len(begins))
        raise FilmError(key, layout=believed_layout(answer.get("layout")), begins=begins, jumps=jumps)
    try:
        packed = base64.b64decode(answer["index"], validate=True)
        damage = tuple(_damage(row) for row in answer["damage"])
        return Inspected(facts_of(unpack(packed), damage), packed)
    except (FilmError, KeyError, TypeError, ValueError, OverflowError, binascii.Error) as error:
        raise FilmError("film-dangerous") from error


def _believed_salvage(answer: dict[str, Any], size: ByteCount, references: int) -> Salvaged:
    """As `_believed`, with pieces that lie in a file of this size, and which of so many references was of use."""
    found = _believed(answer)
    try:
        pieces = tuple(_piece(told, size) for told in answer["pieces"])
        sha256, reference = answer["sha256"], answer["reference"]
        right = 0 < len(pieces) <= MOST_PIECES and isinstance(sha256, str) and _SHA256.fullmatch(sha256) is not None
        if not right or (reference is not None and reference not in range(references)):
            raise ValueError("pieces")
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise FilmError("film-dangerous") from error
    return Salvaged(found, pieces, sha256, reference)


def _piece(told: Any, size: ByteCount) -> Piece:
    if isinstance(told, str):
        return base64.b64decode(told, validate=True)
    begin, end = told
    if not (type(begin) is int and type(end) is int and 0 <= begin < end <= size):
        raise ValueError("piece")
    return begin, end


def _places(told: object) -> tuple[ByteCount, ...]:
    """What of a child's answer are places in a file, in ascending order; nothing otherwise."""
    rows = told if isinstance(told, list) else []
    whole = all(type(place) is int and 0 < place < MOST_BYTES for place in rows)
    return tuple(rows) if whole and rows == sorted(set(rows)) and len(rows) < MOST_PARTS else ()


def _jumps(told: object, count: int) -> tuple[Micros, ...]:
    """By how much a child says that the clock jumps at each of `count` places, µs; 0 where that cannot be believed."""
    rows = told if isinstance(told, list) else []
    fit = len(rows) == count and all(type(jump) is int and -LONGEST <= jump <= LONGEST for jump in rows)
    return tuple(rows) if fit else (0,) * count


def _damage(row: Any) -> Damage:
    start, end, what = row
    if not (isinstance(start, int) and isinstance(end, int) and -LONGEST <= start <= end <= LONGEST):
        raise ValueError("damage")
    if not isinstance(what, str) or what not in DAMAGES:
        raise ValueError("damage")
    return Damage(start, end, what)
