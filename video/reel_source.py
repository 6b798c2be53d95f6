"""One film as a player reads it: the film itself, and the parts of its scrub copy that are there."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from app.errors import AppError, Cancelled
from app.model.recording import AS_FILMED, Viewing
from app.ports import Picture
from app.ports.player import Reel, ScrubPart
from video.frame_index import FrameIndex, unpack
from video.frames import FrameSource

Box = tuple[int, int]

#: of small pictures kept per part, in bytes
SMALL_CACHE = 48_000_000
#: a copy's picture is the film's when their times are as near as this; containers round (µs)
SAME_TIME = 1_500


class ReelSource:
    """Opens what it needs when it needs it. For one thread. Numbers and times are always those of the film itself."""

    def __init__(self, reel: Reel, index: FrameIndex, cache_bytes: int, abandoned: Callable[[], bool]) -> None:
        self._reel, self._index, self._cache_bytes, self._abandoned = reel, index, cache_bytes, abandoned
        self._film: _Opened | None = None
        self._part: tuple[ScrubPart, _Opened, int] | None = None
        self._useless: set[ScrubPart] = set()

    def follow(self, reel: Reel) -> None:
        """The same film with other parts of its scrub copy, or at another place."""
        self._reel = reel

    def full(self, position: int, box: Box | None = None, viewing: Viewing = AS_FILMED) -> Picture:
        """The film's own picture. Raises AppError, Cancelled."""
        return self._full().picture(position, box, viewing)

    def is_decoded(self, position: int) -> bool:
        return self._film is not None and self._film.source.is_decoded(position)

    def is_near(self, position: int) -> bool:
        return self._film is not None and self._film.source.is_near(position)

    def keyframe(self, position: int, box: Box | None, viewing: Viewing) -> Picture:
        """The nearest picture before that costs next to nothing. Raises AppError, Cancelled."""
        return self._full().picture(self._index.key_before(position), box, viewing)

    def small(self, position: int, box: Box | None = None, viewing: Viewing = AS_FILMED) -> Picture | None:
        """The scrub copy's picture; None where there is no copy of it.

        A copy that cannot be read is used no more: the film itself answers, only slower.
        """
        time = int(self._index.times[position])
        part = next((p for p in self._reel.scrub if p.start <= time < p.end and p not in self._useless), None)
        if part is None:
            return None
        try:
            source, first = self._opened(part)
            at = source.index.position_at(time - int(self._index.times[first]) + SAME_TIME)
            if at < 0 or abs(int(source.index.times[at]) + int(self._index.times[first]) - time) > SAME_TIME:
                return None  # the copy lacks this one, where the film is damaged
            found, pixels = source.pixels(at, box, viewing)
        except Cancelled:
            raise
        except (AppError, *_unreadable()):
            self._useless.add(part)
            self._close_part()
            return None
        if found != at:
            return None
        return Picture(time, position, pixels.shape[1], pixels.shape[0], pixels, self._reel.id)

    def close(self) -> None:
        self._close_part()
        if self._film is not None:
            self._film.close()
            self._film = None

    def _full(self) -> FrameSource:
        if self._film is None:
            self._film = _Opened(self._reel.source, self._index, self._cache_bytes, self._abandoned, self._reel.id)
        return self._film.source

    def _opened(self, part: ScrubPart) -> tuple[FrameSource, int]:
        """The part's pictures, and which of the film's is its first."""
        if self._part is None or self._part[0] != part:
            self._close_part()
            opened = _Opened(part.source, unpack(part.index), SMALL_CACHE, self._abandoned, self._reel.id)
            self._part = part, opened, int(self._index.times.searchsorted(part.start))
        return self._part[1].source, self._part[2]

    def _close_part(self) -> None:
        if self._part is not None:
            self._part[1].close()
            self._part = None


class _Opened:
    """A film and its file, closed together."""

    def __init__(
        self, source: Callable[[], BinaryIO], index: FrameIndex, cache: int, abandoned: Callable[[], bool], film: str
    ) -> None:
        self._file = source()
        try:
            self.source = FrameSource(self._file, index, cache, abandoned, film)
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        self.source.close()
        self._file.close()


def _unreadable() -> tuple[type[Exception], ...]:
    from av.error import FFmpegError

    return FFmpegError, OSError, MemoryError
