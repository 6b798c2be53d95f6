"""The picture shown at any time of a film, exactly: the one implementation behind seeking, stepping and playing.

Keeps the decoder where it is and the pictures around it, so that a step forward costs one picture and a step back costs
one only once per group of pictures.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from app.errors import Cancelled, FilmError
from app.model.timecode import SECOND, Micros, from_seconds
from app.model.units import ByteCount, Position
from app.ports import Picture
from video.open.colors import Scaler
from video.open.decoding import REMEMBERED, TELLING, choose_threads, hurry
from video.open.frame_index import LONGEST, FrameIndex, decoded, index_of
from video.open.open_film import open_film
from video.open.orientation import is_turned, upright
from video.open.proportions import drawn_size, pasted
from video.open.viewed import without_comb

if TYPE_CHECKING:
    import av
    from numpy.typing import NDArray

CACHE_BYTES = 192_000_000
#: a jump forward by fewer pictures than this decodes on instead of seeking, even over a keyframe
NEAR = 12
#: on the way to a picture so many before it are decoded, needed or not: for the order in which pictures come out, and a
#: step back
BEFORE = 6


class FrameSource:
    """Reads one film through its index. Not for two threads at once.

    `file` is a seekable binary file or a path; `close` closes the film, and the file when it is this source's own.
    A long search for a picture ends with Cancelled as soon as `abandoned` says so; the next one may go on from there.
    """

    def __init__(
        self,
        file: BinaryIO | Path,
        index: FrameIndex,
        cache_bytes: int = CACHE_BYTES,
        abandoned: Callable[[], bool] = lambda: False,
    ) -> None:
        self.index = index
        self._abandoned = abandoned
        self._film = open_film(file)
        self._film.retime(index.shown_at)
        self._scaler = Scaler((index.width, index.height))
        self._coming: Iterator[av.VideoFrame] = iter(())
        self._first: Any = None  # the packet of the keyframe that was sought last
        self._at: int | None = None  # position of the newest decoded picture; None: the decoder stands nowhere
        self._whole_from: int | None = None  # stamp from which every picture is decoded; None: from the film's first
        self._tells = self._film.pictures.codec.canonical_name in TELLING and not self._film.is_retimed
        self._kept: dict[int, av.VideoFrame] = {}
        self._room = 0  # pictures
        self.keep_at_most(cache_bytes)

    def keep_at_most(self, cache_bytes: ByteCount) -> None:
        """Keep so much of decoded pictures from now on, the nearest to where the decoder stands; four at least."""
        self._room = max(cache_bytes // (self.index.width * self.index.height * 3 // 2), 4)
        self._trim(self._at or 0)

    def close(self) -> None:
        self._kept.clear()
        self._coming = iter(())
        self._film.close()

    def position_at(self, time: Micros) -> Position:
        """Raises FilmError(`before-first`)."""
        position = self.index.position_at(time)
        if position < 0:
            raise FilmError("before-first")
        return position

    def picture_at(self, time: Micros, size: tuple[int, int] | None = None) -> Picture:
        """The picture shown at `time` (µs), after the end the last one; `size` is a box that it must fit into.

        Raises FilmError(`before-first`), FilmError(`film-damaged`) when no picture up to there can be decoded.
        """
        return self.picture(self.position_at(time), size)

    def picture(self, position: int, size: tuple[int, int] | None = None) -> Picture:
        """The picture with this number, from 0. Where it cannot be decoded, the one before it stays on."""
        found, pixels = self.pixels(position, size)
        return Picture(int(self.index.times[found]), found, pixels.shape[1], pixels.shape[0], pixels)

    def pixels(
        self, position: int, size: tuple[int, int] | None = None, *, deinterlace: bool = False
    ) -> tuple[int, NDArray[Any]]:
        """(position, BGRA bytes of shape (height, width, 4)) of the picture shown; needs no Qt.

        With `deinterlace` the two fields of an interlaced picture are made one; its number and time stay.
        """
        found, frame = self._frame(position)
        if deinterlace and frame.interlaced_frame:
            last = len(self.index) - 1
            frame = without_comb([self._frame(p)[1] for p in (max(found - 1, 0), found, min(found + 1, last))])
        return found, to_pixels(frame, self.index, size, self._scaler)

    def is_decoded(self, position: int) -> bool:
        """True when the picture costs nothing but its pixels."""
        return position in self._kept

    def is_near(self, position: Position) -> bool:
        """True when a few pictures have to be decoded for it at most."""
        return position in self._kept or (self._at is not None and 0 < position - self._at <= NEAR)

    def key_picture(self, position: Position, size: tuple[int, int] | None = None) -> Picture:
        """At once: the nearest keyframe at or before a position that can be decoded, for a drag.

        Raises FilmError(`film-damaged`) as `picture` does.
        """
        if position in self._kept:
            return self.picture(position, size)
        key = self.index.key_before(position)
        frame = self._kept.get(key) or self._key_frame(key)
        if frame is None:  # a keyframe that cannot be decoded by itself
            return self.picture(key, size)
        pixels = to_pixels(frame, self.index, size, self._scaler)
        return Picture(int(self.index.times[key]), key, pixels.shape[1], pixels.shape[0], pixels)

    def run(self, first: Position, stop: Position) -> Iterator[tuple[int, av.VideoFrame]]:
        """(position, picture) of every picture from `first` up to `stop` that can be decoded, once and in order."""
        newest, self._whole_from = first - 1, None
        self._seek(first)
        try:
            for frame in self._coming:
                at = self.index.position_of(frame.pts) if frame.pts is not None else None
                if at is not None and at >= stop:
                    return
                if at is not None and at > newest:
                    newest = at
                    yield at, frame
        finally:
            self._at = None

    def decode_to(self, position: int) -> int:
        """Have a picture decoded without making pixels of it; returns the position found."""
        return self._frame(position)[0]

    def _frame(self, position: int) -> tuple[int, av.VideoFrame]:
        if position in self._kept:
            return position, self._kept[position]
        if self._hurry_to(position):
            found = self._searched(position)
            if found is not None and found[0] == position:
                return found
            self._at = self._whole_from = None  # perhaps it was thought of no use: every picture is looked at
        found = self._searched(position)
        if found is None:
            raise FilmError("film-damaged")
        return found

    def _hurry_to(self, position: int) -> bool:
        """Decode only what is needed until shortly before a picture; False where films do not tell what is needed.

        Who goes back picture by picture will want those before it next: then all that can be kept are decoded.
        """
        if not self._tells:
            return False
        goes_back = self._at is not None and 0 < self._at - position <= self._room
        before = self._room if goes_back else REMEMBERED if self.index.codec == "hevc" else BEFORE
        self._whole_from = int(self.index.stamps[max(position - before, 0)])
        return True

    def _searched(self, position: int) -> tuple[int, av.VideoFrame] | None:
        """The picture, or the newest before it where it cannot be decoded."""
        if not self._is_ahead(position):
            self._seek(position)
        try:
            best = self._read_to(position)
            start = self.index.key_before(position)
            while best is None and start > 0:  # a damaged keyframe: the picture before it stays on
                start = self.index.key_before(max(start - 1, 0))
                self._seek(start)
                best = self._read_to(position)
        except Cancelled:
            raise  # the decoder stands where it came to
        except BaseException:
            self._at = None  # the decoder stands nowhere after a failed read
            raise
        return best

    def _key_frame(self, key: int) -> av.VideoFrame | None:
        """Decode the one picture and have the decoder give it out at once, which leaves it standing nowhere."""
        from av.error import FFmpegError

        self._whole_from = None
        self._seek(key)
        self._at, target = None, int(self.index.stamps[key])
        packet, self._first, self._coming = self._first, None, iter(())
        try:
            frames = [*decoded(packet), *self._film.pictures.codec_context.decode(None)] if packet is not None else []
        except FFmpegError:
            return None
        found = next((f for f in frames if f.pts == target), None)
        if found is not None:
            self._keep(key, found, key)
        return found

    def _is_ahead(self, position: int) -> bool:
        """True when decoding on from here is the way to `position`."""
        if self._at is None or position <= self._at:
            return False
        return position - self._at <= NEAR or self.index.key_before(position) <= self._at + 1

    def _read_to(self, position: int) -> tuple[int, av.VideoFrame] | None:
        """Decode until the picture, or one after it, has come; the newest that is not after it."""
        best = self._newest_kept(position) if self._at is not None and self._at < position else None
        for frame in self._coming:
            at = self.index.position_of(frame.pts) if frame.pts is not None else None
            if at is not None:
                self._at = at
                if (
                    self._whole_from is None or self.index.stamps[at] >= self._whole_from
                ):  # else its memory is used again
                    self._keep(at, frame, position)
                if at <= position and (best is None or at > best[0]):
                    best = at, frame
                if at >= position:
                    return best
            if self._abandoned():
                raise Cancelled
        self._at = None
        return best

    def _newest_kept(self, position: int) -> tuple[int, av.VideoFrame] | None:
        at = self._at
        return (at, self._kept[at]) if at is not None and at in self._kept and at <= position else None

    def _keep(self, at: int, frame: av.VideoFrame, wanted: int) -> None:
        self._kept[at] = frame
        self._trim(wanted)

    def _trim(self, wanted: int) -> None:
        while len(self._kept) > self._room:
            del self._kept[max(self._kept, key=lambda p: abs(p - wanted))]

    def _seek(self, position: int) -> None:
        """Stand on a keyframe from which decoding reaches `position`; the container's word is not trusted."""
        from av.error import FFmpegError

        key = self.index.key_before(position)
        while True:
            target = int(self.index.stamps[key])
            try:
                self._film.container.seek(target, stream=self._film.pictures, backward=True)
            except FFmpegError:
                break
            if self._land(target):
                return
            if key == 0:
                break
            key = self.index.key_before(key - 1)
        self._start_over()

    def _land(self, target: int) -> bool:
        """Read on to the first keyframe; False when that is behind the one looked for, or none that the index knows.

        Some containers give the first packets after a seek a time that they guess.
        """
        from av.error import FFmpegError

        packets = self._film.packets(self._film.pictures)
        try:
            for packet in packets:
                if packet.is_keyframe and packet.pts is not None:
                    if packet.pts > target or not self.index.is_key(packet.pts):
                        return False
                    choose_threads(self._film.pictures, packet)
                    self._coming, self._first, self._at = self._pictures(packets, packet), packet, None
                    return True
        except FFmpegError:
            return False
        return False

    def _start_over(self) -> None:
        self._film.restart()
        self._coming, self._first = self._pictures(self._film.packets(self._film.pictures)), None
        self._at = None

    def _pictures(self, packets: Iterator[Any], first: Any = None) -> Iterator[av.VideoFrame]:
        """What comes out of the decoder, from `first` and then the other packets on."""
        from av.error import FFmpegError

        if first is not None:
            yield from self._decoded(first)
        try:
            for packet in packets:
                yield from self._decoded(packet)
        except FFmpegError:
            return  # cut off here; what came before is whole

    def _decoded(self, packet: Any) -> list[av.VideoFrame]:
        if packet.pts is not None:
            hurry(self._film.pictures, self._whole_from is not None and packet.pts < self._whole_from)
        return decoded(packet)


def fitted(whole: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """Width and height, pixels, of a picture fitted into a box, never larger than it is whole.

    What is made smaller has an even width: to an odd one libswscale scales several times as slowly.
    """
    share = min(box[0] / whole[0], box[1] / whole[1], 1.0)
    if share == 1.0:
        return whole
    return max(round(whole[0] * share) // 2 * 2, 2), max(round(whole[1] * share), 1)


def to_pixels(
    frame: av.VideoFrame,
    index: FrameIndex,
    size: tuple[int, int] | None,
    scaler: Scaler,
) -> NDArray[Any]:
    """BGRA bytes of shape (height, width, 4): upright, square pixels, fitted into the box `size` when given."""
    wide, high = index.shown_size
    if is_turned(index.orientation):
        wide, high = high, wide
        size = None if size is None else size[::-1]
    if size is not None:
        wide, high = fitted((wide, high), size)
    box = wide, high
    wide, high = drawn_size((frame.width, frame.height), index, box)
    shrinks = wide < frame.width or high < frame.height
    filter_name = "AREA" if shrinks else "BICUBIC"
    pixels = scaler.scaled(frame, (wide, high), "bgra", filter_name).to_ndarray()
    return upright(pixels if (wide, high) == box else pasted(pixels, box), index.orientation)


def frame_png(path: Path, seconds: float, out: Path) -> None:
    """Write the picture shown at `seconds` from the first picture as PNG: full size, upright, square pixels.

    Raises FilmError: `before-first`, `picture-not-written`, and what opening and decoding raise.
    """
    import cv2

    if not seconds >= 0:  # not a number is no time either
        raise FilmError("before-first")
    time = from_seconds(min(seconds, LONGEST / SECOND))
    with open_film(path) as film:
        index = index_of(film)
    source = FrameSource(path, index)
    try:
        _, pixels = source.pixels(source.position_at(time))
    finally:
        source.close()
    done, png = cv2.imencode(".png", pixels[:, :, :3])
    try:
        if not done:
            raise FilmError("picture-not-written")
        if out.exists() and out.samefile(path):  # the film itself is never written over
            raise FilmError("picture-not-written")
        _write_picture(out, png.tobytes())
    except OSError as error:
        raise FilmError("picture-not-written") from error


def _write_picture(out: Path, content: bytes) -> None:
    """Whole or not at all; a device is written as it is."""
    if out.exists() and not out.is_file():
        out.write_bytes(content)
        return
    part = out.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        part.write_bytes(content)
        part.replace(out)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
