"""The one clock of cameras and microphone: it never jumps with the time of day, and goes on in the computer's sleep."""

from __future__ import annotations

import sys
import time
from typing import Protocol

from app.model.timecode import Micros


class RecordingClock(Protocol):
    """Two readings in microseconds from any beginning; they differ by what the computer slept."""

    def now(self) -> Micros:
        """Goes on while the computer sleeps."""
        ...

    def awake(self) -> Micros:
        """Stands still while the computer sleeps."""
        ...


class SystemClock:
    """The clocks of this system."""

    def now(self) -> Micros:
        if sys.platform == "darwin":
            return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        if sys.platform == "win32":
            return _of_windows("QueryInterruptTimePrecise")
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000

    def awake(self) -> Micros:
        if sys.platform == "darwin":
            return time.clock_gettime_ns(time.CLOCK_UPTIME_RAW) // 1000
        if sys.platform == "win32":
            return _of_windows("QueryUnbiasedInterruptTimePrecise")
        return time.monotonic_ns() // 1000


def _of_windows(call: str) -> Micros:
    """One clock of Windows with its sleep or without, so that nothing but sleep lies between them.

    Python's own `monotonic` goes on in steps of 15.6 ms there before 3.13: half a picture.
    """
    import ctypes

    library = ctypes.WinDLL("api-ms-win-core-realtime-l1-1-1.dll")  # type: ignore[attr-defined]  # Windows 10 only
    ticks = ctypes.c_ulonglong()  # tenths of microseconds since the system started
    library[call](ctypes.byref(ticks))
    return ticks.value // 10
