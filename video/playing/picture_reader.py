"""The decode thread of one camera: finds single pictures, and reads ahead along a route while the films play.

Only the newest wish counts. Every answer carries its wish's number, so that what comes too late is known as that.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from app.errors import AppError, Cancelled, FilmError
from app.model.recording import AS_FILMED, Viewing
from app.ports import Picture
from video.playing.camera_line import CameraLine, PicturePlace
from video.playing.reel_source import Box, ReelSource
from video.playing.route import Due, Route, dues

#: pictures that wait to be shown
AHEAD = 8
#: while films play, pictures need no more pixels than a screen has; at rest the full one follows
PLAY_BOX: Box = (1920, 1080)
#: the playhead rests when nothing else was wanted for so long (seconds)
REST = 0.12
#: films of one camera that are kept open: the one that is on, and the one before or after it
OPEN_FILMS = 2
#: so many late pictures in a run, and the small copy is read for the rest of it
PATIENCE = 5


@dataclass(frozen=True, slots=True)
class Still:
    """One picture, or the news that there is none."""

    number: int
    place: PicturePlace | None
    dragging: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """All pictures along a route; `small` from the scrub copy where there is one."""

    number: int
    route: Route
    strip: CameraLine
    small: bool = False


@dataclass(frozen=True, slots=True)
class ReadingTrouble:
    """A film that could not be read for a wish; the answer None follows."""

    film: str
    error: AppError


Answer = Picture | ReadingTrouble | None


class PictureReader:
    """Owns the thread and the camera's films. `came` is called in that thread with (wish number, answer).

    `clock` tells what was played, or None before play has begun: pictures whose time is over are not made into pixels,
    and counted in `skipped`. `viewings` is the player's own mapping. `box` may change at any time.
    """

    def __init__(
        self,
        came: Callable[[int, Answer], None],
        clock: Callable[[], float | None],
        viewings: Mapping[str, Viewing],
        cache_bytes: int,
    ) -> None:
        self.skipped = 0
        self.box: Box = PLAY_BOX
        self._came, self._clock, self._viewings, self._cache_bytes = came, clock, viewings, cache_bytes
        self._sources: OrderedDict[str, ReelSource] = OrderedDict()
        self._resting: tuple[str, int, Viewing, Picture] | None = None  # the newest full picture and what it shows
        self._wish: Still | Run | None = None
        self._newest = 0
        self._queue: deque[tuple[Due, Picture | None]] = deque()
        self._finished = False
        self._ended = False
        self._change = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="film pictures", daemon=True)
        self._thread.start()

    def want(self, wish: Still | Run) -> None:
        """Forget every earlier wish."""
        with self._change:
            self._wish, self._newest, self._finished = wish, wish.number, False
            self._queue.clear()
            self._change.notify_all()

    def due(self, played: float) -> list[tuple[Due, Picture | None]]:
        """Take the waiting pictures whose time has come."""
        with self._change:
            taken = []
            while self._queue and self._queue[0][0].at <= played:
                taken.append(self._queue.popleft())
            self._change.notify_all()
        return taken

    def is_finished(self) -> bool:
        """True when the last picture of the run was taken."""
        with self._change:
            return self._finished and not self._queue

    def end(self) -> None:
        with self._change:
            self._ended = True
            self._change.notify_all()
        self._thread.join()

    def _run(self) -> None:
        try:
            while (wish := self._next_wish()) is not None:
                try:
                    self._find(wish) if isinstance(wish, Still) else self._read_ahead(wish)
                except Cancelled:
                    continue  # something newer is wanted
        finally:
            for source in self._sources.values():
                source.close()

    def _next_wish(self) -> Still | Run | None:
        with self._change:
            self._change.wait_for(lambda: self._ended or self._wish is not None)
            wish, self._wish = self._wish, None
            return None if self._ended else wish

    def _is_stale(self) -> bool:
        return self._ended or self._wish is not None

    def _find(self, wish: Still) -> None:
        """What is quick to have at once, and the full picture when nothing newer is wanted."""
        place = wish.place
        if place is None:
            self._came(wish.number, None)
            return
        viewing = self._viewing(place)
        try:
            with _as_trouble():
                source = self._source(place)
                if not self._is_resting(place, viewing) and self._at_once(wish, place, source, viewing):
                    self._rest()
                self._came(wish.number, self._full(place, source, viewing))
        except Cancelled:
            raise
        except AppError as error:
            self._let_go(place)
            self._came(wish.number, ReadingTrouble(place.span.reel.id, error))
            self._came(wish.number, None)

    def _at_once(self, wish: Still, place: PicturePlace, source: ReelSource, viewing: Viewing) -> bool:
        """Give the exact picture in few pixels, if that is quick (True), or while dragging a keyframe (False)."""
        position = place.position
        if source.is_decoded(position):
            self._came(wish.number, source.full(position, self.box, viewing))
            return True
        small = source.small(position, None, viewing)
        if small is not None:
            self._came(wish.number, small)
            return True
        if wish.dragging and not source.is_near(position):
            self._came(wish.number, source.keyframe(position, self.box, viewing))
        return False

    def _rest(self) -> None:
        with self._change:
            if self._change.wait_for(self._is_stale, REST):
                raise Cancelled

    def _is_resting(self, place: PicturePlace, viewing: Viewing) -> bool:
        return self._resting is not None and self._resting[:3] == (place.span.reel.id, place.position, viewing)

    def _full(self, place: PicturePlace, source: ReelSource, viewing: Viewing) -> Picture:
        if self._resting is None or not self._is_resting(place, viewing):
            picture = source.full(place.position, None, viewing)
            self._resting = place.span.reel.id, place.position, viewing, picture
        return self._resting[3]

    def _viewing(self, place: PicturePlace) -> Viewing:
        return self._viewings.get(place.span.reel.id, AS_FILMED)

    def _source(self, place: PicturePlace) -> ReelSource:
        reel = place.span.reel
        source = self._sources.get(reel.id)
        if source is None:
            source = ReelSource(reel, place.span.index, self._cache_bytes, self._is_stale)
            self._sources[reel.id] = source
        source.follow(reel)
        self._sources.move_to_end(reel.id)
        if len(self._sources) > OPEN_FILMS:
            self._sources.popitem(last=False)[1].close()
        return source

    def _let_go(self, place: PicturePlace) -> None:
        """A film that failed is opened anew the next time."""
        source = self._sources.pop(place.span.reel.id, None)
        if source is not None:
            source.close()

    def _read_ahead(self, run: Run) -> None:
        told, broken, before = False, set[str](), self.skipped
        for due in self._in_time(run):
            picture = None
            if due.place is not None and due.place.span.reel.id not in broken:
                small = run.small or self.skipped - before >= PATIENCE
                picture = self._made(run, due.place, broken, small=small)
            if not self._offer(run, due, picture):
                return
            if not told:
                told = True
                self._came(run.number, picture)
        with self._change:
            if run.number == self._newest:
                self._finished = True

    def _in_time(self, run: Run) -> Iterator[Due]:
        """Passes over pictures whose time is over before they are made; the last one stays on and always comes."""
        for due in dues(run.route, run.strip):
            if self._is_stale():
                raise Cancelled
            played = self._clock()
            if played is None or due.until > played:
                yield due
            elif due.place is not None:
                self.skipped += 1

    def _made(self, run: Run, place: PicturePlace, broken: set[str], *, small: bool) -> Picture | None:
        viewing = self._viewing(place)
        try:
            with _as_trouble():
                source = self._source(place)
                picture = source.small(place.position, self.box, viewing) if small else None
                return picture or source.full(place.position, self.box, viewing)
        except Cancelled:
            raise
        except AppError as error:
            broken.add(place.span.reel.id)
            self._let_go(place)
            self._came(run.number, ReadingTrouble(place.span.reel.id, error))
            return None

    def _offer(self, run: Run, due: Due, picture: Picture | None) -> bool:
        """Wait for room in the queue; False when something else is wanted now."""
        with self._change:
            self._change.wait_for(lambda: self._is_stale() or len(self._queue) < AHEAD)
            if self._is_stale() or run.number != self._newest:
                return False
            self._queue.append((due, picture))
            return True


@contextmanager
def _as_trouble() -> Iterator[None]:
    """What FFmpeg raises is a damaged film."""
    from av.error import FFmpegError

    try:
        yield
    except (FFmpegError, MemoryError, OSError) as error:
        raise FilmError("film-damaged") from error


def late(taken: Sequence[tuple[Due, Picture | None]], now: float) -> int:
    """How many of the pictures taken at once were left out, or are shown when their time is over."""
    passed = sum(due.place is not None for due, _ in taken[:-1])
    newest = taken[-1][0]
    return passed + (newest.place is not None and newest.until <= now)
