"""The sheet around the text: margins, header, footer with its page numbers, watermark. All of it artifacts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from reportlab import rl_config
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from app.model.spoken import quoted_otherwise
from app.reports import page_style as look
from app.reports.archival import About, finished
from app.reports.letters import printable
from app.reports.links import draw_numbers
from app.reports.tagged import Node, TaggedCanvas


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the text of every page.

    `marking` is the secrecy marking: its word, then lines of small print; on the first page the text itself begins
    with it. `page` holds the places `{page}` and `{pages}`. `watermark` is empty for none.
    """

    running_title: str
    marking: tuple[str, ...]
    footer: str
    page: str
    watermark: str = ""


def made_into_pages(story: Sequence[Any], tree: Node, sheet: Sheet, about: About) -> bytes:
    """Lay the flowables out on A4 and finish the file."""
    rl_config.useA85 = 0  # compressed bytes as they are: written as letters they are a quarter longer, and slow
    out = io.BytesIO()
    sheet = _shown(sheet)
    width, bottom = look.TEXT_WIDTH, look.BOTTOM
    first = Frame(look.LEFT, bottom, width, look.HEIGHT - bottom - look.TOP_FIRST, 0, 0, 0, 0)
    later = Frame(look.LEFT, bottom, width, look.HEIGHT - bottom - look.TOP, 0, 0, 0, 0)
    document = BaseDocTemplate(
        out,
        pagesize=(look.WIDTH, look.HEIGHT),
        initialFontName=look.REGULAR,
        invariant=1,
        pageTemplates=[
            PageTemplate("first", [first], onPage=partial(_behind, sheet, True), autoNextPageTemplate="later"),
            PageTemplate("later", [later], onPage=partial(_behind, sheet, False)),
        ],
    )
    try:
        quoted = partial(quoted_otherwise, document=about.language, names=about.spoken)
        canvasmaker = partial(TaggedCanvas, finish=partial(_number_pages, sheet), quoted=quoted)
        document.build(list(story), canvasmaker=canvasmaker)
    finally:
        look.forget_words()
    return finished(out.getvalue(), tree, about)


def _shown(sheet: Sheet) -> Sheet:
    marking = tuple(printable(line) for line in sheet.marking)
    words = (printable(x) for x in (sheet.footer, sheet.page, sheet.watermark))
    return Sheet(printable(sheet.running_title), marking, *words)


def _behind(sheet: Sheet, is_first: bool, canvas: TaggedCanvas, _document: Any) -> None:
    if sheet.watermark:
        _watermark(canvas, sheet.watermark)
    if not is_first:
        _header(canvas, sheet)
    canvas.begin(None, "Footer")
    canvas.doForm(_footer_name(canvas.getPageNumber()))
    canvas.end()


def _watermark(canvas: TaggedCanvas, word: str) -> None:
    canvas.begin(None, "Watermark")
    canvas.saveState()
    canvas.translate(look.WIDTH / 2, look.HEIGHT / 2)
    canvas.rotate(54)
    size = min(120.0, 640.0 / look.text_width(word, look.BOLD, 1))
    canvas.setFont(look.BOLD, size)
    canvas.setFillColor(look.WATERMARK)
    canvas.drawCentredString(0, -size * 0.36, word)
    canvas.restoreState()
    canvas.end()


def _header(canvas: TaggedCanvas, sheet: Sheet) -> None:
    top, right = look.HEIGHT - 42, look.WIDTH - look.RIGHT
    canvas.begin(None, "Header")
    canvas.saveState()
    canvas.setFillColor(look.MUTED)
    canvas.setFont(look.REGULAR, 8.5)
    canvas.drawString(look.LEFT, top, sheet.running_title)
    small = " ".join(sheet.marking[1:2])
    canvas.setFont(look.REGULAR, 7.5)
    canvas.drawRightString(right, top - 11.5, small)
    canvas.setFillColor(look.TEXT)
    canvas.setFont(look.BOLD, 9)
    canvas.drawRightString(right, top, "".join(sheet.marking[:1]))
    canvas.setStrokeColor(look.LINE)
    canvas.setLineWidth(look.HAIRLINE)
    canvas.line(look.LEFT, top - 20, right, top - 20)
    canvas.restoreState()
    canvas.end()


def _footer_name(page: int) -> str:
    return f"footer-{page}"


def _number_pages(sheet: Sheet, canvas: TaggedCanvas) -> None:
    """The footers are forms that the pages already show: only now is it known how many pages there are."""
    draw_numbers(canvas)
    pages = canvas.pages
    for page in range(1, pages + 1):
        canvas.beginForm(_footer_name(page))
        canvas.setStrokeColor(look.LINE)
        canvas.setLineWidth(look.HAIRLINE)
        canvas.line(look.LEFT, 46, look.WIDTH - look.RIGHT, 46)
        canvas.setFillColor(look.MUTED)
        canvas.setFont(look.REGULAR, 8.5)
        canvas.drawString(look.LEFT, 33, sheet.footer)
        canvas.drawRightString(look.WIDTH - look.RIGHT, 33, sheet.page.format(page=page, pages=pages))
        canvas.endForm()
