"""One film as a player shows it: from the film itself or its scrub copy, with the viewing applied to the pixels."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.model.recording import Viewing
from app.model.units import Position
from app.ports import Picture
from app.ports.player import Reel
from video.open.frame_index import FrameIndex
from video.open.viewed import viewed
from video.playing.scrub_source import ScrubSource

if TYPE_CHECKING:
    from numpy.typing import NDArray

Box = tuple[int, int]


class ReelSource:
    """Opens what it needs when it needs it; for one thread. What it gives raises AppError, Cancelled."""

    def __init__(self, reel: Reel, index: FrameIndex, cache_bytes: int, abandoned: Callable[[], bool]) -> None:
        self._reel, self._index = reel, index
        self._source = ScrubSource(reel.source, index, reel.scrub, abandoned, cache_bytes)

    def follow(self, reel: Reel) -> None:
        """The same film, perhaps with more parts of its scrub copy."""
        for part in reel.scrub:
            if part not in self._reel.scrub:
                self._source.add(part)
        self._reel = reel

    def close(self) -> None:
        self._source.close()

    def is_decoded(self, position: Position) -> bool:
        return self._source.is_open and self._source.film_source().is_decoded(position)

    def is_near(self, position: Position) -> bool:
        return self._source.is_open and self._source.film_source().is_near(position)

    def full(self, position: Position, box: Box | None, viewing: Viewing) -> Picture:
        """The film's own picture, made to fit into the box when there is one."""
        film = self._source.film_source()
        found, pixels = film.pixels(position, _before_turn(box, viewing), deinterlace=viewing.deinterlace)
        return self._picture(found, pixels, viewing)

    def small(self, position: Position, box: Box | None, viewing: Viewing) -> Picture | None:
        """The scrub copy's picture; None where there is no copy of it."""
        if not self._source.has_copy(position):
            return None
        found, pixels = self._source.pixels(position, _before_turn(box, viewing))
        return self._picture(found, pixels, viewing)

    def keyframe(self, position: Position, box: Box | None, viewing: Viewing) -> Picture:
        """The nearest keyframe at or before, which costs next to nothing."""
        key = self._source.key_picture(position, _before_turn(box, viewing))
        return self._picture(key.number, key.pixels, viewing)

    def _picture(self, position: int, pixels: NDArray[Any], viewing: Viewing) -> Picture:
        shown = viewed(pixels, viewing)
        time = int(self._index.times[position])
        return Picture(time, position, shown.shape[1], shown.shape[0], shown, self._reel.id)


def _before_turn(box: Box | None, viewing: Viewing) -> Box | None:
    return (box[1], box[0]) if box is not None and viewing.turn % 180 else box
