"""Our own look at a finished file, at the moment of *final*: what no reader may lack, whatever made it.

veraPDF is not there where the program runs; this needs nothing but the file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from app.reports.file_words import revisions

#: what the elements of a statement are; what stands for another is in the file's own role map
_STANDARD = frozenset((
    "Document", "Sect", "P", "H1", "H2", "H3", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure", "Link",
    "TOC", "TOCI", "Caption", "Form", "Span", "Reference", "Note", "Div", "THead", "TBody", "TFoot", "BlockQuote",
))  # fmt: skip
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def lacks(data: bytes, language: str) -> tuple[str, ...]:
    """What a finished file lacks, as keys; empty when it has all.

    `tags`, `tags-unknown`, `figure-unsaid`, `order`, `language`, `title`, `about`, `fonts`, `color`, `scripts`,
    `revisions`, or `unreadable` for what is no PDF.
    """
    try:
        with Pdf.open(io.BytesIO(data)) as pdf:
            found = [key for key, is_there in _looked(pdf, language) if not is_there]
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return ("unreadable",)
    if revisions(data) != 1:
        found.append("revisions")
    return tuple(found)


def _looked(pdf: Pdf, language: str) -> Iterator[tuple[str, bool]]:
    root = pdf.Root
    tree = root.get("/StructTreeRoot")
    elements = list(_elements(tree.get("/K"))) if isinstance(tree, Dictionary) else []
    marked = root.get("/MarkInfo")
    is_marked = isinstance(marked, Dictionary) and bool(marked.get("/Marked"))
    leads_back = isinstance(tree, Dictionary) and "/ParentTree" in tree
    yield "tags", is_marked and bool(elements) and leads_back and all("/StructParents" in p.obj for p in pdf.pages)
    roles = tree.get("/RoleMap", Dictionary()) if isinstance(tree, Dictionary) else Dictionary()
    kinds = [str(e.get("/S", ""))[1:] for e in elements]
    yield "tags-unknown", all(k in _STANDARD or f"/{k}" in roles for k in kinds)
    yield "figure-unsaid", all(str(e.get("/Alt", "")).strip() for e in elements if e.get("/S") == Name.Figure)
    yield "order", _no_level_left_out(kinds) and all(p.obj.get("/Tabs") == Name.S for p in pdf.pages)
    yield "language", str(root.get("/Lang", "")) == language
    yield from _told(pdf)
    yield "fonts", all(_is_embedded(font) for font in _fonts(pdf))
    yield "color", isinstance(root.get("/OutputIntents"), Array) and len(root.OutputIntents) > 0
    yield "scripts", not any("/JS" in thing or thing.get("/S") == "/JavaScript" for thing in _dictionaries(pdf))


def _told(pdf: Pdf) -> Iterator[tuple[str, bool]]:
    """What the file says of itself: its title in the window, and that it is archival and accessible."""
    root = pdf.Root
    shows = root.get("/ViewerPreferences")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as held:
        title = str(held.get("dc:title", "")).strip()
        kinds = (held.get("pdfaid:part"), held.get("pdfaid:conformance"), held.get("pdfuaid:part"))
    yield "title", bool(title) and isinstance(shows, Dictionary) and bool(shows.get("/DisplayDocTitle"))
    yield "about", kinds == ("2", "A", "1") and "/Info" not in pdf.trailer


def _elements(kids: Any) -> Iterator[Any]:
    """All elements of the tree, in the order in which they are read."""
    for kid in kids.as_list() if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid.get("/K"))


def _no_level_left_out(kinds: list[str]) -> bool:
    levels = [int(k[1]) for k in kinds if k in ("H1", "H2", "H3")]
    return all(now <= before + 1 for before, now in zip([0, *levels], levels, strict=False))


def _dictionaries(pdf: Pdf) -> Iterator[Any]:
    return (thing for thing in pdf.objects if isinstance(thing, Dictionary))


def _fonts(pdf: Pdf) -> Iterator[Any]:
    return (thing for thing in _dictionaries(pdf) if thing.get("/Type") == "/Font")


def _is_embedded(font: Any) -> bool:
    """Whether a font brings its letters and says what they are; of one in two parts the inner one brings them."""
    if font.get("/Subtype") == Name.Type0:
        return "/ToUnicode" in font
    descriptor = font.get("/FontDescriptor")
    brings = isinstance(descriptor, Dictionary) and any(isinstance(descriptor.get(key), Stream) for key in _FILES)
    is_inner = str(font.get("/Subtype", "")).startswith("/CIDFont")
    return brings and (is_inner or "/ToUnicode" in font)
