"""Goals and their course on paper: each goal in the family's words, its chart, and the same as a table."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.platypus import CondPageBreak, Spacer

from app.charts.picture import Picture as Chart
from app.i18n import Texts
from app.model.statement_document import PageHead
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.charts import DrawnFigure, pen
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.picture import Picture
from app.reports.statement_pdf import LOGO
from app.reports.table_layout import facts_table, table
from app.reports.tagged import Columns, Node, paragraph

#: points that a goal's heading wants with what follows it
_BEGINNING = 230.0


@dataclass(frozen=True, slots=True)
class GoalPart:
    """One goal: its words, whose and from which plan, its chart where there is one, and its table with the head."""

    title: str
    about: str
    chart: Chart | None
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class GoalsPaper:
    """The whole paper. `marking` is the secrecy marking; `head` the letterhead of `producer`, None for none."""

    title: str
    marking: tuple[str, ...]
    producer: str
    head: PageHead | None
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    goals: tuple[GoalPart, ...]
    day: date


def goals_pdf(paper: GoalsPaper, texts: Texts) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1. Deterministic: nothing but `paper`."""
    look.load_fonts()
    writer = _Writer()
    story = writer.story(paper)
    sheet = Sheet(paper.title, paper.marking, f"Havainto · {texts.date(paper.day)}", "{page} / {pages}")
    return made_into_pages(story, writer.tree, sheet, About(paper.title, texts.language, paper.day))


class _Writer:
    """The tree and the story grow together, in reading order."""

    def __init__(self) -> None:
        self.tree = Node("Document")

    def story(self, paper: GoalsPaper) -> list[Any]:
        left = self._letterhead(paper)
        marking = [self._say("P", x, "secret" if n == 0 else "secret-basis") for n, x in enumerate(paper.marking)]
        half = look.TEXT_WIDTH / 2
        story: list[Any] = [Columns((left, marking), (half, half)), self._say("H1", paper.title, "title")]
        story += [facts_table(self.tree, _rows(paper.facts), printable(paper.title), look.TEXT_WIDTH), Spacer(1, 4)]
        story += [self._say("P", words, "note") for words in paper.notes]
        for goal in paper.goals:
            story += self._goal(goal)
        return story

    def _letterhead(self, paper: GoalsPaper) -> list[Any]:
        rows: list[Any] = []
        if paper.head is not None and paper.head.logo:
            node = self.tree.add("Figure", alt=printable(paper.head.logo_words))
            rows.append(Picture(node, base64.b64decode(paper.head.logo), LOGO, below=6))
        if paper.producer:
            rows.append(self._say("P", paper.producer, "from"))
        rows += [self._say("P", line, "small") for line in (paper.head.address if paper.head is not None else ())]
        return rows

    def _goal(self, goal: GoalPart) -> list[Any]:
        room = _BEGINNING if goal.chart is not None else _BEGINNING / 3
        story: list[Any] = [CondPageBreak(room), self._say("H2", goal.title, "h1")]
        story.append(self._say("P", goal.about, "note"))
        if goal.chart is not None:
            node = self.tree.add("Figure", alt=printable(f"{goal.title}. {goal.chart.told}"))
            story.append(DrawnFigure(node, goal.chart.draw(pen(look.TEXT_WIDTH))))
        if len(goal.cells) > 1:
            story.append(table(self.tree, _rows(goal.cells), printable(goal.title), look.TEXT_WIDTH))
        return story

    def _say(self, tag: str, words: str, style: str) -> Any:
        made = look.style(style)
        return paragraph(self.tree.add(tag), ((printable(words), made.fontName),), made)


def _rows(rows: Sequence[Sequence[str]]) -> list[Any]:
    return [tuple(printable(cell) for cell in row) for row in rows]
