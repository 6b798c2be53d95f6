"""A film as a stream of fragments that are playable up to the last one written, however the program ends.

Fragmented MP4 with a fragment at least every tenth of a second; a keyframe every sixth picture. Sound and pictures
need not wait for each other.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.model.timecode import SECOND, Micros
from app.ports import LIVE_PIECE
from video.open.colors import BT601, MATRICES
from video.recording.feeds import SOUND_RATE

if TYPE_CHECKING:
    import av

#: of the picture track: 90 000 ticks a second, so that a gap of hours still fits a sample's length
TICKS = 90_000
KEY_EVERY = 6
SOUND_BITS = 128_000

_OPTIONS = {
    "movflags": "empty_moov+default_base_moof+skip_trailer",
    "frag_duration": "100000",
    "flush_packets": "1",
    "max_interleave_delta": "1",  # nobody waits for the other track: what came is written
}
_PICTURES = {
    "preset": "ultrafast",
    "tune": "zerolatency",
    "crf": "21",
    "maxrate": "24M",
    "bufsize": "24M",
    "x264-params": f"keyint={KEY_EVERY}:scenecut=0",
}
_FREE_HEAD = 8
_FULL_RANGE = 2


class FragmentedFilm:
    """Encodes and packs one film; every call gives the bytes that are ready to be written, whole fragments only.

    `first` is the first picture: it gives size, range and matrix of color. Times are microseconds from it.
    """

    def __init__(self, first: av.VideoFrame, fps: float, *, sound: bool) -> None:
        import av

        self._sink = _Sink()
        # PyAV writes into anything that has `write`
        self._out: Any = av.open(self._sink, "w", format="mp4", options=_OPTIONS, buffer_size=LIVE_PIECE * 4)
        self._size = max(first.width // 2 * 2, 2), max(first.height // 2 * 2, 2)
        self._pictures: Any = self._out.add_stream("libx264", rate=Fraction(fps).limit_denominator(1001))
        track = self._pictures
        track.width, track.height = self._size
        track.pix_fmt = "yuv420p"
        track.codec_context.time_base = Fraction(1, TICKS)
        track.codec_context.thread_count = 1  # one camera per core: slices in threads would only cost size
        track.codec_context.options = _PICTURES
        if first.format.name.startswith("yuvj") or int(first.color_range) == _FULL_RANGE:
            track.codec_context.color_range = _FULL_RANGE
        # cameras that do not say it mean this one, whatever the size
        track.codec_context.colorspace = int(first.colorspace) if int(first.colorspace) in MATRICES else BT601
        self._sound: Any = self._out.add_stream("aac", rate=SOUND_RATE) if sound else None
        if self._sound is not None:
            self._sound.layout, self._sound.bit_rate = "mono", SOUND_BITS
        self._held: dict[int, Any] = {}
        self._last = -1
        self.covered: Micros = 0  # what was given so far holds every picture before this time
        self._muxed = 0  # ticks: the last picture that the packer has
        self._written = 0
        self._waiting = 0

    def picture(self, frame: av.VideoFrame, time: Micros) -> bytes:
        """Raises av.error.FFmpegError."""
        frame = self._fitting(frame)
        self._last = max(time * TICKS // SECOND, self._last + 1)
        frame.pts, frame.time_base = self._last, Fraction(1, TICKS)
        frame.pict_type = 0  # whatever it was in the film that it came from
        for packet in self._pictures.encode(frame):
            self._mux(packet)
        return self._ready()

    def sound(self, packet: bytes, position: int, samples: int) -> bytes:
        """A packet of AAC that begins `position` samples after the first picture."""
        import av

        if self._sound is None or position < 0:
            return b""
        piece = av.Packet(packet)
        piece.pts = piece.dts = position
        piece.duration, piece.time_base, piece.stream = samples, Fraction(1, SOUND_RATE), self._sound
        piece.is_keyframe = True
        self._mux(piece)
        return self._ready()

    def finish(self) -> bytes:
        """The rest, filled up so that a container puts all of it on the disk."""
        for packet in self._pictures.encode(None):
            self._mux(packet)
        for packet in self._held.values():
            self._out.mux(packet)
        self._out.close()
        self.covered = max(self._last, 0) * SECOND // TICKS
        data = self._sink.take()
        self._written += len(data)
        return data + self._filling()

    def _mux(self, packet: Any) -> None:
        """Each packet waits for the next of its track, which says how long it lasts.

        The packer would guess at the end of a fragment, and begin the next one where its guess ends.
        """
        track = packet.stream.index
        before, self._held[track] = self._held.get(track), packet
        if before is not None:
            before.duration = packet.dts - before.dts
            is_waiting, last = len(self._sink), self._muxed
            self._out.mux(before)
            if track == self._pictures.index:
                self._muxed = before.dts
            if len(self._sink) > is_waiting:  # a fragment ends before the packet that ends it
                self.covered = last * SECOND // TICKS

    def _fitting(self, frame: av.VideoFrame) -> av.VideoFrame:
        """The picture in the film's size and format: as it is where possible."""
        if (frame.width, frame.height) == self._size and frame.format.name in ("yuv420p", "yuvj420p"):
            return frame
        return frame.reformat(*self._size, "yuv420p")

    def _ready(self) -> bytes:
        """What was packed, filled up when a fragment would wait in an unfilled piece for a second time.

        The filling is a `free` box, which players pass over. Films with much movement need none.
        """
        data = self._sink.take()
        if not data:
            return b""
        self._written += len(data)
        rest = self._written % LIVE_PIECE
        waited, self._waiting = self._waiting, rest
        if waited and rest == waited + len(data):
            return data + self._filling()
        return data

    def _filling(self) -> bytes:
        rest = -self._written % LIVE_PIECE
        if not rest:
            return b""
        length = rest if rest >= _FREE_HEAD else rest + LIVE_PIECE
        self._written += length
        self._waiting = 0
        return length.to_bytes(4, "big") + b"free" + bytes(length - _FREE_HEAD)


class _Sink:
    """Where the packer writes; it cannot seek, as a container cannot."""

    def __init__(self) -> None:
        self._data = bytearray()

    def write(self, data: bytes) -> int:
        self._data += data
        return len(data)

    def __len__(self) -> int:
        return len(self._data)

    def take(self) -> bytes:
        data = bytes(self._data)
        self._data.clear()
        return data
