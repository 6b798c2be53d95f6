"""What must be known of a recording's files to join them: their pictures' times, and whether they are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, BinaryIO

from app.errors import Cancelled as CancelledError
from app.errors import FilmError
from app.model.timecode import SECOND
from app.ports import Cancelled, Progress
from app.ports.films import Joined
from video.joining.clocks import hole_between, overlap_of, timecode_of
from video.open.frame_index import MAX_GAP, index_of
from video.open.open_film import Film, open_film
from video.open.orientation import Orientation, orientation_of
from video.open.untimed import entries_of

if TYPE_CHECKING:
    import numpy as np
    from av.audio.stream import AudioStream
    from av.packet import Packet
    from numpy.typing import NDArray

#: written from front to end without going back; a fragment begins at a keyframe, this long at least (µs)
FRAGMENTS = {"movflags": "frag_keyframe+delay_moov+default_base_moof", "min_frag_duration": "4000000"}
#: a transport stream goes on in the next file when that begins within so many pictures of the end
_NEAR = 2.5
#: and no earlier than so many: pictures may be stored in another order than they are shown
_REORDERED = 4
_ALIVE_EVERY = 500


@dataclass(frozen=True)
class SoundShape:
    """One sound track as its container describes it."""

    codec: str
    rate: int
    layout: str
    description: bytes


@dataclass(frozen=True, eq=False)
class Survey:
    """One file. `stamps` are its pictures' times in `time_base` in the order of packets, `gap` how long the last stays.

    `description` is the decoder's set-up (extradata). `can_be_copied` is False when packets have no times, share one,
    or are hidden by an edit list. `decoded` are the first and the last decoding time in ticks, `timecode` is that of
    the first picture in seconds, each where the file has one.
    """

    container: str
    codec: str
    width: int
    height: int
    pixel_shape: Fraction
    orientation: Orientation
    pixel_format: str
    description: bytes
    time_base: Fraction
    stamps: NDArray[np.int64]
    gap: int
    sound: tuple[SoundShape, ...]
    earliest_sound: Fraction
    can_be_copied: bool
    decoded: tuple[int, int] | None = None
    timecode: Fraction | None = None

    @property
    def stamps_first(self) -> int:
        return int(self.stamps.min())

    @property
    def stamps_end(self) -> int:
        """Where the last picture goes off."""
        return int(self.stamps.max()) + self.gap

    def alike(self, other: Survey) -> bool:
        """True when one decoder reads both without being set up anew."""
        return (
            (self.codec, self.pixel_format, self.description, self.time_base, self.sound)
            == (other.codec, other.pixel_format, other.description, other.time_base, other.sound)
            and self.pixel_shape == other.pixel_shape
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Part:
    """One file with its survey. So many of its first pictures are in the file before it `again`, and left out here."""

    source: BinaryIO
    survey: Survey
    again: int = 0


def survey(source: BinaryIO, progress: Progress, cancelled: Cancelled) -> Part:
    """One pass over a file's packets. Raises FilmError(`film-damaged`) without a picture, and what opening raises."""
    source.seek(0, 2)
    size = max(source.tell(), 1)
    with open_film(source) as film:
        if entries_of(film) is not None:
            index_of(film, partial(_go_on, cancelled))
            film.restart()
        seen = _Seen(film)
        seen.read(lambda packet: _alive(packet, size, progress, cancelled))
        return Part(source, seen.survey())


def _go_on(cancelled: Cancelled) -> None:
    if cancelled():
        raise CancelledError


def _alive(packet: Packet[Any], size: int, progress: Progress, cancelled: Cancelled) -> None:
    _go_on(cancelled)
    progress(min(max((packet.pos or 0) / size, 0.0), 1.0))


def sound_of(streams: Sequence[AudioStream]) -> list[AudioStream]:
    """The sound tracks that can be decoded."""
    return [s for s in streams if s.codec_context is not None and s.codec_context.sample_rate]


class _Seen:
    def __init__(self, film: Film) -> None:
        self.film = film
        self.stamps: list[int] = []
        self.durations: dict[int, int] = {}
        self.decoded: tuple[int, int] | None = None
        self.first: Any = None
        self.whole = True
        self.earliest_sound = Fraction(0)

    def read(self, alive: Any) -> None:
        from av.error import FFmpegError

        tracks = [self.film.pictures, *self.film.container.streams.audio]
        try:
            for number, packet in enumerate(self.film.packets(*tracks)):
                if number % _ALIVE_EVERY == 0:
                    alive(packet)
                if packet.stream is self.film.pictures:
                    self._picture(packet)
                elif packet.size and packet.pts is not None and packet.time_base is not None:
                    self.earliest_sound = min(self.earliest_sound, packet.pts * packet.time_base)
        except FFmpegError:
            return  # cut off here: what came before is whole

    def _picture(self, packet: Packet[Any]) -> None:
        from video.open.frame_index import decoded

        if self.first is None:
            self.first = next(iter(decoded(packet)), None)
        if not packet.size:
            return  # the end: what the decoder still held has come
        if packet.is_discard or packet.pts is None or self.film.is_retimed:
            self.whole = False
        if packet.dts is not None:
            self.decoded = (self.decoded or (packet.dts, 0))[0], packet.dts
        if packet.pts is not None:
            self.stamps.append(packet.pts)
            self.durations[packet.pts] = packet.duration or 0

    def survey(self) -> Survey:
        import numpy as np

        if not self.stamps or self.first is None:
            raise FilmError("film-damaged")
        stream, context = self.film.pictures, self.film.pictures.codec_context
        stamps = np.array(self.stamps, dtype=np.int64)
        time_base = stream.time_base or Fraction(1, SECOND)
        sound = tuple(
            SoundShape(s.codec.canonical_name, s.codec_context.sample_rate, s.codec_context.layout.name,
                       bytes(s.codec_context.extradata or b""))
            for s in sound_of(self.film.container.streams.audio)
        )  # fmt: skip
        return Survey(
            self.film.container.format.name, stream.codec.canonical_name, self.first.width, self.first.height,
            stream.sample_aspect_ratio or Fraction(1), orientation_of(self.first), self.first.format.name,
            bytes(context.extradata or b""), time_base, stamps, self._gap(stamps, time_base), sound,
            self.earliest_sound, self.whole and len(set(self.stamps)) == len(self.stamps), self.decoded,
            timecode_of(self.film),
        )  # fmt: skip

    def _gap(self, stamps: NDArray[np.int64], time_base: Fraction) -> int:
        """How long the last picture stays: as its file says, unless that is nothing like the pictures before it."""
        import numpy as np

        said = self.durations[int(stamps.max())]
        gaps = np.diff(np.sort(stamps)[-50:])
        usual = int(np.median(gaps)) if len(gaps) else said
        steady = bool(len(gaps)) and int(gaps.max() - gaps.min()) <= 1
        if steady or not 0 < said * time_base * SECOND <= MAX_GAP or said > 20 * max(usual, 1):
            return max(usual, 1)
        return said


def same_shape(parts: Sequence[Part]) -> bool:
    """True when all show pictures of one size the same way up: nothing else can be one recording."""
    shapes = {(p.survey.width, p.survey.height, p.survey.orientation, len(p.survey.sound) > 0) for p in parts}
    return len(shapes) == 1


def follow_each_other(parts: Sequence[Part]) -> bool:
    """True for a transport stream that was cut into files: its clock goes on from one to the next."""
    surveys = [part.survey for part in parts]
    if any(s.container != "mpegts" or s.codec != surveys[0].codec for s in surveys):
        return False
    return all(_goes_on(before, after) for before, after in pairwise(surveys))


def _goes_on(before: Survey, after: Survey) -> bool:
    """Whether a file's clock goes on where the one before it ends, or a little later where nobody filmed meanwhile."""
    if before.decoded is None or after.decoded is None or after.decoded[0] <= before.decoded[1]:
        return False
    wait = after.stamps_first - int(before.stamps.max())
    is_next = -_REORDERED * before.gap <= wait <= _NEAR * before.gap
    is_later = wait > 0 and hole_between(before, after) > 0
    return (is_next or is_later) and not set(before.stamps.tolist()) & set(after.stamps.tolist())


def holes_of(parts: Sequence[Part]) -> list[int]:
    """How long nobody filmed before each part, in ticks of the first; 0 before the first.

    Less than 0: so long before the end of the part before it does one begin whose first pictures are left out.
    """
    rows = [(a.survey, b.survey, b.again) for a, b in pairwise(parts)]
    return [0, *(-overlap_of(a, b) if again else hole_between(a, b) for a, b, again in rows)]


def starts_of(parts: Sequence[Part]) -> list[int]:
    """How far each part's times are moved, in ticks: the first stays, each other begins where the one before ends.

    Where their clocks tell that nobody filmed in between, it begins so much later.
    """
    moves, end = [0], parts[0].survey.stamps_end
    for part, hole in list(zip(parts, holes_of(parts), strict=True))[1:]:
        end += hole
        moves.append(end - part.survey.stamps_first)
        end += part.survey.stamps_end - part.survey.stamps_first
    return moves


def joined_of(parts: Sequence[Part], moves: Sequence[int], *, as_filmed: bool = True) -> Joined:
    """Where each part's pictures are in the joined film, when its times were moved so far (ticks)."""
    clock, first, holes = parts[0].survey.time_base, parts[0].survey.stamps_first, holes_of(parts)
    ticks = [part.survey.stamps_first + move - first for part, move in zip(parts, moves, strict=True)]
    starts = [int(tick * clock * SECOND) for tick in ticks]
    ends = [int((tick - hole) * clock * SECOND) for tick, hole in zip(ticks[1:], holes[1:], strict=True)]
    last = parts[-1].survey
    ends.append(starts[-1] + int((last.stamps_end - last.stamps_first) * clock * SECOND))
    return Joined(tuple(zip(starts, ends, strict=True)), as_filmed)
