"""Whether another film shows what a film showed, and when: the port `SamePictures`.

The film before is often lost: what can still be read of it, its small copy before all, is compared at a few hundred
places with every picture of the other film.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from app.errors import AppError, FilmError
from app.errors import Cancelled as CancelledError
from app.ports import Cancelled, Progress
from app.ports.films import PicturesFound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from app.ports.player import Reel
    from video.alignment.picture_line import Places
    from video.open.frame_index import FrameIndex

#: places compared, spread evenly, and pictures looked at in each
PLACES, EACH = 240, 3
#: shares of the work: what is left of the film before, the other film
_BEFORE, _OTHER = 0.2, 0.7


def find_pictures(
    before: Reel, other: tuple[Callable[[], BinaryIO], bytes], progress: Progress, cancelled: Cancelled
) -> PicturesFound:
    """See the port. Raises FilmError, Cancelled."""
    from video.alignment.picture_line import placed
    from video.copies.looks_read import looks_of
    from video.open.frame_index import unpack

    def alive(share: float) -> None:
        if cancelled():
            raise CancelledError
        progress(share)

    index = unpack(before.index)
    ours = _left(before, index, lambda share: alive(share * _BEFORE), cancelled)
    source, packed = other
    with source() as film:
        theirs = looks_of(film, packed, lambda share: progress(_BEFORE + share * _OTHER), cancelled)
    rest = 1 - _BEFORE - _OTHER
    return placed(
        ours, index.times, theirs, unpack(packed).duration, lambda share: alive(_BEFORE + _OTHER + share * rest)
    )


def _left(before: Reel, index: FrameIndex, alive: Callable[[float], None], cancelled: Cancelled) -> Places:
    """Pictures of the film before, of those that can still be read. Raises FilmError(`again-nothing-left`)."""
    import numpy as np

    from video.alignment.picture_line import Places
    from video.copies.picture_looks import BOX, Looks, look_of
    from video.playing.scrub_source import ScrubSource

    source = ScrubSource(before.source, index, before.scrub, cancelled)
    positions, groups, looks = [], [], []
    try:
        wanted = _wanted(len(index))
        for number, (group, position) in enumerate(wanted):
            alive(number / len(wanted))
            try:
                found, pixels = source.pixels(position, BOX)
            except CancelledError:
                raise
            except AppError:  # that place is lost, which is why the film is fetched again
                continue
            if found == position:
                positions.append(position)
                groups.append(group)
                looks.append(look_of(pixels))
    finally:
        source.close()
    if not positions:
        raise FilmError("again-nothing-left")
    times: NDArray[np.int64] = index.times[np.array(positions)]
    return Places(Looks(times, np.stack(looks)), np.array(groups))


def _wanted(pictures: int) -> list[tuple[int, int]]:
    """(place, position) of what is compared, in order, no picture twice."""
    places = max(min(PLACES, pictures // EACH), 1)
    return [
        (place, position)
        for place in range(places)
        for position in range(place * pictures // places, min(place * pictures // places + EACH, pictures))
    ]
