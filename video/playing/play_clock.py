"""The clock that pictures follow while films play: what was heard, or plain time where nothing is heard."""

from __future__ import annotations

import time
from typing import Protocol

from app.model.timecode import SECOND
from app.model.units import PlayedMicros
from video.playing.sound_output import SoundOutput

#: an output tells its time in steps; between them plain time goes on, but not farther than this (µs)
STEP = 100_000
#: an output that has not moved for so long has died (seconds)
DEAD = 2.0


# `perf_counter` and not `monotonic`: the same clock on Linux and macOS, while on Windows the other one goes on in steps
# of 15.6 ms before Python 3.13


class PlayClock(Protocol):
    """Microseconds played since it began; never goes back."""

    def played(self) -> float: ...


class PlainClock:
    """A monotonic clock that begins at `played`."""

    def __init__(self, played: float = 0.0) -> None:
        self._start, self._begun = played, time.perf_counter()

    def played(self) -> PlayedMicros:
        return self._start + (time.perf_counter() - self._begun) * SECOND


class SoundClock:
    """Follows what an output has played, evenly."""

    def __init__(self, output: SoundOutput) -> None:
        self._output = output
        self._told = 0.0
        self._heard, self._moved = output.played(), time.perf_counter()

    def played(self) -> PlayedMicros:
        heard, moment = self._output.played(), time.perf_counter()
        if heard != self._heard:
            self._heard, self._moved = heard, moment
        since = min((moment - self._moved) * SECOND, STEP) if heard else 0.0
        self._told = max(self._told, heard + since)
        return self._told

    def is_dead(self) -> bool:
        """True when the output has stopped moving: unplugged, or taken by another program."""
        self.played()
        return time.perf_counter() - self._moved > DEAD
