"""Louder without breaking: gain for quiet voices, and a limiter that gives way before a loud one would be cut off."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: nothing leaves louder than this share of full scale
CEILING = 0.97
#: samples over which one factor goes over into the next: 5 ms at 48 kHz
BLOCK = 240
#: how fast loudness comes back after a loud moment: a factor per block, about 0.4 s for 20 dB
RECOVERY = 10 ** (20 / 20 / 80)


class Limiter:
    """A look-ahead limiter: the factor falls over the block before a loud one and comes back slowly.

    Samples are float32 of shape (n, 2). They come out in order and none is lost or moved; up to two blocks are held
    back until more comes, `rest` gives them.
    """

    def __init__(self) -> None:
        import numpy as np

        self._waiting: NDArray[Any] = np.zeros((0, 2), dtype=np.float32)
        self._edge: float | None = None  # the factor where the waiting samples begin

    def push(self, samples: NDArray[Any], gain: float) -> NDArray[Any]:
        """Take samples as they are, give what is ready `gain` times louder."""
        import numpy as np

        waiting = np.concatenate([self._waiting, samples * np.float32(gain)])
        blocks = len(waiting) // BLOCK
        if blocks < 2:
            self._waiting = waiting
            return waiting[:0]
        ready = waiting[: (blocks - 1) * BLOCK]
        self._waiting = waiting[(blocks - 1) * BLOCK :]
        return self._limited(ready, waiting[: blocks * BLOCK])

    def rest(self) -> NDArray[Any]:
        """What is still held back; the stream ends or breaks off here."""
        import numpy as np

        short = -len(self._waiting) % BLOCK
        padded = np.concatenate([self._waiting, np.zeros((short + BLOCK, 2), dtype=np.float32)])
        out = self._limited(padded[:-BLOCK], padded)[: len(self._waiting)]
        self._waiting = self._waiting[:0]
        return out

    def _limited(self, ready: NDArray[Any], known: NDArray[Any]) -> NDArray[Any]:
        """`known` is one block longer than `ready`."""
        import numpy as np

        peaks = np.abs(known).reshape(-1, BLOCK * 2).max(axis=1)
        allowed = np.minimum(1.0, CEILING / np.maximum(peaks, 1e-9))
        edges = [self._edge if self._edge is not None else float(allowed[0])]
        for here, following in pairwise(allowed):
            edges.append(min(float(here), float(following), edges[-1] * RECOVERY, 1.0))
        self._edge = edges[-1]
        if min(edges) == 1.0:
            return ready
        starts, ends = np.array(edges[:-1]), np.array(edges[1:])
        slope = np.arange(1, BLOCK + 1) / BLOCK
        factors = starts[:, None] + (ends - starts)[:, None] * slope
        out: NDArray[Any] = np.clip(ready * factors.reshape(-1, 1), -1.0, 1.0).astype(np.float32)
        return out
