"""A film's whole sound at a low rate, laid on the film's clock: what sync by sound listens to.

One pass; an hour takes 58 MB. Where the file has no sound there is silence, so that a sample's place tells its time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from app.errors import Cancelled as CancelledError
from app.errors import FilmError
from app.model.timecode import to_seconds
from app.ports import Cancelled, Progress
from video.open.frame_index import FrameIndex, unpack
from video.open.open_film import Film, open_film
from video.open.sound_frames import sound_frames

if TYPE_CHECKING:
    import numpy as np
    from av.audio.frame import AudioFrame
    from numpy.typing import NDArray

#: samples per second: speech and claps are well below half of it
RATE = 8_000
#: a timestamp off by more than this is a gap or an overlap, by less the rounding of the container (samples: 2 ms)
WANDER = RATE // 500
#: no louder sample than this (of 32 767) in the whole film: a track that nobody recorded on
SILENT = 8
#: progress is told, and a wish to stop looked for, this often (samples)
_TOLD_EVERY = 10 * RATE


def mono_sound(
    source: Callable[[], BinaryIO],
    packed: bytes,
    progress: Progress = lambda _: None,
    cancelled: Cancelled = lambda: False,
) -> NDArray[np.int16]:
    """The sound of a film, channels mixed, int16 at `RATE` from the film's first picture to its end.

    The first track on which there is anything counts. Raises FilmError(`no-sound`) and what `open_film` raises,
    Cancelled.
    """
    index = unpack(packed)
    for track in range(len(index.sound_tracks)):
        file = source()
        try:
            with open_film(file) as film:
                sound = _track(film, index, track, progress, cancelled)
        finally:
            file.close()
        if len(sound) and max(int(sound.max()), -int(sound.min())) > SILENT:
            return sound
    raise FilmError("no-sound")


def _track(film: Film, index: FrameIndex, number: int, progress: Progress, cancelled: Cancelled) -> NDArray[np.int16]:
    import numpy as np

    whole = np.zeros(int(to_seconds(index.duration) * RATE), dtype=np.int16)
    cursor, told = 0, -_TOLD_EVERY
    for at, samples in _samples(film, index, number):
        if abs(at - cursor) > WANDER:
            cursor = at
        first, last = max(cursor, 0), min(cursor + len(samples), len(whole))
        if first < last:
            whole[first:last] = samples[first - cursor : last - cursor]
        cursor += len(samples)
        if cursor - told >= _TOLD_EVERY:
            told = cursor
            if cancelled():
                raise CancelledError
            progress(min(max(cursor / max(len(whole), 1), 0.0), 1.0))
    return whole


def _samples(film: Film, index: FrameIndex, number: int) -> Iterator[tuple[int, NDArray[np.int16]]]:
    """(place in samples from the first picture, int16 samples) of one sound track, piece by piece."""
    import av
    import numpy as np

    # whole numbers and no fractions for each of the hundred thousand pieces of an hour
    origin = round(index.sound_origin * RATE)
    resampler: av.AudioResampler | None = None
    shape: tuple[object, ...] = ()
    for frame in _frames(film, number):
        if frame.pts is None or not frame.sample_rate:
            continue
        now = frame.sample_rate, frame.format.name, frame.layout.nb_channels
        if resampler is None or now != shape:  # some files change it on their way
            resampler, shape = av.AudioResampler(format="s16", layout="mono", rate=RATE), now
        for ready in resampler.resample(frame):  # its timestamps allow for what the filter still holds
            if ready.pts is not None:  # in samples of the new rate
                yield (
                    ready.pts - origin,
                    np.frombuffer(memoryview(ready.planes[0]), dtype=np.int16, count=ready.samples),
                )


def _frames(film: Film, number: int) -> Iterator[AudioFrame]:
    from av.stream import Discard

    usable = [s for s in film.container.streams.audio if s.codec_context is not None and s.codec_context.sample_rate]
    if number >= len(usable):
        return
    track = usable[number]
    for stream in film.container.streams:
        if stream is not track:
            stream.discard = Discard.all  # an hour of pictures need not be read
    yield from sound_frames(film, track)
