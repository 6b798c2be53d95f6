"""The player's port. It carries signals, so it brings QtCore in; the other ports do without."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from PySide6.QtCore import QObject, Signal

from app.ports import Picture


class Player(QObject):
    """Shows one film exactly. Times are on the film's own clock, in microseconds; all signals on the main thread.

    `shown_at` is the timestamp of the picture that the sink was given last: what is on the screen is what is coded.
    """

    shown = Signal(object)  # Picture, after the sink has it
    playing_changed = Signal(bool)
    rate_changed = Signal(float)
    trouble = Signal(object)  # AppError

    def set_sink(self, sink: Callable[[Picture], None] | None) -> None:
        """Where pictures go, on the main thread: the roof hands in the view's."""
        raise NotImplementedError

    def open(self, source: Callable[[], BinaryIO], index: bytes) -> None:
        """Open a film; `source` gives a new seekable file object per reader. Shows the first picture."""
        raise NotImplementedError

    def play(self) -> None:
        raise NotImplementedError

    def pause(self) -> None:
        raise NotImplementedError

    def is_playing(self) -> bool:
        raise NotImplementedError

    def seek(self, time: int) -> None:
        """Show the picture at `time`; while dragging only the newest wanted time is decoded."""
        raise NotImplementedError

    def step(self, pictures: int) -> None:
        raise NotImplementedError

    def set_rate(self, rate: float) -> None:
        """0.25 to 2 times, pitch kept."""
        raise NotImplementedError

    def rate(self) -> float:
        raise NotImplementedError

    def set_volume(self, volume: float) -> None:
        """0 to 1."""
        raise NotImplementedError

    def play_range(self, start: int, end: int) -> None:
        """Play from `start` and stop at `end`: a disagreement, a moment of a statement."""
        raise NotImplementedError

    def shown_at(self) -> int | None:
        """Timestamp of the picture on the screen; None before the first."""
        raise NotImplementedError

    def duration(self) -> int:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError
