"""How long nobody filmed between two files of one recording, or both did, where their own clocks say so.

Two clocks are believed. Timestamps that go on from file to file (transport streams, and fragments that say when they
were decoded): a file whose own clock begins anew begins where the file before it began, and never behind its end. And a
timecode (SMPTE ST 12-1), which counts pictures: where a camera lets it run, it tells what is missing to the picture.
When a file says that it was made is not believed: it is told to the second, of the beginning by some and of the end by
others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Protocol

from app.model.timecode import SECOND
from video.open.parting import LONGEST_WAIT

#: a file begins where the one before it ends when it does so within so many pictures
NEAR = 1.5
_TIMECODE = re.compile(r"(\d\d):([0-5]\d):([0-5]\d)([:;.,])(\d\d)")
#: of each 30 pictures a second, so many numbers are left out in every minute but each tenth
_LEFT_OUT, _OF = 2, 30


class Clocked(Protocol):
    """What is asked of a file: its pictures' times in ticks of `time_base`, and its timecode in seconds."""

    @property
    def time_base(self) -> Fraction: ...
    @property
    def gap(self) -> int: ...
    @property
    def stamps_first(self) -> int: ...
    @property
    def stamps_end(self) -> int: ...
    @property
    def timecode(self) -> Fraction | None: ...


def timecode_of(film: Any) -> Fraction | None:
    """When the first picture was taken by the timecode of an opened film, in seconds; None without one."""
    streams = (film.pictures, *film.container.streams.data)
    found = next(
        (said for s in streams if (said := s.metadata.get("timecode"))), film.container.metadata.get("timecode")
    )
    rate = film.pictures.average_rate
    return seconds_of(found, rate) if found and rate else None


def seconds_of(timecode: str, rate: Fraction) -> Fraction | None:
    """`01:02:03:04`, or `01:02:03;04` where numbers are left out, in seconds at so many pictures a second."""
    match = _TIMECODE.fullmatch(timecode.strip())
    if match is None:
        return None
    hours, minutes, seconds, picture = (int(match[n]) for n in (1, 2, 3, 5))
    nominal = round(rate)
    count = ((hours * 60 + minutes) * 60 + seconds) * nominal + picture
    if match[4] != ":":
        whole = hours * 60 + minutes
        count -= _LEFT_OUT * (nominal // _OF) * (whole - whole // 10)
    return count / rate


def hole_between(before: Clocked, after: Clocked) -> int:
    """In ticks of the first of them; 0 where none is told, and where it would be longer than anybody waits."""
    near, most = NEAR * before.gap, LONGEST_WAIT / SECOND / before.time_base
    return next((wait for wait in _waits(before, after) if near < wait <= most), 0)


def overlap_of(before: Clocked, after: Clocked) -> int:
    """How long before the end of one file the next begins, in ticks of the first; 0 where their clocks do not say it.

    A clock that begins anew falls back by more than half of the file.
    """
    most = min(LONGEST_WAIT / SECOND / before.time_base, (before.stamps_end - before.stamps_first) / 2)
    return next((-wait for wait in _waits(before, after) if before.gap / 2 < -wait <= most), 0)


def _waits(before: Clocked, after: Clocked) -> Iterator[int]:
    """What each clock that both have says, in ticks of the first: from the end of the one to the first of the next."""
    clock = before.time_base
    if before.time_base == after.time_base:
        yield after.stamps_first - before.stamps_end
    if before.timecode is not None and after.timecode is not None:
        length = (before.stamps_end - before.stamps_first) * clock
        yield round((after.timecode - before.timecode - length) / clock)
