"""Times on a common axis: one thin stroke each, the median as a taller one; and values from meeting to meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.charts.drawing import SMALL, Board, Drawing, Line, Mark, Pen

#: strokes nearer to each other than this are one
GRAIN = 0.25
#: signs of the first, second and third coder
SIGNS = (("disc", 2.8), ("ring", 3.6), ("hollow", 4.4))


@dataclass(frozen=True, slots=True)
class TimeStrip:
    """One row: its name, its times, their median or None, and the words at the right end."""

    name: str
    times: Sequence[float]
    median: float | None
    words: str


def strips(rows: Sequence[TimeStrip], end: float, ticks: Sequence[tuple[float, str]], pen: Pen) -> Drawing:
    """A row of strokes each from 0 to `end`; `ticks` are (place, words) along the axis."""
    names, words = 0.30 * pen.width, 0.22 * pen.width
    whole = pen.width - names - words - 12
    board = Board(pen, 20.0 * len(rows) + 24)
    low, top = 20.0, board.height - 4
    for at, text in ticks:
        x = names + whole * at / end
        board.put(Line(x, low, x, top, "line"))
        board.text(text, x, low - 12, SMALL, "muted", centered=True)
    for n, row in enumerate(rows):
        y = top - 20 * n - 10
        board.text(row.name, 0, y - 3, 9, "text", room=names - 8)
        for x in sorted({round(whole * min(at, end) / end / GRAIN) for at in row.times}):
            board.put(Line(names + x * GRAIN, y - 4, names + x * GRAIN, y + 4, "muted", 0.9))
        if row.median is not None:
            x = names + whole * min(row.median, end) / end
            board.put(Line(x, y - 8, x, y + 8, "text", 2))
        board.text(row.words, pen.width - words, y - 3, SMALL, "text", room=words)
    return board.done()


@dataclass(frozen=True, slots=True)
class Track:
    """One measure: its name, its sign (a dimension's letter or none), and each coder's value by meeting or None."""

    name: str
    sign: str
    values: Sequence[Sequence[float | None]]


def tracks(
    rows: Sequence[Track], days: Sequence[str], coders: Sequence[str], words: Callable[[float], str], pen: Pen
) -> Drawing:
    """Values from meeting to meeting, each measure in a band of its own on the scale that all bands share.

    The scale runs from 0 to the greatest value. `words` writes a value of the first coder; the table has the others'.
    `coders` are named when there are several.
    """
    band, foot = 46.0, 18.0
    head = 16.0 if len(coders) > 1 else 0.0
    board = Board(pen, band * len(rows) + foot + head)
    names = 0.30 * pen.width
    most = max([1e-9, *(v for row in rows for line in row.values for v in line if v is not None)])
    step = (pen.width - names - 44) / max(len(days) - 1, 1)
    at = [names + 22 + step * n for n in range(len(days))]
    if head:
        signs = [Mark(0, 0, radius, shape, "muted") for shape, radius in SIGNS]
        board.legend(0, board.height - 11, list(zip(signs, coders, strict=False)))
    for n, row in enumerate(rows):
        low = board.height - head - band * (n + 1) + 6
        board.put(Line(names, low, pen.width, low, "line"))
        taken = board.swatch(0, low + 10, row.sign)
        board.text(row.name, taken, low + 7, 9, "text", room=names - taken - 8)
        placed = [
            [None if v is None else (x, low + 24 * v / most) for x, v in zip(at, line, strict=True)]
            for line in row.values
        ]
        for coder, line in enumerate(placed):
            _track(board, line, coder, row.sign or "muted")
        for place, value in enumerate(row.values[0] if row.values else ()):
            if value is not None:  # above every sign of that day
                high = max(spot[1] for line in placed if (spot := line[place]) is not None)
                board.text(words(value), at[place], high + 6, SMALL, "text", centered=True)
    for x, day in zip(at, days, strict=True):
        board.text(day, x, 4, SMALL, "muted", centered=True)
    return board.done()


def _track(board: Board, placed: Sequence[tuple[float, float] | None], coder: int, color: str) -> None:
    """Signs joined from one meeting to the next; nothing is drawn over a meeting without a value."""
    shape, radius = SIGNS[coder % len(SIGNS)]
    for one, other in pairwise(placed):
        if one is not None and other is not None:
            board.put(Line(*one, *other, color, 1.1, (3, 2) if coder else None))
    for place in placed:
        if place is not None:
            board.put(Mark(*place, radius, shape, color))
