"""How evenly a film's pictures follow each other: constant with its rate, or variable with its bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from app.model.timecode import SECOND, Micros

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: rates of cameras, tried when the file's own word does not fit its timestamps
CAMERA_RATES = tuple(
    Fraction(r) for r in (25, 30, 50, 60, 24, 15, 12, 10, 20, 48, 100, 120, 90, 240)
) + tuple(Fraction(r * 1000, 1001) for r in (24, 30, 60, 120))  # fmt: skip
#: timestamps of Matroska are whole milliseconds; a rounded rhythm is still a constant one
ROUNDING_US = 1_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`kind` is *constant* or *variable*; figures in pictures per second."""

    kind: str
    fps: float
    min_fps: float
    max_fps: float


def rate_of(times: NDArray[np.int64], tick: float, hints: Sequence[Fraction | None]) -> Rate:
    """The rate of sorted picture `times` (µs) whose clock ticks every `tick` µs; `hints` is what the file says."""
    import numpy as np

    known = [_named(h) for h in hints if h]
    if len(times) < 2:
        fps = float(known[0]) if known else 0.0
        return Rate("constant", fps, fps, fps)
    span = int(times[-1] - times[0])
    mean = Fraction(SECOND * (len(times) - 1), span)
    slack = max(tick, ROUNDING_US) * 1.01 + 1
    for rate in (*known, *CAMERA_RATES, mean):
        if _fits(times, rate, slack) or _fits_after_first(times, rate, slack):
            fps = float(rate)
            return Rate("constant", fps, fps, fps)
    gaps = np.diff(times)
    return Rate("variable", float(mean), SECOND / int(gaps.max()), SECOND / int(gaps.min()))


def closed_up(times: NDArray[np.int64], holes: Sequence[tuple[Micros, Micros]]) -> NDArray[np.int64]:
    """The same sorted pictures (µs) as if there were no holes in which nobody filmed."""
    import numpy as np

    moved = times.copy()
    for start, end in holes:
        moved -= np.where(times >= end, end - start, 0)
    return moved


def _named(rate: Fraction) -> Fraction:
    """The camera's rate when the file's is the same but for the rounding of its picture duration."""
    return next((c for c in CAMERA_RATES if abs(rate / c - 1) < 1e-5), rate)


def _fits(times: NDArray[np.int64], rate: Fraction, slack: float) -> bool:
    """True when every picture is where the rate says, within the rounding of the file's clock."""
    import numpy as np

    ideal = np.arange(len(times)) * float(SECOND / rate)
    off = times - times[0] - ideal
    return bool(off.max() - off.min() <= slack)


def _fits_after_first(times: NDArray[np.int64], rate: Fraction, slack: float) -> bool:
    """True when only the first picture stays longer, by no more than one more: so begin films written live."""
    first, usual = int(times[1] - times[0]), float(SECOND / rate)
    return len(times) > 3 and usual < first <= 2 * usual + slack and _fits(times[1:], rate, slack)


def usual_gap(times: NDArray[np.int64], rate: Rate) -> Micros:
    """How long the last picture stays when the file does not say."""
    import numpy as np

    if len(times) > 1:
        return int(np.median(np.diff(times)))
    return round(SECOND / rate.fps) if rate.fps else 0
