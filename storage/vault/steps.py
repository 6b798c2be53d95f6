"""How far a long work on films is: told as it goes, and stopped at the person's wish."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.errors import Cancelled
from app.model.units import ByteCount


class Steps:
    """Counts bytes of a `total`. For several threads: one tells at a time."""

    def __init__(
        self, total: ByteCount, on_progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> None:
        self._done, self._total, self._on_progress, self._cancelled = 0, total, on_progress, cancelled
        self._telling = threading.Lock()

    def step(self, count: ByteCount) -> None:
        """So many bytes more are done. Raises Cancelled."""
        with self._telling:
            self._done += count
            self._on_progress(self._done, self._total)
            if self._cancelled():
                raise Cancelled
