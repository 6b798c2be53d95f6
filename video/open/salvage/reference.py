"""How a camera packs its films, read from a whole film of the same camera."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import BinaryIO

from app.errors import FilmError
from app.model.units import ByteCount
from app.ports.file_part import Stretch
from video.open.boxes import Box, boxes
from video.open.file_window import FileWindow
from video.open.open_film import open_film
from video.open.salvage.film_tables import BRAND, UNTURNED

#: bytes of a table of contents that is looked into: a day of film has less
_LARGEST_TABLE: ByteCount = 2**28
#: a film is steady when so large a share of its pictures lasts alike
_STEADY = 0.9
#: so many pictures are looked at, and so much of each, to see how this camera counts them
_SAMPLE, _LARGEST_HEAD = 300, 2**14
#: more lengths of sound between pictures are no habit of the camera
_MOST_ROOMS = 16
#: packets in which a film's first picture and sound are looked for
_FIRST_PACKETS = 400


@dataclass(frozen=True)
class PictureShape:
    """How pictures are packed: the sample entry, the `tkhd` box's matrix and sizes, and pictures per second.

    `clock` is the ticks to a second in which they are timed, 0 where that is open. `sample` is the first ones' bytes.
    """

    codec: str  # the entry's four letters
    described: bytes
    shape: bytes
    rate: Fraction
    clock: int
    largest: ByteCount
    sample: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class SoundShape:
    """How sound is packed. `each` is the bytes of a sample of sound as it is heard, 0 where they differ.

    `rooms` are the bytes that lie between pictures, each length once, where nothing but such sound does.

    `description` is the decoder's set-up, `step` how many ticks of `clock` a sample lasts, and `lead` how much later
    than the first picture the sound begins, in seconds.
    """

    codec: str  # FFmpeg's name
    described: bytes
    description: bytes
    clock: int
    step: int
    each: ByteCount
    lead: Fraction
    rooms: tuple[ByteCount, ...] = ()


@dataclass(frozen=True)
class Reference:
    """Pictures, and the one sound track beside them; None where there is none, or more than one.

    `others`: there is something in the film beside the two. `sound_first`: the sound's first bytes lie before the
    pictures'.
    """

    brand: bytes
    pictures: PictureShape
    sound: SoundShape | None
    others: bool
    sound_first: bool = False


def reference_of(file: BinaryIO) -> Reference:
    """Raises FilmError: what opening it raises, `salvage-other-kind` when it is no MP4 or MOV with pictures."""
    with open_film(file) as film:
        codec_sound = [s for s in film.container.streams.audio if s.codec_context is not None]
        described = _Described(FileWindow(file))
        pictures = described.track(b"vide")
        if pictures is None:
            raise FilmError("salvage-other-kind")
        rate = pictures.rate() or film.pictures.average_rate
        if not rate or not pictures.entry:
            raise FilmError("salvage-other-kind")
        shape = PictureShape(
            pictures.entry[4:8].decode("ascii", "replace"), pictures.entry, pictures.shape, Fraction(rate),
            pictures.clock(), max(pictures.sizes(), default=0), pictures.first_samples(),
        )  # fmt: skip
        sound = described.track(b"soun") if described.count(b"soun") == 1 and len(codec_sound) == 1 else None
        lead = _lead(film, codec_sound[0]) if sound is not None else None
        if sound is None or lead is None or not sound.entry:
            return Reference(described.brand, shape, None, described.count() > 1)
        stream = codec_sound[0]
        steps, context = sound.steps(), stream.codec_context
        step = max(steps, key=lambda s: steps[s], default=0)
        heard = SoundShape(
            stream.codec.canonical_name, sound.entry, bytes(context.extradata or b""), sound.clock(), step,
            sound.each() if stream.codec.canonical_name.startswith("pcm_") else 0, lead,
        )  # fmt: skip
        if heard.each:
            rooms = rooms_between(pictures.chunks(), sound.chunks())
            heard = replace(heard, rooms=rooms or (), each=heard.each if rooms is not None else 0)
        known = heard if step and heard.clock else None
        sound_first = sound.first_place() < pictures.first_place()
        return Reference(described.brand, shape, known, described.count() > 2, sound_first)


def _lead(film: object, stream: object) -> Fraction | None:
    """How much later than the first picture the first sound is heard."""
    first: dict[bool, Fraction] = {}
    for number, packet in enumerate(film.container.demux(film.pictures, stream)):  # type: ignore[attr-defined]
        if number > _FIRST_PACKETS:
            break
        is_picture = packet.stream is film.pictures  # type: ignore[attr-defined]
        # sound that is decoded and not heard comes before what is: of pictures only those that are shown count
        if packet.size and packet.pts is not None and not (is_picture and packet.is_discard):
            at = packet.pts * packet.time_base
            first[is_picture] = min(first.get(is_picture, at), at)
    return first[False] - first[True] if len(first) == 2 else None


class _Described:
    """The tracks of a film's table of contents."""

    def __init__(self, file: FileWindow) -> None:
        self._file = file
        self.brand = BRAND
        self._tracks: list[_Track] = []
        for found in boxes(file, 0, file.size):
            if found.kind == b"ftyp" and found.end - found.content < 4096:
                self.brand = file.at(found.content, found.end - found.content)
            if found.kind == b"moov" and found.end - found.begin <= _LARGEST_TABLE:
                tracks = (b for b in boxes(file, found.content, found.end) if b.kind == b"trak")
                self._tracks = [_Track(file, track) for track in tracks]

    def count(self, kind: bytes | None = None) -> int:
        """Tracks of a kind, or all."""
        return sum(kind in (None, track.kind) for track in self._tracks)

    def track(self, kind: bytes) -> _Track | None:
        """The one with the most samples."""
        found = [track for track in self._tracks if track.kind == kind]
        return max(found, key=lambda track: len(track.sizes()), default=None)


class _Track:
    def __init__(self, file: FileWindow, trak: Box) -> None:
        self._file = file
        self._parts: dict[bytes, bytes] = {}
        for found in _leaves(file, trak):  # of two handlers the first is the track's, the other one of its data
            self._parts.setdefault(found.kind, file.at(found.content, found.end - found.content))
        handler = self._parts.get(b"hdlr", b"")
        self.kind = handler[8:12]
        described = self._parts.get(b"stsd", b"")
        length = int.from_bytes(described[8:12], "big")
        self.entry = described[8 : 8 + length] if 16 <= length <= len(described) - 8 else b""

    @property
    def shape(self) -> bytes:
        head = self._parts.get(b"tkhd", b"")
        return head[-44:] if len(head) >= 84 else UNTURNED + bytes(8)

    def clock(self) -> int:
        head = self._parts.get(b"mdhd", b"")
        at = 20 if head[:1] == b"\1" else 12
        return int.from_bytes(head[at : at + 4], "big")

    def steps(self) -> dict[int, int]:
        """How many samples last so many ticks."""
        table, counts = self._parts.get(b"stts", b"")[8:], dict[int, int]()
        for count, step in struct.iter_unpack(">II", table[: len(table) // 8 * 8]):
            counts[step] = counts.get(step, 0) + count
        return counts

    def rate(self) -> Fraction | None:
        """Pictures per second: of most, where most last alike, else on the average."""
        counts, clock = self.steps(), self.clock()
        pictures, ticks = sum(counts.values()), sum(step * count for step, count in counts.items())
        if not (pictures and ticks and clock):
            return None
        usual = max(counts, key=lambda step: counts[step])
        if usual and counts[usual] >= _STEADY * pictures:
            return Fraction(clock, usual)
        return Fraction(clock * pictures, ticks)

    def each(self) -> ByteCount:
        """Bytes of a sample when all are alike."""
        return int.from_bytes(self._parts.get(b"stsz", b"")[4:8], "big")

    def chunks(self) -> list[Stretch]:
        """Where its samples lie without a gap, in the file's order."""
        table, sizes, found, at, row = self._parts.get(b"stsc", b"")[8:], self.sizes(), list[Stretch](), 0, 0
        rows = list(struct.iter_unpack(">III", table[: len(table) // 12 * 12]))
        ends = [0, *accumulate(sizes)]
        for number, place in enumerate(self._places(), start=1):
            while row + 1 < len(rows) and rows[row + 1][0] <= number:
                row += 1
            many = rows[row][1] if rows else 0
            size = many * self.each() or ends[min(at + many, len(sizes))] - ends[min(at, len(sizes))]
            found.append((place, place + size))
            at += many
        return sorted(found)

    def first_samples(self) -> tuple[bytes, ...]:
        """The bytes of the first ones."""
        found, sizes = list[bytes](), iter(self.sizes()[:_SAMPLE])
        for begin, end in self.chunks():
            while begin < end and (size := next(sizes, 0)):
                found.append(self._file.at(begin, min(size, _LARGEST_HEAD)))
                begin += size
        return tuple(found)

    def _places(self) -> tuple[ByteCount, ...]:
        near, far = self._parts.get(b"stco", b"")[8:], self._parts.get(b"co64", b"")[8:]
        if far:
            return struct.unpack(f">{len(far) // 8}Q", far[: len(far) // 8 * 8])
        return struct.unpack(f">{len(near) // 4}I", near[: len(near) // 4 * 4])

    def first_place(self) -> ByteCount:
        """Of its first chunk in the file."""
        return next(iter(self._places()), 0)

    def sizes(self) -> tuple[int, ...]:
        table = self._parts.get(b"stsz", b"")[12:]
        return struct.unpack(f">{len(table) // 4}I", table[: len(table) // 4 * 4])


def rooms_between(pictures: Sequence[Stretch], sound: Sequence[Stretch]) -> tuple[ByteCount, ...] | None:
    """The lengths between pictures, each once, the shortest first; None where sound does not fill them."""
    filled = set[ByteCount]()
    number = 0
    for (_, end), (begin, _) in pairwise(pictures):
        within = 0
        while number < len(sound) and sound[number][0] < begin:
            first, last = sound[number]
            within += last - first if first >= end else 0
            number += 1
        if begin - end != within:
            return None
        if within:
            filled.add(within)
    return tuple(sorted(filled)) if len(filled) <= _MOST_ROOMS else ()


def _leaves(file: FileWindow, parent: Box) -> Iterator[Box]:
    """Every box in it that holds no others, at any depth; `stsd` as one of them."""
    for found in boxes(file, parent.content, parent.end):
        if found.kind in (b"mdia", b"minf", b"stbl", b"edts"):
            yield from _leaves(file, found)
        elif found.end - found.content <= _LARGEST_TABLE:
            yield found
