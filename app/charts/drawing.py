"""What a chart is drawn with. Lengths in points, the origin at the lower left, as on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

#: how wide a text is in a size
Measure: TypeAlias = Callable[[str, float], float]

#: sizes of text: what is named, what is read beside a mark
NAME, SMALL = 9.5, 8.5
#: bars from dark to light, some hatched: no two alike without color, and as on the timeline the third is hatched
SHADES = ("shade0", "shade1", "shade2", "shade3", "shade4")
HATCHES = ("", "", "rising", "falling", "level")
#: the shades on paper and on the light screen
ON_PAPER = ("#4A5257", "#AEB5B9", "#D9DCDE", "#FFFFFF", "#8A9299")
DIMENSIONS = "SENCR"


@dataclass(frozen=True, slots=True)
class Line:
    """`color` here and below is a token: text, muted, line, edge, paper, a dimension's letter, or one of `SHADES`."""

    x1: float
    y1: float
    x2: float
    y2: float
    color: str
    width: float = 0.5
    dash: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled box; with `hatch` (rising, falling, level) lines in it, with `edge` a line around it."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    hatch: str = ""
    edge: str = ""
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign at a place: disc, ring, diamond or open diamond (`hollow`)."""

    x: float
    y: float
    radius: float
    shape: str
    color: str


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text with its baseline at `y`; `x` is its left edge, or its middle when `centered`."""

    text: str
    x: float
    y: float
    size: float
    color: str
    centered: bool = False


@dataclass(frozen=True, slots=True)
class Oval:
    """A line around a place, `wide` to each side and `high` up and down."""

    x: float
    y: float
    wide: float
    high: float
    color: str
    width: float = 0.5


Shape: TypeAlias = Line | Bar | Mark | Label | Oval


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order of drawing, in a box of `width` by `height` points."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Pen:
    """The width there is, how texts are measured, and the smallest size in which text may be set."""

    width: float
    measure: Measure
    least: float = 7.5


class Board:
    """A drawing being made. Places, sizes and widths are points: 1/72 inch on paper, one unit on the screen."""

    def __init__(self, pen: Pen, height: float) -> None:
        self.pen, self.height = pen, height
        self._shapes: list[Shape] = []

    def done(self) -> Drawing:
        return Drawing(self.pen.width, self.height, tuple(self._shapes))

    def put(self, *shapes: Shape) -> None:
        self._shapes += shapes

    def text(
        self, words: str, x: float, y: float, size: float, color: str, *, room: float = 0.0, centered: bool = False
    ) -> float:
        """A line of text; returns its width.

        With too little room it is a little smaller, then cut short: the table beside has it whole.
        """
        width = self.pen.measure(words, size)
        if room and width > room:
            size = max(size * room / width, min(size, self.pen.least))
            words = self._shortened(words, size, room)
            width = self.pen.measure(words, size)
        self.put(Label(words, x, y, size, color, centered))
        return width

    def _shortened(self, words: str, size: float, room: float) -> str:
        if self.pen.measure(words, size) <= room:
            return words
        while words and self.pen.measure(words + "…", size) > room:
            words = words[:-1].rstrip()
        return words + "…"

    def right(self, words: str, x: float, y: float, size: float, color: str) -> None:
        """A line of text that ends at `x`."""
        self.put(Label(words, x - self.pen.measure(words, size), y, size, color))

    def swatch(self, x: float, y: float, letter: str) -> float:
        """The small square of a dimension's color or of a state's shade around `y`; returns the room that it takes."""
        if letter and letter in DIMENSIONS:
            self.put(Bar(x, y - 3.5, 7, 7, letter, radius=1.5))
        elif letter in SHADES:
            self.put(Bar(x, y - 4, 9, 8, letter, HATCHES[SHADES.index(letter)], "muted"))
            return 13.0
        return 12.0 if letter and letter in DIMENSIONS else 0.0

    def legend(self, x: float, y: float, entries: Sequence[tuple[Mark | str, str]]) -> None:
        """Signs with their words on one line from `x`; a sign is a mark, placed here, or a swatch's token."""
        for sign, words in entries:
            if isinstance(sign, Mark):
                self.put(Mark(x + 5, y + 3, sign.radius, sign.shape, sign.color))
                x += 14
            else:
                x += self.swatch(x, y + 3, sign) + (2 if sign else 0)
            x += self.text(words, x, y, SMALL, "muted") + 16
