"""Charts as tagged figures: drawn from the shapes of `app.charts`, told in words, and followed by their table.

A chart is of one adult and the child of one meeting; two adults never share an axis, and nothing is summed. What is
told by color is told by a shape, a word or a hatching too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any

from reportlab.lib.colors import HexColor

from app.charts import bars, drawing
from app.charts.drawing import Bar, Drawing, Label, Line, Mark, Oval, Pen
from app.charts.profile import NONE, Rated, profile
from app.i18n import Texts
from app.model.statement import Paragraph
from app.model.units import Points
from app.reports import page_style as look
from app.reports.tagged import Node, TaggedFigure

Cells = tuple[tuple[str, ...], ...]
#: the head's last cell of a profile is its scale; earlier statements have none, and five points
_SCALE = re.compile(r"(-?\d+)–(-?\d+)")
#: rows of one chart: a longer profile is more charts, each whole on its page
MOST_ROWS = 24

SHADES = dict(zip(drawing.SHADES, drawing.ON_PAPER, strict=True))
_INKS = {
    "text": look.TEXT,
    "muted": look.MUTED,
    "line": look.LINE,
    "edge": look.MARK_LINE,
    "paper": HexColor("#FFFFFF"),
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure ready for the page, and the table that says the same."""

    figure: TaggedFigure
    cells: Cells


@dataclass(frozen=True)
class _Wish:
    """What a chart is made from. `word_of` gives the word of a dimension's letter; `width` in points."""

    parent: Node
    source: Paragraph
    word_of: Callable[[str], str]
    texts: Texts
    width: float

    @property
    def rows(self) -> Cells:
        return self.source.cells[1:]

    @property
    def pen(self) -> Pen:
        return pen(self.width)


def pen(width: Points) -> Pen:
    """A page's pen: texts are measured in its own letters."""
    return Pen(width, lambda text, size: look.text_width(text, look.REGULAR, size))


class DrawnFigure(TaggedFigure):
    """A figure that paints a drawing."""

    def __init__(self, node: Node, drawn: Drawing) -> None:
        super().__init__(node, drawn.width, drawn.height)
        self._drawn = drawn
        self.spaceBefore, self.spaceAfter = 6, 8

    def draw(self) -> None:
        paint(self.canv, self._drawn)


def chart(parent: Node, source: Paragraph, word_of: Callable[[str], str], texts: Texts, width: float) -> Chart | None:
    """The chart of a generated paragraph by its source; None for a kind that is not known: its table stands alone.

    `word_of` gives the word of a dimension's letter. `width` in points.
    """
    makers = {"chart/profile": _profile, "chart/tasks": _tasks, "chart/states": _states}
    maker = makers.get("/".join(source.source.split("/")[:2]))
    if maker is None or len(source.cells) < 2:
        return None
    return maker(_Wish(parent, source, word_of, texts, width))


def _profile(w: _Wish) -> Chart:
    """The adult's items on their form's scale, a sign for each whose value it is; no sum, no band.

    They stand between the header's first cell and its last: the workers, the pair's common view, or that and the
    workers for what they see differently. A header that only has the workers' letters says *worker A*. What is a sign
    on the page is a word for who listens, and items without a dimension have no column for it.
    """
    header = w.source.cells[0]
    low, high = _scale(header)
    count = len(header) - 2 if _SCALE.fullmatch(header[-1]) else 2
    rows = [(*row, *[""] * (count + 1))[: count + 2] for row in w.rows]
    scale = w.texts.tr("Scale {low}–{high}; –: no occasion to observe.", low=low, high=high)
    letters = {"A": w.texts.tr("worker A"), "B": w.texts.tr("worker B")}
    raters = [letters.get(who, who) for who in header[1 : count + 1]]
    heard = {NONE: w.texts.tr("no occasion to observe")}
    told = "; ".join(
        f"{item}: " + ", ".join(f"{who} {heard.get(v, v)}" for who, v in zip(raters, values, strict=True) if v)
        for item, *values, _ in rows
    )
    said = w.texts.tr("Scale {low}–{high}.", low=low, high=high)
    node = w.parent.add("Figure", alt=f"{w.source.about}. {said} {told}.")
    rated = [Rated(item, tuple(values), letter, w.word_of(letter)) for item, *values, letter in rows]
    columns = count + (2 if any(letter for *_, letter in rows) else 1)
    table = [(header[0], *raters, w.texts.tr("Dimension")), *((*row[:-1], w.word_of(row[-1])) for row in rows)]
    cells = tuple(row[:columns] for row in table)
    return Chart(
        DrawnFigure(node, profile(rated, [str(v) for v in range(low, high + 1)], (*raters, scale), w.pen)), cells
    )


def _scale(header: Sequence[str]) -> tuple[int, int]:
    found = _SCALE.fullmatch(header[-1])
    return (int(found[1]), int(found[2])) if found else (1, 5)


def parts(source: Paragraph) -> list[Paragraph]:
    """A profile too long for one page as several of its rows, about evenly; anything else as it is."""
    header, rows = source.cells[0], source.cells[1:]
    count = -(-len(rows) // MOST_ROWS)
    if not source.source.startswith("chart/profile") or count < 2:
        return [source]
    size = -(-len(rows) // count)
    return [replace(source, cells=(header, *rows[n : n + size])) for n in range(0, len(rows), size)]


def _tasks(w: _Wish) -> Chart:
    """How many observations each task holds, a column of bars per dimension on one common scale."""
    header, rows = w.source.cells[0], [tuple(row) for row in w.rows]
    heads = [bars.Head(w.word_of(letter), letter) for letter in header[1:]]
    words = tuple(head.word for head in heads)
    told = "; ".join(
        f"{row[0]}: " + ", ".join(f"{word} {value}" for word, value in zip(words, row[1:], strict=False))
        for row in rows
    )  # fmt: skip
    node = w.parent.add("Figure", alt=f"{w.source.about}. {told}.")
    drawn = [(row[0], [bars.Cell(_number(value), value) for value in row[1:]]) for row in rows]
    return Chart(DrawnFigure(node, bars.grid(heads, drawn, w.pen)), ((header[0], *words), *rows))


def _states(w: _Wish) -> Chart:
    """Each state's share of the time as a bar, told apart by lightness and hatching."""
    rows = [(*row, "", "")[:3] for row in w.rows]
    shown = [(state, minutes, w.texts.percent(min(_number(share), 1.0))) for state, minutes, share in rows]
    told = "; ".join(f"{state}: {minutes}, {share}" for state, minutes, share in shown)
    node = w.parent.add("Figure", alt=f"{w.source.about}. {told}.")
    drawn = [
        (state, f"{minutes} · {share}", min(_number(raw), 1.0))
        for (state, minutes, share), (_, _, raw) in zip(shown, rows, strict=True)
    ]
    return Chart(DrawnFigure(node, bars.listed(drawn, w.pen)), (w.source.cells[0], *shown))


# drawing


def paint(canvas: Any, drawn: Drawing) -> None:
    """Draw the shapes with their origin at the canvas' own."""
    for shape in drawn.shapes:
        _put(shape, canvas)


def _ink(token: str) -> Any:
    if token in SHADES:
        return HexColor(SHADES[token])
    return _INKS.get(token) or look.dimension_color(token)


@singledispatch
def _put(shape: object, _canvas: Any) -> None:
    raise AssertionError(shape)


@_put.register
def _(line: Line, canvas: Any) -> None:
    canvas.setStrokeColor(_ink(line.color))
    canvas.setLineWidth(line.width)
    if line.dash:
        canvas.setDash(list(line.dash))
    canvas.line(line.x1, line.y1, line.x2, line.y2)
    if line.dash:
        canvas.setDash()


@_put.register
def _(label: Label, canvas: Any) -> None:
    """A space ends it, so that two labels are never heard as one word."""
    canvas.setFillColor(_ink(label.color))
    canvas.setFont(look.REGULAR, label.size)
    width = look.text_width(label.text, look.REGULAR, label.size)
    canvas.drawString(label.x - width / 2 if label.centered else label.x, label.y, label.text + " ")


@_put.register
def _(mark: Mark, canvas: Any) -> None:
    canvas.setFillColor(_ink(mark.color))
    canvas.setStrokeColor(_ink(mark.color))
    canvas.setLineWidth(1.3)
    hollow = mark.shape in ("ring", "hollow")
    if mark.shape in ("disc", "ring"):
        canvas.circle(mark.x, mark.y, mark.radius, stroke=int(hollow), fill=int(not hollow))
        return
    r = mark.radius
    path = canvas.beginPath()
    path.moveTo(mark.x, mark.y + r)
    for x, y in ((mark.x + r, mark.y), (mark.x, mark.y - r), (mark.x - r, mark.y)):
        path.lineTo(x, y)
    path.close()
    canvas.drawPath(path, stroke=int(hollow), fill=int(not hollow))


@_put.register
def _(bar: Bar, canvas: Any) -> None:
    canvas.setFillColor(_ink(bar.fill))
    if bar.radius:
        canvas.roundRect(bar.x, bar.y, bar.width, bar.height, bar.radius, stroke=0, fill=1)
    elif bar.edge:
        _clipped(canvas, bar)
    else:
        canvas.rect(bar.x, bar.y, bar.width, bar.height, stroke=0, fill=1)


@_put.register
def _(oval: Oval, canvas: Any) -> None:
    canvas.setStrokeColor(_ink(oval.color))
    canvas.setLineWidth(oval.width)
    canvas.ellipse(oval.x - oval.wide, oval.y - oval.high, oval.x + oval.wide, oval.y + oval.high, stroke=1, fill=0)


def _clipped(canvas: Any, bar: Bar) -> None:
    """A box with an edge, and with lines inside it when it is hatched."""
    x, y, width, height = bar.x, bar.y, bar.width, bar.height
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, y, width, height)
    canvas.clipPath(path, stroke=0, fill=1)
    canvas.setStrokeColor(look.TEXT)
    canvas.setLineWidth(0.6)
    at = -height
    while bar.hatch in ("rising", "falling") and at < width:
        low, high = (y, y + height) if bar.hatch == "rising" else (y + height, y)
        canvas.line(x + at, low, x + at + height, high)
        at += 4.5
    for row in (1, 2, 3) if bar.hatch == "level" else ():
        canvas.line(x, y + row * height / 4, x + width, y + row * height / 4)
    canvas.restoreState()
    canvas.setStrokeColor(_ink(bar.edge))
    canvas.setLineWidth(0.7)
    canvas.rect(x, y, width, height, stroke=1, fill=0)


def _number(text: str) -> float:
    """A count or a share as the passage wrote it; 0 for a dash."""
    bare = "".join(text.split()).replace(",", ".")
    return float(bare) if bare.replace(".", "", 1).isdigit() else 0.0
