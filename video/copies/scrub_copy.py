"""Makes the scrub copy: the film's pictures small, upright, with square pixels, and a keyframe every ten pictures.

It has exactly the pictures of the film that can be decoded, each under the film's own timestamp, so that "the picture
shown at t" is the same in both. One container holds five minutes; each is made without the others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, BinaryIO

from app.errors import FilmError
from app.model.timecode import SECOND, Micros
from app.model.units import Position
from video.copies.scrub_format import CODEC, write_table
from video.open.colors import Scaler
from video.open.frame_index import MAX_GAP, FrameIndex
from video.open.frames import FrameSource
from video.open.orientation import UPRIGHT, is_turned, upright
from video.open.proportions import drawn_size, on_black

if TYPE_CHECKING:
    import av
    from av.video.codeccontext import VideoCodecContext

#: film time of one container
PART: Micros = 300 * SECOND
#: film time of a piece that is made for the playhead: some three seconds of work with a film of 1080p
PIECE: Micros = 10 * SECOND
#: the box that a picture is fitted into, in pixels
BOX = (960, 540)
#: pictures from one keyframe to the next
GROUP = 10
#: quality of the copy, as x264 counts it: less is better and larger
QUALITY = 24


def parts(index: FrameIndex, length: Micros = PART) -> tuple[tuple[Micros, Micros], ...]:
    """(start, end) of each part in film time: it begins with a picture, and ends where the next part begins."""
    starts = [0]
    for nominal in range(length, int(index.times[-1]) + 1, length):
        first = int(index.times.searchsorted(nominal))
        if first > starts[-1]:  # where no picture changes for long, parts would be empty
            starts.append(first)
    times = [int(index.times[first]) for first in starts]
    return tuple(zip(times, [*times[1:], end_of(index)], strict=True))


def around(index: FrameIndex, time: Micros) -> tuple[tuple[Micros, Micros], ...]:
    """(start, end) of the piece that holds a film time, of its neighbor on the nearer side, and of the other one."""
    pieces = parts(index, PIECE)
    at = max(bisect_right([start for start, _ in pieces], time) - 1, 0)
    start, end = pieces[at]
    order = (at, at + 1, at - 1) if end - time < time - start else (at, at - 1, at + 1)
    return tuple(pieces[number] for number in order if 0 <= number < len(pieces))


def end_of(index: FrameIndex) -> Micros:
    """Where the film's last part ends: after its last picture, even when that stays for no time at all."""
    return max(index.duration, int(index.times[-1]) + 1)


def positions_in(index: FrameIndex, span: tuple[Micros, Micros]) -> range:
    """The film's pictures in a part."""
    first, stop = (int(at) for at in index.times.searchsorted(span))
    return range(first, stop)


def write_scrub(
    film: BinaryIO,
    index: FrameIndex,
    span: tuple[Micros, Micros],
    write: Callable[[bytes], int],
    progress: Callable[[float], None],
) -> bytes:
    """Write one part through `write`, which cannot seek, and return its packed index, whose stamps are the film's.

    Raises what opening and decoding the film raise, and FilmError(`film-damaged`) when no picture of the part can be
    decoded.
    """
    wanted = positions_in(index, span)
    part = ScrubPart(index, span, write)
    source = FrameSource(film, index, cache_bytes=0)
    try:
        for position, frame in source.run(wanted.start, wanted.stop):
            part.take(position, frame)
            progress((position - wanted.start) / len(wanted))
    finally:
        source.close()
    return part.end()


def small_size(index: FrameIndex) -> tuple[int, int]:
    """Upright width and height of a copy's pictures: even numbers, never larger than the film."""
    wide, high = index.shown_size
    share = min(BOX[0] / wide, BOX[1] / high, 1.0)
    return _even(wide * share), _even(high * share)


def _even(pixels: float) -> int:
    return max(round(pixels / 2) * 2, 2)


class ScrubPart:
    """One part being made of a run of decoded pictures: the encoder and what it has written so far."""

    def __init__(self, film: FrameIndex, span: tuple[Micros, Micros], write: Callable[[bytes], int]) -> None:
        self.wanted = positions_in(film, span)
        self._positions: list[int] = []
        self._sizes: list[int] = []
        self._keys: list[int] = []
        self._film, self._end, self._write = film, span[1], write
        self._size = small_size(film)
        self._scaler = Scaler((film.width, film.height))
        self._encoder: VideoCodecContext | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every picture of the part has come."""
        return len(self._positions) == len(self.wanted)

    def take(self, position: Position, frame: av.VideoFrame) -> None:
        """The next picture; positions rise."""
        small = self._small(frame)
        if self._encoder is None:
            self._encoder = _encoder(self._size, small)
        small.pts, small.time_base = len(self._positions), self._encoder.time_base
        self._positions.append(position)
        self._encode(small)

    def end(self) -> bytes:
        """Write what is held back and the table; the packed index. Raises FilmError(`film-damaged`) for no picture."""
        if self._encoder is None:
            raise FilmError("film-damaged")
        self._encode(None)
        write_table(self._sizes, self._write)
        return self._index().pack()

    def _encode(self, frame: av.VideoFrame | None) -> None:
        assert self._encoder is not None
        for packet in self._encoder.encode(frame):
            if packet.is_keyframe:
                self._keys.append(len(self._sizes))
            self._sizes.append(packet.size)
            self._write(bytes(packet))

    def _small(self, frame: av.VideoFrame) -> av.VideoFrame:
        wide, high = self._size
        turned = is_turned(self._film.orientation)
        size = (high, wide) if turned else (wide, high)
        drawn = drawn_size((frame.width, frame.height), self._film, size)
        small = on_black(self._scaler.scaled(frame, drawn, "yuv420p", "AREA", threads=1), size)
        return small if self._film.orientation == UPRIGHT else _turned(small, self._film)

    def _index(self) -> FrameIndex:
        """Picture k of the copy has stamp k, in the film's own stamps and time base."""
        import numpy as np

        film = self._film
        gap = min(max(self._end - int(film.times[self._positions[-1]]), 0), MAX_GAP)
        return FrameIndex(
            film.stamps[np.array(self._positions)], np.array(self._keys, dtype=np.int64), film.time_base, *self._size,
            Fraction(1), UPRIGHT, gap, film.rate, CODEC,
        )  # fmt: skip


def _turned(frame: av.VideoFrame, film: FrameIndex) -> av.VideoFrame:
    """The same small picture upright, plane by plane; its words about color stay."""
    import av
    import numpy as np

    wide, high = frame.width, frame.height
    flat = frame.to_ndarray().reshape(-1)
    luma, chroma = wide * high, wide * high // 4
    planes = (
        flat[:luma].reshape(high, wide),
        flat[luma : luma + chroma].reshape(high // 2, wide // 2),
        flat[luma + chroma :].reshape(high // 2, wide // 2),
    )
    turned = [upright(plane, film.orientation) for plane in planes]
    whole = np.concatenate([plane.reshape(-1) for plane in turned]).reshape(-1, turned[0].shape[1])
    made = av.VideoFrame.from_ndarray(whole, format="yuv420p")
    made.colorspace, made.color_range = frame.colorspace, frame.color_range
    return made


def _encoder(size: tuple[int, int], like: av.VideoFrame) -> VideoCodecContext:
    """H.264 that is quick to write and quicker to read: no picture needs a later one."""
    import av

    made: VideoCodecContext = av.CodecContext.create("libx264", "w")
    made.width, made.height = size
    made.pix_fmt = "yuv420p"
    made.time_base = Fraction(1, 25)  # counts pictures; their times are the index's
    made.gop_size, made.max_b_frames = GROUP, 0
    made.colorspace, made.color_range = like.colorspace, like.color_range
    rhythm = f"keyint={GROUP}:min-keyint={GROUP}:scenecut=0:bframes=0:repeat-headers=1:annexb=1:threads=1"
    made.options = {"preset": "ultrafast", "tune": "fastdecode", "crf": str(QUALITY), "x264-params": rhythm}
    return made
