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
            return time.monotonic_ns() // 1000
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000

    def awake(self) -> Micros:
        if sys.platform == "darwin":
            return time.clock_gettime_ns(time.CLOCK_UPTIME_RAW) // 1000
        if sys.platform == "win32":
            import ctypes

            ticks = ctypes.c_ulonglong()  # tenths of microseconds since the system started, without its sleep
            ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))
            return ticks.value // 10
        return time.monotonic_ns() // 1000
