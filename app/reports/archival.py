"""The last step of every page we make: structure tree, color profile and metadata of PDF/A-2a and PDF/UA-1.

Nothing here asks a clock or makes a random number: the same input gives the same bytes.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import ImageCms

from app.model.spoken import quoted_otherwise, spoken_language, without
from app.reports.tagged import Node, SignatureField

#: structure types of our own, and the standard one that each stands for
ROLES = {"Title": "P"}
CREATOR = "Havainto"
#: flags of an annotation that is printed with its page
PRINTED = 4


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself: title, language of the text, day of the document (not of the export).

    `spoken` are what languages are called in it, each with its code.
    `made_by` are the organizations that answer for it, `subject` is a sentence, `keywords` are words to file it by.
    """

    title: str
    language: str
    day: date
    made_by: tuple[str, ...] = ()
    subject: str = ""
    keywords: tuple[str, ...] = ()
    spoken: tuple[tuple[str, str], ...] = ()


def finished(raw: bytes, tree: Node, about: About) -> bytes:
    """The pages of `raw`, whose marked content is the leaves of `tree`, as one archival and accessible file."""
    with Pdf.open(io.BytesIO(raw)) as pdf:
        pages = [page.obj for page in pdf.pages]
        _write_tree(pdf, pages, tree, about)
        root = pdf.Root
        root.Lang = String(about.language)
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.OutputIntents = Array([pdf.make_indirect(_output_intent(pdf))])
        root.Metadata = pdf.make_indirect(
            Stream(pdf, about_itself(about).encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)
        )
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        without_cid_sets(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def _write_tree(pdf: Pdf, pages: list[Any], tree: Node, about: About) -> None:
    parents: list[dict[int, Any]] = [{} for _ in pages]
    linked: list[Any] = []
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    for node in tree.walk():
        quoted = quoted_otherwise(node.said, about.language, about.spoken)
        node.spoken = spoken_language(without(node.said, quoted), about.language)
    root.K = _element(pdf, pages, tree, root, parents, linked)
    root.RoleMap = Dictionary({f"/{own}": Name(f"/{known}") for own, known in ROLES.items()})
    numbers = Array()
    for number, (page, by_content) in enumerate(zip(pages, parents, strict=True)):
        page.StructParents = number
        page.Tabs = Name.S
        elements = Array([by_content[n] for n in range(len(by_content))])
        numbers.append(number)
        numbers.append(pdf.make_indirect(elements))
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    for place, element in enumerate(linked, start=len(pages)):
        numbers.append(place)
        numbers.append(element)
    root.ParentTreeNextKey = len(pages) + len(linked)
    pdf.Root.StructTreeRoot = root


def _element(
    pdf: Pdf, pages: list[Any], node: Node, parent: Any, parents: list[dict[int, Any]], linked: list[Any]
) -> Any:
    """The element of a node, with those below it; `parents` and `linked` gain what the parent tree must name."""
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.tag}"), P=parent))
    kids: list[Any] = []
    for number, (page, content) in enumerate(node.leaves):
        if number == 0:
            element.Pg = pages[page]
        same = page == node.leaves[0][0]
        kids.append(content if same else Dictionary(Type=Name.MCR, Pg=pages[page], MCID=content))
        parents[page][content] = element
    for page, number in node.links:
        annotation = pages[page].Annots[number]
        annotation.StructParent = len(pages) + len(linked)
        annotation.F = PRINTED
        linked.append(element)
        kids.append(Dictionary(Type=Name.OBJR, Pg=pages[page], Obj=annotation))
    if node.field is not None:
        widget = _widget(pdf, pages, node.field, len(pages) + len(linked))
        linked.append(element)
        element.Pg = pages[node.field.page]
        kids.append(Dictionary(Type=Name.OBJR, Pg=pages[node.field.page], Obj=widget))
    kids += [_element(pdf, pages, child, element, parents, linked) for child in node.children]
    if kids:
        element.K = kids[0] if len(kids) == 1 else Array(kids)
    if node.alt:
        element.Alt = String(node.alt)
    if node.spoken:
        element.Lang = String(node.spoken)
    if node.actual:
        element.ActualText = String(node.actual)
    attributes = _attributes(node)
    if attributes is not None:
        element.A = attributes
    return element


def _widget(pdf: Pdf, pages: list[Any], field: SignatureField, place: int) -> Any:
    """An empty signature field on its page and in the form; `place` is its key in the parent tree.

    It is made with the pages: whoever signs writes into it and adds nothing else, so that an earlier signature stands.
    """
    left, low, right, high = (round(x, 2) for x in field.box)
    page = pages[field.page]
    looks = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, right - left, high - low]))
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(field.name), TU=String(field.words),
            Rect=Array([left, low, right, high]), F=PRINTED, P=page, StructParent=place,
            AP=Dictionary(N=pdf.make_indirect(looks)),
        )
    )  # fmt: skip
    if "/Annots" not in page:
        page.Annots = Array()
    page.Annots.append(widget)
    if "/AcroForm" not in pdf.Root:
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array()))
    pdf.Root.AcroForm.Fields.append(widget)
    return widget


def _attributes(node: Node) -> Any:
    if node.scope:
        return Dictionary(O=Name.Table, Scope=Name(f"/{node.scope}"))
    if node.summary:
        return Dictionary(O=Name.Table, Summary=String(node.summary))
    if node.numbering:
        return Dictionary(O=Name.List, ListNumbering=Name(f"/{node.numbering}"))
    if node.tag == "Figure" and node.box is not None:
        box = Array([round(x, 2) for x in node.box])
        return Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
    return None


def _output_intent(pdf: Pdf) -> Dictionary:
    profile = Stream(pdf, _srgb(), N=3)
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )


@cache
def _srgb() -> bytes:
    """The sRGB profile. Its maker writes the time into bytes 24–35 of the header: a fixed one takes its place."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    year_month_day = b"".join(x.to_bytes(2, "big") for x in (2026, 1, 1, 0, 0, 0))
    return made[:24] + year_month_day + made[36:]


def without_cid_sets(pdf: Pdf) -> None:
    """An incomplete CIDSet is a fault for archives and none at all is allowed."""
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("/Type") == "/FontDescriptor" and "/CIDSet" in thing:
            del thing["/CIDSet"]


def _without_controls(text: str) -> str:
    """XML has no place for them."""
    return "".join(c for c in text if unicodedata.category(c) != "Cc")


def _listed(tag: str, kind: str, texts: tuple[str, ...]) -> str:
    rows = "".join(f"<rdf:li>{escape(_without_controls(text))}</rdf:li>" for text in texts)
    return f"<{tag}><rdf:{kind}>{rows}</rdf:{kind}></{tag}>"


def _described(text: str) -> str:
    said = escape(_without_controls(text))
    return f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{said}</rdf:li></rdf:Alt></dc:description>'


def about_itself(about: About) -> str:
    """XMP, written by hand because the PDF/UA identifier inside PDF/A-2 needs its extension schema."""
    title, language, day = escape(_without_controls(about.title)), escape(about.language), about.day.isoformat()
    more = "".join(
        f"\n{tag}"
        for tag, said in (
            (_listed("dc:creator", "Seq", about.made_by), about.made_by),
            (_listed("dc:subject", "Bag", about.keywords), about.keywords),
            (f"<pdf:Keywords>{escape(_without_controls(', '.join(about.keywords)))}</pdf:Keywords>", about.keywords),
            (_described(about.subject), about.subject),
        )
        if said
    )
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>{more}
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>
<xmp:CreateDate>{day}</xmp:CreateDate>
<xmp:ModifyDate>{day}</xmp:ModifyDate>
<pdf:Producer>{CREATOR}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
