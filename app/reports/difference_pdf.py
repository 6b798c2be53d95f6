"""What changed in a statement, on paper: marked in words and signs, so that it is told without colors or lines too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.platypus import CondPageBreak, Spacer

from app.i18n import Texts
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.table_layout import facts_table
from app.reports.tagged import Node, paragraph

#: points: a section begins on a page that holds its name and some lines
_ROOM = 70.0


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One passage: words with `+` for what came, `-` for what went, nothing for what stayed."""

    pieces: tuple[tuple[str, str], ...]
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class DifferencePaper:
    """Everything that is printed: `sections` are titles with their lines; `facts` say what is held against what."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[MarkedLine, ...]], ...]
    marking: tuple[str, ...]
    day: date


def difference_pdf(paper: DifferencePaper, texts: Texts) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1. Deterministic: nothing but `paper`."""
    look.load_fonts()
    tree, story = Node("Document"), list[Any]()

    def say(tag: str, spans: Sequence[tuple[str, str]], style: str) -> None:
        shown = [(printable(words), font) for words, font in spans if words]
        story.append(paragraph(tree.add(tag), shown, look.style(style)))

    for n, words in enumerate(paper.marking):
        style = "secret" if n == 0 else "secret-basis"
        say("P", ((words, look.style(style).fontName),), style)
    say("H1", ((paper.title, look.BOLD),), "title")
    facts = [(printable(name), printable(value)) for name, value in paper.facts]
    story.extend([facts_table(tree, facts, printable(paper.title), look.TEXT_WIDTH), Spacer(1, 6)])
    legend = texts.tr("Added words stand between [+ and ] in bold, removed ones between [− and ] in italics.")
    say("P", ((legend, look.REGULAR),), "note")
    for title, lines in paper.sections:
        story.append(CondPageBreak(_ROOM))
        say("H2", ((title, look.BOLD),), "h1")
        for line in lines:
            if line.is_heading:
                say("H3", ((line.pieces[0][1], look.BOLD),), "h2")
            else:
                say("P", _spans(line.pieces), "body")
    if not paper.sections:
        say("P", ((texts.tr("Nothing has changed."), look.REGULAR),), "body")
    sheet = Sheet(paper.title, paper.marking, f"Havainto · {texts.date(paper.day)}", "{page} / {pages}")
    return made_into_pages(story, tree, sheet, About(paper.title, texts.language, paper.day))


def _spans(pieces: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The words in their faces; what went and what came in its place stand apart."""
    spans: list[tuple[str, str]] = []
    for n, (mark, words) in enumerate(pieces):
        if n and mark and pieces[n - 1][0] and not spans[-1][0].endswith(" "):
            spans.append((" ", look.REGULAR))
        spans.append(_span(mark, words))
    return spans


def _span(mark: str, words: str) -> tuple[str, str]:
    if not mark:
        return words, look.REGULAR
    lead, end = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    sign, font = ("+", look.BOLD) if mark == "+" else ("−", look.ITALIC)
    return f"{lead}[{sign} {words.strip()}]{end}", font
