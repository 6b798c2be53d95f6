"""The sound of a route, decoded ahead in its own thread: film after film, gaps as silence, loops without a seam."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from app.errors import AppError
from app.model.recording import Viewing
from app.model.timecode import SECOND
from video.open.open_film import open_film
from video.playing.camera_line import Span
from video.playing.loudness import Limiter
from video.playing.route import Piece, Route
from video.playing.sound import CHANNELS, FRAME_BYTES, RATE, SILENCE, TempoFilter, film_samples, to_bytes

if TYPE_CHECKING:
    from typing import BinaryIO

    from numpy.typing import NDArray

    from video.open.open_film import Film

#: (film or nothing, its samples)
Sounding = tuple[str, "NDArray[Any]"]


class SoundFeed:
    """`take` gives what is ready as bytes of 16 bit stereo; one sample is 1/48 000 s of played time.

    `viewings` by film tells track and gain. It is the player's own mapping: a changed gain is heard at once.
    """

    AHEAD = RATE  # samples: one second

    def __init__(self, route: Route, viewings: Mapping[str, Viewing]) -> None:
        self.trouble: AppError | None = None
        self._route, self._viewings = route, viewings
        self._ready: deque[Sounding] = deque()
        self._count = 0
        self._limiter = Limiter()
        self._out = bytearray()
        self._change = threading.Condition()
        self._ended = False
        self._opened: tuple[str, Film, BinaryIO] | None = None
        self._thread = threading.Thread(target=self._run, name="film sound", daemon=True)
        self._thread.start()

    def take(self, count: int) -> bytes:
        """Up to `count` bytes, whole samples only; fewer when decoding is behind."""
        count = count // FRAME_BYTES * FRAME_BYTES
        while len(self._out) < count and (piece := self._next()) is not None:
            film, samples = piece
            gain_db = self._viewings[film].gain_db if film in self._viewings else 0.0
            self._out += to_bytes(self._limiter.push(samples, 10 ** (gain_db / 20)))
        out = bytes(self._out[:count])
        del self._out[:count]
        return out

    def end(self) -> None:
        with self._change:
            self._ended = True
            self._change.notify()
        self._thread.join()

    def _next(self) -> Sounding | None:
        with self._change:
            if not self._ready:
                return None
            film, samples = self._ready.popleft()
            self._count -= len(samples)
            self._change.notify()
            return film, samples

    def _run(self) -> None:
        try:
            self._lay(self._route)
        except AppError as error:
            self.trouble = error  # the pictures go on without sound
        finally:
            self._close()

    def _lay(self, route: Route) -> None:
        laid = 0
        for piece in route.pieces():
            until = round(piece.end * RATE / SECOND)
            for film, samples in self._sounds(piece):
                part = samples[: until - laid]
                laid += len(part)
                if not self._offer(film, part):
                    return
                if laid >= until:
                    break
        while self._offer("", _silence()):  # the output goes on until the last picture has been seen
            pass

    def _sounds(self, piece: Piece) -> Iterator[Sounding]:
        """Without end: whoever lays them knows how long the piece is."""
        span = piece.heard
        if span is None or not span.index.sound_tracks:
            while True:
                yield "", _silence()
        name, rate = span.reel.id, self._route.rate
        tempo = TempoFilter(rate) if rate != 1.0 else None
        track = self._viewings[name].sound_track if name in self._viewings else 0
        start = span.reel.to_film(piece.start) - (tempo.lead if tempo is not None else 0)
        for samples in film_samples(self._film(span), span.index, start, track):
            for out in tempo.push(samples) if tempo is not None else (samples,):
                yield name, out

    def _film(self, span: Span) -> Film:
        """The span's film, kept open for the next lap of a loop."""
        if self._opened is not None and self._opened[0] == span.reel.id:
            return self._opened[1]
        self._close()
        file = span.reel.source()
        try:
            film = open_film(file)
        except BaseException:
            file.close()
            raise
        self._opened = span.reel.id, film, file
        return film

    def _close(self) -> None:
        if self._opened is not None:
            _, film, file = self._opened
            self._opened = None
            film.close()
            file.close()

    def _offer(self, film: str, samples: NDArray[Any]) -> bool:
        """Wait for room; False when nobody wants more."""
        with self._change:
            self._change.wait_for(lambda: self._ended or self._count < self.AHEAD)
            self._ready.append((film, samples))
            self._count += len(samples)
            return not self._ended


def _silence() -> NDArray[Any]:
    import numpy as np

    return np.zeros((SILENCE, CHANNELS), dtype=np.float32)
