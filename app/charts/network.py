"""The close network as a map: the child in the middle, who lives at home around it, close ones farther out.

A line tells how it is between them: thick for close, thin where they meet, dashed where it is broken off.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.charts.drawing import SMALL, Bar, Board, Drawing, Line, Mark, Oval, Pen

#: share of the width that the inner and the outer ring take, and how much lower than wide they are
INNER, OUTER, FLAT = 0.27, 0.45, 0.60
HEIGHT, LEGEND, TOP = 0.64, 26.0, 16.0
WIDEST = 420.0
LINES: dict[str, tuple[float, tuple[float, float] | None]] = {
    "tight": (1.9, None), "met": (0.8, None), "broken": (0.8, (2.0, 2.6))
}  # fmt: skip
_RADIUS = 4.0


@dataclass(frozen=True, slots=True)
class Knot:
    """Somebody on the map: `ring` is `home` or `close`, `bond` a key of `LINES`."""

    name: str
    ring: str
    bond: str
    is_child: bool = False


@dataclass(frozen=True, slots=True)
class MapWords:
    """What stands on the map: the rings' names, and the lines' by their keys."""

    home: str
    close: str
    bonds: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float

    def meets(self, other: _Box) -> bool:
        apart_x = self.x + self.width <= other.x or other.x + other.width <= self.x
        apart_y = self.y + self.height <= other.y or other.y + other.height <= self.y
        return not (apart_x or apart_y)


def network(child: str, knots: Sequence[Knot], words: MapWords, pen: Pen) -> Drawing:
    """The map of one child. Places follow from the order of `knots` alone, so that it looks the same each time."""
    width = min(pen.width, WIDEST)
    board = Board(pen, width * HEIGHT + LEGEND + TOP)
    middle = (pen.width / 2, LEGEND + width * HEIGHT / 2)
    rings = {"home": INNER * width, "close": OUTER * width}
    for ring in ("close", "home"):
        board.put(Oval(*middle, rings[ring], rings[ring] * FLAT, "line"))
    placed = [(knot, _place(middle, rings[knot.ring], turn)) for knot, turn in _turns(knots)]
    for knot, place in placed:
        thick, dash = LINES[knot.bond]
        board.put(_between(middle, place, thick, dash))
    taken = [_mark_box(place) for place in (middle, *(place for _, place in placed))]
    taken += [box for _, place in placed for box in _line_boxes(middle, place)]
    for ring, name in (("home", words.home), ("close", words.close)):
        taken.append(_ring_name(board, middle[0], middle[1] - rings[ring] * FLAT, name))
    _name(board, child, middle, taken, below=True)
    board.put(Mark(*middle, _RADIUS + 1, "diamond", "text"))
    for knot, place in placed:
        board.put(Mark(*place, _RADIUS, "diamond" if knot.is_child else "disc", "text"))
        _name(board, knot.name, place, taken, below=place[1] < middle[1])
    _legend(board, words, sorted({knot.bond for knot in knots}, key=list(LINES).index))
    return board.done()


def _turns(knots: Sequence[Knot]) -> Iterable[tuple[Knot, float]]:
    """Each with its place around its ring, 0 to 1 from the left by the top; the outer ones stand between the inner."""
    home = [k for k in knots if k.ring == "home"]
    close = [k for k in knots if k.ring == "close"]
    for number, knot in enumerate(home):
        yield knot, (number + 0.5) / len(home) * 0.8 + 0.02
    for number, knot in enumerate(close):
        yield knot, (number + 0.15) / len(close) * 0.9 - 0.06


def _place(middle: tuple[float, float], radius: float, turn: float) -> tuple[float, float]:
    angle = math.pi - turn * 2 * math.pi
    return middle[0] + radius * math.cos(angle), middle[1] + radius * FLAT * math.sin(angle)


def _between(
    middle: tuple[float, float], place: tuple[float, float], thick: float, dash: tuple[float, float] | None
) -> Line:
    """A line that leaves both marks free."""
    dx, dy = place[0] - middle[0], place[1] - middle[1]
    length = math.hypot(dx, dy)
    near, far = 9 / length, 1 - 8 / length
    return Line(
        middle[0] + dx * near, middle[1] + dy * near, middle[0] + dx * far, middle[1] + dy * far, "text", thick, dash
    )


def _mark_box(place: tuple[float, float]) -> _Box:
    return _Box(place[0] - 6, place[1] - 6, 12, 12)


def _line_boxes(middle: tuple[float, float], place: tuple[float, float]) -> Iterable[_Box]:
    """Along a line, so that no name lies across it where there is room elsewhere."""
    dx, dy = place[0] - middle[0], place[1] - middle[1]
    steps = max(int(math.hypot(dx, dy) / 5), 1)
    for n in range(2, steps - 1):
        yield _Box(middle[0] + dx * n / steps - 1.5, middle[1] + dy * n / steps - 1.5, 3, 3)


def _ring_name(board: Board, x: float, y: float, name: str) -> _Box:
    """On the ring at its foot, with the ring taken away behind it."""
    width = board.pen.measure(name, SMALL)
    box = _Box(x - width / 2 - 5, y - 5, width + 10, 11)
    board.put(Bar(box.x, box.y, box.width, box.height, "paper"))
    board.text(name, x, y - 3, SMALL, "muted", centered=True)
    return box


def _name(board: Board, name: str, place: tuple[float, float], taken: list[_Box], *, below: bool) -> None:
    """Beside its mark where nothing stands yet: above or below it, to its right or its left."""
    x, y = place
    room = board.pen.width * 0.36
    width = min(board.pen.measure(name, SMALL), room)
    left = min(max(x - width / 2, 0), board.pen.width - width)
    spots = [(left, y - 16), (left, y + 8)]
    sides = [(x + 9, y - 3), (x - 9 - width, y - 3), (x + 5, y - 15), (x - 5 - width, y - 15), (x + 5, y + 7)]
    boxes = [_Box(a, b - 2, width, 11) for a, b in (*(spots if below else reversed(spots)), *sides)]
    inside = [b for b in boxes if b.x >= 0 and b.x + b.width <= board.pen.width]
    box = min(inside or boxes, key=lambda b: sum(b.meets(t) for t in taken))
    taken.append(box)
    board.text(name, box.x, box.y + 2, SMALL, "text", room=room)


def _legend(board: Board, words: MapWords, bonds: Sequence[str]) -> None:
    x = 2.0
    for bond in bonds:
        thick, dash = LINES[bond]
        board.put(Line(x, 8, x + 16, 8, "text", thick, dash))
        x += 21 + board.text(words.bonds[bond], x + 21, 5, SMALL, "muted") + 14
