"""Units put together to pictures, as FFmpeg's own parser parts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.model.units import ByteCount
from app.ports.file_part import Stretch
from video.open.salvage.nal_units import START, NalUnits
from video.open.salvage.slice_heads import SliceHead
from video.open.salvage.walk import Run


@dataclass
class Samples:
    """Pictures in the file's order: their `sizes`, the positions of `keys`, and the runs that hold `counts` of them.

    `heads` are those of each one's first slice, where pictures have such.
    """

    sizes: list[ByteCount] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    runs: list[Stretch] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    heads: list[SliceHead] = field(default_factory=list)

    def first(self, count: int) -> Samples:
        """So many of the first ones."""
        kept = Samples()
        at, keys = 0, frozenset(self.keys)
        for run, many in zip(self.runs, self.counts, strict=True):
            sizes = self.sizes[at : min(at + many, count)]
            kept.take(run[0], sizes, [at + n in keys for n in range(len(sizes))])
            at += many
        kept.heads = self.heads[:count]
        return kept

    def before(self, place: ByteCount) -> int:
        """How many pictures lie before a place in the file, or in the run that it lies in."""
        return sum(count for run, count in zip(self.runs, self.counts, strict=True) if run[0] < place)

    def take(self, begin: ByteCount, sizes: Sequence[ByteCount], keys: Sequence[bool]) -> None:
        """A run's pictures."""
        if not sizes:
            return
        self.keys += [len(self.sizes) + n for n, key in enumerate(keys) if key]
        self.sizes += sizes
        self.runs.append((begin, begin + sum(sizes)))
        self.counts.append(len(sizes))


def each_alone(runs: Sequence[Run]) -> Samples:
    """Every unit is a picture that stands for itself."""
    found = Samples()
    for run in runs:
        found.take(run.begin, run.sizes, [True] * len(run.sizes))
    return found


@dataclass(frozen=True, slots=True)
class _Picture:
    size: ByteCount
    is_key: bool
    slices: int
    head: SliceHead | None


def of_units(units: NalUnits, runs: Sequence[Run], sets: Sequence[bytes]) -> Samples:
    """`sets` say how pictures are packed, where the stream itself does not."""
    found = Samples()
    before = b"".join(START + unit for unit in sets)
    slices: list[int] = []
    for run in runs:
        pictures = _pictures(units, run, before)
        found.take(run.begin, [p.size for p in pictures], [p.is_key for p in pictures])
        found.heads += [p.head for p in pictures if p.head is not None]
        slices += [p.slices for p in pictures]
    cut_within = len(slices) > 1 and slices[-1] < slices[-2]  # the file ended before its other slices
    return found.first(len(slices) - 1) if cut_within else found


def _pictures(units: NalUnits, run: Run, before: bytes) -> list[_Picture]:
    """A run's pictures; what holds no slice at its end is left out."""
    import av

    parser: Any = av.CodecContext.create(units.codec, "r")
    ends = _ends(parser, units, run, before)
    found, place, begun = list[_Picture](), run.begin, run.begin
    is_key, slices = False, 0
    for size in run.sizes:
        unit = units.content(place, min(size, 8))
        is_key, slices = is_key or units.is_key(unit), slices + units.is_slice(unit)
        place += size
        if place - run.begin in ends and slices:
            found.append(_Picture(place - begun, is_key, slices, units.head_at(begun)))
            begun, is_key, slices = place, False, 0
    return found


def _ends(parser: Any, units: NalUnits, run: Run, before: bytes) -> frozenset[ByteCount]:
    """Where pictures end, from the run's begin. A start code is as long as a length, so both count alike."""
    at, place, ends = -len(before), run.begin, set()
    parts = [before] if before else []
    for size in run.sizes:
        parts.append(START + units.content(place, size))
        place += size
    for part in (*parts, b""):
        for packet in parser.parse(part):
            at += packet.size
            ends.add(at)
    return frozenset(ends)
