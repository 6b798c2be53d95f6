"""The sound of a clip: its first track from the clip's first picture to the end of its last one, voices muted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any, BinaryIO

from app.model.cover import MutedStretch, Muting
from app.model.timecode import SECOND, Micros
from video.open.open_film import Film, open_film

if TYPE_CHECKING:
    import numpy as np
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.packet import Packet
    from numpy.typing import NDArray

    from video.open.frame_index import FrameIndex

#: samples in a second and in a block of AAC, and bits in a second
RATE, SOUND_BLOCK, _BITS = 48_000, 1_024, 160_000
#: reading begins so long before the clip: a decoder may need what came before
_BEFORE: Micros = 2 * SECOND
#: sound is demuxed so far beyond the clip, for containers that lay tracks apart
_BEYOND: Micros = 3 * SECOND
_TONE, _LOUD = 1_000, 0.1


def sound_of_clip(
    file: BinaryIO, index: FrameIndex, first: Micros, end: Micros, alive: Callable[[], None]
) -> NDArray[np.float32] | None:
    """Samples at `RATE` of shape (channels, samples) from `first` to `end`, film times; None for a silent film.

    What the film lacks is silence. Raises what opening a film raises.
    """
    import numpy as np

    with open_film(file) as film:
        track = next((s for s in film.container.streams.audio if s.codec_context is not None), None)
        if track is None:
            return None
        layout = "mono" if track.layout.nb_channels == 1 else "stereo"
        count = -(-(end - first) * RATE // SECOND)
        samples = np.zeros((1 if layout == "mono" else 2, count), dtype=np.float32)
        begin = index.sound_origin + Fraction(first, SECOND)
        for frame in _frames(film, track, begin, begin + Fraction(end - first, SECOND)):
            alive()
            _lay(samples, frame, layout, begin)
        return samples


def _frames(film: Film, track: AudioStream, begin: Fraction, end: Fraction) -> Iterator[AudioFrame]:
    """Decoded sound from shortly before a time on the sound's clock to shortly after another."""
    from av.error import FFmpegError

    assert track.time_base is not None
    _stand_before(film, track, begin)
    try:
        for packet in film.packets(track):
            if packet.pts is not None and packet.pts * track.time_base > end + Fraction(_BEYOND, SECOND):
                return
            try:
                frames: Any = packet.decode()
            except FFmpegError:
                continue  # a damaged piece is silence: the gate has said so
            yield from frames
    except FFmpegError:
        return  # cut off here


def _stand_before(film: Film, track: AudioStream, begin: Fraction) -> None:
    """Where the film can be sought, short of the clip; else at its beginning."""
    from av.error import FFmpegError

    assert track.time_base is not None
    wanted = begin - Fraction(_BEFORE, SECOND)
    if wanted <= 0:
        return
    try:
        film.container.seek(int(wanted / track.time_base), stream=track, backward=True)
        found = next((p.pts for p in film.packets(track) if p.pts is not None), None)
        if found is not None and found * track.time_base <= begin:
            film.container.seek(int(wanted / track.time_base), stream=track, backward=True)
            return
    except FFmpegError:
        pass  # a container without a way back
    film.restart()


def _lay(samples: NDArray[np.float32], frame: AudioFrame, layout: str, begin: Fraction) -> None:
    """Where it belongs; what is before and after the clip is left out."""
    import av

    if frame.pts is None or frame.time_base is None:
        return
    at = round((frame.pts * frame.time_base - begin) * RATE)
    if at + frame.samples * RATE // frame.sample_rate < -RATE or at > samples.shape[1]:
        return
    # one for each piece: none of them leans on another, whatever is missing between them
    ready: Any = av.AudioResampler(format="fltp", layout=layout, rate=RATE)
    pieces = [piece.to_ndarray() for held in (frame, None) for piece in ready.resample(held)]
    for piece in pieces:
        first, stop = max(at, 0), min(at + piece.shape[1], samples.shape[1])
        if stop > first:
            samples[:, first:stop] = piece[:, first - at : stop - at]
        at += piece.shape[1]


def mute(samples: NDArray[np.float32], stretches: tuple[MutedStretch, ...], first: Micros) -> list[tuple[int, int]]:
    """Put silence or a tone over stretches of a clip that begins at `first`; the samples of each, for the proof."""
    import numpy as np

    found = []
    tone = _LOUD * np.sin(2 * np.pi * _TONE * np.arange(samples.shape[1], dtype=np.float32) / RATE)
    for stretch in stretches:
        start, stop = (edge - first for edge in (stretch.start, stretch.end))
        begin, end = max(start * RATE // SECOND, 0), min(-(-stop * RATE // SECOND), samples.shape[1])
        if begin < end:
            samples[:, begin:end] = tone[begin:end] if stretch.muting == Muting.TONE else 0
            found.append((begin, end))
    return found


class SoundWriter:
    """Encodes samples into a film's sound track, as far as asked each time."""

    def __init__(self, out: OutputContainer, samples: NDArray[np.float32]) -> None:
        self._layout = "mono" if samples.shape[0] == 1 else "stereo"
        self.stream: Any = out.add_stream("aac", rate=RATE)
        self.stream.layout, self.stream.bit_rate = self._layout, _BITS
        self.stream.codec_context.options = {"flags": "+bitexact"}  # it tells of no program
        self._out, self._samples, self._done = out, samples, 0

    def up_to(self, time: Fraction) -> None:
        """All blocks that begin up to a time of the clip, s."""
        last = int(time * RATE)
        while self._done < self._samples.shape[1] and self._done <= last:
            self._out.mux(self._block())

    def finish(self) -> None:
        while self._done < self._samples.shape[1]:
            self._out.mux(self._block())
        self._out.mux(self.stream.encode(None))

    def _block(self) -> list[Packet[AudioStream]]:
        import av
        import numpy as np

        piece = np.ascontiguousarray(self._samples[:, self._done : self._done + SOUND_BLOCK])
        frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout=self._layout)
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._done, Fraction(1, RATE)
        self._done += piece.shape[1]
        packets: list[Packet[AudioStream]] = self.stream.encode(frame)
        return packets
