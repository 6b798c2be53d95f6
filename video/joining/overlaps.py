"""Two files of one recording that overlap: what both have is kept once, where their clocks tell and pictures agree.

Some recorders begin the next file before the one before it has ended. By the clocks alone nothing is left out: pictures
that are in both look alike in both. Where the end of a file can be left off as it is stored, the next file has it;
where other pictures are made from it, the next file's beginning is left out, and all is encoded anew. Where pictures of
one time differ, all of them are kept, one file behind the other, and that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import FilmError
from app.model.units import ItemPlace, Position
from video.joining.clocks import overlap_of
from video.joining.survey import Part
from video.open.frame_index import index_of
from video.open.frames import FrameSource
from video.open.open_film import open_film

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: pictures are compared in so many pixels; they are one when the brightness of hardly any differs by more than coding
#: makes it, of 255: somebody who moved in a still room is in more of them
_BOX, _HARDLY_ANY, _ALIKE = (64, 64), 1, 12.0


def settled(parts: Sequence[Part], go_on: Callable[[], None]) -> tuple[list[Part], tuple[ItemPlace, ...]]:
    """The parts without what two of them have, and which of them overlap the one before and have other pictures.

    `go_on` is called now and then and may raise.
    """
    made, differing = [parts[0]], []
    for number, part in enumerate(parts[1:], start=1):
        before = made[-1]
        again = _again(before, part)
        if again and _agree(before, part, again, go_on):
            shorter = _without_end(before, again)
            made[-1] = shorter or before
            part = part if shorter else replace(part, again=again)
        elif again:
            differing.append(number)
        made.append(part)
    return made, tuple(differing)


def _again(before: Part, after: Part) -> int:
    """How many pictures begin before the file before ends."""
    survey = after.survey
    overlap = overlap_of(before.survey, survey) * before.survey.time_base
    late = (survey.stamps - survey.stamps_first + survey.gap / 2) * float(survey.time_base)
    return int((late < float(overlap)).sum())


def _agree(before: Part, after: Part, count: int, go_on: Callable[[], None]) -> bool:
    """Whether the last pictures of a file are the first ones of the next: at the same times, and alike."""
    import numpy as np

    if not count < min(len(before.survey.stamps), len(after.survey.stamps)):
        return False
    clock = float(before.survey.time_base), float(after.survey.time_base)
    last = (np.sort(before.survey.stamps)[-count:] - before.survey.stamps_end) * clock[0]
    first = (np.sort(after.survey.stamps)[:count] - after.survey.stamps_first) * clock[1]
    if float(np.ptp(last - first)) > before.survey.gap * clock[0] / 2:
        return False
    try:
        gray = zip(_pictures(before, -count, count, go_on), _pictures(after, 0, count, go_on), strict=True)
        return all(float(np.percentile(np.abs(one - other), 100 - _HARDLY_ANY)) <= _ALIKE for one, other in gray)
    except FilmError:
        return False  # damaged where they would be compared


def _pictures(part: Part, first: Position, count: int, go_on: Callable[[], None]) -> list[NDArray[np.float64]]:
    """The brightness of some pictures, small; `first` counts from the end where it is less than 0."""
    with open_film(part.source) as film:
        index = index_of(film, go_on)
    begin = first if first >= 0 else max(len(index) + first, 0)
    source = FrameSource(part.source, index)
    try:
        return [source.pixels(n, _BOX)[1][:, :, :3].mean(axis=2) for n in range(begin, begin + count)]
    finally:
        source.close()


def _without_end(part: Part, count: int) -> Part | None:
    """The same without its last pictures; None where those before them are stored behind them and made from them."""
    import numpy as np

    stamps = part.survey.stamps
    kept = stamps[:-count]
    if not len(kept) or kept.max() > np.sort(stamps)[-count - 1]:
        return None
    return replace(part, survey=replace(part.survey, stamps=kept))
