"""What a signature looks like on its page: a page of our own, of the field's size, with our fonts in it."""

from __future__ import annotations

import io

from pikepdf import ObjectStreamMode, Pdf

from app.reports import page_style as look
from app.reports.archival import without_cid_sets
from app.reports.letters import printable
from app.reports.tagged import TaggedCanvas

#: points above a line of the form at which is written, and between two lines of small print
ABOVE, STEP = 5.0, 9.5
#: points from the field's lower edge to the upper of the two lines that a hand would write on
UPPER = 51.0


def signature_page(size: tuple[float, float], when: str, signed: str, name: str, small: str) -> bytes:
    """A page of `size` points: `when` and `signed` above the upper line, `name` and `small` above the lower one.

    The same input gives the same bytes. Words that are too long are written narrower.
    """
    look.load_fonts()
    out = io.BytesIO()
    canvas = TaggedCanvas(out, pagesize=size, initialFontName=look.REGULAR, invariant=1)
    width = size[0]
    _line(canvas, when, look.REGULAR, 9.5, UPPER + ABOVE, width)
    _line(canvas, signed, look.REGULAR, 8, UPPER + ABOVE + 12.5, width, muted=True)
    _line(canvas, small, look.REGULAR, 7, ABOVE, width, muted=True)
    _line(canvas, name, look.BOLD, 9.5, ABOVE + STEP, width)
    canvas.showPage()
    canvas.save()
    return _cleaned(out.getvalue())


def _line(
    canvas: TaggedCanvas, words: str, font: str, size: float, low: float, width: float, *, muted: bool = False
) -> None:
    words = printable(words)
    wide = look.text_width(words, font, size)
    text = canvas.beginText(0, low)
    text.setFont(font, size)
    text.setFillColor(look.MUTED if muted else look.TEXT)
    text.setHorizScale(100 * min(1.0, width / wide) if wide else 100)
    text.textOut(words)
    canvas.drawText(text)


def _cleaned(page: bytes) -> bytes:
    with Pdf.open(io.BytesIO(page)) as pdf:
        without_cid_sets(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.disable)
        return out.getvalue()
