"""Puts one copy of a film on its disk in a thread of its own, so that a disk that is busy holds nobody up."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from app.errors import ContainerError
from app.ports import NewContainer

#: bytes that may wait for the disk: a minute of film
MOST_WAITING = 64_000_000


class CopyWriter:
    """One container being written. `failed` is called in the writing thread, at most once, and then nothing is."""

    def __init__(
        self, file: NewContainer, failed: Callable[[ContainerError], None], most_waiting: int = MOST_WAITING
    ) -> None:
        self._file, self._failed, self._most = file, failed, most_waiting
        self._waiting: deque[bytes] = deque()
        self._bytes = 0
        self._ending = False
        self._change = threading.Condition()
        self.is_whole = True
        self._thread = threading.Thread(target=self._run, name="film copy", daemon=True)
        self._thread.start()

    def put(self, data: bytes) -> None:
        """Wait until there is room for it. What comes after a failure goes nowhere."""
        with self._change:
            self._change.wait_for(lambda: self._bytes < self._most or not self.is_whole)
            self._append(data)

    def offer(self, data: bytes) -> None:
        """As `put`, but a disk that is a minute behind has failed: nobody waits for a second copy."""
        with self._change:
            too_slow = self.is_whole and self._bytes >= self._most
            if too_slow:
                self.is_whole = False
                self._waiting.clear()
            self._append(data)
        if too_slow:
            self._failed(ContainerError("disk-error", reason="slow"))

    def end(self) -> None:
        """Write what waits and have it on the disk; `join` waits for that."""
        with self._change:
            self._ending = True
            self._change.notify_all()

    def join(self) -> None:
        self._thread.join()

    def _append(self, data: bytes) -> None:
        if self.is_whole:
            self._waiting.append(data)
            self._bytes += len(data)
            self._change.notify_all()

    def _run(self) -> None:
        try:
            while (data := self._next()) is not None:
                self._file.write(data)
                with self._change:
                    self._bytes -= len(data)
                    self._change.notify_all()
            if self.is_whole:
                self._file.sync()
        except ContainerError as error:
            self._give_up(error)

    def _next(self) -> bytes | None:
        with self._change:
            self._change.wait_for(lambda: self._waiting or self._ending or not self.is_whole)
            return self._waiting.popleft() if self._waiting and self.is_whole else None

    def _give_up(self, error: ContainerError) -> None:
        with self._change:
            told = not self.is_whole
            self.is_whole = False
            self._waiting.clear()
            self._change.notify_all()
        if not told:
            self._failed(error)
