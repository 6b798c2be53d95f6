"""The pages of a version that a newer one has taken the place of: as they were kept, with a mark on every sheet.

The kept file is not touched and not made anew: what was signed stays byte for byte. What leaves is a copy of it whose
pages are the same, with one line above them, which is also the first thing that is read aloud.
"""

from __future__ import annotations

import io
import re
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from app.reports import page_style as look
from app.reports.archival import without_cid_sets
from app.reports.letters import printable
from app.reports.tagged import TaggedCanvas

#: points from the upper edge of the sheet to the mark's frame, and its height
TOP, HEIGHT = 12.0, 18.0
_MARK = Name("/Superseded")
_TITLE = re.compile(r'(<dc:title><rdf:Alt><rdf:li xml:lang="x-default">)')


def marked(pages: bytes, words: str) -> bytes:
    """A copy of one of our files that says `words` above every page. The same input gives the same bytes."""
    look.load_fonts()
    with Pdf.open(io.BytesIO(pages)) as pdf, Pdf.open(io.BytesIO(_mark(printable(words)))) as mark:
        form = pdf.copy_foreign(mark.pages[0].as_form_xobject())
        content = _said_first(pdf)
        for number, page in enumerate(pdf.pages):
            page.add_resource(form, Name.XObject, _MARK)
            begin = f"/P <</MCID {content}>> BDC" if number == 0 else "/Artifact BMC"
            page.contents_add(f"{begin} q /Superseded Do Q EMC".encode("ascii"))
        _rename(pdf, words)
        without_cid_sets(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def _mark(words: str) -> bytes:
    """One sheet with nothing on it but the mark."""
    out = io.BytesIO()
    canvas = TaggedCanvas(out, pagesize=(look.WIDTH, look.HEIGHT), initialFontName=look.REGULAR, invariant=1)
    low = look.HEIGHT - TOP - HEIGHT
    canvas.setStrokeColor(look.TEXT)
    canvas.setLineWidth(0.9)
    canvas.rect(look.LEFT, low, look.TEXT_WIDTH, HEIGHT, stroke=1, fill=0)
    canvas.setFillColor(look.TEXT)
    canvas.setFont(look.BOLD, 10)
    canvas.drawCentredString(look.WIDTH / 2, low + 5.5, f"{words} ")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _said_first(pdf: Pdf) -> int:
    """A paragraph at the beginning of the tree for the mark of the first page; gives its content's number there."""
    root = pdf.Root.StructTreeRoot
    whole = root.K
    page = pdf.pages[0].obj
    numbers: Any = root.ParentTree.Nums
    place = next(n for n in range(0, len(numbers), 2) if int(numbers[n]) == int(page.StructParents))
    elements = numbers[place + 1]
    content = len(elements)
    said = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=whole, Pg=page, K=content))
    elements.append(said)
    whole.K = Array([said, *(whole.K if isinstance(whole.K, Array) else [whole.K])])
    return content


def _rename(pdf: Pdf, words: str) -> None:
    """The title of the window says it, too."""
    metadata = pdf.Root.Metadata.read_bytes().decode("utf-8")
    told = _TITLE.sub(lambda found: f"{found[1]}{escape(words)}: ", metadata, count=1)
    pdf.Root.Metadata = pdf.make_indirect(Stream(pdf, told.encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML))
