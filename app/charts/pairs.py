"""Two numbers side by side: how often a target followed, and how often it would at any moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.charts.drawing import SMALL, Bar, Board, Drawing, Line, Pen
from app.charts.profile import NARROW

ROW, HEADING = 28.0, 18.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A target with its sign; shares 0 to 1 or None, each with its words. With a name only it is a heading."""

    name: str
    sign: str = ""
    seen: float | None = None
    base: float | None = None
    seen_words: str = ""
    base_words: str = ""

    @property
    def is_heading(self) -> bool:
        return not (self.seen_words or self.base_words)


def pairs(rows: Sequence[Pair], legend: tuple[str, str], pen: Pen) -> Drawing:
    """The filled bar is what was seen, the hollow one below it the base rate; both on one scale from 0 to 100 %."""
    names, words = (0.40 if pen.width < NARROW else 0.30) * pen.width, 96.0
    whole = pen.width - names - words
    board = Board(pen, sum(HEADING if r.is_heading else ROW for r in rows) + 20)
    board.put(Bar(0, board.height - 12, 9, 7, "muted"))
    x = 14 + board.text(legend[0], 14, board.height - 12, SMALL, "muted") + 16
    board.put(Bar(x, board.height - 12, 9, 7, "paper", edge="muted"))
    board.text(legend[1], x + 14, board.height - 12, SMALL, "muted", room=pen.width - x - 14)
    y = board.height - 20
    for row in rows:
        y -= HEADING if row.is_heading else ROW
        if row.is_heading:
            board.text(row.name, 0, y + 4, SMALL, "muted", room=pen.width)
            continue
        taken = board.swatch(0, y + 15, row.sign)
        board.text(row.name, taken, y + 12, 9, "text", room=names - taken - 8)
        board.put(Line(names, y + 2, names, y + ROW - 2, "line"))
        for share, said, low, solid in ((row.seen, row.seen_words, 15, True), (row.base, row.base_words, 4, False)):
            length = whole * (share or 0.0)
            if length > 0:
                board.put(Bar(names, y + low, length, 8, (row.sign or "muted") if solid else "paper", edge="muted"))
            board.text(said, names + length + 5, y + low + 1, SMALL, "text" if solid else "muted")
    return board.done()
