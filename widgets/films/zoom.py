"""Which part of a picture is seen: a value, so that zoom and pan can be tested without a window."""

from __future__ import annotations

from dataclasses import dataclass, replace

CLOSEST = 8.0


@dataclass(frozen=True, slots=True)
class Zoom:
    """`factor` 1 is the whole picture; `left` and `top` are shares (0 to 1) of the picture that are cut off."""

    factor: float = 1.0
    left: float = 0.0
    top: float = 0.0

    @property
    def share(self) -> float:
        """How much of the picture's width and height is seen."""
        return 1 / self.factor

    def by(self, factor: float, x: float = 0.5, y: float = 0.5) -> Zoom:
        """Closer, or farther below 1; what is under (x, y), shares of what is seen, stays there."""
        now = min(max(self.factor * factor, 1.0), CLOSEST)
        grown = self.share - 1 / now
        return Zoom(now, self.left + x * grown, self.top + y * grown).held()

    def moved(self, x: float, y: float) -> Zoom:
        """Another part, by shares of what is seen."""
        return replace(self, left=self.left + x * self.share, top=self.top + y * self.share).held()

    def held(self) -> Zoom:
        """Not past the picture's edges."""
        most = 1 - self.share
        return replace(self, left=min(max(self.left, 0.0), most), top=min(max(self.top, 0.0), most))


WHOLE = Zoom()
