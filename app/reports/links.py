"""What leads elsewhere in the file: a table of contents, and what a paragraph rests on. On paper page numbers do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.platypus import Flowable

from app.model.units import Points
from app.reports import page_style as look
from app.reports.tagged import NUMBER_ROOM, Node, TaggedCanvas

GAP, GUTTER = 4.0, 22.0  # points between two links of a line, and between two columns of contents


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to what is marked by `key`."""

    words: str
    key: str


class Contents(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Titles with the page where each begins, in two columns, read down the first and then down the second."""

    def __init__(self, node: Node, links: Sequence[Link]) -> None:
        """`node` is the table of contents in the tree."""
        super().__init__()
        self._style = look.style("contents")
        self._node, self._links = node, links
        self.spaceAfter = 8

    def wrap(self, available_width: Points, _available_height: Points) -> tuple[float, float]:
        self.width = available_width
        self._rows = -(-len(self._links) // 2)
        self.height = self._rows * self._style.leading
        return self.width, self.height

    def draw(self) -> None:
        column = (self.width - GUTTER) / 2
        for n, link in enumerate(self._links):
            across, down = divmod(n, self._rows)
            low = self.height - (down + 1) * self._style.leading
            self._draw_row(link, across * (column + GUTTER), low, column)

    def _draw_row(self, link: Link, left: float, low: float, width: float) -> None:
        style, canvas = self._style, self.canv
        base, room = low + style.leading - style.fontSize, look.text_width("0000", style.fontName, style.fontSize)
        node = self._node.add("TOCI").add("Link")
        node.said = link.words
        wanted = look.text_width(link.words, style.fontName, style.fontSize)
        canvas.begin(node)
        _write(canvas, link.words, style, left, base, min(1.0, (width - room) / wanted))
        canvas.draw_page_of(link.key, look.style("contents-page"), left + width, base)
        canvas.end()
        canvas.link(node, link.key, link.words, (left, low, left + width, low + style.leading))


class LinkLine(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Links one after the other under a paragraph, each with its page: *Perusteet: yhteinen ilo 00:10, s. 3*."""

    def __init__(self, parent: Node, lead: str, page: str, links: Sequence[Link]) -> None:
        """`lead` stands before the first; `page` is how a page is named before its number."""
        super().__init__()
        self._style = look.style("links")
        self._node, self._lead, self._page, self._links = parent.add("P"), lead, page, links
        self.spaceBefore, self.spaceAfter = -3, 9

    def _width_of(self, text: str) -> float:
        return look.text_width(text, self._style.fontName, self._style.fontSize)

    def wrap(self, available_width: Points, _available_height: Points) -> tuple[float, float]:
        """Where each piece stands: (left, line from 0); the first is the lead's."""
        self.width, line = available_width, 0
        x = self._width_of(self._lead) + GAP
        self._placed: list[tuple[float, int]] = [(0.0, 0)]
        for link in self._links:
            wanted = self._width_of(self._words(link)) + self._number
            if x + wanted > available_width and x > 0:
                x, line = 0.0, line + 1
            self._placed.append((x, line))
            x += wanted + GAP
        self.height = (line + 1) * self._style.leading
        return self.width, self.height

    def _words(self, link: Link) -> str:
        return f"{link.words}, {self._page} "

    @property
    def _number(self) -> float:
        return self._width_of("00;  ")

    def draw(self) -> None:
        canvas, style = self.canv, self._style
        canvas.begin(self._node)
        self._node.said = self._lead
        _write(canvas, f"{self._lead} ", style, 0, self._base(0), 1.0)
        canvas.end()
        for link, (left, line) in zip(self._links, self._placed[1:], strict=True):
            self._draw_link(link, left, self._base(line))

    def _base(self, line: int) -> float:
        return float(self.height - (line + 1) * self._style.leading + self._style.leading - self._style.fontSize)

    def _draw_link(self, link: Link, left: float, base: float) -> None:
        canvas, style, words = self.canv, self._style, self._words(link)
        node = self._node.add("Link")
        node.said = words
        whole = self._width_of(words) + self._number
        fits = min(1.0, self.width / whole)
        canvas.begin(node)
        _write(canvas, words, style, left, base, fits)
        canvas.draw_page_of(link.key, style, left + self._width_of(words) * fits, base)
        canvas.end()
        box = (left, base - 2, left + min(whole, self.width), base + style.fontSize)
        canvas.link(node, link.key, link.words, box)


def _write(canvas: TaggedCanvas, text: str, style: Any, x: float, y: float, fits: float) -> None:
    """A line of words, smaller where they are wider than their room; a space ends it for who listens."""
    canvas.setFillColor(style.textColor)
    canvas.setFont(style.fontName, style.fontSize * fits)
    canvas.drawString(x, y, text if text.endswith(" ") else f"{text} ")


def draw_numbers(canvas: TaggedCanvas) -> None:
    """The numbers of pages that were left open while the pages were made."""
    for name, (key, style) in canvas.numbers.items():
        canvas.beginForm(name)
        canvas.setFillColor(style.textColor)
        canvas.setFont(style.fontName, style.fontSize)
        ends_there = style.alignment == TA_RIGHT
        draw = canvas.drawRightString if ends_there else canvas.drawString
        draw(NUMBER_ROOM, NUMBER_ROOM, str(canvas.places[key]))
        canvas.endForm()
