"""Writes a covered clip in memory: the film's own pictures at their own times, covered, encoded, and proven.

H.264 in 4:2:0 and AAC in an MP4 whose table of contents comes first: what every player plays. The bytes are let go only
when the proof holds; where a picture lost too much, all is written again with more bits.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO

from app.errors import FilmError
from app.model.timecode import SECOND, Micros
from app.ports.covering import CoverOrder, CoverReport
from video.covering.arranged import Arranged, SecondFilm
from video.covering.picture import BLOCK, Area, Burned, Finest
from video.covering.proof import PERFECT, START, NotLikeEnoughError, PictureProof, prove_file, prove_sound
from video.covering.sound import SOUND_BLOCK, SoundWriter, mute, sound_of_clip

if TYPE_CHECKING:
    import av
    import numpy as np
    from numpy.typing import NDArray

    from video.open.frame_index import FrameIndex

PRESET = "ultrafast"
#: quality is what it is called in every picture, however much moves (`qcomp`), and regions of a picture may differ from
#: it, which x264 allows only beside an adaptive quantization; that one is as good as none
_CONSTANT = "qcomp=1:aq-mode=1:aq-strength=0.001"
#: as x264 counts quality: tried one after another until every picture is like enough
QUALITIES = (20, 14, 8)
#: a clip is written in memory; longer ones are cut into several
LONGEST: Micros = 600 * SECOND
#: keyframes are so far apart at most
_KEY_EVERY: Micros = 2 * SECOND
#: how a unit of H.264 begins (annex B), and the kind of one that only tells something
LONG_START, _SAID = b"\0" + START, 6
#: bytes of the table of contents for each picture and each block of sound, and for all else
_TABLE, _TABLE_HEAD = 40, 16_384


@dataclass(frozen=True)
class _Clip:
    """What is written."""

    index: FrameIndex
    wanted: range
    end: Micros
    arranged: Arranged
    samples: NDArray[np.float32] | None
    muted: list[tuple[int, int]]

    @property
    def times(self) -> list[Fraction]:
        """Each picture's time from the first one, s."""
        stamps = self.index.stamps[self.wanted.start : self.wanted.stop].tolist()
        return [(stamp - stamps[0]) * self.index.time_base for stamp in stamps]


def write_covered(
    file: BinaryIO,
    index: FrameIndex,
    order: CoverOrder,
    progress: Callable[[float], None],
    alive: Callable[[], None] = lambda: None,
    second: SecondFilm | None = None,
) -> tuple[bytes, CoverReport]:
    """The whole file and what was proven of it.

    Raises FilmError: `cover-not-proven`, `cover-too-long`, `before-first` for a clip without a picture of the film,
    `film-damaged`, and what opening a film raises.
    """
    clip = _clip(file, index, order, alive, second)
    for quality in QUALITIES:
        try:
            return _written(file, clip, quality, progress, alive)
        except NotLikeEnoughError:
            continue
    raise FilmError("cover-not-proven")


def _clip(
    file: BinaryIO, index: FrameIndex, order: CoverOrder, alive: Callable[[], None], second: SecondFilm | None
) -> _Clip:
    wanted = range(max(index.position_at(order.first), 0), index.position_at(order.last) + 1)
    if not wanted:
        raise FilmError("before-first")
    first = int(index.times[wanted.start])
    follows = wanted.stop < len(index)
    end = int(index.times[wanted.stop]) if follows else index.duration
    if end - first > LONGEST:
        raise FilmError("cover-too-long")
    samples = sound_of_clip(file, index, first, end, alive)
    muted = [] if samples is None else mute(samples, order.muted, first)
    return _Clip(index, wanted, end, Arranged(index, wanted, order, second), samples, muted)


def _written(
    file: BinaryIO, clip: _Clip, quality: int, progress: Callable[[float], None], alive: Callable[[], None]
) -> tuple[bytes, CoverReport]:
    import av

    held = io.BytesIO()
    blocks = 0 if clip.samples is None else clip.samples.shape[1] // SOUND_BLOCK + 2
    table = _TABLE_HEAD + _TABLE * (len(clip.wanted) + blocks)
    options = {"moov_size": str(table), "fflags": "+bitexact", "use_editlist": "1"}
    with av.open(held, "w", format="mp4", container_options=options) as out:
        proof = _Writer(out, clip, quality).write(file, progress, alive)
    content = held.getvalue()
    prove_file(content, clip.times, proof.packets)
    over = 0 if clip.samples is None else prove_sound(content, clip.samples, clip.muted)
    return content, _report(content, clip, proof, over)


def _report(content: bytes, clip: _Clip, proof: PictureProof, over: Micros) -> CoverReport:
    said = ",".join(str(int(time * SECOND)) for time in clip.times)
    return CoverReport(
        sha256=sha256(content).hexdigest(),
        size=len(content),
        times_sha256=sha256(said.encode()).hexdigest(),
        pictures=proof.proven,
        covered=proof.covered,
        worst_psnr=min(round(proof.worst, 2), PERFECT),
        sound_over=over,
        muted=len(clip.muted),
    )


class _Writer:
    """One try at one quality."""

    def __init__(self, out: Any, clip: _Clip, quality: int) -> None:
        self._out, self._clip = out, clip
        self._size, self._strip = clip.arranged.layout.size, clip.arranged.strip
        self._was_first = False
        self._finest = Finest(clip.index.time_base)
        self._pictures = self._stream(quality)
        self._sound = None if clip.samples is None else SoundWriter(out, clip.samples)

    def _stream(self, quality: int) -> Any:
        index = self._clip.index
        rate = Fraction(index.rate.fps).limit_denominator(1001) or Fraction(25)
        stream = self._out.add_stream("libx264", rate=rate)
        stream.width, stream.height = self._size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = index.time_base
        stream.codec_context.gop_size = max(round(float(rate) * _KEY_EVERY / SECOND), 1)
        stream.codec_context.max_b_frames = 0
        stream.codec_context.options = {"preset": PRESET, "crf": str(quality), "x264-params": _CONSTANT}
        stream.codec_context.thread_type = "FRAME"  # one slice: a slice's first block has no neighbor that is covered
        return stream

    def write(self, file: BinaryIO, progress: Callable[[float], None], alive: Callable[[], None]) -> PictureProof:
        proof: PictureProof | None = None
        times, stamps = self._clip.times, self._clip.index.stamps
        try:
            for number, (made, burned) in enumerate(self._clip.arranged.pictures(file)):
                alive()
                if proof is None:
                    proof = self._begun(made)
                position = self._clip.wanted[number]
                proof.given(burned)
                made = self._exact(made, burned)
                made.pts = int(stamps[position] - stamps[self._clip.wanted.start])
                made.time_base = self._clip.index.time_base
                if self._sound is not None:
                    self._sound.up_to(times[number])
                self._mux(self._pictures.encode(made), proof)
                progress(number / len(times))
            assert proof is not None, "a clip has pictures"
            self._mux(self._pictures.encode(None), proof)
            if self._sound is not None:
                self._sound.finish()
            proof.finish()
        finally:
            if proof is not None:
                proof.stop()
        return proof

    def _exact(self, frame: av.VideoFrame, burned: Burned) -> av.VideoFrame:
        """The picture, of whose covers the encoder is told to lose nothing.

        The first block of a picture has no neighbor: whenever a cover comes over it, nothing is taken from the picture
        before, in which something else was there.
        """
        from av.video.frame import PictureType

        is_first = any(left <= 0 and top <= 0 for left, top, _, _ in burned.filled)
        told = self._finest.told(frame, burned.filled)
        if is_first and not self._was_first:
            told.pict_type = PictureType.I
        self._was_first = is_first
        return told

    def _begun(self, frame: av.VideoFrame) -> PictureProof:
        context = self._pictures.codec_context
        context.colorspace, context.color_range = frame.colorspace, frame.color_range
        context.color_trc, context.color_primaries = frame.color_trc, frame.color_primaries
        self._out.start_encoding()
        spared = None if self._strip is None else _around(self._strip.area, self._size)
        return PictureProof(bytes(context.extradata or b""), spared)

    def _mux(self, packets: Any, proof: PictureProof) -> None:
        for coded in packets:
            packet = _silent(coded)
            proof.written(bytes(packet))
            packet.duration = self._length(packet.pts)
            packet.stream = self._pictures
            self._out.mux(packet)

    def _length(self, stamp: int) -> int:
        """How long the picture stays, in ticks of the film."""
        index, first = self._clip.index, int(self._clip.index.stamps[self._clip.wanted.start])
        following = int(index.stamps.searchsorted(stamp + first, "right"))
        if following < len(index):
            return int(index.stamps[following]) - first - stamp
        return max(round(index.last_gap / SECOND / index.time_base), 1)


def _silent(packet: Any) -> Any:
    """A coded picture without what the encoder says of itself (supplemental information, ITU-T H.264, 7.3.2.3)."""
    import av

    if not packet.is_keyframe:
        return packet
    units = [unit for unit in bytes(packet).split(START)[1:] if unit[0] & 31 != _SAID]
    made = av.Packet(b"".join(LONG_START + unit.rstrip(b"\0") for unit in units))
    made.pts, made.dts, made.time_base, made.is_keyframe = packet.pts, packet.dts, packet.time_base, True
    return made


def _around(area: Area, size: tuple[int, int]) -> Area:
    """The blocks that an area touches."""
    left, top, right, bottom = area
    return left // BLOCK * BLOCK, top // BLOCK * BLOCK, min(-(-right // BLOCK) * BLOCK, size[0]), min(bottom, size[1])
