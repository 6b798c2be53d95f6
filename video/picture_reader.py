"""The decode thread of a player: finds single pictures, and reads ahead into a short queue while the film plays.

Only the newest wish counts. Every answer carries its wish's number, so that what comes too late is known as that.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from app.errors import AppError, Cancelled, FilmError
from app.model.timecode import Micros
from app.ports import Picture
from video.frame_index import FrameIndex
from video.frames import FrameSource

#: pictures that wait to be shown
AHEAD = 8
#: while a film plays, pictures need no more pixels than a screen has; at rest the full one follows
PLAY_BOX = (1920, 1080)


@dataclass(frozen=True, slots=True)
class Wish:
    """One picture, or with `last` the pictures from `position` to `last`."""

    number: int
    position: int
    last: int | None = None


class PictureReader:
    """Owns the thread and its film. `came` is called in that thread with (wish number, picture or error).

    `clock` tells the film time that is due while playing, or None before play has begun: pictures that are late
    already are decoded but not made into pixels, and counted in `skipped`.
    """

    def __init__(
        self,
        source: Callable[[], BinaryIO],
        index: FrameIndex,
        came: Callable[[int, Picture | AppError], None],
        clock: Callable[[], Micros | None],
    ) -> None:
        self.skipped = 0
        self._source, self._index, self._came, self._clock = source, index, came, clock
        self._wish: Wish | None = None
        self._newest = 0
        self._queue: deque[Picture] = deque()
        self._finished = False
        self._ended = False
        self._change = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="film pictures", daemon=True)
        self._thread.start()

    def want(self, wish: Wish) -> None:
        """Forget every earlier wish."""
        with self._change:
            self._wish, self._newest, self._finished = wish, wish.number, False
            self._queue.clear()
            self._change.notify_all()

    def due(self, time: Micros) -> list[Picture]:
        """Take the waiting pictures whose time has come."""
        with self._change:
            taken = []
            while self._queue and self._queue[0].time <= time:
                taken.append(self._queue.popleft())
            self._change.notify_all()
        return taken

    def is_finished(self) -> bool:
        """True when the last picture wished for was taken."""
        with self._change:
            return self._finished and not self._queue

    def end(self) -> None:
        with self._change:
            self._ended = True
            self._change.notify_all()
        self._thread.join()

    def _run(self) -> None:
        source: FrameSource | None = None
        file: BinaryIO | None = None
        try:
            while (wish := self._next_wish()) is not None:
                try:
                    if source is None:
                        file = file or self._source()
                        source = FrameSource(file, self._index, abandoned=lambda: self._ended)
                    self._answer(source, wish)
                except Cancelled:
                    return
                except AppError as error:
                    self._came(wish.number, error)
        finally:
            if source is not None:
                source.close()
            if file is not None:
                file.close()

    def _next_wish(self) -> Wish | None:
        with self._change:
            self._change.wait_for(lambda: self._ended or self._wish is not None)
            wish, self._wish = self._wish, None
            return None if self._ended else wish

    def _answer(self, source: FrameSource, wish: Wish) -> None:
        from av.error import FFmpegError

        try:
            if wish.last is None:
                self._came(wish.number, source.picture(wish.position))
            else:
                self._read_ahead(source, wish, wish.last)
        except (FFmpegError, MemoryError) as error:
            raise FilmError("film-damaged") from error

    def _read_ahead(self, source: FrameSource, wish: Wish, last: int) -> None:
        position, told = wish.position, False
        while position <= last and wish.number == self._newest:
            position = self._catch_up(position, last)
            picture = source.picture(position, PLAY_BOX)
            if not self._offer(wish, picture):
                return
            if not told:
                told = True
                self._came(wish.number, picture)
            position += 1
        with self._change:
            if wish.number == self._newest:
                self._finished = True

    def _catch_up(self, position: int, last: int) -> int:
        """Pass over pictures that are late before they are made: the one that is due now comes next."""
        now = self._clock()
        if now is None:
            return position
        due = min(self._index.position_at(now), last)
        if due <= position + 1:
            return position
        self.skipped += due - position
        return due

    def _offer(self, wish: Wish, picture: Picture) -> bool:
        """Wait for room in the queue; False when something else is wanted now."""
        with self._change:
            self._change.wait_for(lambda: self._ended or wish.number != self._newest or len(self._queue) < AHEAD)
            if self._ended or wish.number != self._newest:
                return False
            self._queue.append(picture)
            return True
