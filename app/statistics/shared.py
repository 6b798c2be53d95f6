"""Time in which two coders had the same state on at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.model.meeting import Stretch, intersection
from app.model.timecode import Micros
from app.statistics.acts import Act


@dataclass(frozen=True, slots=True)
class SharedState:
    """A state of one code: `time` µs in which both had it on, and `share` of the window, 0 to 1."""

    code: str
    time: Micros
    share: float


def shared_state(a: Iterable[Act], b: Iterable[Act], code: str, window: tuple[Stretch, ...]) -> SharedState:
    """Of two coders' acts, within a window that has length."""
    on = [tuple(Stretch(x.start, x.end) for x in acts if x.code == code and x.end is not None) for acts in (a, b)]
    time = sum(s.length for s in intersection(intersection(on[0], window), on[1]))
    return SharedState(code, time, time / sum(s.length for s in window))
