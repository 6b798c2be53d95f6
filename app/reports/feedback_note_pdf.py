"""The note of a feedback talk on paper: the adult's question, what was shown, the words to it, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.platypus import Spacer

from app.i18n import Texts
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.tagged import Node, paragraph


@dataclass(frozen=True, slots=True)
class NotePart:
    """A heading with its lines; a part without lines is left out."""

    title: str
    lines: tuple[str, ...]


def feedback_note(title: str, about: str, parts: tuple[NotePart, ...], texts: Texts, made: date) -> bytes:
    """The parts in their order as PDF; `about` says of whom and when, `made` when it was printed."""
    look.load_fonts()
    tree, story = Node("Document"), list[Any]()

    def say(tag: str, words: str, style: str) -> None:
        chosen = look.style(style)
        said = paragraph(tree.add(tag), ((printable(words), chosen.fontName),), chosen)
        said.keepWithNext = tag == "H2"  # a heading stands with what is below it
        story.append(said)

    say("H1", title, "title")
    say("P", about, "body")
    for part in parts:
        if part.lines:
            story.append(Spacer(1, 8))
            say("H2", part.title, "h2")
            for line in part.lines:
                say("P", line, "body")
    secret = texts.tr("Secret: keep as any client paper")
    sheet = Sheet(title, (), f"{secret} · {texts.date(made)}", "{page} / {pages}")
    return made_into_pages(story, tree, sheet, About(title, texts.language, made))
