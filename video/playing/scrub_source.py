"""The picture shown at any time of a film, from its scrub copy where there is one and from the film itself where not.

Dragging, stepping, reverse play and shuttling ask here; when the playhead rests, `film_source` gives the film's own.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from app.errors import AppError, FilmError
from app.model.timecode import Micros
from app.model.units import Position
from app.ports import Picture
from app.ports.player import ScrubPart, with_part
from video.copies.scrub_copy import positions_in
from video.copies.scrub_format import CODEC, read_table
from video.open.colors import Scaler
from video.open.frame_index import FrameIndex, unpack
from video.open.frames import CACHE_BYTES, FrameSource, to_pixels

if TYPE_CHECKING:
    import av
    import numpy as np
    from av.video.codeccontext import VideoCodecContext
    from numpy.typing import NDArray

#: of the film's own pictures, where the copy answers for all of it: at rest and to and fro the copy's are at hand
BESIDE_COPY = 16_000_000
#: small pictures kept: several groups, so that going back and forth decodes nothing twice (0.8 MB each)
KEPT = 24


class ScrubSource:
    """Reads one film and the parts of its copy. Not for two threads at once.

    Asked like a `FrameSource`: positions are the film's, and so are the number and the time of every picture that is
    given. `film` and the parts' sources give a new seekable file per call; each is opened when first needed and closed
    by `close`. A long search in the film ends with Cancelled as soon as `abandoned` says so.

    A part that cannot be read is let go of, and the film answers in its place; `lost` says why.
    """

    def __init__(
        self,
        film: Callable[[], BinaryIO],
        index: FrameIndex,
        parts: Sequence[ScrubPart] = (),
        abandoned: Callable[[], bool] = lambda: False,
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        self.index = index
        self.lost: list[AppError] = []
        self._film, self._abandoned, self._cache_bytes = film, abandoned, cache_bytes
        self._full: FrameSource | None = None
        self._file: BinaryIO | None = None
        self._parts: list[_Part] = []
        self._kept: OrderedDict[int, tuple[av.VideoFrame, FrameIndex]] = OrderedDict()
        self._scaler = Scaler((index.width, index.height))  # a copy that does not say its matrix has the film's
        for part in parts:
            self.add(part)

    def add(self, part: ScrubPart) -> None:
        """Use another part from now on."""
        stay = with_part([p.part for p in self._parts], part)
        for gone in [p for p in self._parts if p.part not in stay]:
            gone.close()
        parts = [p for p in self._parts if p.part in stay]
        if part in stay and all(p.part is not part for p in parts):
            parts.append(_Part(positions_in(self.index, (part.start, part.end)), part, self.index))
        self._parts = sorted(parts, key=lambda p: p.span.start)
        if self._full is not None:
            self._full.keep_at_most(self._room())

    def close(self) -> None:
        self._kept.clear()
        for part in self._parts:
            part.close()
        full, file, self._full, self._file = self._full, self._file, None, None
        if full is not None:
            full.close()
        if file is not None:
            file.close()

    def position_at(self, time: Micros) -> Position:
        """Raises FilmError(`before-first`)."""
        position = self.index.position_at(time)
        if position < 0:
            raise FilmError("before-first")
        return position

    def has_copy(self, position: Position) -> bool:
        """Whether this picture comes from the copy, and so at once."""
        return self._part(position) is not None

    def picture_at(self, time: Micros, size: tuple[int, int] | None = None) -> Picture:
        """The picture shown at `time` (µs), after the end the last one; `size` is a box that it must fit into."""
        return self.picture(self.position_at(time), size)

    def picture(self, position: Position, size: tuple[int, int] | None = None) -> Picture:
        """The picture with this number, small or not. Where it cannot be decoded, the one before it stays on.

        Raises what `FrameSource.picture` raises, when the film has to answer.
        """
        found, pixels = self.pixels(position, size)
        return _picture(self.index, found, pixels)

    def pixels(self, position: int, size: tuple[int, int] | None = None) -> tuple[int, NDArray[Any]]:
        """(position, BGRA bytes of shape (height, width, 4)) of the picture shown."""
        found = self._from_copy(position)
        if found is None:
            return self.film_source().pixels(position, size)
        at, frame, index = found
        return at, to_pixels(frame, index, size, self._scaler)

    def key_picture(self, position: Position, size: tuple[int, int] | None = None) -> Picture:
        """At once: the picture itself where there is a copy, else the film's nearest keyframe at or before it."""
        if self.has_copy(position):
            return self.picture(position, size)
        return self.film_source().key_picture(position, size)

    @property
    def is_open(self) -> bool:
        """Whether the film itself was opened yet."""
        return self._full is not None

    def film_source(self) -> FrameSource:
        """The film itself, opened now when it was not yet."""
        if self._full is None:
            self._file = self._file or self._film()
            self._full = FrameSource(self._file, self.index, self._room(), self._abandoned)
        return self._full

    def _room(self) -> int:
        """Bytes of the film's own pictures that are kept."""
        is_whole = sum(len(part.span) for part in self._parts if part.part.kept) >= len(self.index)
        return min(self._cache_bytes, BESIDE_COPY) if is_whole else self._cache_bytes

    def _part(self, position: int) -> _Part | None:
        return next((p for p in self._parts if position in p.span), None)

    def _from_copy(self, position: int) -> tuple[int, av.VideoFrame, FrameIndex] | None:
        """The copy's picture at a position or the nearest before it; None where the film must answer."""
        while (part := self._part(position)) is not None:
            try:
                at = part.at_or_before(position)
                if at is not None:
                    return at, *self._decoded(part, at)
            except AppError as error:
                self.lost.append(error)
                self._parts.remove(part)
                part.close()
                return None
            position = part.span.start - 1  # broken pictures at its beginning: what was on before stays
        return None

    def _decoded(self, part: _Part, position: int) -> tuple[av.VideoFrame, FrameIndex]:
        if position not in self._kept:
            for at, frame in part.decode_to(position):
                self._kept[at] = frame, part.index
                self._kept.move_to_end(at)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(position)
        return self._kept[position]


@dataclass
class _Open:
    """A part's container, its decoder, and where that stands: `at` is the picture it gave last."""

    file: BinaryIO
    places: NDArray[np.int64]
    decoder: VideoCodecContext
    at: int = -2


class _Part:
    """One container of a copy; `span` is the film's positions that it answers for."""

    def __init__(self, span: range, part: ScrubPart, film: FrameIndex) -> None:
        self.span, self.part = span, part
        self._source, self._packed, self._film = part.source, part.index, film
        self._index: FrameIndex | None = None
        self._positions: NDArray[np.int64] | None = None
        self._opened: _Open | None = None

    @property
    def index(self) -> FrameIndex:
        if self._index is None:
            self._index = unpack(self._packed)
        return self._index

    @property
    def positions(self) -> NDArray[np.int64]:
        """The film's position of each picture. Raises FilmError(`copy-damaged`) for pictures that the film has not."""
        if self._positions is None:
            stamps, index = self._film.stamps, self.index
            found = stamps.searchsorted(index.stamps)
            fits = index.time_base == self._film.time_base and int(found[-1]) < len(stamps)
            if not fits or not bool((stamps[found] == index.stamps).all()):
                raise FilmError("copy-damaged")
            self._positions = found
        return self._positions

    def close(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.file.close()

    def at_or_before(self, position: int) -> int | None:
        """The film's position of the newest picture in here that is not after `position`."""
        at = int(self.positions.searchsorted(position, "right")) - 1
        return int(self.positions[at]) if at >= 0 else None

    def decode_to(self, position: int) -> list[tuple[int, av.VideoFrame]]:
        """The pictures decoded on the way to one that is in here, itself last."""
        wanted = int(self.positions.searchsorted(position))
        opened = self._open()
        key = self.index.key_before(wanted)
        first = opened.at + 1
        if not key <= first <= wanted:
            opened.decoder.flush_buffers()
            first = key
        pictures = []
        try:
            opened.file.seek(int(opened.places[first]))
            for number in range(first, wanted + 1):
                content = opened.file.read(int(opened.places[number + 1] - opened.places[number]))
                pictures.append((int(self.positions[number]), _one(opened.decoder, content)))
        except BaseException:
            opened.at = -2
            raise
        opened.at = wanted
        return pictures

    def _open(self) -> _Open:
        import av

        if self._opened is None:
            file = self._source()
            try:
                places = read_table(file)
                if len(places) != len(self.index) + 1:
                    raise FilmError("copy-damaged")
            except BaseException:
                file.close()
                raise
            decoder = cast("VideoCodecContext", av.CodecContext.create(CODEC, "r"))
            decoder.thread_count = 1  # each picture comes out as soon as it went in
            self._opened = _Open(file, places, decoder)
        return self._opened


def _one(decoder: VideoCodecContext, content: bytes) -> av.VideoFrame:
    """The one picture of one packet."""
    import av
    from av.error import FFmpegError

    try:
        frames = decoder.decode(av.Packet(content))
    except FFmpegError as error:
        raise FilmError("copy-damaged") from error
    if len(frames) != 1:
        raise FilmError("copy-damaged")
    return frames[0]


def _picture(index: FrameIndex, position: int, pixels: NDArray[Any]) -> Picture:
    return Picture(int(index.times[position]), position, pixels.shape[1], pixels.shape[0], pixels)
