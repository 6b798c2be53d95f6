"""Looks for devices of one kind in a child process, for as long as it is needed; the window never waits for a driver.

One that hangs or crashes in the child is told as silent, and tried again now and then: it may have been pulled out.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from app.ports.children import own_module

_log = logging.getLogger(__name__)

#: so long a child may take to say what there is, in milliseconds: a cold start of Python and Qt, and slow drivers
LIMIT = 10_000
#: after so long a silent kind is tried again, in milliseconds
AGAIN = 15_000


class DeviceSearch(QObject):
    """`changed` when there is something new to be said."""

    changed = Signal()

    def __init__(
        self,
        kind: str,
        command: Sequence[str] = (),
        limit: int = LIMIT,
        again: int = AGAIN,
        parent: QObject | None = None,
    ) -> None:
        """`command` stands for the child in a test."""
        super().__init__(parent)
        self._kind = kind
        self._command = tuple(command) or tuple(own_module("video.recording.device_child", kind))
        self.said: dict[str, Any] | None = None  # the newest that was said; None before
        self.is_silent = False
        self._process: QProcess | None = None
        self._limit = QTimer(self, singleShot=True, interval=limit)
        self._limit.timeout.connect(self._give_up)
        self._again = QTimer(self, singleShot=True, interval=again)
        self._again.timeout.connect(self._start)
        self._closed = self._has_spoken = False

    @property
    def is_looking(self) -> bool:
        """Whether nothing has been said yet, and may still be."""
        return self.said is None and not self.is_silent

    def begin(self) -> None:
        """Look from now on; again it does nothing."""
        if self._process is None and not self._again.isActive() and not self._closed:
            self._start()

    def close(self) -> None:
        self._closed = True
        self._limit.stop()
        self._again.stop()
        self._end()

    def _start(self) -> None:
        process = self._process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._on_words)
        process.finished.connect(self._on_end)
        process.errorOccurred.connect(self._on_error)
        self._limit.start()
        process.start(self._command[0], list(self._command[1:]))

    def _end(self) -> None:
        """A child that hangs in a driver is killed; it holds nothing of ours."""
        process, self._process = self._process, None
        if process is None:
            return
        process.readyReadStandardOutput.disconnect(self._on_words)
        process.finished.disconnect(self._on_end)
        process.errorOccurred.disconnect(self._on_error)
        process.kill()
        process.waitForFinished(1000)
        process.deleteLater()

    def _on_words(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            try:
                said = json.loads(bytes(process.readLine().data()))
            except ValueError:
                continue
            if isinstance(said, dict) and isinstance(said.get(self._kind), list):
                self._limit.stop()
                self.said, self.is_silent, self._has_spoken = said, False, True
                self.changed.emit()

    def _on_error(self, _error: QProcess.ProcessError) -> None:
        if self._process is not None and self._process.state() == QProcess.ProcessState.NotRunning:
            self._give_up()

    def _on_end(self) -> None:
        self._give_up()

    def _give_up(self) -> None:
        """It did not answer in time, or went down. One that had answered is only asked anew: what it said stands."""
        _log.info("the search for %s does not answer", self._kind)
        self._limit.stop()
        self._end()
        had_spoken, self._has_spoken = self._has_spoken, False
        self._again.start()
        if not had_spoken:
            self.said, self.is_silent = None, True
            self.changed.emit()
