"""Bars: a grid of them on one common scale, one below another, and shares of a whole beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.charts.drawing import HATCHES, NAME, SHADES, SMALL, Bar, Board, Drawing, Line, Pen

ROW, HEAD = 18.0, 24.0
#: room that a value's words take behind its bar
WORDS = 32.0


@dataclass(frozen=True, slots=True)
class Head:
    """A column's name with its sign: a dimension's letter, a shade, or none."""

    word: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A bar's length, in whatever the chart counts, and the words behind it."""

    value: float
    words: str


def grid(heads: Sequence[Head], rows: Sequence[tuple[str, Sequence[Cell]]], pen: Pen, *, most: float = 1.0) -> Drawing:
    """A column of bars per head, a row per name; the longest bar, or `most` if that is more, fills its column.

    `most` counts what the cells count.

    Where the columns are too narrow for their heads, these stand on steps above them.
    """
    names = 0.30 * pen.width
    column = (pen.width - names) / max(len(heads), 1)
    stepped = any(pen.measure(h.word, SMALL) > column - 14 for h in heads) and pen.least >= SMALL
    above = 12.0 * (len(heads) - 1) if stepped else 0.0
    board = Board(pen, ROW * len(rows) + HEAD + above)
    top = board.height - 20 - above
    for n, head in enumerate(heads):
        x = names + n * column
        up = 12.0 * (len(heads) - 1 - n) if stepped else 0.0
        if up:
            board.put(Line(x, top, x, top + 5 + up, "line"))
        if stepped:  # the last may lean back over its own place, so that its word is whole
            x = max(min(x, pen.width - 13 - pen.measure(head.word, SMALL)), 0.0)
        taken = board.swatch(x, top + 9 + up, head.sign)
        room = pen.width - x - taken if stepped else column - 14
        board.text(head.word, x + (11 if taken == 12 else taken), top + 6 + up, SMALL, "text", room=room)
    most = max([most, *(c.value for _, cells in rows for c in cells)])
    for line, (name, cells) in enumerate(rows):
        y = top - ROW * line - 10
        board.text(name, 0, y - 3, 9, "text", room=names - 8)
        for n, (head, cell) in enumerate(zip(heads, cells, strict=False)):
            _bar(board, names + n * column, y, max(column - WORDS, 6) * cell.value / most, (head.sign, cell.words))
    return board.done()


def _bar(board: Board, x: float, y: float, length: float, told: tuple[str, str]) -> None:
    sign, words = told
    board.put(Line(x, y - 5.5, x, y + 5.5, "line"))
    if length > 0:
        shaded = sign in SHADES
        hatch, edge = (HATCHES[SHADES.index(sign)], "muted") if shaded else ("", "")
        board.put(Bar(x, y - 4, length, 8, sign or "muted", hatch, edge))
    board.text(words, x + length + 4, y - 3, SMALL, "muted")


def listed(rows: Sequence[tuple[str, str, float]], pen: Pen) -> Drawing:
    """Shares of a whole one below another, (name, words, 0 to 1), told apart by lightness and hatching."""
    board = Board(pen, 22.0 * len(rows) + 6)
    names, values = 0.30 * pen.width, 92.0
    whole = pen.width - names - values
    for n, (name, words, share) in enumerate(rows):
        y = board.height - 22 * n - 14
        place = n % len(SHADES)
        board.text(name, 0, y - 3, NAME, "text", room=names - 8)
        if share > 0:
            board.put(Bar(names, y - 6.5, whole * share, 13, SHADES[place], HATCHES[place], "muted"))
        board.text(words, names + whole * share + 6, y - 3, SMALL, "muted")
    return board.done()


def stacked(heads: Sequence[Head], rows: Sequence[tuple[str, Sequence[float]]], pen: Pen) -> Drawing:
    """Each row's shares (0 to 1) beside each other on one scale from 0 to 100 %; the heads explain the shades."""
    names = 0.30 * pen.width
    lines = _lines(heads, pen)
    board = Board(pen, ROW * len(rows) + 20 + 14 * len(lines))
    top = board.height - 14 * len(lines)
    for n, entries in enumerate(lines):
        board.legend(0, board.height - 11 - 14 * n, [(h.sign, h.word) for h in entries])
    whole = pen.width - names - 4
    for line, (name, shares) in enumerate(rows):
        y, x = top - ROW * line - 12, names
        board.text(name, 0, y - 3, 9, "text", room=names - 8)
        for head, share in zip(heads, shares, strict=True):
            if share > 0:
                board.put(Bar(x, y - 5.5, whole * share, 11, head.sign, HATCHES[SHADES.index(head.sign)], "muted"))
                x += whole * share
    low = top - ROW * len(rows) - 4
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = names + whole * share
        board.put(Line(x, low, x, low + 4, "edge"))
    board.text("0", names, low - 10, SMALL, "muted", centered=True)
    board.right("100 %", names + whole, low - 10, SMALL, "muted")
    return board.done()


def _lines(heads: Sequence[Head], pen: Pen) -> list[list[Head]]:
    """The heads dealt to as many lines as they need."""
    lines: list[list[Head]] = [[]]
    x = 0.0
    for head in heads:
        width = 14 + pen.measure(head.word, SMALL) + 16
        if x + width > pen.width and lines[-1]:
            lines.append([])
            x = 0.0
        lines[-1].append(head)
        x += width
    return lines
