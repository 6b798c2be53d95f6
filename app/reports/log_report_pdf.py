"""The access log on paper: for the client who asks who has seen the data, and for the controller who answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from reportlab.platypus import Spacer

from app.i18n import Texts
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.table_layout import facts_table, table
from app.reports.tagged import Node, paragraph

Row = tuple[str, str, str, str]  # when, who, what, of what


def log_report(rows: Sequence[Row], facts: Sequence[tuple[str, str]], texts: Texts, day: date) -> bytes:
    """The rows as PDF in their order; `facts` say what the report is of, `day` when it was made."""
    look.load_fonts()
    tree, story = Node("Document"), list[Any]()
    title = texts.tr("Log report")

    def say(tag: str, words: str, style: str) -> None:
        made = look.style(style)
        story.append(paragraph(tree.add(tag), ((printable(words), made.fontName),), made))

    say("H1", title, "title")
    say("P", texts.tr("Use and disclosures of this archive. Log data are given out by the controller."), "body")
    about = texts.tr("What the report is of")
    story.extend([facts_table(tree, _printed(facts), about, look.TEXT_WIDTH), Spacer(1, 8)])
    if rows:
        head = (texts.tr("When"), texts.tr("Who"), texts.tr("What was done"), texts.tr("Of what"))
        story.append(table(tree, _printed([head, *rows]), texts.tr("Rows of the access log"), look.TEXT_WIDTH))
    sheet = Sheet(title, (), f"Havainto · {texts.date(day)}", "{page} / {pages}")
    return made_into_pages(story, tree, sheet, About(title, texts.language, day))


def _printed(rows: Sequence[Sequence[str]]) -> list[Any]:
    return [tuple(printable(cell) for cell in row) for row in rows]
