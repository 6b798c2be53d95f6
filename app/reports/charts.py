"""Charts as tagged figures: drawn, told in words, and followed by their table.

A chart is of one adult and the child of one meeting; two adults never share an axis, and nothing is summed. What is
told by color is told by a shape, a word or a hatching too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.i18n import Texts
from app.model.statement import Paragraph
from app.reports import page_style as look
from app.reports.tagged import Node, TaggedFigure

Cells = tuple[tuple[str, ...], ...]
SCALE = ("1", "2", "3", "4", "5")
NONE = "–"

#: bars from dark to light, each with its own hatching: readable without color
SHADES = (("#4A5257", ""), ("#AEB5B9", "rising"), ("#D9DCDE", ""), ("#FFFFFF", "falling"), ("#8A9299", "level"))


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


class _Drawing(TaggedFigure):
    """A figure drawn by a function that is given the canvas and the figure's height."""

    def __init__(self, node: Node, width: float, height: float, paint: Callable[[Any, float], None]) -> None:
        super().__init__(node, width, height)
        self._paint = paint
        self.spaceBefore, self.spaceAfter = 6, 8

    def draw(self) -> None:
        self._paint(self.canv, self.height)


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
    """The adult's items on the five-point scale: a filled circle for worker A, a ring for B; no sum, no band."""
    rows = [(*row, "", "", "")[:4] for row in w.rows]
    header = w.source.cells[0]
    scale = w.texts.tr("Scale 1–5; –: no occasion to observe.")
    told = "; ".join(
        f"{item}: {w.texts.tr('worker A')} {a}, {w.texts.tr('worker B')} {b}" for item, a, b, _ in rows
    )  # fmt: skip
    node = w.parent.add("Figure", alt=f"{w.source.about}. {scale} {told}.")
    legend = (w.texts.tr("worker A"), w.texts.tr("worker B"), scale)

    def paint(canvas: Any, height: float) -> None:
        _paint_profile(canvas, height, w.width, [(i, a, b, d, w.word_of(d)) for i, a, b, d in rows], legend)

    figure = _Drawing(node, w.width, 19.0 * len(rows) + 46, paint)
    cells = (
        (header[0], w.texts.tr("worker A"), w.texts.tr("worker B"), w.texts.tr("Dimension")),
        *((item, a, b, w.word_of(letter)) for item, a, b, letter in rows),
    )
    return Chart(figure, cells)


def _paint_profile(
    canvas: Any, height: float, width: float, rows: Sequence[tuple[str, ...]], legend: tuple[str, str, str]
) -> None:
    names, words = 0.30 * width, 0.24 * width
    step = (width - names - words - 30) / len(SCALE)
    places = {NONE: names + 12, **{v: names + 12 + step * (n + 1) for n, v in enumerate(SCALE)}}
    top, low = height - 20, 26.0
    for value, x in places.items():
        canvas.setStrokeColor(look.LINE)
        canvas.setLineWidth(look.HAIRLINE)
        canvas.setDash(*([1.5, 2],) if value == NONE else ())
        canvas.line(x, low, x, top)
        _text(canvas, value, x, top + 6, 8.5, look.MUTED, centered=True)
    canvas.setDash()
    for n, (item, a, b, letter, word) in enumerate(rows):
        y = top - 19 * n - 11
        color = look.dimension_color(letter)
        _text(canvas, item, 0, y - 3.2, 9.5, look.TEXT, room=names - 6)
        _swatch(canvas, width - words + 12, y, letter)
        _text(canvas, word, width - words + 24, y - 3, 8.5, look.TEXT, room=words - 24)
        _marks(canvas, places.get(a), places.get(b), y, color)
    _legend(canvas, legend)


def _marks(canvas: Any, a: float | None, b: float | None, y: float, color: Any) -> None:
    canvas.setLineWidth(0.8)
    canvas.setStrokeColor(look.MARK_LINE)
    if a is not None and b is not None and a != b:
        canvas.line(a, y, b + (5 if b < a else -5), y)
    canvas.setFillColor(color)
    canvas.setStrokeColor(color)
    if a is not None:
        canvas.circle(a, y, 3.1, stroke=0, fill=1)
    if b is not None:
        canvas.setLineWidth(1.3)
        canvas.circle(b, y, 5, stroke=1, fill=0)


def _legend(canvas: Any, words: tuple[str, str, str]) -> None:
    canvas.setFillColor(look.MUTED)
    canvas.setStrokeColor(look.MUTED)
    canvas.circle(4, 9, 3.1, stroke=0, fill=1)
    x = 12 + _text(canvas, words[0], 12, 6, 8.5, look.MUTED) + 18
    canvas.setLineWidth(1.3)
    canvas.circle(x, 9, 5, stroke=1, fill=0)
    x += 10 + _text(canvas, words[1], x + 10, 6, 8.5, look.MUTED) + 18
    _text(canvas, words[2], x, 6, 8.5, look.MUTED)


def _tasks(w: _Wish) -> Chart:
    """How many observations each task holds, a column of bars per dimension on one common scale."""
    header, rows = w.source.cells[0], [tuple(row) for row in w.rows]
    letters = header[1:]
    heads = tuple(w.word_of(letter) for letter in letters)
    told = "; ".join(
        f"{row[0]}: " + ", ".join(f"{head} {value}" for head, value in zip(heads, row[1:], strict=False))
        for row in rows
    )  # fmt: skip
    node = w.parent.add("Figure", alt=f"{w.source.about}. {told}.")

    def paint(canvas: Any, height: float) -> None:
        _paint_tasks(canvas, height, w.width, letters, heads, rows)

    figure = _Drawing(node, w.width, 18.0 * len(rows) + 24, paint)
    return Chart(figure, ((header[0], *heads), *rows))


def _paint_tasks(
    canvas: Any,
    height: float,
    width: float,
    letters: Sequence[str],
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> None:
    names = 0.30 * width
    column = (width - names) / max(len(letters), 1)
    most = max([1.0, *(_number(value) for row in rows for value in row[1:])])
    top = height - 20
    for n, (letter, head) in enumerate(zip(letters, heads, strict=True)):
        x = names + n * column
        _swatch(canvas, x, top + 9, letter)
        _text(canvas, head, x + 11, top + 6, 8.5, look.TEXT, room=column - 14)
    for line, row in enumerate(rows):
        y = top - 18 * line - 10
        _text(canvas, row[0], 0, y - 3, 9, look.TEXT, room=names - 8)
        for n, (letter, value) in enumerate(zip(letters, row[1:], strict=False)):
            x, length = names + n * column, (column - 32) * _number(value) / most
            canvas.setStrokeColor(look.LINE)
            canvas.setLineWidth(look.HAIRLINE)
            canvas.line(x, y - 5.5, x, y + 5.5)
            canvas.setFillColor(look.dimension_color(letter))
            if length > 0:
                canvas.rect(x, y - 4, length, 8, stroke=0, fill=1)
            _text(canvas, value, x + length + 4, y - 3, 8.5, look.MUTED)


def _states(w: _Wish) -> Chart:
    """Each state's share of the time as a bar, told apart by lightness and hatching."""
    rows = [(*row, "", "")[:3] for row in w.rows]
    shown = [(state, minutes, w.texts.percent(min(_number(share), 1.0))) for state, minutes, share in rows]
    told = "; ".join(f"{state}: {minutes}, {share}" for state, minutes, share in shown)
    node = w.parent.add("Figure", alt=f"{w.source.about}. {told}.")
    bars = [
        (state, f"{minutes} · {share}", min(_number(raw), 1.0))
        for (state, minutes, share), (_, _, raw) in zip(shown, rows, strict=True)
    ]

    def paint(canvas: Any, height: float) -> None:
        _paint_states(canvas, height, w.width, bars)

    return Chart(_Drawing(node, w.width, 22.0 * len(rows) + 6, paint), (w.source.cells[0], *shown))


def _paint_states(canvas: Any, height: float, width: float, bars: Sequence[tuple[str, str, float]]) -> None:
    names, values = 0.30 * width, 92.0
    whole = width - names - values
    for n, (state, value, share) in enumerate(bars):
        y = height - 22 * n - 14
        _text(canvas, state, 0, y - 3, 9.5, look.TEXT, room=names - 8)
        _hatched(canvas, names, y - 6.5, whole * share, 13, *SHADES[n % len(SHADES)])
        _text(canvas, value, names + whole * share + 6, y - 3, 8.5, look.MUTED)


def _hatched(canvas: Any, x: float, y: float, width: float, height: float, shade: str, hatch: str) -> None:
    if width <= 0:
        return
    canvas.saveState()
    canvas.setFillColor(shade)
    path = canvas.beginPath()
    path.rect(x, y, width, height)
    canvas.clipPath(path, stroke=0, fill=1)
    canvas.setStrokeColor(look.TEXT)
    canvas.setLineWidth(0.6)
    at = -height
    while hatch and hatch != "level" and at < width:
        low, high = (y, y + height) if hatch == "rising" else (y + height, y)
        canvas.line(x + at, low, x + at + height, high)
        at += 4.5
    for row in (1, 2, 3) if hatch == "level" else ():
        canvas.line(x, y + row * height / 4, x + width, y + row * height / 4)
    canvas.restoreState()
    canvas.setStrokeColor(look.MUTED)
    canvas.setLineWidth(0.7)
    canvas.rect(x, y, width, height, stroke=1, fill=0)


def _swatch(canvas: Any, x: float, y: float, letter: str) -> None:
    if letter in look.DIMENSIONS:
        canvas.setFillColor(look.dimension_color(letter))
        canvas.roundRect(x, y - 3.5, 7, 7, 1.5, stroke=0, fill=1)


def _text(
    canvas: Any, text: str, x: float, y: float, size: float, color: Any, *, room: float = 0.0, centered: bool = False
) -> float:
    """Draw a line of text; returns its width in points.

    With too little room it is a little smaller, then cut short: the table beside has it whole. A space ends it, so
    that two labels are never heard as one word.
    """
    width = look.text_width(text, look.REGULAR, size)
    if room and width > room:
        size = max(size * room / width, 7.5)
        text = _shortened(text, size, room)
        width = look.text_width(text, look.REGULAR, size)
    canvas.setFillColor(color)
    canvas.setFont(look.REGULAR, size)
    canvas.drawString(x - width / 2 if centered else x, y, text + " ")
    return width


def _shortened(text: str, size: float, room: float) -> str:
    if look.text_width(text, look.REGULAR, size) <= room:
        return text
    while text and look.text_width(text + "…", look.REGULAR, size) > room:
        text = text[:-1].rstrip()
    return text + "…"


def _number(text: str) -> float:
    """A count or a share as the passage wrote it; 0 for a dash."""
    bare = text.replace("\u00a0", "").replace(",", ".").strip()
    return float(bare) if bare.replace(".", "", 1).isdigit() else 0.0
