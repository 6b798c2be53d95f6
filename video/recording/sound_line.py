"""Sound that arrives in pieces, a little late and by another clock than the pictures, as one line of samples in time.

Counting its samples is telling the recording's time: a microphone whose clock runs by a few thousandths of a per cent
differently is stretched unheard, gaps become silence.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from app.model.timecode import SECOND, Micros
from video.recording.feeds import SOUND_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: float32 samples, or how many are left out because the gap is long (the computer slept)
Piece: TypeAlias = "NDArray[Any] | int"

#: pieces arrive late by their way through the system, never early: the least lateness of so long a time counts
WINDOW: Micros = SECOND
#: stretched when it is off by more than this, in samples (4 ms)
OFF = SOUND_RATE // 250
#: stretched by at most one sample in so many: 0.25 %, which nobody hears
ONE_IN = 400
#: off by more than this is a gap or a surplus, in samples (0.1 s)
GAP = SOUND_RATE // 10
#: nothing for so long is filled with silence without waiting for more
SILENT: Micros = SECOND
#: a gap longer than this is left out, a shorter one is silence, in samples
LONG_GAP = 10 * SOUND_RATE


class SoundLine:
    """Begins at time `zero` of the recording clock. `position` counts the samples given since then."""

    def __init__(self, zero: Micros) -> None:
        self._zero = zero
        self.position = 0
        self.missing = 0  # samples that should have come since the first one and did not
        self._has_begun = False
        self._begins = True  # the next piece begins the line, or begins it anew after silence
        self._late: deque[tuple[Micros, int]] = deque()

    def take(self, samples: NDArray[Any], end: Micros) -> Iterator[Piece]:
        """Put a piece whose last sample arrived at `end` into the line; gives what follows the line so far."""
        begin = self._place(end) - len(samples)
        if begin < self.position and self._begins:  # from before the beginning
            samples, begin = samples[min(self.position - begin, len(samples)) :], self.position
        if not len(samples):
            return
        late = self._least_late(begin - self.position, end)
        if self._begins or late > GAP:
            self._late.clear()
            self._begins = False
            yield from self._silence(begin - self.position)
            self._has_begun = True
        elif late < -GAP:  # silence was filled in where this came too late to be
            self._late.clear()
            samples = samples[min(-late, len(samples)) :]
        elif abs(late) > OFF:
            samples = self._stretched(samples, late)
        yield from self._given(samples)

    def fill(self, now: Micros) -> Iterator[Piece]:
        """Silence up to a moment ago, when nothing came for long."""
        missing = self._place(now) - self.position
        if missing > SILENT * SOUND_RATE // SECOND:
            self._late.clear()
            self._begins = True
            yield from self._silence(missing - SOUND_RATE // 5)

    def _place(self, time: Micros) -> int:
        return (time - self._zero) * SOUND_RATE // SECOND

    def _silence(self, count: int) -> Iterator[Piece]:
        import numpy as np

        if self._has_begun:
            self.missing += max(count, 0)
        if count > LONG_GAP:
            self.position += count
            yield count
        else:
            yield from self._given(np.zeros(max(count, 0), np.float32))

    def _given(self, samples: NDArray[Any]) -> Iterator[Piece]:
        if len(samples):
            self.position += len(samples)
            yield samples

    def _least_late(self, late: int, now: Micros) -> int:
        """How far the line is behind time by its most punctual piece; 0 until enough have come to know."""
        if late < -GAP:
            return late
        self._late.append((now, late))
        while now - self._late[0][0] > WINDOW:
            self._late.popleft()
        known = now - self._late[0][0] > WINDOW * 3 // 4
        return min(x for _, x in self._late) if known else 0

    def _stretched(self, samples: NDArray[Any], late: int) -> NDArray[Any]:
        """Longer when the line is behind time, shorter when it is ahead."""
        import numpy as np

        by = max(len(samples) // ONE_IN, 1) * (1 if late > 0 else -1)
        count = max(len(samples) + by, 1)
        self._late = deque((t, x - by) for t, x in self._late)
        places = np.linspace(0, len(samples) - 1, count)
        stretched: NDArray[Any] = np.interp(places, np.arange(len(samples)), samples).astype(np.float32)
        return stretched
