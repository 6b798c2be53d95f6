"""The meetings of some days on paper: when, which, and how people meet; a table for each day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.platypus import Spacer

from app.i18n import Texts
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.table_layout import grid, table
from app.reports.tagged import Node, paragraph


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """One day and its rows: time, code name, kind of meeting, how and where."""

    title: str
    rows: tuple[tuple[str, str, str, str], ...]


def agenda(days: Sequence[AgendaDay], about: str, texts: Texts, made: date) -> bytes:
    """The days in their order as PDF; `about` says which days and whose, `made` when it was printed."""
    look.load_fonts()
    tree, story = Node("Document"), list[Any]()
    title = texts.tr("Agenda")

    def say(tag: str, words: str, style: str) -> None:
        chosen = look.style(style)
        said = paragraph(tree.add(tag), ((printable(words), chosen.fontName),), chosen)
        said.keepWithNext = tag == "H2"  # a day stands with its meetings
        story.append(said)

    say("H1", title, "title")
    say("P", about, "body")
    if not days:
        say("P", texts.tr("No meetings on these days."), "body")
    head = (texts.tr("Time"), texts.tr("Code name"), texts.tr("Meeting"), texts.tr("How and where"))
    tables = [[tuple(printable(cell) for cell in row) for row in (head, *day.rows)] for day in days]
    shared = grid(tables, look.TEXT_WIDTH) if tables else None
    for day, cells in zip(days, tables, strict=True):
        story.append(Spacer(1, 8))
        say("H2", day.title, "h2")
        story.append(table(tree, cells, printable(day.title), look.TEXT_WIDTH, shared))
    sheet = Sheet(title, (), f"Havainto · {texts.date(made)}", "{page} / {pages}")
    return made_into_pages(story, tree, sheet, About(title, texts.language, made))
