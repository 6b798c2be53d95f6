"""Joining what no container takes as it is: every picture decoded and encoded again, at exactly its own time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.errors import Cancelled as CancelledError
from app.errors import FilmError
from app.model.timecode import SECOND
from app.ports import Cancelled, NewContainer, Progress
from app.ports.films import Joined
from video.joining.survey import FRAGMENTS, Part, holes_of, sound_of
from video.open.colors import BT709, LIMITED, Scaler
from video.open.frame_index import FrameIndex, index_of
from video.open.open_film import open_film
from video.open.orientation import UPRIGHT
from video.open.proportions import drawn_size, on_black

if TYPE_CHECKING:
    import av
    import numpy as np
    from av.audio.frame import AudioFrame
    from av.container import OutputContainer
    from numpy.typing import NDArray

#: as good as the eye sees, fast enough for a laptop
QUALITY = {"preset": "veryfast", "crf": "18", "bf": "0"}
_SOUND_RATE, _SOUND_FRAME, _SOUND_BITS = 48_000, 1_024, 192_000
#: sound off by more than this is a gap or an overlap, by less the container's rounding (samples)
_WANDER = _SOUND_RATE // 500
#: display turns that a container can carry, by what a stored picture's x and y become
_TURNS = {UPRIGHT: 0, (0, 1, -1, 0): 270, (-1, 0, 0, -1): 180, (0, -1, 1, 0): 90}


def encode(parts: Sequence[Part], out: NewContainer, progress: Progress, cancelled: Cancelled) -> Joined:
    """H.264 and AAC in fragments. Raises FilmError(`join-unlike`) for mirrored pictures, `film-damaged`, Cancelled."""
    import av

    indexes = []
    for part in parts:
        with open_film(part.source) as film:
            indexes.append(index_of(film, lambda: _alive(cancelled)))
    first = indexes[0]
    if first.orientation not in _TURNS:
        raise FilmError("join-unlike")
    tracks = min(len(part.survey.sound) for part in parts)
    clock = first.time_base if all(i.time_base == first.time_base for i in indexes) else Fraction(1, SECOND)
    with av.open(out, "w", format="mp4", container_options=dict(FRAGMENTS)) as film:
        writer = _Writer(film, first, clock, parts[0].survey.sound[:tracks])
        start, whole = Fraction(0), sum(Fraction(i.duration, SECOND) for i in indexes)
        holes, places = [hole * parts[0].survey.time_base for hole in holes_of(parts)], []
        for part, index, hole in zip(parts, indexes, holes, strict=True):
            start += hole
            gap = round(index.last_gap * index.time_base.denominator / index.time_base.numerator / SECOND)
            length = (int(index.stamps[-1] - index.stamps[0]) + max(gap, 1)) * index.time_base
            writer.part(part, index, start, length, lambda t: progress(min(float(t / whole), 1.0)), cancelled)
            places.append((int(start * SECOND), int((start + length) * SECOND)))
            start += length
        writer.finish()
    progress(1.0)
    return Joined(tuple(places), as_filmed=False)


def _alive(cancelled: Cancelled) -> None:
    if cancelled():
        raise CancelledError


class _Writer:
    """One picture track on `clock` and the sound tracks, filled part by part."""

    def __init__(self, film: OutputContainer, index: FrameIndex, clock: Fraction, sound: Sequence[Any]) -> None:
        self._film, self._clock, self._like = film, clock, index
        rate = Fraction(index.rate.fps).limit_denominator(1001) or Fraction(25)
        self._pictures: Any = film.add_stream("libx264", rate=rate, options=dict(QUALITY))
        self._pictures.width, self._pictures.height = index.width // 2 * 2, index.height // 2 * 2
        self._pictures.pix_fmt = "yuv420p"
        self._pictures.codec_context.colorspace, self._pictures.codec_context.color_range = BT709, LIMITED
        self._pictures.gop_size = max(round(index.rate.fps), 1)
        self._pictures.codec_context.time_base = clock
        self._pictures.codec_context.sample_aspect_ratio = index.pixel_shape
        if index.orientation != UPRIGHT:
            self._pictures.set_display_rotation(_TURNS[index.orientation])
        self._tracks = [_Track.on(film, shape.layout) for shape in sound]

    def part(
        self, part: Part, index: FrameIndex, start: Fraction, length: Fraction, told: Any, cancelled: Cancelled
    ) -> None:
        """Every picture of one file from `start` s on, and its sound from there to the end of its last picture."""
        with open_film(part.source) as film:
            film.retime(index.shown_at)
            sounds = sound_of(film.container.streams.audio)[: len(self._tracks)]
            origin = int(index.stamps[0]) * index.time_base
            scaler = Scaler((index.width, index.height))
            for track in self._tracks:
                track.begin(start, length, index.sound_origin)
            known = {s.index: track for s, track in zip(sounds, self._tracks, strict=True)}
            for stream_index, frame in _decoded(film, [film.pictures, *sounds]):
                _alive(cancelled)
                if stream_index in known:
                    known[stream_index].take(self._film, frame)
                elif frame.pts is not None and _place(index, frame.pts) >= part.again:
                    at = start + (frame.pts * index.time_base - origin)
                    self._picture(frame, index, at, scaler)
                    told(at)
        for track in self._tracks:
            track.end(self._film)

    def _picture(self, frame: av.VideoFrame, index: FrameIndex, at: Fraction, scaler: Scaler) -> None:
        size = self._pictures.width, self._pictures.height
        drawn = drawn_size((frame.width, frame.height), index, size, self._like)
        plain = on_black(scaler.scaled(frame, drawn, "yuv420p", "BILINEAR", matrix=BT709), size)
        plain.pts, plain.time_base = int(at / self._clock), self._clock
        plain.pict_type = 0
        self._film.mux(self._pictures.encode(plain))

    def finish(self) -> None:
        self._film.mux(self._pictures.encode(None))
        for track in self._tracks:
            track.finish(self._film)


def _place(index: FrameIndex, stamp: int) -> int:
    """A picture's number; −1 for one that its film does not show."""
    position = index.position_of(stamp)
    return -1 if position is None else position


def _decoded(film: Any, streams: list[Any]) -> Iterator[tuple[int, Any]]:
    from av.error import FFmpegError

    try:
        for packet in film.packets(*streams):
            try:
                frames = packet.decode()
            except FFmpegError:
                continue  # a damaged piece: the gate has said so
            for frame in frames:
                yield packet.stream.index, frame
    except FFmpegError:
        return  # cut off here


@dataclass
class _Track:
    """One sound track of the film: an even stream of samples; what a file lacks is silence."""

    stream: Any
    layout: str
    cursor: int = 0  # samples handed on since the film's beginning
    _waiting: list[NDArray[np.float32]] = field(default_factory=list)
    _encoded: int = 0
    _resampler: Any = None
    _move: Fraction = Fraction(0)
    _limit: int = 0

    @classmethod
    def on(cls, film: OutputContainer, layout: str) -> _Track:
        """Stereo at most: nobody listens to a family from five sides."""
        layout = "mono" if layout == "mono" else "stereo"
        stream: Any = film.add_stream("aac", rate=_SOUND_RATE)
        stream.layout, stream.bit_rate = layout, _SOUND_BITS
        return cls(stream, layout)

    @property
    def channels(self) -> int:
        return 1 if self.layout == "mono" else 2

    def begin(self, start: Fraction, length: Fraction, origin: Fraction) -> None:
        import av

        self._resampler = av.AudioResampler(format="fltp", layout=self.layout, rate=_SOUND_RATE)
        self._move = start - origin
        self._limit = round((start + length) * _SOUND_RATE)

    def take(self, film: OutputContainer, frame: AudioFrame) -> None:
        for ready in self._resampler.resample(frame):
            if ready.pts is not None and ready.time_base is not None:
                self._lay(round((ready.pts * ready.time_base + self._move) * _SOUND_RATE), ready.to_ndarray())
        self._encode(film)

    def _lay(self, at: int, samples: NDArray[Any]) -> None:
        """Where they belong: silence before, or what is there already left out; nothing beyond the part's end."""
        import numpy as np

        if at - self.cursor > _WANDER:
            self._append(np.zeros((self.channels, min(at, self._limit) - self.cursor), dtype=np.float32))
        late = self.cursor - at if self.cursor - at > _WANDER or at < 0 else 0
        self._append(samples[:, late : late + max(self._limit - self.cursor, 0)])

    def _append(self, samples: NDArray[np.float32]) -> None:
        if samples.shape[1]:
            self._waiting.append(samples)
            self.cursor += samples.shape[1]

    def end(self, film: OutputContainer) -> None:
        """Silence to the end of the part's last picture."""
        import numpy as np

        self._append(np.zeros((self.channels, max(self._limit - self.cursor, 0)), dtype=np.float32))
        self._encode(film)

    def finish(self, film: OutputContainer) -> None:
        self._encode(film, least=1)
        film.mux(self.stream.encode(None))

    def _encode(self, film: OutputContainer, least: int = _SOUND_FRAME) -> None:
        import av
        import numpy as np

        held = sum(piece.shape[1] for piece in self._waiting)
        if held < least:
            return
        samples = np.concatenate(self._waiting, axis=1)
        done = 0
        while held - done >= least:
            piece = np.ascontiguousarray(samples[:, done : done + _SOUND_FRAME])
            frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout=self.layout)
            frame.sample_rate, frame.pts, frame.time_base = _SOUND_RATE, self._encoded, Fraction(1, _SOUND_RATE)
            self._encoded += piece.shape[1]
            done += piece.shape[1]
            film.mux(self.stream.encode(frame))
        self._waiting = [samples[:, done:]] if done < held else []
