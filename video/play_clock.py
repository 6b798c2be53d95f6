"""The clock that pictures follow while a film plays: what was heard, or plain time where nothing is heard."""

from __future__ import annotations

import time
from typing import Protocol

from app.model.timecode import SECOND, Micros
from video.sound_output import SoundOutput

#: an output tells its time in steps; between them plain time goes on, but not farther than this (µs)
STEP: Micros = 100_000
#: an output that has not moved for so long has died (seconds)
DEAD = 2.0


class PlayClock(Protocol):
    """Film time while playing."""

    def now(self) -> Micros: ...


class PlainClock:
    """A monotonic clock that started at film time `start`."""

    def __init__(self, start: Micros, rate: float) -> None:
        self._start, self._rate, self._begun = start, rate, time.monotonic()

    def now(self) -> Micros:
        return self._start + int((time.monotonic() - self._begun) * SECOND * self._rate)


class SoundClock:
    """Follows what an output has played, evenly; never goes back."""

    def __init__(self, output: SoundOutput, start: Micros, rate: float) -> None:
        self._output, self._start, self._rate = output, start, rate
        self._played, self._moved = output.played(), time.monotonic()
        self._told = start

    def now(self) -> Micros:
        played, moment = self._output.played(), time.monotonic()
        if played != self._played:
            self._played, self._moved = played, moment
        since = min(int((moment - self._moved) * SECOND), STEP) if played else 0
        self._told = max(self._told, self._start + int((played + since) * self._rate))
        return self._told

    def is_dead(self) -> bool:
        """True when the output has stopped moving: unplugged, or taken by another program."""
        self.now()
        return time.monotonic() - self._moved > DEAD
