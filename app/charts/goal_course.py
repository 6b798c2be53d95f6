"""How a goal stood in the course of time: five sentences one above another, and the days on which it was looked at.

What whom it is of says and what the worker says are two signs beside each other; nothing is made of the two, and no
level has a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.charts.drawing import SMALL, Board, Drawing, Line, Mark, Pen

ROW, LEGEND, FOOT = 27.0, 18.0, 18.0
#: shares of the width for the sentences at the left, and at the right for where it began and where one wants to be
SENTENCES, ENDS = 0.36, 0.15
#: the worker's sign goes around the other one where both chose the same
OWN, WORKER = 3.6, 6.6
LINE = 10.5


@dataclass(frozen=True, slots=True)
class Looked:
    """One day: `at` is its share of the time (0 to 1); the places of the levels are None where none was chosen."""

    at: float
    own: int | None
    worker: int | None


@dataclass(frozen=True, slots=True)
class CourseWords:
    """What stands around the chart: whose sign is whose, and at which level stands *where it began* and *the wish*.

    `shape` is the sign of whom the goal is of: a diamond for a child, a disc for others.
    """

    own: str
    worker: str
    shape: str = "diamond"
    ends: tuple[tuple[int, str], ...] = ()


def course(
    levels: Sequence[str], looked: Sequence[Looked], ticks: Sequence[tuple[float, str]], words: CourseWords, pen: Pen
) -> Drawing:
    """The first level is the lowest; `ticks` are (share of the time, words) along the axis."""
    board = Board(pen, ROW * len(levels) + LEGEND + FOOT)
    names, ends = SENTENCES * pen.width, ENDS * pen.width
    left, right = names + 12, pen.width - ends - 12

    def x_of(at: float) -> float:
        return left + 8 + (right - left - 16) * at

    def y_of(place: int) -> float:
        return FOOT + ROW * (place + 0.5)

    _axis(board, [(x_of(at), text) for at, text in ticks], y_of(len(levels) - 1) + 8)
    for place, sentence in enumerate(levels):
        board.put(Line(left, y_of(place), right, y_of(place), "line"))
        _lines(board, sentence or "–", 0, y_of(place), names)
    for place, said in words.ends:
        _lines(board, said, right + 8, y_of(place), ends, "muted")
    _track(board, [(x_of(d.at), y_of(d.worker)) for d in looked if d.worker is not None], "ring", WORKER)
    _track(board, [(x_of(d.at), y_of(d.own)) for d in looked if d.own is not None], words.shape, OWN)
    signs: list[tuple[Mark | str, str]] = [
        (Mark(0, 0, OWN, words.shape, "text"), words.own),
        (Mark(0, 0, WORKER - 2.2, "ring", "muted"), words.worker),
    ]
    board.legend(left, board.height - 11, signs)
    return board.done()


def _axis(board: Board, ticks: Sequence[tuple[float, str]], top: float) -> None:
    """Ticks with their words; a word that would touch the one before it is left out."""
    end = 0.0
    for x, text in ticks:
        board.put(Line(x, FOOT - 3, x, top, "line"))
        half = board.pen.measure(text, SMALL) / 2
        if x - half > end:
            board.text(text, x, 4, SMALL, "muted", centered=True)
            end = x + half + 6


def _lines(board: Board, words: str, x: float, y: float, room: float, color: str = "text") -> None:
    """Words on two lines at most around `y`; the table beside has them whole."""
    first, rest = _split(board.pen, words, room)
    if not rest:
        board.text(first, x, y - 3, SMALL, color, room=room)
        return
    board.text(first, x, y + 2, SMALL, color, room=room)
    kept = rest
    while board.pen.measure(kept + "…", SMALL) > room and kept != "" and board.pen.measure(rest, SMALL) > room:
        kept = kept[:-1].rstrip()
    board.text(rest if kept == rest else kept + "…", x, y + 2 - LINE, SMALL, color)


def _split(pen: Pen, words: str, room: float) -> tuple[str, str]:
    """As many words as there is room for, and the others."""
    parts = words.split()
    taken = 1
    while taken < len(parts) and pen.measure(" ".join(parts[: taken + 1]), SMALL) <= room:
        taken += 1
    return " ".join(parts[:taken]), " ".join(parts[taken:])


def _track(board: Board, places: Sequence[tuple[float, float]], shape: str, radius: float) -> None:
    """Signs, joined from one day to the next; of the worker's the line is broken."""
    color, dash = ("muted", (3.0, 2.0)) if shape == "ring" else ("text", None)
    for one, other in pairwise(places):
        board.put(Line(*one, *other, color, 0.9, dash))
    for place in places:
        if shape == "ring":
            board.put(Mark(*place, radius - 0.7, "disc", "paper"))
        board.put(Mark(*place, radius, shape, color))
