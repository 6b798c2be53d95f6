"""Which of the computer's screens a picture is shown on for somebody else: never one that shows the own window too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.model.units import Pixels


@dataclass(frozen=True, slots=True)
class Display:
    """A screen: what the computer calls it, and the part of the desktop that it shows, in the desktop's own pixels."""

    name: str
    left: Pixels
    top: Pixels
    width: Pixels
    height: Pixels

    def shares(self, other: Display) -> bool:
        """Whether both show a part of the same desktop, as screens that mirror each other do."""
        across = self.left < other.left + other.width and other.left < self.left + self.width
        return across and self.top < other.top + other.height and other.top < self.top + self.height


def apart_from(own: Display, displays: Iterable[Display]) -> tuple[Display, ...]:
    """The screens on which nothing of `own` is seen, the largest first: that is the one for a room to look at."""
    apart = [d for d in displays if not d.shares(own)]
    return tuple(sorted(apart, key=lambda d: d.width * d.height, reverse=True))
