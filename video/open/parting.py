"""Where a film's clock begins anew or jumps, and at which byte of its file the film can be parted there.

A transport or program stream carries the clock of whoever sends it (ISO/IEC 13818-1, 2.4.2): it may jump or begin anew
where a camera was paused, or where files were copied together. Any other container has one clock for the whole file,
and a Matroska file alone can be parted, where another one was copied behind it.

A jump is longer than `LONGEST_WAIT` and sound has it too. A picture may stay for long, as in a recording of a screen,
and sound may be missing for a while; that both are missing for so long happens only where nothing was filmed, for a
stream says its clock at least ten times a second (2.7.2). What is shorter is taken for time that passed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.model.timecode import SECOND, Micros
from app.model.units import ByteCount, Position
from video.open.mpeg_streams import PACK, PACKETS, SYNC, stream_of
from video.open.picture_order import order_of

if TYPE_CHECKING:
    from fractions import Fraction

    from video.open.open_film import Film

#: streams of packs and streams of packets, which carry a clock of their own
STREAMS = PROGRAM, TRANSPORT = "mpeg", "mpegts"
MATROSKA = "matroska,webm"
#: longer than a camera lets anybody wait for a picture and a sound
LONGEST_WAIT: Micros = 10 * SECOND
#: sound this near to the two sides of a jump belongs to them
_NEAR: Micros = 2 * SECOND
#: clocks of streams have 33 bits: FFmpeg takes a clock that falls back for one that has run over, after 26.5 hours
_WRAP = 2**33
_LONGEST_PACK: ByteCount = 65_536
#: what a Matroska file begins with (RFC 9559, 4.2); its descriptions before the first picture are no longer than this
_EBML, _LONGEST_HEAD = b"\x1a\x45\xdf\xa3", 2**20
#: tables and empty packets before a picture go with it, no more than these; and no picture is larger (bytes)
_TABLES, _LARGEST_PICTURE = 64, 2**24
#: packets between two signs of life of a long reading
_SIGN_OF_LIFE = 1000


@dataclass(frozen=True, slots=True)
class Parting:
    """At which bytes of its file a film can be parted, and by how much its clock jumps at each (µs; 0: not known)."""

    begins: tuple[ByteCount, ...] = ()
    jumps: tuple[Micros, ...] = ()


@dataclass(frozen=True, slots=True)
class _Packet:
    """When a packet is decoded, in ticks, and where it begins in its file."""

    at: int
    place: ByteCount


@dataclass(frozen=True, slots=True)
class _Cut:
    """The first picture behind a jump, the first packet of any stream behind it, the last picture before it."""

    picture: ByteCount
    first: ByteCount
    before: ByteCount
    jump: Micros = 0


def leaps(stamps: Sequence[int], least: int) -> tuple[Position, ...]:
    """Where timestamps leap forward by more than `least` for good, a whole number of ticks.

    What comes later is never near what came before.
    """
    import numpy as np

    row = np.array(stamps, dtype=np.int64)
    if len(row) < 2:
        return ()
    reached, coming = np.maximum.accumulate(row)[:-1], np.minimum.accumulate(row[::-1])[::-1][1:]
    return tuple((np.flatnonzero(coming - reached > least) + 1).tolist())


def has_leaps(stamps: Sequence[int], time_base: Fraction) -> bool:
    """Whether the clock of pictures leaps: what sound says of it is asked by `parting_of`."""
    return bool(leaps(stamps, _ticks(LONGEST_WAIT, time_base)))


def parting_of(film: Film, alive: Callable[[], None]) -> Parting:
    """Nothing where it cannot be parted. Reads the whole film once more; the film stands nowhere after it."""
    edge = _EDGES.get(film.container.format.name)
    time_base = film.pictures.time_base
    if edge is None or not time_base:
        return Parting()
    rows, sounds = _packets_of(film, alive)
    cuts = _restarts(rows, time_base)
    if not cuts and film.container.format.name in STREAMS:
        cuts = _jumps(rows, sounds, time_base)
    begins = [begin for cut in cuts if (begin := edge(film, cut)) is not None and begin > 0]
    if len(begins) < len(cuts) or begins != sorted(set(begins)):
        return Parting()
    return Parting(tuple(begins), tuple(cut.jump for cut in cuts))


def _packets_of(film: Film, alive: Callable[[], None]) -> tuple[list[list[_Packet]], list[list[_Packet]]]:
    """Every packet, a row per stream, pictures first; and the rows of sound among them."""
    from av.error import FFmpegError

    film.restart()
    rows: dict[int, list[_Packet]] = {film.pictures.index: []}
    try:
        for number, packet in enumerate(film.packets()):
            if number % _SIGN_OF_LIFE == 0:
                alive()
            if packet.dts is not None and packet.pos is not None and packet.pos >= 0:
                rows.setdefault(packet.stream_index, []).append(_Packet(packet.dts, packet.pos))
    except FFmpegError:
        pass  # cut off here: what came before counts
    sounds = [rows[s.index] for s in film.container.streams.audio if s.index in rows]
    return list(rows.values()), sounds


def _restarts(rows: Sequence[Sequence[_Packet]], clock: Fraction) -> list[_Cut]:
    """Where all clocks fall back together: the first stream that does tells the place."""
    anew = [(row, order_of([p.at for p in row]).begins_anew) for row in rows]
    parts = max((len(found) for _, found in anew), default=0)
    told = [(row, found) for row, found in anew if len(found) == parts]
    cuts = []
    for n in range(parts):
        first = min(row[found[n]].place for row, found in told)
        pictures, own = anew[0]
        if len(own) != parts:
            cuts.append(_Cut(first, first, 0))
            continue
        behind, before = pictures[own[n]], pictures[own[n] - 1]
        jump = int((behind.at - before.at) * clock * SECOND)
        cuts.append(_Cut(behind.place, first, before.place, jump if jump <= -SECOND else 0))
    return cuts


def _jumps(rows: Sequence[Sequence[_Packet]], sounds: Sequence[Sequence[_Packet]], clock: Fraction) -> list[_Cut]:
    """Where the clock of the pictures leaps, and no sound lies within the leap."""
    pictures, cuts, near = rows[0], [], _ticks(_NEAR, clock)
    for at in leaps([p.at for p in pictures], _ticks(LONGEST_WAIT, clock)):
        end, start = max(p.at for p in pictures[:at]), min(p.at for p in pictures[at:])
        if any(end + near < p.at < start - near for row in sounds for p in row):
            continue
        behind = [next((p.place for p in row if p.at >= start - near), None) for row in rows]
        first = min(place for place in behind if place is not None)
        leap = start % _WRAP - end % _WRAP  # as the stream says it
        jump = int(leap * clock * SECOND) if abs(leap) < _WRAP // 2 else 0  # or it ran over: neither can be known
        cuts.append(_Cut(pictures[at].place, first, pictures[at - 1].place, jump))
    return cuts


def _ticks(time: Micros, clock: Fraction) -> int:
    return int(time / SECOND / clock)


def _pack_before(film: Film, cut: _Cut) -> ByteCount | None:
    """Where the pack begins that holds the first packet behind a jump; the packet itself when there is none."""
    place = cut.first if cut.before < cut.first else cut.picture
    before = film.bytes_before(place, _LONGEST_PACK)
    at = before.rfind(PACK)
    return place if at < 0 else place - len(before) + at


def _packet_before(film: Film, cut: _Cut) -> ByteCount | None:
    """Where the tables begin that lead to the first packet behind a jump.

    Where the picture before the jump reaches beyond that packet, the picture behind it is the place: none is cut.
    """
    found = packet_size(film, cut.first)
    if found is None:
        return None
    size, lead = found
    place = cut.first if cut.before < cut.first else cut.picture
    between = film.bytes_before(cut.picture, min(max(cut.picture - place, 0), _LARGEST_PICTURE))
    if film.pictures.id in _streams_in(between, size, lead):
        place = cut.picture
    streams = {s.id for s in film.container.streams}
    for number in reversed(_streams_in(film.bytes_before(place, _TABLES * size), size, lead)):
        if number in streams:
            break
        place -= size
    return place


def packet_size(film: Film, place: ByteCount) -> tuple[ByteCount, ByteCount] | None:
    """How long the packets of a transport stream are, and how far into each its head lies; one begins at `place`."""
    for size, lead in PACKETS:
        head = film.bytes_before(place + size + lead + 1, size + 1)
        if len(head) == size + 1 and head[0] == head[-1] == SYNC:
            return size, lead
    return None


def _streams_in(packets: bytes, size: ByteCount, lead: ByteCount) -> list[int]:
    """Of which stream each packet is ; whole packets, the last ends where they end."""
    first = len(packets) % size + lead
    return [stream_of(packets, at) for at in range(first, len(packets), size)]


def _head_before(film: Film, cut: _Cut) -> ByteCount | None:
    """Where the file begins that was copied behind another."""
    before = film.bytes_before(cut.first, _LONGEST_HEAD)
    at = before.rfind(_EBML)
    return None if at < 0 else cut.first - len(before) + at


_EDGES: dict[str, Callable[[Film, _Cut], ByteCount | None]] = {
    PROGRAM: _pack_before,
    TRANSPORT: _packet_before,
    MATROSKA: _head_before,
}
