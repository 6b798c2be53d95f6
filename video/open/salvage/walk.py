"""Walks through a film's coded bytes: which are pictures, which are sound, which are neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from app.model.units import ByteCount
from app.ports.file_part import Stretch
from video.open.salvage.coded_units import ANY_ROOM, Room, Units

#: units between two signs of life
_ALIVE_EVERY = 500


class Frames(Protocol):
    """Frames of sound that say where they end."""

    def unit_at(self, place: ByteCount) -> ByteCount: ...


@dataclass
class Run:
    """Units that follow each other without a gap, by their sizes."""

    begin: ByteCount
    sizes: list[ByteCount] = field(default_factory=list)

    @property
    def end(self) -> ByteCount:
        return self.begin + sum(self.sizes)


@dataclass
class Walked:
    """`pictures` and `sound` as runs in their order in the file; `unknown` is what is neither, between them."""

    pictures: list[Run] = field(default_factory=list)
    sound: list[Run] = field(default_factory=list)
    unknown: list[Stretch] = field(default_factory=list)

    @property
    def end(self) -> ByteCount:
        """Where what could be read ends."""
        return max((run.end for run in (*self.pictures[-1:], *self.sound[-1:])), default=0)


def walk(
    units: Units,
    sound: Frames | None,
    begin: ByteCount,
    end: ByteCount,
    alive: Callable[[ByteCount], None],
    room: Room = ANY_ROOM,
    *,
    sound_first: bool = False,
) -> Walked:
    """From `begin` to `end`; what lies between pictures fills a `room`. `alive` is told the place."""
    found = Walked()
    place, steps, open_run = begin, 0, None
    before: ByteCount | None = None
    while place < end:
        steps += 1
        if steps % _ALIVE_EVERY == 0:
            alive(place)
        size, runs = units.unit_at(place), found.pictures
        if size and not units.goes_on(before, place) and not units.resumes(place):
            size = 0
        if not size and sound is not None and (found.pictures or sound_first):
            size, runs = sound.unit_at(place), found.sound
        if size:
            if open_run is None or open_run is not (runs[-1] if runs else None):
                open_run = Run(place)
                runs.append(open_run)
            open_run.sizes.append(size)
            if runs is found.pictures and units.begins(place):
                before = place
            place += size
            continue
        open_run = None
        after = units.next_start(place, room if found.pictures or sound_first else ANY_ROOM, before)
        found.unknown.append((place, end if after is None else after))
        place = end if after is None else after
    return found
