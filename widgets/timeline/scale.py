"""Between time and pixels: a value, so that zoom and pan can be tested without a window."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.timecode import SECOND, Micros

#: widths between two ticks of the ruler, in seconds
STEPS = (0.04, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
LEAST_TICK = 76  # pixels
CLOSEST = 400.0  # µs per pixel: a frame of 40 ms is 100 pixels wide


@dataclass(frozen=True, slots=True)
class Scale:
    """`left` is the time at x = 0 and `per_pixel` the µs of one pixel; `first` to `length` is what there is to show."""

    left: float
    per_pixel: float
    width: int
    length: Micros
    first: Micros = 0

    def x_of(self, time: Micros) -> float:
        return (time - self.left) / self.per_pixel

    def time_at(self, x: float) -> Micros:
        return round(self.left + x * self.per_pixel)

    @property
    def right(self) -> float:
        return self.left + self.width * self.per_pixel

    def zoomed(self, factor: float, x: float) -> Scale:
        """`factor` above 1 shows less time; the time under `x` stays under it."""
        widest = max((self.length - self.first) * 1.02 / max(self.width, 1), CLOSEST)
        per_pixel = min(max(self.per_pixel / factor, CLOSEST), widest)
        return replace(self, left=self.left + x * (self.per_pixel - per_pixel), per_pixel=per_pixel).held()

    def panned(self, pixels: float) -> Scale:
        return replace(self, left=self.left + pixels * self.per_pixel).held()

    def resized(self, width: int) -> Scale:
        """The same stretch of time in another width: what was in sight stays in sight, also beside an open drawer."""
        width = max(width, 1)
        return replace(self, width=width, per_pixel=max(self.per_pixel * self.width / width, CLOSEST)).held()

    def showing(self, time: Micros, margin: float = 0.08) -> Scale:
        """Moved so that `time` is in sight; unmoved when it is. Going right it turns a page."""
        span = self.width * self.per_pixel
        if self.left <= time <= self.right - span * margin / 2:
            return self
        return replace(self, left=time - span * margin).held()

    def held(self) -> Scale:
        """Not past the ends."""
        span = self.width * self.per_pixel
        first = float(self.first)
        most = max(self.length + (self.length - first) * 0.01 - span, first)
        return replace(self, left=min(max(self.left, first), most))

    def ticks(self) -> tuple[list[Micros], bool]:
        """Times of the ruler's marks in sight, and whether they need fractions of a second."""
        step = next((s for s in STEPS if s * SECOND / self.per_pixel >= LEAST_TICK), STEPS[-1])
        micros = round(step * SECOND)
        first = int(self.left // micros)
        return [n * micros for n in range(first, int(self.right // micros) + 1)], step < 1


def fitted(length: Micros, width: int, most_seconds: float = 75.0, first: Micros = 0) -> Scale:
    """A first look: the start of the films, at most `most_seconds` of them."""
    end = max(length, first + SECOND)
    span = min(end - first, most_seconds * SECOND)
    return Scale(float(first), span / max(width, 1), max(width, 1), end, first).held()
