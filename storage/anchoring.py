"""Keeps the key file's anchor within a second of the access log, beside the work: no commit waits for it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

from app.errors import ArchiveError
from storage.store.access_log import Head

EVERY_S = 0.8


class Anchoring:
    """Puts the newest end of the log into the key file at most every `every_s` seconds while it moves.

    A disk that refuses is asked again with the next row. `close` waits for what is being written.
    """

    def __init__(self, keep: Callable[[Head], None], every_s: float = EVERY_S) -> None:
        self._keep, self._every = keep, every_s
        self._head: Head | None = None
        self._changed = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None

    def moved(self, head: Head) -> None:
        """A step was committed. Returns at once."""
        with self._changed:
            if self._closed:
                return
            self._head = head
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="anchor", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """End the thread; safe to call twice. The last end is anchored by whoever closes the log."""
        with self._changed:
            self._closed = True
            self._changed.notify()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._head is not None)
                # the steps of the next second go in with this one
                self._changed.wait_for(lambda: self._closed, timeout=self._every)
                head, self._head = self._head, None
                if self._closed or head is None:
                    return
            with contextlib.suppress(ArchiveError):
                self._keep(head)
