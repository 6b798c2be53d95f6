"""A clock that is moved while the archive is open is told: times that were noted before and after do not fit.

What counts days by it, as the end of backups, relies on nothing from a day to come (`storage/backups/expiring`).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.i18n import Texts
from app.notices import Notice, Notices, Tone

#: between two looks, in milliseconds
LOOK_EVERY_MS = 60_000
#: seconds by which a clock may be put right by itself without anybody's being told
TOLD_FROM_S = 120.0


def steady_s() -> float:
    """Seconds of a clock that nobody moves and that goes on while the computer sleeps."""
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)  # which counts sleep there; `time.monotonic` does not
    if sys.platform == "win32":
        return time.monotonic()
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class ClockWatch(QObject):
    """Compares the computer's clock with one that nobody moves."""

    def __init__(
        self,
        notices: Notices,
        texts: Callable[[], Texts],
        parent: QObject | None = None,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = steady_s,
    ) -> None:
        """`clock` and `steady` give seconds."""
        super().__init__(parent)
        self._notices, self._texts = notices, texts
        self._clock, self._steady = clock, steady
        self._apart = clock() - steady()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """The archive was opened."""
        self._apart = self._clock() - self._steady()
        self._timer.start()

    def stop(self) -> None:
        """The archive closes."""
        self._timer.stop()

    def look(self) -> None:
        """Whether the clock was moved since the last look."""
        apart = self._clock() - self._steady()
        moved, self._apart = apart - self._apart, apart
        if abs(moved) < TOLD_FROM_S:
            return
        t, minutes = self._texts(), round(abs(moved) / 60)
        if moved > 0:
            words = t.trn(
                "This computer's clock was put forward by {n} minute. Times that are noted from now on follow it.",
                "This computer's clock was put forward by {n} minutes. Times that are noted from now on follow it.",
                minutes,
            )
        else:
            words = t.trn(
                "This computer's clock was put back by {n} minute. Times that are noted from now on follow it.",
                "This computer's clock was put back by {n} minutes. Times that are noted from now on follow it.",
                minutes,
            )
        self._notices.say(Notice(words, Tone.WARNING, stays=True))
