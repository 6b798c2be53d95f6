"""Where every picture of a film is: one pass over its packets, kept in the archive beside the film.

A film's clock is its timestamps, in microseconds from its first picture. The picture *shown at t* is the one with the
greatest timestamp ≤ t; a picture's number is its position, from 0, in the sorted timestamps, never time × rate.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from app.errors import FilmError
from app.model.recording import SoundTrack
from app.model.timecode import SECOND, Micros
from app.model.units import ByteCount
from video.open import fields
from video.open.edit_list import cut_into
from video.open.fields import Fields
from video.open.frame_rate import Rate, rate_of, usual_gap
from video.open.open_film import Film, open_film
from video.open.orientation import Orientation, is_turned, orientation_of
from video.open.parting import has_leaps, parting_of
from video.open.picture_order import order_of
from video.open.untimed import Entries, entries_of

if TYPE_CHECKING:
    import av
    import numpy as np
    from av.packet import Packet
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

MAGIC, MAGIC_WITH_ENTRIES = b"HFI1", b"HFI2"
#: longer than any camera runs: a timestamp beyond it is a damaged one
LONGEST: Micros = 10 * 24 * 3600 * SECOND
#: the last picture of a film stays no longer than this
MAX_GAP: Micros = 60 * SECOND
MAX_UNPACKED = 256_000_000
#: pixels to a side of the largest picture, and the most that pixels may be wider than high
LARGEST, STRETCH = 16_384, 8
#: packets between two signs of life of a long reading
SIGN_OF_LIFE = 1000
#: fragments of these may come with their film's head again
PIECED = "mov,mp4,m4a,3gp,3g2,mj2"
#: among so many pictures in the order of decoding is the one that is shown first
_FIRST_SHOWN = 100


@dataclass(frozen=True, eq=False)
class FrameIndex:
    """Timestamps, keyframes and shape of one film. Arrays are int64, sorted and without doubles.

    `stamps` are the file's own timestamps in `time_base`, `times` the same in microseconds from the first picture,
    `keys` the positions of keyframes. `entries` are the pictures' decoding times, where the film does not say when they
    are shown (`untimed`). `sound_late` is by how many ticks the first picture's own time lies before that of its sound
    (`edit_list`). `width` and `height` are stored pixels before rotation and pixel shape.
    """

    stamps: NDArray[np.int64]
    keys: NDArray[np.int64]
    time_base: Fraction
    width: int
    height: int
    pixel_shape: Fraction
    orientation: Orientation
    last_gap: Micros
    rate: Rate
    codec: str
    sound_tracks: tuple[SoundTrack, ...] = ()
    entries: NDArray[np.int64] | None = None
    sound_late: int = 0
    times: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "times", film_times(self.stamps, self.time_base))

    def __len__(self) -> int:
        return len(self.stamps)

    @property
    def duration(self) -> Micros:
        return int(self.times[-1]) + self.last_gap

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height upright and with square pixels; the shorter side grows, so that nothing is lost."""
        shape = self.pixel_shape
        wide = round(self.width * shape) if shape > 1 else self.width
        high = round(self.height / shape) if shape < 1 else self.height
        return (high, wide) if is_turned(self.orientation) else (wide, high)

    def position_at(self, time: Micros) -> int:
        """Position of the picture shown at `time`: −1 before the first, the last after the end."""
        return int(self.times.searchsorted(time, "right")) - 1

    def position_of(self, stamp: int) -> int | None:
        """Position of the picture with exactly this timestamp of the file."""
        at = int(self.stamps.searchsorted(stamp))
        return at if at < len(self.stamps) and int(self.stamps[at]) == stamp else None

    def key_before(self, position: int) -> int:
        """Position of the keyframe from which decoding reaches `position`; 0 when the film begins without one."""
        at = int(self.keys.searchsorted(position, "right")) - 1
        return int(self.keys[at]) if at >= 0 else 0

    def is_key(self, stamp: int) -> bool:
        """Whether the picture with exactly this timestamp of the file is a keyframe."""
        position = self.position_of(stamp)
        return position is not None and self.key_before(position) == position

    @property
    def shown_at(self) -> dict[int, int] | None:
        """When the picture of each entry is shown, in the film's timestamps; None where the film says it itself."""
        if self.entries is None:
            return None
        return dict(zip(self.entries.tolist(), self.stamps.tolist(), strict=True))

    @property
    def sound_origin(self) -> Fraction:
        """When on its sound's clock a film's first picture is shown, in s."""
        return (int(self.stamps[0]) + self.sound_late) * self.time_base

    def pack(self) -> bytes:
        """A few bytes per picture, for the archive."""
        import numpy as np

        head = json.dumps(_head(self)).encode()
        gaps = np.diff(self.stamps, prepend=0).astype("<i8").tobytes()
        numbers = gaps + self.keys.astype("<i8").tobytes()
        if self.entries is not None:
            numbers += (self.entries - self.stamps).astype("<i8").tobytes()
        magic = MAGIC if self.entries is None else MAGIC_WITH_ENTRIES
        return magic + zlib.compress(struct.pack("<I", len(head)) + head + numbers, 9)


def unpack(packed: bytes) -> FrameIndex:
    """Read what `pack` wrote. Raises FilmError(`index-damaged`), also for an index of a newer program."""
    import numpy as np

    if packed[:4] not in (MAGIC, MAGIC_WITH_ENTRIES):
        raise FilmError("index-damaged")
    try:
        raw = zlib.decompressobj().decompress(packed[4:], MAX_UNPACKED)
        (length,) = struct.unpack_from("<I", raw)
        head = json.loads(raw[4 : 4 + length])
        numbers = np.frombuffer(raw, "<i8", offset=4 + length)
        return _from_head(head, numbers, with_entries=packed[:4] == MAGIC_WITH_ENTRIES)
    except (zlib.error, struct.error, ValueError, KeyError, TypeError, ZeroDivisionError) as error:
        raise FilmError("index-damaged") from error


def _head(index: FrameIndex) -> dict[str, Any]:
    rate = index.rate
    return {
        "frames": len(index),
        "time_base": str(index.time_base),
        "size": [index.width, index.height],
        "pixel_shape": str(index.pixel_shape),
        "orientation": index.orientation,
        "last_gap": index.last_gap,
        "rate": [rate.kind, rate.fps, rate.min_fps, rate.max_fps],
        "codec": index.codec,
        "sound_late": index.sound_late,
        "sound": [[t.codec, t.channels, t.rate] for t in index.sound_tracks],
    }


def _from_head(head: dict[str, Any], numbers: NDArray[np.int64], *, with_entries: bool) -> FrameIndex:
    frames = int(head["frames"])
    behind = len(numbers) - frames if with_entries else len(numbers)
    stamps, keys = numbers[:frames].cumsum(), numbers[frames:behind].astype("int64")
    kind, fps, low, high = head["rate"]
    a, b, c, d = (int(v) for v in head["orientation"])
    width, height = (int(v) for v in head["size"])
    index = FrameIndex(
        stamps,
        keys,
        Fraction(head["time_base"]),
        width,
        height,
        Fraction(head["pixel_shape"]),
        (a, b, c, d),
        int(head["last_gap"]),
        Rate(str(kind), float(fps), float(low), float(high)),
        str(head["codec"]),
        tuple(SoundTrack(str(codec), int(channels), int(rate)) for codec, channels, rate in head["sound"]),
        stamps + numbers[behind:] if with_entries else None,
        int(head.get("sound_late", 0)),  # what older programs wrote has none
    )
    _check(index)
    return index


def _check(index: FrameIndex) -> None:
    """Raises ValueError for numbers that no film has."""
    import numpy as np

    if not len(index) or bool((np.diff(index.stamps) <= 0).any()) or bool((np.diff(index.keys) <= 0).any()):
        raise ValueError("order")
    if len(index.keys) and not (int(index.keys[0]) >= 0 and int(index.keys[-1]) < len(index)):
        raise ValueError("keys")
    if index.entries is not None and len(np.unique(index.entries)) != len(index):
        raise ValueError("entries")
    if not (index.time_base > 0 and max(index.time_base.numerator, index.time_base.denominator) < 2**31):
        raise ValueError("clock")
    if not (index.times[0] == 0 <= index.last_gap <= LONGEST and index.times[-1] <= LONGEST):
        raise ValueError("length")
    if not 0 <= index.sound_late * index.time_base * SECOND <= MAX_GAP:
        raise ValueError("sound")
    if not (min(index.width, index.height) > 0 and max(index.width, index.height) <= LARGEST):
        raise ValueError("size")
    if not (1 / STRETCH <= index.pixel_shape <= STRETCH and abs(index.orientation[0] + index.orientation[1]) == 1):
        raise ValueError("shape")
    if not all(isfinite(f) and f >= 0 for f in (index.rate.fps, index.rate.min_fps, index.rate.max_fps)):
        raise ValueError("rate")


def film_times(stamps: NDArray[np.int64], time_base: Fraction) -> NDArray[np.int64]:
    """floor((stamp − first) · time_base · 10⁶), in whole numbers without overflow."""
    seconds, rest = divmod((stamps - stamps[:1]) * time_base.numerator, time_base.denominator)
    return seconds * SECOND + rest * SECOND // time_base.denominator


def build_index(film: Path | BinaryIO) -> FrameIndex:
    """One pass over the film's packets. Raises what `open_film` raises, and FilmError(`film-damaged`)."""
    with open_film(film) as opened:
        return index_of(opened)


def index_of(film: Film, alive: Callable[[], None] = lambda: None, *, own: bool = False) -> FrameIndex:
    """The index of a film opened at its beginning; `alive` is called now and then while it is read.

    A film that does not say when its pictures are shown gives them with their times from now on.

    In a film of our `own` that was cut off while it was written, the picture that is only partly there is none.

    Raises FilmError: `film-damaged` when no picture can be read, `film-clock-restarts` when its clock begins anew and
    later pictures would fall on the places of earlier ones, and when it jumps where the film can be parted (`parting`).
    """
    packets = _Packets(film.pictures, entries_of(film))
    packets.read(film, alive)
    if own:
        packets.leave_out_cut_end()
    if packets.first is None or not packets.stamps:
        raise FilmError("film-damaged")
    index = packets.index(film)
    if not own:
        _demand_one_clock(film, packets, alive)
    if packets.hidden == 0:
        return index
    return replace(index, sound_late=cut_into(film, packets.places.get(int(index.stamps[0])), int(index.stamps[0])))


def _demand_one_clock(film: Film, packets: _Packets, alive: Callable[[], None]) -> None:
    """Raises FilmError(`film-clock-restarts`); a clock that jumps in a film that cannot be parted is believed.

    Films that were copied behind it are parted from it, but for pieces of one that was sent with its head again and
    again, and goes on with one clock.
    """
    decoded_at = packets.decoded_at
    restarts = bool(order_of(decoded_at).begins_anew)
    behind = film.films_behind(alive)
    goes_on = not restarts and film.container.format.name == PIECED and behind[-1:] <= (packets.last_place,)
    if behind and not goes_on:
        raise FilmError("film-clock-restarts", begins=behind, jumps=(0,) * len(behind))
    if restarts or has_leaps(decoded_at, film.pictures.time_base or Fraction(1, SECOND)):
        found = parting_of(film, alive)
        if restarts or found.begins:
            raise FilmError("film-clock-restarts", begins=found.begins, jumps=found.jumps)


class _Packets:
    """What one pass over the packets gathers, and the first picture that could be decoded."""

    def __init__(self, stream: VideoStream, entries: Entries | None) -> None:
        self.stream = stream
        self._entries = entries
        self._fields = Fields(stream.codec_context.extradata) if stream.codec.canonical_name == fields.CODEC else None
        self._has_seconds = False  # second fields with times of their own
        self._shown_at: dict[int, int] | None = None
        self.stamps: dict[int, bool] = {}
        self.decoded_at: list[int] = []
        self.hidden = 0  # pictures that an edit list leaves out
        self.places: dict[int, ByteCount | None] = {}  # of the first that it shows
        self.last_place: ByteCount = 0  # of any that it shows
        self.first: av.VideoFrame | None = None
        self._last: Packet[VideoStream] | None = None

    def read(self, film: Film, alive: Callable[[], None]) -> None:
        from av.error import FFmpegError

        try:
            for number, packet in enumerate(film.packets(self.stream)):
                self._take(packet)
                if number % SIGN_OF_LIFE == 0:
                    alive()
        except FFmpegError:
            pass  # a film that was cut off: what came before is whole
        self._put_in_order(film)

    def _put_in_order(self, film: Film) -> None:
        """In a film that does not say when its pictures are shown, every picture where the order of entries puts it."""
        self._shown_at = self._entries.shown_at() if self._entries is not None else None
        if self._shown_at is not None:
            film.retime(self._shown_at)
            self.stamps = {self._shown_at[at]: key for at, key in self.stamps.items() if at in self._shown_at}

    def leave_out_cut_end(self) -> None:
        if self._last is not None and self._last.is_corrupt and self._last.pts is not None:
            del self.stamps[self._last.pts]
            self._last = None

    def _take(self, packet: Packet[VideoStream]) -> None:
        if self._entries is not None:
            packet.pts = packet.dts
        frames = decoded(packet) if self.first is None or (self._entries and self._entries.needs_pictures) else []
        if self._entries is not None:
            self._entries.take(packet, frames)
        self.first = self.first or next(iter(frames), None)
        if self._fields is not None and packet.size and self._fields.begins_with_second(memoryview(packet)):
            self._has_seconds = self._has_seconds or packet.pts is not None
            return  # no picture of its own
        self.hidden += packet.is_discard
        if packet.size == 0 or packet.is_discard or packet.pts is None:
            return  # outside the edit list, or without a place on the clock
        self.last_place = max(self.last_place, packet.pos or 0)
        # what a stream that was entered anywhere begins with has no times to go by
        if packet.dts is not None and (len(self.decoded_at) > 0 or packet.is_keyframe):
            self.decoded_at.append(packet.dts)
        if self._last is None or packet.pts >= (self._last.pts or 0):
            self._last = packet
        if len(self.places) < _FIRST_SHOWN:
            self.places[packet.pts] = packet.pos
        self.stamps[packet.pts] = self.stamps.get(packet.pts, False) or packet.is_keyframe

    def index(self, film: Film) -> FrameIndex:
        import numpy as np

        stream, first = self.stream, self.first
        assert first is not None
        time_base = stream.time_base or Fraction(1, SECOND)
        begins = first.pts if self._shown_at is None or first.pts is None else self._shown_at.get(first.pts)
        begin = begins if begins in self.stamps else min(self.stamps)  # what precedes it cannot be decoded
        stamps = np.array(sorted(s for s in self.stamps if s >= begin), dtype=np.int64)
        if (int(stamps[-1]) - int(stamps[0])) * time_base * SECOND > LONGEST:
            raise FilmError("film-damaged")
        keys = np.flatnonzero([self.stamps[int(s)] for s in stamps]).astype(np.int64)
        times = film_times(stamps, time_base)
        keep = np.flatnonzero(np.diff(times, prepend=-1) > 0)
        rate = rate_of(times[keep], float(time_base * SECOND), (stream.average_rate, stream.guessed_rate))
        stays = (self._last.duration or 0) if self._last is not None else 0
        gap = int(stays * time_base * SECOND)
        if not 0 < gap <= MAX_GAP or self._has_seconds:
            gap = usual_gap(times[keep], rate)
        if max(first.width, first.height) > LARGEST:
            raise FilmError("film-too-large")
        return FrameIndex(
            stamps, keys, time_base, first.width, first.height, _pixel_shape(stream), orientation_of(first), gap, rate,
            stream.codec.canonical_name, tuple(_sound_tracks(film)), self._entries_at(stamps),
        )  # fmt: skip

    def _entries_at(self, stamps: NDArray[np.int64]) -> NDArray[np.int64] | None:
        import numpy as np

        if self._shown_at is None:
            return None
        entries = {shown: at for at, shown in self._shown_at.items()}
        return np.array([entries[int(stamp)] for stamp in stamps], dtype=np.int64)


def _pixel_shape(stream: VideoStream) -> Fraction:
    """Width of a pixel to its height; what no camera has is a damaged word and taken for square."""
    shape = stream.sample_aspect_ratio or Fraction(1)
    return shape if Fraction(1, STRETCH) <= shape <= STRETCH else Fraction(1)


def decoded(packet: Packet[VideoStream]) -> list[av.VideoFrame]:
    """The pictures that a packet completes; none for a damaged one."""
    from av.error import FFmpegError

    try:
        return packet.decode()
    except FFmpegError:
        return []


def all_pictures(film: Film) -> Iterable[av.VideoFrame]:
    """Every picture that can be decoded from here on, in the order in which they are shown."""
    from av.error import FFmpegError

    try:
        for packet in film.packets(film.pictures):
            yield from decoded(packet)
    except FFmpegError:
        return


def _sound_tracks(film: Film) -> Iterable[SoundTrack]:
    for stream in film.container.streams.audio:
        context = stream.codec_context
        if context is not None and context.sample_rate:
            yield SoundTrack(stream.codec.canonical_name, context.channels, context.sample_rate)
