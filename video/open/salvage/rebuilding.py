"""A film whose table of contents was never written: its pictures and sound found where they lie, and listed anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd
from typing import BinaryIO, cast

from app.errors import FilmError
from app.model.units import ByteCount, Position
from app.ports.file_part import Stretch
from app.ports.pieced_film import PiecedFilm
from video.open.file_window import FileWindow
from video.open.salvage.coded_sound import AacFrames
from video.open.salvage.coded_units import ANY_ROOM, DvPictures, JpegPictures, Room
from video.open.salvage.film_tables import BRAND, UNTURNED, Track, finished
from video.open.salvage.in_band import own_words
from video.open.salvage.nal_units import LARGEST, LENGTH, NalUnits, first_slice, parameter_sets
from video.open.salvage.reference import PictureShape, Reference, SoundShape
from video.open.salvage.samples import Samples, each_alone, of_units
from video.open.salvage.shown_order import moved_by
from video.open.salvage.slice_heads import breaks, slice_heads
from video.open.salvage.walk import Walked, walk

#: letters of a sample entry by how its pictures are found
_NAL = {"avc1": "h264", "avc3": "h264", "hvc1": "hevc", "hev1": "hevc"}
_JPEG, _DV = frozenset(["jpeg", "mjpa"]), frozenset(["dvc ", "dvcp"])
_SETS_IN = {"h264": b"avcC", "hevc": b"hvcC"}
#: of a film's bytes between pictures so many may be neither pictures nor sound; else the sound is not believed
_MOST_UNKNOWN = 0.001
#: sound and pictures lie beside each other in the file by so much: no sign that pictures came slower (s)
_BESIDE = 1.0
#: pictures may have come so many times faster or slower than the reference's
_MOST_OFF = 4
#: zeros that are more than a camera's filling between two chunks
_SOMETHING: ByteCount = 2**10
#: sound as it is heard that is so many times longer than any between the pictures of the whole film hides something
_LONGER = 2
#: fewer pictures do not show in which order they are shown
LEAST = 16
#: share of the work that finding pictures takes; the rest is their order
_FINDING = 0.5


@dataclass(frozen=True)
class Rebuilt:
    """The pieces of a whole film. `lost_sound`: there is something beside the pictures that could not be used.

    `lost_at` is the first moment, in seconds, at which a picture may be missing or be one too many: something lies in
    the file that is none, or the pictures' own counts do not go on.
    Of the original `begin` is where coded bytes begin, `end` where what could be read ends, and `written` where its
    bytes do.
    """

    pieces: tuple[bytes | Stretch, ...]
    lost_sound: bool
    lost_at: Fraction | None
    begin: ByteCount
    end: ByteCount
    written: ByteCount


def rebuilt(file: BinaryIO, coded: Stretch, reference: Reference | None, alive: Callable[[float], None]) -> Rebuilt:
    """A film of what lies between two places of a file. `alive` is told the share that is done.

    Raises FilmError: `salvage-needs-reference` when the pictures do not say how they are packed, `salvage-other-kind`
    when they are packed otherwise than the reference, `salvage-nothing` when there are none.
    """
    window = FileWindow(file)
    begin, end = coded

    def walked_to(place: ByteCount) -> None:
        alive(_FINDING * (place - begin) / max(end - begin, 1))

    work = _Work(window, coded, reference, walked_to)
    samples, walked = work.pictures()
    if not samples.sizes:
        raise FilmError("salvage-nothing" if reference is None else "salvage-other-kind")
    sound = work.sound(walked, samples)
    rate = work.rate(sound, samples)
    track = work.track(samples, rate)
    tracks = [track] if sound is None else [track, sound]
    first = cast("BinaryIO", PiecedFilm(file, finished(tracks, work.brand)))
    moved = moved_by(first, len(samples.sizes), track.step, lambda s: alive(_FINDING + (1 - _FINDING) * s))
    if len(moved) < LEAST:
        raise FilmError("salvage-nothing")
    kept = samples.first(len(moved))
    tracks[0] = replace(work.track(kept, rate), moved=moved)
    between = sum(b - a for a, b in walked.unknown if b < end)
    lost = sound is None and (work.expects_sound or between > _MOST_UNKNOWN * (end - begin))
    lost_before = work.lost_before(walked, kept)
    lost_at = None if lost_before is None else lost_before / rate
    return Rebuilt(finished(tracks, work.brand), lost, lost_at, begin, walked.end, end)


class _Work:
    def __init__(
        self,
        window: FileWindow,
        coded: Stretch,
        reference: Reference | None,
        alive: Callable[[ByteCount], None],
    ) -> None:
        self._window, self._alive = window, alive
        self._begin, self._end = coded
        self._room = ANY_ROOM
        self._units: NalUnits | JpegPictures | DvPictures
        if reference is None:
            own = own_words(window, *coded)
            if own is None or own.rate is None:
                raise FilmError("salvage-needs-reference")
            self._sets: Sequence[bytes] = own.sets
            self._shape = PictureShape("", own.described, UNTURNED + bytes(8), own.rate, 0, LARGEST)
            self._heard: SoundShape | None = None
            self.brand, self._all_known, self._sound_first = BRAND, False, False
            self._units = NalUnits(window, self._end, own.codec, slice_heads(own.codec, own.sets))
            return
        self._shape, self._heard, self.brand = reference.pictures, reference.sound, reference.brand
        self._sound_first = reference.sound_first
        if self._heard is not None and self._heard.each:
            rooms = self._heard.rooms
            self._room = Room(gcd(*rooms) if rooms else self._heard.each, rooms)
        # sound as it is heard is known only by what lies beside it
        self._all_known = not reference.others and (self._heard is None or self._heard.codec == "aac")
        codec = _NAL.get(self._shape.codec)
        self._sets = ()
        if codec is not None:
            told = _inside(self._shape.described, _SETS_IN[codec])
            if _length_bytes(told, codec) != LENGTH:
                raise FilmError("salvage-other-kind")
            self._sets = parameter_sets(told, codec)
            if not self._sets and (own := own_words(window, *coded)) is not None:  # they lie beside the pictures alone
                self._sets = own.sets
            example = [first_slice(sample, codec) for sample in self._shape.sample]
            heads = slice_heads(codec, self._sets, [unit for unit in example if unit])
            self._units = NalUnits(window, self._end, codec, heads, self._shape.largest * 8)
        elif self._shape.codec in _JPEG:
            self._units = JpegPictures(window, self._end)
        elif self._shape.codec in _DV:
            self._units = DvPictures(window, self._end)
        else:
            raise FilmError("salvage-other-kind")

    @property
    def expects_sound(self) -> bool:
        return self._heard is not None

    def pictures(self) -> tuple[Samples, Walked]:
        heard = self._heard
        frames = AacFrames(self._window, self._end, heard.description) if heard and heard.codec == "aac" else None
        walked = walk(
            self._units, frames, self._begin, self._end, self._alive, self._room, sound_first=self._sound_first
        )
        if isinstance(self._units, NalUnits):
            return of_units(self._units, walked.pictures, self._sets), walked
        return each_alone(walked.pictures), walked

    def sound(self, walked: Walked, samples: Samples) -> Track | None:
        """The sound track, where all that is not pictures is sound, and about as long as they are."""
        heard = self._heard
        if heard is None:
            return None
        last = samples.runs[-1][1]
        first = self._begin if self._sound_first else samples.runs[0][0]
        between = [(a, b) for a, b in walked.unknown if first <= a < last]
        track = self._aac(heard, walked, between) if heard.codec == "aac" else self._heard_sound(heard, between)
        if track is None:
            return None
        pictures = len(samples.sizes) / self._shape.rate
        return track if pictures / _MOST_OFF < track.length < pictures * _MOST_OFF + _BESIDE else None

    def _aac(self, heard: SoundShape, walked: Walked, between: Sequence[Stretch]) -> Track | None:
        if not walked.sound or sum(b - a for a, b in between) > _MOST_UNKNOWN * (self._end - self._begin):
            return None
        runs = [(run.begin, run.end) for run in walked.sound]
        sizes = [size for run in walked.sound for size in run.sizes]
        counts = [len(run.sizes) for run in walked.sound]
        return Track(b"soun", heard.described, heard.clock, heard.step, sizes, runs, counts, lead=heard.lead)

    def _heard_sound(self, heard: SoundShape, between: Sequence[Stretch]) -> Track | None:
        """Sound as it is heard fills the whole room between pictures."""
        if not heard.each or not between or any((b - a) % heard.each for a, b in between):
            return None
        counts = [(b - a) // heard.each for a, b in between]
        return Track(
            b"soun", heard.described, heard.clock, heard.step, heard.each, between, counts, lead=heard.lead
        )  # fmt: skip

    def rate(self, sound: Track | None, samples: Samples) -> Fraction:
        """Pictures per second: the reference's, unless the sound beside them says that they came slower or faster."""
        rate, count = self._shape.rate, len(samples.sizes)
        if sound is None or abs(sound.length - count / rate) <= _BESIDE:
            return rate
        return (count / sound.length).limit_denominator(1001)

    def lost_before(self, walked: Walked, samples: Samples) -> Position | None:
        """The first picture before which one is missing or is one too many, or so it may be."""
        found = list[Position]()
        if isinstance(self._units, NalUnits) and self._units.heads is not None:
            found += breaks(samples.heads, self._units.heads)
        first, last = samples.runs[0][0], samples.runs[-1][1]
        between = ((a, b - a) for a, b in walked.unknown if first < a < last)
        found += [samples.before(place) for place, length in between if self._is_hole(place, length)]
        return min(found, default=None)

    def _is_hole(self, place: ByteCount, length: ByteCount) -> bool:
        """Whether what lies between pictures and is none is nothing that this camera writes."""
        if self._all_known:
            return length >= _SOMETHING or any(self._window.at(place, length))
        return bool(self._room.usual) and length > _LONGER * self._room.usual[-1]

    def track(self, samples: Samples, rate: Fraction) -> Track:
        keys = samples.keys if len(samples.keys) < len(samples.sizes) else None
        clock, step = rate.numerator, rate.denominator
        if (
            self._shape.clock and self._shape.clock % clock == 0
        ):  # as in the camera's other films: it can be joined to them
            clock, step = self._shape.clock, step * self._shape.clock // clock
        return Track(
            b"vide", self._shape.described, clock, step, samples.sizes, samples.runs,
            samples.counts, keys, shape=self._shape.shape,
        )  # fmt: skip


def _inside(entry: bytes, name: bytes) -> bytes:
    """The content of a box within a sample entry."""
    at = entry.find(name)
    return entry[at + 4 : at - 4 + int.from_bytes(entry[at - 4 : at], "big")] if at >= 4 else b""


def _length_bytes(told: bytes, codec: str) -> int:
    at = 4 if codec == "h264" else 21
    return (told[at] & 3) + 1 if len(told) > at else 0
