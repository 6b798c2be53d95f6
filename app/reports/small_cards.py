"""Cards on paper: each on a page of A6, or four on a page of A4 with lines to cut along."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any


class CardSize(StrEnum):
    """On which paper cards are printed; a card is as large on both."""

    A6 = "a6"
    A4 = "a4"


@dataclass(frozen=True, slots=True)
class Card:
    """`title` stands above, `text` large below it, `foot` small. One with `large_title` is an envelope's number."""

    title: str
    text: str
    foot: str = ""
    large_title: bool = False


def cards_pdf(cards: Sequence[Card], title: str, language: str, day: date, size: CardSize) -> bytes:
    """The cards in their order as PDF/A-2a and PDF/UA-1; a text too long for its card goes on on the next one.

    Deterministic. There is at least one card.
    """
    from reportlab import rl_config
    from reportlab.platypus import BaseDocTemplate, PageTemplate

    from app.model.spoken import quoted_otherwise
    from app.reports import page_style as look
    from app.reports.archival import About, finished
    from app.reports.tagged import Node, TaggedCanvas

    rl_config.useA85 = 0
    look.load_fonts()
    out, tree = io.BytesIO(), Node("Document")
    width, height = look.WIDTH / 2, look.HEIGHT / 2
    pages = (width, height) if size == CardSize.A6 else (look.WIDTH, look.HEIGHT)
    template = PageTemplate("cards", _frames(size, width, height), onPage=partial(_cut_lines, size))
    document = BaseDocTemplate(out, pagesize=pages, initialFontName=look.REGULAR, invariant=1, pageTemplates=[template])
    try:
        quoted = partial(quoted_otherwise, document=language, names=())
        document.build(_story(cards, tree, width, height), canvasmaker=partial(TaggedCanvas, quoted=quoted))
    finally:
        look.forget_words()
    return finished(out.getvalue(), tree, About(title, language, day))


def _margin() -> float:
    from reportlab.lib.units import mm

    return float(11 * mm)


def _frames(size: CardSize, width: float, height: float) -> list[Any]:
    from reportlab.platypus import Frame

    edge = _margin()
    corners = [(0.0, 0.0)] if size == CardSize.A6 else [(0.0, height), (width, height), (0.0, 0.0), (width, 0.0)]
    return [Frame(x + edge, y + edge, width - 2 * edge, height - 2 * edge, 0, 0, 0, 0) for x, y in corners]


def _story(cards: Sequence[Card], tree: Any, width: float, height: float) -> list[Any]:
    from reportlab.platypus import FrameBreak

    story: list[Any] = []
    for number, card in enumerate(cards):
        if number:
            story.append(FrameBreak())
        story += _card(card, tree, width - 2 * _margin(), height - 2 * _margin())
    return story


def _card(card: Card, tree: Any, width: float, height: float) -> list[Any]:
    """In the largest letters in which the card holds everything."""
    from app.reports import page_style as look
    from app.reports.letters import printable
    from app.reports.tagged import Node, paragraph

    def made(into: Any, style: str) -> list[Any]:
        named = "card-number" if card.large_title else "card-title"
        parts = (("H1", card.title, named), ("P", card.text, style), ("P", card.foot, "fact"))
        return [
            paragraph(into.add(tag), ((printable(words), look.style(look_of).fontName),), look.style(look_of))
            for tag, words, look_of in parts
            if words
        ]

    styles = ("card", "card-close", "card-closest")
    fitting = (s for s in styles if _height(made(Node("Document"), s), width) <= height)
    return made(tree, next(fitting, styles[-1]))


def _height(parts: Sequence[Any], width: float) -> float:
    return float(sum(part.wrap(width, 10_000)[1] + part.getSpaceBefore() + part.getSpaceAfter() for part in parts))


def _cut_lines(size: CardSize, canvas: Any, _document: Any) -> None:
    from app.reports import page_style as look

    if size != CardSize.A4:
        return
    canvas.begin(None)
    canvas.setStrokeColor(look.LINE)
    canvas.setLineWidth(look.HAIRLINE)
    canvas.setDash(3, 3)
    canvas.line(look.WIDTH / 2, 0, look.WIDTH / 2, look.HEIGHT)
    canvas.line(0, look.HEIGHT / 2, look.WIDTH, look.HEIGHT / 2)
    canvas.end()
