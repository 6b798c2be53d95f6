"""How loud a film's sound is along its time, made once by a job and drawn from few bytes.

    b"HWF1" | zlib(length of the head, u32 | head, JSON: step, levels, samples of each track | peaks, one byte each)

For each sound track the levels follow each other, finest first; a level's step is `step` times its number in `levels`.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from app.errors import FilmError
from app.model.timecode import SECOND, Micros
from app.model.units import ItemPlace
from app.ports.films import Waveform
from video.open.frame_index import FrameIndex
from video.open.open_film import open_film

if TYPE_CHECKING:
    import numpy as np
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.packet import Packet
    from numpy.typing import NDArray

    from video.open.open_film import Film

MAGIC = b"HWF1"
STEP: Micros = SECOND // 100
#: steps of the finest level in one step of each
LEVELS = (1, 10, 100)
LOUDEST = 255
_MOST_BYTES = 256_000_000


def write_waveform(
    film: BinaryIO, index: FrameIndex, write: Callable[[bytes], int], progress: Callable[[float], None]
) -> None:
    """Decode the sound of all tracks once and write its peaks. Raises what opening the film raises."""
    with open_film(film) as opened:
        peaks = Peaks(index, len(_tracks_of(opened)))
        _Reading(opened, peaks).run(progress)
    peaks.write(write)


def read_waveform(file: BinaryIO, track: int = 0) -> Waveform:
    """One track of what `write_waveform` wrote; see `WaveformReader`. Raises FilmError `copy-damaged`."""
    try:
        file.seek(0)
        content = file.read()
        if content[:4] != MAGIC:
            raise FilmError("copy-damaged")
        raw = zlib.decompressobj().decompress(content[4:], _MOST_BYTES)
        (length,) = struct.unpack_from("<I", raw)
        head = json.loads(raw[4 : 4 + length])
        step, factors, lengths = int(head["step"]), [int(f) for f in head["levels"]], [int(n) for n in head["tracks"]]
        if not 0 <= track < len(lengths):
            return Waveform(step, b"")
        return _read_levels(raw, 4 + length, track, step, factors, lengths)
    except (zlib.error, struct.error, ValueError, KeyError, TypeError, ZeroDivisionError) as error:
        raise FilmError("copy-damaged") from error


def _read_levels(raw: bytes, at: int, track: int, step: Micros, factors: list[int], lengths: list[int]) -> Waveform:
    sizes = [[-(-length // factor) for factor in factors] for length in lengths]
    at += sum(sum(levels) for levels in sizes[:track])
    levels = []
    for factor, size in zip(factors, sizes[track], strict=True):
        levels.append(Waveform(step * factor, raw[at : at + size]))
        if len(levels[-1].peaks) != size:
            raise FilmError("copy-damaged")
        at += size
    return Waveform(levels[0].step, levels[0].peaks, tuple(levels[1:]))


def _levels(finest: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """The same with coarser steps: the greatest of each stretch."""
    import numpy as np

    levels = []
    for factor in LEVELS:
        padded = np.pad(finest, (0, -len(finest) % factor))
        levels.append(padded.reshape(-1, factor).max(axis=1))
    return levels


class Peaks:
    """How loud each of a film's sound tracks is, in steps of film time from its first picture on."""

    def __init__(self, index: FrameIndex, tracks: int) -> None:
        import numpy as np

        self._origin = index.sound_origin
        self.length = max(index.duration, 1)
        self._peaks = [np.zeros(-(-self.length // STEP), dtype=np.uint8) for _ in range(tracks)]

    def take(self, track: ItemPlace, frame: AudioFrame) -> Micros | None:
        """A piece of a track's sound, in any order; when it begins, in film time, where it says so."""
        if frame.pts is None or not frame.time_base or not frame.sample_rate:
            return None
        start = int((frame.pts * frame.time_base - self._origin) * SECOND)
        _mark(self._peaks[track], start, frame)
        return start

    def write(self, write: Callable[[bytes], int]) -> None:
        """What is not there is silence."""
        peaks = [_levels(track) for track in self._peaks]
        head = json.dumps({"step": STEP, "levels": LEVELS, "tracks": [len(levels[0]) for levels in peaks]}).encode()
        body = b"".join(level.tobytes() for levels in peaks for level in levels)
        write(MAGIC + zlib.compress(struct.pack("<I", len(head)) + head + body))


def _tracks_of(film: Film) -> list[AudioStream]:
    return [s for s in film.container.streams.audio if s.codec_context is not None]


class _Reading:
    """Decodes a film's sound alone."""

    def __init__(self, film: Film, peaks: Peaks) -> None:
        from av.stream import Discard

        self._film, self._peaks = film, peaks
        self._tracks = _tracks_of(film)
        self._told = -1
        for stream in film.container.streams:
            if stream not in self._tracks:
                stream.discard = Discard.all  # the pictures need not even be read

    def run(self, progress: Callable[[float], None]) -> None:
        from av.error import FFmpegError

        try:
            for packet in self._film.packets(self._tracks):
                self._take(cast("Packet[AudioStream]", packet), progress)
        except FFmpegError:
            return  # cut off here: silence from here on

    def _take(self, packet: Packet[AudioStream], progress: Callable[[float], None]) -> None:
        from av.error import FFmpegError

        try:
            frames = packet.decode()
        except FFmpegError:
            return  # a damaged piece is silence
        for frame in frames:
            start = self._peaks.take(self._tracks.index(packet.stream), frame)
            if start is not None and start // SECOND > self._told:
                self._told = start // SECOND
                progress(min(max(start / self._peaks.length, 0.0), 1.0))


def _mark(peaks: NDArray[np.uint8], start: Micros, frame: AudioFrame) -> None:
    """Raise the peaks that a piece of sound reaches; what lies outside the film's time is left out."""
    import numpy as np

    loud = _loudness(frame)
    if not len(loud):
        return
    steps = (start + np.arange(len(loud)) * SECOND // frame.sample_rate) // STEP
    bounds = np.flatnonzero(np.diff(steps, prepend=steps[:1] - 1))
    places, values = steps[bounds], np.maximum.reduceat(loud, bounds)
    inside = (places >= 0) & (places < len(peaks))
    places = places[inside]
    found = np.ceil(np.minimum(values[inside], 1.0) * LOUDEST).astype(np.uint8)
    peaks[places] = np.maximum(peaks[places], found)


def _loudness(frame: AudioFrame) -> NDArray[np.float32]:
    """The greatest distance from silence over all channels, 0 to 1, for each moment."""
    import numpy as np

    samples: NDArray[Any] = frame.to_ndarray()
    channels = frame.layout.nb_channels
    by_channel = samples.reshape(-1, channels).T if samples.shape[0] == 1 and channels > 1 else samples
    if by_channel.dtype == np.uint8:
        plain: NDArray[Any] = (by_channel.astype(np.float32) - 128.0) / np.float32(128)
    elif by_channel.dtype.kind == "i":
        plain = by_channel.astype(np.float32) / np.float32(1 << (8 * by_channel.dtype.itemsize - 1))
    else:
        plain = by_channel.astype(np.float32)
    loud: NDArray[np.float32] = np.nan_to_num(np.abs(plain).max(axis=0))
    return loud
