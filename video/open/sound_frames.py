"""The decoded sound of one track from where the film stands: what is damaged is left out, and so becomes silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream

    from video.open.open_film import Film


def sound_frames(film: Film, track: AudioStream) -> Iterator[AudioFrame]:
    """Frames with their timestamps; a film that is cut off ends here without an error."""
    from av.error import FFmpegError

    try:
        for packet in film.packets(track):
            try:
                yield from cast("list[AudioFrame]", packet.decode())
            except FFmpegError:
                continue  # a damaged piece: silence until the next
    except FFmpegError:
        return  # cut off here
