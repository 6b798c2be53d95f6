# ruff: noqa: N803  the arguments that ReportLab gives by name keep its names
"""ReportLab with a structure tree: every mark on a page is content of a node, or an artifact.

The open edition of ReportLab writes no marked content. Here a canvas brackets what is drawn for a `Node`, and the
flowables of our pages say which node they are; `archival` then writes the tree into the file. ReportLab drops the
space at line ends, which a reader with a screen reader hears as two words in one, so text puts it back.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Flowable, LongTable, Paragraph
from reportlab.platypus.paraparser import ParaFrag

from app.model.spoken import Quoted
from app.model.units import Points
from app.reports import page_style as look
from app.reports.letters import any_from_right, reads_from_right
from app.reports.writing import LetteredText, SpacedText, draw_simply, draws_simply


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A place of the file that is signed: its name in the form, what a reader hears of it, its page from 0 and box."""

    name: str
    words: str
    page: int
    box: tuple[float, float, float, float]


Spans = Sequence[tuple[str, str]]
"""Pieces of a paragraph: (text, font name)."""
#: styles whose lines stand alone on the page: written from right to left, they begin at the right margin
_WHOLE_LINES = ("body",)


@dataclass(eq=False)
class Node:
    """An element of the structure tree. `leaves` are (page from 0, marked-content number) in the order drawn.

    `said` is what is read of it, in the language `spoken` where that is not the document's. `actual` is its text in
    reading order where its lines are drawn in another. `heard` counts the drawn characters that are no spaces, so that
    `gaps` (the same count at each space of the source) tells whether a line end was a space there. `links` are (page,
    number of the annotation on it), each from 0: where a press leads elsewhere in the file. `quoted` are its words in
    another language: from and to which count of `heard`, and the language. `field` is the place to sign that it is.
    """

    tag: str
    alt: str = ""
    said: str = ""
    spoken: str = ""
    actual: str = ""
    scope: str = ""
    summary: str = ""
    numbering: str = ""
    children: list[Node] = field(default_factory=list)
    leaves: list[tuple[int, int]] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None
    gaps: frozenset[int] = frozenset()
    heard: int = 0
    links: list[tuple[int, int]] = field(default_factory=list)
    quoted: list[tuple[int, int, str]] | None = None
    field: SignatureField | None = None

    def add(self, tag: str, **about: str) -> Node:
        child = Node(tag, **about)  # type: ignore[arg-type]  # only the fields of words are given by name
        self.children.append(child)
        return child

    def walk(self) -> Iterator[Node]:
        """The node and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


#: points left of and below a page's number that its form has
NUMBER_ROOM = 40.0


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that brackets marked content. Nested calls belong to the outermost."""

    def __init__(
        self,
        *args: Any,
        finish: Callable[[TaggedCanvas], None] | None = None,
        quoted: Callable[[str], Sequence[Quoted]] | None = None,
        **named: Any,
    ) -> None:
        """`quoted` gives the words of a passage that are in another language; `finish` is called before saving."""
        self._quoted = quoted
        self._depth = 0
        self._content = 0
        self._finish = finish
        self._links = 0
        #: page from 1 by the key of what stands there; by its key and look a page's number that is drawn at the end
        self.places: dict[str, int] = {}
        self.numbers: dict[str, tuple[str, Any]] = {}
        super().__init__(*args, **named)

    def find_quoted(self, node: Node) -> None:
        """Which of its letters are in another language. What is read in another order than drawn is left alone."""
        if node.quoted is None:
            found = () if node.actual or self._quoted is None else self._quoted(node.said)
            node.quoted = [(_letters(node.said[: q.start]), _letters(node.said[: q.end]), q.language) for q in found]

    def begin(self, node: Node | None, artifact: str = "") -> None:
        """What follows is content of `node`; None: an artifact, `artifact` names its kind (Header, Footer…)."""
        self._depth += 1
        if self._depth > 1:
            return
        if node is None:
            kind = f"/Artifact <</Type /Pagination /Subtype /{artifact}>> BDC" if artifact else "/Artifact BMC"
            self._code.append(kind)
            return
        self._code.append(f"/{node.tag} <</MCID {self._content}>> BDC")
        node.leaves.append((self._pageNumber - 1, self._content))
        self._content += 1

    def end(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._code.append("EMC")

    def mark(self, key: str, top: Points) -> None:
        """A link to `key` leads here."""
        self.places.setdefault(key, self.getPageNumber())
        self.bookmarkPage(key, fit="XYZ", left=0, top=top)

    def link(self, node: Node, key: str, words: str, box: tuple[float, float, float, float]) -> None:
        """A press into `box` leads to `key`; `words` is what a screen reader says of it."""
        self.linkRect(words, key, box, relative=1, thickness=0)
        node.links.append((self._pageNumber - 1, self._links))
        self._links += 1

    def place_field(self, node: Node, name: str, words: str, box: tuple[float, float, float, float]) -> None:
        """Here the file is signed: `box` is in the units and from the place of what is drawn now."""
        left, low = self.absolutePosition(*box[:2])
        right, high = self.absolutePosition(*box[2:])
        node.field = SignatureField(name, words, self._pageNumber - 1, (left, low, right, high))

    def draw_page_of(self, key: str, style: Any, x: Points, y: Points) -> None:
        """The number of the page where `key` stands, known only when all pages are done.

        It ends at `x` in a style that is set to the right, and begins there in any other.
        """
        name = f"page-of-{key}-{style.name}"
        self.numbers[name] = key, style
        self.saveState()
        self.translate(x - NUMBER_ROOM, y - NUMBER_ROOM)  # what a form draws left of it or below is cut away
        self.doForm(name)
        self.restoreState()

    def beginText(self, x: Points = 0, y: Points = 0, direction: Any = None) -> PDFTextObject:
        return LetteredText(self, x, y, direction=direction)

    def showPage(self) -> None:
        assert self._depth == 0, "marked content ends on its page"
        super().showPage()
        self._content = self._links = 0

    def save(self) -> None:
        if self._finish is not None:
            self._finish(self)
        super().save()

    @property
    def pages(self) -> int:
        """How many pages are done."""
        return int(self._pageNumber) - 1


def _letters(text: str) -> int:
    return sum(not c.isspace() for c in text)


def gaps_of(text: str) -> frozenset[int]:
    """After how many non-space characters the text has a space."""
    found, heard = set(), 0
    for c in text:
        if not c.isspace():
            heard += 1
        elif heard:
            found.add(heard)
    return frozenset(found)


_ENDLESS = 72_000.0  # points: as high as it takes


class TaggedParagraph(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """A paragraph that is one node, also when it goes over pages. A header cell drawn again is an artifact."""

    node: Node | None = None
    anchor = ""
    repeats = False
    from_right = False
    blPara: Any
    width: float
    height: float
    _measured: tuple[float, tuple[float, float]] | None = None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Its lines are broken once for a width: layout asks again at every step, and drops them where none fits."""
        if self._measured is None or self._measured[0] != availWidth or not hasattr(self, "blPara"):
            self._measured = availWidth, super().wrap(availWidth, availHeight)
        return self._measured[1]

    @property
    def said(self) -> str:
        return self.node.said if self.node is not None else ""

    def wrap_as(self, other: TaggedParagraph, width: float) -> None:
        """Wrap to a width; lines that `other`, of the same text and style, already has are its lines too."""
        if other._measured is None or other._measured[0] != width:
            other.wrap(width, _ENDLESS)
        self._measured, self.blPara, self.width, self.height = other._measured, other.blPara, other.width, other.height

    def drawOn(self, canvas: TaggedCanvas, x: Points, y: Points, _sW: float = 0) -> None:
        again = self.repeats and self.node is not None and bool(self.node.leaves)
        if self.anchor:
            canvas.mark(self.anchor, y + self.height + 12)
        canvas.begin(None if again else self.node)
        if self.node is not None:
            canvas.find_quoted(self.node)
        if draws_simply(self.blPara, self.style):
            origin = x + self.style.leftIndent, y + self.height - self.blPara.fontSize
            draw_simply(canvas, origin, self.blPara, self.style, self.node)
        else:
            super().drawOn(canvas, x, y, _sW)
        canvas.end()

    def beginText(self, x: Points, y: Points) -> PDFTextObject:
        made = LetteredText(self.canv, x, y)
        if self.node is not None:
            made = SpacedText(self.canv, x, y)
            made.node = self.node
        made.from_right = self.from_right
        return made

    def split(self, availWidth: float, availHeight: float) -> list[TaggedParagraph]:
        parts: list[TaggedParagraph] = super().split(availWidth, availHeight)
        for part in parts:
            part.node, part.repeats, part.from_right = self.node, self.repeats, self.from_right
        if parts:
            parts[0].anchor = self.anchor
        return parts


def paragraph(node: Node | None, spans: Spans, style: Any) -> TaggedParagraph:
    """A paragraph of spans; a line feed in a span is a new line. Without a node it must be drawn inside another's."""
    made = TaggedParagraph(None, style, frags=_frags(spans, style))
    _say(made, node, spans)
    return made


def _say(made: TaggedParagraph, node: Node | None, spans: Spans) -> None:
    """What is read of a paragraph, and in which direction its lines run."""
    whole = "".join(text for text, _ in spans)
    turned = any_from_right(whole)
    made.node, made.from_right = node, turned and reads_from_right(whole)
    if made.from_right and made.style.name in _WHOLE_LINES:
        made.style = made.style.clone(made.style.name, alignment=TA_RIGHT)
    if node is not None:
        node.said, node.gaps = whole, gaps_of(whole)
        node.actual = whole if turned else ""


def _frags(spans: Spans, style: Any) -> list[Any]:
    frags = []
    for text, font in in_one_font(spans):
        for n, line in enumerate(text.split("\n")):
            if n:
                frags.append(_frag("", font, style, lineBreak=True))
            if line:
                frags.append(_frag(line, font, style))
    return frags


def in_one_font(spans: Spans) -> Spans:
    """The spans, with those that hold letters from the right to left in the font of the first of them.

    Such letters are put in order within one font: two beside each other would stand in the wrong order.
    """
    if len(spans) < 2:
        return spans
    used = [n for n, (text, _) in enumerate(spans) if any_from_right(text)]
    joined = "".join(text for text, _ in spans[used[0] : used[-1] + 1]) if used else ""
    alone = not any(unicodedata.bidirectional(c) == "L" for c in joined)
    if len(used) < 2 or not (alone or reads_from_right("".join(text for text, _ in spans))):
        return spans
    return [*spans[: used[0]], (joined, spans[used[0]][1]), *spans[used[-1] + 1 :]]


def _frag(text: str, font: str, style: Any, **more: Any) -> Any:
    color = style.textColor
    if font == look.COVERED:
        font, color, more = look.BOLD, look.LIGHT, {**more, "backColor": look.TEXT}
    return ParaFrag(
        text=text, fontName=font, fontSize=style.fontSize, textColor=color, rise=0, greek=0, link=[],
        us_lines=[], bold=0, italic=0, sub=0, sup=0, **more,
    )  # fmt: skip


class TaggedItem(TaggedParagraph):
    """A list item: its label hangs left of the first line."""

    label: TaggedParagraph | None = None

    def drawOn(self, canvas: TaggedCanvas, x: Points, y: Points, _sW: float = 0) -> None:
        if self.label is not None:
            _, height = self.label.wrap(self.style.leftIndent, self.height)
            self.label.drawOn(canvas, x, y + self.height - height, _sW)
        super().drawOn(canvas, x, y, _sW)

    def split(self, availWidth: float, availHeight: float) -> list[TaggedParagraph]:
        parts = super().split(availWidth, availHeight)
        if parts and isinstance(parts[0], TaggedItem):
            parts[0].label = self.label
        return parts


def item(list_node: Node, label: str, spans: Spans, style: Any, label_style: Any) -> TaggedItem:
    """One item of a list node: LI with Lbl and LBody."""
    node = list_node.add("LI")
    made = TaggedItem(None, style, frags=_frags(spans, style))
    made.label = paragraph(node.add("Lbl"), ((label, label_style.fontName),), label_style)
    _say(made, node.add("LBody"), spans)
    return made


#: points: rows that are not higher stay together where single ones would be left, and whole
FEW = 200.0


class TaggedTable(LongTable):  # type: ignore[misc]  # reportlab has no types
    """A table whose cells are tagged paragraphs; what it draws besides them is an artifact."""

    anchor = ""

    def drawOn(self, canvas: TaggedCanvas, x: Points, y: Points, _sW: float = 0) -> None:
        if self.anchor:
            canvas.mark(self.anchor, y + self._height + 12)
        super().drawOn(canvas, x, y, _sW)

    def split(self, availWidth: float, availHeight: float) -> list[TaggedTable]:
        """No single row is left behind, none goes over alone, and only a high row is broken."""
        room, head, ends = availHeight, int(self.repeatRows), list(accumulate(self.heights))
        here = sum(end <= availHeight for end in ends)
        if here == head + 1 and len(ends) > here and sum(self.heights[: head + 2]) < FEW:
            return []
        if here == len(ends) - 1 and here <= head + 2 and ends[-1] < FEW:
            return []
        if here == len(ends) - 1 and here > head + 2:
            room = ends[here - 2] + 1e-6
        self.splitInRow = int(any(height > FEW for height in self.heights[max(here, head) :][:1]))
        parts: list[TaggedTable] = super().split(availWidth, room)
        for part in parts:
            part.splitInRow = 1
        if parts:
            parts[0].anchor = self.anchor
        return parts

    @property
    def heights(self) -> list[float]:
        """Points per row, as they were given."""
        return list(self._rowHeights)

    def _drawCell(
        self, cellval: Sequence[TaggedParagraph], cellstyle: Any, pos: tuple[float, float], size: tuple[float, float]
    ) -> None:
        """Each paragraph under the one before, from the cell's top: as it was measured."""
        left, top = pos[0] + cellstyle.leftPadding, pos[1] + size[1] - cellstyle.topPadding
        room = size[0] - cellstyle.leftPadding - cellstyle.rightPadding
        for flowable in cellval:
            _, height = flowable.wrap(room, size[1])
            top -= height
            flowable.drawOn(self.canv, left, top)

    def _drawBkgrnd(self) -> None:
        self.canv.begin(None)
        super()._drawBkgrnd()
        self.canv.end()

    def _drawLines(self) -> None:
        self.canv.begin(None)
        super()._drawLines()
        self.canv.end()


class TaggedFigure(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A drawing with its text equivalent. Subclasses set width and height and draw in `draw`."""

    anchor = ""

    def __init__(self, node: Node, width: float, height: float) -> None:
        super().__init__()
        self.node, self.width, self.height = node, width, height

    def drawOn(self, canvas: TaggedCanvas, x: Points, y: Points, _sW: float = 0) -> None:
        left, low = canvas.absolutePosition(x, y)
        self.node.box = (left, low, left + self.width, low + self.height)
        if self.anchor:
            canvas.mark(self.anchor, y + self.height + 12)
        canvas.begin(self.node)
        super().drawOn(canvas, x, y, _sW)
        canvas.end()


class PlaceToSign(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The field of one signer, over what is drawn from here down: it takes no room and leaves no mark of its own."""

    def __init__(self, node: Node, name: str, words: str, size: tuple[Points, Points]) -> None:
        super().__init__()
        self._node, self._name, self._words, self._size = node, name, words, size

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        self.width, self.height = self._size[0], 0.0
        return self.width, self.height

    def draw(self) -> None:
        width, height = self._size
        self.canv.place_field(self._node, self._name, self._words, (0.0, -height, width, 0.0))


class Rule(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A hairline of the frame's width or of a given one: an artifact."""

    def __init__(self, color: Any, thickness: float, width: float | None = None) -> None:
        super().__init__()
        self._color, self._thickness, self._wanted = color, thickness, width

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width = self._wanted or available_width
        return self.width, self._thickness

    def draw(self) -> None:
        self.canv.begin(None)
        self.canv.setStrokeColor(self._color)
        self.canv.setLineWidth(self._thickness)
        self.canv.line(0, 0, self.width, 0)
        self.canv.end()


class Columns(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Flowables side by side, read column after column; kept whole."""

    def __init__(self, columns: Sequence[Sequence[Any]], widths: Sequence[float]) -> None:
        super().__init__()
        self._columns, self._widths = columns, widths

    def wrap(self, _available_width: float, available_height: float) -> tuple[float, float]:
        self._placed: list[tuple[Any, float, float]] = []
        left, self.height = 0.0, 0.0
        for column, width in zip(self._columns, self._widths, strict=True):
            down = 0.0
            for flowable in column:
                down += flowable.getSpaceBefore()
                _, height = flowable.wrap(width, available_height)
                down += height
                self._placed.append((flowable, left, down))
                down += flowable.getSpaceAfter()
            self.height = max(self.height, down)
            left += width
        self.width = left
        return self.width, self.height

    def draw(self) -> None:
        for flowable, left, down in self._placed:
            flowable.drawOn(self.canv, left, self.height - down)
