"""A service's paper as PDF: under the letterhead, tagged, with lines to sign on."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from app.i18n import Texts
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.picture import Picture
from app.reports.service_paper import ServiceGroup, ServicePaper, ServiceSection, SignLine
from app.reports.table_layout import beginning, facts_table, grid, table
from app.reports.tagged import Columns, Node, Rule, paragraph

#: points: a logo is never wider or higher
_LOGO = (160.0, 54.0)
#: points of a section's heading and of a smaller one, with the room around them, and of a row below it
_SECTION, _HEADING, _FACT = 56.0, 36.0, 34.0
#: points above a line to sign on, between two such side by side, and below them
_HAND, _GUTTER, _BELOW = 34, 24.0, 6


def service_paper(paper: ServicePaper, texts: Texts) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1. Deterministic: nothing but `paper`; `texts` are those of its language."""
    look.load_fonts()
    writer = _Writer()
    story = writer.story(paper, texts)
    sheet = Sheet(paper.title, paper.marking, f"Havainto · {texts.date(paper.day)}", "{page} / {pages}")
    return made_into_pages(story, writer.tree, sheet, About(paper.title, texts.language, paper.day))


class _Writer:
    """The tree and the story grow together, in reading order."""

    def __init__(self) -> None:
        self.tree = Node("Document")

    def story(self, paper: ServicePaper, texts: Texts) -> list[Any]:
        marking = [self._say(x, "secret" if n == 0 else "secret-basis") for n, x in enumerate(paper.marking)]
        half = look.TEXT_WIDTH / 2
        story: list[Any] = [Columns((self._sender(paper), marking), (half, half))]
        story.append(self._say(paper.title, "title", "H1"))
        if paper.subtitle:
            story.append(self._say(paper.subtitle, "subtitle"))
        if not paper.facts_last:
            story += self._facts(paper)
        for n, words in enumerate(paper.opening):
            story.append(self._say(words, "h1" if paper.leads and n == 0 else "body"))
        for section in paper.sections:
            story += self._section(section)
        if paper.closing:
            story += [Spacer(1, 10), *(self._say(words, "body") for words in paper.closing)]
        story += self._signed(paper.signers, texts)
        return [*story, *(self._facts(paper) if paper.facts_last else [])]

    def _facts(self, paper: ServicePaper) -> list[Any]:
        facts = [(printable(name), printable(value)) for name, value in paper.facts]
        return [facts_table(self.tree, facts, printable(paper.title), look.TEXT_WIDTH), Spacer(1, 10)] if facts else []

    def _sender(self, paper: ServicePaper) -> list[Any]:
        """The logo, the name and the address of who made it."""
        rows: list[Any] = []
        head = paper.head
        if head is not None and head.logo:
            node = self.tree.add("Figure", alt=printable(head.logo_words))
            rows.append(Picture(node, base64.b64decode(head.logo), _LOGO, below=6))
        for n, line in enumerate(paper.sender):
            rows.append(self._say(line, "from" if n == 0 else "small"))
            if n == 0 and head is not None:
                rows += [self._say(words, "small") for words in head.address]
        return rows

    def _section(self, section: ServiceSection) -> list[Any]:
        heading = self._heading(section.title, "h1", "H2")
        if section.table is not None:
            cells = [tuple(printable(cell) for cell in row) for row in section.table.cells]
            made_in = grid([cells], look.TEXT_WIDTH)
            whole = table(self.tree, cells, printable(section.table.about), look.TEXT_WIDTH, made_in)
            return [CondPageBreak(_SECTION + beginning(cells, made_in)), heading, whole]
        story: list[Any] = [CondPageBreak(_SECTION + _HEADING + _FACT), heading]
        for group in section.groups:
            story += self._group(section, group)
        return story

    def _group(self, section: ServiceSection, group: ServiceGroup) -> list[Any]:
        rows: list[Any] = []
        if group.title:
            rows += [CondPageBreak(_HEADING + _FACT), self._heading(group.title, "h2", "H3")]
        facts = [(printable(name), printable(value)) for name, value in group.facts]
        about = printable(group.title or section.title)
        return [*rows, facts_table(self.tree, facts, about, look.TEXT_WIDTH), Spacer(1, 4)]

    def _signed(self, signers: Sequence[SignLine], texts: Texts) -> list[Any]:
        """Two lines side by side, each with its name and role below."""
        if not signers:
            return []
        head = self._say(texts.tr("Signatures"), "h2", "H2")
        rows = [self._side_by_side(signers[n : n + 2], texts) for n in range(0, len(signers), 2)]
        return [KeepTogether([head, rows[0]]), *rows[1:]]

    def _side_by_side(self, two: Sequence[SignLine], texts: Texts) -> Columns:
        half = (look.TEXT_WIDTH - _GUTTER) / 2
        columns: list[list[Any]] = []
        for one in two:
            by_hand = texts.tr("{who}: place, date, signature", who=one.role)
            said = [self._say(one.name, "signer"), self._say(by_hand, "signer-line")] if one.name else []
            columns.append(
                [Spacer(1, _HAND), Rule(look.MARK_LINE, look.HAIRLINE), *(said or [self._say(by_hand, "signer-line")])]
            )
            columns[-1].append(Spacer(1, _BELOW))
        second = columns[1] if len(columns) > 1 else []
        return Columns((columns[0], [], second), (half, _GUTTER, half))

    def _heading(self, words: str, style: str, tag: str) -> Any:
        """It stands with what is below it."""
        made = self._say(words, style, tag)
        made.keepWithNext = True
        return made

    def _say(self, words: str, style: str, tag: str = "P") -> Any:
        made = look.style(style)
        return paragraph(self.tree.add(tag), ((printable(words), made.fontName),), made)
