"""Points that would cover one another are drawn once: which of them, so that a paint costs what is in sight."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from app.model.timecode import Micros


def apart(starts: Sequence[Micros], left: Micros, right: Micros, least: Micros) -> list[int]:
    """Places, from 0, of ascending `starts` in [left, right], leaving out those within `least` µs after one given.

    What is left out would be drawn over its neighbor; the work grows with the pixels in sight, not with the starts.
    """
    at, end = bisect_left(starts, left), bisect_right(starts, right)
    found = []
    while at < end:
        found.append(at)
        at = bisect_left(starts, starts[at] + least, at + 1, end)
    return found
