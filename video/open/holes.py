"""Where a film with one clock has neither picture nor sound for a while: nobody filmed then.

A recording of a screen or a call leaves a picture on for as long as nothing moves; its sound goes on meanwhile. Sound
alone tells that time was filmed, so a film without sound has no such places: there a picture that stays is a picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.model.recording import NOT_FILMED, Damage
from app.model.timecode import SECOND, Micros
from video.open.frame_rate import closed_up, rate_of

if TYPE_CHECKING:
    from video.open.frame_index import FrameIndex
    from video.open.open_film import Film

#: a picture that stays longer is looked at: quiet in calls is told by a packet every 0.4 s (RFC 6716, 2.1.9)
LEAST: Micros = 2 * SECOND
#: sound may reach so far into a hole from its two sides
_NEAR: Micros = SECOND
#: packets between two signs of life of a long reading
_SIGN_OF_LIFE = 1000


def holes_in(film: Film, index: FrameIndex, alive: Callable[[], None]) -> tuple[Damage, ...]:
    """What nobody filmed, in film time, from where a picture has been on as long as they usually are.

    Reads the sound once more, and only where a picture stays that long; the film stands nowhere after it.
    """
    import numpy as np

    times = index.times
    usual = int(np.median(np.diff(times))) if len(times) > 1 else 0
    long = np.flatnonzero(np.diff(times) > LEAST + usual)
    if not len(long) or not index.sound_tracks:
        return ()
    heard = np.array(_heard(film, index, alive), dtype=np.int64)
    found = []
    for start, end in zip((times[long] + usual).tolist(), times[long + 1].tolist(), strict=True):
        if not ((heard > start + _NEAR) & (heard < end - _NEAR)).any():
            found.append(Damage(start, end, NOT_FILMED))
    return tuple(found)


def with_holes(index: FrameIndex, holes: Sequence[Damage]) -> FrameIndex:
    """The same index; the rhythm of its pictures is told without the holes."""
    if not holes:
        return index
    even = closed_up(index.times, [(hole.start, hole.end) for hole in holes])
    tick = float(index.time_base * SECOND)
    return replace(index, rate=rate_of(even, tick, ()))


def _heard(film: Film, index: FrameIndex, alive: Callable[[], None]) -> list[Micros]:
    """When each packet of sound begins, in film time."""
    from av.error import FFmpegError

    film.restart()
    tracks = [s for s in film.container.streams.audio if s.codec_context is not None]
    origin, times = int(index.stamps[0]) * index.time_base, []
    try:
        for number, packet in enumerate(film.packets(*tracks)):
            if number % _SIGN_OF_LIFE == 0:
                alive()
            if packet.size and packet.pts is not None and packet.time_base is not None:
                times.append(int((packet.pts * packet.time_base - origin) * SECOND))
    except FFmpegError:
        pass  # cut off here: what came before counts
    return times
