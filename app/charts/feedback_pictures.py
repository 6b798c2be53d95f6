"""The few pictures by which a child tells how it was: weather, calm faces, stones of a path. Drawn in ink alone.

Each is told apart by its shape, and a word stands below it. No face cries, and none is better than another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeAlias

from app.charts.drawing import Board, Drawing, Line, Mark, Oval, Pen

#: a picture is drawn on a field so wide and high, and then as large as there is room
WIDE, HIGH = 100.0, 84.0
INK, THICK = "text", 2.2
Point: TypeAlias = tuple[float, float]


class _Hand:
    """Draws on the field, enlarged."""

    def __init__(self, board: Board) -> None:
        self._board, self._by = board, board.pen.width / WIDE

    def line(self, *points: Point) -> None:
        by = self._by
        for (x1, y1), (x2, y2) in pairwise(points):
            self._board.put(Line(x1 * by, y1 * by, x2 * by, y2 * by, INK, THICK * by))

    def circle(self, middle: Point, radius: float) -> None:
        by = self._by
        self._board.put(Oval(middle[0] * by, middle[1] * by, radius * by, radius * by, INK, THICK * by))

    def dot(self, middle: Point, radius: float) -> None:
        by = self._by
        self._board.put(Mark(middle[0] * by, middle[1] * by, radius * by, "disc", INK))

    def arc(self, middle: Point, radius: float, degrees: tuple[float, float]) -> None:
        self.line(*_arc(middle, radius, degrees))


def _arc(middle: Point, radius: float, degrees: tuple[float, float]) -> list[Point]:
    """Points of an arc from one angle to another, counter-clockwise from the right."""
    begin, end = (math.radians(d) for d in degrees)
    turns = [begin + (end - begin) * n / 24 for n in range(25)]
    return [(middle[0] + radius * math.cos(a), middle[1] + radius * math.sin(a)) for a in turns]


def _sun(hand: _Hand) -> None:
    hand.circle((50, 42), 15)
    for n in range(8):
        turn = math.radians(45 * n)
        near, far = ((50 + r * math.cos(turn), 42 + r * math.sin(turn)) for r in (21.0, 31.0))
        hand.line(near, far)


def _cloud(hand: _Hand, up: float = 0.0) -> None:
    """One line around: two small arcs, and a large one between them."""
    low = 28 + up
    left, top = _arc((32, low + 11), 11, (270, 100)), _arc((50, low + 19), 17, (160, 20))
    right = _arc((68, low + 11), 11, (80, -90))
    hand.line(*left, *top, *right, (32, low))


def _rain(hand: _Hand) -> None:
    _cloud(hand, 12)
    for x in (36.0, 51.0, 66.0):
        hand.line((x, 32), (x - 6, 16))


def _face(hand: _Hand) -> None:
    hand.circle((50, 42), 32)
    for x in (39.0, 61.0):
        hand.dot((x, 50), 3)


def _glad(hand: _Hand) -> None:
    _face(hand)
    hand.arc((50, 42), 17, (215, 325))


def _calm(hand: _Hand) -> None:
    _face(hand)
    hand.line((39, 29), (61, 29))


def _unheard(hand: _Hand) -> None:
    """The mouth is small and turned a little; the face is calm."""
    _face(hand)
    hand.arc((50, 17), 14, (60, 120))


def _steps(known: int) -> Callable[[_Hand], None]:
    """Stones of a path: those that one knew of are full."""

    def draw(hand: _Hand) -> None:
        stones: Sequence[Point] = ((16, 20), (38, 32), (61, 43), (84, 60))
        for n, stone in enumerate(stones):
            hand.circle(stone, 9)
            if n < known:
                hand.dot(stone, 9)

    return draw


_DRAWN: dict[str, Callable[[_Hand], None]] = {
    "sun": _sun,
    "cloud": _cloud,
    "rain": _rain,
    "face-glad": _glad,
    "face-calm": _calm,
    "face-unheard": _unheard,
    "steps-all": _steps(4),
    "steps-some": _steps(2),
    "steps-none": _steps(0),
}
#: every picture that there is
PICTURES = frozenset(_DRAWN)


def picture(key: str, pen: Pen) -> Drawing:
    """One picture as wide as the pen. A key that there is no picture for is a bug (KeyError)."""
    board = Board(pen, HIGH * pen.width / WIDE)
    _DRAWN[key](_Hand(board))
    return board.done()
