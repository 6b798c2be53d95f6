"""Whether the pictures of a film came that should have come: by the camera's rate, on the clock of filming.

The clock stands still while the computer sleeps: that is told as sleep.

Counted in blocks of two seconds, so that a picture which came a little late is none that is missing. What is missing is
the computer's when it was not keeping up in that block, else the camera's. A camera that gives fewer pictures than it
promised, but evenly (a dim room), is slow, and nothing is missing.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.model.timecode import SECOND, Micros

BLOCK: Micros = 2 * SECOND
#: pictures short in a block that are still no loss: where blocks begin, and clocks that are not quite the same
SLACK = 1.5
#: how much of it is carried on into the next block
CARRIED = 0.9
#: pictures are even when the longest gap is at most so many mean ones, and enough to see a movement
EVEN, LEAST_FPS = 2.2, 5.0


@dataclass(frozen=True, slots=True)
class Short:
    """What a film lacks so far: time whose pictures the computer lost, and time without any from the camera.

    `pictures` is both together, counted.
    """

    pictures: int = 0
    late: Micros = 0
    absent: Micros = 0

    def __add__(self, other: Short) -> Short:
        return Short(self.pictures + other.pictures, self.late + other.late, self.absent + other.absent)


@dataclass
class _Block:
    """`before` is when the last picture before it came."""

    start: Micros
    before: Micros
    kept: int = 0
    lost: int = 0  # dropped: the computer's whatever else is so
    strained: bool = False
    longest: Micros = 0


class Attendance:
    """One film; begins with its first picture. Times are ascending."""

    def __init__(self, fps: float) -> None:
        self._gap = SECOND / fps
        self._block: _Block | None = None
        self._carry = 0.0
        self._sure = Short()  # up to the last picture
        self._tail = Short()  # after it: missing only when another comes
        self._dropped = 0  # after it: lost whether or not another comes

    @property
    def short(self) -> Short:
        """What is missing up to now. A camera that gives nothing at all may be lost, which is told otherwise."""
        return self._sure + Short(round(self._tail.late / self._gap), self._tail.late)

    def came(self, at: Micros) -> None:
        """A picture that is kept."""
        block = self._until(at)
        block.kept += 1
        block.longest = max(block.longest, at - block.before)
        block.before = at
        self._sure, self._tail, self._dropped = self._sure + self._tail, Short(), 0

    def dropped(self, at: Micros) -> None:
        """A picture came that could not be kept."""
        block = self._until(at)
        block.lost += 1
        self._dropped += 1
        block.strained = True

    def strained(self) -> None:
        """The computer is not keeping up now."""
        if self._block is not None:
            self._block.strained = True

    @property
    def is_strained(self) -> bool:
        """Whether it was so said in the block that goes on."""
        return self._block is not None and self._block.strained

    def look(self, now: Micros) -> None:
        """Time went by, whether anything came or not."""
        if self._block is not None:
            self._until(now)

    def end(self) -> Short:
        """What is missing within the film, from its first picture to its last."""
        block = self._block
        if block is not None and block.kept:
            self._sure += self._missing(block, block.before)
        else:
            self._sure += self._lost(self._dropped, is_late=True)
        self._block, self._tail = None, Short()
        return self._sure

    def _until(self, at: Micros) -> _Block:
        """The block in which `at` lies; those before it are counted."""
        if self._block is None:
            self._block = _Block(at, at)
        while at >= self._block.start + BLOCK:
            over = self._block
            self._close(over, over.start + BLOCK)
            self._block = _Block(over.start + BLOCK, over.before, strained=over.strained and not over.kept)
        return self._block

    def _close(self, block: _Block, end: Micros) -> None:
        """What is missing in it before its last picture is so for good; what is missing after that may be the end."""
        found = self._missing(block, end)
        after = found.pictures
        if block.kept:
            after = min(max(round((end - block.before) / self._gap) - 1, 0), found.pictures - block.lost)
            self._dropped = 0
        self._sure += self._lost(found.pictures - after, is_late=block.strained)
        self._tail += self._lost(after, is_late=block.strained)

    def _lost(self, pictures: int, *, is_late: bool) -> Short:
        time = round(pictures * self._gap)
        return Short(pictures, late=time) if is_late else Short(pictures, absent=time)

    def _missing(self, block: _Block, end: Micros) -> Short:
        due = (end - block.start) / self._gap
        lacking = due - block.kept + self._carry
        fps = block.kept * SECOND / max(end - block.start, 1)
        longest = max(block.longest, end - block.before)
        is_even = fps >= LEAST_FPS and longest <= EVEN * SECOND / fps
        is_slow = is_even and not block.strained and not block.lost
        count = 0 if lacking < SLACK or is_slow else round(lacking)
        count = max(count, block.lost)
        self._carry = min(max(lacking * CARRIED, -1.0), 1.0) if not count and not is_slow else 0.0
        return self._lost(count, is_late=block.strained)
