"""A rating profile: items on their scale, the first rater's sign filled, others' hollow. No sum, no band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.charts.drawing import NAME, SMALL, Board, Drawing, Line, Mark, Pen

NONE = "–"
#: as many points have their number on the axis; of a longer scale some have
MOST_NUMBERS = 11
STEP, HEADING = 19.0, 20.0
#: between the scale's last point and the place of what is no point of it
GAP = 24.0
#: a drawer's width, in points: names need a larger part of it than of a page
NARROW = 400.0
#: the signs of the first rater, the second, and a third: radius and shape
SIGNS = ((3.1, "disc"), (5.0, "ring"), (4.6, "hollow"))
#: share of the width that long names may take from the scale
MOST_OF_NAMES = 0.42


@dataclass(frozen=True, slots=True)
class Rated:
    """One item: its values as written on the scale (or `NONE`, or empty), by rater; with a name only a heading.

    `shape` is the first rater's sign: disc for an adult, diamond for the child.
    """

    name: str
    values: tuple[str, ...] = ()
    dimension: str = ""
    word: str = ""
    shape: str = "disc"


def profile(rows: Sequence[Rated], scale: Sequence[str], legend: Sequence[str], pen: Pen) -> Drawing:
    """`legend` names the raters, then says what the scale is.

    What is no point of the scale stands apart, right of it: it is neither less nor more.
    """
    height = sum(STEP if row.values else HEADING for row in rows) + 46
    board = Board(pen, height)
    words = 0.24 * pen.width
    longest = max((pen.measure(row.name, NAME) + 8 for row in rows if row.values), default=0.0)
    names = min(max((0.36 if pen.width < NARROW else 0.30) * pen.width, longest), MOST_OF_NAMES * pen.width)
    end = pen.width - words - 18
    step = (end - GAP - names - 12) / max(len(scale) - 1, 1)
    places = {**{v: names + 12 + step * n for n, v in enumerate(scale)}, NONE: end}
    top, low = height - 20, 26.0
    every = max(1, -(-(len(scale) - 1) // (MOST_NUMBERS - 1)))
    for n, (value, x) in enumerate(places.items()):
        if value != NONE and n % every and n != len(scale) - 1:
            continue
        board.put(Line(x, low, x, top, "line", dash=(1.5, 2) if value == NONE else None))
        board.text(value, x, top + 6, SMALL, "muted", centered=True)
    y = top
    for row in rows:
        y -= STEP if row.values else HEADING
        if not row.values:
            board.text(row.name, 0, y + 5, SMALL, "muted", room=names - 6)
            continue
        middle = y + STEP - 11
        board.text(row.name, 0, middle - 3.2, NAME, "text", room=names - 6)
        board.swatch(pen.width - words + 12, middle, row.dimension)
        board.text(row.word, pen.width - words + 24, middle - 3, SMALL, "text", room=words - 24)
        _marks(board, [places.get(v) for v in row.values], middle, row, is_scaled=NONE not in row.values)
    _legend(board, legend, len(legend) - 1)
    return board.done()


def _marks(board: Board, at: list[float | None], y: float, row: Rated, *, is_scaled: bool) -> None:
    """Two that are apart have a line between them, which ends where a hollow sign begins."""
    color = row.dimension or "muted"
    signs = ((3.1 if row.shape == "disc" else 4.4, row.shape), *SIGNS[1:])
    there = [(x, *sign) for x, sign in zip(at, signs, strict=False) if x is not None]
    if is_scaled and len({x for x, *_ in there}) == 2:
        low, high = min(there), max(there)
        begin, end = (0 if shape == row.shape else radius for _, radius, shape in (low, high))
        board.put(Line(low[0] + begin, y, high[0] - end, y, "edge", 0.8))
    for x, radius, shape in there:
        board.put(Mark(x, y, radius, shape, color))


def _legend(board: Board, words: Sequence[str], raters: int) -> None:
    x = 0.0
    for n in range(raters):
        radius, shape = SIGNS[n]
        board.put(Mark(x + 4, 9, radius, shape, "muted"))
        x += 12 + board.text(words[n], x + 12 + 2 * n, 6, SMALL, "muted") + 14 + 4 * n
    board.text(words[-1], x, 6, SMALL, "muted", room=board.pen.width - x)
