"""Papers of supervision: the agreement with lines to sign on, and what a payer is told of a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.platypus import KeepTogether, Spacer

from app.i18n import Texts
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.table_layout import facts_table, table
from app.reports.tagged import Node, Rule, item, paragraph

#: room for a signature above its line, and below the words of the line, points
_HAND, _BELOW = 30, 6


@dataclass(frozen=True, slots=True)
class SupervisionPart:
    """A heading with what stands below it: facts by name, words, a list, a table whose first row is its head."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.lines or self.items or self.rows)


@dataclass(frozen=True, slots=True)
class SupervisionPaper:
    """All of one paper; an empty part is left out. `signers` are the words below each line to sign on."""

    title: str
    subtitle: str
    parts: tuple[SupervisionPart, ...]
    signers: tuple[str, ...] = ()


def supervision_pdf(paper: SupervisionPaper, texts: Texts, made: date) -> bytes:
    """The paper as PDF, tagged; `made` is its day."""
    look.load_fonts()
    tree, story = Node("Document"), list[Any]()
    story += [_said(tree, "H1", paper.title, "form-title"), _said(tree, "P", paper.subtitle, "subtitle")]
    for part in paper.parts:
        if not part.is_empty:
            story += _part(tree, part)
    if paper.signers:
        story += _signatures(tree, paper.signers, texts)
    sheet = Sheet(paper.title, (), f"Havainto · {texts.date(made)}", "{page} / {pages}")
    return made_into_pages(story, tree, sheet, About(paper.title, texts.language, made))


def _said(tree: Node, tag: str, words: str, style: str) -> Any:
    chosen = look.style(style)
    made = paragraph(tree.add(tag), ((printable(words), chosen.fontName),), chosen)
    made.keepWithNext = tag.startswith("H")  # a heading stands with what is below it
    return made


def _part(tree: Node, part: SupervisionPart) -> list[Any]:
    story = [_said(tree, "H2", part.title, "h2")]
    if part.facts:
        facts = [(printable(name), printable(value)) for name, value in part.facts]
        story.append(facts_table(tree, facts, printable(part.title), look.TEXT_WIDTH))
    story += [_said(tree, "P", words, "body") for words in part.lines]
    if part.items:
        node = tree.add("L", numbering="Disc")
        shown = look.style("item"), look.style("label")
        story += [item(node, "•", ((printable(words), look.REGULAR),), *shown) for words in part.items]
    if part.rows:
        cells = [tuple(printable(cell) for cell in row) for row in part.rows]
        story.append(table(tree, cells, printable(part.title), look.TEXT_WIDTH))
    return story


def _signatures(tree: Node, signers: Sequence[str], texts: Texts) -> list[Any]:
    """Each line with its words below it; the heading stands with the first."""
    head = _said(tree, "H2", texts.tr("Signatures"), "h2")
    lines = [
        [Spacer(1, _HAND), Rule(look.LINE, look.HAIRLINE), _said(tree, "P", words, "small"), Spacer(1, _BELOW)]
        for words in signers
    ]
    return [KeepTogether([head, *lines[0]]), *(KeepTogether(line) for line in lines[1:])]
