"""Proves a written clip by decoding it: in the covers one color exactly, outside the film, times and count equal."""

from __future__ import annotations

import io
import queue
import threading
from collections import deque
from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from math import inf, log10
from typing import TYPE_CHECKING, Any

from app.errors import FilmError
from app.model.timecode import SECOND
from video.covering.picture import COVER, Area, Burned, Planes, outside, part_of, planes_of
from video.covering.sound import RATE, SOUND_BLOCK

if TYPE_CHECKING:
    import av
    import numpy as np
    from numpy.typing import NDArray

#: how like the film a picture has to be outside its covers, dB
LEAST_PSNR = 40.0
#: what is told of a picture that lost nothing, dB
PERFECT = 99.0
#: pictures that may wait for their proof
_WAITING = 12
#: a muted stretch differs by no more than this from what was ordered (root mean square of full scale)
_MUTED_OFF = 0.004
#: what every MP4 says of itself, and every stream
_OF_THE_KIND = frozenset({"major_brand", "minor_version", "compatible_brands"})
_OF_A_STREAM = frozenset({"language", "handler_name", "vendor_id"})
#: how a unit of H.264 begins
START = b"\0\0\1"


class NotLikeEnoughError(Exception):
    """A picture lost too much in encoding, or a cover is not of one color: it is written again, with more bits."""


class PictureProof:
    """Decodes what was encoded, packet by packet, in a thread of its own, and compares it with what was given."""

    def __init__(self, extradata: bytes, spared: Area | None) -> None:
        self._given: deque[Burned] = deque()
        self._packets: queue.Queue[bytes | None] = queue.Queue(_WAITING)
        self._extradata, self._spared = extradata, spared
        self._likeness: Likeness | None = None
        self._failed: BaseException | None = None
        self.worst, self.proven, self.covered = inf, 0, 0
        self.packets: list[bytes] = []  # fingerprints, for what the file is then found to hold
        self._thread = threading.Thread(target=self._run, name="cover proof", daemon=True)
        self._thread.start()

    def given(self, picture: Burned) -> None:
        """The next picture that goes to the encoder."""
        self._given.append(picture)

    def written(self, packet: bytes) -> None:
        """What came out of the encoder. Raises NotLikeEnoughError as soon as one was found so."""
        self.packets.append(fingerprint(packet.split(START)[1:]))
        self._put(packet)

    def finish(self) -> None:
        """Every picture is proven. Raises NotLikeEnoughError."""
        self._put(None)
        self._thread.join()
        if self._failed is not None:
            raise self._failed
        if self._given:
            raise FilmError("cover-not-proven")

    def stop(self) -> None:
        """Whatever is left is of no interest."""
        while self._thread.is_alive():
            try:
                self._packets.put(None, timeout=0.05)
            except queue.Full:
                self._drain()
            self._thread.join(0.05)

    def _put(self, packet: bytes | None) -> None:
        while True:
            if self._failed is not None:
                raise self._failed
            try:
                self._packets.put(packet, timeout=0.1)
            except queue.Full:
                continue
            return

    def _drain(self) -> None:
        try:
            while True:
                self._packets.get_nowait()
        except queue.Empty:
            return

    def _run(self) -> None:
        try:
            self._prove()
        except BaseException as error:  # noqa: BLE001  told to whoever writes, in its thread
            self._failed = error

    def _prove(self) -> None:
        import av

        decoder: Any = av.CodecContext.create("h264", "r")
        decoder.extradata = self._extradata
        decoder.thread_count = 1  # this is a thread of its own; more of them cost more than they gain
        while (packet := self._packets.get()) is not None:
            for frame in decoder.decode(av.Packet(packet)):
                self._compare(frame)
        for frame in decoder.decode(None):
            self._compare(frame)

    def _compare(self, frame: av.VideoFrame) -> None:
        if not self._given:
            raise FilmError("cover-not-proven")
        given = self._given.popleft()
        found = planes_of(frame)
        if not self._is_covered(given, found):
            raise NotLikeEnoughError
        self._likeness = self._likeness or Likeness(frame)
        psnr = self._likeness.psnr(given, frame)
        if psnr < LEAST_PSNR:
            raise NotLikeEnoughError
        self.worst = min(self.worst, psnr)
        self.proven += 1
        self.covered += bool(given.inside)

    def _is_covered(self, given: Burned, found: Sequence[NDArray[Any]]) -> bool:
        """One color exactly in every cover; where the strip of the word lies over it, that is solid as well."""
        for area in given.inside:
            for left in outside(area, self._spared):
                for plane, part, color in zip(found, (1, 2, 2), COVER, strict=True):
                    if (part_of(plane, left, part) != color).any():
                        return False
        return True


class Likeness:
    """How like two pictures of one size in 4:2:0 are: by FFmpeg's own measure, through a graph of its filters."""

    def __init__(self, like: av.VideoFrame) -> None:
        import av

        graph: Any = av.filter.Graph()
        graph.threads = 1
        kind = {"width": like.width, "height": like.height, "format": like.format, "time_base": Fraction(1, SECOND)}
        self._ways = [graph.add_buffer(**kind) for _ in range(2)]
        measure, self._end = graph.add("psnr"), graph.add("buffersink")
        for number, way in enumerate(self._ways):
            way.link_to(measure, 0, number)
        measure.link_to(self._end)
        graph.configure()
        self._graph, self._at = graph, 0

    def psnr(self, given: Burned, found: av.VideoFrame) -> float:
        """Of luma and chroma together, outside of what the covers fill, dB; infinite where nothing is outside.

        Told is at least that: first what is wrong within the covers counts as if it lay outside, and only a picture
        that is then not like enough is measured without it.
        """
        planes = planes_of(given.picture), planes_of(found)
        filled = _disjoint(given.filled)
        parts = zip(planes[1], (1, 2, 2), strict=True)
        count = sum(p.size - sum(part_of(p, area, part).size for area in filled) for p, part in parts)
        wrong = self._wrong(given.picture, found)
        if _psnr(wrong, count) < LEAST_PSNR:
            wrong -= _wrong_within(planes, filled)
        return _psnr(wrong, count)

    def _wrong(self, given: av.VideoFrame, found: av.VideoFrame) -> float:
        """The sum of the squares of all differences."""
        for way, picture in zip(self._ways, (given, found), strict=True):
            picture.pts, picture.time_base = self._at, Fraction(1, SECOND)
            way.push(picture)
        self._at += 1
        told = self._end.pull().metadata
        means = (float(told[f"lavfi.psnr.mse.{name}"]) for name in "yuv")
        return sum(mean * plane.size for mean, plane in zip(means, planes_of(found), strict=True))


def _psnr(wrong: float, count: int) -> float:
    """Of so many samples with so much wrong in all, dB."""
    return inf if wrong < 1 or not count else 10 * log10(255**2 * count / wrong)


def _wrong_within(planes: tuple[Planes, Planes], areas: Sequence[Area]) -> float:
    """The same of areas alone, which do not overlap."""
    import numpy as np

    wrong = 0
    for plane, made, part in zip(*planes, (1, 2, 2), strict=True):
        for area in areas:
            off = part_of(plane, area, part).astype(np.int32) - part_of(made, area, part)
            wrong += int((off * off).sum(dtype=np.int64))
    return wrong


def _disjoint(areas: Sequence[Area]) -> list[Area]:
    """The same pixels in areas of which no two overlap."""
    found: list[Area] = []
    for area in areas:
        left = [area]
        for other in found:
            left = [part for piece in left for part in outside(piece, other)]
        found += left
    return found


def fingerprint(units: Sequence[bytes]) -> bytes:
    """Of the units of one coded picture (ITU-T H.264, 7.3.1), however they are parted: starts or lengths."""
    plain = sha256()
    for unit in units:
        bare = unit.rstrip(b"\0")
        if bare and bare[0] & 31 in (1, 5):  # slices alone: what else there is tells of the encoder
            plain.update(len(bare).to_bytes(8, "big") + bare)
    return plain.digest()


def prove_file(content: bytes, times: Sequence[Fraction], packets: Sequence[bytes]) -> None:
    """The file holds the proven pictures, each at its own time from 0 on, and nothing that tells of anything else.

    Raises FilmError(`cover-not-proven`).
    """
    import av

    with av.open(io.BytesIO(content), "r", format="mp4") as film:
        streams = film.streams
        is_bare = len(streams.video) == 1 and len(streams.audio) <= 1 and len(streams) <= 2
        is_bare = is_bare and not set(film.metadata) - _OF_THE_KIND and not _says_more(film)
        pictures = streams.video[0]
        assert pictures.time_base is not None
        found = [(p.pts, fingerprint(_units(bytes(p)))) for p in film.demux(pictures) if p.size]
        base = pictures.time_base
    if not is_bare or len(found) != len(times):
        raise FilmError("cover-not-proven")
    for (stamp, mark), time, packet in zip(found, times, packets, strict=True):
        if stamp is None or stamp * base != time or mark != packet:
            raise FilmError("cover-not-proven")


def _says_more(film: Any) -> bool:
    """Whether a stream says more of itself than its language, which is none, and what kind of stream it is."""
    return any(set(stream.metadata) - _OF_A_STREAM for stream in film.streams)


def _units(packet: bytes) -> list[bytes]:
    """The units of a picture in an MP4: each behind its length (ISO/IEC 14496-15)."""
    units, at = [], 0
    while at + 4 <= len(packet):
        length = int.from_bytes(packet[at : at + 4], "big")
        units.append(packet[at + 4 : at + 4 + length])
        at += 4 + length
    return units


def prove_sound(content: bytes, ordered: NDArray[np.float32], muted: Sequence[tuple[int, int]]) -> int:
    """How many µs the sound is longer than ordered: never more than one block.

    Within a muted stretch there is nothing but what was ordered, the blocks at its edges apart, into which the encoder
    lets its neighbors ring. Raises FilmError(`cover-not-proven`).
    """
    import numpy as np

    found = _decoded(content, ordered.shape)
    over = found.shape[1] - ordered.shape[1]
    if not -SOUND_BLOCK <= over <= SOUND_BLOCK:
        raise FilmError("cover-not-proven")
    for begin, end in muted:
        inner = slice(begin + 2 * SOUND_BLOCK, end - 2 * SOUND_BLOCK)
        off = found[:, inner][:, : ordered.shape[1]] - ordered[:, inner][:, : found[:, inner].shape[1]]
        if off.size and float(np.sqrt(np.mean(off**2))) > _MUTED_OFF:
            raise FilmError("cover-not-proven")
    return int(max(over, 0)) * SECOND // RATE


def _decoded(content: bytes, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """The file's sound from time 0 on."""
    import av
    import numpy as np

    found = np.zeros((shape[0], shape[1] + 4 * SOUND_BLOCK), dtype=np.float32)
    length = 0
    with av.open(io.BytesIO(content), "r", format="mp4") as film:
        frames: Any = film.decode(film.streams.audio[0])
        for frame in frames:
            at = round(frame.pts * frame.time_base * RATE)
            piece = frame.to_ndarray()[:, max(-at, 0) :]
            at = max(at, 0)
            stop = min(at + piece.shape[1], found.shape[1])
            if stop > at:
                found[:, at:stop] = piece[:, : stop - at]
            length = max(length, at + piece.shape[1])
    return found[:, :length]
