"""Puts one copy of a film on its disk in a thread of its own, so that a disk that is busy holds nobody up.

It knows how far the film is on the disk for certain, and how much of it a power cut would have cost at worst.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from app.errors import ContainerError
from app.model.timecode import Micros
from app.ports import NewContainer

#: bytes that may wait for the disk: a minute of film
MOST_WAITING = 64_000_000
#: what was written is forced to the disk after so long, in seconds, also when nothing more comes
REST = 0.5
#: a disk that has taken nothing for so long while a film is being finished hangs, in seconds
STILL = 30.0


class CopyWriter:
    """One container being written. `failed` is called in the writing thread, at most once, and then nothing is.

    `now` is the clock of the film's times.
    """

    def __init__(
        self,
        file: NewContainer,
        failed: Callable[[ContainerError], None],
        now: Callable[[], Micros],
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._file, self._failed, self._now, self._most = file, failed, now, most_waiting
        self._waiting: deque[bytes] = deque()
        self._bytes = 0
        self._ending = False
        self._change = threading.Condition()
        self._marks: deque[tuple[int, Micros]] = deque()  # with so many bytes the film is whole up to that time
        self._put = 0
        self._until: Micros | None = None
        self._worst: Micros = 0
        self._is_synced = True
        self.is_whole = True
        self.hangs = False  # its thread still waits for the disk, and nobody may touch its file
        self._thread = threading.Thread(target=self._run, name="film copy", daemon=True)
        self._thread.start()

    def put(self, data: bytes, until: Micros) -> None:
        """Wait until there is room for it. With it the film is whole up to `until`. After a failure it goes nowhere."""
        with self._change:
            self._change.wait_for(lambda: self._bytes < self._most or not self.is_whole)
            self._append(data, until)

    def offer(self, data: bytes, until: Micros) -> None:
        """As `put`, but a disk that is a minute behind has failed: nobody waits for a second copy."""
        with self._change:
            too_slow = self.is_whole and self._bytes >= self._most
            if too_slow:
                self.is_whole = False
                self._waiting.clear()
            self._append(data, until)
        if too_slow:
            self._failed(ContainerError("disk-error", reason="slow"))

    def end(self) -> None:
        """Write what waits and have it on the disk; `join` waits for that."""
        with self._change:
            self._ending = True
            self._change.notify_all()

    def join(self) -> None:
        self._thread.join()

    def join_or_leave(self) -> None:
        """As `join` after `end`; a disk that hangs has failed, and is left alone with its thread."""
        before = None
        while self._thread.is_alive() and (left := self.waiting) != before:
            before = left
            self._thread.join(STILL)
        self.hangs = self._thread.is_alive()
        if self.hangs:
            self._give_up(ContainerError("disk-error", reason="slow"))

    @property
    def waiting(self) -> int:
        """Bytes that wait to be written."""
        with self._change:
            return self._bytes

    @property
    def until(self) -> Micros | None:
        """Up to which time the film is on the disk for certain; None while nothing of it is."""
        with self._change:
            return self._until

    @property
    def worst(self) -> Micros:
        """The most of the film that a power cut would have cost until now, at any moment."""
        with self._change:
            return self._worst

    def _append(self, data: bytes, until: Micros) -> None:
        if self.is_whole:
            self._waiting.append(data)
            self._bytes += len(data)
            self._put += len(data)
            self._marks.append((self._put, until))
            self._change.notify_all()

    def _run(self) -> None:
        trouble: ContainerError | None = ContainerError("disk-error", reason="bug")  # whoever waits for room goes on
        try:
            while (data := self._next()) is not None:
                if data:
                    self._file.write(data)
                    self._is_synced = False
                else:
                    self._file.sync()
                    self._is_synced = True
                self._look(data)
            if self.is_whole:
                self._file.sync()
                self._look(b"")
            trouble = None
        except ContainerError as error:
            trouble = error
        finally:
            if trouble is not None:
                self._give_up(trouble)

    def _look(self, written: bytes) -> None:
        """How far it is on the disk now, and how long that which is there now was not."""
        durable, now = self._file.durable, self._now()
        with self._change:
            self._bytes -= len(written)
            before = self._until
            while self._marks and self._marks[0][0] <= durable:
                self._until = self._marks.popleft()[1]
            if before is not None and self._until != before:
                self._worst = max(self._worst, now - before)
            self._change.notify_all()

    def _next(self) -> bytes | None:
        """What is to be written; nothing (empty) when what was written is to be forced to the disk."""
        with self._change:
            rest = None if self._is_synced else REST
            is_due = self._change.wait_for(lambda: self._waiting or self._ending or not self.is_whole, rest)
            if not is_due:
                return b""
            return self._waiting.popleft() if self._waiting and self.is_whole else None

    def _give_up(self, error: ContainerError) -> None:
        with self._change:
            told = not self.is_whole
            self.is_whole = False
            self._waiting.clear()
            self._change.notify_all()
        if not told:
            self._failed(error)
