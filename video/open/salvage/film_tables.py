"""A table of contents for pictures and sound that lie in a file without one (ISO/IEC 14496-12, `moov`)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from app.model.units import ByteCount
from app.ports.file_part import Stretch
from video.open.boxes import box, full_box, numbers

#: of the whole film's clock, a second
_CLOCK = 90_000
BRAND = b"qt  \0\0\0\0qt  "
UNTURNED = numbers((0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000))


@dataclass(frozen=True)
class Track:
    """One track. `sizes` are its samples' bytes, in the order in which they lie in the file, or one for them all.

    `runs` are stretches of the original, each filled by the next `counts[i]` samples without a gap. A sample lasts
    `step` ticks of `clock` to the second. `moved` says by how many ticks each picture is shown later than it is
    decoded; none at all where that is the same. `lead` is how much earlier (below 0) or later than the first picture
    the track begins, in seconds. `shape` is the `tkhd` box's matrix, width and height.
    """

    kind: bytes  # b"vide" or b"soun"
    described: bytes  # the sample entry of `stsd`
    clock: int
    step: int
    sizes: Sequence[int] | int
    runs: Sequence[Stretch]
    counts: Sequence[int]
    keys: Sequence[int] | None = None
    moved: Sequence[int] = ()
    lead: Fraction = Fraction(0)
    shape: bytes = UNTURNED + bytes(8)
    language: bytes = field(default=b"\x55\xc4")

    @property
    def samples(self) -> int:
        return sum(self.counts)

    @property
    def length(self) -> Fraction:
        """Seconds."""
        return Fraction(self.samples * self.step, self.clock)


def finished(tracks: Sequence[Track], brand: bytes = BRAND) -> tuple[bytes | Stretch, ...]:
    """A whole film of the original's bytes: what comes before them, and the stretch that holds them all.

    `brand` is the content of its `ftyp`.
    """
    begin = min(run[0] for track in tracks for run in track.runs)
    end = max(run[1] for track in tracks for run in track.runs)
    start = box(b"ftyp", brand)
    mdat = struct.pack(">I4sQ", 1, b"mdat", 16 + end - begin)
    room = len(start) + len(_moov(tracks, 0)) + len(mdat)
    return start + _moov(tracks, room - begin) + mdat, (begin, end)


def _moov(tracks: Sequence[Track], shift: ByteCount) -> bytes:
    """The same length whatever `shift` is, which is added to places in the original."""
    length = int(max(track.length for track in tracks) * _CLOCK)
    head = full_box(
        b"mvhd", 1, 0, bytes(16), struct.pack(">IQ", _CLOCK, length), b"\0\1\0\0\1\0", bytes(10), UNTURNED, bytes(24),
        numbers((len(tracks) + 1,)),
    )  # fmt: skip
    return box(b"moov", head, *(_trak(track, number, shift) for number, track in enumerate(tracks, start=1)))


def _trak(track: Track, number: int, shift: ByteCount) -> bytes:
    length = int(track.length * _CLOCK)
    volume = b"\1\0" if track.kind == b"soun" else b"\0\0"
    head = full_box(
        b"tkhd", 1, 3, bytes(16), struct.pack(">IIQ", number, 0, length), bytes(12), volume, b"\0\0", track.shape
    )
    clock = full_box(
        b"mdhd", 1, 0, bytes(16), struct.pack(">IQ", track.clock, track.samples * track.step), track.language,
        b"\0\0",
    )  # fmt: skip
    handler = full_box(b"hdlr", 0, 0, b"mhlr", track.kind, bytes(12), b"\0")
    about = full_box(b"smhd", 0, 0, bytes(4)) if track.kind == b"soun" else full_box(b"vmhd", 0, 1, bytes(8))
    here = box(b"dinf", full_box(b"dref", 0, 0, numbers((1,)), full_box(b"url ", 0, 1)))
    return box(
        b"trak",
        head,
        _edits(track, length),
        box(b"mdia", clock, handler, box(b"minf", about, here, _table(track, shift))),
    )


def _edits(track: Track, length: int) -> bytes:
    """Where a track begins elsewhere than the film does."""
    if not track.lead:
        return b""
    late = max(int(track.lead * _CLOCK), 0)
    from_tick = max(int(-track.lead * track.clock), 0)
    rows = [(late, -1)] if late else []
    rows.append((length, from_tick))
    return box(
        b"edts", full_box(b"elst", 1, 0, numbers((len(rows),)), *(struct.pack(">QqI", *row, 0x10000) for row in rows))
    )


def _table(track: Track, shift: ByteCount) -> bytes:
    """`stbl`: every sample's size, place, length and the pictures that stand for themselves."""
    described = full_box(b"stsd", 0, 0, numbers((1,)), track.described)
    lengths = full_box(b"stts", 0, 0, numbers((1, track.samples, track.step)))
    parts = [described, lengths]
    if any(track.moved):
        rows = [(len(list(same)), moved) for moved, same in groupby(track.moved)]
        parts.append(full_box(b"ctts", 1, 0, numbers((len(rows),)), *(struct.pack(">Ii", *row) for row in rows)))
    if track.keys is not None:
        parts.append(full_box(b"stss", 0, 0, numbers((len(track.keys), *(key + 1 for key in track.keys)))))
    parts.append(_chunks(track.counts))
    each, listed = (track.sizes, ()) if isinstance(track.sizes, int) else (0, track.sizes)
    parts.append(full_box(b"stsz", 0, 0, numbers((each, track.samples, *listed))))
    places = numbers((run[0] + shift for run in track.runs), "q")
    parts.append(full_box(b"co64", 0, 0, numbers((len(track.runs),)), places))
    return box(b"stbl", *parts)


def _chunks(counts: Sequence[int]) -> bytes:
    """`stsc`: how many samples lie in each run, a row wherever that changes."""
    rows, number = [], 1
    for count, same in groupby(counts):
        rows += [number, count, 1]
        number += len(list(same))
    return full_box(b"stsc", 0, 0, numbers((len(rows) // 3, *rows)))
