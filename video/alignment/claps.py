"""Sync by a slate: one clap or a few in an otherwise quiet film, each camera's heard by itself and then paired.

Only a clap that stands far above everything else counts: where people talk, their talk tells the place, or speaks
against it. Pairs are told apart by the time between the claps, so one clap that could be two is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from video.alignment.mono_sound import RATE
from video.alignment.sound_fine import AGREES, STEEPEST, through, top_of
from video.alignment.sound_rough import BANDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: samples in which the loudest one is looked for: 5 ms
_BLOCK = RATE // 200
#: a clap's loudest sample is so many times louder than the loudest of everything else (18 dB), a few moments left out
_ABOVE, _ELSE = 8.0, 0.995
#: the share of blocks that a few claps and their echoes never fill
_SOME = 0.9
#: s before a clap in which nothing is as loud as a fifth of it, up to where it begins, where it is the loudest; and
#: when after it, it has died away
_BEFORE, _RISE, _DIED, _GONE = 0.1, 0.01, 0.2, 0.35
_FIFTH = 0.2
#: s of a clap whose colors are looked at: all bands of speech are in it (by density, within 25 dB), and it is no tone
#: (geometric to arithmetic mean of its spectrum: 0.56 for noise, under 0.05 for a note)
_COLORS, _DULLEST, _FLATTEST = 0.032, 0.003, 0.1
#: the least share of its power that lies in those bands
_NO_THUD = 0.2
#: two claps are farther apart (s); more claps than this are no slate
_APART, _MOST = 0.12, 60
#: s around a clap that are laid over the other's, and how far it may be moved for that
_LAID, _MOVED = 0.04, 0.004
#: two placements closer than this are the same one (s)
_SAME = 0.05
#: how far one, two or more claps that agree can be trusted, when nothing speaks against them
SURE_OF = (0.3, 0.8, 0.95)


@dataclass(frozen=True, slots=True)
class Slate:
    """Where `claps` claps lay one film on the other: `offset` in s, `spread` in s, `confidence` 0 to 1.

    `heard` counts those that either film has where both were running.
    """

    offset: float
    drift_ppm: float
    confidence: float
    claps: int
    heard: int
    spread: float


def by_claps(ours: NDArray[np.int16], theirs: NDArray[np.int16]) -> Slate | None:
    """The likeliest place of `theirs` on the clock of `ours`; None when either film has no clap.

    `confidence` is that of `SURE_OF`, times the share of claps that both films have of those that they ought to have,
    times 1 less the worth of the best other placement in proportion to its own. A clap alone counts only where neither
    film has another: it could as well be that one.
    """
    mine, yours = claps_of(ours), claps_of(theirs)
    if not len(mine) or not len(yours):
        return None
    lengths = len(ours) / RATE, len(theirs) / RATE
    found = sorted(_placements(mine, yours, lengths), key=lambda one: -one.worth)
    best = found[0]
    rival = max((one.worth for one in found if abs(one.offset - best.offset) > _SAME), default=0.0)
    pairs = [(mine[a], yours[b]) for a, b in best.pairs]
    here, there = (np.array(times) for times in zip(*(_exactly(ours, theirs, *pair) for pair in pairs), strict=True))
    offset, slope = through(there, here)
    off = here - offset - slope * there
    sure = SURE_OF[min(len(pairs), len(SURE_OF)) - 1] * len(pairs) / best.heard * (1 - rival / best.worth)
    if len(pairs) == 1 and max(len(mine), len(yours)) > 1:
        sure = 0.0
    return Slate(offset, (1 / slope - 1) * 1e6, sure, len(pairs), best.heard, float(off.std()))


def claps_of(sound: NDArray[np.int16]) -> NDArray[np.float64]:
    """When each clap begins, in s, rising; none where something else is as loud, or more are than a slate has."""
    count = len(sound) // _BLOCK
    if count < 3:
        return np.empty(0)
    loudest = np.abs(sound[: count * _BLOCK].astype(np.int32)).reshape(count, _BLOCK).max(axis=1)
    least = _ABOVE * max(float(np.quantile(loudest, _SOME)), 1.0)
    found: list[tuple[float, int]] = []
    beside = np.ones(count, dtype=bool)
    for block in np.flatnonzero(loudest >= least).tolist():
        at = _begin(sound, block)
        if found and at / RATE - found[-1][0] < _APART:
            continue
        if _is_clap(sound, at):
            found.append((at / RATE, int(loudest[block : block + 3].max())))
            beside[max(block - 2, 0) : block + round(_GONE * RATE) // _BLOCK] = False
    rest = loudest[beside]
    least = _ABOVE * max(float(np.quantile(rest, _ELSE)), 1.0) if len(rest) else 0.0
    kept = [at for at, loud in found if loud >= least]
    return np.array(kept if len(kept) <= _MOST else [])


def _begin(sound: NDArray[np.int16], block: int) -> int:
    """The first sample that is half as loud as the loudest within 10 ms from the beginning of a block on."""
    first = max(block * _BLOCK - _BLOCK, 0)
    piece = np.abs(sound[first : block * _BLOCK + 2 * _BLOCK].astype(np.int32))
    return first + int(np.argmax(piece >= piece.max() / 2))


def _is_clap(sound: NDArray[np.int16], at: int) -> bool:
    """Whether what begins at a sample begins at once, dies away, and is of all colors."""

    def loudest(first: float, last: float) -> float:
        piece = sound[max(at + round(first * RATE), 0) : max(at + round(last * RATE), 0)]
        return float(np.abs(piece.astype(np.int32)).max()) if len(piece) else 0.0

    struck = loudest(0.0, _RISE)
    most = _FIFTH * struck
    if loudest(-_BEFORE, -_RISE) > most or loudest(_RISE, _BEFORE) > struck or loudest(_DIED, _GONE) > most:
        return False
    piece = sound[at : at + round(_COLORS * RATE)].astype(np.float64)
    power = np.square(np.abs(np.fft.rfft(piece * np.hanning(len(piece)))))
    hertz = np.fft.rfftfreq(len(piece), 1 / RATE)
    heard = power[(hertz >= BANDS[0][0]) & (hertz <= BANDS[-1][1])]
    if not heard.sum() > _NO_THUD * power.sum():
        return False
    dense = [power[(hertz >= low) & (hertz <= high)].mean() for low, high in BANDS]
    flat = float(np.exp(np.log(np.maximum(heard, 1e-9 * heard.max())).mean()) / heard.mean())
    return min(dense) >= _DULLEST * max(dense) and flat >= _FLATTEST


@dataclass(frozen=True, slots=True)
class _Placement:
    """Which claps are the same at an offset; `heard` claps ought to be in both films there, at least one to a pair."""

    offset: float
    pairs: tuple[tuple[int, int], ...]
    heard: int

    @property
    def worth(self) -> float:
        """Claps that agree, less where one film should have heard the other's."""
        return len(self.pairs) ** 2 / self.heard


def _placements(
    mine: NDArray[np.float64], yours: NDArray[np.float64], lengths: tuple[float, float]
) -> Iterator[_Placement]:
    """One for each clap of ours that may be each of theirs."""
    for a, here in enumerate(mine.tolist()):
        for b, there in enumerate(yours.tolist()):
            pairs = tuple(_pairs(mine, yours, (a, b)))
            offset = here - there
            ours = int(((mine >= offset) & (mine <= offset + lengths[1])).sum())
            theirs = int(((yours >= -offset) & (yours <= lengths[0] - offset)).sum())
            yield _Placement(offset, pairs, max(ours + theirs - len(pairs), len(pairs)))


def _pairs(mine: NDArray[np.float64], yours: NDArray[np.float64], same: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Which claps are the same when the two of `same` are: as far from it in both films, but for drift."""
    far = mine - mine[same[0]]
    taken = -1
    for b, away in enumerate((yours - yours[same[1]]).tolist()):
        a = int(np.abs(far - away).argmin())
        if a > taken and abs(far[a] - away) <= AGREES / 2 + STEEPEST * 1e-6 * abs(away):
            taken = a
            yield a, b


def _exactly(ours: NDArray[np.int16], theirs: NDArray[np.int16], here: float, there: float) -> tuple[float, float]:
    """The two times of one clap with its waveforms laid over each other, to a part of a sample."""
    around, moved = round(_LAID * RATE), round(_MOVED * RATE)
    mine = _piece(ours, round(here * RATE), around)
    yours = _piece(theirs, round(there * RATE), around + moved)
    likeness = np.abs(np.correlate(yours, mine, "valid"))
    peak = int(likeness.argmax())
    late = (peak + top_of(likeness, peak) - moved) / RATE
    return round(here * RATE) / RATE, round(there * RATE) / RATE + late


def _piece(sound: NDArray[np.int16], middle: int, around: int) -> NDArray[np.float64]:
    """So many samples to each side of a place, with silence beyond the film."""
    first, last = max(middle - around, 0), min(middle + around, len(sound))
    piece = np.zeros(2 * around)
    piece[first - middle + around : last - middle + around] = sound[first:last]
    return piece
