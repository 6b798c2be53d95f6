"""A statement as a page of XHTML with its facts as JSON within: the other form that the national standard knows.

Of the *Sosiaalihuollon asiakirjastandardi* (1.0, first draft 2015-02) only its beginning can be read by everybody: a
document is PDF/A, or XHTML that is shown with JSON that is structured. So much is kept here. Its codes, classes and
signature are not public: the names within the JSON are Havainto's own, and the page says what it is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from xml.etree import ElementTree as ET

from app.model.statement import Paragraph, ParagraphKind
from app.model.statement_document import DocumentSection, StatementDocument

#: what XML has no sign for
_NO_SIGN = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = "http://www.w3.org/1999/xhtml"


def xhtml_of(document: StatementDocument, about: Mapping[str, object], note: str) -> bytes:
    """The whole page; `about` is what the JSON holds, `note` what the page says of itself."""
    page = ET.Element("html", {"xmlns": _SPACE, "lang": document.language, "xml:lang": document.language})
    head = _add(page, "head")
    _add(head, "meta", charset="utf-8")
    _add(head, "title", document.title)
    _add(head, "script", _within(about), type="application/json")
    body = _add(page, "body")
    _add(body, "p", " · ".join(document.confidentiality))
    _add(body, "h1", document.title)
    for line in (document.subtitle, document.lead, *document.producer):
        if line:
            _add(body, "p", line)
    _rows(body, [(name, value) for name, value in document.facts if value.strip()], heads=True)
    for section in document.sections:
        _section(body, section)
    for signer in document.signers:
        _add(body, "p", ", ".join(x for x in (signer.name, signer.title, signer.role, signer.employer) if x))
    for line in (document.alone, document.status_line, note):
        if line:
            _add(body, "p", line)
    text: str = ET.tostring(page, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{text}\n'.encode()


def _section(body: ET.Element, section: DocumentSection) -> None:
    if not section.paragraphs:
        return
    part = _add(body, "section", id=section.key)
    _add(part, "h2", f"{section.number}. {section.title}")
    if section.note:
        _add(part, "p", section.note)
    for is_item, group in groupby(section.paragraphs, key=lambda p: p.kind == ParagraphKind.ITEM):
        _paragraphs(_add(part, "ul") if is_item else part, group)


def _paragraphs(part: ET.Element, paragraphs: Iterable[Paragraph]) -> None:
    tags = {ParagraphKind.HEADING: "h3", ParagraphKind.ITEM: "li"}
    for paragraph in paragraphs:
        if paragraph.cells:  # of a chart the table that it is drawn from
            _rows(part, paragraph.cells, paragraph.about)
        elif paragraph.text.strip():
            made = _add(part, tags.get(paragraph.kind, "p"))
            for run in paragraph.runs:
                _add(made, "strong" if run.bold else "em" if run.italic else "span", run.text)


def _rows(part: ET.Element, rows: Iterable[Iterable[str]], caption: str = "", *, heads: bool = False) -> None:
    """A table whose first row, or with `heads` first column, says what the others are."""
    held = [tuple(row) for row in rows]
    if not held:
        return
    table = _add(part, "table")
    if caption:
        _add(table, "caption", caption)
    for number, row in enumerate(held):
        line = _add(table, "tr")
        for place, cell in enumerate(row):
            is_head = place == 0 if heads else number == 0
            _add(line, "th" if is_head else "td", cell, **({"scope": "row" if heads else "col"} if is_head else {}))


def _within(about: Mapping[str, object]) -> str:
    """JSON that holds no sign of the page around it: a reader of HTML takes the script's letters as they stand."""
    text = json.dumps(about, indent=2)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _add(parent: ET.Element, tag: str, text: str = "", **about: str) -> ET.Element:
    made = ET.SubElement(parent, tag, about)
    made.text = _NO_SIGN.sub("", text)
    return made
