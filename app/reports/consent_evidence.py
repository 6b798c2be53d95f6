"""Everything on record about consents in one case, on paper: rows by person, decisions, and photographs of forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from reportlab.platypus import Spacer

from app.i18n import Texts
from app.model.consent_papers import EvidencePaper, PersonEvidence
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.picture import Picture
from app.reports.table_layout import facts_table, table
from app.reports.tagged import Columns, Node, paragraph

#: the most of a page that a photograph takes, points
_HIGHEST = 560.0
#: the most that a photograph takes of a page
_PHOTO = (look.TEXT_WIDTH, _HIGHEST)


def consent_evidence(paper: EvidencePaper, texts: Texts, day: date) -> bytes:
    """The bundle as PDF, A4, tagged."""
    look.load_fonts()
    return _Bundle(paper, texts).made(day)


class _Bundle:
    def __init__(self, paper: EvidencePaper, texts: Texts) -> None:
        self._paper, self._t = paper, texts
        self._tree, self._story = Node("Document"), list[Any]()

    def made(self, day: date) -> bytes:
        t, paper = self._t, self._paper
        half = look.TEXT_WIDTH / 2
        marking = [self._said("P", x, "secret" if n == 0 else "secret-basis") for n, x in enumerate(paper.marking)]
        self._story.append(Columns(([], marking), (half, half)))
        self._say("H1", paper.title, "title")
        self._say("P", paper.about)
        about = t.tr("What the paper is of")
        self._story += [facts_table(self._tree, _printed(paper.facts), about, look.TEXT_WIDTH), Spacer(1, 6)]
        for person in paper.people:
            self._person(person)
        self._childs_words()
        sheet = Sheet(paper.title, paper.marking, f"Havainto · {t.date(day)}", "{page} / {pages}")
        return made_into_pages(self._story, self._tree, sheet, About(paper.title, t.language, day))

    def _person(self, person: PersonEvidence) -> None:
        t = self._t
        self._say("H2", person.title, "h2")
        if not person.rows and not person.decisions:
            self._say("P", t.tr("No consent has been given."))
        if person.rows:
            head = (
                t.tr("Purpose"),
                t.tr("Given"),
                t.tr("Until"),
                t.tr("Withdrawn"),
                t.tr("Version of the form"),
                t.tr("Explained by"),
                t.tr("Given by"),
            )
            self._table((head, *person.rows), t.tr("Consents of {person}", person=person.title))
        if person.decisions:
            decided: tuple[str, ...] = (
                t.tr("Purpose"),
                t.tr("Decided"),
                t.tr("Ended"),
                t.tr("Decided by"),
                t.tr("Ground"),
            )
            about = t.tr("The controller's decisions about {person}", person=person.title)
            self._say("P", about, "note")
            self._table((decided, *person.decisions), about)
        for words, picture in person.pages:
            self._story += [Spacer(1, 8), Picture(self._tree.add("Figure", alt=printable(words)), picture, _PHOTO)]
            self._say("P", words, "small")

    def _childs_words(self) -> None:
        t, words = self._t, self._paper.words
        self._say("H2", t.tr("The child's own word before filming"), "h2")
        if words:
            self._table(((t.tr("Day"), t.tr("What the child said")), *words), t.tr("The child's own word, by day"))
        else:
            self._say("P", t.tr("Not yet asked."))

    def _table(self, cells: Sequence[tuple[str, ...]], about: str) -> None:
        self._story += [table(self._tree, _printed(cells), about, look.TEXT_WIDTH), Spacer(1, 6)]

    def _say(self, tag: str, words: str, style: str = "body") -> None:
        said = self._said(tag, words, style)
        said.keepWithNext = tag == "H2"  # no heading at the foot of a page without what it is of
        self._story.append(said)

    def _said(self, tag: str, words: str, style: str) -> Any:
        made = look.style(style)
        return paragraph(self._tree.add(tag), ((printable(words), made.fontName),), made)


def _printed(rows: Sequence[Sequence[str]]) -> list[Any]:
    return [tuple(printable(cell) for cell in row) for row in rows]
