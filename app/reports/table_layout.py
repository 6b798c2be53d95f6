"""Tables on our pages: column widths by content, tagged header, hairlines, header repeated as an artifact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from math import ceil
from typing import Any

from reportlab.platypus import TableStyle
from reportlab.platypus.tables import CellStyle

from app.model.units import Points
from app.reports import page_style as look
from app.reports.tagged import Node, TaggedParagraph, TaggedTable, paragraph

_WORDS = re.compile(r"[ \t\n]+")  # a no-break space holds together
#: *0,37 (−0,27–0,78)*
_WITH_INTERVAL = re.compile(r"−?\d[.,\d]* \(−?\d[.,\d]*–−?\d[.,\d]*\)")
PADDING = 10.0  # points between two columns
#: into so many steps the room that is left over is shared out; rows that are looked at for it
STEPS, MOST_MEASURED = 20, 150
#: so many rows below its head a table may have and still stand on one page
WHOLE = 4
ABOVE, BELOW = 3.5, 4.0  # points around the text of a row
Cells = Sequence[Sequence[str]]


def column_widths(cells: Cells, whole: float, figures: Sequence[bool] = ()) -> list[float]:
    """Points per column: no narrower than the longest word where that goes, more for who has more to say.

    What is left over goes to the columns of words; those of `figures` stay close together.
    """
    columns = [_column(cells, n) for n in range(len(cells[0]))]
    least = [low for low, _ in columns]
    most = [high for _, high in columns]
    if sum(least) >= whole:
        return _cut_down(least, whole)
    if sum(most) <= whole:
        worded = [0.0 if any(figures[n : n + 1]) else high for n, high in enumerate(most)]
        takers = worded if any(worded) else most
        return [high + (whole - sum(most)) * taker / sum(takers) for high, taker in zip(most, takers, strict=True)]
    return _shared_out(cells, least, whole)


def _shared_out(cells: Cells, least: Sequence[float], whole: float) -> list[float]:
    """What is left over goes in steps to the columns where it makes the rows lowest."""
    step = (whole - sum(least)) / STEPS
    rows = cells[1 :: 1 + len(cells) // MOST_MEASURED]
    wide = [[_width_of(row[n]) for row in rows] for n in range(len(least))]
    lines = [
        [[ceil(one / (low + k * step - PADDING)) for one in wide[n]] for k in range(STEPS + 1)]
        for n, low in enumerate(least)
    ]
    steps = _fewest_lines([[sum(of_rows) for of_rows in column] for column in lines])
    return [low + k * step for low, k in zip(least, _lowered(lines, steps), strict=True)]


def _fewest_lines(costs: Sequence[Sequence[int]]) -> list[int]:
    """How many steps each column gets so that the lines of all cells together are fewest."""
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (STEPS + 1)  # by steps given away until now
    for cost in costs:
        best = [
            min((best[given - k][0] + cost[k], (*best[given - k][1], k)) for k in range(given + 1))
            for given in range(STEPS + 1)
        ]
    steps = list(best[STEPS][1])
    longest = max(range(len(steps)), key=lambda n: costs[n][0])
    steps[longest] += STEPS - sum(steps)  # nobody needs them, and the table is as wide as the text
    return steps


def _lowered(lines: Sequence[Sequence[Sequence[int]]], steps: list[int]) -> list[int]:
    """Steps moved from one column to another as long as the rows, each as high as its highest cell, get lower."""

    def height(some: Sequence[int]) -> int:
        return sum(map(max, zip(*(column[k] for column, k in zip(lines, some, strict=True)), strict=True)))

    now, is_better = height(steps), True
    while is_better:
        is_better = False
        for giver, taker in permutations(range(len(steps)), 2):
            for many in range(1, steps[giver] + 1):
                tried = [*steps]
                tried[giver] -= many
                tried[taker] += many
                if height(tried) < now:
                    steps, now, is_better = tried, height(tried), True
                    break
    return steps


def _width_of(text: str) -> float:
    """Points that a cell's text takes in one line, and some: lines break between words."""
    style = look.style("cell")
    return 1.04 * max(
        1.0, *(look.text_width(line, style.fontName, style.fontSize) for line in (text, *text.split("\n")))
    )


def _cut_down(wanted: Sequence[float], whole: float) -> list[float]:
    """Who wants little gets it; who wants more than an equal share of the rest gets that share."""
    given = [0.0] * len(wanted)
    rest = whole
    for place, n in enumerate(sorted(range(len(wanted)), key=lambda n: wanted[n])):
        given[n] = min(wanted[n], rest / (len(wanted) - place))
        rest -= given[n]
    widest = max(range(len(wanted)), key=lambda n: wanted[n])
    given[widest] += rest
    return given


def _column(cells: Cells, n: int) -> tuple[float, float]:
    least = most = 0.0
    for name, texts in (("head", {cells[0][n]}), ("cell", {row[n] for row in cells[1:]})):  # many say the same
        style = look.style(name)
        for text in texts:
            words = [look.text_width(word, style.fontName, style.fontSize) for word in _WORDS.split(text)]
            least = max([least, *words])
            lines = [look.text_width(line, style.fontName, style.fontSize) for line in text.split("\n")]
            most = max([most, *lines])
    return least + PADDING + 0.1, min(most, 260.0) + PADDING + 0.1 if most >= least else least + PADDING + 0.1


def is_figure(text: str) -> bool:
    """A number, below zero too, a share, a time, a number with its interval, or a hidden one: set to the right."""
    bare = text.replace("\u00a0", "").replace("\u202f", "").strip()
    if bare in ("–", "..") or _WITH_INTERVAL.fullmatch(bare):
        return True
    bare = bare.removeprefix("+")
    return bare.removeprefix("−")[:1].isdigit() and all(c.isdigit() or c in ",.:%/−" for c in bare)


@dataclass(frozen=True, slots=True)
class Grid:
    """Points per column, and which columns hold figures alone."""

    widths: tuple[float, ...]
    figures: tuple[bool, ...]


def grid(tables: Sequence[Cells], width: Points) -> Grid:
    """One grid for tables of one head: what is looked for stands at the same place in each."""
    filled, figures = _filled([tables[0][0], *(row for cells in tables for row in cells[1:])])
    return Grid(tuple(column_widths(filled, width, figures)), tuple(figures))


def table(parent: Node, cells: Cells, about: str, width: Points, shared: Grid | None = None) -> TaggedTable:
    """A table whose first row is its header, in a grid of its own or a `shared` one.

    Raises nothing for ragged rows: they are filled up.
    """
    made_in = shared or grid([cells], width)
    filled, figures = _filled(cells)[0], made_in.figures
    node = parent.add("Table", summary=about)
    head = node.add("TR")
    rows = [[_head(head, text, figure) for text, figure in zip(filled[0], figures, strict=True)]]
    for row in filled[1:]:
        line = node.add("TR")
        rows.append([_cell(line, text, figure) for text, figure in zip(row, figures, strict=True)])
    made = _laid_out(rows, made_in.widths, repeat=1)
    if made.heights[0] > look.HEIGHT / 3:
        made.repeatRows = 0
        for cell in rows[0]:
            cell.repeats = False
    return made


def beginning(cells: Cells, made_in: Grid) -> float:
    """Points of a table's head and as many rows as it begins with, as they stand in the whole table."""
    filled, figures, widths = _filled(cells)[0], made_in.figures, made_in.widths
    made = [_head, *[_cell] * (WHOLE if len(filled) - 1 <= WHOLE else 2)]
    rows = [
        [make(Node("TR"), text, figure) for text, figure in zip(row, figures, strict=True)]
        for make, row in zip(made, filled, strict=False)
    ]
    return begun(_heights(rows, widths), len(filled), head=1)


def begun(heights: Sequence[float], count: int, head: int) -> float:
    """Points that a table of `count` rows asks for where it begins: all of a short one, else its head and two rows.

    `heights` are those of its first rows, at least as many as a short one has.
    """
    return sum(heights[:count] if count - head <= WHOLE else heights[: head + 2])


def facts_table(parent: Node, facts: Sequence[tuple[str, str]], about: str, width: Points) -> TaggedTable:
    """Names and their values, a row each; the name is the row's header."""
    node = parent.add("Table", summary=about)
    style, name_style = look.style("fact"), look.style("fact-name")
    rows = []
    for name, value in facts:
        line = node.add("TR")
        named = paragraph(line.add("TH", scope="Row"), ((name, name_style.fontName),), name_style)
        rows.append([named, paragraph(line.add("TD"), ((value, style.fontName),), style)])
    widest = max(look.text_width(name, name_style.fontName, name_style.fontSize) for name, _ in facts)
    first = min(widest + 2 * PADDING, width / 2)
    return _laid_out(rows, [first, width - first], repeat=0)


def _filled(cells: Cells) -> tuple[list[list[str]], list[bool]]:
    """The rows, each as long as the longest, and which columns hold figures alone."""
    columns = max(len(row) for row in cells)
    filled = [[*row, *[""] * (columns - len(row))] for row in cells]
    return filled, [n > 0 and _all_figures([row[n] for row in filled[1:]]) for n in range(columns)]


def _all_figures(texts: Sequence[str]) -> bool:
    return any(texts) and all(is_figure(text) or not text for text in texts)


def _head(row: Node, text: str, figure: bool) -> TaggedParagraph:
    style = look.style("number-head" if figure else "head")
    made = paragraph(row.add("TH", scope="Column"), ((text, style.fontName),), style)
    made.repeats = True
    return made


def _cell(row: Node, text: str, figure: bool) -> TaggedParagraph:
    style = look.style("number" if figure else "cell")
    return paragraph(row.add("TD"), ((text, style.fontName),), style)


def _laid_out(rows: list[list[TaggedParagraph]], widths: Sequence[float], repeat: int) -> TaggedTable:
    heights = _heights(rows, widths)
    styles = [*[_cell_style(PADDING)] * (len(widths) - 1), _cell_style(0)]
    made = TaggedTable(
        [[[cell] for cell in row] for row in rows], colWidths=widths, rowHeights=heights, normalizedData=1,
        cellStyles=[styles] * len(rows), repeatRows=repeat, splitInRow=1, hAlign="LEFT", spaceBefore=3, spaceAfter=12,
        style=_LINES,
    )  # fmt: skip
    if repeat:
        made.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, 0), 0.9, look.MARK_LINE)]))
    return made


def _heights(rows: Sequence[Sequence[TaggedParagraph]], widths: Sequence[float]) -> list[float]:
    """Points of each row: measured once, where the table is made; ReportLab would measure it at every asking.

    Cells of a column that say the same are broken into lines once.
    """
    rooms = [*(width - PADDING for width in widths[:-1]), widths[-1]]
    known: dict[tuple[int, str, str], TaggedParagraph] = {}
    heights = []
    for row in rows:
        for n, cell in enumerate(row):
            cell.wrap_as(known.setdefault((n, cell.style.name, cell.said), cell), rooms[n])
        heights.append(max(float(cell.height) for cell in row) + ABOVE + BELOW)
    return heights


@cache
def _cell_style(right: float) -> Any:
    """Room around the text of a cell, the same for all of a column."""
    made = CellStyle("cell")
    made.fontname, made.valign = look.REGULAR, "TOP"
    made.leftPadding, made.rightPadding, made.topPadding, made.bottomPadding = 0, right, ABOVE, BELOW
    return made


_LINES = TableStyle([("LINEBELOW", (0, 0), (-1, -1), look.HAIRLINE, look.LINE)])
