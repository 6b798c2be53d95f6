"""Two workers' agreement on paper: the figures, how each was computed with its own numbers, and whom they are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, Spacer

from app.i18n import Texts
from app.reports import page_style as look
from app.reports.agreement_document import AgreementPaper, PaperPart
from app.reports.archival import About
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.table_layout import beginning, facts_table, grid, table
from app.reports.tagged import Columns, Node, paragraph

Cells = Sequence[Sequence[str]]
#: points of a section's heading, and of a smaller one or a line above a table, with the room around them
_SECTION, _HEADING = 56.0, 44.0
#: points of a paragraph and of a row of facts, more or less: a short calculation stands on one page
_PARAGRAPH, _FACT = 38.0, 18.5


def agreement_pdf(paper: AgreementPaper, texts: Texts) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1. Deterministic: nothing but `paper`."""
    look.load_fonts()
    writer = _Writer(texts)
    story = writer.story(paper)
    sheet = Sheet(paper.title, paper.marking, f"Havainto · {texts.date(paper.day)}", "{page} / {pages}")
    return made_into_pages(story, writer.tree, sheet, About(paper.title, texts.language, paper.day))


class _Writer:
    """The tree and the story grow together, in reading order."""

    def __init__(self, texts: Texts) -> None:
        self.texts, self.tree = texts, Node("Document")

    def story(self, paper: AgreementPaper) -> list[Any]:
        marking = [self._say("P", x, "secret" if n == 0 else "secret-basis") for n, x in enumerate(paper.marking)]
        half = look.TEXT_WIDTH / 2
        story: list[Any] = [Columns(([], marking), (half, half)), self._say("H1", paper.title, "title")]
        story.append(self._say("P", paper.subtitle, "subtitle"))
        facts = [(printable(name), printable(value)) for name, value in paper.facts]
        story += [facts_table(self.tree, facts, printable(paper.title), look.TEXT_WIDTH), Spacer(1, 4)]
        story += [self._say("P", words, "body") for words in paper.notes]
        for section in paper.sections:
            story += [CondPageBreak(_SECTION + self._first(section.parts[0])), self._say("H2", section.title, "h1")]
            for part in section.parts:
                story += self._part(part)
        return story

    def _part(self, part: PaperPart) -> list[Any]:
        story: list[Any] = []
        if part.title:
            story += [CondPageBreak(self._first(part)), self._say("H3", part.title, "h2")]
        story += [self._say("P", words, "body") for words in part.before]
        if part.facts:
            facts = [(printable(name), printable(value)) for name, value in part.facts]
            story += [facts_table(self.tree, facts, printable(part.title), look.TEXT_WIDTH), Spacer(1, 4)]
        story += [self._say("P", words, "note") for words in part.between]
        for one in part.tables:
            cells = _printed(one.cells)
            made_in = grid([cells], look.TEXT_WIDTH)
            if one.title:
                story.append(CondPageBreak(_HEADING + beginning(cells, made_in)))
                story.append(self._say("P", one.title, "note"))
            story.append(table(self.tree, cells, printable(one.title or part.title), look.TEXT_WIDTH, made_in))
        return [*story, *(self._say("P", words, "note") for words in part.after)]

    def _first(self, part: PaperPart) -> float:
        """Points that a part asks for where it begins, its own heading with it."""
        room = _HEADING if part.title else 0.0
        if part.before or part.facts or not part.tables:
            asked = room + _PARAGRAPH * len(part.before) + _FACT * len(part.facts) + _HEADING
            return min(asked, float(look.HEIGHT) / 2)
        cells = _printed(part.tables[0].cells)
        return room + _HEADING + beginning(cells, grid([cells], look.TEXT_WIDTH))

    def _say(self, tag: str, words: str, style: str) -> Any:
        made = look.style(style)
        return paragraph(self.tree.add(tag), ((printable(words), made.fontName),), made)


def _printed(rows: Cells) -> list[tuple[str, ...]]:
    return [tuple(printable(cell) for cell in row) for row in rows]
