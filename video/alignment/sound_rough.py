"""Where along a film another one may lie, by how their sound swells and falls: the coarse half of sync by sound.

Levels of three bands of speech, leveled so that neither distance, automatic gain nor a hum counts, are correlated piece
by piece over the whole length and for every drift that clocks of cameras have.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from video.alignment.mono_sound import RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: levels per second, and samples that one level is taken from (twice its share, so that neighbors overlap)
LEVELS = 50
_HOP, _SPAN = RATE // LEVELS, 2 * RATE // LEVELS
#: Hz; what lies below is rumble and hum, what lies above is often lost by phones
BANDS = ((200, 700), (700, 1_700), (1_700, 3_600))
#: levels over which loudness is evened out: four seconds
_EVEN = 4 * LEVELS
_MOST = 4.0  # nothing counts for more than this many standard deviations
_BLOCK = 5_000  # levels worked on at a time: bounded memory
#: levels of one piece of the other film: short enough that no drift smears it
_PIECE = 64 * LEVELS
#: drifts tried, in parts per million: 0 to beyond what two cameras differ by
DRIFTS = tuple(range(-240, 241, 30))
#: the least that two films must overlap, in levels; films shorter than twice that, half of the shorter one
_OVERLAP = 20 * LEVELS
#: two placements closer than this are one (levels: a quarter of a second)
_APART = LEVELS // 4


@dataclass(frozen=True, slots=True)
class Placement:
    """`offset` in s: the other film's beginning on the reference; `strength` in standard deviations of chance."""

    offset: float
    drift_ppm: float
    strength: float


def levels(sound: NDArray[np.int16]) -> NDArray[np.float32]:
    """Leveled loudness of each band, shape (bands, n) at `LEVELS` per second: mean 0, about variance 1."""
    count = max((len(sound) - _SPAN) // _HOP + 1, 0)
    out = np.empty((len(BANDS), count), dtype=np.float32)
    window = np.hanning(_SPAN).astype(np.float32)
    edges = [(low * _SPAN // RATE, high * _SPAN // RATE) for low, high in BANDS]
    for start in range(0, count, _BLOCK):
        stop = min(start + _BLOCK, count)
        piece = sound[start * _HOP : (stop - 1) * _HOP + _SPAN].astype(np.float32)
        rows = np.lib.stride_tricks.sliding_window_view(piece, _SPAN)[::_HOP]
        power = np.abs(np.fft.rfft(rows * window, axis=1)) ** 2
        for band, (low, high) in enumerate(edges):
            out[band, start:stop] = power[:, low:high].sum(axis=1)
    return np.stack([_leveled(band) for band in out]) if count else out


def _leveled(power: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logarithm above the film's own quiet, evened over seconds, so that only swelling and falling is left."""
    quiet = max(float(np.percentile(power, 20)), 1.0)
    loud = np.log(power + quiet)
    swell = loud - _evened(loud)
    spread = np.sqrt(_evened(swell * swell))
    swell /= np.maximum(spread, 0.3 * float(swell.std()) + 1e-6)
    evened: NDArray[np.float32] = np.clip(swell, -_MOST, _MOST).astype(np.float32)
    return evened


def _evened(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Moving mean over `_EVEN` values; at both ends over what is there."""
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    at = np.arange(len(values))
    first, last = np.maximum(at - _EVEN // 2, 0), np.minimum(at + _EVEN // 2 + 1, len(values))
    return np.asarray((total[last] - total[first]) / (last - first))


def placements(
    reference: NDArray[np.float32], other: NDArray[np.float32], most: int, alive: Callable[[float], None]
) -> list[Placement]:
    """The `most` likeliest places of the other film's levels along the reference's, the strongest first.

    `alive` hears a share from 0 to 1 now and then and may raise. Empty when a film is too short.
    """
    ours, theirs = reference.shape[1], other.shape[1]
    overlap = min(_OVERLAP, min(ours, theirs) // 2)
    if overlap < 2 * LEVELS:
        return []
    total = _totals(reference, other, alive)
    lags = np.arange(-theirs, ours + 1)
    shared = np.minimum(lags + theirs, ours) - np.maximum(lags, 0)
    usable = shared >= overlap
    score = np.where(usable, total / np.sqrt(np.maximum(shared, 1)), 0.0)
    chance = score[:, usable]
    spread = 1.4826 * float(np.median(np.abs(chance - np.median(chance)))) or 1.0
    best = score.max(axis=0) / spread
    found: list[Placement] = []
    for _ in range(most):
        at = int(best.argmax())
        if best[at] <= 0:
            break
        found.append(Placement(int(lags[at]) / LEVELS, float(DRIFTS[int(score[:, at].argmax())]), float(best[at])))
        best[max(at - _APART, 0) : at + _APART + 1] = 0.0
    return found


def _totals(
    reference: NDArray[np.float32], other: NDArray[np.float32], alive: Callable[[float], None]
) -> NDArray[np.float32]:
    """Correlation for every drift of `DRIFTS` and every lag from −len(other) to len(reference)."""
    ours, theirs = reference.shape[1], other.shape[1]
    size = 1 << (ours + _PIECE).bit_length()
    spectrum = np.fft.rfft(reference, size, axis=1)
    total = np.zeros((len(DRIFTS), ours + theirs + 1), dtype=np.float32)
    for start in range(0, theirs, _PIECE):
        alive(start / theirs)
        piece = other[:, start : start + _PIECE]
        likeness = np.fft.irfft((spectrum * np.conj(np.fft.rfft(piece, size, axis=1))).sum(axis=0), size)
        # of the piece's place from −len(piece) to len(reference); negative places wrap around
        length = piece.shape[1]
        curve = np.concatenate((likeness[size - length :], likeness[: ours + 1])).astype(np.float32)
        middle = start + length / 2
        for row, drift in enumerate(DRIFTS):
            _add(total[row], curve, theirs - length - start + round(middle * drift * 1e-6))
    return total


def _add(total: NDArray[np.float32], curve: NDArray[np.float32], at: int) -> None:
    """Add a curve from place `at` on, as far as it lies inside."""
    first, last = max(at, 0), min(at + len(curve), len(total))
    if first < last:
        total[first:last] += curve[first - at : last - at]
