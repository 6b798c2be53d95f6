"""Hours and statistics on paper: a letterhead, titled tables with their charts, notes, and where two sign."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.platypus import Spacer

from app.charts.picture import Picture as Chart
from app.i18n import Texts
from app.model.statement_document import PageHead
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.charts import DrawnFigure, pen
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.picture import Picture
from app.reports.table_layout import facts_table, table
from app.reports.tagged import Node, paragraph

_LOGO = (160.0, 54.0)


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One table: its first row is the header. `picture` says the same as a chart."""

    title: str
    about: str
    cells: tuple[tuple[str, ...], ...]
    picture: Chart | None = None


@dataclass(frozen=True, slots=True)
class HoursPaper:
    """What stands on the paper. `signers` each get a line to sign and date on; none where nothing is signed."""

    title: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[PaperPart, ...]
    notes: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    head: PageHead | None = None


def hours_pdf(paper: HoursPaper, texts: Texts, day: date) -> bytes:
    """The paper as tagged PDF, A4; `day` is when it was made."""
    look.load_fonts()
    return _Pages(paper, texts).made(day)


class _Pages:
    def __init__(self, paper: HoursPaper, texts: Texts) -> None:
        self._paper, self._t = paper, texts
        self._tree, self._story = Node("Document"), list[Any]()

    def made(self, day: date) -> bytes:
        t, paper = self._t, self._paper
        self._letterhead()
        self._say("H1", paper.title, "title")
        if paper.lead:
            self._say("P", paper.lead, "body")
        if paper.facts:
            facts = [(printable(name), printable(value)) for name, value in paper.facts]
            self._story += [facts_table(self._tree, facts, printable(paper.title), look.TEXT_WIDTH), Spacer(1, 6)]
        for part in paper.parts:
            self._part(part)
        for note in paper.notes:
            self._say("P", note, "small")
        if paper.signers:
            self._signers()
        sheet = Sheet(paper.title, (), f"Havainto · {t.date(day)}", "{page} / {pages}")
        return made_into_pages(self._story, self._tree, sheet, About(paper.title, t.language, day))

    def _letterhead(self) -> None:
        head = self._paper.head
        if head is None:
            return
        if head.logo:
            node = self._tree.add("Figure", alt=printable(head.logo_words))
            self._story.append(Picture(node, base64.b64decode(head.logo), _LOGO, below=6))
        self._say("P", head.name, "from")
        for line in head.address:
            self._say("P", line, "small")
        self._story.append(Spacer(1, 10))

    def _part(self, part: PaperPart) -> None:
        self._story.append(Spacer(1, 10))
        self._say("H2", part.title, "h2")
        if part.about:
            self._say("P", part.about, "small")
        if part.picture is not None:
            node = self._tree.add("Figure", alt=printable(f"{part.picture.title}. {part.picture.told}."))
            self._story.append(DrawnFigure(node, part.picture.draw(pen(look.TEXT_WIDTH))))
        cells = [tuple(printable(cell) for cell in row) for row in part.cells]
        self._story.append(table(self._tree, cells, printable(part.title), look.TEXT_WIDTH))

    def _signers(self) -> None:
        t = self._t
        self._story.append(Spacer(1, 22))
        head = (t.tr("Confirmed by"), t.tr("Date"), t.tr("Signature"))
        rows = [
            tuple(printable(cell) for cell in row) for row in (head, *((name, "", "") for name in self._paper.signers))
        ]
        self._story.append(table(self._tree, rows, printable(t.tr("Signatures")), look.TEXT_WIDTH))

    def _say(self, tag: str, words: str, style: str) -> None:
        chosen = look.style(style)
        made = paragraph(self._tree.add(tag), ((printable(words), chosen.fontName),), chosen)
        made.keepWithNext = tag == "H2"
        self._story.append(made)
