"""Long work beside the window: lanes of threads, progress, time left, cancel, and results on the main thread.

The archive has a lane with a single worker; films and pages share a small pool. Work takes values and gives values.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import AppError, Cancelled

T = TypeVar("T")


class JobLane(StrEnum):
    """Where work waits for its turn: what is in one lane never stands before what is in another."""

    ARCHIVE = "archive"  # one at a time
    FILM = "film"  # one page, one certificate, one look into a film
    INTAKE = "intake"  # whole films are read and decoded
    KEEPING = "keeping"  # a film that was just recorded waits for nothing else
    WORDS = "words"  # the spelling: never behind a page that is being made
    BACKUP = "backup"  # whole archives are copied
    COPIES = "copies"  # minutes of work that nobody waits for never stand before a film that is taken in


#: how many of a lane are worked on at once
_WORKERS = dict.fromkeys(JobLane, 1) | {JobLane.FILM: 2, JobLane.INTAKE: 2}
#: what takes the computer for minutes and can wait: held while something is filmed
HEAVY = (JobLane.INTAKE, JobLane.BACKUP, JobLane.COPIES)
#: between two looks of held work at whether it was cancelled, in seconds
_LOOK_EVERY = 0.1


class Job(QObject):
    """One piece of long work as the screen sees it. All signals arrive on the main thread."""

    progressed = Signal(float)  # 0…1
    finished = Signal()

    def __init__(
        self,
        label: str,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
        free: threading.Event | None = None,
    ) -> None:
        """`free` is set while the lane that it stands in is not held."""
        super().__init__(parent)
        self._clock = clock  # seconds
        self._free = free
        self.label = label
        self.fraction = 0.0
        self.is_done = False
        self._cancel = threading.Event()
        self._started: float | None = None  # None in the queue
        self._told = 0.0
        self.progressed.connect(self._on_progressed)

    def start(self) -> None:
        """Called by the lane when the job's turn has come: waiting is not its pace."""
        self._wait_while_held()
        self._started = self._clock()

    def cancel(self) -> None:
        """Ask the work to stop; it ends at its next safe point."""
        self._cancel.set()

    def cancelled(self) -> bool:
        """Whether to stop. Work asks in its own thread at every safe point, and there it waits while it is held."""
        self._wait_while_held()
        return self._cancel.is_set()

    @property
    def is_held(self) -> bool:
        """Whether it waits until filming ends."""
        return self._free is not None and not self._free.is_set()

    def _wait_while_held(self) -> None:
        if self._free is None or self._free.is_set():
            return
        begun = self._clock()
        while not self._cancel.is_set() and not self._free.wait(_LOOK_EVERY):
            pass
        if self._started is not None:
            self._started += self._clock() - begun  # waiting is not its pace

    def progress(self, fraction: float) -> None:
        """Called by the work in its thread, as often as it likes; the screen hears it at most 20 times a second."""
        moment = self._clock()
        if fraction >= 1 or moment - self._told > 0.05:
            self._told = moment
            self.progressed.emit(fraction)

    def _on_progressed(self, fraction: float) -> None:
        self.fraction = fraction

    def seconds_left(self) -> float | None:
        """An estimate from the pace since its own start; None in the queue and while it would be a guess."""
        if self._started is None:
            return None
        spent = self._clock() - self._started
        if self.fraction < 0.02 or spent < 1:
            return None
        return spent * (1 - self.fraction) / self.fraction


def _in_turn(work: Callable[[Job], T], job: Job) -> T:
    job.start()
    return work(job)


class Jobs(QObject):
    """Starts jobs and hands their results back. `started` lets a panel show them."""

    started = Signal(object)
    failed = Signal(object)  # AppError that no `failed` callback took
    bug = Signal(object)  # an exception that nobody expected: the crash report's
    held_changed = Signal()  # heavy work waits from now on, or goes on
    _landed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {lane: ThreadPoolExecutor(n, thread_name_prefix=lane.value) for lane, n in _WORKERS.items()}
        self._running: dict[Job, JobLane] = {}  # in the order in which they were asked for
        self._free = {lane: threading.Event() for lane in HEAVY}
        for free in self._free.values():
            free.set()
        self._closed = False
        # queued even when the work is over at once: nobody is called back before `run` has returned
        self._landed.connect(self._on_landed, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        label: str,
        work: Callable[[Job], T],
        done: Callable[[T], object],
        failed: Callable[[AppError], None] | None = None,
        lane: JobLane = JobLane.FILM,
        broke: Callable[[], None] | None = None,
    ) -> Job:
        """Run `work(job)` in a thread; `done(result)` or `failed(error)` is called on the main thread.

        Without `failed` the error is signalled; a cancelled job calls neither unless `failed` is given. A bug is
        signalled; whoever waits for an end in any case gives `broke`, which is called before.
        """
        job = Job(label, self, free=self._free.get(lane))
        self._running[job] = lane
        self.started.emit(job)
        future: Future[T] = self._lanes[lane].submit(_in_turn, work, job)
        future.add_done_callback(lambda f: self._landed.emit((job, f, done, failed, broke)))
        return job

    @property
    def running(self) -> tuple[Job, ...]:
        """The oldest first."""
        return tuple(self._running)

    def is_busy(self, lane: JobLane) -> bool:
        """Whether something of a lane is worked on, or waits for its turn."""
        return lane in self._running.values()

    @property
    def is_closed(self) -> bool:
        """Whether nothing is begun any more: the archive closes."""
        return self._closed

    @property
    def are_held(self) -> bool:
        return not all(free.is_set() for free in self._free.values())

    def hold(self, *, held: bool) -> None:
        """Heavy work stops at its next safe point and waits there, or goes on: while filming the cameras come first."""
        if held == self.are_held:
            return
        for free in self._free.values():
            free.clear() if held else free.set()
        self.held_changed.emit()

    def close(self) -> None:
        """Cancel what runs and wait for it: before the archive closes. Nothing is called or signaled afterward."""
        self._closed = True
        for job in self._running:
            job.cancel()
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._running.clear()

    def _on_landed(
        self,
        landed: tuple[
            Job, Future[Any], Callable[[Any], None], Callable[[AppError], None] | None, Callable[[], None] | None
        ],
    ) -> None:
        if self._closed:  # the archive and the windows that asked are gone
            return
        job, future, done, failed, broke = landed
        self._running.pop(job, None)
        job.is_done = True
        job.finished.emit()
        job.deleteLater()
        error = None if future.cancelled() else future.exception()
        if future.cancelled():
            return
        if error is None:
            done(future.result())
        elif isinstance(error, AppError):
            if failed is not None:
                failed(error)
            elif not isinstance(error, Cancelled):
                self.failed.emit(error)
        else:
            if broke is not None:
                broke()
            self.bug.emit(error)
