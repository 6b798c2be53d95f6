"""The microphone's side of a recording: how loud it is, all the time, and its sound packed once for every film."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from app.model.timecode import SECOND, Micros
from app.ports.recorder import SoundLevel
from video.recording.feeds import SOUND_RATE
from video.recording.film_writer import SoundPacket
from video.recording.fragments import SOUND_BITS
from video.recording.recording_clock import RecordingClock
from video.recording.sound_line import Piece, SoundLine

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: samples in a packet of AAC
PACKET = 1024
#: a level is told for each such piece, in samples
LEVEL_EVERY = SOUND_RATE // 10
#: the faintest level told, in decibels, and where clipping begins
FAINTEST, CLIPS = -90.0, 0.999
#: sound is on its way for a moment: what comes so early after a beginning was said before it, and is silence
HUSHED: Micros = SECOND // 5
#: how often the thread looks whether sound is missing, in seconds
LOOK = 0.25


@dataclass(frozen=True, slots=True)
class _Begin:
    zero: Micros


@dataclass(frozen=True, slots=True)
class _Finish:
    then: Callable[[], None]


_Item: TypeAlias = "tuple[NDArray[Any], Micros] | _Begin | _Finish"


class SoundRecorder:
    """Takes sound from a microphone's thread and works in its own. `told` and `packed` are called there.

    While `has_slept` says that the computer slept since the recording began, no silence is filled in: it ends there.
    """

    def __init__(
        self,
        clock: RecordingClock,
        told: Callable[[SoundLevel], None],
        packed: Callable[[SoundPacket], None],
        has_slept: Callable[[], bool] = lambda: False,
    ) -> None:
        self._clock, self._told, self._packed, self._has_slept = clock, told, packed, has_slept
        self._queue: deque[_Item] = deque()
        self._change = threading.Condition()
        self._ended = False
        self._level = LevelMeter(told)
        self._line: SoundLine | None = None
        self._packer: SoundPacker | None = None
        self._missing = 0  # samples
        self._hushed_until: Micros = 0
        self._thread = threading.Thread(target=self._run, name="film sound writer", daemon=True)
        self._thread.start()

    def take(self, samples: NDArray[Any], end: Micros) -> None:
        """From the microphone, as `SoundTaker` says."""
        self._put((samples, end))

    @property
    def is_working(self) -> bool:
        """Whether anything comes of what is taken: a bug may have ended its thread."""
        return not self._ended

    @property
    def missing(self) -> Micros:
        """Sound that should have come since the recording began and did not."""
        return self._missing * SECOND // SOUND_RATE

    def begin(self, zero: Micros) -> None:
        """Pack sound from this time of the clock on."""
        self._put(_Begin(zero))

    def finish(self, then: Callable[[], None]) -> None:
        """Pack what has come, then call `then` in the thread; at once when the thread is no more."""
        if not self._put(_Finish(then)):
            then()

    def close(self) -> None:
        with self._change:
            self._ended = True
            self._change.notify_all()
        self._thread.join()

    def _put(self, item: _Item) -> bool:
        with self._change:
            if not self._ended:
                self._queue.append(item)
                self._change.notify_all()
            return not self._ended

    def _run(self) -> None:
        try:
            while self._work():
                pass
        finally:  # also when a bug ends it: whoever waits for the last sound goes on without it
            with self._change:
                self._ended = True
                left = [i for i in self._queue if isinstance(i, _Finish)]
                self._queue.clear()
            for item in left:
                item.then()

    def _work(self) -> bool:
        """One piece of work; False at the end."""
        with self._change:
            self._change.wait_for(lambda: self._queue or self._ended, LOOK)
            if self._ended and not self._queue:
                return False
            item = self._queue.popleft() if self._queue else None
        if item is None:
            self._fill()
        elif isinstance(item, _Begin):
            self._line, self._packer = SoundLine(item.zero), SoundPacker(self._packed)
            self._missing, self._hushed_until = 0, item.zero + HUSHED
        elif isinstance(item, _Finish):
            self._finish(item.then)
        else:
            self._take(*item)
        return True

    def _take(self, samples: NDArray[Any], end: Micros) -> None:
        self._level.take(samples)
        if self._line is not None and self._packer is not None:
            for piece in self._line.take(self._hushed(samples, end), end):
                self._packer.push(piece)
            self._missing = self._line.missing

    def _hushed(self, samples: NDArray[Any], end: Micros) -> NDArray[Any]:
        """Silence in place of what may have been said before the recording began."""
        early = len(samples) - (end - self._hushed_until) * SOUND_RATE // SECOND
        if early <= 0:
            return samples
        quiet = samples.copy()
        quiet[:early] = 0
        return quiet

    def _fill(self) -> None:
        if self._has_slept():
            return
        if self._line is not None and self._packer is not None:
            for piece in self._line.fill(self._clock.now()):
                self._packer.push(piece)
            self._missing = self._line.missing

    def _finish(self, then: Callable[[], None]) -> None:
        packer, self._line, self._packer = self._packer, None, None
        try:
            if packer is not None:
                packer.finish()
        finally:
            then()


class SoundPacker:
    """One line of samples into packets of AAC, each with its position in the line."""

    def __init__(self, packed: Callable[[SoundPacket], None]) -> None:
        import av
        import numpy as np

        context: Any = av.CodecContext.create("aac", "w")
        context.sample_rate, context.layout, context.format = SOUND_RATE, "mono", "fltp"
        context.bit_rate, context.time_base = SOUND_BITS, Fraction(1, SOUND_RATE)
        self._context, self._packed = context, packed
        self._rest: NDArray[Any] = np.zeros(0, np.float32)
        self._count = 0
        self._skips: deque[tuple[int, int]] = deque([(-(2**62), 0)])  # (from this sample on, so many were left out)

    def push(self, samples: Piece) -> None:
        """Float32, one channel; or how many samples are left out."""
        import numpy as np

        if isinstance(samples, int):
            self._skip(samples)
            return
        whole = np.concatenate((self._rest, samples)) if len(self._rest) else samples
        end = len(whole) // PACKET * PACKET
        for at in range(0, end, PACKET):
            self._encode(whole[at : at + PACKET])
        self._rest = whole[end:]

    def _skip(self, samples: int) -> None:
        import numpy as np

        fill = -len(self._rest) % PACKET
        self.push(np.zeros(fill, np.float32))
        self._skips.append((self._count, self._skips[-1][1] + samples - fill))

    def finish(self) -> None:
        import numpy as np

        self.push(np.zeros(-len(self._rest) % PACKET, np.float32))
        self._give(self._context.encode(None))

    def _encode(self, samples: NDArray[Any]) -> None:
        import av
        import numpy as np

        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[None, :]), format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, self._count, Fraction(1, SOUND_RATE)
        self._count += PACKET
        self._give(self._context.encode(frame))

    def _give(self, packets: Any) -> None:
        for packet in packets:
            while len(self._skips) > 1 and packet.pts >= self._skips[1][0]:
                self._skips.popleft()
            self._packed(SoundPacket(bytes(packet), packet.pts + self._skips[0][1], PACKET))


class LevelMeter:
    """Tells peak and mean of every tenth of a second."""

    def __init__(self, told: Callable[[SoundLevel], None]) -> None:
        self._told = told
        self._peak = self._power = 0.0
        self._count = 0

    def take(self, samples: NDArray[Any]) -> None:
        import numpy as np

        if not len(samples):
            return
        self._peak = max(self._peak, float(np.abs(samples).max()))
        self._power += float(np.dot(samples, samples))
        self._count += len(samples)
        if self._count >= LEVEL_EVERY:
            mean = decibels((self._power / self._count) ** 0.5)
            self._told(SoundLevel(decibels(self._peak), mean, self._peak >= CLIPS))
            self._peak = self._power = 0.0
            self._count = 0


def decibels(share: float) -> float:
    """Below full scale: 20 · log₁₀(share), at least `FAINTEST`."""
    from math import log10

    return max(20 * log10(share), FAINTEST) if share > 0 else FAINTEST
