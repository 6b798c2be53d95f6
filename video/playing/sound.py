"""A film's sound from any time on, at any rate with its pitch kept, as one even stream of samples.

Gaps and a late beginning become silence, so that counting samples is telling the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, Any

from app.model.timecode import SECOND, Micros
from video.open.frame_index import FrameIndex
from video.open.sound_frames import sound_frames

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.filter import Graph
    from av.filter.context import FilterContext
    from numpy.typing import NDArray

    from video.open.open_film import Film

RATE = 48_000
CHANNELS = 2
#: bytes of one moment of sound: two channels of 16 bits
FRAME_BYTES = 4
#: timestamps that wander by less than this are rounding, not gaps (samples)
WANDER = RATE // 50
SILENCE = 4_800
#: film time before a start from which on sound is decoded and not given: most codecs need what came before, and the
#: first block after a jump into the middle of a stream may carry the time of the next one
LEAD_IN: Micros = SECOND // 5
#: `atempo` cuts its windows of RATE / 24 samples, rounded up to a power of two, and begins with the middle of the first
HALF_WINDOW = 1024


class TempoFilter:
    """FFmpeg's `atempo`: faster or slower with the same pitch. `rate` 0.1 to 4."""

    def __init__(self, rate: float) -> None:
        import av
        import av.filter
        from av.audio.format import AudioFormat

        self._graph: Graph = av.filter.Graph()
        form = AudioFormat("flt")
        nodes: list[FilterContext] = [self._graph.add_abuffer(sample_rate=RATE, format=form, layout="stereo")]
        parts = _tempo_parts(rate)
        nodes += [self._graph.add("atempo", f"{part:.6f}") for part in parts]
        nodes += [self._graph.add("aformat", "sample_fmts=flt:channel_layouts=stereo"), self._graph.add("abuffersink")]
        self._graph.link_nodes(*nodes)
        self._graph.configure()
        self._into, self._from = nodes[0], nodes[-1]
        self._count = 0
        #: what comes out is so much earlier than its place (µs of film): half a window of each filter at its input
        self.lead: Micros = round(HALF_WINDOW * SECOND / RATE * sum(prod(parts[:k]) for k in range(len(parts))))

    def push(self, samples: NDArray[Any]) -> Iterator[NDArray[Any]]:
        """Take float32 of shape (n, 2), give what is ready in the same form."""
        import av
        from av.error import BlockingIOError as NotYet
        from av.error import EOFError as AtEnd

        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="stereo")
        frame.sample_rate, frame.pts = RATE, self._count
        self._count += len(samples)
        self._into.push(frame)
        while True:
            try:
                ready: Any = self._from.pull()
            except (NotYet, AtEnd):
                return
            yield ready.to_ndarray().reshape(-1, CHANNELS)


def _tempo_parts(rate: float) -> list[float]:
    """One filter keeps the pitch well from half to double speed; beyond, several follow each other."""
    parts = []
    while rate < 0.5:
        parts.append(0.5)
        rate /= 0.5
    while rate > 2.0:
        parts.append(2.0)
        rate /= 2.0
    return [*parts, rate]


def film_samples(film: Film, index: FrameIndex, start: Micros, number: int = 0) -> Iterator[NDArray[Any]]:
    """Float32 of shape (n, 2) at `RATE` from film time `start` on; silence without end after the last sound.

    `number` counts the film's sound tracks from 0; a film that has fewer gives its last.
    """
    import numpy as np

    cursor = 0
    for at, samples in _decoded(film, number, index, start):
        early = at - cursor
        if abs(early) <= WANDER and cursor > 0:
            early = 0  # rounding; but where it begins is exact
        if early > 0:
            yield np.zeros((early, CHANNELS), dtype=np.float32)
            cursor = at
        late = max(-early, 0)
        if late < len(samples):
            yield samples[late:]
            cursor += len(samples) - late
    while True:
        yield np.zeros((SILENCE, CHANNELS), dtype=np.float32)


def _track(film: Film, number: int) -> AudioStream:
    """The tracks that the index counts: those that can be decoded."""
    tracks = [s for s in film.container.streams.audio if s.codec_context is not None and s.codec_context.sample_rate]
    return tracks[min(number, len(tracks) - 1)]


def _decoded(film: Film, number: int, index: FrameIndex, start: Micros) -> Iterator[tuple[int, NDArray[Any]]]:
    """(place in samples counted from `start`, samples); what is wholly before `start` is left out."""
    import av
    from av.error import FFmpegError

    track = _track(film, number)
    assert track.time_base is not None
    origin = index.sound_origin
    resampler = av.AudioResampler(format="flt", layout="stereo", rate=RATE)
    try:
        before = origin + Fraction(max(start - LEAD_IN, min(start, 0)), SECOND)
        film.container.seek(int(before / track.time_base), stream=track, backward=True)
    except FFmpegError:
        film.restart()
        track = _track(film, number)
    for frame in sound_frames(film, track):
        if frame.pts is None or frame.time_base is None:
            continue
        at = round((float(frame.pts * frame.time_base - origin) - start / SECOND) * RATE)
        if at + frame.samples * RATE // max(frame.sample_rate, 1) <= 0:
            continue
        frame.pts = None
        for ready in resampler.resample(frame):
            samples = ready.to_ndarray().reshape(-1, CHANNELS)
            yield at, samples
            at += len(samples)


def to_bytes(samples: NDArray[Any]) -> bytes:
    """Float32 of shape (n, 2) in −1…1 as 16 bit little endian, interleaved."""
    import numpy as np

    whole: NDArray[np.int16] = (np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2")
    return whole.tobytes()
