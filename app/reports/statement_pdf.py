"""The statement as PDF: tagged from its first page, archival, and the same bytes for the same version."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from reportlab.platypus import CondPageBreak, Spacer

from app import garbage
from app.i18n import Texts
from app.model.redaction import COVERED
from app.model.short_answers import ShortAnswer, short_answers
from app.model.statement import Paragraph, ParagraphKind, Run
from app.model.statement_document import CopyTold, DocumentSection, Signer, StatementDocument
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.charts import MOST_ROWS, Chart, chart, parts
from app.reports.letters import printable
from app.reports.links import Contents, Link, LinkLine
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.picture import Picture
from app.reports.table_layout import Grid, beginning, begun, facts_table, grid, table
from app.reports.tagged import (
    Columns,
    Node,
    PlaceToSign,
    Rule,
    TaggedCanvas,
    TaggedParagraph,
    TaggedTable,
    item,
    paragraph,
)

_NUMBERED = re.compile(r"(\d{1,3}[.)]) +")
_BULLET = "•"
#: pages: a longer statement has a table of contents
SHORT = 6
#: points: a heading moves to the next page unless so much of its text fits, two lines; between two signers
_LINES, GUTTER = 36.0, 24.0
#: points of two places to sign side by side, and of the status line below them
SIGNED, STATUS = 160.0, 50.0
#: points from the top of the place to sign down to its lower line: the height of a signature's field
FIELD = 90.0
#: letters of a name that may go over lines
LONG_NAME, NO_BREAK = 24, "\u00a0"
#: points: a logo is never wider or higher
LOGO = (160.0, 54.0)
#: points of a section's note
NOTE = 23.0
#: the source of the table of names and values
FACTS = "commission"
#: a sentence that stands between a heading and its chart or table
_ABOVE = "profile-note/"
#: headings inside the part of one pair
_INNER = ("dimension/", "states-heading/", "child-heading/", "differently-heading/")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The file, and on which of its pages, from 0, a paragraph (by its id) or a section (by its key) begins."""

    pages: bytes
    places: dict[str, int]


def render_statement(document: StatementDocument, copy: CopyTold | None = None) -> bytes:
    """The whole file. Deterministic: no clock, no random number, nothing but `document`.

    `copy` is what it tells of itself where it is a redacted copy.
    """
    return rendered(document, copy).pages


def rendered(document: StatementDocument, copy: CopyTold | None = None) -> Rendered:
    """The same, and where in it everything is."""
    look.load_fonts()
    with garbage.paused():  # nothing of a document is garbage before it is done
        writer = _Writer(document, copy)
        return Rendered(writer.pdf(), writer.places())


class _Heading(TaggedParagraph):
    """A heading that is also an entry of the outline; `dimension` gives its color's mark in the margin."""

    key = ""
    level = 0
    dimension = ""

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N803  as ReportLab names it
        canvas.mark(self.key, y + self.height + 12)
        canvas.addOutlineEntry(self.words, self.key, self.level, closed=self.level == 0)
        if self.dimension in look.DIMENSIONS:
            canvas.begin(None)
            canvas.saveState()
            canvas.setFillColor(look.dimension_color(self.dimension))
            canvas.roundRect(x - 13, y + self.height - 12, 7, 7, 1.5, stroke=0, fill=1)
            canvas.restoreState()
            canvas.end()
        super().drawOn(canvas, x, y, _sW)

    words = ""


@dataclass
class _Writer:
    """One document on its way to paper: the tree and the story grow together, in reading order."""

    document: StatementDocument
    copy: CopyTold | None = None

    def __post_init__(self) -> None:
        self.texts = Texts(self.document.language)
        self.tree = Node("Document")
        self.headings = 0
        self.level = 0
        self.grids: dict[Any, Grid] = {}
        self.targets = {r.target for r in self.document.references}
        self.nodes: dict[str, Node] = {}

    def places(self) -> dict[str, int]:
        """Known once the pages are made: what was drawn says where."""
        found = {key: [leaf[0] for part in node.walk() for leaf in part.leaves] for key, node in self.nodes.items()}
        return {key: min(pages) for key, pages in found.items() if pages}

    def pdf(self) -> bytes:
        d = self.document
        story = [*self._masthead()]
        for section in d.sections:
            story += self._section(section)
        footer = f"{d.words.version} · {d.words.status} · {d.day_words}"
        title = d.title
        if self.copy is not None:
            footer, title = f"{self.copy.mark} · {footer}", f"{self.copy.mark}: {title}"
        sheet = Sheet(d.title, d.confidentiality, footer, d.words.page, "" if d.final else d.words.draft)
        about = About(title, d.language, d.day, d.producer, d.about, (d.title.split(" · ")[0], d.subtitle), d.spoken)
        return made_into_pages(story, self.tree, sheet, about)

    def text(self, text: str, style: str, tag: str = "P", parent: Node | None = None) -> TaggedParagraph:
        made = look.style(style)
        node = (parent or self.tree).add(tag)
        return paragraph(node, ((_clean(text), made.fontName),), made)

    def _masthead(self) -> list[Any]:
        """Who made it and the secrecy marking side by side; title; the facts of the case."""
        d = self.document
        left = self._letterhead()
        marking = [self.text(x, "secret" if n == 0 else "secret-basis") for n, x in enumerate(d.confidentiality)]
        half = look.TEXT_WIDTH / 2
        story: list[Any] = [Columns((left, marking), (half, half))]
        story.append(self.text(_unbroken(d.title), "title", "Title"))
        if d.subtitle:
            story.append(self.text(d.subtitle, "subtitle"))
        story += self._copy_told()
        facts = [(_clean(name), _clean(value)) for name, value in d.facts if value.strip()]
        if facts:
            story.append(facts_table(self.tree, facts, _clean(d.title), look.TEXT_WIDTH))
        if d.lead:
            story.append(self.text(d.lead, "lead"))
        story += self._answers()
        if _pages_about(d) > SHORT:
            node = self.tree.add("TOC")
            story.append(self.text(self.texts.tr("Contents"), "contents-head", "Caption", node))
            shown = [s for s in d.sections if self._is_shown(s)]
            links = [Link(_titled(s), _key_of(s)) for s in shown]
            story.append(Contents(node, links))
        if words := self._left_out():
            story.append(self.text(words, "note"))
        return story

    def _letterhead(self) -> list[Any]:
        """The logo, the name and the address of who made it, and the names of others who did."""
        d, head = self.document, self.document.letterhead
        rows: list[Any] = []
        if head is not None and head.logo:
            node = self.tree.add("Figure", alt=_clean(head.logo_words))
            rows.append(Picture(node, base64.b64decode(head.logo), LOGO, below=6))
        for n, line in enumerate(d.producer):
            rows.append(self.text(line, "from" if n == 0 else "small"))
            if n == 0 and head is not None:
                rows += [self.text(x, "small") for x in head.address]
        return rows

    def _answers(self) -> list[Any]:
        """What was asked, numbered, each with its answer in a sentence, and where the reasons are."""
        t, answering = self.texts, [s for s in self.document.sections if s.key == self.document.answers_in]
        found = [(s, a) for s in answering for a in short_answers(s.paragraphs)]
        if not found:
            return []
        node = self.tree.add("Sect")
        rows: list[Any] = [self.text(t.tr("What was asked, and the answer in short"), "answers-head", "H1", node)]
        numbered = node.add("L", numbering="Decimal")
        for _, short in found:
            rows += self._answer(numbered, short)
        leads = [Link(_titled(s), _key_of(s)) for s in answering if self._is_shown(s)]
        if leads:
            rows.append(LinkLine(node, t.tr("Reasons:"), t.tr("p."), leads))
        return [*rows, Spacer(1, 6)]

    def _answer(self, numbered: Node, short: ShortAnswer) -> list[Any]:
        asked = _clean(short.question)
        found = _NUMBERED.match(asked)
        label, question = (found.group(1), asked[found.end() :]) if found else (_BULLET, asked)
        made = item(numbered, label, ((question, look.BOLD),), look.style("question"), look.style("answer-label"))
        said = _clean(short.answer) or self.texts.tr("No answer yet.")
        below = numbered.children[-1].children[-1].add("P")
        body = paragraph(below, ((said, look.REGULAR),), look.style("answer"))
        return [made, body]

    def _copy_told(self) -> list[Any]:
        """That it is a redacted copy, of what, and on which ground each number stands for what is covered."""
        if self.copy is None:
            return []
        told = self.copy
        story: list[Any] = [Rule(look.TEXT, 1.2), Spacer(1, 5), self.text(told.mark, "copy-mark")]
        story += [self.text(line, "copy-line") for line in told.lines]
        if told.grounds:
            story.append(self.text(told.grounds_title, "copy-line"))
            node = self.tree.add("L", numbering="Decimal")
            style, label = look.style("copy-item"), look.style("copy-label")
            rows = enumerate(told.grounds, start=1)
            story += [item(node, f"{n}.", ((_clean(law), look.REGULAR),), style, label) for n, law in rows]
        return [*story, Spacer(1, 3), Rule(look.TEXT, 1.2), Spacer(1, 9)]

    def _left_out(self) -> str:
        """Which numbers a reader looks for in vain: nobody took anything away."""
        t, empty = self.texts, [str(s.number) for s in self.document.sections if not self._is_shown(s)]
        if not empty:
            return ""
        return t.trn(
            "Section {numbers} has nothing to report.",
            "Sections {numbers} have nothing to report.",
            len(empty),
            numbers=t.listed(empty),
        )

    def _signs(self, section: DocumentSection) -> bool:
        return section.key == self.document.signature_section and bool(self.document.signers)

    def _is_shown(self, section: DocumentSection) -> bool:
        return self._signs(section) or any(_says_something(p) for p in section.paragraphs)

    def _section(self, section: DocumentSection) -> list[Any]:
        shown = [p for p in map(_printable, section.paragraphs) if _says_something(p)]
        signs = self._signs(section)
        if not shown and not signs:
            return []
        note = section.note if any(p.kind != ParagraphKind.HEADING for p in shown) else ""
        room = (self._room_for(shown, 0) if shown else self._room_to_sign()) + (NOTE if note else 0.0)
        node = self.nodes[section.key] = self.tree.add("Sect")
        story = self._heading(node, 0, ((_titled(section), look.BOLD),), room)
        story[-1].anchor = _key_of(section)
        if note:
            story.append(self.text(note, "note", parent=node))
        for (is_item, _), group in groupby(enumerate(shown), key=lambda row: _list_of(row[1])):
            places, paragraphs = zip(*group, strict=True)
            story += self._list(node, paragraphs) if is_item else self._paragraphs(node, shown, places)
        return [*story, *self._signatures(node)] if signs else story

    def _heading(
        self, parent: Node, level: int, spans: Sequence[tuple[str, str]], room: float, dimension: str = ""
    ) -> list[Any]:
        level = self.level = min(level, self.level + 1)  # no level is left out
        style = look.style(f"h{level + 1}")
        plain = paragraph(parent.add(f"H{level + 1}"), spans, style)
        made = _Heading(None, style, frags=plain.frags)
        self.headings += 1
        made.node, made.key, made.level = plain.node, f"heading-{self.headings}", level
        made.from_right = plain.from_right
        made.words, made.dimension = "".join(text for text, _ in spans), dimension
        return [CondPageBreak(style.spaceBefore + style.leading + style.spaceAfter + room), made]

    def _paragraphs(self, parent: Node, section: Sequence[Paragraph], places: Iterable[int]) -> Iterable[Any]:
        """Those at `places` of a section; a heading asks for the beginning of what follows it there."""
        for n in places:
            p, before = section[n], len(parent.children)
            if p.kind == ParagraphKind.HEADING:
                room = self._room_for(section, n + 1)
                spans = [(r.text, look.font(bold=True, italic=r.italic)) for r in p.runs]
                yield from self._heading(parent, _level_of(p), spans, room, _dimension_of(p))
            elif p.kind == ParagraphKind.TABLE:
                yield from self._marked(p, self._rows(parent, p))
            elif p.kind == ParagraphKind.CHART:
                yield from self._marked(p, self._chart(parent, p))
            else:
                yield from self._marked(p, [paragraph(parent.add("P"), _spans(p.runs), look.style("body"))])
                yield from self._rests_on(parent, [p])
            self._know(p, parent.children[before:])

    def _know(self, p: Paragraph, made: Sequence[Node]) -> None:
        """What of the tree a paragraph became."""
        if made:
            self.nodes[p.id] = made[0]

    def _marked(self, p: Paragraph, story: list[Any]) -> list[Any]:
        """What others rest on can be led to."""
        if p.id in self.targets:
            next(x for x in story if hasattr(x, "anchor")).anchor = p.id
        return story

    def _rests_on(self, parent: Node, paragraphs: Sequence[Paragraph]) -> list[Any]:
        """On what the paragraphs rest, each thing once, with the page where it is told."""
        ids = {p.id for p in paragraphs}
        rests = dict.fromkeys(Link(_clean(r.words), r.target) for r in self.document.references if r.paragraph in ids)
        if not rests:
            return []
        return [LinkLine(parent, self.texts.tr("Rests on:"), self.texts.tr("p."), list(rests))]

    def _room_for(self, section: Sequence[Paragraph], n: int) -> float:
        """Points of what begins at place `n`: headings one under the other stand with what they are of."""
        if n >= len(section):
            return _LINES
        following = section[n]
        if following.kind == ParagraphKind.HEADING:
            style = look.style(f"h{_level_of(following) + 1}")
            own = style.spaceBefore + style.leading + style.spaceAfter
            return float(min(own + self._room_for(section, n + 1), look.HEIGHT / 2))
        if following.kind == ParagraphKind.CHART:
            return float(min(19.0 * min(len(following.cells), MOST_ROWS) + 66, look.HEIGHT / 2))
        if following.kind == ParagraphKind.TABLE:
            return self._room_for_table(following)
        if following.source.startswith(_ABOVE):
            return _LINES + self._room_for(section, n + 1)
        return _LINES

    def _room_for_table(self, p: Paragraph) -> float:
        if p.source == FACTS:
            return _most(sum(_facts(p, Node("Sect")).heights[:2]))
        return _most(beginning(p.cells, self._grid(p)))

    def _rows(self, parent: Node, p: Paragraph) -> list[Any]:
        """A table of names and values has no head that says so, its names do; any other has its first row."""
        if p.source != FACTS:
            return self._table(parent, p.cells, p.about, self._grid(p))
        made = _facts(p, parent)
        return [CondPageBreak(_most(sum(made.heights[:2]))), made]

    def _grid(self, p: Paragraph) -> Grid:
        """The one of all tables of its kind and head: of several meetings they stand one under the other."""
        kind = _kind_of(p)
        if kind not in self.grids:
            rows = [
                q for s in self.document.sections for q in s.paragraphs if q.kind == ParagraphKind.TABLE and q.cells
            ]
            alike = [_printable(q).cells for q in rows if _kind_of(q) == kind]
            self.grids[kind] = grid(alike, look.TEXT_WIDTH)
        return self.grids[kind]

    def _table(self, parent: Node, cells: Sequence[Sequence[str]], about: str, shared: Grid | None = None) -> list[Any]:
        made = table(parent, cells, about, look.TEXT_WIDTH, shared)
        return [CondPageBreak(_most(begun(made.heights, len(made.heights), head=1))), made]

    def _chart(self, parent: Node, source: Paragraph) -> list[Any]:
        story: list[Any] = []
        for part in parts(source):
            made: Chart | None = chart(parent, part, self._word_of, self.texts, look.TEXT_WIDTH)
            if made is None:
                return self._table(parent, source.cells, source.about)
            room = CondPageBreak(made.figure.height + 16)
            story += [
                room,
                made.figure,
                *self._table(parent, made.cells, source.about),
            ]
        return story

    def _word_of(self, letter: str) -> str:
        return _clean(self.document.dimension(letter))

    def _list(self, parent: Node, paragraphs: Sequence[Paragraph]) -> list[Any]:
        numbered = bool(_NUMBERED.match(paragraphs[0].text))
        node = parent.add("L", numbering="Decimal" if numbered else "Disc")
        rows: list[Any] = []
        for p in paragraphs:
            found = _NUMBERED.match(p.text) if numbered else None
            label = found.group(1) if found else _BULLET
            runs = _without_start(p.runs, found.end()) if found else p.runs
            made = item(node, label, _spans(runs), look.style("item"), look.style("label"))
            rows += self._marked(p, [made])
            self._know(p, node.children[-1:])
        return [*rows, Spacer(1, 4), *self._rests_on(parent, paragraphs)]

    def _signatures(self, parent: Node) -> list[Any]:
        """Side by side, a place for each worker's hand, then what the document is and is not."""
        d = self.document
        width = look.TEXT_WIDTH / 2
        story: list[Any] = [self.text(d.alone, "body", parent=parent)] if d.alone else []
        for start in range(0, len(d.signers), 2):
            pair = d.signers[start : start + 2]
            columns = [self._signer(parent, s, width - GUTTER, n) for n, s in enumerate(pair, start=start + 1)]
            between: list[Any] = []  # so that the left one's words never touch the right one's
            placed = [x for column in columns for x in (column, between)]
            story.append(Columns(placed, [width - GUTTER, GUTTER] * len(pair)))
        if d.status_line:
            story.append(self.text(d.status_line, "status", parent=parent))
        return story

    def _room_to_sign(self) -> float:
        """Points of the places to sign with the status line: what is signed and what it is are on one page."""
        rows = -(-len(self.document.signers) // 2)
        return float(min(SIGNED * rows + STATUS, look.HEIGHT / 2))

    def _signer(self, parent: Node, signer: Signer, width: float, number: int) -> list[Any]:
        """Lines for a hand with a pen and, of what is final, the field over them for a certificate."""
        words = self.document.words
        rows: list[Any] = []
        if self.document.final and signer.worker_id:
            heard = _clean(f"{words.signature}: {signer.name}")
            rows.append(PlaceToSign(parent.add("Form"), field_name(number), heard, (width, FIELD)))
        if self.copy is not None:
            rows.append(Spacer(1, 10))
            rows += [self.text(x, "signer-line", parent=parent) for x in self.copy.signed[number - 1 : number]]
        for caption in () if self.copy is not None else (words.place_and_date, words.signature):
            rows += [Spacer(1, 38), Rule(look.MARK_LINE, 0.7, width)]
            rows.append(self.text(caption, "caption", parent=parent))
        rows.append(self.text(signer.name, "signer", parent=parent))
        about = [", ".join(x for x in (signer.title, signer.role) if x), signer.employer]
        if signer.training:
            about.append(f"{words.training}: {'; '.join(signer.training)}")
        rows += [self.text(line, "signer-line", parent=parent) for line in about if line]
        return rows


def field_name(number: int) -> str:
    """What the field of the signer `number`, from 1, is called in the file."""
    return f"signature-{number}"


def _unbroken(title: str) -> str:
    """A title whose line does not end inside of a short name."""
    kind, dot, about = title.partition(" · ")
    return f"{kind}{dot}{about.replace(' ', NO_BREAK)}" if len(about) < LONG_NAME else title


def _titled(section: DocumentSection) -> str:
    return f"{section.number}. {_clean(section.title)}"


def _kind_of(p: Paragraph) -> tuple[str, tuple[str, ...]]:
    """What tables have in common that are of one kind: who made them, and their head as it is shown."""
    return p.source.partition("/")[0], tuple(_clean(text) for text in p.cells[0])


def _facts(p: Paragraph, parent: Node) -> TaggedTable:
    pairs = [(row[0], row[1]) for row in p.cells[1:]]
    return facts_table(parent, pairs, p.about, look.TEXT_WIDTH)


def _key_of(section: DocumentSection) -> str:
    return f"section-{section.key}"


def _pages_about(d: StatementDocument) -> float:
    """About how many pages it will have, by its letters, rows and charts: a table of contents shifts what it counts."""
    paragraphs = [p for s in d.sections for p in s.paragraphs]
    letters = sum(len(p.text) + 60 for p in paragraphs if not p.cells)
    rows = sum(len(p.cells) + 1 for p in paragraphs if p.kind == ParagraphKind.TABLE)
    charts = sum(2 * len(p.cells) + 4 for p in paragraphs if p.kind == ParagraphKind.CHART)
    return 1 + letters / 2800 + (rows + charts) / 31


def _level_of(p: Paragraph) -> int:
    """1 for a heading of a section, 2 for one inside the pair's part of the observations."""
    return 2 if p.source.startswith(_INNER) else 1


def _list_of(p: Paragraph) -> tuple[bool, bool]:
    """Whether it is an item, and whether a numbered one: an item without a number begins a list of its own."""
    is_item = p.kind == ParagraphKind.ITEM
    return is_item, is_item and bool(_NUMBERED.match(p.text))


def _most(beginning_of_table: float) -> float:
    """Points that a table's head and first row ask for: no more than a third of a page."""
    return float(min(beginning_of_table + 8, look.HEIGHT / 3))


def _dimension_of(p: Paragraph) -> str:
    """The letter that a generated heading is about, or empty."""
    return p.source.rsplit("/", 1)[-1] if p.source.startswith("dimension/") else ""


def _clean(text: str) -> str:
    return printable(text)


def _says_something(p: Paragraph) -> bool:
    return bool(p.cells) if p.kind in (ParagraphKind.TABLE, ParagraphKind.CHART) else bool(p.text.strip())


def _printable(p: Paragraph) -> Paragraph:
    runs = tuple(replace(r, text=_clean(r.text)) for r in p.runs)
    cells = tuple(tuple(_clean(text) for text in row) for row in p.cells)
    return replace(p, runs=runs, cells=cells, about=_clean(p.about))


def _spans(runs: Sequence[Run]) -> list[tuple[str, str]]:
    return [(r.text, look.COVERED if r.evidence == COVERED else look.font(bold=r.bold, italic=r.italic)) for r in runs]


def _without_start(runs: Sequence[Run], count: int) -> tuple[Run, ...]:
    """The runs without their first `count` characters."""
    rest = []
    for run in runs:
        cut = min(count, len(run.text))
        count -= cut
        if run.text[cut:]:
            rest.append(replace(run, text=run.text[cut:]))
    return tuple(rest)
