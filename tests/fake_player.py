"""A player without a film: pictures of one color, 25 a second, exact and at once."""

from collections.abc import Callable

import numpy as np

from app.ports import Picture
from app.ports.player import Player

FRAME = 40_000


class FakePlayer(Player):
    """Seeks and steps at once; `play` plays nothing by itself, `advance` does."""

    def __init__(self, length: int = 60_000_000) -> None:
        super().__init__()
        self._length, self._at, self._rate, self._playing = length, None, 1.0, False
        self._sink: Callable[[Picture], None] | None = None
        self._pixels = np.zeros((36, 64, 4), np.uint8)
        self.closed = False

    def set_sink(self, sink) -> None:
        self._sink = sink

    def open(self, source, index: bytes) -> None:
        self._show(0)

    def play(self) -> None:
        self._playing = True
        self.playing_changed.emit(True)

    def pause(self) -> None:
        self._playing = False
        self.playing_changed.emit(False)

    def is_playing(self) -> bool:
        return self._playing

    def seek(self, time: int) -> None:
        self._show(time)

    def step(self, pictures: int) -> None:
        self._show((self._at or 0) + pictures * FRAME)

    def advance(self, micros: int) -> None:
        """As if it had played on."""
        self._show((self._at or 0) + micros)

    def set_rate(self, rate: float) -> None:
        self._rate = rate
        self.rate_changed.emit(rate)

    def rate(self) -> float:
        return self._rate

    def set_volume(self, volume: float) -> None:
        """There is no sound."""

    def play_range(self, start: int, end: int) -> None:
        self._range = (start, end)
        self._show(start)
        self.play()

    def shown_at(self) -> int | None:
        return self._at

    def duration(self) -> int:
        return self._length

    def close(self) -> None:
        self.closed = True

    def _show(self, time: int) -> None:
        number = min(max(time, 0), self._length - FRAME) // FRAME
        self._at = number * FRAME
        picture = Picture(self._at, number, 64, 36, self._pixels)
        if self._sink is not None:
            self._sink(picture)
        self.shown.emit(picture)
