"""How exactly two films' sound agrees at several places along them: the fine half of sync by sound.

Each place is searched on its own, so that places which agree on one straight line are witnesses and not echoes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from video.alignment.mono_sound import RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from video.alignment.sound_rough import Placement

#: Hz of the waveforms compared; below is rumble and hum
_LOW, _HIGH = 150, 3_500
#: seconds to each side of the expected moment that a place is searched: far more than the coarse half may be off
SEARCH = 0.5
SHORT_LOOK, LONG_LOOK = 1.5, 4.0
#: one place per so many seconds of overlap, at least and at most so many
_PER_PLACE, _FEWEST, _MOST = 8.0, 6, 48
#: how much of each frequency's loudness is taken away before comparing: 1 would be phase alone
_WHITENING = 0.75
#: a place speaks when its peak stands out from the rest by so many standard deviations; noise reaches 4.5
_CLEAR = 5.5
#: a sound is steady when it is so much the same as itself so long ago (s): a span that holds a period of any hum
_STEADY, _WHILE = 0.94, (0.7, 0.725)
#: places off the line by more than this do not agree, in seconds: sound takes 10 ms for 3.4 m, and rooms are smaller
AGREES = 0.012
#: no two clocks differ by more, in parts per million
STEEPEST = 500.0
#: what clocks of two cameras usually differ by (standard deviation, parts per million), and the least error of a place
#: (s): a drift that few seconds of film cannot show is taken for small instead of for whatever the errors say
_USUAL_DRIFT, _LEAST_ERROR = 100.0, 0.000_2


@dataclass(frozen=True, slots=True)
class OffsetLine:
    """`offset` in s and `drift_ppm` of the other film's clock; `agreeing` of `tried` places, `spread` in s.

    `likeness` is the sum over the agreeing places of how far their waveforms are the same, 0 to 1 each.
    """

    offset: float
    drift_ppm: float
    agreeing: int = 0
    tried: int = 0
    spread: float = 0.0
    likeness: float = 0.0


def begun(guess: Placement) -> OffsetLine:
    return OffsetLine(guess.offset, guess.drift_ppm)


def follow(reference: NDArray[np.int16], other: NDArray[np.int16], line: OffsetLine, seconds: float) -> OffsetLine:
    """The straight line through those places along `line` that agree, each looked at for `seconds`.

    `SHORT_LOOK` bears any drift; `LONG_LOOK` is surer and needs a line that is nearly right.
    """
    return _fitted(_look(reference, other, line, seconds), line)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Of the `tried` places those that spoke: their moments on both clocks in s, and how alike they are (0 to 1)."""

    theirs: NDArray[np.float64]
    ours: NDArray[np.float64]
    alike: NDArray[np.float64]
    tried: int


def _look(reference: NDArray[np.int16], other: NDArray[np.int16], line: OffsetLine, seconds: float) -> _Seen:
    """Search every place around where `line` has it."""
    found, tried = [], 0
    for start in _places(reference, other, line, seconds):
        first = int(start * RATE)
        mine = reference[first : first + int(seconds * RATE)].astype(np.float64)
        span = np.arange(-int(SEARCH * RATE), len(mine) + int(SEARCH * RATE)) / RATE + first / RATE
        clock = (span - line.offset) * (1 + line.drift_ppm * 1e-6) * RATE
        yours = np.interp(clock, *_around(other, clock), left=0.0, right=0.0)
        if not mine.any() or not yours.any():
            continue
        tried += 1
        if _is_steady(mine):
            continue
        late, alike = _lag(mine, yours)
        if alike > 0:
            middle = (first + len(mine) / 2) / RATE
            found.append(((middle + late - line.offset) * (1 + line.drift_ppm * 1e-6), middle, alike))
    theirs, ours, likeness = np.array(found).reshape(-1, 3).T
    return _Seen(theirs, ours, likeness, tried)


def _around(other: NDArray[np.int16], clock: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The stretch of samples that `clock` (in samples) needs, as places and values."""
    first, last = max(int(clock[0]) - 1, 0), min(int(clock[-1]) + 2, len(other))
    if first >= last:
        return np.array([0.0]), np.array([0.0])
    return np.arange(first, last, dtype=np.float64), other[first:last].astype(np.float64)


def _places(reference: NDArray[np.int16], other: NDArray[np.int16], line: OffsetLine, seconds: float) -> list[float]:
    """Where to look, in s of the reference: in each section of the overlap the liveliest stretch of both films."""
    slope = 1 + line.drift_ppm * 1e-6
    first = max(0.0, line.offset)
    last = min(len(reference) / RATE, line.offset + len(other) / RATE / slope)
    count = min(max(int((last - first) / _PER_PLACE), _FEWEST), _MOST)
    section = (last - first) / count
    if section <= seconds / 2:
        return []
    places = []
    for number in range(count):
        start = first + number * section
        steps = np.arange(start, max(start + section - seconds, start + 0.01), 0.5)
        steps = steps[steps + seconds <= last]
        if len(steps):
            places.append(float(steps[int(np.argmax([_lively(reference, other, t, line, seconds) for t in steps]))]))
    return places


def _lively(
    reference: NDArray[np.int16], other: NDArray[np.int16], start: float, line: OffsetLine, seconds: float
) -> float:
    """How much changes from sample to sample in both, on logarithmic scales: hum and rumble count little."""
    begun = (start - line.offset) * (1 + line.drift_ppm * 1e-6)
    return _rough(reference, start, seconds) + _rough(other, begun, seconds)


def _rough(sound: NDArray[np.int16], start: float, seconds: float) -> float:
    piece = sound[max(int(start * RATE), 0) : max(int((start + seconds) * RATE), 0)].astype(np.float32)
    return float(np.log(np.square(np.diff(piece)).mean() + 1.0)) if len(piece) > 1 else 0.0


def _is_steady(mine: NDArray[np.float64]) -> bool:
    """True for a hum or a tone: it is the same as itself a while ago and fits everywhere, so it tells no moment."""
    size = 1 << (2 * len(mine) - 1).bit_length()
    power = np.square(np.abs(np.fft.rfft(mine, size))) * _heard(size)
    again = np.fft.irfft(power, size)
    first, last = (int(seconds * RATE) for seconds in _WHILE)
    even = again[0] * (1 - np.arange(first, last) / len(mine))  # what a sound that goes on for ever would have
    return bool((again[first:last] > _STEADY * even).any())


def _lag(mine: NDArray[np.float64], yours: NDArray[np.float64]) -> tuple[float, float]:
    """By how many seconds `yours`, longer by `SEARCH` to each side, is late, and how alike they are there, 0 to 1.

    Not alike at all where nothing stands out.

    Generalized cross-correlation with partly whitened phases (Knapp and Carter, 1976); a microphone with its poles
    swapped counts as well.
    """
    size = len(yours)  # what wraps around lies behind the lags that are looked at
    cross = np.conj(np.fft.rfft(mine * _window(len(mine)), size)) * np.fft.rfft(yours, size)
    strength = np.abs(cross)
    cross *= _heard(size) / np.maximum(strength, 1e-9 * strength.max() + 1e-12) ** _WHITENING
    likeness = np.abs(np.fft.irfft(cross, size)[: len(yours) - len(mine) + 1])
    peak = int(likeness.argmax())
    rest = np.delete(likeness, slice(max(peak - RATE // 200, 0), peak + RATE // 200 + 1))
    if not likeness[peak] > _CLEAR * np.sqrt(np.mean(np.square(rest))):
        return 0.0, 0.0
    most = 2 * float(np.abs(cross).sum()) / size
    return (peak + top_of(likeness, peak)) / RATE - SEARCH, float(likeness[peak]) / most


@lru_cache(maxsize=4)  # all looks but those at the films' ends are as long as each other
def _window(count: int) -> NDArray[np.float64]:
    return np.hanning(count)


@lru_cache(maxsize=4)
def _heard(size: int) -> NDArray[np.bool_]:
    """Which frequencies of a transform of `size` samples are compared."""
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    return (hertz >= _LOW) & (hertz <= _HIGH)


def top_of(likeness: NDArray[np.float64], peak: int) -> float:
    """The top of the parabola through a peak and its neighbors, in samples from the peak."""
    if not 0 < peak < len(likeness) - 1:
        return 0.0
    before, at, after = likeness[peak - 1 : peak + 2]
    bend = before - 2 * at + after
    return float(0.5 * (before - after) / bend) if bend < 0 else 0.0


def _fitted(seen: _Seen, guess: OffsetLine) -> OffsetLine:
    """The line that most places agree on, then the best one through those."""
    if len(seen.theirs) < 2:
        return OffsetLine(guess.offset, guess.drift_ppm, len(seen.theirs), seen.tried)
    agree = _agreeing(seen, guess)
    offset, slope = guess.offset, 1 / (1 + guess.drift_ppm * 1e-6)
    for _ in range(4):  # the agreeing places make the line, the line tells who agrees
        offset, slope = through(seen.theirs[agree], seen.ours[agree])
        off = np.abs(seen.ours - offset - slope * seen.theirs)
        usual = 1.4826 * float(np.median(off[agree]))
        agree = off <= min(max(4 * usual, 0.001), AGREES)
        if agree.sum() < 2:
            break
    off = seen.ours - offset - slope * seen.theirs
    near = np.abs(off) <= AGREES
    spread = float(off[agree].std()) if agree.any() else 0.0
    return OffsetLine(offset, (1 / slope - 1) * 1e6, int(near.sum()), seen.tried, spread, float(seen.alike[near].sum()))


def _agreeing(seen: _Seen, guess: OffsetLine) -> NDArray[np.bool_]:
    """Which places lie on the line through two of them, or through one at the guessed drift, that most lie on."""
    best = np.zeros(len(seen.theirs), dtype=bool)
    least = np.inf
    for a in range(len(seen.theirs)):
        slopes = [1 / (1 + guess.drift_ppm * 1e-6)]
        for b in range(a + 1, len(seen.theirs)):
            slope = (seen.ours[b] - seen.ours[a]) / (seen.theirs[b] - seen.theirs[a])
            if abs(1 / slope - 1) * 1e6 <= STEEPEST:
                slopes.append(slope)
        for slope in slopes:
            off = np.abs(seen.ours - seen.ours[a] - slope * (seen.theirs - seen.theirs[a]))
            on = off <= AGREES / 2
            worth = float(off[on].sum())
            if on.sum() > best.sum() or (on.sum() == best.sum() and worth < least):
                best, least = on, worth
    return best


def through(theirs: NDArray[np.float64], ours: NDArray[np.float64]) -> tuple[float, float]:
    """(offset, slope) of ours = offset + slope · theirs by least squares, drawn to slope 1 as `_USUAL_DRIFT` says."""
    middle = theirs.mean()
    late = ours - theirs
    lever = theirs - middle
    raw = float(lever @ (late - late.mean())) / max(float(lever @ lever), 1e-12)
    error = max(float((late - late.mean() - raw * lever).std()), _LEAST_ERROR)
    certain = float(lever @ lever) / error**2
    steep = raw * certain / (certain + 1 / (_USUAL_DRIFT * 1e-6) ** 2)
    return float(late.mean() - steep * middle), 1 + steep
