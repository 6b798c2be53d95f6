"""A film trimmed in mid-picture by its edit list, as phones trim: where its sound truly lies.

FFmpeg leaves out the picture that was cut through and shows the next one at zero, as if it began there, while its sound
begins exactly at the cut: pictures then come up to one picture before their sound. What was cut through stays left out,
but the sound is laid to the pictures by their own times. In a film of several pieces only the first one's beginning is
known by that; at each further piece pictures may still lie so far off.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from app.model.units import ByteCount

if TYPE_CHECKING:
    from video.open.open_film import Film

#: a picture stays no longer than this where it is cut through (s), and is found among so many
_LONGEST, _AMONG = 60, 100_000


def cut_into(film: Film, place: ByteCount | None, stamp: int) -> int:
    """By how many ticks the first picture that is shown, stored at `place`, comes after the cut; 0 when not known.

    `stamp` is the time that it was given. The film stands at its beginning after it.
    """
    from av.error import FFmpegError

    time_base = film.pictures.time_base
    if place is None or not time_base:
        return 0
    with film.unedited() as packets:
        try:
            own = next((packet.pts for packet in islice(packets, _AMONG) if packet.pos == place), None)
        except FFmpegError:
            own = None
    late = 0 if own is None else own - stamp
    return late if 0 <= late * time_base <= _LONGEST else 0
