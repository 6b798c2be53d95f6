"""How late a worker presses: measured once, and taken off every press from then on if the worker wishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from app.model.timecode import SECOND, Micros

#: fewer answers make no median worth shifting by; slower or faster ones were no answers to the sign
LEAST_PRESSES = 8
SOONEST, LATEST = SECOND // 10, 3 * SECOND // 2


@dataclass(frozen=True, slots=True)
class Calibration:
    """One round of the 60-second game. `presses` are the delays from sign to press, µs; `in_use` shifts new presses.

    The newest of a worker that is in use counts. Earlier presses stay what they were.
    """

    id: str
    worker_id: str
    held: datetime
    presses: tuple[int, ...]
    in_use: bool = True

    @property
    def delay(self) -> Micros:
        """The worker's own median, µs; 0 when too few of the presses were answers."""
        return median_delay(self.presses)


def answers(presses: tuple[int, ...]) -> tuple[int, ...]:
    """Delays that can be an answer to the sign: neither guessed ahead of it nor missed."""
    return tuple(p for p in presses if SOONEST <= p <= LATEST)


def median_delay(presses: tuple[int, ...]) -> Micros:
    good = answers(presses)
    return round(median(good)) if len(good) >= LEAST_PRESSES else 0
