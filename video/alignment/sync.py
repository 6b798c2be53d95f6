"""Sync by sound: where one film of a meeting lies on the clock of another, and how its clock drifts.

First their loudness is compared over the whole length for a few likely placements, then their waveforms at places all
along each of these; the placement that most places agree on wins, if it clearly beats every other. Where none does, a
slate may: a few claps in a quiet room.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from app.errors import Cancelled as CancelledError
from app.errors import FilmError
from app.model.timecode import from_seconds
from app.ports import Cancelled, Progress
from app.ports.films import SyncFound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from video.alignment.claps import Slate
    from video.alignment.sound_fine import OffsetLine

Film: TypeAlias = tuple[Callable[[], BinaryIO], bytes]

#: shares of the work: each film's sound, the rough comparison, the exact one
_LISTENING, _ROUGH = 0.4, 0.15
#: placements looked at closely: the likeliest, and its rivals
_CANDIDATES = 8
#: a placement on which so many times fewer places agree at first sight is not looked at again
_HOPELESS = 3
#: placements that end closer together than this are the same one (s)
_SAME = 0.05
#: the least confidence, and the fewest agreeing places, with which a placement is given at all
LEAST_CONFIDENCE, FEWEST_PLACES = 0.2, 4


def find_sync(reference: Film, other: Film, progress: Progress, cancelled: Cancelled) -> SyncFound:
    """The place of `other` on the clock of `reference`; each film is (source, packed index).

    `confidence` is the share of the places tried along the overlap whose waveforms, each searched on its own over a
    second, agree with the placement within 12 ms, times how far it stands out: 1 less the likeness of the best rival
    placement in proportion to its own. 0.9 says that nearly everywhere both films have the same sound, and nowhere
    else; 0.5 that half of the places are too quiet or too unlike to tell, or that another placement is half as good;
    near 0 that it could as well be elsewhere. Below `LEAST_CONFIDENCE` nothing is given.

    Where that finds nothing, claps in an otherwise quiet film do (`claps`), with a confidence of their own.

    Raises FilmError: `no-sound` when a film has none, `sounds-unrelated` when nothing agrees, `sounds-repeat` when a
    sound that comes again and again fits at several places as well; what `open_film` raises; Cancelled.
    """
    from video.alignment.mono_sound import mono_sound

    ours = mono_sound(*reference, lambda f: progress(f * _LISTENING), cancelled)
    theirs = mono_sound(*other, lambda f: progress(_LISTENING * (1 + f)), cancelled)
    return match(ours, theirs, lambda f: progress(2 * _LISTENING + f * (1 - 2 * _LISTENING)), cancelled)


def match(ours: NDArray[np.int16], theirs: NDArray[np.int16], progress: Progress, cancelled: Cancelled) -> SyncFound:
    """The same for sound as `mono_sound` gives it."""
    from video.alignment.claps import by_claps
    from video.alignment.sound_fine import LONG_LOOK, SHORT_LOOK, begun, follow
    from video.alignment.sound_rough import levels, placements

    def alive(share: float) -> None:
        if cancelled():
            raise CancelledError
        progress(share)

    guesses = placements(levels(ours), levels(theirs), _CANDIDATES, lambda f: alive(f * 0.5))
    lines = []
    for number, guess in enumerate(guesses):
        alive(0.5 + 0.25 * number / len(guesses))
        lines.append(follow(ours, theirs, begun(guess), SHORT_LOOK))
    most = max((line.agreeing for line in lines), default=0)
    likely = [line for line in lines if line.agreeing * _HOPELESS >= most]
    for number, line in enumerate(likely):
        alive(0.75 + 0.25 * number / len(likely))
        lines.append(follow(ours, theirs, line, LONG_LOOK))
    progress(1.0)
    try:
        return _judged(lines[len(guesses) :])
    except FilmError:
        slate = by_claps(ours, theirs)
        if slate is None or slate.confidence < LEAST_CONFIDENCE:
            raise
        return _by_slate(slate)


def _alike(line: OffsetLine) -> float:
    """The likeness of a place along a placement, so that a short overlap with all of it counts as a long one.

    A song that comes again fits as well where the films share less of it; a few places agree by chance.
    """
    return line.likeness / line.tried if line.agreeing >= FEWEST_PLACES else 0.0


def _by_slate(slate: Slate) -> SyncFound:
    return SyncFound(
        from_seconds(slate.offset),
        slate.drift_ppm,
        slate.confidence,
        slate.claps,
        slate.heard,
        from_seconds(slate.spread),
        claps=slate.claps,
    )


def _judged(lines: list[OffsetLine]) -> SyncFound:
    """The likeliest line, if it stands out."""
    lines = sorted(lines, key=lambda line: -line.likeness)
    if not lines or lines[0].agreeing < max(FEWEST_PLACES, LEAST_CONFIDENCE * lines[0].tried):
        raise FilmError("sounds-unrelated")
    best = lines[0]
    rival = max((_alike(line) for line in lines if abs(line.offset - best.offset) > _SAME), default=0.0)
    confidence = best.agreeing / best.tried * (1 - min(rival / _alike(best), 1.0))
    if confidence < LEAST_CONFIDENCE:
        raise FilmError("sounds-repeat")
    return SyncFound(
        from_seconds(best.offset),
        best.drift_ppm,
        confidence,
        best.agreeing,
        best.tried,
        from_seconds(best.spread),
    )
