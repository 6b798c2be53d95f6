"""How our pages look: paper, fonts, colors of the light palette, and the styles of text."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics

from app.reports.family import Face

WIDTH, HEIGHT = A4
LEFT = RIGHT = 24 * mm
BOTTOM = 24 * mm
TOP_FIRST, TOP = 16 * mm, 33 * mm
TEXT_WIDTH = WIDTH - LEFT - RIGHT

REGULAR, ITALIC, BOLD, BOLD_ITALIC = "Inter", "Inter-Italic", "Inter-SemiBold", "Inter-SemiBoldItalic"
#: what is covered stands in the bold face, light on dark
COVERED = "covered"

# the light palette of the design tokens; a dimension's color is the same on screen and paper
TEXT, MUTED = HexColor("#1E2326"), HexColor("#5F686F")
LINE, MARK_LINE, RAISED = HexColor("#D5D1C8"), HexColor("#8A9299"), HexColor("#FAF9F7")
WATERMARK, LIGHT = HexColor("#F1EFEA"), HexColor("#FFFFFF")
DIMENSIONS = {letter: HexColor(color) for letter, color in {
    "S": "#0072B2", "E": "#B26F00", "N": "#A8437F", "C": "#007A5A", "R": "#6B5FA8",
}.items()}  # fmt: skip

HAIRLINE = 0.5
_fonts = Lock()


def load_fonts() -> None:
    """Make the one family known to ReportLab; once per process is enough."""
    with _fonts:
        known = set(pdfmetrics.getRegisteredFontNames())
        for number, name in enumerate((REGULAR, ITALIC, BOLD, BOLD_ITALIC)):
            if name not in known:
                pdfmetrics.registerFont(Face(name, number))


def font(*, bold: bool = False, italic: bool = False) -> str:
    if bold:
        return BOLD_ITALIC if italic else BOLD
    return ITALIC if italic else REGULAR


def face(name: str) -> Face:
    """A face of the family by its name."""
    found: Face = pdfmetrics.getFont(name)
    return found


def forget_words() -> None:
    """Names and words that were set stay in no cache: the process goes on when the archive is locked."""
    for name in (REGULAR, ITALIC, BOLD, BOLD_ITALIC):
        face(name).forget()


def text_width(text: str, name: str, size: float) -> float:
    """Points."""
    return float(pdfmetrics.stringWidth(text, name, size))


def dimension_color(letter: str) -> Any:
    return DIMENSIONS.get(letter, MUTED)


@cache
def style(name: str) -> Any:
    """A paragraph style by name: see the table below."""
    size, leading, font_name, color, before, after, more = _STYLES[name]
    return ParagraphStyle(
        name, fontName=font_name, fontSize=size, leading=leading, textColor=color, spaceBefore=before,
        spaceAfter=after, allowWidows=0, allowOrphans=0, splitLongWords=1, **more,
    )  # fmt: skip


_STYLES: dict[str, tuple[float, float, str, Any, float, float, dict[str, Any]]] = {
    "title": (23, 28, BOLD, TEXT, 14, 2, {}),
    "form-title": (15, 20, BOLD, TEXT, 8, 5, {}),
    "form": (10, 14, REGULAR, TEXT, 0, 5, {}),
    "form-item": (10, 14, REGULAR, TEXT, 0, 3, {"leftIndent": 18}),
    "form-label": (10, 14, REGULAR, TEXT, 0, 0, {}),
    "form-head": (11, 15, BOLD, TEXT, 9, 4, {}),
    "subtitle": (12.5, 17, REGULAR, MUTED, 0, 11, {}),
    "lead": (10.5, 15.5, ITALIC, TEXT, 4, 4, {}),
    "answers-head": (11.5, 15.5, BOLD, TEXT, 8, 5, {}),
    "question": (9.5, 13.5, BOLD, TEXT, 0, 1, {"leftIndent": 18}),
    "answer-label": (9.5, 13.5, BOLD, TEXT, 0, 0, {}),
    "answer": (9.5, 13.5, REGULAR, TEXT, 0, 6, {"leftIndent": 18}),
    "h1": (15, 20, BOLD, TEXT, 22, 7, {}),
    "h2": (11.5, 15.5, BOLD, TEXT, 13, 5, {}),
    "h3": (10.5, 14.5, BOLD, MUTED, 9, 4, {}),
    "copy-mark": (12, 16, BOLD, TEXT, 0, 2, {}),
    "copy-line": (9, 13, REGULAR, TEXT, 0, 2, {}),
    "copy-item": (9, 13, REGULAR, TEXT, 0, 1, {"leftIndent": 18}),
    "copy-label": (9, 13, REGULAR, TEXT, 0, 0, {}),
    "body": (10.5, 15.5, REGULAR, TEXT, 0, 7, {}),
    "item": (10.5, 15.5, REGULAR, TEXT, 0, 4, {"leftIndent": 18}),
    "label": (10.5, 15.5, REGULAR, TEXT, 0, 0, {}),
    "cell": (9, 12.5, REGULAR, TEXT, 0, 0, {}),
    "number": (9, 12.5, REGULAR, TEXT, 0, 0, {"alignment": TA_RIGHT}),
    "head": (8.5, 12, BOLD, MUTED, 0, 0, {}),
    "number-head": (8.5, 12, BOLD, MUTED, 0, 0, {"alignment": TA_RIGHT}),
    "fact": (9.5, 13.5, REGULAR, TEXT, 0, 0, {}),
    "fact-name": (9.5, 13.5, REGULAR, MUTED, 0, 0, {}),
    "small": (8.5, 12.5, REGULAR, MUTED, 0, 0, {}),
    "note": (9, 13, REGULAR, MUTED, 2, 8, {}),
    "contents": (9, 14, REGULAR, TEXT, 0, 0, {}),
    "contents-page": (9, 14, REGULAR, TEXT, 0, 0, {"alignment": TA_RIGHT}),
    "contents-head": (10.5, 14.5, BOLD, TEXT, 6, 3, {}),
    "links": (8.5, 12.5, REGULAR, MUTED, 0, 0, {}),
    "from": (10.5, 14.5, BOLD, TEXT, 0, 0, {}),
    "secret": (12, 15, BOLD, TEXT, 0, 1, {"alignment": TA_RIGHT}),
    "secret-basis": (8.5, 12, REGULAR, MUTED, 0, 0, {"alignment": TA_RIGHT}),
    "signer": (10.5, 14.5, BOLD, TEXT, 10, 1, {}),
    "signer-line": (9.5, 13.5, REGULAR, TEXT, 0, 0, {}),
    "caption": (8, 11, REGULAR, MUTED, 2, 0, {}),
    "status": (9, 13.5, REGULAR, MUTED, 16, 8, {}),
    "key": (8.5, 11, BOLD, TEXT, 0, 0, {}),
    "key-item": (8.5, 11, REGULAR, TEXT, 0, 3.5, {"leftIndent": 22}),
    "card-title": (17, 22, BOLD, TEXT, 0, 10, {}),
    "card": (17, 25, REGULAR, TEXT, 0, 8, {}),
    "card-close": (13, 19, REGULAR, TEXT, 0, 6, {}),
    "card-closest": (10.5, 14.5, REGULAR, TEXT, 0, 4, {}),
    "card-number": (72, 84, BOLD, TEXT, 8, 10, {}),
    "code": (19, 30, BOLD, TEXT, 0, 0, {}),
}
